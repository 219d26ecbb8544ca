//! Writing requests: a step and where the request stands after it, always together.

use chrono::{DateTime, Utc};
use domain::enrolments::EnrolmentSource;
use domain::ids::{AccountId, CourseId, EnrolmentId, OrganisationId, PersonId, RequestId, RequestStepId, RunId};
use domain::requests::{Approval, State, Step};

use super::Request;
use crate::{StoreResult, Work};

statements! {
    ADD = "INSERT INTO request (id, person_id, organisation_id, course_id, source, needs, state, state_at, version, asked_number)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 1) ON CONFLICT (person_id, course_id) WHERE closed_at IS NULL DO NOTHING";
    ADD_STEP = "INSERT INTO request_step (id, request_id, number, kind, level, needs, enrolment_id, note, done_at, done_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_CHOICE = "INSERT INTO request_choice (request_id, number, place, run_id) VALUES ($1, $2, $3, $4)";
    // Only from the version that was read: of two who decide at once the second finds it changed.
    MOVE = "UPDATE request SET version = version + 1, state = $3, state_at = $4, needs = $5, asked_number = $6, enrolment_id = $7,
        closed_at = $8 WHERE id = $1 AND version = $2";
    CLOSE = "UPDATE request SET closed_at = $3 WHERE id = $1 AND version = $2 AND closed_at IS NULL";
}

/// A step with who took it, when, and what they said.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// Its identifier.
    pub id: RequestStepId,
    /// What happens.
    pub step: Step,
    /// The place that it is about.
    pub enrolment: Option<EnrolmentId>,
    /// What is said.
    pub note: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; none for what became of an offer without anybody signed in.
    pub by: Option<AccountId>,
}

/// A request that is made.
#[derive(Debug, Clone, Copy)]
pub struct NewRequest {
    /// Its identifier.
    pub id: RequestId,
    /// Who is to be trained.
    pub person: PersonId,
    /// Who asks.
    pub organisation: OrganisationId,
    /// The course.
    pub course: CourseId,
    /// How it came in.
    pub source: EnrolmentSource,
}

/// Adds a request with its first step, which asks for `runs`; false when the person is asked for in the course already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(
    work: &mut Work,
    request: &NewRequest,
    (state, needs): (State, Approval),
    step: &NewStep<'_>,
    runs: &[RunId],
) -> StoreResult<bool> {
    let r = request;
    if execute!(work, ADD, r.id, r.person, r.organisation, r.course, r.source, needs, state, step.at)? == 0 {
        return Ok(false);
    }
    add_step(work, r.id, 1, step).await?;
    add_choices(work, r.id, 1, runs).await?;
    Ok(true)
}

/// Where a request stands after a step.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    /// Its state.
    pub state: State,
    /// What it needs.
    pub needs: Approval,
    /// Its place.
    pub enrolment: Option<EnrolmentId>,
    /// Since when the person can be asked for anew.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Takes a step with a request as it was read; `runs` are those it asks for from now on, when it says so anew. False when
/// somebody was faster: then nothing was written.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn step(work: &mut Work, was: &Request, step: &NewStep<'_>, now: Moved, runs: Option<&[RunId]>) -> StoreResult<bool> {
    let number = was.version + 1;
    let asked = if runs.is_some() { number } else { was.asked_number };
    let since = if now.state == was.state { was.state_at } else { step.at };
    let moved = execute!(work, MOVE, was.id, was.version, now.state, since, now.needs, asked, now.enrolment, now.closed_at)?;
    if moved == 0 {
        return Ok(false);
    }
    add_step(work, was.id, number, step).await?;
    if let Some(runs) = runs {
        add_choices(work, was.id, number, runs).await?;
    }
    Ok(true)
}

async fn add_step(work: &mut Work, request: RequestId, number: i64, step: &NewStep<'_>) -> StoreResult<()> {
    let (s, what) = (step, step.step);
    execute!(work, ADD_STEP, s.id, request, number, what.kind, what.level, what.needs, s.enrolment, s.note, s.at, s.by)?;
    Ok(())
}

async fn add_choices(work: &mut Work, request: RequestId, number: i64, runs: &[RunId]) -> StoreResult<()> {
    for (place, run) in (1_i64..).zip(runs) {
        execute!(work, ADD_CHOICE, request, number, place, run)?;
    }
    Ok(())
}

/// Says that a request does not keep its person from being asked for anew; false when somebody was faster.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn close(work: &mut Work, request: &Request, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, CLOSE, request.id, request.version, now)? == 1)
}
