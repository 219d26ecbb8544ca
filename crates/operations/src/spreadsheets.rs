//! Spreadsheets that people send: why one is refused.

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::RosterError;
use domain::Refusal;

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
        RosterError::NoHeading { .. } => no_heading,
        RosterError::Empty => empty,
    }
}
