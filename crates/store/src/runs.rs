//! Runs and their sessions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::courses::Audience;
use domain::enrolments::Seats;
use domain::ids::{AccountId, CourseId, PersonId, RunId, SessionId, UnitId};
use domain::runs::{HalfDay, RunState};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is read of a run wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! run_columns {
    () => {
        "SELECT r.id, r.course_id, c.code AS course_code, c.title AS course_title, c.title_english AS course_title_english,
         c.hours AS hours, r.name, r.audience, r.selection_year, r.unit_id, u.kind AS unit_kind, u.name AS unit_name, r.venue, r.capacity,
         r.enrolment_deadline, r.note, r.sequence, r.created_by, a.person_id AS created_by_person, r.published_at, r.cancelled_at,
         r.cancellation_reason, r.closed_at, r.changed_at,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL) AS taken,
         (SELECT MIN(s.day) FROM session s WHERE s.run_id = r.id) AS first_day,
         (SELECT MAX(s.day) FROM session s WHERE s.run_id = r.id) AS last_day,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM session s WHERE s.run_id = r.id) AS session_count
         FROM run r JOIN course c ON c.id = r.course_id JOIN unit u ON u.id = r.unit_id JOIN account a ON a.id = r.created_by "
    };
}

pub(crate) use run_columns;

statements! {
    FIND = concat!(run_columns!(), "WHERE r.id = $1");
    LOCK_RUN = "SELECT id FROM run WHERE id = $1 FOR UPDATE";
    ADD = "INSERT INTO run (id, course_id, name, audience, unit_id, venue, capacity, enrolment_deadline, note, sequence, created_at,
        created_by, changed_at, selection_year) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $10, $12)";
    CHANGE = "UPDATE run SET course_id = $2, name = $3, audience = $4, unit_id = $5, venue = $6, capacity = $7, enrolment_deadline = $8,
        note = $9, sequence = sequence + 1, changed_at = $10, selection_year = $11 WHERE id = $1 AND closed_at IS NULL AND cancelled_at IS NULL";
    PUBLISH = "UPDATE run SET published_at = $2, published_by = $3, changed_at = $2 WHERE id = $1 AND published_at IS NULL";
    CANCEL = "UPDATE run SET cancelled_at = $2, cancelled_by = $3, cancellation_reason = $4, sequence = sequence + 1, changed_at = $2
        WHERE id = $1 AND cancelled_at IS NULL AND closed_at IS NULL";
    CLOSE = "UPDATE run SET closed_at = $2, closed_by = $3, changed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND cancelled_at IS NULL AND published_at IS NOT NULL";
    ADD_SESSION = "INSERT INTO session (id, run_id, day, half_day, starts_at, ends_at, venue, topic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE_SESSION = "UPDATE session SET day = $2, half_day = $3, starts_at = $4, ends_at = $5, venue = $6, topic = $7 WHERE id = $1";
    REMOVE_TRAINERS = "DELETE FROM session_trainer WHERE session_id = $1";
    REMOVE_SESSION = "DELETE FROM session WHERE id = $1";
    ADD_TRAINER = "INSERT INTO session_trainer (session_id, person_id) VALUES ($1, $2)";
    SESSIONS = "SELECT id, run_id, day, half_day, starts_at, ends_at, venue, topic FROM session WHERE run_id = $1 ORDER BY starts_at, id";
    SESSION = "SELECT id, run_id, day, half_day, starts_at, ends_at, venue, topic FROM session WHERE id = $1";
    TRAINERS = "SELECT t.session_id, p.id AS person_id, p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id
        JOIN person p ON p.id = t.person_id WHERE s.run_id = $1 ORDER BY p.given_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id";
    // $1: the whole province; $2: what $3 planned or teaches; $4, $5: what lies in the scope of an account's grants today.
    PLANNED = concat!(run_columns!(), "WHERE $1 = TRUE
        OR ($2 = TRUE AND (a.person_id = $3 OR EXISTS (SELECT 1 FROM session_trainer t JOIN session s ON s.id = t.session_id
            WHERE s.run_id = r.id AND t.person_id = $3)))
        OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id
            WHERE g.account_id = $4 AND v.covered_id = r.unit_id AND g.role IN ('unit_officer', 'manager')
              AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5))
        ORDER BY first_day, c.position, r.name, r.id LIMIT 2000");
    MARKED = "SELECT s.id FROM session s WHERE s.run_id = $1 AND EXISTS (SELECT 1 FROM mark m WHERE m.session_id = s.id)";
    CAN_TRAIN = "SELECT p.id, p.full_name FROM person p WHERE EXISTS (SELECT 1 FROM account a JOIN role_grant g ON g.account_id = a.id
            WHERE a.person_id = p.id AND a.disabled_at IS NULL AND g.role = 'trainer' AND g.valid_from <= $1
              AND (g.valid_to IS NULL OR g.valid_to >= $1))
        ORDER BY p.given_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id";
    LOCK_TRAINER = "SELECT id FROM person WHERE id = $1 FOR UPDATE";
    BUSY = "SELECT p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id JOIN run r ON r.id = s.run_id
            JOIN person p ON p.id = t.person_id
        WHERE t.person_id = $1 AND s.starts_at < $3 AND s.ends_at > $2 AND r.id <> $4 AND r.published_at IS NOT NULL
          AND r.cancelled_at IS NULL LIMIT 1";
}

/// A run with what every page shows of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Run {
    /// Its identifier.
    pub id: RunId,
    /// What is taught.
    pub course_id: CourseId,
    /// The code of its course.
    pub course_code: String,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// Hours of its course.
    pub hours: i64,
    /// What tells it from other runs of its course: `Lớp 3`.
    pub name: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Of organisations only those with a product selected in this year; none when every one may take part.
    pub selection_year: Option<i64>,
    /// The unit it is held in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// Where it is held.
    pub venue: String,
    /// Seats in all.
    pub capacity: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Anything else participants should know.
    pub note: String,
    /// Counts up with every change that calendars must learn of.
    pub sequence: i64,
    /// The account that planned it.
    pub created_by: AccountId,
    /// The person who planned it.
    pub created_by_person: PersonId,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was called off.
    pub cancellation_reason: Option<String>,
    /// When its completion was decided.
    pub closed_at: Option<DateTime<Utc>>,
    /// When anything of it last changed.
    pub changed_at: DateTime<Utc>,
    /// Seats taken.
    pub taken: i64,
    /// The day of its first session.
    pub first_day: Option<NaiveDate>,
    /// The day of its last session.
    pub last_day: Option<NaiveDate>,
    /// How many sessions it has.
    pub session_count: i64,
}

impl Run {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> RunState {
        RunState::of(self.published_at, self.closed_at, self.cancelled_at)
    }

    /// What decides whether it takes more people.
    #[must_use]
    pub fn seats(&self) -> Seats {
        Seats {
            state: self.state(),
            audience: self.audience,
            deadline: self.enrolment_deadline,
            capacity: self.capacity,
            taken: self.taken,
        }
    }

    /// What it is called in the language of its reader: its course, and what tells it from other runs of it.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        domain::runs::title(language, (&self.course_title, &self.course_title_english), &self.name)
    }

    /// The unit it is held in: `Huyện Thọ Xuân`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }
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
    /// Where it is held.
    pub venue: &'a str,
    /// Seats in all.
    pub capacity: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Anything else participants should know.
    pub note: &'a str,
}

/// One half-day of a run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
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
    /// Where it is held; empty when where the run is.
    pub venue: String,
    /// What is taught in it.
    pub topic: String,
}

/// Who teaches a session.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionTrainer {
    /// The session.
    pub session_id: SessionId,
    /// The trainer.
    pub person_id: PersonId,
    /// The trainer's name.
    pub full_name: String,
}

/// One run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RunId) -> StoreResult<Option<Run>> {
    fetch_optional!(records, FIND, id)
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
    execute!(work, ADD, id, f.course, f.name, f.audience, f.unit, f.venue, f.capacity, deadline, f.note, now, by, year)?;
    Ok(())
}

/// Changes a run that is neither closed nor cancelled; its sequence counts up.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such run.
pub async fn change(work: &mut Work, id: RunId, fields: &RunFields<'_>, now: DateTime<Utc>) -> StoreResult<()> {
    let f = fields;
    let (deadline, year) = (f.enrolment_deadline, f.selection_year);
    let touched =
        execute!(work, CHANGE, id, f.course, f.name, f.audience, f.unit, f.venue, f.capacity, deadline, f.note, now, year)?;
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
    execute!(work, ADD_SESSION, s.id, s.run_id, s.day, s.half_day, s.starts_at, s.ends_at, &s.venue, &s.topic)?;
    Ok(())
}

/// Changes a session.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such session.
pub async fn change_session(work: &mut Work, session: &Session) -> StoreResult<()> {
    let s = session;
    let touched = execute!(work, CHANGE_SESSION, s.id, s.day, s.half_day, s.starts_at, s.ends_at, &s.venue, &s.topic)?;
    expect_rows("CHANGE_SESSION", 1, touched)
}

/// Removes a session that has no marks.
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

/// The sessions of a run, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sessions(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Session>> {
    fetch_all!(records, SESSIONS, run)
}

/// One session.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn session(records: &mut impl Records, id: SessionId) -> StoreResult<Option<Session>> {
    fetch_optional!(records, SESSION, id)
}

/// Who teaches the sessions of a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn trainers(records: &mut impl Records, run: RunId) -> StoreResult<Vec<SessionTrainer>> {
    fetch_all!(records, TRAINERS, run)
}

/// Which runs a planner's list holds.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// All of them.
    pub all: bool,
    /// Those that this person planned or teaches.
    pub own: Option<PersonId>,
    /// Those in the units that this account is an officer or manager of.
    pub account: AccountId,
}

/// Runs of every state, by their first day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn planned(records: &mut impl Records, which: &Planned, today: NaiveDate) -> StoreResult<Vec<Run>> {
    fetch_all!(records, PLANNED, which.all, which.own.is_some(), which.own, which.account, today)
}

/// The sessions of a run of which attendance has been marked.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn marked_sessions(records: &mut impl Records, run: RunId) -> StoreResult<Vec<SessionId>> {
    let rows: Vec<(SessionId,)> = fetch_all!(records, MARKED, run)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who can teach: people with the role of a trainer on `today`, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn can_train(records: &mut impl Records, today: NaiveDate) -> StoreResult<Vec<(PersonId, String)>> {
    fetch_all!(records, CAN_TRAIN, today)
}

/// Holds a trainer's time against other units of work.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock_trainer(work: &mut Work, id: PersonId) -> StoreResult<()> {
    work.lock(LOCK_TRAINER, id.0).await
}

/// The name of a trainer who teaches another published run than `run` at some time between two instants.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn busy(
    records: &mut impl Records,
    trainer: PersonId,
    (starts, ends): (DateTime<Utc>, DateTime<Utc>),
    run: RunId,
) -> StoreResult<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(records, BUSY, trainer, starts, ends, run)?;
    Ok(row.map(|(name,)| name))
}
