//! The annual plan in a spreadsheet, one line a row: read as people send it, and written so that it can be read again.

mod sheet;
mod words;

use std::collections::BTreeMap;

use super::Limits;
use super::headings::numbers_columns;
use super::rosters::RosterError;
use super::workbooks::{self, Sheet};

pub use sheet::{LineRow, write};
pub use words::{read_audience, read_quarter, read_whole_province};

/// What a column says about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The number in the list (STT); not read.
    Number,
    /// The code of the line, as our own sheets write it.
    Code,
    /// The course, by code or title.
    Course,
    /// Whom it is for.
    Audience,
    /// The quarter.
    Quarter,
    /// How many runs.
    Runs,
    /// How many people.
    Participants,
    /// The unit, by name or code.
    Unit,
    /// Where, in words.
    Place,
    /// What it may cost, đồng.
    Budget,
    /// Anything else.
    Note,
    /// Runs that were held; written, never read.
    Held,
    /// People who took part; written, never read.
    TookPart,
    /// How many of them completed their run; written, never read.
    Completed,
}

impl Column {
    /// The columns that are written, in their order.
    pub const WRITTEN: [Column; 13] = [
        Column::Code,
        Column::Course,
        Column::Audience,
        Column::Quarter,
        Column::Runs,
        Column::Participants,
        Column::Unit,
        Column::Place,
        Column::Budget,
        Column::Note,
        Column::Held,
        Column::TookPart,
        Column::Completed,
    ];

    /// Whether what stands in it is read.
    #[must_use]
    pub const fn is_read(self) -> bool {
        !matches!(self, Column::Number | Column::Held | Column::TookPart | Column::Completed)
    }
}

/// A plan as it stands in a file; nothing is judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Headings that were not understood, or that say again what another says.
    pub unknown: Vec<String>,
    /// The rows that say something.
    pub rows: Vec<ReadLine>,
}

/// One row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Its number as Excel shows it.
    pub number: usize,
    /// The cells that hold something, of columns that are read.
    pub cells: BTreeMap<Column, String>,
}

/// The heading of a sheet: the first row below it, from 0, and which column stands where.
struct Headings {
    below: u32,
    columns: BTreeMap<u32, Column>,
    unknown: Vec<String>,
}

/// Papers have letterheads: the heading is looked for in so many rows.
const FIRST_ROWS: u32 = 20;

/// Reads a plan from an `.xlsx`, `.xls` or `.ods` file: the first visible sheet with a heading for courses. Below the
/// headings, a row without a course and a code is none: sums stand in such rows.
///
/// # Errors
/// [`RosterError`].
pub fn read(bytes: &[u8], limits: Limits) -> Result<Lines, RosterError> {
    let sheets = workbooks::open(bytes, limits)?;
    let found = sheets.iter().find_map(|sheet| heading(sheet).map(|headings| (sheet, headings)));
    let Some((sheet, headings)) = found else {
        let first = sheets.iter().find_map(|sheet| sheet.rows.values().next());
        let cells = |cells: &BTreeMap<u32, String>| cells.values().cloned().collect();
        return Err(first.map_or(RosterError::Empty, |found| RosterError::NoHeading { found: cells(found) }));
    };
    let rows: Vec<ReadLine> = sheet
        .rows
        .range(headings.below..)
        .filter(|(row, cells)| **row != headings.below || !numbers_columns(cells))
        .map(|(row, cells)| ReadLine { number: *row as usize + 1, cells: said(cells, &headings.columns) })
        .filter(|row| !row.cells.is_empty() && !is_sum(row))
        .collect();
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    if rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    Ok(Lines { unknown: headings.unknown, rows })
}

/// The last line of a plan sums it up: it has numbers, and of the words none but perhaps "Tổng cộng" for a course.
fn is_sum(row: &ReadLine) -> bool {
    let numbers = [Column::Runs, Column::Participants, Column::Budget];
    row.cells.iter().all(|(column, text)| numbers.contains(column) || words::says_sum(text))
}

fn said(cells: &BTreeMap<u32, String>, columns: &BTreeMap<u32, Column>) -> BTreeMap<Column, String> {
    columns
        .iter()
        .filter(|(_, column)| column.is_read())
        .filter_map(|(at, column)| Some((*column, cells.get(at)?.clone())))
        .collect()
}

/// The row, among the first, with the most headings understood, one of them for courses.
fn heading(sheet: &Sheet) -> Option<Headings> {
    let mut best: Option<Headings> = None;
    for (row, cells) in sheet.rows.range(..FIRST_ROWS) {
        let mut found = Headings { below: row + 1, columns: BTreeMap::new(), unknown: Vec::new() };
        for (at, text) in cells {
            match words::meaning(text) {
                Some(column) if !found.columns.values().any(|known| *known == column) => {
                    found.columns.insert(*at, column);
                }
                _ => found.unknown.push(text.replace('\n', " ")),
            }
        }
        let names_courses = found.columns.values().any(|column| *column == Column::Course);
        if names_courses && best.as_ref().is_none_or(|best| found.columns.len() > best.columns.len()) {
            best = Some(found);
        }
    }
    // A title that happens to be a heading's word stands alone.
    best.filter(|best| best.columns.len() > 1)
}
