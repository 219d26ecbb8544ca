//! Somebody who was approved gets a seat, if one of the runs they chose has one.

use domain::accounts::Actor;
use domain::ids::RunId;
use domain::requests::{State, StepKind};
use domain::runs::RunState;
use domain::{Faults, Refusal};
use store::Work;
use store::requests::Request;
use store::runs::Run;

use super::queue::{queue, wants_a_seat};
use super::{Advance, advance};
use crate::enrolments::{Right, Taking, give_back, take};
use crate::{Failure, Office, Outcome, waiting};

/// Where somebody who was approved sits now.
pub(super) struct Seat {
    /// The run in which they have a place.
    pub run: Option<Run>,
    /// What the first choice said, when none of those they chose has a seat for them: then `run` is the one they had before.
    pub refused: Option<Faults>,
}

/// Gives who was approved a place in the first of `runs` that has a seat and takes them; all are held, and so is the run of the
/// place they have. That place is kept while its run is among these; else it is given up for the new one, both or neither.
/// Who finds no seat, and has none, waits for one in the first of the runs where a seat is what they want for.
///
/// # Errors
/// What [`leave`] refuses, when a place has to be given up.
pub(super) async fn seat(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request, runs: &[Run]) -> Outcome<Seat> {
    if let Some(run) = runs.iter().find(|run| Some(run.id) == request.placed_in) {
        keep(office, work, actor, request).await?;
        return Ok(Seat { run: Some(run.clone()), refused: None });
    }
    let (mut first, mut full) = (None, None);
    for run in runs {
        work.attempt().await?;
        match enter(office, work, actor, request, run).await {
            Ok(left) => {
                work.succeeded().await?;
                if let Some(left) = left {
                    waiting::promote(office, work, left).await?;
                }
                return Ok(Seat { run: Some(run.clone()), refused: None });
            }
            Err(Failed::Entering(failure @ Failure::Refused(_))) => {
                work.failed().await?;
                *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
                if full.is_none() && wants_a_seat(&failure) {
                    full = Some(run.id);
                }
                first.get_or_insert(failure);
            }
            Err(Failed::Entering(failure) | Failed::Leaving(failure)) => return Err(failure),
        }
    }
    let refused = match first {
        Some(Failure::Refused(faults)) => Some(faults),
        _ => return Err(Refusal::NotFound.into()),
    };
    if let Some(known) = request.placed_in {
        keep(office, work, actor, request).await?;
        return Ok(Seat { run: store::runs::find(work, known).await?, refused });
    }
    queue(office, work, request, full, actor.account).await?;
    Ok(Seat { run: None, refused })
}

/// Says that a request has the place that it has.
async fn keep(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request) -> Outcome<()> {
    if request.state == State::Placed {
        return Ok(());
    }
    let kept = Advance::new(StepKind::Placed, actor.account, "").about(request.enrolment_id);
    advance(office, work, request, kept).await
}

/// What did not go well.
enum Failed {
    /// The place that was had cannot be given up.
    Leaving(Failure),
    /// The other cannot be had.
    Entering(Failure),
}

/// Takes a place in a run, and gives up the one that is had before: gives the run of that, whose waiting list has to be moved.
/// A place in a run that is over, or was called off, stays in its books.
async fn enter(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    request: &mut Request,
    run: &Run,
) -> Result<Option<RunId>, Failed> {
    let left = match request.placed_in {
        Some(known) => is_going_on(work, known).await.map_err(Failed::Leaving)?.then_some(known),
        None => None,
    };
    if left.is_some() {
        not_attended(work, request).await.map_err(Failed::Leaving)?;
        give_place_back(office, work, actor, request).await.map_err(Failed::Leaving)?;
    }
    sit(office, work, actor, request, run).await.map_err(Failed::Entering)?;
    Ok(left)
}

async fn is_going_on(work: &mut Work, run: RunId) -> Outcome<bool> {
    Ok(store::runs::find(work, run).await?.is_some_and(|run| run.state() == RunState::Published))
}

async fn sit(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request, run: &Run) -> Outcome<()> {
    let organisation = store::organisations::find(work, request.organisation_id).await?.ok_or(Refusal::NotFound)?;
    let members = store::people::members(work, organisation.id, office.today()).await?;
    let member = members.into_iter().find(|member| member.person.id == request.person_id).ok_or(Refusal::NotFound)?;
    let taking = Taking {
        run: run.id,
        organisation: &organisation,
        people: vec![member],
        source: request.source,
        by: actor.account,
        right: Right::Open,
    };
    take(office, work, taking).await?;
    *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
    Ok(())
}

/// Takes from somebody the place that they have by a request, if they have one. Who waits is not asked yet: gives the run whose
/// seat is free.
///
/// # Errors
/// [`Refusal::AlreadyAttended`] once their attendance was marked; what [`give_back`] refuses.
pub(super) async fn leave(office: &Office, work: &mut Work, actor: &Actor, request: &mut Request) -> Outcome<Option<RunId>> {
    not_attended(work, request).await?;
    give_place_back(office, work, actor, request).await
}

/// Gives back the place that somebody has by a request, if they have one, also after they came. Who waits is not asked yet.
///
/// # Errors
/// What [`give_back`] refuses.
pub(super) async fn give_place_back(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    request: &mut Request,
) -> Outcome<Option<RunId>> {
    let Some(id) = request.enrolment_id else { return Ok(None) };
    let enrolment = store::enrolments::find(work, id).await?.ok_or(Refusal::NotFound)?;
    give_back(office, work, &enrolment, "", actor.account).await?;
    *request = store::requests::find(work, request.id).await?.ok_or(Refusal::NotFound)?;
    Ok(Some(enrolment.run_id))
}

async fn not_attended(work: &mut Work, request: &Request) -> Outcome<()> {
    match request.enrolment_id {
        Some(id) if store::enrolments::is_marked(work, id).await? => Err(Refusal::AlreadyAttended.into()),
        _ => Ok(()),
    }
}
