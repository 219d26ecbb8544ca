//! What is to be known of how a list was read: what of it was not, and what was put right.

use std::collections::BTreeMap;

use documents::spreadsheets::rosters::{PassedOver, Roster, Why};
use domain::enrolments::roster::{CheckedRow, RepairKind};
use serde::{Deserialize, Serialize};

/// Rows that are kept with what stands in them, at most.
const SHOWN: usize = 500;

/// Rows by their numbers, from the first to the last of each stretch.
pub type Stretches = Vec<(usize, usize)>;

/// What is to be known of how a list was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// The sheets that were read as one list, where there are several.
    pub sheets: Vec<String>,
    /// The visible sheets that were not read.
    pub unread_sheets: Vec<String>,
    /// The hidden sheets; none is read.
    pub hidden_sheets: Vec<String>,
    /// The headings of columns that were not read.
    pub unknown: Vec<String>,
    /// The rows that are hidden and were not read.
    pub hidden: Stretches,
    /// Other rows that were not read, the first 500.
    pub passed_over: Vec<PassedOver>,
    /// How many more there are.
    pub more: usize,
    /// What was put right, and in which rows.
    pub repairs: Vec<(RepairKind, Stretches)>,
}

impl Notes {
    /// What is to be known before the rows were looked at.
    #[must_use]
    pub fn of(roster: &Roster) -> Notes {
        let hidden = roster.passed_over.iter().filter(|row| row.why == Why::Hidden).map(|row| row.number);
        let others = || roster.passed_over.iter().filter(|row| row.why != Why::Hidden);
        Notes {
            sheets: if roster.sheets.len() > 1 { roster.sheets.clone() } else { Vec::new() },
            unread_sheets: roster.unread.clone(),
            hidden_sheets: roster.hidden_sheets.clone(),
            unknown: roster.unknown.iter().filter(|heading| !heading.is_empty()).cloned().collect(),
            hidden: stretches(hidden),
            passed_over: others().take(SHOWN).cloned().collect(),
            more: others().count().saturating_sub(SHOWN),
            repairs: Vec::new(),
        }
    }

    /// The same with what was put right in its rows.
    #[must_use]
    pub fn with_repairs(mut self, rows: &[CheckedRow]) -> Notes {
        let mut repaired: BTreeMap<RepairKind, Vec<usize>> = BTreeMap::new();
        for row in rows {
            for repair in &row.repairs {
                repaired.entry(repair.kind).or_default().push(row.number);
            }
        }
        self.repairs = repaired.into_iter().map(|(kind, rows)| (kind, stretches(rows.into_iter()))).collect();
        self
    }

    /// The name of the sheet on which a row stands; empty where the list is one sheet.
    #[must_use]
    pub fn sheet(&self, number: usize) -> &str {
        self.sheets.get(domain::rosters::sheet_and_row(number).0).map_or("", String::as_str)
    }
}

/// Rising numbers as stretches without a gap.
fn stretches(numbers: impl Iterator<Item = usize>) -> Stretches {
    let mut stretches: Stretches = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some((_, last)) if number == *last || number == *last + 1 => *last = number,
            _ => stretches.push((number, number)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_one_stretch() {
        assert_eq!(stretches([4, 5, 6, 6, 9, 11, 12].into_iter()), [(4, 6), (9, 9), (11, 12)]);
        assert_eq!(stretches(std::iter::empty()), []);
    }
}
