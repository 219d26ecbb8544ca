//! Product registration forms in a spreadsheet, one a row: read as people send them, and the empty one offered to them.

mod choices;
mod template;
mod words;

use std::collections::BTreeMap;

use domain::registrations::{FieldKind, FormField, RESULT_ROWS, RegistrationKind, ResultColumn};

use super::Limits;
use super::headings::numbers_columns;
use super::rosters::RosterError;
use super::workbooks::{self, Sheet};

pub use choices::read as read_choice;
pub use template::template;

/// What a column says about a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The number in the list (STT).
    Number,
    /// The product.
    ProductName,
    /// Its subgroup in the classification of the year.
    Group,
    /// Who makes it, by name.
    Organisation,
    /// Who makes it, by tax code.
    TaxCode,
    /// A field of the form; never the table of results.
    Field(FormField),
    /// A cell of the table of results: its row, from 0, and its column.
    Result(usize, ResultColumn),
}

impl Column {
    /// The columns of a form of this kind, in the order of the paper.
    pub fn of(kind: RegistrationKind) -> Vec<Column> {
        let mut columns = vec![Column::Number, Column::ProductName, Column::Group, Column::Organisation, Column::TaxCode];
        for field in FormField::of(kind) {
            if field.kind() == FieldKind::Results {
                let cells = (0..RESULT_ROWS).flat_map(|row| ResultColumn::ALL.iter().map(move |column| (row, *column)));
                columns.extend(cells.map(|(row, column)| Column::Result(row, column)));
            } else {
                columns.push(Column::Field(field));
            }
        }
        columns
    }
}

/// Forms as they stand in a file; nothing is judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The sheet they were found in.
    pub sheet: String,
    /// Headings that were not understood, that say again what another says, or that the form does not ask for.
    pub unknown: Vec<String>,
    /// The rows that say something.
    pub rows: Vec<FormRow>,
}

/// One row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// Its number as Excel shows it.
    pub number: usize,
    /// The cells that hold something.
    pub cells: BTreeMap<Column, String>,
}

/// The heading of a sheet.
struct Headings {
    /// The first row below it, from 0.
    below: u32,
    /// Which column stands where.
    columns: BTreeMap<u32, Column>,
    unknown: Vec<String>,
}

/// Papers have letterheads: the heading is looked for in so many rows.
const FIRST_ROWS: u32 = 20;

/// Reads forms of a kind from an `.xlsx`, `.xls` or `.ods` file: the first visible sheet with a heading for products.
///
/// # Errors
/// [`RosterError`].
pub fn read(bytes: &[u8], kind: RegistrationKind, limits: Limits) -> Result<Forms, RosterError> {
    let sheets = workbooks::open(bytes, limits)?;
    let found = sheets.iter().find_map(|sheet| heading(sheet, kind).map(|headings| (sheet, headings)));
    let Some((sheet, headings)) = found else {
        let first = sheets.iter().find_map(|sheet| sheet.rows.values().next());
        let cells = |cells: &BTreeMap<u32, String>| cells.values().cloned().collect();
        return Err(first.map_or(RosterError::Empty, |found| RosterError::NoHeading { found: cells(found) }));
    };
    let rows: Vec<FormRow> = sheet
        .rows
        .range(headings.below..)
        .filter(|(row, cells)| **row != headings.below || !numbers_columns(cells))
        .map(|(row, cells)| FormRow { number: *row as usize + 1, cells: said(cells, &headings.columns) })
        // Lists are numbered ahead of the forms that fill them.
        .filter(|row| row.cells.keys().any(|column| *column != Column::Number))
        .collect();
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    if rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    Ok(Forms { sheet: sheet.name.clone(), unknown: headings.unknown, rows })
}

fn said(cells: &BTreeMap<u32, String>, columns: &BTreeMap<u32, Column>) -> BTreeMap<Column, String> {
    columns.iter().filter_map(|(at, column)| Some((*column, cells.get(at)?.clone()))).collect()
}

/// The row, among the first, with the most headings understood, one of them for products.
fn heading(sheet: &Sheet, kind: RegistrationKind) -> Option<Headings> {
    let asked = Column::of(kind);
    let mut best: Option<Headings> = None;
    for (row, cells) in sheet.rows.range(..FIRST_ROWS) {
        let mut found = Headings { below: row + 1, columns: BTreeMap::new(), unknown: Vec::new() };
        for (at, text) in cells {
            match words::meaning(text).filter(|column| asked.contains(column)) {
                Some(column) if !found.columns.values().any(|known| *known == column) => {
                    found.columns.insert(*at, column);
                }
                _ => found.unknown.push(text.replace('\n', " ")),
            }
        }
        let names_products = found.columns.values().any(|column| *column == Column::ProductName);
        if names_products && best.as_ref().is_none_or(|best| found.columns.len() > best.columns.len()) {
            best = Some(found);
        }
    }
    best
}
