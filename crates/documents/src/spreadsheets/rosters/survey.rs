//! What a list looks like before it is read: shown to the person who has to say what its columns are.

use std::collections::BTreeMap;

use domain::rosters::{ColumnUse, Encoding};

use super::found::{Candidate, candidates, find, uses};
use super::{Arrangement, RosterError};
use crate::spreadsheets::legacy::{self, Font, Suspicion};
use crate::spreadsheets::workbooks::Limits;

/// Columns that are shown; lists of people have a dozen.
const COLUMNS: usize = 60;
/// Cells of a column that are shown.
const SAMPLES: usize = 3;

/// A list as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// On which sheet of the workbook it begins, from 0.
    pub sheet: usize,
    /// The sheets on which it stands, in order; all have the same headings.
    pub sheets: Vec<String>,
    /// The visible sheets that hold something else.
    pub unread: Vec<String>,
    /// The visible sheets that hold anything, and which of the workbook they are.
    pub offered: Vec<(usize, String)>,
    /// The row of the headings as Excel shows it; 0 where there is none.
    pub heading: usize,
    /// Its columns, from left to right.
    pub columns: Vec<SeenColumn>,
    /// Whether a column of names was understood from the headings.
    pub is_understood: bool,
    /// Rows that are hidden.
    pub hidden: usize,
    /// The headings in plain letters with where they stand from the first on, and the column of that: lists with the same
    /// are arranged alike. None where nothing heads the columns.
    pub likeness: Option<(u32, String)>,
    /// The rows that may be the headings of a list that was arranged before.
    pub candidates: Vec<Candidate>,
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
    /// Whether only some of its cells do, among others in Unicode.
    pub in_part: bool,
    /// Some of those cells: as they stand, from TCVN3, from VNI.
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
    let (_, part) = found.lead();
    let headings = &part.headings;
    let (uses, named) = (uses(headings), headings.named());
    let mut cells: BTreeMap<u32, Vec<(&str, Option<Font>)>> =
        named.keys().chain(uses.keys()).map(|at| (*at, Vec::new())).collect();
    for part in &found.parts {
        let sheet = &found.sheets[part.at];
        for (row, texts) in sheet.rows.range(part.headings.below..) {
            for (at, text) in texts {
                // What stands far to the right belongs to no list.
                if let Some(column) = part.column(*at).filter(|column| (*column as usize) < 4 * COLUMNS) {
                    cells.entry(column).or_default().push((text, sheet.fonts.get(&(*row, *at)).copied()));
                }
            }
        }
    }
    let columns = cells.into_iter().take(COLUMNS).map(|(at, cells)| SeenColumn {
        at,
        heading: named.get(&at).cloned().unwrap_or_default(),
        is: uses.get(&at).copied(),
        samples: cells.iter().take(SAMPLES).map(|(text, _)| (*text).to_owned()).collect(),
        legacy: legacy_of(&cells, uses.get(&at).copied()),
    });
    let offered = found.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.rows.is_empty());
    Ok(Survey {
        sheet: part.at,
        sheets: found.names(),
        unread: found.unread(false),
        offered: offered.map(|(at, sheet)| (at, sheet.name.clone())).collect(),
        heading: if headings.below == 0 { 0 } else { headings.row as usize + 1 },
        columns: columns.collect(),
        is_understood: found.is_understood || uses.values().any(|is| *is == ColumnUse::FullName),
        hidden: found.parts.iter().map(|part| found.sheets[part.at].hidden.len()).sum(),
        likeness: found.likeness.clone(),
        candidates: candidates(&found.sheets),
    })
}

fn legacy_of(cells: &[(&str, Option<Font>)], is: Option<ColumnUse>) -> Option<Legacy> {
    let suspicion = legacy::suspect(cells)?;
    let is_name = matches!(is, Some(ColumnUse::FullName | ColumnUse::FamilyName));
    let looks_old = |(text, font): &&(&str, Option<Font>)| {
        !text.is_ascii() && (font.is_some() || !legacy::stays(text, suspicion.guess, true))
    };
    let (old, others): (Vec<_>, Vec<_>) = cells.iter().filter(|(text, _)| !text.is_ascii()).partition(looks_old);
    let samples = old.into_iter().chain(others).take(SAMPLES).map(|(text, font)| {
        let in_capitals = font.is_some_and(|font| font.capitals);
        let converted = |encoding| legacy::convert(text, encoding, in_capitals, is_name).unwrap_or_else(|| (*text).to_owned());
        [(*text).to_owned(), converted(Encoding::Tcvn3), converted(Encoding::Vni)]
    });
    let Suspicion { guess, by_font, in_part } = suspicion;
    Some(Legacy { guess, by_font, in_part, samples: samples.collect() })
}
