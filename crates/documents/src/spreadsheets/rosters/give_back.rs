//! The list given back: the same rows, with a column that says what is wrong, and the cells it is about in colour.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::rosters::numbered;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use super::arranged::{Arrangement, convert};
use super::found::{Part, find};
use super::words::REASONS;
use super::{Column, RosterError};
use crate::spreadsheets::look;
use crate::spreadsheets::tables::TableError;
use crate::spreadsheets::workbooks::{Limits, Sheet};

const FAULT: Color = Color::RGB(0xFF_C9_C2);
const REPAIR: Color = Color::RGB(0xFF_F0_BF);
const LINE: Color = Color::RGB(0xC9_D3_CF);

/// Excel's limits, and widths in digits of the typeface.
const MAX_TEXT: usize = 32_767;
const LAST_COLUMN: u32 = 16_383;
const WIDEST: usize = 45;
const REASONS_WIDTH: f64 = 70.0;
const LONGEST_TAB: usize = 31;

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

/// Writes the workbook anew as `.xlsx`: every cell as text, so that nothing in it is ever computed; hidden rows hidden. The
/// sheets of the list get a column behind their last with what is said of each row, where they had one from before, in its
/// place. Columns that somebody chose to convert stand there converted. Hidden sheets are not read, and not written.
///
/// # Errors
/// [`Returned`].
pub fn give_back(
    bytes: &[u8],
    limits: Limits,
    arrangement: &Arrangement,
    marks: &BTreeMap<usize, Vec<Mark>>,
    in_vietnamese: bool,
    created: DateTime<Utc>,
) -> Result<Vec<u8>, Returned> {
    let mut found = find(bytes, limits, arrangement)?;
    convert(&mut found, &arrangement.encodings);
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(created.timestamp()).map_err(TableError::from)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = Formats::new();
    let heading = REASONS[usize::from(!in_vietnamese)];
    let mut names = BTreeSet::new();
    for (at, sheet) in found.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.is_hidden) {
        let into = workbook.add_worksheet();
        let name = tab(&sheet.name, &mut names);
        into.set_name(name).map_err(TableError::from)?;
        let written = match found.parts.iter().enumerate().find(|(_, part)| part.at == at) {
            Some((place, part)) => write_part(into, sheet, part, &formats, heading, |row| {
                marks.get(&numbered(place, row as usize + 1)).map_or(&[][..], Vec::as_slice)
            }),
            None => write_plain(into, sheet, &formats),
        };
        written.map_err(TableError::from)?;
    }
    Ok(workbook.save_to_buffer().map_err(TableError::from)?)
}

/// A sheet of the list, with its column of reasons.
fn write_part<'m>(
    into: &mut Worksheet,
    sheet: &Sheet,
    part: &Part,
    formats: &Formats,
    heading: &str,
    marks: impl Fn(u32) -> &'m [Mark],
) -> Result<(), XlsxError> {
    let headings = &part.headings;
    let mut columns: HashMap<Column, Vec<u32>> = HashMap::new();
    for source in &headings.sources {
        columns.entry(source.column).or_default().push(source.at);
    }
    let behind = sheet.rows.values().filter_map(|cells| cells.keys().next_back()).max().map_or(0, |last| last + 1);
    let reasons = headings.reasons.unwrap_or(behind).min(LAST_COLUMN);
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        let is_heading = *row + 1 == headings.below || *row == headings.row && headings.below > 0;
        let marked = marks(*row);
        for (at, text) in cells.range(..=LAST_COLUMN) {
            let is_about = |mark: &&Mark| places(mark, &columns).any(|place| place == *at);
            let format = formats.of(is_heading, *row >= headings.below, marked.iter().filter(is_about));
            into.write_string_with_format(*row, narrow(*at), clipped(text), format)?;
            if *row >= headings.row {
                let width = widths.entry(narrow(*at)).or_default();
                *width = (*width).max(text.chars().count().min(WIDEST));
            }
        }
        empty_cells(into, *row, cells, marked, &columns, formats)?;
        if !marked.is_empty() {
            let said = marked.iter().map(|mark| mark.sentence.as_str()).collect::<Vec<_>>().join("\n");
            into.write_string_with_format(*row, narrow(reasons), clipped(&said), formats.of(false, true, marked.iter()))?;
        }
        if sheet.hidden.contains(row) {
            into.set_row_hidden(*row)?;
        }
    }
    if headings.below > 0 {
        into.write_string_with_format(headings.row, narrow(reasons), heading, &look::heading())?;
        into.set_freeze_panes(headings.below, 0)?;
    }
    for (at, width) in &widths {
        into.set_column_width(*at, (*width + 3) as f64)?;
    }
    into.set_column_width(narrow(reasons), REASONS_WIDTH)?;
    into.set_landscape();
    into.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A sheet that is none of the list.
fn write_plain(into: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    for (row, cells) in &sheet.rows {
        for (at, text) in cells.range(..=LAST_COLUMN) {
            into.write_string_with_format(*row, narrow(*at), clipped(text), &formats.plain)?;
        }
        if sheet.hidden.contains(row) {
            into.set_row_hidden(*row)?;
        }
    }
    Ok(())
}

/// A name for a tab that Excel takes: short, without its signs, and no other sheet's.
fn tab(name: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim_matches([' ', '\'']);
    // Excel counts in units of UTF-16, and keeps this name for itself.
    let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "Sheet" } else { clean };
    let mut number = 1;
    loop {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        let mut tab: String = clean.to_owned();
        while tab.encode_utf16().count() + end.len() > LONGEST_TAB {
            tab.pop();
        }
        let tab = format!("{}{end}", tab.trim_end_matches([' ', '\'']));
        if taken.insert(tab.to_lowercase()) {
            return tab;
        }
        number += 1;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_have_names_that_excel_takes() {
        let mut taken = BTreeSet::new();
        let mut tab = |name: &str| tab(name, &mut taken);
        assert_eq!(
            [tab("Xã A/B?"), tab("xã a b"), tab(""), tab("'"), tab("History")],
            ["Xã A B", "xã a b 2", "Sheet", "Sheet 2", "Sheet 3"]
        );
        let long = "Danh sách học viên của các hợp tác xã";
        assert_eq!([tab(long).chars().count(), tab(long).chars().count()], [30, 31]);
        assert_eq!(tab("Danh sách học viên của các hợp tác").chars().last(), Some('3'));
    }
}
