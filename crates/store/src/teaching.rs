//! Who really taught: records of sessions, and what they come to. Where a session has no record at all, who was planned
//! counts with its whole length once it has ended.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, PersonId, RunId, SessionId, TeachingId};
use domain::runs::HalfDay;

use crate::{Records, StoreResult, Work};

/// What is read of a session that somebody teaches.
macro_rules! session_columns {
    () => {
        "s.id AS session_id, s.run_id, s.day, s.half_day, s.starts_at, s.ends_at, c.title AS course_title,
         c.title_english AS course_title_english, r.name AS run_name, u.kind AS unit_kind, u.name AS unit_name,
         p.id AS person_id, p.full_name, p.given_name, p.middle_name"
    };
}

/// From a session `s` to its run, the course and the unit of that.
macro_rules! session_joins {
    () => {
        " JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id JOIN unit u ON u.id = r.unit_id "
    };
}

statements! {
    // $1 to $2: days, the second no longer; $3: now; $4 is true for everybody, else $5 alone. What was recorded counts
    // whatever became of the run; what was planned, when the session ended before the run was called off.
    TAUGHT = concat!("SELECT * FROM (SELECT ", session_columns!(), ", CAST(NULL AS BIGINT) AS recorded
            FROM session s", session_joins!(), "JOIN session_trainer x ON x.session_id = s.id JOIN person p ON p.id = x.person_id
            WHERE s.day >= $1 AND s.day < $2 AND s.ends_at <= $3 AND ($4 = TRUE OR x.person_id = $5)
              AND s.cancelled_at IS NULL AND r.published_at IS NOT NULL AND (r.cancelled_at IS NULL OR r.cancelled_at >= s.ends_at)
              AND NOT EXISTS (SELECT 1 FROM session_teaching t WHERE t.session_id = s.id)
        UNION ALL SELECT ", session_columns!(), ", t.minutes AS recorded
            FROM session s", session_joins!(), "JOIN session_teaching t ON t.session_id = s.id JOIN person p ON p.id = t.person_id
            WHERE s.day >= $1 AND s.day < $2 AND ($4 = TRUE OR t.person_id = $5)
              AND NOT EXISTS (SELECT 1 FROM session_teaching n WHERE n.session_id = t.session_id AND n.person_id = t.person_id
                AND n.recorded_at > t.recorded_at)) q
        ORDER BY q.given_name COLLATE \"vi\", q.middle_name COLLATE \"vi\", q.full_name COLLATE \"vi\", q.person_id, q.starts_at, q.session_id");
    AHEAD = concat!("SELECT ", session_columns!(), ", CAST(NULL AS BIGINT) AS recorded FROM session s", session_joins!(),
        "JOIN session_trainer x ON x.session_id = s.id JOIN person p ON p.id = x.person_id
        WHERE x.person_id = $1 AND s.ends_at > $2 AND s.cancelled_at IS NULL AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL
        ORDER BY s.starts_at, s.id");
    OF_SESSION = "SELECT t.person_id, p.full_name, t.minutes, t.stood_in_for, f.full_name AS stood_in_name, t.note, t.recorded_at,
            b.full_name AS recorded_by
        FROM session_teaching t JOIN person p ON p.id = t.person_id LEFT JOIN person f ON f.id = t.stood_in_for
            JOIN account a ON a.id = t.recorded_by JOIN person b ON b.id = a.person_id
        WHERE t.session_id = $1 ORDER BY t.recorded_at, p.given_name COLLATE \"vi\", t.id";
    ADD = "INSERT INTO session_teaching (id, session_id, person_id, minutes, stood_in_for, note, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    IS_CANCELLED = "SELECT CAST(COUNT(*) AS BIGINT) FROM session WHERE id = $1 AND cancelled_at IS NOT NULL";
}

/// A session that somebody taught, or is to teach.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Taught {
    /// The session.
    pub session_id: SessionId,
    /// The run it belongs to.
    pub run_id: RunId,
    /// Its local day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// What tells the run from others of its course.
    pub run_name: String,
    /// The kind of the unit the run is held in.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// Who teaches.
    pub person_id: PersonId,
    /// Their name.
    pub full_name: String,
    /// The minutes that were recorded; none where nothing is recorded of the session.
    pub recorded: Option<i64>,
}

impl Taught {
    /// Minutes given: those recorded, else the whole length of the session.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.recorded.unwrap_or_else(|| (self.ends_at - self.starts_at).num_minutes())
    }
}

/// What was said once of one person in a session.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Record {
    /// Who.
    pub person_id: PersonId,
    /// Their name.
    pub full_name: String,
    /// Minutes really taught.
    pub minutes: i64,
    /// In whose place.
    pub stood_in_for: Option<PersonId>,
    /// The name of that person.
    pub stood_in_name: Option<String>,
    /// What else there is to say.
    pub note: String,
    /// When it was said.
    pub recorded_at: DateTime<Utc>,
    /// The name of who said it.
    pub recorded_by: String,
}

/// What is stored of a new record.
#[derive(Debug, Clone)]
pub struct NewRecord<'a> {
    /// Its identifier.
    pub id: TeachingId,
    /// The session.
    pub session: SessionId,
    /// Who taught.
    pub person: PersonId,
    /// Minutes really taught, 0 to 1,440.
    pub minutes: i64,
    /// In whose place.
    pub stood_in_for: Option<PersonId>,
    /// What else there is to say.
    pub note: &'a str,
    /// When it is stored: later than any other record of the session, so that the last one is known.
    pub now: DateTime<Utc>,
    /// Who says it.
    pub by: AccountId,
}

/// What was taught on days of a period, `to` no longer belonging to it, by everybody or by one person: by given name and
/// in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn taught(
    records: &mut impl Records,
    (from, to): (NaiveDate, NaiveDate),
    person: Option<PersonId>,
    now: DateTime<Utc>,
) -> StoreResult<Vec<Taught>> {
    fetch_all!(records, TAUGHT, from, to, now, person.is_none(), person)
}

/// What somebody is still to teach, of published runs, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn ahead(records: &mut impl Records, person: PersonId, now: DateTime<Utc>) -> StoreResult<Vec<Taught>> {
    fetch_all!(records, AHEAD, person, now)
}

/// Everything that was said of who taught a session, in the order it was said.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_session(records: &mut impl Records, session: SessionId) -> StoreResult<Vec<Record>> {
    fetch_all!(records, OF_SESSION, session)
}

/// Adds a record.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, record: &NewRecord<'_>) -> StoreResult<()> {
    let r = record;
    execute!(work, ADD, r.id, r.session, r.person, r.minutes, r.stood_in_for, r.note, r.now, r.by)?;
    Ok(())
}

/// Whether a session of a run that goes on was called off.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_cancelled(records: &mut impl Records, session: SessionId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, IS_CANCELLED, session)?;
    Ok(count == 1)
}
