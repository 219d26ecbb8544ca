//! An organisation asks for places for its people: one request for each.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::ids::{PersonId, RequestId, RequestStepId, RunId};
use domain::requests::{Approval, Step, StepKind, after, stands_in_the_way};
use domain::runs::RunState;
use domain::time::local_day;
use domain::{Faults, Refusal};
use serde_json::json;
use store::people::Member;
use store::requests::Request;
use store::requests::writing::NewStep;
use store::runs::Run;
use store::{Records, Work};

use super::read;
use crate::enrolments::{EnrolCommand, admitted, closed, everybody_prepared, resolve};
use crate::{Failure, Office, Outcome, people, runs};

/// Who is to be trained, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCommand {
    /// The run of the first choice, the organisation and its people, as when they are enrolled.
    pub list: EnrolCommand,
    /// The second and third choice, if any.
    pub others: Vec<RunId>,
    /// Anything else.
    pub note: String,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The requests that were made, one a person.
    pub requests: Vec<RequestId>,
    /// How many people have a place in the run, or were asked for in it before.
    pub already: usize,
}

/// Asks for places, for all people of a list or for nobody. The same list twice makes the same requests.
///
/// # Errors
/// [`Refusal::NotFound`] and what is wrong with a newcomer, as when people are enrolled; [`Refusal::NobodyChosen`];
/// [`Refusal::NoApprovalNeeded`]; what closes a run, as `choice.N` from the second choice on; [`Refusal::AskedAlready`] and
/// [`Refusal::RefusedBefore`] for each person whom it concerns.
pub async fn ask(office: &Office, actor: &Actor, command: &AskCommand) -> Outcome<Asked> {
    /// Two lists at once may add the same newcomer: the one that lost finds them when it tries again.
    const ATTEMPTS: usize = 3;
    if command.list.people.is_empty() {
        return Err(Refusal::NobodyChosen.into());
    }
    for _ in 1..ATTEMPTS {
        match attempt(office, actor, command).await {
            Err(Failure::Store(error)) if error.is_duplicate() || error.is_transient() => {
                tracing::info!(%error, "a list of people to ask for is tried again");
            }
            outcome => return outcome,
        }
    }
    attempt(office, actor, command).await
}

async fn attempt(office: &Office, actor: &Actor, command: &AskCommand) -> Outcome<Asked> {
    let list = &command.list;
    let mut work = office.database.begin().await?;
    let (_, organisation) = admitted(&mut work, actor, list.run, list.organisation).await?;
    let members = resolve(office, &mut work, actor, list.organisation, &list.people).await?;
    let choices: Vec<RunId> = std::iter::once(list.run).chain(command.others.iter().copied()).collect();
    runs::hold(&mut work, choices.iter()).await?;
    let needs = needed(office, &mut work, &organisation, &choices).await.map_err(about_the_run)?;
    let step = Step { kind: StepKind::Asked, level: None, needs: Some(needs) };
    let state = after(None, needs, step)?;

    let (newly, already) = split(office, &mut work, &choices, members).await?;
    // Better now than after two officers approved it.
    let first = store::runs::find(&mut work, list.run).await?.ok_or(Refusal::NotFound)?;
    everybody_prepared(office, &mut work, &first, &newly).await?;
    let requests: Vec<RequestId> = newly.iter().map(|_| RequestId(office.id())).collect();
    let course = read(&mut work, &choices[..1]).await?.remove(0).course_id;
    // In the order of people, so that two lists never wait for each other in a circle.
    let sorted: BTreeMap<PersonId, (&Member, RequestId)> =
        newly.iter().zip(&requests).map(|(member, id)| (member.person.id, (member, *id))).collect();
    for (person, (member, id)) in sorted {
        store::runs::clashes::lock_person(&mut work, person).await?;
        people::require_going_on(&mut work, person).await?;
        let new = NewStep {
            id: RequestStepId(office.id()),
            step,
            enrolment: None,
            note: &command.note,
            at: office.now(),
            by: Some(actor.account),
        };
        let asked =
            store::requests::writing::NewRequest { id, person, organisation: organisation.id, course, source: list.source };
        if !store::requests::writing::add(&mut work, &asked, (state, needs), &new, &choices).await? {
            return Err(Refusal::AskedAlready { person: member.person.full_name.to_string() }.into());
        }
    }
    if !requests.is_empty() {
        let detail = json!({ "organisation": organisation.id, "requests": requests, "choices": choices });
        office.log(&mut work, Some(actor.account), "places_requested", ("run", list.run.0), &detail).await?;
    }
    work.commit().await?;
    Ok(Asked { requests, already })
}

/// What must be approved for runs that an organisation asks for, all of them held.
///
/// # Errors
/// What keeps the organisation out of a run, as `choice.N`.
pub(super) async fn needed(
    office: &Office,
    records: &mut impl Records,
    organisation: &store::organisations::Organisation,
    choices: &[RunId],
) -> Outcome<Approval> {
    let (mut faults, mut needs, mut course) = (Faults::default(), Approval::None, None);
    for (n, id) in choices.iter().enumerate() {
        // A draft looks as if it did not exist.
        let run = store::runs::find(records, *id).await?.filter(|run| run.state() != RunState::Draft);
        let refusal = match &run {
            None => Some(Refusal::NotAChoice),
            Some(run) if *course.get_or_insert(run.course_id) != run.course_id => Some(Refusal::RunOfAnotherCourse),
            Some(run) if !run.approval.is_needed() => Some(Refusal::NoApprovalNeeded),
            Some(run) => closed(records, run, organisation, office.today()).await?,
        };
        match refusal {
            Some(refusal) => faults.add(format!("choice.{n}"), refusal),
            None => needs = run.map_or(needs, |run| needs.and(run.approval)),
        }
    }
    if faults.is_empty() { Ok(needs) } else { Err(faults.into()) }
}

/// The run of the first choice is the one whose page it is: what closes it is said of the form as a whole.
fn about_the_run(failure: Failure) -> Failure {
    let Failure::Refused(mut faults) = failure else { return failure };
    for fault in faults.0.iter_mut().filter(|fault| fault.field == "choice.0") {
        fault.field.clear();
    }
    Failure::Refused(faults)
}

/// Who is asked for anew, in the order of the list, and how many were before.
async fn split(office: &Office, work: &mut Work, choices: &[RunId], people: Vec<Member>) -> Outcome<(Vec<Member>, usize)> {
    let runs = read(work, choices).await?;
    let (mut newly, mut already, mut faults) = (Vec::new(), 0, Faults::default());
    for member in people {
        let (person, name) = (member.person.id, member.person.full_name.to_string());
        if store::enrolments::live_of_person(work, runs[0].id, person).await?.is_some() {
            already += 1;
            continue;
        }
        if let Some(known) = store::requests::live(work, person, runs[0].course_id).await? {
            let chosen = store::requests::choices(work, known.id).await?;
            if in_the_way(office, work, &known, &chosen).await? {
                if chosen.contains(&runs[0].id) {
                    already += 1;
                } else {
                    faults.add("", Refusal::AskedAlready { person: name });
                }
                continue;
            }
            if !store::requests::writing::close(work, &known, office.now()).await? {
                return Err(Refusal::ChangedMeanwhile.into());
            }
        }
        if let Some(at) = refused_before(work, person, &runs).await? {
            faults.add("", Refusal::RefusedBefore { person: name, day: local_day(at) });
            continue;
        }
        newly.push(member);
    }
    if faults.is_empty() { Ok((newly, already)) } else { Err(faults.into()) }
}

/// Who was refused a place in a run cannot simply ask for it again.
pub(super) async fn refused_before(
    records: &mut impl Records,
    person: PersonId,
    runs: &[Run],
) -> Outcome<Option<chrono::DateTime<chrono::Utc>>> {
    for run in runs {
        if let Some(at) = store::requests::refused(records, person, run.id).await? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Whether a request keeps its person from being asked for anew.
pub(super) async fn in_the_way(
    office: &Office,
    records: &mut impl Records,
    request: &Request,
    chosen: &[RunId],
) -> Outcome<bool> {
    let mut is_open = false;
    for run in read(records, chosen).await? {
        is_open |= run.state() == RunState::Published && run.enrolment_deadline >= office.today();
    }
    let is_held = match request.placed_in {
        Some(run) => store::runs::find(records, run).await?.is_some_and(|run| run.state() == RunState::Published),
        None => false,
    };
    Ok(stands_in_the_way(request.state, is_open, is_held))
}
