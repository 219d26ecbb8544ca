//! Places that passed from one person of an organisation to another, or with their person to another run.

use chrono::{DateTime, NaiveDate, Utc};
use domain::enrolments::PlaceChange;
use domain::ids::{AccountId, CourseId, EnrolmentId, RunId};

use crate::runs::{Run, run_columns};
use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO place_change (left_id, taken_id, kind, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)";
    INTO_RUN = "SELECT c.taken_id, c.kind, l.person_name, l.run_id FROM place_change c JOIN enrolment l ON l.id = c.left_id
        JOIN enrolment t ON t.id = c.taken_id WHERE t.run_id = $1";
    OTHER_RUNS = concat!(run_columns!(), "WHERE r.course_id = $1 AND r.id <> $2 AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL
        AND r.closed_at IS NULL AND r.enrolment_deadline >= $3 ORDER BY first_day, r.name, r.id LIMIT 100");
}

/// How somebody came to their place.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CameBy {
    /// Their place.
    pub taken_id: EnrolmentId,
    /// What happened.
    pub kind: PlaceChange,
    /// Who had it before: another person, or they themselves in another run.
    pub person_name: String,
    /// The run of the place that was left.
    pub run_id: RunId,
}

/// Notes that a place passed on.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when it passed on before.
pub async fn add(
    work: &mut Work,
    (left, taken): (EnrolmentId, EnrolmentId),
    kind: PlaceChange,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, ADD, left, taken, kind, now, by)?;
    Ok(())
}

/// How those came to their places in a run who did not enrol for them, in no order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn into_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<CameBy>> {
    fetch_all!(records, INTO_RUN, run)
}

/// The other runs of a course that take people on `today`, the next first; 100 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn other_runs(records: &mut impl Records, course: CourseId, but: RunId, today: NaiveDate) -> StoreResult<Vec<Run>> {
    fetch_all!(records, OTHER_RUNS, course, but, today)
}
