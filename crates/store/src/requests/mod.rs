//! Requests for places: where each stands, its history, its choices.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::enrolments::EnrolmentSource;
use domain::ids::{AccountId, CourseId, EnrolmentId, OrganisationId, PersonId, RequestId, RunId, UnitId, WaitingId};
use domain::requests::{Approval, Level, State, Step, StepKind};
use domain::units::UnitLevel;

use crate::{Records, StoreResult};

pub mod placings;
pub mod writing;

/// What is read of a request wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! request_columns {
    () => {
        "SELECT q.id, q.person_id, p.full_name AS person_name, q.organisation_id, o.name AS organisation_name, o.unit_id,
         u.kind AS unit_kind, u.name AS unit_name, u.level AS unit_level, q.course_id, c.code AS course_code,
         c.title AS course_title, c.title_english AS course_title_english, q.source, q.needs, q.state, q.state_at, q.version,
         q.asked_number, q.enrolment_id, e.run_id AS placed_in, q.closed_at, s.done_at AS asked_at, s.note
         FROM request q JOIN person p ON p.id = q.person_id JOIN organisation o ON o.id = q.organisation_id
         JOIN unit u ON u.id = o.unit_id JOIN course c ON c.id = q.course_id
         JOIN request_step s ON s.request_id = q.id AND s.number = q.asked_number
         LEFT JOIN enrolment e ON e.id = q.enrolment_id "
    };
}

/// What a list of requests is narrowed to: $1 a run, $2 a unit, $3 a state, $4 a course, $5 an organisation, each when it
/// is not null; $6 the whole province, else what account $7 decides on or speaks for on day $8.
macro_rules! listed {
    () => {
        "WHERE (EXISTS (SELECT 1 FROM request_choice w WHERE w.request_id = q.id AND w.number = q.asked_number AND w.run_id = $1) OR $1 IS NULL)
         AND (EXISTS (SELECT 1 FROM unit_cover v WHERE v.unit_id = $2 AND v.covered_id = o.unit_id) OR $2 IS NULL)
         AND (q.state = $3 OR $3 IS NULL) AND (q.course_id = $4 OR $4 IS NULL) AND (q.organisation_id = $5 OR $5 IS NULL)
         AND ($6 = TRUE
            OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id WHERE g.account_id = $7 AND v.covered_id = o.unit_id
                AND g.role = 'unit_officer' AND g.valid_from <= $8 AND (g.valid_to IS NULL OR g.valid_to >= $8))
            OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $7 AND g.organisation_id = o.id AND g.role = 'representative'
                AND g.valid_from <= $8 AND (g.valid_to IS NULL OR g.valid_to >= $8)))"
    };
}

/// Whether the reader sees the requests of organisation `o`: $1 the whole province, else account $2 on day $3.
macro_rules! within_reach {
    () => {
        "($1 = TRUE
            OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id WHERE g.account_id = $2 AND v.covered_id = o.unit_id
                AND g.role = 'unit_officer' AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))
            OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $2 AND g.organisation_id = o.id AND g.role = 'representative'
                AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)))"
    };
}

statements! {
    // What a list can be narrowed to: the runs that are asked for, the units from which.
    RUNS_ASKED_FOR = concat!("SELECT DISTINCT r.id, c.code || ' · ' || r.name AS name FROM request q JOIN organisation o ON o.id = q.organisation_id
        JOIN request_choice w ON w.request_id = q.id AND w.number = q.asked_number JOIN run r ON r.id = w.run_id JOIN course c ON c.id = r.course_id
        WHERE q.closed_at IS NULL AND ", within_reach!(), " ORDER BY name, r.id LIMIT 200");
    UNITS_ASKING = concat!("SELECT DISTINCT u.id, u.name || ' (' || u.kind || ')' AS name FROM request q JOIN organisation o ON o.id = q.organisation_id
        JOIN unit u ON u.id = o.unit_id WHERE ", within_reach!(), " ORDER BY name, u.id LIMIT 700");
    FIND = concat!(request_columns!(), "WHERE q.id = $1");
    LIVE = concat!(request_columns!(), "WHERE q.person_id = $1 AND q.course_id = $2 AND q.closed_at IS NULL");
    BY_ENROLMENT = concat!(request_columns!(), "WHERE q.enrolment_id = $1");
    // Whoever was approved, has no place yet, and chose the run.
    APPROVED = concat!(request_columns!(), "WHERE q.person_id = $1 AND q.state = 'approved' AND q.closed_at IS NULL
        AND EXISTS (SELECT 1 FROM request_choice w WHERE w.request_id = q.id AND w.number = q.asked_number AND w.run_id = $2)");
    LISTED = concat!(request_columns!(), listed!(), " ORDER BY CASE WHEN q.state IN ('waiting_unit', 'waiting_province') THEN 0 WHEN q.closed_at IS NULL THEN 1 ELSE 2 END,
        s.done_at, q.id LIMIT $9 OFFSET $10");
    COUNTED = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM request q JOIN organisation o ON o.id = q.organisation_id ", listed!());
    TO_PLACE = concat!(request_columns!(), "WHERE q.course_id = $1 AND q.closed_at IS NULL
        AND q.state IN ('waiting_unit', 'waiting_province', 'approved') ORDER BY q.id LIMIT 1000");
    CHOICES = "SELECT w.run_id FROM request_choice w JOIN request q ON q.id = w.request_id AND q.asked_number = w.number
        WHERE q.id = $1 ORDER BY w.place";
    STEPS = "SELECT s.number, s.kind, s.level, s.needs, s.note, s.done_at, p.full_name AS by_name, c.title AS course_title,
            c.title_english AS course_title_english, r.name AS run_name
        FROM request_step s LEFT JOIN account a ON a.id = s.done_by LEFT JOIN person p ON p.id = a.person_id
        LEFT JOIN enrolment e ON e.id = s.enrolment_id LEFT JOIN run r ON r.id = e.run_id LEFT JOIN course c ON c.id = r.course_id
        WHERE s.request_id = $1 ORDER BY s.number";
    // The day on which a person was refused a place in a run.
    REFUSED = "SELECT s.done_at FROM request q JOIN request_step s ON s.request_id = q.id AND s.kind = 'refused'
        JOIN request_choice w ON w.request_id = q.id AND w.number = q.asked_number
        WHERE q.person_id = $1 AND w.run_id = $2 ORDER BY s.done_at DESC LIMIT 1";
    // People who wait for a decision or a seat in a run, or can send their request again.
    WAITING_FOR = "SELECT CAST(COUNT(*) AS BIGINT) FROM request_choice w JOIN request q ON q.id = w.request_id AND q.asked_number = w.number
        WHERE w.run_id = $1 AND q.closed_at IS NULL AND q.state <> 'placed'";
    // Runs of a course that are asked for, or can be: published ones that give places by approval.
    RUNS = "SELECT r.id FROM run r WHERE r.course_id = $1 AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL
        AND r.approval <> 'none' AND r.enrolment_deadline >= $2 ORDER BY r.enrolment_deadline, r.name, r.id";
    // Where a person waits for a seat by a request.
    WAITING = "SELECT w.id FROM waiting_entry w JOIN run r ON r.id = w.run_id WHERE w.person_id = $1 AND r.course_id = $2
        AND w.left_at IS NULL AND r.approval <> 'none' ORDER BY w.run_id";
    AFTER = "SELECT id, state FROM request WHERE id > $1 ORDER BY id LIMIT 500";
    REPLAYED = "SELECT kind, level, needs FROM request_step WHERE request_id = $1 ORDER BY number";
}

/// A request with what lists show of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    /// Its identifier.
    pub id: RequestId,
    /// Who is to be trained.
    pub person_id: PersonId,
    /// Their name.
    pub person_name: String,
    /// Who asks.
    pub organisation_id: OrganisationId,
    /// Their name.
    pub organisation_name: String,
    /// The unit they lie in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// The tier of that unit.
    pub unit_level: UnitLevel,
    /// The course.
    pub course_id: CourseId,
    /// Its code.
    pub course_code: String,
    /// Its title in Vietnamese.
    pub course_title: String,
    /// Its title in English.
    pub course_title_english: String,
    /// How it came in.
    pub source: EnrolmentSource,
    /// Who must approve it.
    pub needs: Approval,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// How many steps it has: counts up with each.
    pub version: i64,
    /// The step that last said what is asked for.
    pub asked_number: i64,
    /// The place that the person has by it.
    pub enrolment_id: Option<EnrolmentId>,
    /// The run of that place.
    pub placed_in: Option<RunId>,
    /// Since when the person can be asked for anew.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was last sent.
    pub asked_at: DateTime<Utc>,
    /// What was said then.
    pub note: String,
}

impl Request {
    /// The title of its course in the language of its reader.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.course_title,
            Language::English => &self.course_title_english,
        }
    }

    /// The unit of its organisation: `Xã Xuân Lập`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }
}

/// A line of the history of a request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestStep {
    /// Its number, from 1.
    pub number: i64,
    /// What happened.
    pub kind: StepKind,
    /// The level that decided, or whose approval was taken back.
    pub level: Option<Level>,
    /// The approval that is needed from here on.
    pub needs: Option<Approval>,
    /// What was said: the note of who asked, the reason of who decided.
    pub note: String,
    /// When.
    pub done_at: DateTime<Utc>,
    /// Who did it, where somebody was signed in.
    pub by_name: Option<String>,
    /// The title of the course of the place that it is about.
    pub course_title: Option<String>,
    /// The same in English.
    pub course_title_english: Option<String>,
    /// What tells the run of that place from others.
    pub run_name: Option<String>,
}

impl RequestStep {
    /// The run of the place that it is about, in the language of its reader.
    #[must_use]
    pub fn run_title(&self, language: Language) -> Option<String> {
        let titles = (self.course_title.as_deref()?, self.course_title_english.as_deref()?);
        Some(domain::runs::title(language, titles, self.run_name.as_deref()?))
    }
}

/// Which requests are read.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// Only those that name this run.
    pub run: Option<RunId>,
    /// Only of organisations in this unit or one that it covers.
    pub unit: Option<UnitId>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only for this course.
    pub course: Option<CourseId>,
    /// Only of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Whether the reader sees the whole province.
    pub everywhere: bool,
    /// The reader's account.
    pub account: AccountId,
    /// The day on which its grants hold.
    pub today: NaiveDate,
}

/// One request.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RequestId) -> StoreResult<Option<Request>> {
    fetch_optional!(records, FIND, id)
}

/// The request that keeps a person from being asked for again in a course, if any.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live(records: &mut impl Records, person: PersonId, course: CourseId) -> StoreResult<Option<Request>> {
    fetch_optional!(records, LIVE, person, course)
}

/// The request by which somebody has a place.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_enrolment(records: &mut impl Records, id: EnrolmentId) -> StoreResult<Option<Request>> {
    fetch_optional!(records, BY_ENROLMENT, id)
}

/// The request by which a person may take a place in a run: approved, and without one.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn approved(records: &mut impl Records, person: PersonId, run: RunId) -> StoreResult<Option<Request>> {
    fetch_optional!(records, APPROVED, person, run)
}

/// A page of requests, the longest waiting first, and how many there are in all.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn list(records: &mut impl Records, which: &Which, most: i64, from: i64) -> StoreResult<(Vec<Request>, i64)> {
    let w = which;
    let counted =
        fetch_value!(records, COUNTED, w.run, w.unit, w.state, w.course, w.organisation, w.everywhere, w.account, w.today)?;
    let page = fetch_all!(
        records,
        LISTED,
        w.run,
        w.unit,
        w.state,
        w.course,
        w.organisation,
        w.everywhere,
        w.account,
        w.today,
        most,
        from
    )?;
    Ok((page, counted))
}

/// The runs that open requests within a reader's reach ask for, and the units from which all within it come, each with its name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn narrowing(
    records: &mut impl Records,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<(Vec<(RunId, String)>, Vec<(UnitId, String)>)> {
    let runs = fetch_all!(records, RUNS_ASKED_FOR, everywhere, account, today)?;
    let units = fetch_all!(records, UNITS_ASKING, everywhere, account, today)?;
    Ok((runs, units))
}

/// The requests of a course that wait for a decision or a seat, the oldest first; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn to_place(records: &mut impl Records, course: CourseId) -> StoreResult<Vec<Request>> {
    fetch_all!(records, TO_PLACE, course)
}

/// The runs that a request asks for, the first choice first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn choices(records: &mut impl Records, id: RequestId) -> StoreResult<Vec<RunId>> {
    let rows: Vec<(RunId,)> = fetch_all!(records, CHOICES, id)?;
    Ok(rows.into_iter().map(|(run,)| run).collect())
}

/// The history of a request, in order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn steps(records: &mut impl Records, id: RequestId) -> StoreResult<Vec<RequestStep>> {
    fetch_all!(records, STEPS, id)
}

/// When a person was last refused a place in a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn refused(records: &mut impl Records, person: PersonId, run: RunId) -> StoreResult<Option<DateTime<Utc>>> {
    let row: Option<(DateTime<Utc>,)> = fetch_optional!(records, REFUSED, person, run)?;
    Ok(row.map(|(at,)| at))
}

/// How many people are asked for in a run who have no place by it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn waiting_for(records: &mut impl Records, run: RunId) -> StoreResult<i64> {
    fetch_value!(records, WAITING_FOR, run)
}

/// The runs of a course that can be asked for on `today`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs(records: &mut impl Records, course: CourseId, today: NaiveDate) -> StoreResult<Vec<RunId>> {
    let rows: Vec<(RunId,)> = fetch_all!(records, RUNS, course, today)?;
    Ok(rows.into_iter().map(|(run,)| run).collect())
}

/// The places on waiting lists that a person has in runs of a course which give places by approval.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn waiting(records: &mut impl Records, person: PersonId, course: CourseId) -> StoreResult<Vec<WaitingId>> {
    let rows: Vec<(WaitingId,)> = fetch_all!(records, WAITING, person, course)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The requests after `last`, by identifier, with where they stand; 500 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn after(records: &mut impl Records, last: RequestId) -> StoreResult<Vec<(RequestId, State)>> {
    fetch_all!(records, AFTER, last)
}

/// The steps of a request as its rule reads them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn replayed(records: &mut impl Records, id: RequestId) -> StoreResult<Vec<Step>> {
    let rows: Vec<(StepKind, Option<Level>, Option<Approval>)> = fetch_all!(records, REPLAYED, id)?;
    Ok(rows.into_iter().map(|(kind, level, needs)| Step { kind, level, needs }).collect())
}
