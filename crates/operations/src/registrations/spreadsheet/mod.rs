//! Forms that come in a spreadsheet: read, looked through, and begun as drafts.

mod import;
mod review;

use std::collections::BTreeMap;

use documents::spreadsheets::Limits;
use documents::spreadsheets::registrations::{self as sheets, Column, FormRow};
use domain::Refusal;
use domain::accounts::Actor;
use domain::policy::{Action, may_somewhere};
use domain::registrations::RegistrationKind;
use domain::registrations::spreadsheet::{GROUP, ORGANISATION, PRODUCT_NAME, ROW_LIMIT, Row, TAX_CODE, TEXT_LIMIT};
use store::programmes::ProductGroup;

pub use import::{ImportedForms, SheetRow, import};
pub use review::{Changes, Fate, ReviewedForm, SheetReview, preview};

use crate::spreadsheets::{in_turn, refusal};
use crate::{Failure, Office, Outcome};

/// The most bytes a file of forms may have.
pub const FILE_LIMIT: usize = 5 << 20;

/// The most characters of a cell that are read: more than any field holds, so that what is too long is told.
const CELL_LIMIT: usize = 8_000;

/// Answers [`Refusal::NotFound`] to people who fill in no forms.
fn admit(actor: &Actor) -> Outcome<()> {
    if may_somewhere(actor, Action::FillRegistration) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// What a subgroup is called in a list: with what it belongs to.
fn group_label(group: &ProductGroup) -> String {
    format!("{} › {}", group.industry, group.title())
}

/// The empty sheet for forms of a kind, with the subgroups of the latest programme year.
///
/// # Errors
/// [`Refusal::NotFound`] for people who fill in no forms; [`Failure::Document`].
pub async fn template(office: &Office, actor: &Actor, kind: RegistrationKind) -> Outcome<Vec<u8>> {
    admit(actor)?;
    let mut records = office.database.read().await?;
    let groups = match store::programmes::years(&mut records).await?.into_iter().next() {
        Some(latest) => store::programmes::groups(&mut records, &latest.group_decision).await?,
        None => Vec::new(),
    };
    drop(records);
    let groups: Vec<String> = groups.iter().map(group_label).collect();
    let written = tokio::task::spawn_blocking(move || sheets::template(kind, &groups)).await;
    let written = written.map_err(|error| Failure::Document(error.to_string()))?;
    written.map_err(|error| Failure::Document(error.to_string()))
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadForms {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Headings that were not understood, or that the form does not ask for: what stands below them is not read.
    pub unknown: Vec<String>,
}

/// Reads forms of a kind from an `.xlsx`, `.xls` or `.ods` file, off the threads that answer others.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::SpreadsheetTooLarge`], [`Refusal::SpreadsheetLocked`],
/// [`Refusal::NotASpreadsheet`], [`Refusal::OpenQuote`], [`Refusal::BrokenLetters`], [`Refusal::ReadersBusy`],
/// [`Refusal::NoProductHeading`], [`Refusal::NoFormInSpreadsheet`], all of the field `file`.
pub async fn read_forms(bytes: Vec<u8>, kind: RegistrationKind) -> Outcome<ReadForms> {
    let limits =
        Limits { max_bytes: FILE_LIMIT, max_rows: ROW_LIMIT, max_characters: CELL_LIMIT, keeps_lines: true, ..Limits::default() };
    let read = in_turn(move || sheets::read(&bytes, kind, limits)).await?;
    let said = |error| refusal(&error, limits, Refusal::NoProductHeading, Refusal::NoFormInSpreadsheet);
    let forms = read.map_err(|error| Failure::field("file", said(error)))?;
    let text: usize = forms.rows.iter().flat_map(|row| row.cells.values()).map(String::len).sum();
    if text > TEXT_LIMIT {
        return Err(Failure::field("file", Refusal::SpreadsheetTooLarge { limit: ROW_LIMIT }));
    }
    Ok(ReadForms { rows: forms.rows.into_iter().map(row).collect(), unknown: forms.unknown })
}

/// The cells by the names of the form; words to choose from become those that are stored, or stay as they are to be told.
fn row(row: FormRow) -> Row {
    let mut cells = BTreeMap::new();
    for (column, text) in row.cells {
        let (name, text) = match column {
            Column::Number => continue,
            Column::ProductName => (PRODUCT_NAME.to_owned(), text),
            Column::Group => (GROUP.to_owned(), text),
            Column::Organisation => (ORGANISATION.to_owned(), text),
            Column::TaxCode => (TAX_CODE.to_owned(), text),
            Column::Field(field) => (field.to_string(), sheets::read_choice(field, &text).unwrap_or(text)),
            Column::Result(row, column) => (format!("results.{row}.{column}"), text),
        };
        cells.insert(name, text);
    }
    Row { number: row.number, cells }
}
