//! Requests: organisations ask for places that are given by approval; units and the province decide; who is approved takes a
//! place on the one path on which places are taken.
//!
//! The right to a place is read from the records in [`rights`], wherever somebody is about to take one: no page, list or
//! offer can pass it by.

mod ask;
mod change;
mod decide;
mod places;
mod placing;
mod queue;
mod seat;
mod show;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{AccountId, EnrolmentId, RequestId, RequestStepId, RunId};
use domain::policy::{Action, may, may_everywhere};
use domain::requests::{Level, State, Step, StepKind, after};
use store::requests::Request;
use store::requests::writing::{Moved, NewStep};
use store::runs::Run;
use store::{Records, Work};

pub use ask::{AskCommand, Asked, ask};
pub use change::{ChangeCommand, change, withdraw};
pub use decide::{DecideCommand, Decided, Line, approve_all, decide};
pub(crate) use places::{given_back, has_right, placed, rights, wait_for};
pub use placing::{Board, Candidate, PlaceCommand, Placed, board, place, undo};
pub use show::{Listed, PAGE, RequestStep, Shown, Wish, list, runs_to_choose, show};

use crate::{Office, Outcome, organisation_target, runs};

/// What is done with a request.
struct Advance<'a> {
    step: Step,
    /// The place that it is about.
    enrolment: Option<EnrolmentId>,
    note: &'a str,
    by: AccountId,
    /// The runs that are asked for from now on.
    runs: Option<&'a [RunId]>,
}

impl<'a> Advance<'a> {
    fn new(kind: StepKind, by: AccountId, note: &'a str) -> Advance<'a> {
        Advance { step: Step { kind, level: None, needs: None }, enrolment: None, note, by, runs: None }
    }

    fn about(self, enrolment: Option<EnrolmentId>) -> Advance<'a> {
        Advance { enrolment, ..self }
    }
}

/// Takes a step with a request, which is as it stands after it.
///
/// # Errors
/// What [`after`] refuses; [`Refusal::ChangedMeanwhile`] when somebody was faster.
async fn advance(office: &Office, work: &mut Work, request: &mut Request, advance: Advance<'_>) -> Outcome<()> {
    let state = after(Some(request.state), request.needs, advance.step)?;
    let enrolment = match advance.step.kind {
        StepKind::Placed => advance.enrolment,
        StepKind::GivenBack => None,
        _ => request.enrolment_id,
    };
    let now = office.now();
    let closed_at = request.closed_at.or_else(|| state.is_over().then_some(now));
    let moved = Moved { state, needs: advance.step.needs.unwrap_or(request.needs), enrolment, closed_at };
    let step = NewStep {
        id: RequestStepId(office.id()),
        step: advance.step,
        enrolment: advance.enrolment,
        note: advance.note,
        at: now,
        by: advance.by,
    };
    if !store::requests::writing::step(work, request, &step, moved, advance.runs).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let was = request.state;
    *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
    if was == State::Approved && state != State::Approved {
        queue::unqueue(office, work, request, None, advance.by).await?;
    }
    Ok(())
}

/// A request with the runs it asks for, all held against others until the unit of work ends, and `more` runs with them.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::ChangedMeanwhile`] when it was changed just now.
async fn held(work: &mut Work, id: RequestId, more: &[RunId]) -> Outcome<(Request, Vec<Run>)> {
    let before = store::requests::find(work, id).await?.ok_or(Refusal::NotFound)?;
    let choices = store::requests::choices(work, id).await?;
    runs::hold(work, choices.iter().chain(&before.placed_in).chain(more)).await?;
    let request = store::requests::find(work, id).await?.ok_or(Refusal::NotFound)?;
    if request.version != before.version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    Ok((request, read(work, &choices).await?))
}

/// Runs, in the order of their identifiers in `ids`.
async fn read(records: &mut impl Records, ids: &[RunId]) -> Outcome<Vec<Run>> {
    let mut runs = Vec::with_capacity(ids.len());
    for id in ids {
        runs.push(store::runs::find(records, *id).await?.ok_or(Refusal::NotFound)?);
    }
    Ok(runs)
}

/// The level at which a request can be decided on now, if `actor` decides there. The unit's officer decides for the unit;
/// the province for itself, and for a unit that has nobody, each level by a decision of its own. Trainers do not decide whom
/// the office trains, though they plan runs.
fn decides(actor: &Actor, target: &domain::policy::Target, request: &Request) -> Option<Level> {
    let level = request.state.waits_for()?;
    let may = match level {
        Level::Unit => may(actor, Action::DecideRequests, target),
        Level::Province => may_everywhere(actor, Action::DecideRequests),
    };
    may.then_some(level)
}

/// What `actor` may do with a request that they may know of.
///
/// # Errors
/// [`Refusal::NotFound`] for who neither decides on requests of the organisation nor speaks for it.
async fn known_to(
    records: &mut impl Records,
    actor: &Actor,
    request: &Request,
) -> Outcome<(store::organisations::Organisation, domain::policy::Target)> {
    let (organisation, target) = organisation_target(records, request.organisation_id).await?;
    if may(actor, Action::DecideRequests, &target) || may(actor, Action::Enrol, &target) {
        return Ok((organisation, target));
    }
    Err(Refusal::NotFound.into())
}
