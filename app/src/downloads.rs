//! Files that are made for a reader: papers that browsers show, spreadsheets that they keep.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use documents::spreadsheets::tables::{self, Heading, Table};

use crate::Problem;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A PDF that browsers show; `name` is for saving it.
pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    file("application/pdf", &format!("inline; filename=\"{}.pdf\"", plain(name)), bytes)
}

/// A table as a spreadsheet to keep.
///
/// # Errors
/// [`Problem::Internal`] for a table that no sheet can hold.
pub(crate) fn xlsx(name: &str, table: &Table, now: DateTime<Utc>) -> Result<Response, Problem> {
    let bytes = tables::xlsx(table, now).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(workbook(name, bytes))
}

/// A workbook to keep.
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    file(XLSX, &format!("attachment; filename=\"{}.xlsx\"", plain(name)), bytes)
}

/// The heading of a column, so many digits wide.
pub(crate) fn heading(text: impl Into<String>, width: f64) -> Heading {
    Heading { text: text.into(), width }
}

fn file(kind: &'static str, disposition: &str, bytes: Vec<u8>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    if let Ok(disposition) = HeaderValue::from_str(disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A name of plain letters, digits and dashes.
fn plain(name: &str) -> String {
    let plain = |c: char| {
        // Only letters with signs are folded: `y` stays what it is.
        let folded = if c.is_ascii() { None } else { domain::text::fold(&c.to_string()).chars().next() };
        Some(folded.unwrap_or(c)).filter(char::is_ascii_alphanumeric).unwrap_or('-')
    };
    name.to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(plain("giay-12/DS-UBND Thọ Xuân 🌾"), "giay-12-ds-ubnd-tho-xuan--");
    }
}
