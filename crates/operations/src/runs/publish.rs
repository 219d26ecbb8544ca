//! Publishing a run.

use chrono::NaiveTime;
use domain::accounts::Actor;
use domain::ids::RunId;
use domain::policy::Action;
use domain::runs::{RunState, check_publication};
use domain::time::instant;
use domain::{Faults, Refusal};
use serde_json::json;

use super::plan::check_trainers;
use super::target;
use crate::{Office, Outcome, notices, require};

/// Puts a draft on the public calendar, where people can enrol.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::AlreadyPublished`] for the second of two;
/// [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::NoSession`], [`Refusal::SessionInThePast`],
/// [`Refusal::DeadlineAfterStart`], [`Refusal::TrainerBusy`].
pub async fn publish(office: &Office, actor: &Actor, id: RunId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (run, target) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &target)?;
    match run.state() {
        RunState::Draft => {}
        RunState::Published => return Err(Refusal::AlreadyPublished.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Closed => return Err(Refusal::RunClosed.into()),
    }
    let now = office.now();
    let sessions = store::runs::sessions(&mut work, id).await?;
    let starts: Vec<_> = sessions.iter().map(|session| session.starts_at).collect();
    check_publication(&starts, instant(run.enrolment_deadline, NaiveTime::MIN), now)?;

    let trainers = store::runs::trainers(&mut work, id).await?;
    let of = |session| trainers.iter().filter(|t| t.session_id == session).map(|t| t.person_id).collect();
    let times: Vec<_> = sessions.iter().map(|s| ((s.starts_at, s.ends_at), of(s.id))).collect();
    let mut faults = Faults::default();
    check_trainers(&mut work, id, &times, &mut faults).await?;
    if let Some(fault) = faults.0.into_iter().next() {
        return Err(fault.refusal.into());
    }

    if !store::runs::publish(&mut work, id, actor.account, now).await? {
        return Err(Refusal::AlreadyPublished.into());
    }
    let exceptions = store::eligibility::exceptions(&mut work, id).await?;
    for exception in exceptions.iter().filter(|exception| exception.is_live()) {
        notices::exception_granted(office, &mut work, &run, exception).await?;
    }
    office.log(&mut work, Some(actor.account), "run_published", ("run", id.0), &json!({ "sequence": run.sequence })).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(())
}
