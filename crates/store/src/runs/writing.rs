//! Writing runs and their sessions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::courses::Audience;
use domain::ids::{AccountId, CourseId, PersonId, RoomId, RunId, SessionId, UnitId};
use domain::requests::Approval;

use super::Session;
use crate::error::expect_rows;
use crate::{StoreResult, Work};

statements! {
    LOCK_RUN = "SELECT id FROM run WHERE id = $1 FOR UPDATE";
    ADD = "INSERT INTO run (id, course_id, name, audience, unit_id, room_id, venue, capacity, minimum, enrolment_deadline, note, sequence,
        created_at, created_by, changed_at, selection_year, approval, approval_at, asks_again)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $12, $14, $15, $12, $16)";
    CHANGE = "UPDATE run SET course_id = $2, name = $3, audience = $4, unit_id = $5, room_id = $6, venue = $7, capacity = $8, minimum = $9,
        enrolment_deadline = $10, note = $11, sequence = sequence + 1, changed_at = $12, selection_year = $13,
        approval_at = CASE WHEN approval = $14 THEN approval_at ELSE $12 END, approval = $14, asks_again = $15
        WHERE id = $1 AND closed_at IS NULL AND cancelled_at IS NULL";
    PUBLISH = "UPDATE run SET published_at = $2, published_by = $3, changed_at = $2 WHERE id = $1 AND published_at IS NULL";
    CANCEL = "UPDATE run SET cancelled_at = $2, cancelled_by = $3, cancellation_reason = $4, sequence = sequence + 1, changed_at = $2
        WHERE id = $1 AND cancelled_at IS NULL AND closed_at IS NULL";
    CLOSE = "UPDATE run SET closed_at = $2, closed_by = $3, changed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND cancelled_at IS NULL AND published_at IS NOT NULL";
    ADD_SESSION = "INSERT INTO session (id, run_id, day, half_day, starts_at, ends_at, room_id, venue, topic)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CHANGE_SESSION = "UPDATE session SET day = $2, half_day = $3, starts_at = $4, ends_at = $5, room_id = $6, venue = $7, topic = $8
        WHERE id = $1 AND cancelled_at IS NULL";
    CANCEL_SESSION = "UPDATE session SET cancelled_at = $2, cancelled_by = $3, cancellation_reason = $4 WHERE id = $1 AND cancelled_at IS NULL";
    // A change that calendars must learn of.
    COUNT_UP = "UPDATE run SET sequence = sequence + 1, changed_at = $2 WHERE id = $1";
    REMOVE_TRAINERS = "DELETE FROM session_trainer WHERE session_id = $1";
    REMOVE_SESSION = "DELETE FROM session WHERE id = $1";
    ADD_TRAINER = "INSERT INTO session_trainer (session_id, person_id) VALUES ($1, $2)";
}

/// What is known of a run before it is stored, or when it is changed.
#[derive(Debug, Clone)]
pub struct RunFields<'a> {
    /// What is taught.
    pub course: CourseId,
    /// What tells it from other runs of its course.
    pub name: &'a str,
    /// Whom it is for.
    pub audience: Audience,
    /// The year of the selection it is narrowed to.
    pub selection_year: Option<i64>,
    /// The unit it is held in.
    pub unit: UnitId,
    /// The room it is held in.
    pub room: Option<RoomId>,
    /// Where it is held, as it is printed.
    pub venue: &'a str,
    /// Seats in all.
    pub capacity: i64,
    /// From how many people on it is held.
    pub minimum: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Who must approve before somebody takes a place in it.
    pub approval: Approval,
    /// Whether a request that was approved is decided on anew when it is changed.
    pub asks_again: bool,
    /// Anything else participants should know.
    pub note: &'a str,
}

/// Holds a run against other units of work. Do it late, before seats are counted, and read the run again after it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: RunId) -> StoreResult<()> {
    work.lock(LOCK_RUN, id.0).await
}

/// Adds a draft.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, id: RunId, fields: &RunFields<'_>, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let f = fields;
    let (deadline, year) = (f.enrolment_deadline, f.selection_year);
    let (room, minimum) = (f.room, f.minimum);
    execute!(
        work,
        ADD,
        id,
        f.course,
        f.name,
        f.audience,
        f.unit,
        room,
        f.venue,
        f.capacity,
        minimum,
        deadline,
        f.note,
        now,
        by,
        year,
        f.approval,
        f.asks_again
    )?;
    Ok(())
}

/// Changes a run that is neither closed nor cancelled; its sequence counts up.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such run.
pub async fn change(work: &mut Work, id: RunId, fields: &RunFields<'_>, now: DateTime<Utc>) -> StoreResult<()> {
    let f = fields;
    let (deadline, year) = (f.enrolment_deadline, f.selection_year);
    let (room, minimum) = (f.room, f.minimum);
    let touched = execute!(
        work,
        CHANGE,
        id,
        f.course,
        f.name,
        f.audience,
        f.unit,
        room,
        f.venue,
        f.capacity,
        minimum,
        deadline,
        f.note,
        now,
        year,
        f.approval,
        f.asks_again
    )?;
    expect_rows("CHANGE", 1, touched)
}

/// Puts a draft on the calendar; false when it is there already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn publish(work: &mut Work, id: RunId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, PUBLISH, id, now, by)? == 1)
}

/// Calls a run off; false when it was called off or closed already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn cancel(work: &mut Work, id: RunId, reason: &str, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, CANCEL, id, now, by, reason)? == 1)
}

/// Closes a published run; false when it was closed or cancelled already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn close(work: &mut Work, id: RunId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, CLOSE, id, now, by)? == 1)
}

/// Adds a session.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_session(work: &mut Work, session: &Session) -> StoreResult<()> {
    let s = session;
    execute!(work, ADD_SESSION, s.id, s.run_id, s.day, s.half_day, s.starts_at, s.ends_at, s.room_id, &s.venue, &s.topic)?;
    Ok(())
}

/// Changes a session.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such session.
pub async fn change_session(work: &mut Work, session: &Session) -> StoreResult<()> {
    let s = session;
    let touched = execute!(work, CHANGE_SESSION, s.id, s.day, s.half_day, s.starts_at, s.ends_at, s.room_id, &s.venue, &s.topic)?;
    expect_rows("CHANGE_SESSION", 1, touched)
}

/// Cancels a session, which stays a record; false when it was cancelled already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn cancel_session(
    work: &mut Work,
    id: SessionId,
    reason: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, CANCEL_SESSION, id, now, by, reason)? == 1)
}

/// Counts a change of a run that calendars must learn of.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such run.
pub async fn count_up(work: &mut Work, id: RunId, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, COUNT_UP, id, now)?;
    expect_rows("COUNT_UP", 1, touched)
}

/// Removes a session that was never published.
///
/// # Errors
/// [`crate::StoreError::Database`] when it has marks; [`crate::StoreError::Rows`] when there is no such session.
pub async fn remove_session(work: &mut Work, id: SessionId) -> StoreResult<()> {
    execute!(work, REMOVE_TRAINERS, id)?;
    let touched = execute!(work, REMOVE_SESSION, id)?;
    expect_rows("REMOVE_SESSION", 1, touched)
}

/// Says who teaches a session, all at once.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_trainers(work: &mut Work, id: SessionId, trainers: &[PersonId]) -> StoreResult<()> {
    execute!(work, REMOVE_TRAINERS, id)?;
    for trainer in trainers {
        execute!(work, ADD_TRAINER, id, trainer)?;
    }
    Ok(())
}
