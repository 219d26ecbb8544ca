//! A roster, read as its headings say or as a person arranged it.

use std::collections::{BTreeMap, BTreeSet};

use domain::rosters::{ColumnUse, Encoding, numbered};
use serde::{Deserialize, Serialize};

use super::found::{Found, Part, find};
use super::headings::Source;
use super::words::{says_ending, says_sum};
use super::{Column, PassedOver, Roster, RosterError, RosterRow, Why};
use crate::spreadsheets::headings::numbers_columns;
use crate::spreadsheets::legacy;
use crate::spreadsheets::workbooks::{Limits, Sheet};

/// How a person wants a list to be read. What it does not say is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// On which sheet of the workbook the list begins, from 0; none for the first whose headings are understood.
    #[serde(default)]
    pub sheet: Option<usize>,
    /// The row of the headings as Excel shows it; 0 where the list has none.
    pub heading: Option<usize>,
    /// What each column says, from 0; columns that are not named are left out. Empty where the headings decide.
    pub columns: BTreeMap<u32, ColumnUse>,
    /// In which encoding columns are, where that is not Unicode. Nothing is converted that does not stand here.
    pub encodings: BTreeMap<u32, Encoding>,
    /// Whether hidden rows are read too.
    pub hidden_too: bool,
}

/// Reads a roster from an `.xlsx`, `.xls`, `.ods` or text file: the first visible sheet with a heading for names, and those
/// with the same headings.
///
/// # Errors
/// [`RosterError`].
pub fn read(bytes: &[u8], limits: Limits) -> Result<Roster, RosterError> {
    read_arranged(bytes, limits, &Arrangement::default())
}

/// Reads a roster as it was arranged.
///
/// # Errors
/// [`RosterError`].
pub fn read_arranged(bytes: &[u8], limits: Limits, arrangement: &Arrangement) -> Result<Roster, RosterError> {
    let mut found = find(bytes, limits, arrangement)?;
    let (sheet, part) = found.lead();
    if part.headings.sources.iter().all(|source| source.column != Column::FullName) {
        let row = sheet.rows.get(&part.headings.row).or_else(|| sheet.rows.values().next());
        let found = row.map(|cells| cells.values().take(30).cloned().collect()).unwrap_or_default();
        return Err(RosterError::NoHeading { found });
    }
    convert(&mut found, &arrangement.encodings);
    let (mut rows, mut passed_over) = (Vec::new(), Vec::new());
    for (place, part) in found.parts.iter().enumerate() {
        read_part(&found.sheets[part.at], part, arrangement.hidden_too, |row| numbered(place, row), &mut rows, &mut passed_over);
    }
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    if rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    let headings = &found.lead().1.headings;
    let heading = if headings.below == 0 { 0 } else { headings.row as usize + 1 };
    Ok(Roster {
        sheets: found.names(),
        unread: found.unread(false),
        hidden_sheets: found.unread(true),
        columns: headings.columns(),
        unknown: headings.unknown.iter().map(|(_, heading)| heading.clone()).collect(),
        heading,
        rows,
        passed_over,
    })
}

/// Converts the columns whose encoding somebody chose, and no other. Cells that were typed in Unicode among them stay.
pub(super) fn convert(found: &mut Found, encodings: &BTreeMap<u32, Encoding>) {
    for (column, encoding) in encodings {
        let is_name =
            found.lead().1.headings.sources.iter().any(|source| source.at == *column && source.column == Column::FullName);
        let places: Vec<(usize, u32, u32)> =
            found.parts.iter().filter_map(|part| Some((part.at, part.headings.below, part.place(*column)?))).collect();
        let mut texts = places
            .iter()
            .flat_map(|(at, below, place)| found.sheets[*at].rows.range(*below..).filter_map(move |(_, cells)| cells.get(place)));
        let among_unicode = texts.any(|text| legacy::is_unicode(text));
        for (at, below, place) in places {
            let Sheet { rows, fonts, .. } = &mut found.sheets[at];
            for (row, cells) in rows.range_mut(below..) {
                let font = fonts.get(&(*row, place));
                let in_capitals = font.is_some_and(|font| font.capitals);
                let Some(text) = cells.get_mut(&place).filter(|text| !text.is_ascii() || in_capitals) else { continue };
                if font.is_none() && legacy::stays(text, *encoding, among_unicode) {
                    continue;
                }
                if let Some(converted) = legacy::convert(text, *encoding, in_capitals, is_name) {
                    *text = converted;
                }
            }
        }
    }
}

/// The rows of people of a sheet, and those that are none.
fn read_part(
    sheet: &Sheet,
    part: &Part,
    hidden_too: bool,
    numbered: impl Fn(usize) -> usize,
    rows: &mut Vec<RosterRow>,
    passed_over: &mut Vec<PassedOver>,
) {
    let sources = &part.headings.sources;
    let columns: BTreeSet<u32> = sources.iter().map(|source| source.at).collect();
    let mut ended = false;
    for (row, cells) in sheet.rows.range(part.headings.below..) {
        if *row == part.headings.below && numbers_columns(cells) {
            continue;
        }
        let said = said(cells, sources);
        let number = numbered(*row as usize + 1);
        let why =
            if !hidden_too && sheet.hidden.contains(row) { Some(Why::Hidden) } else { no_person(cells, &columns, &said, ended) };
        ended |= why == Some(Why::Ending);
        // Lists are numbered ahead of the people who fill them.
        let says_nothing = said.keys().all(|column| *column == Column::Number);
        match why {
            Some(Why::Ending) | None if says_nothing => {}
            Some(why) => passed_over.push(PassedOver { number, why, text: shortened(cells) }),
            None => rows.push(RosterRow { number, cells: said }),
        }
    }
}

/// Why a row below the headings speaks of nobody, if it does not. Below the `ended` list names sign.
fn no_person(
    cells: &BTreeMap<u32, String>,
    columns: &BTreeSet<u32>,
    said: &BTreeMap<Column, String>,
    ended: bool,
) -> Option<Why> {
    if said.iter().any(|(column, text)| tells_apart(*column, text)) {
        return None;
    }
    let mut texts = cells.values().filter(|text| text.chars().any(char::is_alphabetic));
    if texts.clone().next().is_some_and(|text| says_sum(text)) {
        return Some(Why::Sum);
    }
    if texts.clone().all(|text| says_ending(text)) && texts.next().is_some() {
        return Some(Why::Ending);
    }
    if ended && !said.contains_key(&Column::Number) {
        return Some(Why::Ending);
    }
    // "I. HTX Xuân Lập", "A | Xã Thọ Lập": a part of the list, in one cell or behind a letter.
    let filled = cells.iter().filter(|(at, _)| columns.contains(at)).count();
    let is_mark = |text: &str| {
        let mark = text.trim_end_matches(['.', ')', '/']);
        !mark.is_empty() && mark.len() <= 5 && mark.chars().all(|c| "IVXABCDEFGH".contains(c))
    };
    let numbered = said.get(&Column::Number).is_some_and(|number| is_mark(number));
    let marked = cells.len() == 1
        && cells
            .values()
            .all(|text| text.split_once(['.', ')', '/']).is_some_and(|(mark, rest)| is_mark(mark) && rest.starts_with(' ')));
    (marked || numbered && filled <= 2).then_some(Why::Part)
}

/// Whether a cell tells one person from others: who has a birth or a number is a person, whatever else stands there.
fn tells_apart(column: Column, text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match column {
        Column::BirthDate | Column::BirthYearMale | Column::BirthYearFemale => digits >= 4 && text.chars().count() <= 12,
        Column::CitizenId | Column::Phone => digits >= 8,
        Column::Email => text.contains('@'),
        _ => false,
    }
}

fn shortened(cells: &BTreeMap<u32, String>) -> String {
    const SHOWN: usize = 80;
    let all = cells.values().map(String::as_str).collect::<Vec<_>>().join(" ");
    if all.chars().count() <= SHOWN { all } else { all.chars().take(SHOWN).chain(std::iter::once('…')).collect() }
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
