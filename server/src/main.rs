//! `ocop-training`: one binary, its roles as subcommands.

use std::process::ExitCode;

use clap::Parser as _;
use server::roles;
use server::settings::CommandLine;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let command = CommandLine::parse();
    let filter = match EnvFilter::try_new(&command.common.log) {
        Ok(filter) => filter,
        Err(error) => return refuse(&format!("--log (OCOP_LOG): {error}"), 1),
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    // A single worker can be held up by rendering; Leptos asks for four (shared/stack.md B.3).
    let workers = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("the runtime did not start: {error}"), 1),
    };
    match runtime.block_on(roles::play(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => refuse(&stop.sentence, stop.code),
    }
}

#[expect(clippy::print_stderr, reason = "who started the program reads this")]
fn refuse(sentence: &str, code: u8) -> ExitCode {
    eprintln!("ocop-training: {sentence}");
    ExitCode::from(code)
}
