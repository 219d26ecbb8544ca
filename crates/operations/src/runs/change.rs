//! Changing a run, before and after it was published.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{PersonId, RunId, SessionId};
use domain::policy::{Action, Target};
use domain::runs::{Before, RunPlan, RunState, check_change, check_plan, is_news};
use serde_json::json;
use store::runs::{Run, Session, SessionTrainer};

use super::plan::{check_records, check_trainers, fields, session};
use super::target;
use crate::{Failure, Office, Outcome, notices, require, unit_target};

/// Makes a run what the plan says. `sequence` is the one of the run that the planner saw. Participants are told when
/// day, time or place of a published run is another one.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::ChangedMeanwhile`] when somebody was faster; the
/// faults of the plan.
pub async fn change(office: &Office, actor: &Actor, id: RunId, sequence: i64, plan: &RunPlan) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (run, owner) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &owner)?;
    // Nobody moves a run out of reach, or into a unit that is not theirs.
    let moved = Target { run_by: owner.run_by, ..unit_target(&mut work, plan.unit).await? };
    require(actor, Action::PlanRun, &moved)?;
    if run.sequence != sequence {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let sessions = store::runs::sessions(&mut work, id).await?;
    if plan.sessions.iter().any(|planned| planned.id.is_some_and(|known| sessions.iter().all(|session| session.id != known))) {
        return Err(Refusal::ChangedMeanwhile.into());
    }

    let before = before(&run, &sessions, store::runs::marked_sessions(&mut work, id).await?);
    let trainers = store::runs::trainers(&mut work, id).await?;
    check(office, &mut work, &before, &trainers, id, plan).await?;

    let now = office.now();
    store::runs::change(&mut work, id, &fields(plan), now).await?;
    // They were to be held where the run was before this change.
    let place = |venue: String| if venue.is_empty() { run.venue.clone() } else { venue };
    let removed: Vec<Session> = sessions
        .into_iter()
        .filter(|session| plan.sessions.iter().all(|planned| planned.id != Some(session.id)))
        .map(|session| Session { venue: place(session.venue), ..session })
        .collect();
    for session in &removed {
        store::runs::remove_session(&mut work, session.id).await?;
    }
    for planned in &plan.sessions {
        let session = session(id, planned.id.unwrap_or_else(|| SessionId(office.id())), planned);
        if planned.id.is_some() {
            store::runs::change_session(&mut work, &session).await?;
        } else {
            store::runs::add_session(&mut work, &session).await?;
        }
        store::runs::set_trainers(&mut work, session.id, &planned.trainers).await?;
    }

    let news = before.state == RunState::Published && is_news(&before, plan);
    let detail = json!({ "sequence": sequence + 1, "told": news, "sessions_removed": removed.len() });
    office.log(&mut work, Some(actor.account), "run_changed", ("run", id.0), &detail).await?;
    if news {
        let run = store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
        notices::run_changed(office, &mut work, &run, &removed).await?;
    }
    if before.state == RunState::Draft {
        work.commit().await?;
    } else {
        office.commit_to_calendar(work).await?;
        office.mail_waiting.notify_one();
    }
    Ok(())
}

fn before(run: &Run, sessions: &[Session], marked: Vec<SessionId>) -> Before {
    Before {
        state: run.state(),
        course: run.course_id,
        audience: run.audience,
        selection_year: run.selection_year,
        venue: run.venue.clone(),
        taken: run.taken,
        sessions: sessions.iter().map(|s| (s.id, s.starts_at, s.ends_at, s.venue.clone())).collect(),
        marked,
    }
}

async fn check(
    office: &Office,
    work: &mut store::Work,
    before: &Before,
    trainers: &[SessionTrainer],
    id: RunId,
    plan: &RunPlan,
) -> Outcome<()> {
    let mut faults = check_change(before, plan, office.now());
    faults.0.extend(check_plan(plan).0);
    let known: Vec<PersonId> = trainers.iter().map(|trainer| trainer.person_id).collect();
    check_records(office, work, plan, &known, &mut faults).await?;
    if before.state == RunState::Published {
        let times: Vec<_> = plan.sessions.iter().map(|session| (session.instants(), session.trainers.clone())).collect();
        check_trainers(work, id, &times, &mut faults).await?;
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Refused(faults)) }
}
