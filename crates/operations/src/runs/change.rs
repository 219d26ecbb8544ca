//! Changing a run: the one path on which a plan becomes what holds.

use domain::accounts::Actor;
use domain::ids::{PersonId, RoomId, RunId, SessionId};
use domain::policy::{Action, Target};
use domain::runs::{Answers, Before, RunPlan, RunState, Timetable, Told, check_change, check_plan};
use domain::text::paragraphs;
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::runs::{Run, Session};

use super::clashes::{self, Look};
use super::plan::{check_records, fields, plan_of, session, settle};
use super::show::read;
use super::{Shown, target, timetable};
use crate::{Failure, Office, Outcome, allotments, interests, notices, plans, requests, require, unit_target, waiting};

/// The most characters of what is said of a version.
const NOTE: usize = 500;

/// A plan that is to take the place of what holds.
#[derive(Debug, Clone)]
pub struct ChangeCommand {
    /// The sequence of the run that the planner saw.
    pub sequence: i64,
    /// What is to hold.
    pub plan: RunPlan,
    /// The clashes that the planner answers for.
    pub answers: Answers,
    /// What is said of the new version; needed when a published session falls out.
    pub note: String,
}

impl ChangeCommand {
    /// A change that answers for nothing.
    #[must_use]
    pub fn new(sequence: i64, plan: RunPlan) -> ChangeCommand {
        ChangeCommand { sequence, plan, answers: Answers::default(), note: String::new() }
    }
}

/// Makes a run what the plan says. A published run gets the next version of its timetable, and whoever is concerned is told:
/// participants when day, time or place of a session is another one, trainers when what they teach is. Changing nothing does
/// nothing. Gives whether anything changed.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::ChangedMeanwhile`] when somebody was faster; the
/// faults of the plan; for a published run [`Refusal::Clash`] as `clashes` for each that is not answered for, and
/// [`Refusal::ReasonMissing`] as `note` when a session falls out and nothing says why.
pub async fn change(office: &Office, actor: &Actor, id: RunId, command: &ChangeCommand) -> Outcome<bool> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (run, owner) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &owner)?;
    // Nobody moves a run out of reach, or into a unit that is not theirs.
    let moved = Target { run_by: owner.run_by, ..unit_target(&mut work, command.plan.unit).await? };
    require(actor, Action::PlanRun, &moved)?;
    if run.sequence != command.sequence {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    // What has run out by what held until now does not come back by a later deadline or beginning.
    let run = match allotments::run_out(office, &mut work, &run).await? {
        true => store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?,
        false => run,
    };
    let shown = read(&mut work, run.clone()).await?;
    let held: Vec<Session> = shown.held().cloned().collect();
    let known = |id: &SessionId| held.iter().any(|session| session.id == *id);
    if command.plan.sessions.iter().filter_map(|planned| planned.id).any(|id| !known(&id)) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let mut plan = checked(office, &mut work, &shown, command.plan.clone()).await?;
    for planned in plan.sessions.iter_mut().filter(|planned| planned.id.is_none()) {
        planned.id = Some(SessionId(office.id()));
    }
    lead_on(&mut work, actor, &run, &plan).await?;
    let published = run.state() == RunState::Published;
    let present = plan_of(&shown);
    let before = timetable::timetable(&mut work, &present).await?;
    let after = timetable::timetable(&mut work, &plan).await?;
    if before == after && unsaid(&present) == unsaid(&plan) {
        if store::runs::publications::drop_draft(&mut work, id).await? {
            work.commit().await?;
        }
        return Ok(false);
    }
    let answered =
        if published { Look::new(id, &plan, office.now()).check(&mut work, &command.answers).await? } else { Default::default() };
    let removed: Vec<Session> =
        held.iter().filter(|session| plan.sessions.iter().all(|planned| planned.id != Some(session.id))).cloned().collect();
    let note = paragraphs(&command.note, NOTE).map_err(|refusal| Failure::field("note", refusal))?;
    if published && !removed.is_empty() && note.is_empty() {
        return Err(Failure::field("note", Refusal::ReasonMissing));
    }

    store(office, &mut work, id, &plan, &held).await?;
    fall_out(office, &mut work, actor, &removed, published, &note).await?;
    let told = if published { before.told(&after) } else { Told::default() };
    if published {
        clashes::keep(office, &mut work, actor, id, &answered).await?;
        if before != after {
            timetable::keep(office, &mut work, actor, id, &after, &note).await?;
        }
        store::runs::publications::drop_draft(&mut work, id).await?;
        tell(office, &mut work, (&run, &removed), (&before, &after), &told).await?;
    }
    let detail = json!({
        "sequence": run.sequence + 1,
        "participants_told": told.participants,
        "trainers_told": told.trainers.len(),
        "sessions_removed": removed.len(),
        "clashes_answered": answered.0.len(),
    });
    office.log(&mut work, Some(actor.account), "run_changed", ("run", id.0), &detail).await?;
    // More seats, or more days: whoever waits comes first.
    waiting::promote(office, &mut work, id).await?;
    if published {
        office.commit_to_calendar(work).await?;
        office.mail_waiting.notify_one();
    } else {
        work.commit().await?;
    }
    Ok(true)
}

/// What a plan holds that no timetable says.
fn unsaid(plan: &RunPlan) -> impl PartialEq + use<> {
    let rooms: Vec<Option<RoomId>> = plan.sessions.iter().map(|session| session.room).collect();
    (plan.course, plan.plan_line, plan.room, plan.approval, plan.asks_again, rooms)
}

/// Checks that a run stays one of the line of the annual plan, and of the invitations, that it was made from.
async fn lead_on(work: &mut Work, actor: &Actor, run: &Run, plan: &RunPlan) -> Outcome<()> {
    if plan.course != run.course_id && interests::has_invitations(work, run.id).await? {
        return Err(Failure::field("course", Refusal::HasInvitations));
    }
    // Who asked for a place was told who decides on it.
    if plan.course != run.course_id || plan.approval != run.approval {
        let field = if plan.course == run.course_id { "approval" } else { "course" };
        if requests::wait_for(work, run.id).await? {
            return Err(Failure::field(field, Refusal::HasRequests));
        }
    }
    let Some(line) = plan.plan_line else { return Ok(()) };
    let mut faults = Faults::default();
    // The line it is made from already may lie outside the scope of who changes it.
    if run.plan_line_id == Some(line) {
        plans::keeps_course(work, line, plan.course, &mut faults).await?;
    } else {
        plans::hold_for_run(work, actor, line, plan.course, &mut faults).await?;
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// The plan with the names of its rooms, once every fault of it is excluded.
///
/// # Errors
/// Every fault at once.
pub(super) async fn checked(office: &Office, work: &mut Work, shown: &Shown, mut plan: RunPlan) -> Outcome<RunPlan> {
    let run = &shown.run;
    let ledger = allotments::ledger(work, run, office.now()).await?;
    let before = Before {
        state: run.state(),
        course: run.course_id,
        audience: run.audience,
        selection_year: run.selection_year,
        taken: run.taken,
        promised: ledger.promised(),
        offered: ledger.offered(),
        sessions: shown.held().map(|session| (session.id, session.starts_at, session.ends_at)).collect(),
        marked: store::runs::marked_sessions(work, run.id).await?,
    };
    let mut faults = check_change(&before, &plan, office.now());
    faults.0.extend(check_plan(&plan).0);
    let trainers: Vec<PersonId> = shown.sessions.iter().flat_map(|(_, trainers)| trainers.iter().map(|(id, _)| *id)).collect();
    check_records(office, work, &plan, &trainers, &mut faults).await?;
    let rooms: Vec<RoomId> = shown.held().filter_map(|session| session.room_id).chain(run.room_id).collect();
    settle(work, &mut plan, &rooms, &mut faults).await?;
    if faults.is_empty() { Ok(plan) } else { Err(Failure::Refused(faults)) }
}

/// Stores a plan whose sessions all have identifiers; `held` are those that there are.
async fn store(office: &Office, work: &mut Work, id: RunId, plan: &RunPlan, held: &[Session]) -> Outcome<()> {
    store::runs::change(work, id, &fields(plan), office.now()).await?;
    store::plans::set_line_of_run(work, id, plan.plan_line).await?;
    for planned in &plan.sessions {
        let session_id = planned.id.ok_or(Refusal::NotFound)?;
        let session = session(id, session_id, planned, plan.room);
        if held.iter().any(|known| known.id == session_id) {
            store::runs::change_session(work, &session).await?;
        } else {
            store::runs::add_session(work, &session).await?;
        }
        store::runs::set_trainers(work, session.id, &planned.trainers).await?;
    }
    Ok(())
}

/// What falls out of a draft is gone; what falls out of a published timetable was promised, and stays as cancelled.
async fn fall_out(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    removed: &[Session],
    published: bool,
    note: &str,
) -> Outcome<()> {
    for session in removed {
        if !published {
            store::runs::remove_session(work, session.id).await?;
        } else if !store::runs::cancel_session(work, session.id, note, actor.account, office.now()).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
    }
    Ok(())
}

/// Writes to those whom a new version concerns.
async fn tell(
    office: &Office,
    work: &mut Work,
    (run, removed): (&Run, &[Session]),
    (before, after): (&Timetable, &Timetable),
    told: &Told,
) -> Outcome<()> {
    let now = store::runs::find(work, run.id).await?.ok_or(Refusal::NotFound)?;
    if told.participants {
        // They were to be held where the run was before this change.
        let place = |session: &Session| if session.venue.is_empty() { run.venue.clone() } else { session.venue.clone() };
        let removed: Vec<Session> = removed.iter().map(|session| Session { venue: place(session), ..session.clone() }).collect();
        notices::run_changed(office, work, &now, &removed).await?;
    }
    notices::teaching_changed(office, work, &now, (before, after), &told.trainers).await
}
