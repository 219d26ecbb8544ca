//! A plan that comes in a spreadsheet, one line a row.

use std::collections::BTreeMap;

use super::{LineForm, LineKey};
use crate::{Faults, Refusal};

pub use crate::registrations::spreadsheet::Row;

/// The most lines that one spreadsheet may hold.
pub const ROW_LIMIT: usize = 500;

/// The cell with the code of the line, as our own sheets write it; empty for a new line.
pub const CODE: &str = "code";
/// The cell with the code or title of the course.
pub const COURSE: &str = "course";
/// The cell with the unit, by name or code.
pub const UNIT: &str = "unit";

/// The names of the cells of a row, in the order in which they are read. Those of [`LineForm`], with [`CODE`] before.
pub const CELLS: [&str; 10] = [CODE, COURSE, "audience", "quarter", "runs", "participants", UNIT, "place", "budget", "note"];

/// The form that a row fills in; course and unit still stand there as they were written.
#[must_use]
pub fn form(row: &Row) -> LineForm {
    let cell = |name: &str| row.cell(name).to_owned();
    LineForm {
        course: cell(COURSE),
        audience: cell("audience"),
        quarter: cell("quarter"),
        runs: cell("runs"),
        participants: cell("participants"),
        unit: cell(UNIT),
        place: cell("place"),
        budget: cell("budget"),
        note: cell("note"),
    }
}

/// What is known of a row before the records of the plan are looked at: which line it says it is, and what it plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<L> {
    /// Its number, as a spreadsheet program shows it.
    pub number: usize,
    /// The line that its code names.
    pub line: Option<L>,
    /// What tells it from others, once all of it can be read.
    pub key: Option<LineKey>,
}

/// Which rows say a second time what another says: the same line by its code, or the same thing planned. Gives the place
/// of each such row, the cell, and the refusal.
#[must_use]
pub fn repetitions<L: Ord + Copy>(rows: &[Known<L>]) -> Vec<(usize, Faults)> {
    let (mut lines, mut keys) = (BTreeMap::new(), BTreeMap::new());
    let mut repeated = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let mut faults = Faults::default();
        if let Some(line) = row.line {
            let first_row = *lines.entry(line).or_insert(row.number);
            if first_row != row.number {
                faults.add(CODE, Refusal::TwiceInTheList { first_row });
            }
        }
        if let Some(key) = &row.key {
            let first_row = *keys.entry(key.clone()).or_insert(row.number);
            if first_row != row.number && faults.is_empty() {
                faults.add(COURSE, Refusal::TwiceInTheList { first_row });
            }
        }
        if !faults.is_empty() {
            repeated.push((place, faults));
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CourseId;
    use crate::plans::PlanAudience;
    use uuid::Uuid;

    #[test]
    fn every_cell_is_a_field_of_the_form() {
        let row = Row { number: 4, cells: CELLS.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect() };
        let form = form(&row);
        let said = [
            form.course,
            form.audience,
            form.quarter,
            form.runs,
            form.participants,
            form.unit,
            form.place,
            form.budget,
            form.note,
        ];
        assert_eq!(said, CELLS[1..]);
    }

    #[test]
    fn rows_that_say_the_same_twice_are_found() {
        let key = |n: u128, quarter| Some((CourseId(Uuid::from_u128(n)), PlanAudience::Everyone, quarter, None, String::new()));
        let row = |number, line, key| Known { number, line, key };
        let rows = [
            row(2, Some(1), key(1, 1)),
            row(3, None, key(1, 2)),
            row(4, Some(1), key(1, 3)),
            row(5, None, key(1, 2)),
            row(6, Some(2), None),
            row(7, None, None),
            row(8, Some(1), key(1, 1)),
        ];
        let found = repetitions(&rows);
        let told: Vec<_> =
            found.iter().map(|(place, faults)| (*place, faults.0[0].field.as_str(), &faults.0[0].refusal)).collect();
        let (first, second) = (Refusal::TwiceInTheList { first_row: 2 }, Refusal::TwiceInTheList { first_row: 3 });
        assert_eq!(told, [(2, CODE, &first), (3, COURSE, &second), (6, CODE, &first)]);
        assert!(found.iter().all(|(_, faults)| faults.0.len() == 1));
    }
}
