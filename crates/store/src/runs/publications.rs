//! Timetables as they were published, and the change that is being prepared.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, PublicationId, RunId};

use crate::{Records, StoreResult, Work};

statements! {
    OF_RUN = "SELECT u.id, u.version, u.timetable, u.note, u.published_at, p.full_name AS published_by_name FROM publication u
        JOIN account a ON a.id = u.published_by JOIN person p ON p.id = a.person_id WHERE u.run_id = $1 ORDER BY u.version";
    ADD = "INSERT INTO publication (id, run_id, version, timetable, note, published_at, published_by)
        SELECT $1, $2, COALESCE(MAX(u.version), 0) + 1, $3, $4, $5, $6 FROM publication u WHERE u.run_id = $2";
    DRAFT = "SELECT d.form, d.sequence, d.saved_at, p.full_name AS saved_by_name FROM run_draft d JOIN account a ON a.id = d.saved_by
        JOIN person p ON p.id = a.person_id WHERE d.run_id = $1";
    SAVE_DRAFT = "INSERT INTO run_draft (run_id, form, sequence, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (run_id) DO UPDATE SET form = $2, sequence = $3, saved_at = $4, saved_by = $5";
    DROP_DRAFT = "DELETE FROM run_draft WHERE run_id = $1";
}

/// A timetable as it was published.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Publication {
    /// Its identifier.
    pub id: PublicationId,
    /// Its number among those of its run, from 1.
    pub version: i64,
    /// The timetable, as JSON.
    pub timetable: String,
    /// What was said of it.
    pub note: String,
    /// When.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by_name: String,
}

/// A change of a published run that is being prepared.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Draft {
    /// The form as it was typed, as JSON.
    pub form: String,
    /// The sequence of the run that it changes.
    pub sequence: i64,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by_name: String,
}

/// The versions of a run, the first first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Publication>> {
    fetch_all!(records, OF_RUN, run)
}

/// Keeps a timetable as the next version of its run. The run is held by [`super::lock`].
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(
    work: &mut Work,
    (id, run): (PublicationId, RunId),
    timetable: &str,
    note: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, ADD, id, run, timetable, note, now, by)?;
    Ok(())
}

/// The change of a run that is being prepared.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn draft(records: &mut impl Records, run: RunId) -> StoreResult<Option<Draft>> {
    fetch_optional!(records, DRAFT, run)
}

/// Keeps what is being prepared, in the place of what was prepared before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn save_draft(
    work: &mut Work,
    run: RunId,
    form: &str,
    sequence: i64,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, SAVE_DRAFT, run, form, sequence, now, by)?;
    Ok(())
}

/// Drops what was being prepared; false when there is nothing.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn drop_draft(work: &mut Work, run: RunId) -> StoreResult<bool> {
    Ok(execute!(work, DROP_DRAFT, run)? == 1)
}
