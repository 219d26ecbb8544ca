//! `bench`: measures the program on this machine, in one run. `bin/bench` builds and calls it.
//!
//! Numbers of two machines do not compare, so everything that matters is a ratio to the least that the same machine could
//! do: the same bytes from a bare route, the same statements in bare transactions.

mod bare;
mod calendars;
mod clashes;
mod deeds;
mod house;
mod load;
mod papers;
mod people;
mod process;
mod rosters;
mod seats;
mod selections;
mod statements;
mod web;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How long each thing is measured.
const PERIOD: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // The bare route is a process of its own, as the program is.
        ["bare", page, encoding] => bare::serve(&std::fs::read(page)?, encoding).await,
        ["program", program, folder, ref parts @ ..] => measure(Path::new(program), Path::new(folder), parts).await,
        _ => {
            let parts = "pages|calendars|deeds|seats|selections|clashes|people|rosters|papers";
            Err(format!("usage: bench program PROGRAM EMPTY_FOLDER [{parts}]…").into())
        }
    }
}

/// Measures the named parts; all of them when none is named.
async fn measure(program: &Path, folder: &Path, parts: &[&str]) -> Fallible<()> {
    let wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let counter = statements::Counter::install()?;
    if wanted("pages") {
        heading("Pages, 16 connections");
        web::measure(program, folder).await?;
    }
    if wanted("calendars") {
        heading("Calendars: 300 sessions in a month, 16 connections; 5,000 sessions in a feed, one request after another");
        calendars::measure(program, folder).await?;
    }
    if wanted("deeds") {
        heading("Deeds on SQLite, one after another; enrolments also 16 at once");
        deeds::measure(folder, &counter).await?;
    }
    if wanted("seats") {
        heading("Fifty callers at a barrier for five seats, 100 rounds");
        seats::measure(folder).await?;
    }
    if wanted("selections") {
        heading("The selection table over 10,000 forms on SQLite, one request after another");
        selections::measure(program, folder).await?;
    }
    if wanted("clashes") {
        heading("The clash check of one run against 10,000 sessions on SQLite");
        clashes::measure(folder).await?;
    }
    if wanted("people") {
        heading("Matching an entry against 100,000 people on SQLite, one after another");
        people::measure(folder).await?;
    }
    if wanted("rosters") {
        heading("A workbook of 10,000 people on SQLite");
        rosters::measure(folder).await?;
    }
    if wanted("papers") {
        heading("Papers");
        papers::measure()?;
    }
    Ok(())
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
