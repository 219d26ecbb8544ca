//! The list given back: the same rows, with a column that says what is wrong, and the cells it is about in colour.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use super::arranged::{Arrangement, convert, find};
use super::{Column, RosterError};
use crate::spreadsheets::look;
use crate::spreadsheets::tables::TableError;
use crate::spreadsheets::workbooks::Limits;

const FAULT: Color = Color::RGB(0xFF_C9_C2);
const REPAIR: Color = Color::RGB(0xFF_F0_BF);
const LINE: Color = Color::RGB(0xC9_D3_CF);

/// Excel's limits, and widths in digits of the typeface.
const MAX_TEXT: usize = 32_767;
const LAST_COLUMN: u32 = 16_383;
const WIDEST: usize = 45;
const REASONS: f64 = 70.0;

/// What is said of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The columns it is about, those of them that the list has; none for the row as a whole.
    pub columns: Vec<Column>,
    /// The sentence.
    pub sentence: String,
    /// Whether the row cannot be stored for it; else it was put right.
    pub is_fault: bool,
}

/// Why a list cannot be given back.
#[derive(Debug, thiserror::Error)]
pub enum Returned {
    /// It can no longer be read.
    #[error(transparent)]
    Unread(#[from] RosterError),
    /// It cannot be written.
    #[error(transparent)]
    Unwritten(#[from] TableError),
}

/// Writes the sheet of the list anew as `.xlsx`: every cell as text, so that nothing in it is ever computed; hidden rows
/// hidden; behind the last column one with what is said of each row, under `heading`. Columns that somebody chose to
/// convert stand there converted.
///
/// # Errors
/// [`Returned`].
pub fn give_back(
    bytes: &[u8],
    limits: Limits,
    arrangement: &Arrangement,
    marks: &BTreeMap<usize, Vec<Mark>>,
    heading: &str,
    created: DateTime<Utc>,
) -> Result<Vec<u8>, Returned> {
    let mut found = find(bytes, limits, arrangement)?;
    convert(&mut found, &arrangement.encodings);
    let mut columns: HashMap<Column, Vec<u32>> = HashMap::new();
    for source in &found.headings.sources {
        columns.entry(source.column).or_default().push(source.at);
    }
    let reasons = found.sheet.rows.values().filter_map(|cells| cells.keys().next_back()).max().map_or(0, |last| last + 1);
    let reasons = reasons.min(LAST_COLUMN);
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(created.timestamp()).map_err(TableError::from)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    let formats = Formats::new();
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    let mut fill = || -> Result<(), XlsxError> {
        for (row, cells) in &found.sheet.rows {
            let is_heading = *row + 1 == found.headings.below || *row == found.headings.row && found.headings.below > 0;
            let marked = marks.get(&(*row as usize + 1)).map_or(&[][..], Vec::as_slice);
            for (at, text) in cells.range(..reasons) {
                let at16 = u16::try_from(*at).unwrap_or(u16::MAX);
                let is_about = |mark: &&Mark| places(mark, &columns).any(|place| place == *at);
                let format = formats.of(is_heading, *row >= found.headings.below, marked.iter().filter(is_about));
                sheet.write_string_with_format(*row, at16, clipped(text), format)?;
                if *row >= found.headings.row {
                    let width = widths.entry(at16).or_default();
                    *width = (*width).max(text.chars().count().min(WIDEST));
                }
            }
            empty_cells(sheet, *row, cells, marked, &columns, &formats)?;
            if !marked.is_empty() {
                let said = marked.iter().map(|mark| mark.sentence.as_str()).collect::<Vec<_>>().join("\n");
                let format = formats.of(false, true, marked.iter());
                sheet.write_string_with_format(*row, narrow(reasons), clipped(&said), format)?;
            }
            if found.sheet.hidden.contains(row) {
                sheet.set_row_hidden(*row)?;
            }
        }
        if found.headings.below > 0 {
            sheet.write_string_with_format(found.headings.row, narrow(reasons), heading, &look::heading())?;
            sheet.set_freeze_panes(found.headings.below, 0)?;
        }
        for (at, width) in &widths {
            sheet.set_column_width(*at, (*width + 3) as f64)?;
        }
        sheet.set_column_width(narrow(reasons), REASONS)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    };
    fill().map_err(TableError::from)?;
    Ok(workbook.save_to_buffer().map_err(TableError::from)?)
}

/// Where what a mark is about stands.
fn places(mark: &Mark, columns: &HashMap<Column, Vec<u32>>) -> impl Iterator<Item = u32> {
    mark.columns.iter().filter_map(|column| columns.get(column)).flatten().copied()
}

/// Colours the cells of a row that hold nothing, where that is what is wrong.
fn empty_cells(
    sheet: &mut Worksheet,
    row: u32,
    cells: &BTreeMap<u32, String>,
    marked: &[Mark],
    columns: &HashMap<Column, Vec<u32>>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for mark in marked {
        // Where one of several columns holds what is wrong, the empty ones are not.
        if places(mark, columns).any(|at| cells.contains_key(&at)) {
            continue;
        }
        for at in places(mark, columns).filter(|at| *at <= LAST_COLUMN) {
            sheet.write_blank(row, narrow(at), formats.of(false, true, std::iter::once(mark)))?;
        }
    }
    Ok(())
}

struct Formats {
    title: Format,
    heading: Format,
    plain: Format,
    fault: Format,
    repair: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = look::text().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap().set_num_format("@");
        Self {
            title: look::text().set_bold(),
            heading: look::heading(),
            fault: plain.clone().set_background_color(FAULT),
            repair: plain.clone().set_background_color(REPAIR),
            plain,
        }
    }

    fn of<'m>(&self, is_heading: bool, is_person: bool, marks: impl Iterator<Item = &'m Mark>) -> &Format {
        let faults: Vec<bool> = marks.map(|mark| mark.is_fault).collect();
        match faults.iter().max() {
            Some(true) => &self.fault,
            Some(false) => &self.repair,
            None if is_heading => &self.heading,
            None if is_person => &self.plain,
            None => &self.title,
        }
    }
}

fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn clipped(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}
