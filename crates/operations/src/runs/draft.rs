//! Drafting a run.

use domain::accounts::Actor;
use domain::ids::{RunId, SessionId};
use domain::policy::{Action, Target};
use domain::runs::{RunPlan, check_plan};
use serde_json::json;
use store::Work;

use super::plan::{check_records, fields, session, settle};
use crate::{Office, Outcome, plans, require, unit_target};

/// Stores a new run that planners alone can see.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for those who may not plan there; the faults of the plan.
pub async fn draft(office: &Office, actor: &Actor, plan: &RunPlan) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let run = draft_in(office, &mut work, actor, plan).await?;
    work.commit().await?;
    Ok(run)
}

/// The same in a unit of work that goes on.
///
/// # Errors
/// As for [`draft`].
pub(super) async fn draft_in(office: &Office, work: &mut Work, actor: &Actor, plan: &RunPlan) -> Outcome<RunId> {
    let target = Target { run_by: vec![actor.person], ..unit_target(work, plan.unit).await? };
    require(actor, Action::PlanRun, &target)?;
    let mut faults = check_plan(plan);
    check_records(office, work, plan, &[], &mut faults).await?;
    let mut plan = plan.clone();
    settle(work, &mut plan, &[], &mut faults).await?;
    if let Some(line) = plan.plan_line {
        plans::hold_for_run(work, actor, line, plan.course, &mut faults).await?;
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }

    let (run, now) = (RunId(office.id()), office.now());
    store::runs::add(work, run, &fields(&plan), actor.account, now).await?;
    store::plans::set_line_of_run(work, run, plan.plan_line).await?;
    for planned in &plan.sessions {
        let session = session(run, SessionId(office.id()), planned, plan.room);
        store::runs::add_session(work, &session).await?;
        store::runs::set_trainers(work, session.id, &planned.trainers).await?;
    }
    office.log(work, Some(actor.account), "run_drafted", ("run", run.0), &json!({ "name": plan.name })).await?;
    Ok(run)
}
