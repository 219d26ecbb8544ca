//! Lists of people as they were sent, what is done with them in the background, and how lists are arranged.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, OrganisationId, RunId, UploadId};
use domain::rosters::{ImportState, ImportStep, Purpose};
use uuid::Uuid;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO upload (id, account_id, purpose, run_id, organisation_id, stands_for, file_name, arrangement, as_on, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_CONTENT = "INSERT INTO upload_content (upload_id, content) VALUES ($1, $2)";
    FIND = "SELECT id, account_id, purpose, run_id, organisation_id, stands_for, file_name, arrangement, as_on, created_at FROM upload WHERE id = $1";
    CONTENT = "SELECT content FROM upload_content WHERE upload_id = $1";
    ARRANGE = "UPDATE upload SET arrangement = $2, as_on = $3 WHERE id = $1";
    // What was sent before $1, and is not being worked on.
    OLD = "SELECT u.id FROM upload u JOIN upload_content c ON c.upload_id = u.id WHERE u.created_at < $1
        AND NOT EXISTS (SELECT 1 FROM import_job j WHERE j.upload_id = u.id AND j.state = 'working') ORDER BY u.created_at LIMIT 500";
    DELETE_CONTENT = "DELETE FROM upload_content WHERE upload_id = $1";
    DELETE_NOTES = "UPDATE import_job SET notes = NULL WHERE upload_id = $1 AND notes IS NOT NULL";
    DELETE_VALUES = "UPDATE import_fault SET typed = $2 WHERE upload_id = $1 AND length(typed) > 0";
    KEPT_OF_ACCOUNT = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(LENGTH(c.content)), 0) AS BIGINT)
        FROM upload u JOIN upload_content c ON c.upload_id = u.id WHERE u.account_id = $1";
    OLDEST_OF_ACCOUNT = "SELECT u.created_at FROM upload u JOIN upload_content c ON c.upload_id = u.id WHERE u.account_id = $1
        ORDER BY u.created_at LIMIT 1";
    STORED_OF_ACCOUNT = "SELECT u.id FROM upload u JOIN upload_content c ON c.upload_id = u.id JOIN import_job j ON j.upload_id = u.id
        WHERE u.account_id = $1 AND j.step = 'store' AND j.state = 'done' ORDER BY u.created_at LIMIT 500";
    KEPT = "SELECT CAST(COUNT(*) AS BIGINT) FROM upload_content WHERE upload_id = $1";

    LOCK_UPLOAD = "SELECT id FROM upload WHERE id = $1 FOR UPDATE";
    BEGIN_JOB = "INSERT INTO import_job (upload_id, step, state, rows_in_all, rows_done, rows_faulty, people_new, people_known, attempts, begun_at)
        VALUES ($1, 'check', 'working', 0, 0, 0, 0, 0, 0, $2) ON CONFLICT (upload_id) DO UPDATE SET step = 'check', state = 'working',
        rows_in_all = 0, rows_done = 0, rows_faulty = 0, people_new = 0, people_known = 0, people_probable = 0, refusal = NULL, attempts = 0, claimed_until = NULL, notes = NULL,
        begun_at = $2, ended_at = NULL";
    // To store begins where checking ended: faulty rows stay faulty.
    STORE_JOB = "UPDATE import_job SET step = 'store', state = 'working', rows_done = 0, people_new = 0, people_known = 0, people_probable = 0, attempts = 0,
        claimed_until = NULL, begun_at = $2, ended_at = NULL WHERE upload_id = $1 AND step = 'check' AND state = 'done'";
    JOB = "SELECT upload_id, step, state, rows_in_all, rows_done, rows_faulty, people_new, people_known, people_probable, refusal, attempts, begun_at, ended_at
        FROM import_job WHERE upload_id = $1";
    JOBS_OF_ACCOUNT = "SELECT u.id AS upload_id, u.file_name, u.created_at, j.step, j.state, j.rows_in_all, j.rows_done, j.rows_faulty,
        j.people_new, j.people_known, j.people_probable FROM upload u JOIN import_job j ON j.upload_id = u.id WHERE u.account_id = $1
        ORDER BY u.created_at DESC, u.id DESC LIMIT 20";
    NOTE = "UPDATE import_job SET notes = $2 WHERE upload_id = $1 AND state = 'working'";
    NOTES = "SELECT notes FROM import_job WHERE upload_id = $1 AND notes IS NOT NULL";
    DUE = "SELECT upload_id FROM import_job WHERE state = 'working' AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY begun_at LIMIT 10";
    // The condition stands here again, so that of two workers that saw the same row only one gets it.
    CLAIM = "UPDATE import_job SET claimed_until = $3, attempts = attempts + 1 WHERE upload_id = $1 AND state = 'working'
        AND (claimed_until IS NULL OR claimed_until <= $2)
        RETURNING upload_id, step, state, rows_in_all, rows_done, rows_faulty, people_new, people_known, people_probable, refusal, attempts, begun_at, ended_at";
    // Only from where the worker left it: one that was overtaken by another while it slept keeps nothing.
    PROGRESS = "UPDATE import_job SET rows_in_all = $3, rows_done = $4, rows_faulty = $5, people_new = $6, people_known = $7, claimed_until = $8,
        people_probable = $9, attempts = 1 WHERE upload_id = $1 AND state = 'working' AND rows_done = $2";
    DONE = "UPDATE import_job SET state = 'done', claimed_until = NULL, ended_at = $2 WHERE upload_id = $1 AND state = 'working'";
    REFUSE = "UPDATE import_job SET state = 'refused', claimed_until = NULL, refusal = $2, ended_at = $3 WHERE upload_id = $1 AND state = 'working'";
    RELEASE = "UPDATE import_job SET claimed_until = $2 WHERE upload_id = $1 AND state = 'working'";

    ADD_FAULT = "INSERT INTO import_fault (upload_id, row_number, place, field, typed, refusal) VALUES ($1, $2, $3, $4, $5, $6)";
    CLEAR_FAULTS = "DELETE FROM import_fault WHERE upload_id = $1";
    FAULTS = "SELECT row_number, field, typed, refusal FROM import_fault WHERE upload_id = $1
        AND row_number IN (SELECT DISTINCT row_number FROM import_fault WHERE upload_id = $1 ORDER BY row_number LIMIT $2 OFFSET $3)
        ORDER BY row_number, place";
    ALL_FAULTS = "SELECT row_number, field, typed, refusal FROM import_fault WHERE upload_id = $1 ORDER BY row_number, place";
    FAULTY_ROWS = "SELECT DISTINCT row_number FROM import_fault WHERE upload_id = $1 ORDER BY row_number";

    MAPPING = "SELECT arrangement, used_at FROM roster_mapping WHERE likeness = $1 AND (organisation_id = $2 OR account_id = $3)";
    MAPPINGS = "SELECT likeness, arrangement, used_at FROM roster_mapping WHERE organisation_id = $1 OR account_id = $2 ORDER BY used_at DESC LIMIT 500";
    FORGET = "DELETE FROM roster_mapping WHERE likeness = $1 AND (organisation_id = $2 OR account_id = $3)";
    REMEMBER = "INSERT INTO roster_mapping (id, organisation_id, account_id, likeness, arrangement, used_at, used_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// A list as it was sent, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Upload {
    /// Its identifier.
    pub id: UploadId,
    /// Who sent it, and alone sees it.
    pub account_id: AccountId,
    /// What for.
    pub purpose: Purpose,
    /// The run in which people are to be enrolled.
    pub run_id: Option<RunId>,
    /// The organisation whose people they are.
    pub organisation_id: Option<OrganisationId>,
    /// The organisation of rows that name none, as it was typed; empty when nothing was.
    pub stands_for: String,
    /// The name of the file, cleaned.
    pub file_name: String,
    /// How it is read, as JSON.
    pub arrangement: String,
    /// When the arrangement was last used, where it was taken over.
    pub as_on: Option<DateTime<Utc>>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
}

/// How far a list of many people is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    /// The list.
    pub upload_id: UploadId,
    /// What is done with it.
    pub step: ImportStep,
    /// How far that is.
    pub state: ImportState,
    /// Its rows; 0 until they were counted.
    pub rows_in_all: i64,
    /// Rows that were looked at or stored.
    pub rows_done: i64,
    /// Rows that cannot be stored.
    pub rows_faulty: i64,
    /// People who were not known.
    pub people_new: i64,
    /// People who were.
    pub people_known: i64,
    /// Of those who were not known, how many may be somebody who is.
    pub people_probable: i64,
    /// Why it was given up, as JSON.
    pub refusal: Option<String>,
    /// How often it was taken up since it last got on.
    pub attempts: i64,
    /// When the step was asked for.
    pub begun_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A list of many people among those that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SentList {
    /// The list.
    pub upload_id: UploadId,
    /// The name of the file.
    pub file_name: String,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// What is done with it.
    pub step: ImportStep,
    /// How far that is.
    pub state: ImportState,
    /// Its rows.
    pub rows_in_all: i64,
    /// Rows that were looked at or stored.
    pub rows_done: i64,
    /// Rows that cannot be stored.
    pub rows_faulty: i64,
    /// People who were not known.
    pub people_new: i64,
    /// People who were.
    pub people_known: i64,
    /// Of those who were not known, how many may be somebody who is.
    pub people_probable: i64,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FaultRow {
    /// The row as Excel shows it.
    pub row_number: i64,
    /// The field, as a word.
    pub field: String,
    /// What stands there, sealed; empty once the list was swept.
    pub typed: Vec<u8>,
    /// Why it cannot stay, as JSON.
    pub refusal: String,
}

/// Numbers of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Its rows.
    pub in_all: i64,
    /// Rows that are done.
    pub done: i64,
    /// Rows that cannot be stored.
    pub faulty: i64,
    /// People who were not known.
    pub new: i64,
    /// People who were.
    pub known: i64,
    /// Of those who were not known, how many may be somebody who is.
    pub probable: i64,
}

/// Adds a list with its bytes, which are sealed.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, upload: &Upload, content: &[u8]) -> StoreResult<()> {
    let u = upload;
    execute!(
        work,
        ADD,
        u.id,
        u.account_id,
        u.purpose,
        u.run_id,
        u.organisation_id,
        &u.stands_for,
        &u.file_name,
        &u.arrangement,
        u.as_on,
        u.created_at
    )?;
    execute!(work, ADD_CONTENT, u.id, content)?;
    Ok(())
}

/// One list.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: UploadId) -> StoreResult<Option<Upload>> {
    fetch_optional!(records, FIND, id)
}

/// Whether the bytes of a list are still kept.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_kept(records: &mut impl Records, id: UploadId) -> StoreResult<bool> {
    let kept: i64 = fetch_value!(records, KEPT, id)?;
    Ok(kept > 0)
}

/// The sealed bytes of a list, while they are kept.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn content(records: &mut impl Records, id: UploadId) -> StoreResult<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = fetch_optional!(records, CONTENT, id)?;
    Ok(row.map(|(content,)| content))
}

/// Notes how a list is read, and from when that was taken over.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such list.
pub async fn arrange(work: &mut Work, id: UploadId, arrangement: &str, as_on: Option<DateTime<Utc>>) -> StoreResult<()> {
    let touched = execute!(work, ARRANGE, id, arrangement, as_on)?;
    expect_rows("ARRANGE", 1, touched)
}

/// Forgets the bytes and the values of lists that were sent before `before`; gives how many, 500 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sweep(work: &mut Work, before: DateTime<Utc>) -> StoreResult<usize> {
    let old: Vec<(UploadId,)> = fetch_all!(work, OLD, before)?;
    for (id,) in &old {
        forget(work, *id).await?;
    }
    Ok(old.len())
}

/// Forgets the bytes of a list, and the values and notes that came from them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forget(work: &mut Work, id: UploadId) -> StoreResult<()> {
    execute!(work, DELETE_CONTENT, id)?;
    execute!(work, DELETE_VALUES, id, Vec::<u8>::new())?;
    execute!(work, DELETE_NOTES, id)?;
    Ok(())
}

/// How many lists of an account are kept, and how many bytes these have.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn kept(records: &mut impl Records, account: AccountId) -> StoreResult<(i64, i64)> {
    let kept: Option<(i64, i64)> = fetch_optional!(records, KEPT_OF_ACCOUNT, account)?;
    Ok(kept.unwrap_or_default())
}

/// When the oldest list of an account that is kept was sent.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn oldest(records: &mut impl Records, account: AccountId) -> StoreResult<Option<DateTime<Utc>>> {
    let oldest: Option<(DateTime<Utc>,)> = fetch_optional!(records, OLDEST_OF_ACCOUNT, account)?;
    Ok(oldest.map(|(at,)| at))
}

/// The lists of an account that were stored and whose bytes are kept all the same.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn stored(records: &mut impl Records, account: AccountId) -> StoreResult<Vec<UploadId>> {
    let rows: Vec<(UploadId,)> = fetch_all!(records, STORED_OF_ACCOUNT, account)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Keeps what is to be known of how a list of many people was read, sealed; false when it is not being worked on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn note(work: &mut Work, id: UploadId, notes: &[u8]) -> StoreResult<bool> {
    Ok(execute!(work, NOTE, id, notes)? == 1)
}

/// What is to be known of how a list was read, sealed; none before it was, and once it was swept.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn notes(records: &mut impl Records, id: UploadId) -> StoreResult<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = fetch_optional!(records, NOTES, id)?;
    Ok(row.map(|(notes,)| notes))
}

/// Holds a list against other units of work.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: UploadId) -> StoreResult<()> {
    work.lock(LOCK_UPLOAD, id.0).await
}

/// Asks for a list to be checked, anew if it was before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn begin_job(work: &mut Work, id: UploadId, now: DateTime<Utc>) -> StoreResult<()> {
    execute!(work, CLEAR_FAULTS, id)?;
    execute!(work, BEGIN_JOB, id, now)?;
    Ok(())
}

/// Asks for a checked list to be stored; false when it was not checked, or is being stored.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn store_job(work: &mut Work, id: UploadId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, STORE_JOB, id, now)? == 1)
}

/// How far a list is; none when it is not one of many people, or was not arranged yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn job(records: &mut impl Records, id: UploadId) -> StoreResult<Option<Job>> {
    fetch_optional!(records, JOB, id)
}

/// The lists of many people that an account sent, latest first; 20 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn jobs_of_account(records: &mut impl Records, account: AccountId) -> StoreResult<Vec<SentList>> {
    fetch_all!(records, JOBS_OF_ACCOUNT, account)
}

/// The lists that wait for a worker, the longest waiting first; ten at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn due(records: &mut impl Records, now: DateTime<Utc>) -> StoreResult<Vec<UploadId>> {
    let rows: Vec<(UploadId,)> = fetch_all!(records, DUE, now)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes a list until `until`; none when another worker was faster.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn claim(work: &mut Work, id: UploadId, now: DateTime<Utc>, until: DateTime<Utc>) -> StoreResult<Option<Job>> {
    fetch_optional!(work, CLAIM, id, now, until)
}

/// Notes how far a list is, which was at `from` rows, and keeps it until `until`; false when another worker got further.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn progress(work: &mut Work, id: UploadId, from: i64, n: Numbers, until: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, PROGRESS, id, from, n.in_all, n.done, n.faulty, n.new, n.known, until, n.probable)? == 1)
}

/// Ends a step.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it is not being done.
pub async fn done(work: &mut Work, id: UploadId, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, DONE, id, now)?;
    expect_rows("DONE", 1, touched)
}

/// Gives a step up, for a reason as JSON.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it is not being done.
pub async fn refuse(work: &mut Work, id: UploadId, refusal: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, REFUSE, id, refusal, now)?;
    expect_rows("REFUSE", 1, touched)
}

/// Lets a list rest until `until`.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it is not being worked on.
pub async fn release(work: &mut Work, id: UploadId, until: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, RELEASE, id, until)?;
    expect_rows("RELEASE", 1, touched)
}

/// Adds what is wrong with a cell, the `place`th fault of its row.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_fault(work: &mut Work, id: UploadId, place: i64, fault: &FaultRow) -> StoreResult<()> {
    execute!(work, ADD_FAULT, id, fault.row_number, place, &fault.field, &fault.typed, &fault.refusal)?;
    Ok(())
}

/// The faults of `count` faulty rows after the first `from`, by row.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn faults(records: &mut impl Records, id: UploadId, count: i64, from: i64) -> StoreResult<Vec<FaultRow>> {
    fetch_all!(records, FAULTS, id, count, from)
}

/// Every fault of a list, by row.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn all_faults(records: &mut impl Records, id: UploadId) -> StoreResult<Vec<FaultRow>> {
    fetch_all!(records, ALL_FAULTS, id)
}

/// The rows that have a fault.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn faulty_rows(records: &mut impl Records, id: UploadId) -> StoreResult<Vec<i64>> {
    let rows: Vec<(i64,)> = fetch_all!(records, FAULTY_ROWS, id)?;
    Ok(rows.into_iter().map(|(row,)| row).collect())
}

/// For whom an arrangement is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// For everybody who sends lists of an organisation.
    Organisation(OrganisationId),
    /// For one account, which sends lists of many.
    Account(AccountId),
}

impl Keeper {
    const fn columns(self) -> (Option<OrganisationId>, Option<AccountId>) {
        match self {
            Keeper::Organisation(id) => (Some(id), None),
            Keeper::Account(id) => (None, Some(id)),
        }
    }
}

/// How a list with these headings was arranged last, as JSON, and when.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn mapping(records: &mut impl Records, keeper: Keeper, likeness: &str) -> StoreResult<Option<(String, DateTime<Utc>)>> {
    let (organisation, account) = keeper.columns();
    fetch_optional!(records, MAPPING, likeness, organisation, account)
}

/// How the lists of a keeper were arranged, by their headings, and when: the latest 500.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn mappings(records: &mut impl Records, keeper: Keeper) -> StoreResult<Vec<(String, String, DateTime<Utc>)>> {
    let (organisation, account) = keeper.columns();
    fetch_all!(records, MAPPINGS, organisation, account)
}

/// Remembers how a list with these headings is arranged, in the place of what was remembered before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remember(
    work: &mut Work,
    id: Uuid,
    keeper: Keeper,
    likeness: &str,
    arrangement: &str,
    (now, by): (DateTime<Utc>, AccountId),
) -> StoreResult<()> {
    let (organisation, account) = keeper.columns();
    execute!(work, FORGET, likeness, organisation, account)?;
    execute!(work, REMEMBER, id, organisation, account, likeness, arrangement, now, by)?;
    Ok(())
}
