//! Leaving the waiting list, and who comes before those who came earlier.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{RunId, WaitingId};
use domain::policy::{Action, may};
use domain::text::paragraphs;
use domain::waiting::{Answer, Departure, Priority, REASON_LIMIT, Way};
use serde_json::json;

use super::promote;
use crate::{Failure, Office, Outcome, organisation_target, require, runs};

/// Takes somebody off the waiting list; a seat that was held for them goes to the next. A reason may be given.
///
/// # Errors
/// [`Refusal::NotFound`] for who neither acts for their organisation nor plans the run; [`Refusal::NotWaiting`] when they
/// had left; [`Refusal::TooLong`] of `reason`.
pub async fn leave(office: &Office, actor: &Actor, id: WaitingId, reason: &str) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let known = store::waiting::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let (_, organisation) = organisation_target(&mut work, known.organisation_id).await?;
    let (_, run) = runs::target(&mut work, known.run_id).await?;
    if !may(actor, Action::Enrol, &organisation) && !may(actor, Action::PlanRun, &run) {
        return Err(Refusal::NotFound.into());
    }
    let reason = paragraphs(reason, REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    store::runs::lock(&mut work, known.run_id).await?;
    let known = store::waiting::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let (now, by) = (office.now(), Some(actor.account));
    if !store::waiting::leave(&mut work, id, Departure::Withdrawn, &reason, by, now).await? {
        return Err(Refusal::NotWaiting.into());
    }
    if let Some(offer) = known.offer_id {
        store::waiting::answer(&mut work, offer, (Answer::Withdrawn, Some(Way::Screen)), by, None, now).await?;
    }
    let detail = json!({ "entry": id, "reason": reason });
    office.log(&mut work, by, "waiting_left", ("run", known.run_id.0), &detail).await?;
    promote(office, &mut work, known.run_id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(known.run_id)
}

/// Says who comes before those who came earlier, and why. `seen` is how often it had been said. Offers that were made stay.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not plan the run; [`Refusal::NotWaiting`]; [`Refusal::ChangedMeanwhile`].
pub async fn prioritise(office: &Office, actor: &Actor, id: WaitingId, seen: i64, priority: &Priority) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let known = store::waiting::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    store::runs::lock(&mut work, known.run_id).await?;
    let (run, target) = runs::target(&mut work, known.run_id).await?;
    require(actor, Action::PlanRun, &target)?;
    let known = store::waiting::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if known.left_at.is_some() {
        return Err(Refusal::NotWaiting.into());
    }
    if known.priority_version != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    store::waiting::prioritise(&mut work, (id, seen + 1), priority, actor.account, office.now()).await?;
    let detail = json!({ "entry": id, "priority": priority.priority, "reason": priority.reason });
    office.log(&mut work, Some(actor.account), "waiting_prioritised", ("run", run.id.0), &detail).await?;
    work.commit().await?;
    Ok(run.id)
}
