//! A roster, read as its headings say or as a person arranged it.

use std::collections::{BTreeMap, BTreeSet};

use domain::rosters::{ColumnUse, Encoding};
use serde::{Deserialize, Serialize};

use super::headings::{self, Headings, Source};
use super::words::{says_ending, says_sum};
use super::{Column, PassedOver, Roster, RosterError, RosterRow, Why};
use crate::spreadsheets::headings::numbers_columns;
use crate::spreadsheets::legacy;
use crate::spreadsheets::workbooks::{self, Limits, Sheet};

/// How a person wants a list to be read. What it does not say is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// The row of the headings as Excel shows it; 0 where the list has none.
    pub heading: Option<usize>,
    /// What each column says, from 0; columns that are not named are left out. Empty where the headings decide.
    pub columns: BTreeMap<u32, ColumnUse>,
    /// In which encoding columns are, where that is not Unicode. Nothing is converted that does not stand here.
    pub encodings: BTreeMap<u32, Encoding>,
    /// Whether hidden rows are read too.
    pub hidden_too: bool,
}

/// A list that was found in a file, with how it is read.
pub(super) struct Found {
    pub(super) sheet: Sheet,
    pub(super) headings: Headings,
    /// Whether the headings themselves name a column of names.
    pub(super) is_understood: bool,
}

/// Reads a roster from an `.xlsx`, `.xls`, `.ods` or text file: the first visible sheet with a heading for names.
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
    if found.headings.sources.iter().all(|source| source.column != Column::FullName) {
        let row = found.sheet.rows.get(&found.headings.row).or_else(|| found.sheet.rows.values().next());
        let found = row.map(|cells| cells.values().take(30).cloned().collect()).unwrap_or_default();
        return Err(RosterError::NoHeading { found });
    }
    convert(&mut found, &arrangement.encodings);
    let (rows, passed_over) = rows(&found, arrangement.hidden_too);
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    if rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    let columns = found.headings.columns();
    let unknown = found.headings.unknown.into_iter().map(|(_, heading)| heading).collect();
    let heading = if found.headings.below == 0 { 0 } else { found.headings.row as usize + 1 };
    Ok(Roster { sheet: found.sheet.name, columns, unknown, heading, rows, passed_over })
}

/// The sheet with the list, and its columns. Where no heading is understood, the sheet with the most rows.
pub(super) fn find(bytes: &[u8], limits: Limits, arrangement: &Arrangement) -> Result<Found, RosterError> {
    let mut sheets = workbooks::open(bytes, limits)?;
    let known = sheets.iter().enumerate().find_map(|(at, sheet)| headings::find(sheet).map(|headings| (at, headings)));
    let (at, headings, is_understood) = match known {
        Some((at, headings)) => (at, headings, true),
        None => {
            let largest = sheets.iter().enumerate().rev().max_by_key(|(_, sheet)| sheet.rows.len()).map(|(at, _)| at);
            let at = largest.filter(|at| !sheets[*at].rows.is_empty()).ok_or(RosterError::Empty)?;
            let row = headings::resembling(&sheets[at]);
            (at, unread(&sheets[at], row), false)
        }
    };
    let sheet = sheets.swap_remove(at);
    let headings = match (arrangement.heading, is_understood) {
        (Some(0), _) => Headings { below: 0, row: 0, sources: Vec::new(), unknown: Vec::new() },
        (Some(row), _) if row != headings.row as usize + 1 => {
            let row = u32::try_from(row - 1).unwrap_or(u32::MAX - 1);
            headings::at(&sheet, row).unwrap_or_else(|| unread(&sheet, row))
        }
        _ => headings,
    };
    let is_understood = is_understood && headings.sources.iter().any(|source| source.column == Column::FullName);
    let headings = if arrangement.columns.is_empty() { headings } else { chosen(headings, &arrangement.columns) };
    Ok(Found { sheet, headings, is_understood })
}

/// A row of headings of which nothing is understood.
fn unread(sheet: &Sheet, row: u32) -> Headings {
    let cells = sheet.rows.get(&row).into_iter().flatten();
    let unknown = cells.map(|(at, heading)| (*at, heading.clone())).collect();
    Headings { below: row + 1, row, sources: Vec::new(), unknown }
}

/// The columns as a person chose them.
fn chosen(headings: Headings, columns: &BTreeMap<u32, ColumnUse>) -> Headings {
    let named = headings.sources.iter().filter_map(|source| Some((source.at, source.heading.clone()?)));
    let named: BTreeMap<u32, String> = named.chain(headings.unknown.iter().cloned()).collect();
    // Family names are read before given names, wherever they stand.
    let mut uses: Vec<(&u32, &ColumnUse)> = columns.iter().collect();
    uses.sort_by_key(|(at, is)| (**is != ColumnUse::FamilyName, **at));
    let sources = uses.into_iter().map(|(at, is)| {
        let (column, tick) = meaning(*is);
        Source { at: *at, column, heading: named.get(at).cloned(), tick }
    });
    let unknown = headings.unknown.into_iter().filter(|(at, _)| !columns.contains_key(at)).collect();
    Headings { sources: sources.collect(), unknown, ..headings }
}

const fn meaning(is: ColumnUse) -> (Column, Option<&'static str>) {
    match is {
        ColumnUse::Number => (Column::Number, None),
        ColumnUse::FullName | ColumnUse::FamilyName => (Column::FullName, None),
        ColumnUse::Birth => (Column::BirthDate, None),
        ColumnUse::BirthMale => (Column::BirthYearMale, None),
        ColumnUse::BirthFemale => (Column::BirthYearFemale, None),
        ColumnUse::Sex => (Column::Sex, None),
        ColumnUse::Male => (Column::Sex, Some("Nam")),
        ColumnUse::Female => (Column::Sex, Some("Nữ")),
        ColumnUse::CitizenId => (Column::CitizenId, None),
        ColumnUse::Phone => (Column::Phone, None),
        ColumnUse::Email => (Column::Email, None),
        ColumnUse::Position => (Column::Position, None),
        ColumnUse::Organisation => (Column::Organisation, None),
        ColumnUse::TaxCode => (Column::TaxCode, None),
        ColumnUse::Unit => (Column::Unit, None),
        ColumnUse::Note => (Column::Note, None),
    }
}

/// What each column is used for.
pub(super) fn uses(headings: &Headings) -> BTreeMap<u32, ColumnUse> {
    let names = headings.sources.iter().filter(|source| source.column == Column::FullName).count();
    let mut names_seen = 0;
    let one = |source: &Source| {
        let is = match (source.column, source.tick) {
            (Column::FullName, _) => {
                names_seen += 1;
                if names > 1 && names_seen == 1 { ColumnUse::FamilyName } else { ColumnUse::FullName }
            }
            (Column::Sex, Some("Nam")) => ColumnUse::Male,
            (Column::Sex, Some(_)) => ColumnUse::Female,
            (Column::Sex, None) => ColumnUse::Sex,
            (Column::Number, _) => ColumnUse::Number,
            (Column::BirthDate, _) => ColumnUse::Birth,
            (Column::BirthYearMale, _) => ColumnUse::BirthMale,
            (Column::BirthYearFemale, _) => ColumnUse::BirthFemale,
            (Column::CitizenId, _) => ColumnUse::CitizenId,
            (Column::Phone, _) => ColumnUse::Phone,
            (Column::Email, _) => ColumnUse::Email,
            (Column::Position, _) => ColumnUse::Position,
            (Column::Organisation, _) => ColumnUse::Organisation,
            (Column::TaxCode, _) => ColumnUse::TaxCode,
            (Column::Unit, _) => ColumnUse::Unit,
            (Column::Note, _) => ColumnUse::Note,
        };
        (source.at, is)
    };
    headings.sources.iter().map(one).collect()
}

/// Converts the columns whose encoding somebody chose, and no other.
pub(super) fn convert(found: &mut Found, encodings: &BTreeMap<u32, Encoding>) {
    for (at, encoding) in encodings {
        let is_name = found.headings.sources.iter().any(|source| source.at == *at && source.column == Column::FullName);
        for (row, cells) in found.sheet.rows.range_mut(found.headings.below..) {
            let in_capitals = found.sheet.fonts.get(&(*row, *at)).is_some_and(|font| font.capitals);
            let Some(text) = cells.get_mut(at).filter(|text| !text.is_ascii() || in_capitals) else { continue };
            if let Some(converted) = legacy::convert(text, *encoding, in_capitals, is_name) {
                *text = converted;
            }
        }
    }
}

/// The rows of people, and those that are none.
fn rows(found: &Found, hidden_too: bool) -> (Vec<RosterRow>, Vec<PassedOver>) {
    let sources = &found.headings.sources;
    let columns: BTreeSet<u32> = sources.iter().map(|source| source.at).collect();
    let (mut rows, mut passed_over) = (Vec::new(), Vec::new());
    let mut ended = false;
    for (row, cells) in found.sheet.rows.range(found.headings.below..) {
        if *row == found.headings.below && numbers_columns(cells) {
            continue;
        }
        let said = said(cells, sources);
        let number = *row as usize + 1;
        let why = if !hidden_too && found.sheet.hidden.contains(row) {
            Some(Why::Hidden)
        } else {
            no_person(cells, &columns, &said, ended)
        };
        ended |= why == Some(Why::Ending);
        // Lists are numbered ahead of the people who fill them.
        let says_nothing = said.keys().all(|column| *column == Column::Number);
        match why {
            Some(Why::Ending) | None if says_nothing => {}
            Some(why) => passed_over.push(PassedOver { number, why, text: shortened(cells) }),
            None => rows.push(RosterRow { number, cells: said }),
        }
    }
    (rows, passed_over)
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
