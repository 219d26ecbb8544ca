//! The board of a course: everybody who waits for a place beside the seats of its runs; people are placed by choice, distance
//! and seats, adjusted by hand, and what was placed last can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use domain::accounts::Actor;
use domain::ids::{CourseId, PlacingId, RequestId, RunId, UnitId};
use domain::policy::{Action, may_everywhere};
use domain::requests::{Distance, Level, Place, Placeable, Proposal, State, StepKind, distance, propose};
use domain::{Faults, Refusal};
use serde_json::json;
use store::courses::Course;
use store::requests::Request;
use store::requests::placings::{GivenPlace, Placing};
use store::runs::Run;
use uuid::Uuid;

use super::seat::{leave, seat};
use super::show::to_choose;
use super::{Advance, advance, held};
use crate::notices::Told;
use crate::{Failure, Office, Outcome, notices, runs, waiting};

/// Somebody who waits for a place.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The request.
    pub request: Request,
    /// The runs they chose, the first choice first, with how far each is; those that take nobody any more are left out.
    pub choices: Vec<(RunId, Distance)>,
    /// What is proposed; none while a unit has to decide first.
    pub proposal: Option<Proposal>,
}

/// The board of a course.
#[derive(Debug, Clone)]
pub struct Board {
    /// The course.
    pub course: Course,
    /// Its runs that can be asked for, by deadline, each with its free seats.
    pub runs: Vec<(Run, i64)>,
    /// Who waits, the oldest request first.
    pub people: Vec<Candidate>,
    /// What was placed last, if it can be taken back.
    pub last: Option<Placing>,
}

/// The board of a course, for who decides for the province.
///
/// # Errors
/// [`Refusal::NotFound`] for others, and without such a course.
pub async fn board(office: &Office, actor: &Actor, course: CourseId) -> Outcome<Board> {
    planner(actor)?;
    let mut records = office.database.read().await?;
    let course = store::courses::find(&mut records, course).await?.ok_or(Refusal::NotFound)?;
    let runs = to_choose(office, &mut records, course.id).await?;
    let districts = store::units::districts(&mut records).await?;
    // A district is its own.
    let place = |unit: UnitId| Place { unit, district: districts.get(&unit).copied().or(Some(unit)) };
    let places: BTreeMap<RunId, Place> = runs.iter().map(|run| (run.id, place(run.unit_id))).collect();
    let mut people = Vec::new();
    for request in store::requests::to_place(&mut records, course.id).await? {
        let chosen = store::requests::choices(&mut records, request.id).await?;
        let from = place(request.unit_id);
        let choices = chosen.iter().filter_map(|run| Some((*run, distance(from, *places.get(run)?)))).collect();
        people.push(Candidate { request, choices, proposal: None });
    }
    let runs: Vec<(Run, i64)> = runs.into_iter().map(|run| (run.clone(), run.seats().left())).collect();
    let seats = runs.iter().map(|(run, free)| (run.id, *free)).collect();
    let asking = |person: &Candidate| Placeable { request: person.request.id, choices: person.choices.clone() };
    let placeable: Vec<Placeable> = people.iter().filter(|person| can_be_placed(&person.request)).map(asking).collect();
    let mut proposals: BTreeMap<RequestId, Proposal> =
        propose(&placeable, &seats).into_iter().map(|proposal| (proposal.request, proposal)).collect();
    for person in &mut people {
        person.proposal = proposals.remove(&person.request.id);
    }
    let last = store::requests::placings::last(&mut records, course.id).await?;
    Ok(Board { course, runs, people, last })
}

/// Planners decide for the province: who plans a run of their own as a trainer places nobody.
fn planner(actor: &Actor) -> Outcome<()> {
    if may_everywhere(actor, Action::DecideRequests) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// Whether only the province has still to say so, or nobody. Who has a place until it is decided anew is decided on singly.
fn can_be_placed(request: &Request) -> bool {
    matches!(request.state, State::WaitingProvince | State::Approved) && request.enrolment_id.is_none()
}

/// Who is to be placed where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCommand {
    /// The request.
    pub request: RequestId,
    /// Its version that was seen.
    pub seen: i64,
    /// One of the runs it names.
    pub run: RunId,
}

/// A line of the report on what was placed.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Whose it is, when there is such a request.
    pub known: Option<Request>,
    /// The run, or why there is no place in it.
    pub outcome: Result<Run, Faults>,
}

/// Places people, each by itself: the approval of the province and the place together, or neither. Gives a line for each.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not decide for the province, and without such a course; [`Refusal::NothingChosen`].
pub async fn place(office: &Office, actor: &Actor, course: CourseId, chosen: &[PlaceCommand]) -> Outcome<Vec<Placed>> {
    planner(actor)?;
    store::courses::find(&mut office.database.read().await?, course).await?.ok_or(Refusal::NotFound)?;
    if chosen.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let (placing, deed) = (PlacingId(office.id()), office.id());
    let mut lines = Vec::with_capacity(chosen.len());
    for command in chosen {
        let outcome = match one(office, actor, (placing, course), command, deed).await {
            Ok(run) => Ok(run),
            Err(Failure::Refused(faults)) => Err(faults),
            Err(failure) => return Err(failure),
        };
        let known = store::requests::find(&mut office.database.read().await?, command.request).await?;
        lines.push(Placed { known, outcome });
    }
    office.mail_waiting.notify_one();
    Ok(lines)
}

async fn one(
    office: &Office,
    actor: &Actor,
    (placing, course): (PlacingId, CourseId),
    command: &PlaceCommand,
    deed: Uuid,
) -> Outcome<Run> {
    let mut work = office.database.begin().await?;
    let (mut request, runs) = held(&mut work, command.request, &[]).await?;
    if request.course_id != course {
        return Err(Refusal::NotFound.into());
    }
    if request.version != command.seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if !can_be_placed(&request) {
        return Err(Refusal::RequestInState { state: request.state }.into());
    }
    let run = runs.iter().find(|run| run.id == command.run).ok_or(Refusal::RunNotChosen)?.clone();
    let approves = request.state == State::WaitingProvince;
    if approves {
        let approved = Advance::new(StepKind::Approved, actor.account, "").at(Some(Level::Province));
        advance(office, &mut work, &mut request, approved).await?;
    }
    // Where they wait is what taking it back has to restore.
    let unqueued = store::requests::waiting(&mut work, request.person_id, course).await?;
    if let Some(refused) = seat(office, &mut work, actor, &mut request, std::slice::from_ref(&run)).await?.refused {
        return Err(refused.into());
    }
    let enrolment = request.enrolment_id.ok_or(Refusal::NotFound)?;
    let (at, by) = (office.now(), actor.account);
    let place = GivenPlace { request: request.id, enrolment, approved: approves, run: run.id };
    store::requests::placings::add(&mut work, (placing, course), place, &unqueued, by, at).await?;
    let detail = json!({ "run": run.id, "placing": placing });
    office.log(&mut work, Some(actor.account), "request_placed", ("request", request.id.0), &detail).await?;
    notices::request_decided(office, &mut work, deed, &request, Told { run: Some(&run), ..Told::default() }).await?;
    office.commit_to_calendar(work).await?;
    Ok(run)
}

/// Takes back what was placed last in a course, all or nothing: its people wait again as they did before, for a decision or on
/// the waiting list, at the number they had there; and their organisations are told. Places that were given back or decided on
/// anew since are left alone. Gives how many were taken back.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not decide for the province; [`Refusal::NothingToUndo`] when `id` is not what was
/// placed last; [`Refusal::AlreadyAttended`], [`Refusal::RunClosed`], [`Refusal::RunCancelled`] when it is too late for one.
pub async fn undo(office: &Office, actor: &Actor, course: CourseId, id: PlacingId) -> Outcome<usize> {
    planner(actor)?;
    let mut work = office.database.begin().await?;
    let last = store::requests::placings::last(&mut work, course).await?;
    if last.is_none_or(|last| last.id != id) {
        return Err(Refusal::NothingToUndo.into());
    }
    let mut held: BTreeSet<RunId> = BTreeSet::new();
    for place in store::requests::placings::places(&mut work, id).await? {
        held.insert(place.run);
        held.extend(store::requests::placings::unqueued(&mut work, id, place.request).await?.into_iter().map(|(_, run)| run));
    }
    runs::hold(&mut work, &held).await?;
    // Under the locks: what was given back meanwhile is left out.
    let places = store::requests::placings::places(&mut work, id).await?;
    if !store::requests::placings::undo(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::NothingToUndo.into());
    }
    let deed = office.id();
    for place in &places {
        let mut request = store::requests::find(&mut work, place.request).await?.ok_or(Refusal::NotFound)?;
        // The approval that came with the place goes with it; one that was given before stays.
        let level = Some(Level::Province).filter(|level| place.approved && request.needs.levels().contains(level));
        let undone = Advance::new(StepKind::Undone, actor.account, "").at(level).about(Some(place.enrolment));
        advance(office, &mut work, &mut request, undone).await?;
        leave(office, &mut work, actor, &mut request).await?;
        for (entry, _) in store::requests::placings::unqueued(&mut work, id, place.request).await? {
            store::waiting::come_back(&mut work, entry).await?;
        }
        let run = store::runs::find(&mut work, place.run).await?;
        let told = Told { after: Some(StepKind::Undone), run: run.as_ref(), ..Told::default() };
        notices::request_decided(office, &mut work, deed, &request, told).await?;
    }
    // Once all are back where they stood: the seats are theirs who come first there.
    for run in held {
        waiting::promote(office, &mut work, run).await?;
    }
    let detail = json!({ "requests": places.len() });
    office.log(&mut work, Some(actor.account), "placing_undone", ("placing", id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(places.len())
}
