//! Calling a run off.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::RunId;
use domain::policy::Action;
use domain::runs::RunState;
use domain::text::paragraphs;
use serde_json::json;

use super::target;
use crate::{Failure, Office, Outcome, notices, require};

/// The most characters of a reason.
const REASON: usize = 500;

/// Calls a run off for a reason that participants, and everybody who reads the calendar, are told.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::ReasonMissing`] without a reason;
/// [`Refusal::RunCancelled`], [`Refusal::RunClosed`] when there is nothing left to call off.
pub async fn cancel(office: &Office, actor: &Actor, id: RunId, reason: &str) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (run, target) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &target)?;
    match run.state() {
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Closed => return Err(Refusal::RunClosed.into()),
        RunState::Draft | RunState::Published => {}
    }
    let reason = paragraphs(reason, REASON).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    if !store::runs::cancel(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::RunCancelled.into());
    }
    office.log(&mut work, Some(actor.account), "run_cancelled", ("run", id.0), &json!({ "reason": reason })).await?;
    if run.state() == RunState::Published {
        let run = store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
        notices::run_cancelled(office, &mut work, &run).await?;
    }
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(())
}
