//! `bundle WASM FOLDER`: makes the files that the browser loads out of the compiled islands.
//!
//! Writes `app.js`, `app_bg.wasm` and their brotli copies. It does what the command `wasm-bindgen` does, as a library: the
//! version is the one of `Cargo.lock`, so the two can never differ, and nothing has to be installed.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::{env, fs};

use brotli::enc::BrotliEncoderParams;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(wasm), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: bundle WASM FOLDER".into());
    };
    let mut output = Bindgen::new()
        .input_path(&wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .map_err(|error| format!("{}: {error:#}", wasm.display()))?;
    // The program carries two files. A crate that brings scripts of its own would silently miss them.
    if output.snippets().values().any(|scripts| !scripts.is_empty()) || !output.local_modules().is_empty() {
        return Err("a dependency of the islands brings scripts of its own, which the program does not carry".into());
    }
    fs::create_dir_all(&folder)?;
    write(&folder, "app.js", output.js().as_bytes())?;
    write(&folder, "app_bg.wasm", &output.wasm_mut().emit_wasm())
}

/// Writes a file and its brotli copy, and says how large they are.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    fs::write(folder.join(name), bytes)?;
    fs::write(folder.join(format!("{name}.br")), &compressed)?;
    writeln!(stdout(), "{name}: {} bytes, {} compressed", bytes.len(), compressed.len())?;
    Ok(())
}
