//! A kept list becomes rows. Reading happens off the threads that answer others.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use documents::spreadsheets::rosters::{self, Arrangement, Column, Roster, RosterError, RosterRow, Survey};
use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::roster::{Field, Row};
use domain::ids::UploadId;
use domain::rosters::{Purpose, sheet_and_row};
use store::Records;
use store::rosters::Upload;

use super::{Notes, limits, own};
use crate::spreadsheets::{in_the_end, in_turn, refusal};
use crate::{Failure, Office, Outcome};

/// A list with its rows.
#[derive(Debug, Clone)]
pub struct List {
    /// The list as it was sent.
    pub upload: Upload,
    /// Its rows; nothing is judged yet.
    pub rows: Vec<Row>,
    /// What is not read of it.
    pub notes: Notes,
    /// When it was last arranged like this, where that was taken over.
    pub as_on: Option<DateTime<Utc>>,
}

/// Reads a list of the actor's own as it was arranged.
///
/// # Errors
/// [`Refusal::NotFound`], also once the file was swept; of the field `file` what [`super::receive`] refuses, and
/// [`Refusal::NoHeading`].
pub async fn read(office: &Office, actor: &Actor, id: UploadId) -> Outcome<List> {
    let mut records = office.database.read().await?;
    let upload = own(&mut records, actor, id).await?;
    let bytes = content(office, &mut records, id).await?;
    drop(records);
    let roster = roster(bytes, &upload).await?;
    let notes = Notes::of(&roster);
    let rows = rows(roster, upload.purpose);
    let as_on = upload.as_on;
    Ok(List { upload, rows, notes, as_on })
}

/// The bytes of a list, while they are kept.
pub(super) async fn content(office: &Office, records: &mut impl Records, id: UploadId) -> Outcome<Vec<u8>> {
    let sealed = store::rosters::content(records, id).await?.ok_or(Refusal::NotFound)?;
    office.keys.open_list(id, &sealed).ok_or_else(|| Failure::Document("a list was sealed with another key".to_owned()))
}

/// How a list is read.
pub(super) fn arrangement(upload: &Upload) -> Arrangement {
    serde_json::from_str(&upload.arrangement).unwrap_or_default()
}

/// The rows of a list as they stand in the file.
pub(super) async fn roster(bytes: Vec<u8>, upload: &Upload) -> Outcome<Roster> {
    let (purpose, arrangement) = (upload.purpose, arrangement(upload));
    let read = in_turn(move || rosters::read_arranged(&bytes, limits(purpose), &arrangement)).await?;
    read.map_err(|error| refused(&error, purpose))
}

/// The same in the background, where nobody minds how long it waits.
pub(super) async fn roster_in_the_end(bytes: Vec<u8>, upload: &Upload) -> Outcome<Roster> {
    let (purpose, arrangement) = (upload.purpose, arrangement(upload));
    let read = in_the_end(move || rosters::read_arranged(&bytes, limits(purpose), &arrangement)).await?;
    read.map_err(|error| refused(&error, purpose))
}

/// What a list looks like.
pub(super) async fn survey(bytes: Vec<u8>, purpose: Purpose, arrangement: Arrangement) -> Outcome<Survey> {
    let read = in_turn(move || rosters::survey(&bytes, limits(purpose), &arrangement)).await?;
    read.map_err(|error| refused(&error, purpose))
}

fn refused(error: &RosterError, purpose: Purpose) -> Failure {
    Failure::field("file", refusal(error, limits(purpose), Refusal::NoHeading, Refusal::EmptySpreadsheet))
}

/// The rows of a list as the rules of lists take them.
pub(super) fn rows(roster: Roster, purpose: Purpose) -> Vec<Row> {
    let names = if roster.sheets.len() > 1 { roster.sheets } else { Vec::new() };
    let name = |number: usize| names.get(sheet_and_row(number).0).cloned().unwrap_or_default();
    roster.rows.into_iter().map(|read| Row { sheet: name(read.number), ..row(read, purpose) }).collect()
}

/// A row as the rules of lists take it. Where one organisation sends the list, it is its own, whatever the file calls it.
fn row(read: RosterRow, purpose: Purpose) -> Row {
    let cells: BTreeMap<Field, String> =
        read.cells.into_iter().filter_map(|(column, text)| Some((field(column, purpose)?, text))).collect();
    Row { number: read.number, sheet: String::new(), cells }
}

fn field(column: Column, purpose: Purpose) -> Option<Field> {
    Some(match (column, purpose) {
        (Column::FullName, _) => Field::FullName,
        (Column::BirthDate, _) => Field::Birth,
        (Column::BirthYearMale, _) => Field::BirthMale,
        (Column::BirthYearFemale, _) => Field::BirthFemale,
        (Column::Sex, _) => Field::Sex,
        (Column::CitizenId, _) => Field::CitizenId,
        (Column::Phone, _) => Field::Phone,
        (Column::Email, _) => Field::Email,
        (Column::Position, _) => Field::Position,
        (Column::Organisation, Purpose::People) => Field::Organisation,
        (Column::TaxCode, Purpose::People) => Field::TaxCode,
        (Column::Unit, Purpose::People) => Field::Unit,
        (Column::Number | Column::Organisation | Column::TaxCode | Column::Unit | Column::Note, _) => return None,
    })
}
