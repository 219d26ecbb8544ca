//! A place is given back.

use domain::accounts::Actor;
use domain::ids::{AccountId, EnrolmentId};
use domain::policy::Action;
use domain::runs::RunState;
use domain::{Refusal, text};
use serde_json::json;
use store::Work;
use store::enrolments::Enrolment;

use crate::notices::{self, Leaving};
use crate::{Failure, Office, Outcome, organisation_target, requests, require, waiting};

/// The most characters of a reason.
const REASON_LIMIT: usize = 500;

/// Withdraws somebody from a run, which frees the seat for whoever waits. It is possible until the run is closed: whoever
/// was in a session already leaves midway, keeps the marks, and does not complete the run. A reason may be given: nothing
/// that is mandatory stands in the way of leaving.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::TooLong`] of `reason`; [`Refusal::Withdrawn`] when it was done
/// already; [`Refusal::RunClosed`], [`Refusal::RunCancelled`].
pub async fn withdraw(office: &Office, actor: &Actor, id: EnrolmentId, reason: &str) -> Outcome<Enrolment> {
    let mut work = office.database.begin().await?;
    let found = store::enrolments::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = organisation_target(&mut work, found.organisation_id).await?;
    require(actor, Action::Enrol, &target)?;
    let reason = short(reason)?;
    give_back(office, &mut work, &found, &reason, actor.account).await?;
    waiting::promote(office, &mut work, found.run_id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(found)
}

/// A reason that says something.
///
/// # Errors
/// Of `reason`: [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub(crate) fn given(reason: &str) -> Outcome<String> {
    let reason = short(reason)?;
    if reason.is_empty() { Err(Failure::field("reason", Refusal::ReasonMissing)) } else { Ok(reason) }
}

fn short(reason: &str) -> Outcome<String> {
    let reason = text::normalise(reason);
    if reason.chars().count() > REASON_LIMIT {
        return Err(Failure::field("reason", Refusal::TooLong { limit: REASON_LIMIT }));
    }
    Ok(reason)
}

/// Gives a place back within a unit of work, which the caller commits to the calendar. The run is locked from here on. Whoever
/// had the place is told. Who waits is not asked yet: the caller does so by [`waiting::promote`] once it has done what it wants
/// with the seat.
///
/// # Errors
/// [`Refusal::Withdrawn`] when it was done already; [`Refusal::RunClosed`], [`Refusal::RunCancelled`].
pub(crate) async fn give_back(
    office: &Office,
    work: &mut Work,
    enrolment: &Enrolment,
    reason: &str,
    by: AccountId,
) -> Outcome<()> {
    pass_on(office, work, enrolment, &Leaving::Withdrawn, reason, by).await
}

/// The same, saying what becomes of who had the place, or of the place.
///
/// # Errors
/// As [`give_back`].
pub(super) async fn pass_on(
    office: &Office,
    work: &mut Work,
    enrolment: &Enrolment,
    leaving: &Leaving,
    reason: &str,
    by: AccountId,
) -> Outcome<()> {
    store::runs::lock(work, enrolment.run_id).await?;
    let run = store::runs::find(work, enrolment.run_id).await?.ok_or(Refusal::NotFound)?;
    match run.state() {
        RunState::Closed => return Err(Refusal::RunClosed.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Draft | RunState::Published => {}
    }
    if !store::enrolments::withdraw(work, enrolment.id, reason, by, office.now()).await? {
        return Err(Refusal::Withdrawn.into());
    }
    requests::given_back(office, work, enrolment, reason, by).await?;
    notices::place_left(office, work, &run, enrolment, leaving).await?;
    let detail = json!({ "enrolment": enrolment.id, "reason": reason });
    Ok(office.log(work, Some(by), "enrolment_withdrawn", ("run", run.id.0), &detail).await?)
}
