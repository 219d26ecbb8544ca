//! Reading a workbook that a stranger sent: what it holds is counted before and while it is unpacked.

mod compound;
mod marks;
mod ods;
mod separated;
mod strings;
mod text;
mod unpacked;
mod xls;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::legacy::Font;
use super::rosters::RosterError;

/// How much of a workbook is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file as it was sent.
    pub max_bytes: usize,
    /// Size of everything in it once unpacked; also the bound on all text taken from its cells.
    pub max_unpacked_bytes: usize,
    /// Cells that hold something, over all sheets.
    pub max_cells: usize,
    /// Rows of people or forms.
    pub max_rows: usize,
    /// Characters of one cell; what stands behind them is not read.
    pub max_characters: usize,
    /// Whether the lines of a cell stay apart, with at most one blank line between two; else they become one.
    pub keeps_lines: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 5 << 20,
            max_unpacked_bytes: 64 << 20,
            max_cells: 200_000,
            max_rows: 5_000,
            // Longer than any cell that says something about a person. A text may be shared by thousands of cells.
            max_characters: 2_000,
            keeps_lines: false,
        }
    }
}

/// Sheets of one workbook: a province has some 170 communes, and lists have one for each. A file with more is refused.
const MAX_SHEETS: usize = 256;

/// No program has more rows; those beyond are no sheet's.
const MAX_ROWS: u32 = 1 << 24;

/// The columns that are read, A to IV: as many as `.xls` has, and ten times those of the widest form. Each of the first
/// rows is tried as the heading, cell by cell, and a number in the file must not decide how many cells those are.
const MAX_COLUMNS: u32 = 256;

/// The cells of a sheet that hold something, as text. Rows and columns count from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Whether it is hidden: nothing of it is read then.
    pub is_hidden: bool,
    /// Text by row, then by column.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// The rows that are hidden.
    pub hidden: BTreeSet<u32>,
    /// Which cells are shown in a font of an old encoding, by row and column.
    pub fonts: HashMap<(u32, u32), Font>,
}

impl Sheet {
    fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    fn hidden(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_hidden: true, ..Self::default() }
    }

    /// Notes the font of a cell that holds something.
    fn show(&mut self, row: u32, column: u32, font: Option<Font>) {
        if let Some(font) = font
            && self.rows.get(&row).is_some_and(|cells| cells.contains_key(&column))
        {
            self.fonts.insert((row, column), font);
        }
    }

    /// Notes that a row is hidden, if it holds something.
    fn hide(&mut self, row: u32) {
        if self.rows.contains_key(&row) {
            self.hidden.insert(row);
        }
    }

    /// Keeps a text at its place, as long as the budget lasts.
    fn put(&mut self, row: u32, column: u32, text: String, budget: &mut Budget) -> Result<(), RosterError> {
        budget.spend(&text)?;
        if row >= MAX_ROWS && !text.is_empty() {
            return Err(RosterError::NotASpreadsheet);
        }
        if !text.is_empty() && column < MAX_COLUMNS {
            self.rows.entry(row).or_default().insert(column, text);
        }
        Ok(())
    }
}

/// What may still be taken from the workbook.
struct Budget {
    limits: Limits,
    cells: usize,
    bytes: usize,
}

impl Budget {
    fn spend(&mut self, text: &str) -> Result<(), RosterError> {
        self.cells += 1;
        self.bytes += text.len();
        if self.cells > self.limits.max_cells {
            return Err(RosterError::TooManyCells { limit: self.limits.max_cells });
        }
        if self.bytes > self.limits.max_unpacked_bytes {
            return Err(RosterError::TooLarge { limit: self.limits.max_unpacked_bytes });
        }
        Ok(())
    }

    /// Refuses a workbook with more sheets than any list has.
    fn allow_sheets(&self, sheets: usize) -> Result<(), RosterError> {
        if sheets > MAX_SHEETS { Err(RosterError::TooManyCells { limit: self.limits.max_cells }) } else { Ok(()) }
    }
}

/// The sheets of a workbook, in order, the hidden ones empty, or the one that text with separators is. The format is known
/// by its content, never by a name.
pub fn open(bytes: &[u8], limits: Limits) -> Result<Vec<Sheet>, RosterError> {
    if bytes.len() > limits.max_bytes {
        return Err(RosterError::TooLarge { limit: limits.max_bytes });
    }
    let mut budget = Budget { limits, cells: 0, bytes: 0 };
    if bytes.starts_with(b"PK") {
        match unpacked::inspect(bytes, limits.max_unpacked_bytes)? {
            unpacked::Kind::Xlsx => {
                if marks::shares_a_part(bytes) {
                    return Err(RosterError::NotASpreadsheet);
                }
                let mut sheets = xlsx::sheets(bytes, &mut budget)?;
                marks::put(bytes, &mut sheets);
                Ok(sheets)
            }
            unpacked::Kind::Ods { content } => ods::sheets(&content, &mut budget),
        }
    } else if bytes.starts_with(compound::SIGNATURE) {
        xls::sheets(bytes, &mut budget)
    } else {
        separated::sheet(bytes, &mut budget).map(|sheet| vec![sheet])
    }
}
