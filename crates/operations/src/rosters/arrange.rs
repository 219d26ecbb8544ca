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
use super::{keeper, own};
use crate::{Office, Outcome, certificates};

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

/// What a list of the actor's own looks like; with its headings in another row where `heading` names one.
///
/// # Errors
/// [`Refusal::NotFound`], also once the file was swept.
pub async fn arranging(office: &Office, actor: &Actor, id: UploadId, heading: Option<usize>) -> Outcome<Arranging> {
    let mut records = office.database.read().await?;
    let upload = own(&mut records, actor, id).await?;
    let bytes = content(office, &mut records, id).await?;
    let mut arrangement = arrangement(&upload);
    if heading.is_some() {
        arrangement = Arrangement { heading, ..Arrangement::default() };
    }
    let survey = survey(bytes, upload.purpose, arrangement.clone()).await?;
    let likeness = certificates::hash(survey.likeness.as_bytes());
    let known = store::rosters::mapping(&mut records, keeper(&upload), &likeness).await?;
    let known = known.and_then(|(text, used)| Some((serde_json::from_str::<Arrangement>(&text).ok()?, used)));
    let mut as_on = None;
    if let Some((known, used)) = known
        && arrangement.encodings.is_empty()
    {
        // Offered, not done: which encoding it was last time.
        arrangement.encodings = known.encodings;
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
/// [`Refusal::ImportBusy`]; of the field `file` what [`super::receive`] refuses.
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
    let likeness = certificates::hash(looked.likeness.as_bytes());
    let now = (office.now(), actor.account);
    store::rosters::remember(&mut work, office.id(), keeper(&upload), &likeness, &upload.arrangement, now).await?;
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
