//! How far a list of many people is, what is wrong with it, and the word that stores it.

use domain::Refusal;
use domain::accounts::{Actor, Scope};
use domain::enrolments::roster::{CellFault, Field};
use domain::ids::UploadId;
use domain::policy::{Action, Reach, reach};
use domain::rosters::{ImportState, ImportStep};
use serde_json::json;
use store::rosters::{FaultRow, Job, SentList, Upload};

use super::{Notes, own, require_somewhere};
use crate::{Office, Outcome};

/// Faulty rows on a page.
pub const FAULTY_ROWS: i64 = 50;

/// A list of many people, and how far it is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The list.
    pub upload: Upload,
    /// How far it is.
    pub job: Job,
    /// Why it was given up.
    pub refusal: Option<Refusal>,
    /// What was not read of it and what was put right; nothing before it was read, and once it was swept.
    pub notes: Notes,
    /// The faults of the rows on this page.
    pub faults: Vec<RowFaults>,
    /// The page, from 1.
    pub page: i64,
    /// How many there are.
    pub pages: i64,
    /// Whether the file is still kept: it can be given back and stored.
    pub is_kept: bool,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFaults {
    /// Its number as Excel shows it, and its sheet: [`domain::rosters::numbered`].
    pub number: usize,
    /// Everything.
    pub faults: Vec<CellFault>,
}

/// How far a list of the actor's own is. A page that there is not becomes the nearest that there is.
///
/// # Errors
/// [`Refusal::NotFound`], also for a list whose columns were not said yet.
pub async fn progress(office: &Office, actor: &Actor, id: UploadId, page: i64) -> Outcome<Progress> {
    let mut records = office.database.read().await?;
    let upload = own(&mut records, actor, id).await?;
    let job = store::rosters::job(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let pages = job.rows_faulty.div_euclid(FAULTY_ROWS) + i64::from(job.rows_faulty.rem_euclid(FAULTY_ROWS) > 0);
    let page = page.clamp(1, pages.max(1));
    let rows = store::rosters::faults(&mut records, id, FAULTY_ROWS, (page - 1) * FAULTY_ROWS).await?;
    let is_kept = store::rosters::is_kept(&mut records, id).await?;
    let notes = store::rosters::notes(&mut records, id).await?.and_then(|sealed| office.keys.open_list(id, &sealed));
    let notes = notes.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let refusal = job.refusal.as_deref().map(|text| serde_json::from_str(text).unwrap_or(Refusal::ImportBroken));
    Ok(Progress { upload, job, refusal, notes, faults: by_row(office, id, rows), page, pages, is_kept })
}

/// The faults of each row.
pub(super) fn by_row(office: &Office, id: UploadId, rows: Vec<FaultRow>) -> Vec<RowFaults> {
    let mut by_row: Vec<RowFaults> = Vec::new();
    for row in rows {
        let number = usize::try_from(row.row_number).unwrap_or(0);
        let fault = CellFault {
            field: row.field.parse().unwrap_or(Field::FullName),
            value: String::from_utf8(office.keys.open_list(id, &row.typed).unwrap_or_default()).unwrap_or_default(),
            refusal: serde_json::from_str(&row.refusal).unwrap_or(Refusal::ChangedMeanwhile),
        };
        match by_row.last_mut() {
            Some(last) if last.number == number => last.faults.push(fault),
            _ => by_row.push(RowFaults { number, faults: vec![fault] }),
        }
    }
    by_row
}

/// The lists of many people that the actor sent.
#[derive(Debug, Clone)]
pub struct SentLists {
    /// The lists, latest first.
    pub lists: Vec<SentList>,
    /// The organisation that rows mean which name none, where the actor acts for one alone.
    pub stands_for: String,
}

/// The lists of many people that the actor sent.
///
/// # Errors
/// [`Refusal::NotFound`] for who keeps no people.
pub async fn sent(office: &Office, actor: &Actor) -> Outcome<SentLists> {
    require_somewhere(actor)?;
    let mut records = office.database.read().await?;
    let lists = store::rosters::jobs_of_account(&mut records, actor.account).await?;
    let mut grants = actor.grants.iter().filter(|grant| reach(grant.role, Action::KeepPeople) != Reach::Nowhere);
    let mut stands_for = String::new();
    if let (Some(grant), None) = (grants.next(), grants.next())
        && let Scope::Organisation(organisation) = grant.scope
        && let Some(organisation) = store::organisations::find(&mut records, organisation).await?
    {
        stands_for = organisation.tax_code.map_or(organisation.name, |code| code.to_string());
    }
    Ok(SentLists { lists, stands_for })
}

/// Has the rows of a checked list stored that have no fault. To ask twice is to ask once.
///
/// # Errors
/// [`Refusal::NotFound`], also once the file was swept; [`Refusal::NothingToStore`], [`Refusal::ImportBusy`].
pub async fn confirm(office: &Office, actor: &Actor, id: UploadId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let upload = own(&mut work, actor, id).await?;
    store::rosters::lock(&mut work, id).await?;
    let job = store::rosters::job(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !store::rosters::is_kept(&mut work, id).await? {
        return Err(Refusal::NotFound.into());
    }
    if job.step == ImportStep::Store || job.state == ImportState::Working {
        return Err(Refusal::ImportBusy.into());
    }
    // A list that was given up was not checked to its end.
    if job.people_new + job.people_known == 0 || !store::rosters::store_job(&mut work, id, office.now()).await? {
        return Err(Refusal::NothingToStore.into());
    }
    let detail = json!({ "rows": job.rows_in_all, "faulty": job.rows_faulty });
    office.log(&mut work, Some(actor.account), "import_confirmed", ("import", upload.id.0), &detail).await?;
    work.commit().await?;
    office.imports_waiting.notify_one();
    Ok(())
}
