//! Spreadsheets that people send: read a few at a time, and why one is refused.

use std::time::Duration;

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::RosterError;
use domain::Refusal;
use tokio::sync::Semaphore;

use crate::{Failure, Outcome};

/// A workbook unpacks to many times its size: two are read at a time, so that reading never takes all cores and all memory.
pub(crate) static READERS: Semaphore = Semaphore::const_new(2);

/// How long somebody waits for a turn before they are told to try again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads, or writes, a spreadsheet off the threads that answer others, once it is its turn.
///
/// # Errors
/// [`Refusal::ReadersBusy`] of the field `file`.
pub(crate) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    let turn = tokio::time::timeout(PATIENCE, READERS.acquire()).await;
    let _turn = turn.map_err(|_| Failure::field("file", Refusal::ReadersBusy))?;
    apart(work).await
}

/// The same for who can wait: work in the background.
///
/// # Errors
/// [`Failure::Document`].
pub(crate) async fn in_the_end<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    let _turn = READERS.acquire().await;
    apart(work).await
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Document(error.to_string()))
}

/// Why a spreadsheet is refused that was read within `limits`. `no_heading` is said of one without a heading that is
/// understood, `empty` of one with nothing below it.
pub(crate) fn refusal(error: &RosterError, limits: Limits, no_heading: Refusal, empty: Refusal) -> Refusal {
    match error {
        RosterError::TooLarge { limit } if *limit == limits.max_bytes => Refusal::FileTooLarge { limit: *limit as u64 },
        // A small file that unpacks into a large one has too much in it.
        RosterError::TooLarge { .. } | RosterError::TooManyCells { .. } | RosterError::TooManyRows { .. } => {
            Refusal::SpreadsheetTooLarge { limit: limits.max_rows }
        }
        RosterError::Encrypted => Refusal::SpreadsheetLocked,
        RosterError::NotASpreadsheet => Refusal::NotASpreadsheet,
        RosterError::OpenQuote { line } => Refusal::OpenQuote { line: *line },
        RosterError::BrokenLetters { line } => Refusal::BrokenLetters { line: *line },
        RosterError::NoHeading { .. } => no_heading,
        RosterError::Empty => empty,
    }
}
