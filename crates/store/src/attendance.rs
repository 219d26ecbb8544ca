//! Attendance: chains of marks, of which the last link holds.

use chrono::{DateTime, Utc};
use domain::attendance::{Counts, Mark, MarkSource, MarkStatus};
use domain::ids::{AccountId, EnrolmentId, MarkId, RunId, SessionId};

use crate::{Records, StoreResult, Work};

/// What is read of a mark that holds. `WHERE` follows.
macro_rules! mark_columns {
    () => {
        "SELECT m.id, m.enrolment_id AS enrolment, m.status, m.note, m.marked_at AS at, p.full_name AS by
         FROM current_mark m JOIN account a ON a.id = m.marked_by JOIN person p ON p.id = a.person_id "
    };
}

statements! {
    OF_SESSION = concat!(mark_columns!(), "WHERE m.session_id = $1");
    CURRENT = concat!(mark_columns!(), "WHERE m.session_id = $1 AND m.enrolment_id = $2");
    IS_LIVE = "SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment WHERE id = $1 AND run_id = $2 AND withdrawn_at IS NULL";
    BY_NONCE = "SELECT session_id, enrolment_id FROM mark WHERE nonce = $1";
    ADD = "INSERT INTO mark (id, session_id, enrolment_id, status, note, source, nonce, client_time, marked_at, marked_by, replaces_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    COUNT_LIVE = "SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment WHERE run_id = $1 AND withdrawn_at IS NULL";
    COUNT = "SELECT m.session_id, m.status, CAST(COUNT(*) AS BIGINT) FROM current_mark m
        JOIN session s ON s.id = m.session_id JOIN enrolment e ON e.id = m.enrolment_id AND e.withdrawn_at IS NULL
        WHERE s.id = $1 GROUP BY m.session_id, m.status";
    COUNT_OF_RUN = "SELECT m.session_id, m.status, CAST(COUNT(*) AS BIGINT) FROM current_mark m
        JOIN session s ON s.id = m.session_id JOIN enrolment e ON e.id = m.enrolment_id AND e.withdrawn_at IS NULL
        WHERE s.run_id = $1 GROUP BY m.session_id, m.status";
    LETTERHEAD = "SELECT superior, issuer, place FROM certificate_book ORDER BY created_at, code LIMIT 1";
    OF_RUN = "SELECT m.enrolment_id, m.status FROM session s JOIN current_mark m ON m.session_id = s.id
        JOIN enrolment e ON e.id = m.enrolment_id AND e.withdrawn_at IS NULL WHERE s.run_id = $1";
}

/// What is stored of a new mark.
#[derive(Debug, Clone)]
pub struct NewMark<'a> {
    /// Its identifier.
    pub id: MarkId,
    /// The session.
    pub session: SessionId,
    /// Whose place it is about.
    pub enrolment: EnrolmentId,
    /// What it says.
    pub status: MarkStatus,
    /// What else there is to say.
    pub note: Option<&'a str>,
    /// How it came in.
    pub source: MarkSource,
    /// What makes it one of a kind.
    pub nonce: &'a str,
    /// When it was made, by the clock of the device.
    pub client_time: Option<DateTime<Utc>>,
    /// When it is stored.
    pub now: DateTime<Utc>,
    /// Who made it.
    pub by: AccountId,
    /// The mark that held until now.
    pub replaces: Option<MarkId>,
}

/// The marks that hold in a session, in no order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_session(records: &mut impl Records, session: SessionId) -> StoreResult<Vec<Mark>> {
    fetch_all!(records, OF_SESSION, session)
}

/// The mark that holds for one place in one session.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn current(records: &mut impl Records, session: SessionId, enrolment: EnrolmentId) -> StoreResult<Option<Mark>> {
    fetch_optional!(records, CURRENT, session, enrolment)
}

/// Whether `enrolment` is a place in `run` that was not withdrawn.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_live(records: &mut impl Records, enrolment: EnrolmentId, run: RunId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, IS_LIVE, enrolment, run)?;
    Ok(count == 1)
}

/// The session and place of the mark that was stored with this nonce.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_nonce(records: &mut impl Records, nonce: &str) -> StoreResult<Option<(SessionId, EnrolmentId)>> {
    fetch_optional!(records, BY_NONCE, nonce)
}

/// Adds a mark to its chain.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when the chain would fork or the nonce was used.
pub async fn add(work: &mut Work, mark: &NewMark<'_>) -> StoreResult<()> {
    let m = mark;
    execute!(
        work,
        ADD,
        m.id,
        m.session,
        m.enrolment,
        m.status,
        m.note,
        m.source,
        m.nonce,
        m.client_time,
        m.now,
        m.by,
        m.replaces
    )?;
    Ok(())
}

/// Counts the marks of one session of a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records, run: RunId, session: SessionId) -> StoreResult<Counts> {
    let people: i64 = fetch_value!(records, COUNT_LIVE, run)?;
    let marks: Vec<(SessionId, MarkStatus, i64)> = fetch_all!(records, COUNT, session)?;
    Ok(Counts::of(people, marks.into_iter().map(|(_, status, count)| (status, count))))
}

/// Counts the marks of every session of a run that has any: session, status, count.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count_of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<(SessionId, MarkStatus, i64)>> {
    fetch_all!(records, COUNT_OF_RUN, run)
}

/// Every mark that holds in a run for people who take part.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<(EnrolmentId, MarkStatus)>> {
    fetch_all!(records, OF_RUN, run)
}

/// The head of the papers of a class: superior body, issuing body, place. That of the first certificate book, since the
/// office that issues the certificates runs the classes.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn letterhead(records: &mut impl Records) -> StoreResult<Option<(String, String, String)>> {
    fetch_optional!(records, LETTERHEAD)
}
