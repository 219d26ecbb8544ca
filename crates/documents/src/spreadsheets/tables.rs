//! Tables for download: one sheet that reads and prints well.

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, FormatAlign, Workbook, Worksheet, XlsxError};
use thiserror::Error;

use super::look;

/// Excel's limits on the letters of a cell and of a sheet's name.
const MAX_TEXT: usize = 32_767;
const MAX_SHEET_NAME: usize = 31;
const A4: u8 = 9;

/// A table and what stands above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The line in large letters.
    pub title: String,
    /// Lines below the title: the scope, the day.
    pub subtitles: Vec<String>,
    /// The name on the tab; letters that Excel forbids there become spaces.
    pub sheet: String,
    /// The columns.
    pub headings: Vec<Heading>,
    /// The rows, each with one value for each column.
    pub rows: Vec<Vec<Value>>,
}

/// The heading of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// Its width in digits of the typeface.
    pub width: f64,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words, written as words even where they look like a number or a formula.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with two places behind the comma.
    Decimal(f64),
    /// A share: 1.0 is shown as 100 %.
    Percent(f64),
    /// A day, shown as dd/mm/yyyy.
    Date(NaiveDate),
    /// Nothing.
    Empty,
}

/// The table cannot be written: too many rows or columns for a sheet.
#[derive(Debug, Error)]
#[error("spreadsheet not written: {0}")]
pub struct TableError(#[from] XlsxError);

/// Writes a table as an `.xlsx` workbook; the same table and moment give the same bytes.
pub fn xlsx(table: &Table, created: DateTime<Utc>) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title(&table.title).set_creation_datetime(&ExcelDateTime::from_timestamp(created.timestamp())?),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&table.sheet))?;

    sheet.write_string_with_format(0, 0, clipped(&table.title), &look::title())?;
    let mut row = 1;
    for line in &table.subtitles {
        sheet.write_string_with_format(row, 0, clipped(line), &look::text())?;
        row += 1;
    }
    if !table.subtitles.is_empty() {
        row += 1;
    }
    let heading_row = row;
    for (column, heading) in (0..).zip(&table.headings) {
        sheet.set_column_width(column, heading.width)?;
        sheet.write_string_with_format(heading_row, column, clipped(&heading.text), &look::heading())?;
    }
    sheet.set_row_height(heading_row, 30)?;
    for values in &table.rows {
        row += 1;
        for (column, value) in (0..).zip(values) {
            write(sheet, row, column, value)?;
        }
    }
    let last_column = u16::try_from(table.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(heading_row, 0, row, last_column)?;
    sheet.set_freeze_panes(heading_row + 1, 0)?;
    sheet.set_repeat_rows(heading_row, heading_row)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P/&N");
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), XlsxError> {
    let cell = look::cell();
    match value {
        Value::Text(text) => sheet.write_string_with_format(row, column, clipped(text), &cell)?,
        Value::Integer(number) => sheet.write_number_with_format(row, column, *number as f64, &cell.set_num_format("#,##0"))?,
        Value::Decimal(number) => sheet.write_number_with_format(row, column, *number, &cell.set_num_format("0.00"))?,
        Value::Percent(share) => sheet.write_number_with_format(row, column, *share, &cell.set_num_format("0.0%"))?,
        Value::Date(day) => sheet.write_datetime_with_format(
            row,
            column,
            &ExcelDateTime::parse_from_str(&day.to_string())?,
            &cell.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        )?,
        Value::Empty => sheet.write_blank(row, column, &cell)?,
    };
    Ok(())
}

fn clipped(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

fn sheet_name(name: &str) -> String {
    let allowed: String = name
        .chars()
        .map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let name: String = allowed.trim().chars().take(MAX_SHEET_NAME).collect();
    if name.is_empty() { "Sheet1".to_owned() } else { name.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_ones() {
        assert_eq!(sheet_name("Lớp 1/2026: [A]"), "Lớp 1 2026   A");
        assert_eq!(sheet_name("''"), "Sheet1");
        assert_eq!(sheet_name(&"x".repeat(40)).len(), MAX_SHEET_NAME);
    }
}
