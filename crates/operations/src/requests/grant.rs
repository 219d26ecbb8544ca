//! Approved by doing it. Once one cannot enrol any more nobody can be asked for, yet a place passes on until a set time, and who
//! came to the door is found later: whoever has the last word on the run approves by the deed itself. The request and each of its
//! approvals are on record all the same, so that nobody has a place without them.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::EnrolmentSource;
use domain::ids::{RequestId, RequestStepId};
use domain::policy::Target;
use domain::requests::{Approval, Level, State, Step, StepKind, after};
use serde_json::json;
use store::Work;
use store::organisations::Organisation;
use store::people::Member;
use store::requests::Request;
use store::requests::writing::{NewRequest, NewStep};
use store::runs::Run;

use super::ask::in_the_way;
use super::places::right;
use super::{Advance, advance, decides_at};
use crate::notices::Told;
use crate::{Office, Outcome, notices, organisation_target, people};

/// Who has the last word on the places of a run.
fn last_word(approval: Approval) -> Option<Level> {
    approval.levels().last().copied()
}

/// The level to be asked for a place in a run, for who does not decide there.
pub(crate) fn to_be_asked(actor: &Actor, target: &Target, run: &Run) -> Option<Level> {
    last_word(run.approval).filter(|level| !decides_at(actor, target, *level))
}

/// Approves that somebody takes a place in a run, which is held, unless it was approved before: makes their request, or
/// completes the one that names the run, with an approval at each level, by `actor`, who gives `reason`. Gives the request, to
/// be told of by [`granted`] once the place is taken.
///
/// # Errors
/// [`Refusal::ApprovesByDoing`] when `actor` does not decide at the last level; [`Refusal::AskedAlready`] when the person is
/// asked for elsewhere in the course, or by another organisation.
pub(crate) async fn grant(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    run: &Run,
    organisation: &Organisation,
    member: &Member,
    reason: &str,
) -> Outcome<Option<RequestId>> {
    let person = member.person.id;
    let Some(last) = last_word(run.approval) else { return Ok(None) };
    if store::enrolments::live_of_person(work, run.id, person).await?.is_some()
        || right(work, run, organisation.id, person).await?.is_some()
    {
        return Ok(None);
    }
    let (_, target) = organisation_target(work, organisation.id).await?;
    if !decides_at(actor, &target, last) {
        return Err(Refusal::ApprovesByDoing { level: last }.into());
    }
    store::runs::clashes::lock_person(work, person).await?;
    people::require_going_on(work, person).await?;
    let mut request = asked(office, work, actor, run, organisation, member, reason).await?;
    while let Some(level) = request.state.waits_for() {
        let approved = Advance::new(StepKind::Approved, actor.account, reason).at(Some(level));
        advance(office, work, &mut request, approved).await?;
    }
    let detail = json!({ "run": run.id, "reason": reason });
    office.log(work, Some(actor.account), "request_granted", ("request", request.id.0), &detail).await?;
    Ok(Some(request.id))
}

/// The request that waits for what this run needs: the one there is, or a new one.
async fn asked(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    run: &Run,
    organisation: &Organisation,
    member: &Member,
    reason: &str,
) -> Outcome<Request> {
    let known = store::requests::live(work, member.person.id, run.course_id).await?;
    let step = Step { kind: StepKind::Asked, level: None, needs: Some(run.approval) };
    if let Some(mut known) = known {
        let chosen = store::requests::choices(work, known.id).await?;
        let is_theirs = known.organisation_id == organisation.id && known.enrolment_id.is_none() && chosen.contains(&run.id);
        if is_theirs {
            // What waits for just this goes on from where it is; anything else asks for this run alone.
            if known.state.waits_for().is_none() || known.needs != run.approval {
                let runs = [run.id];
                let anew = Advance { step, runs: Some(&runs), ..Advance::new(step.kind, actor.account, reason) };
                advance(office, work, &mut known, anew).await?;
            }
            return Ok(known);
        }
        if in_the_way(office, work, &known, &chosen).await? {
            return Err(Refusal::AskedAlready { person: member.person.full_name.to_string() }.into());
        }
        if !store::requests::writing::close(work, &known, office.now()).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
    }
    let state: State = after(None, run.approval, step)?;
    let (id, source) = (RequestId(office.id()), EnrolmentSource::Form);
    let new = NewStep {
        id: RequestStepId(office.id()),
        step,
        enrolment: None,
        note: reason,
        at: office.now(),
        by: Some(actor.account),
    };
    let request = NewRequest { id, person: member.person.id, organisation: organisation.id, course: run.course_id, source };
    if !store::requests::writing::add(work, &request, (state, run.approval), &new, &[run.id]).await? {
        return Err(Refusal::AskedAlready { person: member.person.full_name.to_string() }.into());
    }
    Ok(store::requests::find(work, id).await?.ok_or(Refusal::NotFound)?)
}

/// Tells the organisation of what was approved by a deed, once the place is taken.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn granted(office: &Office, work: &mut Work, id: Option<RequestId>, run: &Run, reason: &str) -> Outcome<()> {
    let Some(id) = id else { return Ok(()) };
    let request = store::requests::find(work, id).await?.ok_or(Refusal::NotFound)?;
    notices::request_decided(office, work, office.id(), &request, Told { run: Some(run), reason, ..Told::default() }).await
}
