//! Excel workbooks since 2007, through calamine's stream of cells: absurd dimensions cost nothing.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{Budget, Limits, RosterError, Sheet, text};

/// The worksheets. The archive has been inspected.
pub fn sheets(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, RosterError> {
    // Calamine computes with the numbers it finds; what overflows there is a damaged file here.
    catch_unwind(AssertUnwindSafe(|| read(bytes, budget))).unwrap_or(Err(RosterError::NotASpreadsheet))
}

fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, RosterError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let limits = budget.limits;
    let from_1904 = workbook.has_1904_epoch();
    let named: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    budget.allow_sheets(named.len())?;
    named
        .into_iter()
        .map(|(name, is_visible)| {
            if !is_visible {
                return Ok(Sheet::hidden(name));
            }
            let mut sheet = Sheet::named(&name);
            // A shared text is made plain once, however many cells name it.
            let mut plain = HashMap::new();
            let mut cells = workbook.worksheet_cells_reader(&name).map_err(refusal)?;
            while let Some(cell) = cells.next_cell().map_err(refusal)? {
                let (row, column) = cell.get_position();
                let text = match cell.get_value() {
                    DataRef::Empty => continue,
                    DataRef::SharedString(shared) => {
                        plain.entry(shared.as_ptr()).or_insert_with(|| text::plain(shared, limits)).clone()
                    }
                    value => written(value, from_1904, limits),
                };
                sheet.put(row, column, text, budget)?;
            }
            Ok(sheet)
        })
        .collect()
}

fn written(value: &DataRef<'_>, from_1904: bool, limits: Limits) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => text::number(*value),
        DataRef::String(value) => text::plain(value, limits),
        DataRef::SharedString(value) => text::plain(value, limits),
        DataRef::Bool(value) => value.to_string().to_uppercase(),
        DataRef::DateTime(value) if value.is_datetime() => text::date(value.as_f64(), from_1904),
        DataRef::DateTime(value) => text::number(value.as_f64()),
        DataRef::DateTimeIso(value) => text::iso_date(value, limits),
        DataRef::DurationIso(value) => text::plain(value, limits),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn refusal(error: XlsxError) -> RosterError {
    match error {
        XlsxError::Password => RosterError::Encrypted,
        _ => RosterError::NotASpreadsheet,
    }
}
