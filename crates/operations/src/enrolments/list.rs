//! A spreadsheet becomes rows.

use std::collections::BTreeMap;

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{self, Column, RosterRow};
use domain::Refusal;
use domain::enrolments::roster::{Field, ROW_LIMIT, Row};

use crate::spreadsheets::refusal;
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
    let said = |error| refusal(&error, limits, Refusal::NoHeading, Refusal::EmptySpreadsheet);
    let roster = read.map_err(|error| Failure::field("file", said(error)))?;
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
