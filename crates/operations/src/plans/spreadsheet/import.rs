//! A sheet that was looked through becomes lines of the plan, all of it or nothing.

use domain::accounts::Actor;
use domain::ids::PlanLineId;
use domain::plans::spreadsheet::Row;
use domain::{Faults, Refusal};

use super::review::{Fate, SheetReview, review};
use crate::plans::change::{add_within, change_within};
use crate::plans::{keeps, programme};
use crate::{Failure, Office, Outcome};

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// What it says.
    pub row: Row,
    /// The line whose changes whoever confirms has seen, in the version they saw.
    pub seen: Option<(PlanLineId, i64)>,
}

/// What became of a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportedLines {
    /// Lines that were added.
    pub added: usize,
    /// Lines that say something else now.
    pub changed: usize,
    /// Lines that were there and said the same.
    pub known: usize,
}

/// Adds a line for each row that is new, and changes those lines whose changes were seen. The same sheet twice changes
/// nothing.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a year without a programme; [`Refusal::NothingChosen`] without a
/// row; the faults of rows, as `rows.N.cell`; [`Refusal::ChangedMeanwhile`] when a line would be changed that whoever
/// confirms has not seen so. Then nothing is stored.
pub async fn import(office: &Office, actor: &Actor, year: i64, rows: &[SheetRow]) -> Outcome<ImportedLines> {
    keeps(actor)?;
    if rows.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let said: Vec<Row> = rows.iter().map(|row| row.row.clone()).collect();
    let mut work = office.database.begin().await?;
    let programme = programme(&mut work, year).await?;
    // Held first: of two sheets with the same lines the second finds those of the first. That no two lines plan the same
    // in the end was found out for all rows together.
    store::programmes::lock(&mut work, programme.id).await?;
    let sheet = review(office, &mut work, actor, year, &said).await?;
    refuse_faults(&sheet)?;
    let mut imported = ImportedLines::default();
    for (row, SheetRow { seen, .. }) in sheet.rows.iter().zip(rows) {
        let Some(plan) = &row.plan else { return Err(Refusal::ChangedMeanwhile.into()) };
        match &row.fate {
            Some(Fate::New) => {
                add_within(office, &mut work, actor, &programme, plan).await?;
                imported.added += 1;
            }
            Some(Fate::Changes(changes)) if *seen == Some((changes.id, changes.version)) => {
                change_within(office, &mut work, actor, (changes.id, changes.version), plan).await?;
                imported.changed += 1;
            }
            Some(Fate::Changes(_)) | None => return Err(Refusal::ChangedMeanwhile.into()),
            Some(Fate::Known) => imported.known += 1,
        }
    }
    work.commit().await?;
    Ok(imported)
}

fn refuse_faults(sheet: &SheetReview) -> Outcome<()> {
    let mut faults = Faults::default();
    for (place, row) in sheet.rows.iter().enumerate() {
        for fault in &row.faults.0 {
            faults.add(format!("rows.{place}.{}", fault.field), fault.refusal.clone());
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Refused(faults)) }
}
