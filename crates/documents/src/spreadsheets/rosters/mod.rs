//! Rosters: lists of people that organisations send in, and the empty form offered to them.

mod arranged;
mod found;
mod give_back;
mod headings;
mod survey;
mod template;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use arranged::{Arrangement, read, read_arranged};
pub use found::Candidate;
pub use give_back::{Mark, Returned, give_back};
pub use survey::{Legacy, SeenColumn, Survey, survey};
pub use template::{people_template, template};

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
    /// The tax code of where the person works.
    TaxCode,
    /// The administrative unit of where the person works.
    Unit,
    /// Remarks.
    Note,
}

/// A list of people as it stands in a file; nothing is judged yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// The sheets it was found on, in order; all have the same headings.
    pub sheets: Vec<String>,
    /// The visible sheets that hold something else.
    pub unread: Vec<String>,
    /// The hidden sheets; nothing of them is read.
    pub hidden_sheets: Vec<String>,
    /// The columns understood, with their headings as found, from left to right.
    pub columns: Vec<(Column, String)>,
    /// Headings that were not understood, or that say again what another column says.
    pub unknown: Vec<String>,
    /// The row of its headings as Excel shows it, on the sheet that was understood; 0 where there is none.
    pub heading: usize,
    /// The rows that say something about somebody.
    pub rows: Vec<RosterRow>,
    /// The rows below the headings that were not read, and why.
    pub passed_over: Vec<PassedOver>,
}

/// A row that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Its number as Excel shows it, and its sheet: [`domain::rosters::numbered`].
    pub number: usize,
    /// Why.
    pub why: Why,
    /// What stands in it, shortened.
    pub text: String,
}

/// Why a row was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is hidden in the file.
    Hidden,
    /// It sums up.
    Sum,
    /// It heads a part of the list: "I. HTX Xuân Lập".
    Part,
    /// It stands below the list: a date, who signs.
    Ending,
}

/// One row of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Its number as Excel shows it, and its sheet: [`domain::rosters::numbered`].
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
    /// None of the formats, or damaged.
    #[error("not a spreadsheet")]
    NotASpreadsheet,
    /// A text file in which a quotation mark is never closed, or closes lines below in the middle of a cell.
    #[error("a quotation mark in line {line} stays open")]
    OpenQuote {
        /// The line in which it opens, from 1.
        line: usize,
    },
    /// A text file that is UTF-8 but for some letters.
    #[error("a broken letter in line {line}")]
    BrokenLetters {
        /// The first line with one, from 1.
        line: usize,
    },
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
