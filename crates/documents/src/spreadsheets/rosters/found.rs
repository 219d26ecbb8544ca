//! The list in a workbook: its sheets, their headings, and the sheets that are none of it.

use std::collections::BTreeMap;

use domain::rosters::ColumnUse;

use super::headings::{self, FIRST_ROWS, Headings, Source};
use super::template::is_guidance;
use super::{Arrangement, Column, RosterError};
use crate::spreadsheets::workbooks::{self, Limits, Sheet};

/// A list that was found in a file, with how it is read.
pub(super) struct Found {
    /// Every sheet of the workbook; of those that are the list, the column of reasons was taken out.
    pub(super) sheets: Vec<Sheet>,
    /// The sheets that are the list, in order.
    pub(super) parts: Vec<Part>,
    /// The part whose headings were understood or arranged; the columns of the others are counted as its.
    pub(super) lead: usize,
    /// Whether the headings themselves name a column of names.
    pub(super) is_understood: bool,
    /// What its headings say, where lists with the same are arranged alike, and the column in which they begin.
    pub(super) likeness: Option<(u32, String)>,
}

/// A sheet of a list.
pub(super) struct Part {
    /// Which sheet of the workbook.
    pub(super) at: usize,
    pub(super) headings: Headings,
    /// How many columns further to the right than in the lead its columns stand.
    pub(super) shift: i64,
}

impl Part {
    /// The column of the lead that a column is.
    pub(super) fn column(&self, at: u32) -> Option<u32> {
        u32::try_from(i64::from(at) - self.shift).ok()
    }

    /// Where a column of the lead stands.
    pub(super) fn place(&self, column: u32) -> Option<u32> {
        u32::try_from(i64::from(column) + self.shift).ok()
    }
}

impl Found {
    pub(super) fn lead(&self) -> (&Sheet, &Part) {
        (&self.sheets[self.parts[self.lead].at], &self.parts[self.lead])
    }

    /// The names of the sheets that are the list.
    pub(super) fn names(&self) -> Vec<String> {
        self.parts.iter().map(|part| self.sheets[part.at].name.clone()).collect()
    }

    /// The sheets that are none of the list and may hold people: those that hold something, and those that are hidden.
    pub(super) fn unread(&self, hidden: bool) -> Vec<String> {
        let others = self.sheets.iter().enumerate().filter(|(at, _)| self.parts.iter().all(|part| part.at != *at));
        others
            .filter(|(_, sheet)| sheet.is_hidden == hidden && (hidden || !sheet.rows.is_empty() && !is_guidance(sheet)))
            .map(|(_, sheet)| sheet.name.clone())
            .collect()
    }
}

/// The sheets with the list, and their columns. It begins on the first sheet with headings that are understood, else on the
/// one with the most rows; every other visible sheet with the same headings goes on with it.
pub(super) fn find(bytes: &[u8], limits: Limits, arrangement: &Arrangement) -> Result<Found, RosterError> {
    let mut sheets = workbooks::open(bytes, limits)?;
    let (at, headings, is_understood) = lead(&sheets, arrangement)?;
    let height = headings.below - headings.row;
    let likeness = if height == 0 { None } else { headings::likeness(&sheets[at], headings.row, height) };
    let headings = if arrangement.columns.is_empty() { headings } else { chosen(headings, &arrangement.columns) };
    let mut parts = Vec::new();
    let mut lead = 0;
    for (other, sheet) in sheets.iter().enumerate() {
        if other == at {
            lead = parts.len();
            parts.push(Part { at, headings: headings.clone(), shift: 0 });
        } else if let Some(likeness) = &likeness {
            parts.extend(alike(sheet, likeness, &headings).map(|(headings, shift)| Part { at: other, headings, shift }));
        }
    }
    for part in &mut parts {
        if let Some(reasons) = part.headings.reasons {
            for cells in sheets[part.at].rows.range_mut(part.headings.row..).map(|(_, cells)| cells) {
                cells.remove(&reasons);
            }
        }
    }
    Ok(Found { sheets, parts, lead, is_understood, likeness })
}

/// On which sheet the list begins, with its headings, and whether these name people.
fn lead(sheets: &[Sheet], arrangement: &Arrangement) -> Result<(usize, Headings, bool), RosterError> {
    let named = arrangement.sheet.filter(|at| sheets.get(*at).is_some_and(|sheet| !sheet.rows.is_empty()));
    let looked_at = |at: &usize| named.is_none_or(|named| named == *at);
    let known = (0..sheets.len()).filter(looked_at).find_map(|at| Some((at, headings::find(&sheets[at])?)));
    let (at, headings, is_understood) = match known {
        Some((at, headings)) => (at, headings, true),
        None => {
            let at = (0..sheets.len()).filter(looked_at).rev().max_by_key(|at| sheets[*at].rows.len());
            let at = at.filter(|at| !sheets[*at].rows.is_empty()).ok_or(RosterError::Empty)?;
            (at, headings::unread(&sheets[at], headings::resembling(&sheets[at])), false)
        }
    };
    let headings = match arrangement.heading {
        Some(0) => Headings::default(),
        Some(row) if row != headings.row as usize + 1 => {
            let row = u32::try_from(row - 1).unwrap_or(u32::MAX - 1);
            headings::at(&sheets[at], row).unwrap_or_else(|| headings::unread(&sheets[at], row))
        }
        _ => headings,
    };
    let is_understood = is_understood && headings.sources.iter().any(|source| source.column == Column::FullName);
    Ok((at, headings, is_understood))
}

/// The headings of a sheet that go on with a list, and how far to the right of the list's they stand.
fn alike(sheet: &Sheet, (first, likeness): &(u32, String), headings: &Headings) -> Option<(Headings, i64)> {
    let rows = sheet.rows.range(..FIRST_ROWS).map(|(row, _)| *row);
    let mut found = rows.filter_map(|row| Some((row, headings::likeness(sheet, row, headings.below - headings.row)?)));
    let (row, (begins, _)) = found.find(|(_, (_, said))| said == likeness)?;
    let shift = i64::from(begins) - i64::from(*first);
    let mut moved = headings.moved(shift, row)?;
    moved.reasons = headings::unread(sheet, row).reasons;
    Some((moved, shift))
}

/// A row that may head a list, for lists that were arranged before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// On which sheet of the workbook, from 0.
    pub sheet: usize,
    /// Its number as Excel shows it.
    pub row: usize,
    /// The column in which it begins, from 0.
    pub first: u32,
    /// What it says alone, and with the row below.
    pub likenesses: [String; 2],
}

/// The rows that may head the list, in order.
pub(super) fn candidates(sheets: &[Sheet]) -> Vec<Candidate> {
    let of = |(at, sheet): (usize, &Sheet)| -> Vec<Candidate> {
        let rows = sheet.rows.range(..FIRST_ROWS).filter_map(|(row, _)| {
            let (first, alone) = headings::likeness(sheet, *row, 1)?;
            let (_, both) = headings::likeness(sheet, *row, 2)?;
            Some(Candidate { sheet: at, row: *row as usize + 1, first, likenesses: [alone, both] })
        });
        rows.collect()
    };
    sheets.iter().enumerate().flat_map(of).collect()
}

/// The columns as a person chose them.
fn chosen(headings: Headings, columns: &BTreeMap<u32, ColumnUse>) -> Headings {
    let named = headings.named();
    // Family names are read before given names, wherever they stand.
    let mut uses: Vec<(&u32, &ColumnUse)> = columns.iter().collect();
    uses.sort_by_key(|(at, is)| (**is != ColumnUse::FamilyName, **at));
    let sources = uses.into_iter().map(|(at, is)| {
        let (column, tick) = meaning(*is);
        Source { at: *at, column, heading: named.get(at).cloned(), tick }
    });
    // A column that was understood and not chosen is left out like those that were not understood.
    let unknown = named.iter().filter(|(at, _)| !columns.contains_key(at)).map(|(at, heading)| (*at, heading.clone()));
    Headings { sources: sources.collect(), unknown: unknown.collect(), ..headings }
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
