//! What a list looks like before it is read: shown to the person who has to say what its columns are.

use std::collections::BTreeMap;

use domain::rosters::{ColumnUse, Encoding};

use super::RosterError;
use super::arranged::{Arrangement, find, uses};
use crate::spreadsheets::headings::bare;
use crate::spreadsheets::legacy;
use crate::spreadsheets::workbooks::Limits;

/// Columns that are shown; lists of people have a dozen.
const COLUMNS: usize = 60;
/// Cells of a column that are shown.
const SAMPLES: usize = 3;

/// A list as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The name on its tab.
    pub sheet: String,
    /// The row of the headings as Excel shows it; 0 where there is none.
    pub heading: usize,
    /// Its columns, from left to right.
    pub columns: Vec<SeenColumn>,
    /// Whether a column of names was understood from the headings.
    pub is_understood: bool,
    /// Rows that are hidden.
    pub hidden: usize,
    /// The headings in plain letters: lists with the same are arranged alike.
    pub likeness: String,
}

/// A column as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenColumn {
    /// Where it stands, from 0.
    pub at: u32,
    /// Its heading; empty when it has none.
    pub heading: String,
    /// What its heading says, or a person chose.
    pub is: Option<ColumnUse>,
    /// Some of its cells.
    pub samples: Vec<String>,
    /// Why it looks like an old encoding.
    pub legacy: Option<Legacy>,
}

/// A column that looks like an old encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legacy {
    /// The encoding that fits best.
    pub guess: Encoding,
    /// Whether a font of the file says so; else the words do.
    pub by_font: bool,
    /// Some of its cells: as they stand, from TCVN3, from VNI.
    pub samples: Vec<[String; 3]>,
}

impl SeenColumn {
    /// What Excel calls it: A, B, …, AA.
    #[must_use]
    pub fn letter(&self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.at + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl Survey {
    /// Whether a person has to say something before the list can be read.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.is_understood || self.columns.iter().any(|column| column.legacy.is_some() && column.is.is_some())
    }
}

/// Looks at a list without judging its rows.
///
/// # Errors
/// [`RosterError`], never for want of a heading.
pub fn survey(bytes: &[u8], limits: Limits, arrangement: &Arrangement) -> Result<Survey, RosterError> {
    let found = find(bytes, limits, arrangement)?;
    let headings = &found.headings;
    let uses = uses(headings);
    let named = headings.sources.iter().filter_map(|source| Some((source.at, source.heading.clone()?)));
    let named: BTreeMap<u32, String> = named.chain(headings.unknown.iter().cloned()).collect();
    let mut cells: BTreeMap<u32, Vec<(u32, &str)>> = named.keys().chain(uses.keys()).map(|at| (*at, Vec::new())).collect();
    for (row, texts) in found.sheet.rows.range(headings.below..) {
        for (at, text) in texts {
            // What stands far to the right belongs to no list.
            if (*at as usize) < 4 * COLUMNS {
                cells.entry(*at).or_default().push((*row, text));
            }
        }
    }
    let columns = cells.into_iter().take(COLUMNS).map(|(at, cells)| SeenColumn {
        at,
        heading: named.get(&at).cloned().unwrap_or_default(),
        is: uses.get(&at).copied(),
        samples: cells.iter().take(SAMPLES).map(|(_, text)| (*text).to_owned()).collect(),
        legacy: legacy_of(&cells, |row| found.sheet.fonts.get(&(row, at)).copied(), uses.get(&at).copied()),
    });
    let columns: Vec<SeenColumn> = columns.collect();
    let likeness = columns.iter().map(|column| bare(&column.heading)).collect::<Vec<_>>().join("|");
    let heading = if headings.below == 0 { 0 } else { headings.row as usize + 1 };
    let is_understood = found.is_understood || uses.values().any(|is| *is == ColumnUse::FullName);
    Ok(Survey { sheet: found.sheet.name, heading, columns, is_understood, hidden: found.sheet.hidden.len(), likeness })
}

fn legacy_of(cells: &[(u32, &str)], font: impl Fn(u32) -> Option<legacy::Font>, is: Option<ColumnUse>) -> Option<Legacy> {
    let suspicion = legacy::suspect(cells.iter().map(|(row, text)| (*text, font(*row))))?;
    let is_name = matches!(is, Some(ColumnUse::FullName | ColumnUse::FamilyName));
    let samples = cells.iter().filter(|(_, text)| !text.is_ascii()).take(SAMPLES).map(|(row, text)| {
        let in_capitals = font(*row).is_some_and(|font| font.capitals);
        let converted = |encoding| legacy::convert(text, encoding, in_capitals, is_name).unwrap_or_else(|| (*text).to_owned());
        [(*text).to_owned(), converted(Encoding::Tcvn3), converted(Encoding::Vni)]
    });
    Some(Legacy { guess: suspicion.guess, by_font: suspicion.by_font, samples: samples.collect() })
}
