//! A list as it stands in a file: CSV or a spreadsheet, with its first row as headings.

use std::collections::BTreeMap;

use documents::spreadsheets::rosters::RosterError;
use documents::spreadsheets::{Limits, lists};
use domain::{Refusal, text};

use crate::{Failure, Outcome};

/// The most bytes of a file.
const BYTES: usize = 20 << 20;
/// The most rows of a file.
const ROWS: usize = 50_000;

/// What a column may be called: its name in the documentation, then what else people write above it.
pub(crate) type Headings = &'static [(&'static str, &'static [&'static str])];

/// A list with its columns known by name.
#[derive(Debug)]
pub(crate) struct Table {
    columns: BTreeMap<&'static str, usize>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One row of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl Table {
    /// Reads a file; all of `needed` must be among its headings.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`], [`Refusal::NotASpreadsheet`], [`Refusal::SpreadsheetLocked`],
    /// [`Refusal::SpreadsheetTooLarge`], [`Refusal::EmptySpreadsheet`], [`Refusal::NoHeading`] with the column as field.
    pub(crate) fn read(bytes: &[u8], headings: Headings, needed: &[&str]) -> Outcome<Table> {
        let mut rows = if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]) { workbook(bytes)? } else { csv(bytes)? };
        if rows.is_empty() {
            return Err(Refusal::EmptySpreadsheet.into());
        }
        let (_, first) = rows.remove(0);
        let mut columns = BTreeMap::new();
        for (index, cell) in first.iter().enumerate() {
            let cell = text::fold(cell);
            let known =
                headings.iter().find(|(name, others)| cell == text::fold(name) || others.iter().any(|o| text::fold(o) == cell));
            if let Some((name, _)) = known {
                columns.entry(*name).or_insert(index);
            }
        }
        if let Some(missing) = needed.iter().find(|name| !columns.contains_key(**name)) {
            return Err(Failure::field(*missing, Refusal::NoHeading));
        }
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return Err(Refusal::EmptySpreadsheet.into());
        }
        Ok(Table { columns, rows })
    }

    /// Its rows under the headings that hold anything.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }
}

impl<'t> Row<'t> {
    /// Its number as Excel shows it.
    pub(crate) fn number(&self) -> usize {
        self.table.rows[self.index].0
    }

    /// What stands in a column; empty when nothing does.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let cells = &self.table.rows[self.index].1;
        self.table.columns.get(column).and_then(|at| cells.get(*at)).map_or("", String::as_str)
    }
}

fn workbook(bytes: &[u8]) -> Outcome<Vec<(usize, Vec<String>)>> {
    let limits = Limits { max_bytes: BYTES, max_rows: ROWS, max_cells: 1_000_000, ..Limits::default() };
    lists::read(bytes, limits).map_err(|error| {
        let refusal = match error {
            RosterError::TooLarge { limit } => Refusal::FileTooLarge { limit: limit as u64 },
            RosterError::TooManyCells { limit } | RosterError::TooManyRows { limit } => Refusal::SpreadsheetTooLarge { limit },
            RosterError::Encrypted => Refusal::SpreadsheetLocked,
            RosterError::NotASpreadsheet => Refusal::NotASpreadsheet,
            RosterError::OpenQuote { line } => Refusal::OpenQuote { line },
            RosterError::BrokenLetters { line } => Refusal::BrokenLetters { line },
            RosterError::NoHeading { .. } => Refusal::NoHeading,
            RosterError::Empty => Refusal::EmptySpreadsheet,
        };
        refusal.into()
    })
}

/// Text in UTF-8 with commas, semicolons or tabs, as the heading has most of.
fn csv(bytes: &[u8]) -> Outcome<Vec<(usize, Vec<String>)>> {
    if bytes.len() > BYTES {
        return Err(Refusal::FileTooLarge { limit: BYTES as u64 }.into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotASpreadsheet)?.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let count = |separator: char| heading.matches(separator).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == ',')).unwrap_or(',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator as u8).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::NotASpreadsheet)?;
        if rows.len() > ROWS {
            return Err(Refusal::SpreadsheetTooLarge { limit: ROWS }.into());
        }
        let line = record.position().map_or(rows.len() + 1, |position| position.line() as usize);
        rows.push((line, record.iter().map(text::normalise).collect()));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: Headings = &[("name", &["tên", "họ và tên"]), ("unit", &["đơn vị"])];

    #[test]
    fn columns_are_known_by_any_of_their_names() {
        let file = "\u{feff}Đơn vị;Khác;HỌ VÀ TÊN\n395;x; Lê  Hoa \n;;\n\"380\";;Nam\n";
        let table = Table::read(file.as_bytes(), HEADINGS, &["name"]).unwrap();
        let rows: Vec<_> = table.rows().map(|row| (row.number(), row.get("name"), row.get("unit"))).collect();
        assert_eq!(rows, [(2, "Lê Hoa", "395"), (4, "Nam", "380")]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let refusal = |bytes: &[u8]| match Table::read(bytes, HEADINGS, &["name"]).unwrap_err() {
            Failure::Refused(faults) => faults.0[0].clone(),
            other => panic!("{other}"),
        };
        assert_eq!(refusal(b"").refusal, Refusal::EmptySpreadsheet);
        assert_eq!(refusal(b"name\n\n").refusal, Refusal::EmptySpreadsheet);
        assert_eq!((refusal(b"a,b\n1,2\n").field.as_str(), refusal(b"a,b\n1,2\n").refusal), ("name", Refusal::NoHeading));
        assert_eq!(refusal(&[0xff, 0xfe, 0]).refusal, Refusal::NotASpreadsheet);
        assert_eq!(refusal(b"PK\x03\x04").refusal, Refusal::NotASpreadsheet);
    }
}
