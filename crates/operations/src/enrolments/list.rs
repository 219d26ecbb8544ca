//! A spreadsheet becomes rows.

use std::collections::BTreeMap;

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{self, Column, RosterError, RosterRow};
use domain::Refusal;
use domain::enrolments::roster::{Field, ROW_LIMIT, Row};

use crate::{Failure, Outcome};

/// The most bytes a file of people may have.
pub const FILE_LIMIT: usize = 5 << 20;

/// Reads a list of people from an `.xlsx`, `.xls` or `.ods` file, off the threads that answer others.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::SpreadsheetTooLarge`], [`Refusal::SpreadsheetLocked`],
/// [`Refusal::NotASpreadsheet`], [`Refusal::NoHeading`], [`Refusal::EmptySpreadsheet`], all of the field `file`.
pub async fn read_list(bytes: Vec<u8>) -> Outcome<Vec<Row>> {
    let limits = Limits { max_bytes: FILE_LIMIT, max_rows: ROW_LIMIT, ..Limits::default() };
    let read = tokio::task::spawn_blocking(move || rosters::read(&bytes, limits));
    let read = read.await.map_err(|error| Failure::Document(error.to_string()))?;
    let roster = read.map_err(|error| Failure::field("file", refusal(&error)))?;
    Ok(roster.rows.into_iter().map(row).collect())
}

/// The empty list that is offered for download.
///
/// # Errors
/// [`Failure::Document`].
pub async fn template(vietnamese: bool) -> Outcome<Vec<u8>> {
    let written = tokio::task::spawn_blocking(move || rosters::template(vietnamese)).await;
    let written = written.map_err(|error| Failure::Document(error.to_string()))?;
    written.map_err(|error| Failure::Document(error.to_string()))
}

fn refusal(error: &RosterError) -> Refusal {
    match error {
        RosterError::TooLarge { limit: FILE_LIMIT } => Refusal::FileTooLarge { limit: FILE_LIMIT as u64 },
        // A small file that unpacks into a large one has too much in it.
        RosterError::TooLarge { .. } | RosterError::TooManyCells { .. } | RosterError::TooManyRows { .. } => {
            Refusal::SpreadsheetTooLarge { limit: ROW_LIMIT }
        }
        RosterError::Encrypted => Refusal::SpreadsheetLocked,
        RosterError::NotASpreadsheet => Refusal::NotASpreadsheet,
        RosterError::NoHeading { .. } => Refusal::NoHeading,
        RosterError::Empty => Refusal::EmptySpreadsheet,
    }
}

fn row(row: RosterRow) -> Row {
    let cells: BTreeMap<Field, String> =
        row.cells.into_iter().filter_map(|(column, text)| Some((field(column)?, text))).collect();
    Row { number: row.number, cells }
}

/// What a column says of a person; the organisation is the one that sends the list, whatever the file calls it.
fn field(column: Column) -> Option<Field> {
    Some(match column {
        Column::FullName => Field::FullName,
        Column::BirthDate => Field::Birth,
        Column::BirthYearMale => Field::BirthMale,
        Column::BirthYearFemale => Field::BirthFemale,
        Column::Sex => Field::Sex,
        Column::CitizenId => Field::CitizenId,
        Column::Phone => Field::Phone,
        Column::Email => Field::Email,
        Column::Position => Field::Position,
        Column::Number | Column::Organisation | Column::Note => return None,
    })
}
