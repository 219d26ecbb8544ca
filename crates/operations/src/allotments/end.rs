//! Promised seats come back: given back, or by themselves.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::allotments::Ending;
use domain::ids::{AccountId, AllotmentId, RunId};
use domain::policy::{Action, may};
use domain::requests::StepKind;
use domain::time::end_of;
use domain::waiting::{Answer, Departure, given};
use serde_json::json;
use store::Work;
use store::runs::Run;

use super::{holds, open};
use crate::{Failure, Office, Outcome, requests, runs, waiting};

/// Ends an allotment before its last day: its holder gives it back, or a planner takes it back. Who was named keeps the
/// place; the other seats return to where they came from, and the waiting list moves.
///
/// # Errors
/// [`Refusal::NotFound`] for who neither holds it nor plans the run; [`Refusal::AllotmentEnded`];
/// [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::DeadlinePassed`]; [`Refusal::ReasonMissing`] of `reason`.
pub async fn give_back(office: &Office, actor: &Actor, id: AllotmentId, reason: &str) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let known = store::allotments::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    store::runs::lock(&mut work, known.run_id).await?;
    let (run, target) = runs::target(&mut work, known.run_id).await?;
    let holds = holds(&mut work, actor, &known).await?;
    // A share is taken back by whoever divides, too.
    let divides = match known.parent_id {
        Some(parent) => {
            let parent = store::allotments::find(&mut work, parent).await?.ok_or(Refusal::NotFound)?;
            super::holds(&mut work, actor, &parent).await?
        }
        None => false,
    };
    if !holds && !divides && !may(actor, Action::PlanRun, &target) {
        return Err(Refusal::NotFound.into());
    }
    open(&run, office.today())?;
    let reason = given(reason).map_err(|refusal| Failure::field("reason", refusal))?;
    let how = if holds { Ending::Returned } else { Ending::Withdrawn };
    if !end_with_shares(&mut work, id, how, &reason, Some(actor.account), office.now()).await? {
        return Err(Refusal::AllotmentEnded.into());
    }
    let detail = json!({ "allotment": id, "how": how, "reason": reason });
    office.log(&mut work, Some(actor.account), "allotment_ended", ("run", run.id.0), &detail).await?;
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(run.id)
}

/// Ends an allotment, and what was divided from it; false when it had ended.
pub(super) async fn end_with_shares(
    work: &mut Work,
    id: AllotmentId,
    how: Ending,
    reason: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Outcome<bool> {
    let Some(known) = store::allotments::find(work, id).await? else { return Ok(false) };
    for share in store::allotments::of_run(work, known.run_id).await?.into_iter().filter(|share| share.parent_id == Some(id)) {
        store::allotments::end(work, share.id, how, reason, by, at).await?;
    }
    Ok(store::allotments::end(work, id, how, reason, by, at).await?)
}

/// Writes down what has run out in a run that is locked: allotments after their last day, offers after their time, whose
/// people leave the list. Nothing waits for it: what has run out holds no seat. Gives whether there was anything.
pub(crate) async fn run_out(office: &Office, work: &mut Work, run: &Run) -> Outcome<bool> {
    let now = office.now();
    let mut over = Vec::new();
    for known in store::allotments::of_run(work, run.id).await? {
        let end = end_of(known.until_day);
        if known.ended_at.is_none() && end <= now && end_with_shares(work, known.id, Ending::Expired, "", None, end).await? {
            over.push(known.id);
        }
    }
    let mut unanswered = Vec::new();
    for entry in store::waiting::of_run(work, run.id).await? {
        let (Some(offer), Some(end)) = (entry.offer_id, entry.expires_at) else { continue };
        if end <= now && store::waiting::answer(work, offer, (Answer::Expired, None), None, None, end).await? {
            store::waiting::leave(work, entry.id, Departure::Expired, "", None, end).await?;
            requests::not_taken(office, work, &entry, StepKind::Lapsed, None).await?;
            unanswered.push(offer);
        }
    }
    if !over.is_empty() {
        office.log(work, None, "allotments_expired", ("run", run.id.0), &json!({ "allotments": over })).await?;
    }
    if !unanswered.is_empty() {
        office.log(work, None, "offers_expired", ("run", run.id.0), &json!({ "offers": unanswered })).await?;
    }
    Ok(!over.is_empty() || !unanswered.is_empty())
}
