//! A place is given back.

use domain::accounts::Actor;
use domain::ids::EnrolmentId;
use domain::policy::Action;
use domain::runs::RunState;
use domain::{Refusal, text};
use serde_json::json;
use store::enrolments::Enrolment;

use crate::{Failure, Office, Outcome, organisation_target, require};

/// The most characters of a reason.
const REASON_LIMIT: usize = 500;

/// Withdraws somebody from a run, which frees the seat.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::ReasonMissing`]; [`Refusal::Withdrawn`] when it was done
/// already; [`Refusal::RunClosed`], [`Refusal::RunCancelled`]; [`Refusal::AttendanceStarted`] once a mark stands.
pub async fn withdraw(office: &Office, actor: &Actor, id: EnrolmentId, reason: &str) -> Outcome<Enrolment> {
    let reason = text::normalise(reason);
    let mut work = office.database.begin().await?;
    let found = store::enrolments::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = organisation_target(&mut work, found.organisation_id).await?;
    require(actor, Action::Enrol, &target)?;
    if reason.is_empty() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    if reason.chars().count() > REASON_LIMIT {
        return Err(Failure::field("reason", Refusal::TooLong { limit: REASON_LIMIT }));
    }

    store::runs::lock(&mut work, found.run_id).await?;
    let run = store::runs::find(&mut work, found.run_id).await?.ok_or(Refusal::NotFound)?;
    match run.state() {
        RunState::Closed => return Err(Refusal::RunClosed.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Draft | RunState::Published => {}
    }
    if store::enrolments::is_marked(&mut work, id).await? {
        return Err(Refusal::AttendanceStarted.into());
    }
    if !store::enrolments::withdraw(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::Withdrawn.into());
    }
    let detail = json!({ "enrolment": id, "reason": reason });
    office.log(&mut work, Some(actor.account), "enrolment_withdrawn", ("run", run.id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    Ok(found)
}
