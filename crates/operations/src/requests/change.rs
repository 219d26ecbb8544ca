//! An organisation changes its request, sends one again that came back, or takes it back.

use domain::accounts::Actor;
use domain::ids::RequestId;
use domain::policy::Action;
use domain::requests::{Approval, State, Step, StepKind, Wanted};
use domain::text::paragraphs;
use domain::time::local_day;
use domain::{Faults, Refusal};
use serde_json::json;
use store::requests::Request;
use store::runs::Run;

use super::ask::{needed, refused_before};
use super::seat::{give_place_back, seat};
use super::{Advance, advance, held, known_to, read};
use crate::{Failure, Office, Outcome, require, waiting};

/// The most characters of a reason.
const REASON: usize = 500;

/// What a request is to ask for from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeCommand {
    /// The request.
    pub request: RequestId,
    /// Its version that was seen.
    pub seen: i64,
    /// The runs and the note.
    pub wanted: Wanted,
}

/// Changes a request, or sends one again that was returned: every level decides anew. One that was approved is decided on
/// anew when a run that it names, or named, says so; until then the person keeps the place they have. Else the approval
/// stands, and so does the place.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not speak for the organisation; [`Refusal::ChangedMeanwhile`] while somebody decides on
/// it; [`Refusal::RequestInState`] when it is over; what [`super::ask`] says of a run, as `choice.N`.
pub async fn change(office: &Office, actor: &Actor, command: &ChangeCommand) -> Outcome<Request> {
    let mut work = office.database.begin().await?;
    let (mut request, before) = held(&mut work, command.request, &command.wanted.runs).await?;
    let (organisation, target) = known_to(&mut work, actor, &request).await?;
    require(actor, Action::Enrol, &target)?;
    if request.version != command.seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if request.state.is_over() {
        return Err(Refusal::RequestInState { state: request.state }.into());
    }
    let choices = &command.wanted.runs;
    let needs = needed(office, &mut work, &organisation, choices).await?;
    let runs = read(&mut work, choices).await?;
    of_this_course(&request, &runs)?;
    if let Some(at) = refused_before(&mut work, request.person_id, &runs).await? {
        return Err(Refusal::RefusedBefore { person: request.person_name, day: local_day(at) }.into());
    }
    let kind = if asks_again(&request, needs, &before, &runs) { StepKind::Asked } else { StepKind::Changed };
    let step = Step { kind, level: None, needs: Some(needs) };
    let changed = Advance { step, runs: Some(choices), ..Advance::new(kind, actor.account, &command.wanted.note) };
    advance(office, &mut work, &mut request, changed).await?;
    // What stays approved is looked after at once: another choice may have a seat.
    if kind == StepKind::Changed {
        // Without a seat it stays approved, as it was.
        seat(office, &mut work, actor, &mut request, &runs).await?;
    }
    let detail = json!({ "choices": choices, "state": request.state });
    office.log(&mut work, Some(actor.account), "request_changed", ("request", request.id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(request)
}

/// Whether every level decides anew: always before it was approved; then when a run says so, a level has to approve that
/// has not, or the run of the place is not chosen any more: going to another class is no small change.
fn asks_again(request: &Request, needs: Approval, before: &[Run], now: &[Run]) -> bool {
    let is_approved = matches!(request.state, State::Approved | State::Placed);
    let leaves = request.placed_in.is_some_and(|place| now.iter().all(|run| run.id != place));
    let needs_more = request.needs.and(needs) != request.needs;
    !is_approved || leaves || needs_more || before.iter().chain(now).any(|run| run.asks_again)
}

fn of_this_course(request: &Request, runs: &[Run]) -> Outcome<()> {
    let mut faults = Faults::default();
    for (n, _) in runs.iter().enumerate().filter(|(_, run)| run.course_id != request.course_id) {
        faults.add(format!("choice.{n}"), Refusal::RunOfAnotherCourse);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Takes a request back, and the place with it, for whatever reason or none: nothing that is mandatory stands in the way.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not speak for the organisation; [`Refusal::ChangedMeanwhile`] while somebody decides on
/// it; [`Refusal::RequestInState`] when it is over; [`Refusal::RunClosed`] when the person has a place that cannot be
/// given back; [`Refusal::TooLong`] of `reason`.
pub async fn withdraw(office: &Office, actor: &Actor, id: RequestId, seen: i64, reason: &str) -> Outcome<Request> {
    let mut work = office.database.begin().await?;
    let (mut request, _) = held(&mut work, id, &[]).await?;
    let (_, target) = known_to(&mut work, actor, &request).await?;
    require(actor, Action::Enrol, &target)?;
    if request.version != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let reason = paragraphs(reason, REASON).map_err(|refusal| Failure::field("reason", refusal))?;
    advance(office, &mut work, &mut request, Advance::new(StepKind::Withdrawn, actor.account, &reason)).await?;
    if let Some(run) = give_place_back(office, &mut work, actor, &mut request).await? {
        waiting::promote(office, &mut work, run).await?;
    }
    let detail = json!({ "reason": reason });
    office.log(&mut work, Some(actor.account), "request_withdrawn", ("request", request.id.0), &detail).await?;
    // Who waited without a place may have had a seat held, which is somebody else's now.
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(request)
}
