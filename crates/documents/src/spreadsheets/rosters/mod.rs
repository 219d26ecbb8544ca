//! Rosters: lists of people that organisations send in, and the empty form offered to them.

mod headings;
mod template;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Limits;
use super::headings::numbers_columns;
use super::workbooks::{self, Sheet};
use headings::{Headings, Source};

pub use template::template;

/// What a column of a roster says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The number in the list (STT).
    Number,
    /// Family, middle and given name.
    FullName,
    /// Day of birth, or only its year.
    BirthDate,
    /// Year of birth, written in the column for men (older forms).
    BirthYearMale,
    /// Year of birth, written in the column for women (older forms).
    BirthYearFemale,
    /// Male or female.
    Sex,
    /// Citizen number, or the older identity card number.
    CitizenId,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Position at work.
    Position,
    /// Where the person works.
    Organisation,
    /// Remarks.
    Note,
}

/// A list of people as it stands in a file; nothing is judged yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// The sheet it was found in.
    pub sheet: String,
    /// The columns understood, with their headings as found, from left to right.
    pub columns: Vec<(Column, String)>,
    /// Headings that were not understood, or that say again what another column says.
    pub unknown: Vec<String>,
    /// The rows that say something about somebody.
    pub rows: Vec<RosterRow>,
}

/// One row of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Its number as Excel shows it.
    pub number: usize,
    /// The cells that hold something.
    pub cells: BTreeMap<Column, String>,
}

/// Why a file cannot be read as a roster.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RosterError {
    /// More bytes than allowed, as sent or unpacked.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit that was passed.
        limit: usize,
    },
    /// More cells than allowed.
    #[error("more than {limit} cells")]
    TooManyCells {
        /// The limit that was passed.
        limit: usize,
    },
    /// More rows of people than allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit that was passed.
        limit: usize,
    },
    /// Protected by a password.
    #[error("encrypted")]
    Encrypted,
    /// None of the three formats, or damaged.
    #[error("not a spreadsheet")]
    NotASpreadsheet,
    /// No row among the first has a heading for names.
    #[error("no heading for names")]
    NoHeading {
        /// The row that looks most like a heading.
        found: Vec<String>,
    },
    /// A heading, but nobody below it; or nothing at all.
    #[error("empty")]
    Empty,
}

/// Reads a roster from an `.xlsx`, `.xls` or `.ods` file: the first visible sheet with a heading for names.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Roster, RosterError> {
    let sheets = workbooks::open(bytes, limits)?;
    let found = sheets.iter().find_map(|sheet| headings::find(sheet).map(|headings| (sheet, headings)));
    let Some((sheet, headings)) = found else {
        return Err(headings::resembling(&sheets).map_or(RosterError::Empty, |found| RosterError::NoHeading { found }));
    };
    let rows = rows(sheet, &headings);
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    if rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    Ok(Roster { sheet: sheet.name.clone(), columns: headings.columns(), unknown: headings.unknown, rows })
}

fn rows(sheet: &Sheet, headings: &Headings) -> Vec<RosterRow> {
    sheet
        .rows
        .range(headings.below..)
        .filter(|(row, cells)| **row != headings.below || !numbers_columns(cells))
        .map(|(row, cells)| RosterRow { number: *row as usize + 1, cells: said(cells, &headings.sources) })
        // Lists are numbered ahead of the people who fill them.
        .filter(|row| row.cells.keys().any(|column| *column != Column::Number))
        .collect()
}

fn said(cells: &BTreeMap<u32, String>, sources: &[Source]) -> BTreeMap<Column, String> {
    let mut said = BTreeMap::<Column, String>::new();
    for source in sources {
        let Some(text) = cells.get(&source.at) else {
            continue;
        };
        let text = source.tick.unwrap_or(text);
        said.entry(source.column)
            .and_modify(|written| {
                written.push(' ');
                written.push_str(text);
            })
            .or_insert_with(|| text.to_owned());
    }
    said
}
