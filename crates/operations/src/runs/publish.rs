//! Publishing a run.

use chrono::NaiveTime;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::RunId;
use domain::policy::Action;
use domain::runs::{Answers, RunState, check_publication};
use domain::time::instant;
use serde_json::json;

use super::clashes::{self, Look};
use super::show::read;
use super::{plan_of, target, timetable};
use crate::{Office, Outcome, allotments, interests, notices, require};

/// Puts a draft on the public calendar, where people can enrol, as the first version of its timetable.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::AlreadyPublished`] for the second of two;
/// [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::NoSession`], [`Refusal::SessionInThePast`],
/// [`Refusal::DeadlineAfterStart`]; [`Refusal::Clash`] as `clashes` for each that is not answered for.
pub async fn publish(office: &Office, actor: &Actor, id: RunId, answers: &Answers) -> Outcome<()> {
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
    let plan = plan_of(&read(&mut work, run.clone()).await?);
    let starts: Vec<_> = plan.sessions.iter().map(|session| session.instants().0).collect();
    check_publication(&starts, instant(run.enrolment_deadline, NaiveTime::MIN), now)?;
    let answered = Look::new(id, &plan, now).check(&mut work, answers).await?;

    if !store::runs::publish(&mut work, id, actor.account, now).await? {
        return Err(Refusal::AlreadyPublished.into());
    }
    clashes::keep(office, &mut work, actor, id, &answered).await?;
    let table = timetable::timetable(&mut work, &plan).await?;
    timetable::keep(office, &mut work, actor, id, &table, "").await?;
    let exceptions = store::eligibility::exceptions(&mut work, id).await?;
    for exception in exceptions.iter().filter(|exception| exception.is_live()) {
        notices::exception_granted(office, &mut work, &run, exception).await?;
    }
    let detail = json!({ "sequence": run.sequence, "clashes_answered": answered.0.len() });
    office.log(&mut work, Some(actor.account), "run_published", ("run", id.0), &detail).await?;
    notices::teaching_planned(office, &mut work, &run, &table).await?;
    interests::tell_invited(office, &mut work, &run).await?;
    allotments::tell_promised(office, &mut work, &run).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(())
}
