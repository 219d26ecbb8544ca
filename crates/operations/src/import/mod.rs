//! Lists that come in whole: all their faults are told at once, and nothing is stored when there is any.

mod places;
mod table;

use domain::Refusal;
use domain::people::masked;

pub(crate) use places::{Places, organisation as organisation_named};
pub(crate) use table::{Headings, Row, Table};

/// What came of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows that were not known.
    pub added: usize,
    /// Rows that were known otherwise, and are changed.
    pub changed: usize,
    /// Rows that were known just so.
    pub known: usize,
    /// Everything that is wrong; when there is anything, nothing was stored.
    pub faults: Vec<RowFault>,
    /// What is odd, though it was stored.
    pub warnings: Vec<RowFault>,
}

/// What is wrong with one cell of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The row, as Excel numbers it.
    pub row: usize,
    /// The heading of the column, as the documentation names it.
    pub column: &'static str,
    /// What stands there; masked where citizen numbers stand.
    pub value: String,
    /// Why it cannot stay.
    pub refusal: Refusal,
}

impl ImportReport {
    /// Notes a fault of a cell.
    pub(crate) fn fault(&mut self, row: &Row<'_>, column: &'static str, refusal: Refusal) {
        // A report is printed, and kept by whoever runs the machine: no number stands in it.
        let value = if column == "citizen_id" { masked(row.get(column)) } else { row.get(column).to_owned() };
        self.faults.push(RowFault { row: row.number(), column, value, refusal });
    }

    /// Notes what is odd about a cell.
    pub(crate) fn warn(&mut self, row: &Row<'_>, column: &'static str, refusal: Refusal) {
        self.warnings.push(RowFault { row: row.number(), column, value: row.get(column).to_owned(), refusal });
    }

    /// Keeps a value, or notes why there is none.
    pub(crate) fn take<T>(&mut self, row: &Row<'_>, column: &'static str, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|refusal| self.fault(row, column, refusal)).ok()
    }

    /// The value of a cell that must not be empty.
    pub(crate) fn required<T>(
        &mut self,
        row: &Row<'_>,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        let text = row.get(column);
        self.take(row, column, if text.is_empty() { Err(Refusal::Missing) } else { read(text) })
    }

    /// The value of a cell that may be empty; none too when it cannot be read.
    pub(crate) fn optional<T>(
        &mut self,
        row: &Row<'_>,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        let text = row.get(column);
        if text.is_empty() { None } else { self.take(row, column, read(text)) }
    }
}
