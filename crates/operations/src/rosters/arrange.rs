//! Somebody says what the columns of a list are, and how they are encoded.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use documents::spreadsheets::rosters::{Arrangement, Survey};
use domain::accounts::Actor;
use domain::ids::UploadId;
use domain::rosters::{ColumnUse, Encoding, ImportState, ImportStep, Purpose};
use domain::{Faults, Refusal};
use serde_json::json;
use store::rosters::Upload;

use super::read::{arrangement, content, roster, survey};
use super::receive::written;
use super::{own, remembered};
use crate::{Office, Outcome};

/// A list with what is to be said of it.
#[derive(Debug, Clone)]
pub struct Arranging {
    /// The list.
    pub upload: Upload,
    /// What it looks like, its columns used as they were understood, remembered or chosen.
    pub survey: Survey,
    /// How it was arranged, or a list with the same headings was before.
    pub arrangement: Arrangement,
    /// When that was, where it was before.
    pub as_on: Option<DateTime<Utc>>,
}

/// What a list of the actor's own looks like; on another sheet or with its headings in another row where `look` names them.
///
/// # Errors
/// [`Refusal::NotFound`], also once the file was swept; [`Refusal::ReadersBusy`].
pub async fn arranging(office: &Office, actor: &Actor, id: UploadId, look: Option<Arrangement>) -> Outcome<Arranging> {
    let mut records = office.database.read().await?;
    let upload = own(&mut records, actor, id).await?;
    let bytes = content(office, &mut records, id).await?;
    let mut arrangement = look.unwrap_or_else(|| arrangement(&upload));
    let survey = survey(bytes, upload.purpose, arrangement.clone()).await?;
    let mut as_on = None;
    if arrangement.encodings.is_empty()
        && let Some((encodings, used)) = remembered::encodings(&mut records, &upload, &survey).await?
    {
        // Offered, not done: which encoding it was last time.
        arrangement.encodings = encodings;
        as_on = Some(used);
    }
    Ok(Arranging { upload, survey, arrangement, as_on })
}

/// Keeps how a list is to be read, and remembers it for lists with the same headings. Checking a list of many people
/// begins, anew if it was checked before.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::NoNameColumn`], [`Refusal::ChosenTwice`] of the field `columns.N`,
/// [`Refusal::EncodingNotSaid`] of the field `encodings.N` for a column that is read and looks old,
/// [`Refusal::ImportBusy`], [`Refusal::ReadersBusy`]; of the field `file` what [`super::receive`] refuses.
pub async fn arrange(office: &Office, actor: &Actor, id: UploadId, arrangement: Arrangement) -> Outcome<Upload> {
    let mut records = office.database.read().await?;
    let mut upload = own(&mut records, actor, id).await?;
    let bytes = content(office, &mut records, id).await?;
    drop(records);
    let looked = survey(bytes.clone(), upload.purpose, arrangement.clone()).await?;
    check(&looked, &arrangement)?;
    let encodings = arrangement.encodings.iter().filter(|(at, _)| arrangement.columns.contains_key(at));
    let encodings: BTreeMap<u32, Encoding> =
        encodings.filter(|(_, encoding)| **encoding != Encoding::Unicode).map(|(at, encoding)| (*at, *encoding)).collect();
    let arrangement = Arrangement { encodings, ..arrangement };
    upload.arrangement = written(&arrangement)?;
    upload.as_on = None;
    // What cannot be read like this is refused here, where it can be arranged otherwise.
    roster(bytes, &upload).await?;

    let mut work = office.database.begin().await?;
    store::rosters::lock(&mut work, id).await?;
    if upload.purpose == Purpose::People {
        let job = store::rosters::job(&mut work, id).await?;
        if job.is_some_and(|job| job.step == ImportStep::Store || job.state == ImportState::Working) {
            return Err(Refusal::ImportBusy.into());
        }
        store::rosters::begin_job(&mut work, id, office.now()).await?;
    }
    store::rosters::arrange(&mut work, id, &upload.arrangement, None).await?;
    remembered::remember(office, &mut work, &upload, &looked, &arrangement).await?;
    let detail = json!({ "columns": arrangement.columns, "encodings": arrangement.encodings });
    office.log(&mut work, Some(actor.account), "list_arranged", ("import", id.0), &detail).await?;
    work.commit().await?;
    office.imports_waiting.notify_one();
    Ok(upload)
}

fn check(survey: &Survey, arrangement: &Arrangement) -> Outcome<()> {
    let mut faults = Faults::default();
    if !arrangement.columns.values().any(|is| *is == ColumnUse::FullName) {
        faults.add("columns", Refusal::NoNameColumn);
    }
    let mut seen: Vec<ColumnUse> = Vec::new();
    for (at, is) in &arrangement.columns {
        if seen.contains(is) {
            faults.add(format!("columns.{at}"), Refusal::ChosenTwice);
        }
        seen.push(*is);
    }
    for column in survey.columns.iter().filter(|column| column.legacy.is_some()) {
        let is_read = arrangement.columns.contains_key(&column.at);
        if is_read && !arrangement.encodings.contains_key(&column.at) {
            faults.add(format!("encodings.{}", column.at), Refusal::EncodingNotSaid);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}
