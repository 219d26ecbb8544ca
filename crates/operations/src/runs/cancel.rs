//! Calling off a run, or one session of it.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{RunId, SessionId};
use domain::policy::Action;
use domain::runs::RunState;
use domain::text::paragraphs;
use serde_json::json;
use store::runs::Session;

use super::show::{Shown, read};
use super::{plan_of, show, target, timetable};
use crate::{Failure, Office, Outcome, allotments, notices, require, waiting};

/// The most characters of a reason.
const REASON: usize = 500;

/// Calls a run off for a reason that participants, those who wait for a seat, and everybody who reads the calendar, are told.
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
    let reason = given(reason)?;
    if !store::runs::cancel(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::RunCancelled.into());
    }
    office.log(&mut work, Some(actor.account), "run_cancelled", ("run", id.0), &json!({ "reason": reason })).await?;
    if run.state() == RunState::Published {
        let run = store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
        let waited = waiting::call_off(office, &mut work, id, &reason, actor.account).await?;
        notices::run_cancelled(office, &mut work, &run, &waited).await?;
        store::runs::publications::drop_draft(&mut work, id).await?;
    }
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(())
}

fn given(reason: &str) -> Outcome<String> {
    let reason = paragraphs(reason, REASON).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() { Err(Failure::field("reason", Refusal::ReasonMissing)) } else { Ok(reason) }
}

/// A session with its run, for those who may call it off. One that was called off already is found too.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn session_to_cancel(office: &Office, actor: &Actor, id: SessionId) -> Outcome<(Shown, Session)> {
    let session = store::runs::session(&mut office.database.read().await?, id).await?.ok_or(Refusal::NotFound)?;
    let shown = show(office, Some(actor), session.run_id).await?;
    if !(shown.may.change && shown.run.published_at.is_some()) {
        return Err(Refusal::NotFound.into());
    }
    Ok((shown, session))
}

/// Calls one session of a published run off. The timetable without it is the next version; everybody who takes part and who
/// was to teach it is told, and their calendars too.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::NotPublished`], [`Refusal::RunCancelled`],
/// [`Refusal::RunClosed`]; [`Refusal::SessionCancelled`] for the second of two; [`Refusal::SessionMarked`] when its attendance
/// was marked; [`Refusal::LastSession`] when no other is left; [`Refusal::ReasonMissing`] without a reason.
pub async fn cancel_session(office: &Office, actor: &Actor, id: SessionId, reason: &str) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let run_id = store::runs::session(&mut work, id).await?.ok_or(Refusal::NotFound)?.run_id;
    store::runs::lock(&mut work, run_id).await?;
    let (run, target) = target(&mut work, run_id).await?;
    require(actor, Action::PlanRun, &target)?;
    match run.state() {
        RunState::Published => {}
        RunState::Draft => return Err(Refusal::NotPublished.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Closed => return Err(Refusal::RunClosed.into()),
    }
    let shown = read(&mut work, run.clone()).await?;
    let Some(session) = shown.held().find(|session| session.id == id).cloned() else {
        return Err(Refusal::SessionCancelled.into());
    };
    if store::runs::marked_sessions(&mut work, run_id).await?.contains(&id) {
        return Err(Refusal::SessionMarked.into());
    }
    if shown.held().count() == 1 {
        return Err(Refusal::LastSession.into());
    }
    let reason = given(reason)?;
    // What has run out by what held until now does not come back when the run begins later.
    allotments::run_out(office, &mut work, &run).await?;
    if !store::runs::cancel_session(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::SessionCancelled.into());
    }
    store::runs::count_up(&mut work, run_id, office.now()).await?;
    let mut plan = plan_of(&shown);
    let before = timetable::timetable(&mut work, &plan).await?;
    plan.sessions.retain(|planned| planned.id != Some(id));
    let after = timetable::timetable(&mut work, &plan).await?;
    timetable::keep(office, &mut work, actor, run_id, &after, &reason).await?;
    office.log(&mut work, Some(actor.account), "session_cancelled", ("session", id.0), &json!({ "reason": reason })).await?;

    let now = store::runs::find(&mut work, run_id).await?.ok_or(Refusal::NotFound)?;
    notices::run_changed(office, &mut work, &now, &[session]).await?;
    notices::teaching_changed(office, &mut work, &now, (&before, &after), &before.told(&after).trainers).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(run_id)
}
