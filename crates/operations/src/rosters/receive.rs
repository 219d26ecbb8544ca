//! A file with a list of people arrives.

use chrono::TimeDelta;
use documents::spreadsheets::rosters::Arrangement;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, RunId, UploadId};
use domain::rosters::{KEPT_BYTES, KEPT_FILES, KEPT_HOURS, Purpose};
use domain::{Refusal, text};
use serde_json::json;
use store::rosters::Upload;

use super::read::survey;
use super::{file_limit, own, remembered, require_somewhere};
use crate::{Failure, Office, Outcome, enrolments};

/// The most characters of the name of a file, and of an organisation.
const NAME_LIMIT: usize = 200;

/// What a list is sent for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentFor {
    /// To enrol people of an organisation in a run.
    Enrolment(RunId, OrganisationId),
    /// To store people of many organisations.
    People {
        /// The organisation of rows that name none, by name or tax code; may be empty.
        stands_for: String,
    },
}

/// A list to be kept.
#[derive(Debug, Clone)]
pub struct SendCommand {
    /// What for.
    pub sent_for: SentFor,
    /// The name of the file.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A list that was kept.
#[derive(Debug, Clone)]
pub struct Received {
    /// The list.
    pub upload: Upload,
    /// Whether somebody has to say how it is read before it can be.
    pub asks: bool,
}

/// Keeps a list. One that says everything by itself, or was arranged before under the same headings, can be read at once;
/// if it is one of many people, checking it begins.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope; of the field `file` [`Refusal::Missing`],
/// [`Refusal::FileTooLarge`], [`Refusal::SpreadsheetTooLarge`], [`Refusal::SpreadsheetLocked`],
/// [`Refusal::NotASpreadsheet`], [`Refusal::OpenQuote`], [`Refusal::BrokenLetters`], [`Refusal::EmptySpreadsheet`],
/// [`Refusal::TooManyLists`], [`Refusal::ReadersBusy`].
pub async fn receive(office: &Office, actor: &Actor, command: SendCommand) -> Outcome<Received> {
    let (purpose, run_id, organisation_id, stands_for) = match &command.sent_for {
        SentFor::Enrolment(run, organisation) => (Purpose::Enrolment, Some(*run), Some(*organisation), ""),
        SentFor::People { stands_for } => (Purpose::People, None, None, stands_for.as_str()),
    };
    let mut records = office.database.read().await?;
    match (run_id, organisation_id) {
        (Some(run), Some(organisation)) => drop(enrolments::admitted(&mut records, actor, run, organisation).await?),
        _ => require_somewhere(actor)?,
    }
    drop(records);
    if command.bytes.is_empty() {
        return Err(Failure::field("file", Refusal::Missing));
    }
    if command.bytes.len() > file_limit(purpose) {
        return Err(Failure::field("file", Refusal::FileTooLarge { limit: file_limit(purpose) as u64 }));
    }
    let stands_for = text::optional_line(stands_for, NAME_LIMIT).map_err(|refusal| Failure::field("stands_for", refusal))?;
    make_room(office, actor, command.bytes.len()).await?;
    let mut looked = survey(command.bytes.clone(), purpose, Arrangement::default()).await?;
    let mut upload = Upload {
        id: UploadId(office.id()),
        account_id: actor.account,
        purpose,
        run_id,
        organisation_id,
        stands_for,
        file_name: text::normalise(&command.file_name).chars().take(NAME_LIMIT).collect(),
        arrangement: written(&Arrangement::default())?,
        as_on: None,
        created_at: office.now(),
    };

    let mut records = office.database.read().await?;
    let remembered = remembered::recalled(&mut records, &upload, &looked).await?;
    drop(records);
    if let Some((arrangement, _)) = &remembered
        && (arrangement.sheet, arrangement.heading) != (Some(looked.sheet), Some(looked.heading))
    {
        // The headings stand elsewhere than they were looked for: so do the cells.
        looked = survey(command.bytes.clone(), purpose, arrangement.clone()).await?;
    }
    let mut work = office.database.begin().await?;
    let asks = match remembered {
        // How its letters were encoded last time says nothing of this time: that is asked again.
        Some((arrangement, used)) => {
            upload.arrangement = written(&arrangement)?;
            upload.as_on = Some(used);
            looked.columns.iter().any(|column| column.legacy.is_some() && arrangement.columns.contains_key(&column.at))
        }
        None => looked.asks(),
    };
    store::rosters::add(&mut work, &upload, &office.keys.seal_list(upload.id, &command.bytes, office.random())).await?;
    let begins = purpose == Purpose::People && !asks;
    if begins {
        store::rosters::begin_job(&mut work, upload.id, office.now()).await?;
    }
    let detail = json!({ "purpose": purpose, "organisation": organisation_id, "run": run_id, "bytes": command.bytes.len() });
    office.log(&mut work, Some(actor.account), "list_received", ("import", upload.id.0), &detail).await?;
    work.commit().await?;
    if begins {
        office.imports_waiting.notify_one();
    }
    Ok(Received { upload, asks })
}

/// Makes room for one more list of the actor's: those that were stored are forgotten for it, others only when their time
/// comes.
async fn make_room(office: &Office, actor: &Actor, bytes: usize) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let has_room = |(files, kept): (i64, i64)| {
        let kept = usize::try_from(kept).unwrap_or(usize::MAX);
        files < KEPT_FILES as i64 && kept.saturating_add(bytes) <= KEPT_BYTES
    };
    if has_room(store::rosters::kept(&mut work, actor.account).await?) {
        return Ok(());
    }
    for id in store::rosters::stored(&mut work, actor.account).await? {
        store::rosters::forget(&mut work, id).await?;
    }
    if has_room(store::rosters::kept(&mut work, actor.account).await?) {
        work.commit().await?;
        return Ok(());
    }
    let oldest = store::rosters::oldest(&mut work, actor.account).await?.unwrap_or_else(|| office.now());
    let until = oldest + TimeDelta::hours(KEPT_HOURS);
    Err(Failure::field("file", Refusal::TooManyLists { files: KEPT_FILES, bytes: KEPT_BYTES as u64, until }))
}

/// Forgets a list of the actor's own whose people have their places: nobody needs it any longer.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn let_go(office: &Office, actor: &Actor, id: UploadId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let upload = own(&mut work, actor, id).await?;
    if upload.purpose == Purpose::Enrolment {
        store::rosters::forget(&mut work, id).await?;
        work.commit().await?;
    }
    Ok(())
}

/// An arrangement as it is kept.
pub(super) fn written(arrangement: &Arrangement) -> Outcome<String> {
    serde_json::to_string(arrangement).map_err(|error| Failure::Document(error.to_string()))
}
