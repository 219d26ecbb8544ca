//! Promised seats come back: given back, or by themselves.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::allotments::Ending;
use domain::ids::{AccountId, AllotmentId, RunId};
use domain::policy::{Action, may};
use domain::requests::StepKind;
use domain::runs::RunState;
use domain::time::end_of;
use domain::waiting::{Answer, Departure, given};
use serde_json::json;
use store::Work;
use store::allotments::Allotment;
use store::runs::Run;

use super::{holds, open, speaks_for};
use crate::{Failure, Office, Outcome, notices, requests, runs, waiting};

/// What ended, as it was, and how.
pub(super) type Ended = (Allotment, Ending);

/// Tells the holders of what was taken back, in one letter about everything that one deed took from them; who gave something
/// back knows. Nobody but its planners knows of a draft.
pub(super) async fn tell_of_end(office: &Office, work: &mut Work, run: &Run, ended: &[Ended], reason: &str) -> Outcome<()> {
    if run.state() != RunState::Published {
        return Ok(());
    }
    let taken: Vec<&Allotment> = ended.iter().filter(|(_, how)| *how == Ending::Withdrawn).map(|(known, _)| known).collect();
    notices::seats_taken_back(office, work, run, &taken, reason).await
}

/// Ends an allotment before its last day: its holder gives it back, or who planned or divides takes it back, which its holder
/// is told. Who was named keeps the place; the other seats return to where they came from, and the waiting list moves.
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
    let plans = may(actor, Action::PlanRun, &target);
    if !holds && !divides && !plans {
        return Err(Refusal::NotFound.into());
    }
    open(&run, office.now())?;
    let reason = given(reason).map_err(|refusal| Failure::field("reason", refusal))?;
    let gives = !divides && !plans && speaks_for(&mut work, actor, &known).await?;
    let how = if gives { Ending::Returned } else { Ending::Withdrawn };
    let ended = end_with_shares(&mut work, id, how, &reason, Some(actor.account), office.now()).await?;
    if ended.is_empty() {
        return Err(Refusal::AllotmentEnded.into());
    }
    tell_of_end(office, &mut work, &run, &ended, &reason).await?;
    let detail = json!({ "allotment": id, "how": how, "reason": reason });
    office.log(&mut work, Some(actor.account), "allotment_ended", ("run", run.id.0), &detail).await?;
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(run.id)
}

/// Ends an allotment, and what was divided from it: when the holder gives the whole back, the shares are taken from who had
/// them. Gives what ended; nothing when it had ended before.
pub(super) async fn end_with_shares(
    work: &mut Work,
    id: AllotmentId,
    how: Ending,
    reason: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Outcome<Vec<Ended>> {
    let Some(known) = store::allotments::find(work, id).await? else { return Ok(Vec::new()) };
    let of_shares = if how == Ending::Expired { Ending::Expired } else { Ending::Withdrawn };
    let mut ended = Vec::new();
    for share in store::allotments::of_run(work, known.run_id).await?.into_iter().filter(|share| share.parent_id == Some(id)) {
        if store::allotments::end(work, share.id, of_shares, reason, by, at).await? {
            ended.push((share, of_shares));
        }
    }
    if store::allotments::end(work, id, how, reason, by, at).await? {
        ended.push((known, how));
    }
    Ok(ended)
}

/// Writes down what has run out in a run that is locked: allotments after their last day, offers after their time, and both
/// once nothing of the run is kept any more. Whoever was offered a seat leaves the list, and is told. Nothing waits for it:
/// what has run out holds no seat. Gives whether there was anything.
pub(crate) async fn run_out(office: &Office, work: &mut Work, run: &Run) -> Outcome<bool> {
    let (now, ends) = (office.now(), run.keeping_ends());
    let mut over = Vec::new();
    for known in store::allotments::of_run(work, run.id).await? {
        // Where the end was moved to before the promise was made, it was over as soon as it was.
        let end = end_of(known.until_day).min(ends).max(known.created_at);
        if known.ended_at.is_none()
            && end <= now
            && !end_with_shares(work, known.id, Ending::Expired, "", None, end).await?.is_empty()
        {
            over.push(known.id);
        }
    }
    let mut unanswered = Vec::new();
    for entry in store::waiting::of_run(work, run.id).await? {
        let (Some(offer), Some(since), Some(end)) = (entry.offer_id, entry.offered_at, entry.expires_at) else { continue };
        let end = end.min(ends).max(since);
        if end <= now && store::waiting::answer(work, offer, (Answer::Expired, None), None, None, end).await? {
            store::waiting::leave(work, entry.id, Departure::Expired, "", None, end).await?;
            requests::not_taken(office, work, &entry, StepKind::Lapsed, None).await?;
            notices::offer_over(office, work, run, &entry, Answer::Expired).await?;
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
