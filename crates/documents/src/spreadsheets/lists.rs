//! Plain lists: every row of the first sheet that holds anything.

use super::Limits;
use super::rosters::RosterError;
use super::workbooks;

/// The rows of the first visible sheet that holds anything, each with its number as Excel shows it and its cells from
/// the first column on.
///
/// # Errors
/// [`RosterError`]; [`RosterError::Empty`] when no sheet holds anything.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Vec<(usize, Vec<String>)>, RosterError> {
    let sheets = workbooks::open(bytes, limits)?;
    let sheet = sheets.into_iter().find(|sheet| !sheet.rows.is_empty()).ok_or(RosterError::Empty)?;
    if sheet.rows.len() > limits.max_rows {
        return Err(RosterError::TooManyRows { limit: limits.max_rows });
    }
    let row = |cells: std::collections::BTreeMap<u32, String>| {
        let mut row = Vec::new();
        for (column, text) in cells {
            let at = column as usize;
            // A cell far to the right of a list belongs to nothing.
            if at < 200 {
                row.resize(row.len().max(at), String::new());
                row.push(text);
            }
        }
        row
    };
    Ok(sheet.rows.into_iter().map(|(number, cells)| (number as usize + 1, row(cells))).collect())
}
