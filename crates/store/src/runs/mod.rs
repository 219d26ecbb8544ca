//! Runs and their sessions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::courses::Audience;
use domain::enrolments::{Seats, keeping_ends};
use domain::ids::{AccountId, CourseId, PersonId, PlanLineId, RoomId, RunId, SessionId, UnitId};
use domain::requests::Approval;
use domain::runs::{HalfDay, RunState};

use crate::{Records, StoreResult};

pub mod clashes;
pub mod publications;
pub(crate) mod writing;

pub use writing::{
    RunFields, add, add_session, cancel, cancel_session, change, change_session, close, count_up, lock, publish, remove_session,
    set_trainers,
};

/// What is read of a run wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! run_columns {
    () => {
        "SELECT r.id, r.course_id, c.code AS course_code, c.title AS course_title, c.title_english AS course_title_english,
         c.hours AS hours, r.name, r.audience, r.selection_year, r.unit_id, u.kind AS unit_kind, u.name AS unit_name,
         r.room_id, r.venue, r.capacity, r.minimum, r.enrolment_deadline, r.approval, r.asks_again, r.note, r.sequence, r.created_by, a.person_id AS created_by_person, r.published_at, r.cancelled_at,
         r.cancellation_reason, r.closed_at, r.changed_at, r.plan_line_id,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL) AS taken,
         (SELECT CAST(COALESCE(SUM(x.seats - x.gone), 0) AS BIGINT) FROM allotment_left x WHERE x.run_id = r.id) AS promised,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM waiting_entry w JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL
             WHERE w.run_id = r.id AND w.left_at IS NULL) AS offered,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM waiting_entry w WHERE w.run_id = r.id AND w.left_at IS NULL) AS waiting,
         (SELECT l.per_organisation FROM run_limit l WHERE l.run_id = r.id ORDER BY l.number DESC LIMIT 1) AS organisation_limit,
         (SELECT MIN(s.day) FROM held_session s WHERE s.run_id = r.id) AS first_day,
         (SELECT MAX(s.day) FROM held_session s WHERE s.run_id = r.id) AS last_day,
         (SELECT MIN(s.starts_at) FROM held_session s WHERE s.run_id = r.id) AS begins_at,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM held_session s WHERE s.run_id = r.id) AS session_count
         FROM run r JOIN course c ON c.id = r.course_id JOIN unit u ON u.id = r.unit_id JOIN account a ON a.id = r.created_by "
    };
}

pub(crate) use run_columns;

/// What is read of a session `s` wherever one is shown. `FROM` follows.
macro_rules! session_columns {
    () => {
        "SELECT s.id, s.run_id, s.day, s.half_day, s.starts_at, s.ends_at, s.room_id, s.venue, s.topic, s.cancellation_reason "
    };
}

statements! {
    FIND = concat!(run_columns!(), "WHERE r.id = $1");
    SESSIONS = concat!(session_columns!(), "FROM session s WHERE s.run_id = $1 AND s.cancelled_at IS NULL ORDER BY s.starts_at, s.id");
    WITH_CANCELLED = concat!(session_columns!(), "FROM session s WHERE s.run_id = $1 ORDER BY s.starts_at, s.id");
    SESSION = concat!(session_columns!(), "FROM session s WHERE s.id = $1");
    TRAINERS = "SELECT t.session_id, p.id AS person_id, p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id
        JOIN person p ON p.id = t.person_id WHERE s.run_id = $1 ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id";
    // $1: the whole province; $2: what $3 planned or teaches; $4, $5: what lies in the scope of an account's grants today.
    PLANNED = concat!(run_columns!(), "WHERE $1 = TRUE
        OR ($2 = TRUE AND (a.person_id = $3 OR EXISTS (SELECT 1 FROM session_trainer t JOIN session s ON s.id = t.session_id
            WHERE s.run_id = r.id AND t.person_id = $3)))
        OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id
            WHERE g.account_id = $4 AND v.covered_id = r.unit_id AND g.role IN ('unit_officer', 'manager')
              AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5))
        ORDER BY first_day, c.position, r.name, r.id LIMIT 2000");
    MARKED = "SELECT s.id FROM session s WHERE s.run_id = $1 AND (EXISTS (SELECT 1 FROM mark m WHERE m.session_id = s.id)
        OR EXISTS (SELECT 1 FROM session_teaching t WHERE t.session_id = s.id)
        OR EXISTS (SELECT 1 FROM walk_in w WHERE w.session_id = s.id) OR EXISTS (SELECT 1 FROM walk_in_mark w WHERE w.session_id = s.id)
        OR EXISTS (SELECT 1 FROM head_count h WHERE h.session_id = s.id))";
    CAN_TRAIN = "SELECT p.id, p.full_name FROM person p WHERE EXISTS (SELECT 1 FROM account a JOIN role_grant g ON g.account_id = a.id
            WHERE a.person_id = p.id AND a.disabled_at IS NULL AND g.role = 'trainer' AND g.valid_from <= $1
              AND (g.valid_to IS NULL OR g.valid_to >= $1))
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id";
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
    /// The room it is held in, if that is one of the register.
    pub room_id: Option<RoomId>,
    /// Where it is held, as it is printed.
    pub venue: String,
    /// Seats in all.
    pub capacity: i64,
    /// From how many people on it is held; 0 when that does not matter.
    pub minimum: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Who must approve before somebody takes a place in it.
    pub approval: Approval,
    /// Whether a request that was approved is decided on anew when it is changed.
    pub asks_again: bool,
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
    /// The line of the annual plan it is made from.
    pub plan_line_id: Option<PlanLineId>,
    /// Seats taken.
    pub taken: i64,
    /// Seats promised with a name to come, by what nobody ended; a promise may have run out a moment ago.
    pub promised: i64,
    /// Seats held by offers that nobody answered; an offer may have run out a moment ago.
    pub offered: i64,
    /// How many people wait for a seat, those with an offer among them.
    pub waiting: i64,
    /// The most people of one organisation; none when there is no such limit.
    pub organisation_limit: Option<i64>,
    /// The day of its first session.
    pub first_day: Option<NaiveDate>,
    /// The day of its last session.
    pub last_day: Option<NaiveDate>,
    /// When its first session begins.
    pub begins_at: Option<DateTime<Utc>>,
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
            kept: self.promised + self.offered,
        }
    }

    /// The first instant at which none of its seats is kept for anybody any more, by whatever was promised or offered.
    #[must_use]
    pub fn keeping_ends(&self) -> DateTime<Utc> {
        keeping_ends(self.enrolment_deadline, self.begins_at)
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
    /// The room it is held in, if that is one of the register: its own, or that of its run.
    pub room_id: Option<RoomId>,
    /// Where it is held; empty when where the run is.
    pub venue: String,
    /// What is taught in it.
    pub topic: String,
    /// Why it does not take place; none when it does.
    pub cancellation_reason: Option<String>,
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

/// The sessions of a run that take place, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sessions(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Session>> {
    fetch_all!(records, SESSIONS, run)
}

/// The sessions of a run, in order of time, cancelled ones too.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn with_cancelled(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Session>> {
    fetch_all!(records, WITH_CANCELLED, run)
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

/// The sessions of a run of which attendance has been marked, or of which was recorded who taught them.
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
