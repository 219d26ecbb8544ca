//! Somebody who was approved gets a seat, if one of the runs they chose has one.

use domain::Refusal;
use domain::accounts::Actor;
use domain::requests::StepKind;
use store::Work;
use store::requests::Request;
use store::runs::Run;

use super::queue::queue;
use super::{Advance, advance};
use crate::enrolments::{Right, Taking, give_back, take};
use crate::{Failure, Office, Outcome, waiting};

/// Gives who was approved a place in the first of `runs` that has a seat and takes them; all are held. A place that they
/// have already is kept while its run is among these, and given back else. Gives the run; without one, why the first choice
/// gave none, and then they wait there for a seat, if a seat is what they want for.
///
/// # Errors
/// What [`leave`] refuses, when a place has to be given up.
pub(super) async fn seat(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    request: &mut Request,
    runs: &[Run],
) -> Outcome<Result<Run, Failure>> {
    if let Some(known) = request.enrolment_id {
        if let Some(run) = runs.iter().find(|run| Some(run.id) == request.placed_in) {
            let kept = Advance::new(StepKind::Placed, actor.account, "").about(Some(known));
            if request.state != domain::requests::State::Placed {
                advance(office, work, request, kept).await?;
            }
            return Ok(Ok(run.clone()));
        }
        leave(office, work, actor, request).await?;
    }
    let organisation = store::organisations::find(work, request.organisation_id).await?.ok_or(Refusal::NotFound)?;
    let mut first: Option<Failure> = None;
    for run in runs {
        let members = store::people::members(work, organisation.id, office.today()).await?;
        let Some(member) = members.into_iter().find(|member| member.person.id == request.person_id) else {
            first.get_or_insert(Refusal::NotFound.into());
            break;
        };
        let taking = Taking {
            run: run.id,
            organisation: &organisation,
            people: vec![member],
            source: request.source,
            by: actor.account,
            right: Right::Open,
        };
        match take(office, work, taking).await {
            Ok(_) => {
                *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
                return Ok(Ok(run.clone()));
            }
            // What was refused took nothing: the next choice is tried.
            Err(failure @ Failure::Refused(_)) => {
                first.get_or_insert(failure);
            }
            Err(failure) => return Err(failure),
        }
    }
    let why = first.unwrap_or_else(|| Refusal::NotFound.into());
    if let Some(first) = runs.first() {
        queue(office, work, request, (first.id, &why), actor.account).await?;
    }
    Ok(Err(why))
}

/// Takes from somebody the place that they have by a request, if they have one.
///
/// # Errors
/// [`Refusal::AlreadyAttended`] once their attendance was marked; what [`give_back`] refuses.
pub(super) async fn leave(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request) -> Outcome<bool> {
    if let Some(id) = request.enrolment_id
        && store::enrolments::is_marked(work, id).await?
    {
        return Err(Refusal::AlreadyAttended.into());
    }
    give_up(office, work, actor, request).await
}

/// Gives back the place that somebody has by a request, if they have one, also after they came.
///
/// # Errors
/// What [`give_back`] refuses.
pub(super) async fn give_up(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request) -> Outcome<bool> {
    let Some(id) = request.enrolment_id else { return Ok(false) };
    let enrolment = store::enrolments::find(work, id).await?.ok_or(Refusal::NotFound)?;
    give_back(office, work, &enrolment, "", actor.account).await?;
    waiting::promote(office, work, enrolment.run_id).await?;
    *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
    Ok(true)
}
