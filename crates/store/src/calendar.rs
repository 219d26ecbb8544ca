//! Calendars: what everybody may see of published runs, cancelled ones among them, and what of it concerns somebody.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::Part;
use domain::courses::{Addressee, Audience, Topic};
use domain::ids::{AccountId, OrganisationId, PersonId, RunId, SessionId, UnitId, VenueId};
use domain::runs::HalfDay;

use crate::runs::{Run, run_columns};
use crate::{Records, StoreResult};

/// What calendars read of a session `s` of a run `r`. Joins and `WHERE` follow.
macro_rules! held_columns {
    () => {
        "s.id, s.run_id, s.day, s.half_day, s.starts_at, s.ends_at, s.venue, s.topic, m.name AS room, s.cancelled_at,
         s.cancellation_reason"
    };
}

/// The sessions with what their columns come from. `WHERE` follows.
macro_rules! held {
    () => {
        " FROM session s JOIN run r ON r.id = s.run_id LEFT JOIN room m ON m.id = s.room_id "
    };
}

/// Narrows to published runs of a filter with a session `s` from $1 to before $2.
macro_rules! on_calendar {
    () => {
        "r.published_at IS NOT NULL AND s.day >= $1 AND s.day < $2 AND (c.topic = $3 OR $3 IS NULL)
         AND (r.audience = $4 OR r.audience = 'everyone' OR $4 IS NULL)
         AND (EXISTS (SELECT 1 FROM unit_cover v WHERE v.unit_id = $5 AND v.covered_id = r.unit_id) OR $5 IS NULL)
         AND (r.selection_year IS NOT NULL OR $6 = FALSE)
         AND (EXISTS (SELECT 1 FROM room q WHERE q.id = s.room_id AND q.venue_id = $7) OR $7 IS NULL)
         AND (EXISTS (SELECT 1 FROM session_trainer w WHERE w.session_id = s.id AND w.person_id = $8) OR $8 IS NULL)"
    };
}

/// Whether the person $3 teaches the session `s`.
macro_rules! teaches {
    () => {
        "EXISTS (SELECT 1 FROM session_trainer w WHERE w.session_id = s.id AND w.person_id = $3)"
    };
}

/// Whether the person $3 has a place in the run `r`.
macro_rules! attends {
    () => {
        "EXISTS (SELECT 1 FROM enrolment e WHERE e.run_id = r.id AND e.person_id = $3 AND e.withdrawn_at IS NULL)"
    };
}

/// The places `e` of organisations that the account $4 represents on the day $5; of the organisation $6 alone when it is given.
macro_rules! represented {
    () => {
        " FROM enrolment e JOIN role_grant g ON g.organisation_id = e.organisation_id WHERE e.run_id = r.id AND e.withdrawn_at IS NULL
            AND g.account_id = $4 AND g.role = 'representative' AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5)
            AND (g.organisation_id = $6 OR $6 IS NULL) "
    };
}

/// Whether the run `r` is held in a unit that the account $4 is an officer or manager of on the day $5.
macro_rules! in_unit {
    () => {
        "EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id WHERE g.account_id = $4 AND v.covered_id = r.unit_id
            AND g.role IN ('unit_officer', 'manager', 'provincial_officer', 'administrator')
            AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5))"
    };
}

/// Narrows to sessions `s` of published runs from $1 to before $2 that concern somebody in one way or another.
macro_rules! own {
    () => {
        concat!(
            "r.published_at IS NOT NULL AND s.day >= $1 AND s.day < $2 AND (",
            teaches!(),
            " OR ",
            attends!(),
            " OR EXISTS (SELECT 1",
            represented!(),
            ") OR ",
            in_unit!(),
            ")"
        )
    };
}

statements! {
    RUNS = concat!(run_columns!(), "WHERE r.id IN (SELECT s.run_id FROM session s WHERE s.run_id = r.id AND ", on_calendar!(), ")
        ORDER BY first_day, c.position, r.name, r.id");
    SESSIONS = concat!("SELECT ", held_columns!(), held!(), "JOIN course c ON c.id = r.course_id WHERE ", on_calendar!(), "
        ORDER BY s.starts_at, s.id");
    TRAINERS = concat!("SELECT t.session_id, p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id
        JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id JOIN person p ON p.id = t.person_id WHERE ", on_calendar!(), "
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id");
    NEXT = concat!("SELECT MIN(s.day) FROM session s JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id
        WHERE r.cancelled_at IS NULL AND s.cancelled_at IS NULL AND ", on_calendar!());
    UNITS = "SELECT u.id, u.kind, u.name FROM unit u
        WHERE EXISTS (SELECT 1 FROM run r WHERE r.unit_id = u.id AND r.published_at IS NOT NULL) ORDER BY u.level DESC, u.name COLLATE \"vi\", u.code";
    VENUES = "SELECT v.id, v.name FROM venue v WHERE EXISTS (SELECT 1 FROM room m JOIN session s ON s.room_id = m.id
            JOIN run r ON r.id = s.run_id WHERE m.venue_id = v.id AND r.published_at IS NOT NULL)
        ORDER BY v.name COLLATE \"vi\", v.id";
    TAUGHT_BY = "SELECT p.id, p.full_name FROM person p WHERE EXISTS (SELECT 1 FROM session_trainer t JOIN session s ON s.id = t.session_id
            JOIN run r ON r.id = s.run_id WHERE t.person_id = p.id AND r.published_at IS NOT NULL)
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id";
    OWN_RUNS = concat!(run_columns!(), "WHERE r.id IN (SELECT s.run_id FROM session s WHERE s.run_id = r.id AND ", own!(), ")
        ORDER BY first_day, c.position, r.name, r.id");
    OWN_SESSIONS = concat!("SELECT ", held_columns!(), ", ", teaches!(), " AS teaches, ", attends!(), " AS attends,
        EXISTS (SELECT 1", represented!(), ") AS represents, ", in_unit!(), " AS in_unit", held!(), "WHERE ", own!(), "
        ORDER BY s.starts_at, s.id");
    OWN_TRAINERS = concat!("SELECT t.session_id, p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id
        JOIN run r ON r.id = s.run_id JOIN person p ON p.id = t.person_id WHERE ", own!(), "
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id");
    // Whom the organisations that the account $3 represents on the day $4 send; of the organisation $5 alone when it is given.
    SENT = "SELECT e.run_id, e.person_name FROM enrolment e JOIN role_grant g ON g.organisation_id = e.organisation_id
        WHERE e.withdrawn_at IS NULL AND g.account_id = $3 AND g.role = 'representative'
          AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4) AND (g.organisation_id = $5 OR $5 IS NULL)
          AND EXISTS (SELECT 1 FROM session s WHERE s.run_id = e.run_id AND s.day >= $1 AND s.day < $2)
        GROUP BY e.run_id, e.person_id, e.person_name, e.given_name, e.middle_name
        ORDER BY e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.person_id";
    OF_RUN = concat!("SELECT ", held_columns!(), held!(), "WHERE s.run_id = $1 ORDER BY s.starts_at, s.id");
    VERSION = "SELECT version, published_at FROM publication WHERE run_id = $1 ORDER BY version DESC LIMIT 1";
}

/// What part of the calendar is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// Only runs of courses of this topic.
    pub topic: Option<Topic>,
    /// Only runs that these can take; for selected organisations those that are for them alone.
    pub audience: Option<Addressee>,
    /// Only runs in this unit or one that it covers.
    pub unit: Option<UnitId>,
    /// Only sessions in a room of this venue.
    pub venue: Option<VenueId>,
    /// Only sessions that this person teaches.
    pub trainer: Option<PersonId>,
}

impl Filter {
    /// Everything from a day to before another.
    #[must_use]
    pub fn between(from: NaiveDate, to: NaiveDate) -> Filter {
        Filter { from, to, topic: None, audience: None, unit: None, venue: None, trainer: None }
    }

    /// The audience of the runs, and whether they are for selected organisations alone.
    fn addressed(&self) -> (Option<Audience>, bool) {
        (self.audience.map(Addressee::audience), self.audience.is_some_and(Addressee::selected_only))
    }
}

/// Whose calendar it is, and for which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// Who teaches and takes part.
    pub person: PersonId,
    /// The account whose roles count.
    pub account: AccountId,
    /// The day on which its roles count.
    pub today: NaiveDate,
    /// Of the organisations it represents this one alone.
    pub organisation: Option<OrganisationId>,
}

/// A session as calendars show it.
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
    /// The room of the register that it is held in.
    pub room: Option<String>,
    /// When it was called off by itself.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Why it was called off by itself.
    pub cancellation_reason: Option<String>,
}

impl Session {
    /// Where it is held: its room, unless its venue names it, and its venue or that of its run.
    #[must_use]
    pub fn place(&self, run: &Run) -> String {
        let venue = if self.venue.is_empty() { &run.venue } else { &self.venue };
        match &self.room {
            Some(room) if venue.is_empty() => room.clone(),
            Some(room) if !venue.contains(room.as_str()) => format!("{room}, {venue}"),
            _ => venue.clone(),
        }
    }

    /// Why it does not take place: its own reason, or that of its run.
    #[must_use]
    pub fn called_off<'r>(&'r self, run: &'r Run) -> Option<&'r str> {
        self.cancellation_reason.as_deref().or(run.cancellation_reason.as_deref())
    }
}

/// A session of somebody's own calendar, with why it stands there.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnSession {
    /// The session.
    #[sqlx(flatten)]
    pub session: Session,
    teaches: bool,
    attends: bool,
    represents: bool,
    in_unit: bool,
}

impl OwnSession {
    /// Why it stands in the calendar; never empty.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let parts = [
            (self.teaches, Part::Teaching),
            (self.attends, Part::Attending),
            (self.represents, Part::Organisation),
            (self.in_unit, Part::Unit),
        ];
        parts.into_iter().filter(|(holds, _)| *holds).map(|(_, part)| part)
    }
}

/// The runs of a filter, by their first day. Every run has a session in the period; others of it may lie outside.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<Run>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, RUNS, f.from, f.to, f.topic, audience, f.unit, selected, f.venue, f.trainer)
}

/// The sessions of a filter, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sessions(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<Session>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, SESSIONS, f.from, f.to, f.topic, audience, f.unit, selected, f.venue, f.trainer)
}

/// Who teaches the sessions of a filter: session and name, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn trainers(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<(SessionId, String)>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, TRAINERS, f.from, f.to, f.topic, audience, f.unit, selected, f.venue, f.trainer)
}

/// The first day of a filter on which a session takes place.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn first_day(records: &mut impl Records, filter: &Filter) -> StoreResult<Option<NaiveDate>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_value!(records, NEXT, f.from, f.to, f.topic, audience, f.unit, selected, f.venue, f.trainer)
}

/// The units that runs on the calendar are held in: identifier, kind and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units(records: &mut impl Records) -> StoreResult<Vec<(UnitId, String, String)>> {
    fetch_all!(records, UNITS)
}

/// The venues of the register that published sessions are held at, by name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn venues(records: &mut impl Records) -> StoreResult<Vec<(VenueId, String)>> {
    fetch_all!(records, VENUES)
}

/// Who teaches published sessions, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn taught_by(records: &mut impl Records) -> StoreResult<Vec<(PersonId, String)>> {
    fetch_all!(records, TAUGHT_BY)
}

/// The runs of somebody's own calendar, by their first day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn own_runs(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Run>> {
    let w = whose;
    fetch_all!(records, OWN_RUNS, w.from, w.to, w.person, w.account, w.today, w.organisation)
}

/// The sessions of somebody's own calendar, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn own_sessions(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<OwnSession>> {
    let w = whose;
    fetch_all!(records, OWN_SESSIONS, w.from, w.to, w.person, w.account, w.today, w.organisation)
}

/// Who teaches the sessions of somebody's own calendar: session and name, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn own_trainers(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<(SessionId, String)>> {
    let w = whose;
    fetch_all!(records, OWN_TRAINERS, w.from, w.to, w.person, w.account, w.today, w.organisation)
}

/// Whom the organisations of a representative send: run and name, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sent(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<(RunId, String)>> {
    let w = whose;
    fetch_all!(records, SENT, w.from, w.to, w.account, w.today, w.organisation)
}

/// The sessions of a run as calendars show them, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Session>> {
    fetch_all!(records, OF_RUN, run)
}

/// The last published version of a run's timetable: its number and when it was published. None when its publications
/// were not numbered yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn version(records: &mut impl Records, run: RunId) -> StoreResult<Option<(i64, DateTime<Utc>)>> {
    fetch_optional!(records, VERSION, run)
}
