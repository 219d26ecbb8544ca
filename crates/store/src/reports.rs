//! What reports are counted from: a few fat questions, grouped in Rust.

use chrono::NaiveDate;
use domain::completion::Outcome;
use domain::courses::Audience;
use domain::ids::{CourseId, OrganisationId, PersonId, RunId, UnitId};
use domain::requirements::Progress;
use uuid::Uuid;

use crate::units::Unit;
use crate::{Records, StoreResult};

/// How far somebody got with each required course of a year, over the live places in runs that began in it.
/// $1 year, $2 audience, $3 and $4 first and last day of the year. The column that says whose it is comes first.
macro_rules! progress {
    ($whose:literal, $narrowed:literal) => {
        concat!(
            "SELECT ",
            $whose,
            " AS id, r.course_id, MIN(CASE WHEN k.outcome = 'completed' THEN d.last_day END) AS completed_on,
             MAX(CASE WHEN r.closed_at IS NULL AND r.cancelled_at IS NULL AND r.published_at IS NOT NULL THEN 1 ELSE 0 END) = 1 AS has_place
             FROM requirement q JOIN run r ON r.course_id = q.course_id
             JOIN (SELECT run_id, MIN(day) AS first_day, MAX(day) AS last_day FROM held_session GROUP BY run_id) d
                ON d.run_id = r.id AND d.first_day BETWEEN $3 AND $4
             JOIN enrolment e ON e.run_id = r.id AND e.withdrawn_at IS NULL ",
            $narrowed,
            " LEFT JOIN completion k ON k.enrolment_id = e.id
             WHERE q.year = $1 AND q.audience = $2 GROUP BY ",
            $whose,
            ", r.course_id"
        )
    };
}

statements! {
    ROOT = "SELECT id FROM unit WHERE parent_id IS NULL AND (valid_from IS NULL OR valid_from <= $1) AND (valid_to IS NULL OR valid_to > $1)
        ORDER BY code LIMIT 1";
    CHILDREN = "SELECT id, code, name, kind, level, parent_id, valid_from, valid_to FROM unit
        WHERE parent_id = $1 AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to > $2)
        ORDER BY name COLLATE \"vi\", code";
    CHILD_COVERS = "SELECT c.covered_id, u.id FROM unit u JOIN unit_cover c ON c.unit_id = u.id
        WHERE u.parent_id = $1 AND (u.valid_from IS NULL OR u.valid_from <= $2) AND (u.valid_to IS NULL OR u.valid_to > $2)";
    ORGANISATIONS = "SELECT o.id, o.name, o.id AS organisation_id, o.name AS organisation_name, o.unit_id, u.kind AS unit_kind, u.name AS unit_name
        FROM organisation o JOIN unit_cover c ON c.covered_id = o.unit_id JOIN unit u ON u.id = o.unit_id
        WHERE c.unit_id = $1 AND o.kind <> 'state_body' ORDER BY o.name COLLATE \"vi\", o.id";
    // Who belongs to two state bodies is listed for both; the first in the order of the list is kept in Rust.
    OFFICERS = "SELECT p.id, p.full_name AS name, o.id AS organisation_id, o.name AS organisation_name, o.unit_id, u.kind AS unit_kind,
        u.name AS unit_name FROM membership m JOIN person p ON p.id = m.person_id
        JOIN organisation o ON o.id = m.organisation_id AND o.kind = 'state_body'
        JOIN unit_cover c ON c.covered_id = o.unit_id JOIN unit u ON u.id = o.unit_id
        WHERE c.unit_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id, m.valid_from DESC";
    PROGRESS_OF_ORGANISATIONS = progress!(
        "e.organisation_id",
        "JOIN organisation o ON o.id = e.organisation_id JOIN unit_cover c ON c.covered_id = o.unit_id AND c.unit_id = $5"
    );
    // Not narrowed: an officer keeps what was completed in another office.
    PROGRESS_OF_OFFICERS = progress!("e.person_id", "");
    TRAINED = "SELECT r.course_id, r.id AS run_id, r.name AS run_name, d.first_day, d.last_day, e.person_id, e.person_name, k.outcome
        FROM requirement q JOIN run r ON r.course_id = q.course_id AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL
        JOIN (SELECT run_id, MIN(day) AS first_day, MAX(day) AS last_day FROM held_session GROUP BY run_id) d
            ON d.run_id = r.id AND d.first_day BETWEEN $4 AND $5
        JOIN enrolment e ON e.run_id = r.id AND e.withdrawn_at IS NULL AND e.organisation_id = $3
        LEFT JOIN completion k ON k.enrolment_id = e.id
        WHERE q.year = $1 AND q.audience = $2
        ORDER BY d.first_day, r.id, e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id";
}

/// Who answers for required training: an organisation, or an officer of a state body.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Subject {
    /// The organisation or the person.
    pub id: Uuid,
    /// Its or their name.
    pub name: String,
    /// The organisation itself, or the state body of the officer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The unit it lies in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
}

impl Subject {
    /// Kind and name of its unit.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }
}

/// The year, audience and unit that a report is about.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// The year of the requirements.
    pub year: i64,
    /// Whom they are for.
    pub audience: Audience,
    /// The unit that covers the organisations.
    pub unit: UnitId,
    /// First and last day of the year.
    pub days: (NaiveDate, NaiveDate),
}

/// One person of an organisation in one run of a required course.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Trained {
    /// What was taught.
    pub course_id: CourseId,
    /// In which run.
    pub run_id: RunId,
    /// The name of the run.
    pub run_name: String,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Who.
    pub person_id: PersonId,
    /// Their name as it was.
    pub person_name: String,
    /// What was decided; none yet while the run is not closed.
    pub outcome: Option<Outcome>,
}

/// The unit above all others on `day`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn root(records: &mut impl Records, day: NaiveDate) -> StoreResult<Option<UnitId>> {
    let row: Option<(UnitId,)> = fetch_optional!(records, ROOT, day)?;
    Ok(row.map(|(id,)| id))
}

/// The units right below a unit on `day`, by name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn children(records: &mut impl Records, unit: UnitId, day: NaiveDate) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, CHILDREN, unit, day)
}

/// What the units right below a unit cover: (covered unit, child).
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn child_covers(records: &mut impl Records, unit: UnitId, day: NaiveDate) -> StoreResult<Vec<(UnitId, UnitId)>> {
    fetch_all!(records, CHILD_COVERS, unit, day)
}

/// Everybody in a unit who answers for training that is required of an audience: organisations as they are, officers
/// as they belong to state bodies on `day`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn subjects(records: &mut impl Records, audience: Audience, unit: UnitId, day: NaiveDate) -> StoreResult<Vec<Subject>> {
    match audience {
        Audience::Officers => fetch_all!(records, OFFICERS, unit, day),
        Audience::Organisations | Audience::Everyone => fetch_all!(records, ORGANISATIONS, unit),
    }
}

/// How far each subject got with each required course; who did nothing is not in it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn progress(records: &mut impl Records, extent: &Extent) -> StoreResult<Vec<(Uuid, CourseId, Progress)>> {
    let e = extent;
    let rows: Vec<(Uuid, CourseId, Option<NaiveDate>, bool)> = match e.audience {
        Audience::Officers => fetch_all!(records, PROGRESS_OF_OFFICERS, e.year, e.audience, e.days.0, e.days.1)?,
        Audience::Organisations | Audience::Everyone => {
            fetch_all!(records, PROGRESS_OF_ORGANISATIONS, e.year, e.audience, e.days.0, e.days.1, e.unit)?
        }
    };
    let progress = |completed_on, has_place| Progress { completed_on, has_place };
    Ok(rows.into_iter().map(|(id, course, day, place)| (id, course, progress(day, place))).collect())
}

/// The people of an organisation in runs of required courses, in order of time and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn trained(
    records: &mut impl Records,
    (year, audience, days): (i64, Audience, (NaiveDate, NaiveDate)),
    organisation: OrganisationId,
) -> StoreResult<Vec<Trained>> {
    fetch_all!(records, TRAINED, year, audience, organisation, days.0, days.1)
}
