//! Somebody goes over to another run of the same course: the one place is given back and the other taken, both or neither.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::{EnrolmentSource, PlaceChange};
use domain::ids::{EnrolmentId, RequestId, RunId};
use serde_json::json;
use store::enrolments::Enrolment;
use store::runs::Run;

use super::withdraw::pass_on;
use super::{Enrollee, Right, Taking, admitted, given, resolve, take, visible};
use crate::notices::Leaving;
use crate::{Office, Outcome, requests, runs, waiting};

/// Moves somebody to another run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferCommand {
    /// The place that is left.
    pub enrolment: EnrolmentId,
    /// The other run.
    pub to: RunId,
    /// Why.
    pub reason: String,
}

/// What the page of a transfer shows.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The place that is left.
    pub enrolment: Enrolment,
    /// Its run.
    pub run: Run,
    /// The other runs of the course that take people, the next first, and this person as far as approval goes.
    pub others: Vec<Run>,
    /// Those that give places by approval, which this person does not have: what gets them there is asking for it.
    pub by_approval: Vec<Run>,
    /// The request by which the place was taken, to be changed for it.
    pub request: Option<RequestId>,
}

/// Where somebody could go over to, for somebody who may enrol people of the organisation.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope.
pub async fn to_transfer(office: &Office, actor: &Actor, id: EnrolmentId) -> Outcome<Transfer> {
    let mut records = office.database.read().await?;
    let enrolment = store::enrolments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, _) = admitted(&mut records, actor, enrolment.run_id, enrolment.organisation_id).await?;
    let (mut others, mut by_approval) = (Vec::new(), Vec::new());
    for other in store::place_changes::other_runs(&mut records, run.course_id, run.id, office.today()).await? {
        let list = if requests::is_admitted(&mut records, &enrolment, &other).await? { &mut others } else { &mut by_approval };
        list.push(other);
    }
    let request = store::requests::by_enrolment(&mut records, id).await?.map(|request| request.id);
    Ok(Transfer { enrolment, run, others, by_approval, request })
}

/// Moves somebody to another run of the course, as if they were withdrawn here and enrolled there, in one. A request that names
/// both gives the other place too.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope, and for who is no longer of the organisation;
/// [`Refusal::RunOfAnotherCourse`]; [`Refusal::AlreadyEnrolled`] when they have a place there; what giving back and taking a
/// place are refused for; [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub async fn transfer(office: &Office, actor: &Actor, command: &TransferCommand) -> Outcome<Enrolment> {
    let mut work = office.database.begin().await?;
    let left = store::enrolments::find(&mut work, command.enrolment).await?.ok_or(Refusal::NotFound)?;
    let (run, organisation) = admitted(&mut work, actor, left.run_id, left.organisation_id).await?;
    let to = visible(&mut work, actor, command.to).await?;
    if to.id == run.id {
        return Err(Refusal::AlreadyEnrolled.into());
    }
    if to.course_id != run.course_id {
        return Err(Refusal::RunOfAnotherCourse.into());
    }
    let reason = given(&command.reason)?;
    let people = resolve(office, &mut work, actor, organisation.id, &[Enrollee::Member(left.person_id)]).await?;

    runs::hold(&mut work, [&run.id, &to.id]).await?;
    // As it is now that it is held.
    let to = store::runs::find(&mut work, to.id).await?.ok_or(Refusal::NotFound)?;
    requests::leave_for(office, &mut work, &left, &to, &reason, actor.account).await?;
    pass_on(office, &mut work, &left, &Leaving::Moved, &reason, actor.account).await?;
    let source = EnrolmentSource::Form;
    let taking = Taking { run: to.id, organisation: &organisation, people, source, by: actor.account, right: Right::Open };
    let taken = take(office, &mut work, taking).await?;
    let entered = taken.enrolled.into_iter().next().ok_or(Refusal::AlreadyEnrolled)?;
    store::place_changes::add(&mut work, (left.id, entered.id), PlaceChange::Transfer, actor.account, office.now()).await?;
    let detail = json!({ "left": left.id, "entered": entered.id, "from": run.id, "to": to.id, "reason": reason });
    office.log(&mut work, Some(actor.account), "person_transferred", ("run", run.id.0), &detail).await?;
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(entered)
}
