//! People who were placed at once, from the board of a course.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, CourseId, EnrolmentId, PlacingId, RequestId, RunId, WaitingId};

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO request_placing (id, course_id, placed_at, placed_by) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
    ADD_PLACE = "INSERT INTO request_placed (placing_id, request_id, enrolment_id, approved) VALUES ($1, $2, $3, $4)";
    ADD_UNQUEUED = "INSERT INTO request_unqueued (placing_id, request_id, waiting_id) VALUES ($1, $2, $3)";
    LAST = "SELECT b.id, b.placed_at, p.full_name AS placed_by_name, (SELECT CAST(COUNT(*) AS BIGINT) FROM request_placed x WHERE x.placing_id = b.id) AS places
        FROM request_placing b JOIN account a ON a.id = b.placed_by JOIN person p ON p.id = a.person_id
        WHERE b.course_id = $1 AND b.undone_at IS NULL ORDER BY b.placed_at DESC, b.id DESC LIMIT 1";
    // What still is as it was placed; what was given back or decided on anew since is nobody's to undo.
    PLACES = "SELECT x.request_id, x.enrolment_id, x.approved, e.run_id FROM request_placed x JOIN request q ON q.id = x.request_id
        AND q.enrolment_id = x.enrolment_id AND q.state = 'placed' JOIN enrolment e ON e.id = x.enrolment_id
        WHERE x.placing_id = $1 ORDER BY x.request_id";
    UNQUEUED = "SELECT x.waiting_id, w.run_id FROM request_unqueued x JOIN waiting_entry w ON w.id = x.waiting_id
        WHERE x.placing_id = $1 AND x.request_id = $2 ORDER BY x.waiting_id";
    UNDO = "UPDATE request_placing SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL";
}

/// What was placed at once.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Placing {
    /// Its identifier.
    pub id: PlacingId,
    /// When.
    pub placed_at: DateTime<Utc>,
    /// By whom.
    pub placed_by_name: String,
    /// How many people.
    pub places: i64,
}

/// A place that was given by a placing, and what undoing it has to restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct GivenPlace {
    /// The request.
    #[sqlx(rename = "request_id")]
    pub request: RequestId,
    /// The place.
    #[sqlx(rename = "enrolment_id")]
    pub enrolment: EnrolmentId,
    /// Whether the approval of the province was given with it.
    pub approved: bool,
    /// Its run.
    #[sqlx(rename = "run_id")]
    pub run: RunId,
}

/// Keeps that somebody was placed together with others of a course, and the places on waiting lists which that ended.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(
    work: &mut Work,
    (id, course): (PlacingId, CourseId),
    place: GivenPlace,
    unqueued: &[WaitingId],
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, ADD, id, course, now, by)?;
    execute!(work, ADD_PLACE, id, place.request, place.enrolment, place.approved)?;
    for entry in unqueued {
        execute!(work, ADD_UNQUEUED, id, place.request, *entry)?;
    }
    Ok(())
}

/// What was last placed in a course and not taken back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn last(records: &mut impl Records, course: CourseId) -> StoreResult<Option<Placing>> {
    fetch_optional!(records, LAST, course)
}

/// The places that still are as they were placed.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn places(records: &mut impl Records, id: PlacingId) -> StoreResult<Vec<GivenPlace>> {
    fetch_all!(records, PLACES, id)
}

/// The places on waiting lists that somebody lost by being placed, each with its run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn unqueued(records: &mut impl Records, id: PlacingId, request: RequestId) -> StoreResult<Vec<(WaitingId, RunId)>> {
    fetch_all!(records, UNQUEUED, id, request)
}

/// Keeps that it was taken back; false when it was already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn undo(work: &mut Work, id: PlacingId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, UNDO, id, now, by)? == 1)
}
