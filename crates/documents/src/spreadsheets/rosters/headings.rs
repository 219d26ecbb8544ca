//! Which row is the heading, and what its columns mean.

use std::collections::BTreeMap;

use super::Column;
use super::words::{Meaning, is_reasons, meaning};
use crate::spreadsheets::headings::bare;
use crate::spreadsheets::workbooks::Sheet;

/// Papers have letterheads: the heading is looked for in so many rows.
pub const FIRST_ROWS: u32 = 20;

/// What one column of the sheet gives to a row of the roster.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it stands, from 0.
    pub at: u32,
    /// What it says.
    pub column: Column,
    /// Its heading as found; none where a heading spans two columns and this is the second.
    pub heading: Option<String>,
    /// What a mark in it stands for, where people tick instead of writing.
    pub tick: Option<&'static str>,
}

/// The heading of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Headings {
    /// The first row below it, from 0.
    pub below: u32,
    /// The row of the headings, or the upper of two.
    pub row: u32,
    /// The columns understood. Parts of a name are in the order in which they are read.
    pub sources: Vec<Source>,
    /// Headings not understood, with where they stand.
    pub unknown: Vec<(u32, String)>,
    /// The column that a list given back has for reasons; it says nothing of people.
    pub reasons: Option<u32>,
}

impl Headings {
    /// What stands above each column.
    pub fn named(&self) -> BTreeMap<u32, String> {
        let named = self.sources.iter().filter_map(|source| Some((source.at, source.heading.clone()?)));
        named.chain(self.unknown.iter().cloned()).collect()
    }

    /// The same, every column `shift` further to the right; none where one would leave the sheet.
    pub fn moved(&self, shift: i64, row: u32) -> Option<Headings> {
        let moved = |at: u32| u32::try_from(i64::from(at) + shift).ok();
        let sources = self.sources.iter().map(|source| Some(Source { at: moved(source.at)?, ..source.clone() }));
        let unknown = self.unknown.iter().map(|(at, heading)| Some((moved(*at)?, heading.clone())));
        Some(Headings {
            below: row + (self.below - self.row),
            row,
            sources: sources.collect::<Option<_>>()?,
            unknown: unknown.collect::<Option<_>>()?,
            reasons: None,
        })
    }

    /// The columns with their headings, from left to right.
    pub fn columns(&self) -> Vec<(Column, String)> {
        let mut named: Vec<_> =
            self.sources.iter().filter_map(|source| Some((source.at, source.column, source.heading.clone()?))).collect();
        named.sort_by_key(|(at, ..)| *at);
        named.into_iter().map(|(_, column, heading)| (column, heading)).collect()
    }

    fn count(&self) -> usize {
        let mut columns: Vec<_> = self.sources.iter().map(|source| source.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len()
    }
}

/// What a row says in plain letters, with where it says it counted from its first cell, and where that is: lists with the
/// same headings are arranged alike, in whatever row and column these begin. Of headings that are two rows high both count.
/// None for a row that says nothing.
pub fn likeness(sheet: &Sheet, row: u32, height: u32) -> Option<(u32, String)> {
    let texts = |row: u32| sheet.rows.get(&row).into_iter().flatten().filter(|(_, text)| !is_reasons(text));
    let (first, _) = texts(row).next()?;
    let said = (row..row + height).map(|row| {
        let cells = texts(row).map(|(at, text)| format!("{}:{}", i64::from(*at) - i64::from(*first), bare(text)));
        cells.collect::<Vec<_>>().join("|")
    });
    Some((*first, said.collect::<Vec<_>>().join("/")))
}

/// The row, among the first, with the most headings understood, one of them for names.
pub fn find(sheet: &Sheet) -> Option<Headings> {
    let mut best: Option<Headings> = None;
    for headings in sheet.rows.range(..FIRST_ROWS).filter_map(|(row, _)| at(sheet, *row)) {
        if best.as_ref().is_none_or(|best| headings.count() > best.count()) {
            best = Some(headings);
        }
    }
    best
}

/// The row that looks most like a heading, where none is understood: of equals the first.
pub fn resembling(sheet: &Sheet) -> u32 {
    let rows = sheet.rows.range(..FIRST_ROWS).rev();
    let best = rows.max_by_key(|(_, cells)| {
        let understood = cells.values().filter(|text| meaning(text).is_some());
        (understood.count(), cells.len())
    });
    best.map_or(0, |(row, _)| *row)
}

/// The heading at a row, if it names people: of one row or, where that says as much, of two.
pub fn at(sheet: &Sheet, row: u32) -> Option<Headings> {
    match (understand(sheet, row, 1), understand(sheet, row, 2)) {
        // A divided heading says the same and ends lower.
        (Some(low), Some(high)) => Some(if high.count() >= low.count() { high } else { low }),
        (low, high) => low.or(high),
    }
}

/// A row of headings of which nothing is understood.
pub fn unread(sheet: &Sheet, row: u32) -> Headings {
    let (reasons, others): (Vec<_>, Vec<_>) =
        sheet.rows.get(&row).into_iter().flatten().partition(|(_, heading)| is_reasons(heading));
    let unknown = others.into_iter().map(|(at, heading)| (*at, heading.clone())).collect();
    Headings { below: row + 1, row, unknown, reasons: reasons.first().map(|(at, _)| **at), ..Headings::default() }
}

/// The heading that starts at a row and is one or two rows high.
fn understand(sheet: &Sheet, row: u32, height: u32) -> Option<Headings> {
    let nothing = BTreeMap::new();
    let upper = sheet.rows.get(&row)?;
    let lower = match height {
        1 => &nothing,
        _ => sheet.rows.get(&(row + 1))?,
    };
    let mut draft = Draft::default();
    let mut parent = None;
    let ends = upper.keys().chain(lower.keys()).max()?;
    for at in *upper.keys().chain(lower.keys()).min()?..=*ends {
        if let Some(text) = upper.get(&at) {
            parent = Some(text.as_str());
        }
        match (upper.get(&at), lower.get(&at)) {
            (own, Some(text)) => draft.below(at, text, parent, own.is_some())?,
            (Some(text), None) => draft.alone(at, text),
            (None, None) => draft.blank(at),
        }
    }
    // A title above a heading divides nothing: names stand in the upper row.
    let names = |text: &String| {
        let meaning = meaning(text).map(|(meaning, _)| meaning);
        matches!(meaning, Some(Meaning::Whole(Column::FullName) | Meaning::Family))
    };
    if height == 2 && !(draft.divided && upper.values().any(names)) {
        return None;
    }
    let headings = draft.settle(row, row + height);
    headings.sources.iter().any(|source| source.column == Column::FullName).then_some(headings)
}

/// A heading being understood.
#[derive(Default)]
struct Draft {
    found: Vec<(Source, bool)>,
    family: Option<(u32, String)>,
    unknown: Vec<(u32, String)>,
    reasons: Option<u32>,
    blanks: Vec<u32>,
    /// Whether a lower row divides an upper heading.
    divided: bool,
}

impl Draft {
    fn alone(&mut self, at: u32, text: &str) {
        if is_reasons(text) {
            self.reasons = Some(at);
            return;
        }
        match meaning(text) {
            Some((Meaning::Whole(column), exact)) => self.add(at, column, text, None, exact),
            Some((Meaning::Family, _)) => self.family = Some((at, text.to_owned())),
            // Two bare columns for men and women hold the years.
            Some((Meaning::Male, _)) => self.add(at, Column::BirthYearMale, text, None, true),
            Some((Meaning::Female, _)) => self.add(at, Column::BirthYearFemale, text, None, true),
            None => self.unknown.push((at, text.to_owned())),
        }
    }

    /// A heading in the lower row; nothing if this cannot be one, since people stand there.
    fn below(&mut self, at: u32, text: &str, parent: Option<&str>, own: bool) -> Option<()> {
        let above = parent.and_then(meaning).map(|(meaning, _)| meaning);
        let full = match parent {
            Some(parent) => format!("{parent} {text}"),
            None => text.to_owned(),
        };
        match (above, meaning(text).map(|(meaning, _)| meaning)) {
            (Some(Meaning::Whole(Column::FullName) | Meaning::Family), _) => {
                // "Họ và tên" over "Họ đệm | Tên"
                match meaning(text)?.0 {
                    Meaning::Family => self.family = Some((at, full.clone())),
                    Meaning::Whole(Column::FullName) => {
                        self.add(at, Column::FullName, &full, None, true);
                    }
                    _ => return None,
                }
            }
            (Some(Meaning::Whole(Column::Sex)), Some(Meaning::Male)) => {
                self.add(at, Column::Sex, &full, Some("Nam"), true);
            }
            (Some(Meaning::Whole(Column::Sex)), Some(Meaning::Female)) => {
                self.add(at, Column::Sex, &full, Some("Nữ"), true);
            }
            (_, Some(_)) => self.alone(at, text),
            // A hint below a heading: "CCCD" over "12 số".
            (Some(_), None) if own => self.alone(at, parent.unwrap_or(text)),
            (_, None) => self.unknown.push((at, full.clone())),
        }
        if meaning(text).is_some() {
            self.divided = true;
            if let Some((source, _)) = self.found.last_mut()
                && source.at == at
            {
                source.heading = Some(full);
            }
        }
        Some(())
    }

    fn blank(&mut self, at: u32) {
        self.blanks.push(at);
    }

    fn add(&mut self, at: u32, column: Column, text: &str, tick: Option<&'static str>, exact: bool) {
        let source = Source { at, column, heading: Some(text.to_owned()), tick };
        self.found.push((source, exact));
    }

    /// One source for each column, the surest and then the leftmost; names may have two, and ticks.
    fn settle(mut self, row: u32, below: u32) -> Headings {
        self.found.sort_by_key(|(source, exact)| (!exact, source.at));
        let mut sources: Vec<Source> = Vec::new();
        for (source, _) in self.found {
            let taken =
                sources.iter().any(|other| other.column == source.column && (other.tick.is_none() || source.tick.is_none()));
            if taken {
                self.unknown.push((source.at, source.heading.unwrap_or_default()));
            } else {
                sources.push(source);
            }
        }
        let name = sources.iter().position(|source| source.column == Column::FullName);
        match (self.family, name) {
            (Some((at, heading)), given) => {
                let family = Source { at, column: Column::FullName, heading: Some(heading), tick: None };
                sources.insert(given.unwrap_or(0), family);
                if given.is_none() && self.blanks.contains(&(at + 1)) {
                    sources.insert(1, second_part(at + 1));
                }
            }
            // "Họ và tên" over two columns: lists are sorted by the given name in the second.
            (None, Some(name)) if self.blanks.contains(&(sources[name].at + 1)) => {
                sources.insert(name + 1, second_part(sources[name].at + 1));
            }
            (None, _) => (),
        }
        self.unknown.sort_by_key(|(at, _)| *at);
        Headings { below, row, sources, unknown: self.unknown, reasons: self.reasons }
    }
}

fn second_part(at: u32) -> Source {
    Source { at, column: Column::FullName, heading: None, tick: None }
}
