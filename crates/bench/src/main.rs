//! `bench`: measures the program on this machine, in one run. `bin/bench` builds and calls it.
//!
//! Numbers of two machines do not compare, so everything that matters is a ratio to the least that the same machine could
//! do: the same bytes from a bare route, the same statements in bare transactions.

mod bare;
mod clashes;
mod deeds;
mod house;
mod load;
mod papers;
mod process;
mod selections;
mod statements;
mod web;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How long each thing is measured.
const PERIOD: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() -> Fallible<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        // The bare route is a process of its own, as the program is.
        (Some("bare"), Some(page), Some(encoding)) => bare::serve(&std::fs::read(page)?, &encoding).await,
        (Some("program"), Some(program), Some(folder)) => measure(PathBuf::from(program), PathBuf::from(folder)).await,
        _ => Err("usage: bench program PROGRAM EMPTY_FOLDER".into()),
    }
}

async fn measure(program: PathBuf, folder: PathBuf) -> Fallible<()> {
    let counter = statements::Counter::install()?;
    heading("Pages, 16 connections");
    web::measure(&program, &folder).await?;
    heading("Deeds on SQLite, one after another");
    deeds::measure(&folder, &counter).await?;
    heading("The selection table over 10,000 forms on SQLite, one request after another");
    selections::measure(&program, &folder).await?;
    heading("The clash check of one run against 10,000 sessions on SQLite");
    clashes::measure(&folder).await?;
    heading("Papers");
    papers::measure()
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn heading(text: &str) {
    println!("\n{text}");
}

/// Prints a line of the table.
#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn line(what: &str, value: impl std::fmt::Display) {
    println!("  {what:<58} {value}");
}

/// Prints a rate beside the least that is possible.
fn ratio(what: &str, rate: f64, bare: f64, unit: &str) {
    line(what, format!("{rate:>9.0} {unit}   bare {bare:>9.0}   ratio {:.2}", rate / bare));
}
