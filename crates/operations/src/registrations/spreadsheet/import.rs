//! A sheet that was looked through becomes drafts, all of it or nothing.

use domain::accounts::Actor;
use domain::ids::{OrganisationId, RegistrationId};
use domain::registrations::spreadsheet::Row;
use domain::registrations::{FormField, RegistrationKind, RegistrationSource};
use domain::{Faults, Refusal};
use store::Work;

use super::admit;
use super::review::{Changes, Fate, ReviewedForm, SheetReview, review};
use crate::registrations::BeginCommand;
use crate::registrations::begin::{SaveCommand, begin_within, save_within};
use crate::{Failure, Office, Outcome};

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// What it says.
    pub row: Row,
    /// The draft whose changes whoever confirms has seen, in the version they saw.
    pub seen: Option<(RegistrationId, i64)>,
}

/// What became of a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportedForms {
    /// Drafts that were begun.
    pub begun: usize,
    /// Drafts that say something else now.
    pub changed: usize,
    /// Forms that were there and stayed as they are.
    pub known: usize,
}

/// Begins a draft for each row, and changes those drafts whose changes were seen. The same sheet twice changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] for people who fill in no forms; [`Refusal::NothingChosen`] without a row;
/// [`Refusal::NotAChoice`] of `year`; the faults of rows, as `rows.N.cell`; [`Refusal::ChangedMeanwhile`] when a draft would
/// be changed that whoever confirms has not seen so. Then nothing is stored.
pub async fn import(
    office: &Office,
    actor: &Actor,
    (year, kind): (i64, RegistrationKind),
    rows: &[SheetRow],
) -> Outcome<ImportedForms> {
    admit(actor)?;
    if rows.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let said: Vec<Row> = rows.iter().map(|row| row.row.clone()).collect();
    let mut work = office.database.begin().await?;
    let first = review(office, &mut work, actor, (year, kind), &said).await?;
    // Held one after the other in one order, so that of two sheets with the same product the second finds the first's
    // drafts; what they find is looked up again under the lock.
    let mut makers: Vec<OrganisationId> = first.rows.iter().filter_map(|row| Some(row.organisation.as_ref()?.0)).collect();
    makers.sort_unstable();
    makers.dedup();
    for maker in makers {
        store::organisations::lock(&mut work, maker).await?;
    }
    let sheet = review(office, &mut work, actor, (year, kind), &said).await?;
    refuse_faults(&sheet)?;
    let mut imported = ImportedForms::default();
    for (row, SheetRow { seen, .. }) in sheet.rows.iter().zip(rows) {
        match &row.fate {
            Some(Fate::New) => {
                begin(office, &mut work, actor, (year, kind), row).await?;
                imported.begun += 1;
            }
            Some(Fate::Changes(changes)) if *seen == Some((changes.id, changes.version)) => {
                write(&mut work, actor, kind, row, changes).await?;
                imported.changed += 1;
            }
            Some(Fate::Changes(_)) | None => return Err(Refusal::ChangedMeanwhile.into()),
            Some(Fate::Known(..)) => imported.known += 1,
        }
    }
    work.commit().await?;
    Ok(imported)
}

fn refuse_faults(sheet: &SheetReview) -> Outcome<()> {
    let mut faults = Faults::default();
    for (place, row) in sheet.rows.iter().enumerate() {
        for fault in &row.checked.faults.0 {
            faults.add(format!("rows.{place}.{}", fault.field), fault.refusal.clone());
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Refused(faults)) }
}

async fn begin(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    (year, kind): (i64, RegistrationKind),
    row: &ReviewedForm,
) -> Outcome<()> {
    let (organisation, _) = row.organisation.clone().ok_or(Refusal::NotFound)?;
    let command = BeginCommand { organisation, year, kind, product_name: row.checked.product_name.clone() };
    let id = begin_within(office, work, actor, &command, Some(RegistrationSource::Spreadsheet)).await?;
    let form = store::registrations::find(work, id).await?.ok_or(Refusal::NotFound)?;
    let content = row.checked.content.clone();
    let group = row.group.as_ref().map(|(group, _)| *group);
    let changes = Changes { id, version: form.version, content, group, differences: Vec::new() };
    write(work, actor, kind, row, &changes).await
}

async fn write(work: &mut Work, actor: &Actor, kind: RegistrationKind, row: &ReviewedForm, changes: &Changes) -> Outcome<()> {
    let command = SaveCommand {
        id: changes.id,
        version: changes.version,
        fields: FormField::of(kind).collect(),
        typed: changes.content.sent().collect(),
        product: Some((row.checked.product_name.clone(), changes.group)),
    };
    save_within(work, actor, &command).await
}
