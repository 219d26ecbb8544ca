//! People for whom there is no seat wait for one.

use std::collections::BTreeSet;

use domain::accounts::Actor;
use domain::ids::{PersonId, WaitingId};
use domain::{Faults, Refusal};
use serde_json::json;
use store::waiting::NewEntry;

use super::promote;
use crate::allotments::room_for;
use crate::enrolments::{
    ATTEMPTS, EnrolCommand, Enrolment, Placed, Receipt, Right, Taking, admitted, closed, everybody_prepared,
    is_worth_another_try, placed, resolve, take,
};
use crate::{Office, Outcome, people, requests};

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Their place on the list.
    pub entry: WaitingId,
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The how manyth they are.
    pub place: i64,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Who got a place, or had one.
    pub receipt: Receipt,
    /// Who waits, those who did before among them, in the order of the waiting list.
    pub queued: Vec<Queued>,
    /// Who of them waited before: for them nothing changed.
    pub before: Vec<WaitingId>,
}

/// Enrols as many of a list as there are seats for, in its order, and puts the others at the end of the waiting list. The
/// same list twice changes nothing.
///
/// # Errors
/// As [`crate::enrolments::enrol`], but for [`Refusal::Full`].
pub async fn join(office: &Office, actor: &Actor, command: EnrolCommand) -> Outcome<Joined> {
    if command.people.is_empty() {
        return Err(Refusal::NobodyChosen.into());
    }
    for _ in 1..ATTEMPTS {
        let outcome = attempt(office, actor, &command).await;
        if !is_worth_another_try(&outcome) {
            return outcome;
        }
    }
    attempt(office, actor, &command).await
}

async fn attempt(office: &Office, actor: &Actor, command: &EnrolCommand) -> Outcome<Joined> {
    let mut work = office.database.begin().await?;
    let (_, organisation) = admitted(&mut work, actor, command.run, command.organisation).await?;
    let members = resolve(office, &mut work, actor, organisation.id, &command.people).await?;
    promote(office, &mut work, command.run).await?;
    store::runs::lock(&mut work, command.run).await?;
    let run = store::runs::find(&mut work, command.run).await?.ok_or(Refusal::NotFound)?;
    if let Some(refusal) = closed(&mut work, &run, &organisation, office.today()).await? {
        return Err(refusal.into());
    }
    let now = office.now();
    let room = room_for(&mut work, &run, &organisation, now).await?;
    let mut free = room.left();
    let (mut taking, mut waiting, mut asked) = (Vec::new(), Vec::new(), 0);
    for member in members {
        let has_place = store::enrolments::live_of_person(&mut work, run.id, member.person.id).await?.is_some();
        let entry = store::waiting::of_person(&mut work, run.id, member.person.id).await?;
        let is_offered = entry.as_ref().is_some_and(|entry| entry.offer_id.is_some());
        if has_place || is_offered {
            taking.push(member);
        } else if free > 0 {
            free -= 1;
            asked += 1;
            taking.push(member);
        } else {
            asked += i64::from(entry.is_none());
            waiting.push((member, entry));
        }
    }
    // Nobody is asked any more once the class has begun, though the last day for enrolling may not be over: then nobody waits.
    if now >= run.keeping_ends() && waiting.iter().any(|(_, entry)| entry.is_none()) {
        room.takes(asked)?;
    }
    // Where places are given by approval, only who was approved waits for one.
    let members: Vec<_> = waiting.iter().map(|(member, _)| member.clone()).collect();
    requests::rights(&mut work, &run, organisation.id, &members).await?;
    let mut faults = Faults::default();
    let (mut newly, mut before) = (Vec::new(), Vec::new());
    for (member, entry) in &waiting {
        let (id, name) = (member.person.id, member.person.full_name.to_string());
        if let Some((run, day)) = store::runs::clashes::busy(&mut work, id, run.id).await? {
            faults.add("", Refusal::BusyElsewhere { person: name, run, day });
        } else if let Some(entry) = entry {
            before.push(entry.id);
        } else {
            newly.push(id);
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    // Nobody waits for a seat that they could not take.
    let coming = waiting.iter().filter(|(_, entry)| entry.is_none()).map(|(member, _)| member.clone());
    everybody_prepared(office, &mut work, &run, &coming.collect::<Vec<_>>()).await?;
    let taken = take(
        office,
        &mut work,
        Taking {
            run: run.id,
            organisation: &organisation,
            people: taking,
            source: command.source,
            by: actor.account,
            right: Right::Open,
        },
    )
    .await?;
    // In the order of people, so that two lists never wait for each other in a circle; they queue in that of the list.
    for person in newly.iter().collect::<BTreeSet<_>>() {
        store::runs::clashes::lock_person(&mut work, *person).await?;
        people::require_going_on(&mut work, *person).await?;
    }
    for person in &newly {
        let new = NewEntry {
            id: WaitingId(office.id()),
            run: run.id,
            person: *person,
            organisation: organisation.id,
            source: command.source,
        };
        store::waiting::add(&mut work, &new, actor.account, now).await?;
    }
    if !newly.is_empty() {
        let detail = json!({ "organisation": organisation.id, "people": newly, "source": command.source });
        office.log(&mut work, Some(actor.account), "people_queued", ("run", run.id.0), &detail).await?;
    }
    let mut queued = Vec::new();
    let list = store::waiting::of_run(&mut work, run.id).await?.into_iter().filter(|entry| entry.offer_id.is_none());
    for (place, entry) in (1..).zip(list) {
        if waiting.iter().any(|(member, _)| member.person.id == entry.person_id) {
            queued.push(Queued { entry: entry.id, person: entry.person_id, name: entry.person_name, place });
        }
    }
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    let placed = |places: &[Enrolment]| places.iter().map(placed).collect::<Vec<Placed>>();
    let receipt = Receipt { enrolled: placed(&taken.enrolled), already: placed(&taken.already), seats_left: taken.seats_left };
    Ok(Joined { receipt, queued, before })
}
