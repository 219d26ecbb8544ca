//! The one path on which a place in a run is taken.

use std::collections::{BTreeMap, BTreeSet};

use domain::accounts::Actor;
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::people::PersonEntry;
use domain::{Faults, Refusal};
use serde_json::json;
use store::enrolments::Enrolment;
use store::organisations::Organisation;
use store::people::Member;
use store::runs::Run;
use store::{StoreResult, Work};

use super::{admitted, closed};
use crate::{Failure, Office, Outcome, notices, people};

/// Who is to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrollee {
    /// Somebody who belongs to the organisation.
    Member(PersonId),
    /// Somebody newly entered, who is looked up and else added to the organisation.
    Newcomer(PersonEntry),
}

/// Enrols people of one organisation in one run, all or nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolCommand {
    /// The run.
    pub run: RunId,
    /// The organisation that sends them.
    pub organisation: OrganisationId,
    /// Who is sent. Faults name them `people.N` in this order.
    pub people: Vec<Enrollee>,
    /// How the list came in.
    pub source: EnrolmentSource,
}

/// Somebody with a place in the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person.
    pub person: PersonId,
    /// The name the enrolment keeps.
    pub name: String,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Who got a place.
    pub enrolled: Vec<Placed>,
    /// Who had one before.
    pub already: Vec<Placed>,
    /// Seats left after it.
    pub seats_left: i64,
}

/// Enrols people. The same list twice gives the same places.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope and people who are not of the organisation;
/// [`Refusal::NobodyChosen`]; what [`domain::enrolments::Seats`] and [`domain::enrolments::Eligibility`] refuse; what is
/// wrong with a newcomer, as `people.N.…`; [`Refusal::BusyElsewhere`] for each who takes part in another run at that time.
pub async fn enrol(office: &Office, actor: &Actor, command: EnrolCommand) -> Outcome<Receipt> {
    /// Two lists at once may add the same newcomer: the one that lost finds them when it tries again.
    const ATTEMPTS: usize = 3;
    if command.people.is_empty() {
        return Err(Refusal::NobodyChosen.into());
    }
    for _ in 1..ATTEMPTS {
        match attempt(office, actor, &command).await {
            Err(Failure::Store(error)) if error.is_duplicate() || error.is_transient() => {
                tracing::info!(%error, "a list of people is tried again");
            }
            outcome => return outcome,
        }
    }
    attempt(office, actor, &command).await
}

async fn attempt(office: &Office, actor: &Actor, command: &EnrolCommand) -> Outcome<Receipt> {
    let mut work = office.database.begin().await?;
    let (_, organisation) = admitted(&mut work, actor, command.run, command.organisation).await?;
    let people = resolve(office, &mut work, command).await?;

    // Seats are counted under the lock, and the lock is held from here to the commit only.
    store::runs::lock(&mut work, command.run).await?;
    let run = store::runs::find(&mut work, command.run).await?.ok_or(Refusal::NotFound)?;
    if let Some(refusal) = closed(&mut work, &run, &organisation, office.today()).await? {
        return Err(refusal.into());
    }
    let (already, newly) = split(&mut work, &run, people).await?;
    let asked = i64::try_from(newly.len()).unwrap_or(i64::MAX);
    run.seats().take(asked)?;
    nobody_in_two_places(&mut work, &run, &newly).await?;

    let mut enrolments = Vec::with_capacity(newly.len());
    for member in newly {
        enrolments.push(place(office, &mut work, actor, command, &organisation, member).await?);
    }
    if !enrolments.is_empty() {
        let detail = json!({
            "organisation": organisation.id,
            "enrolments": enrolments.iter().map(|enrolment| enrolment.id).collect::<Vec<_>>(),
            "source": command.source,
        });
        office.log(&mut work, Some(actor.account), "people_enrolled", ("run", run.id.0), &detail).await?;
        notices::enrolment_confirmed(office, &mut work, &run, &enrolments).await?;
    }
    // Newcomers who turned out to have a place are kept too, as members.
    if enrolments.is_empty() {
        work.commit().await?;
    } else {
        office.commit_to_calendar(work).await?;
    }
    office.mail_waiting.notify_one();
    let seats_left = (run.capacity - run.taken - asked).max(0);
    Ok(Receipt { enrolled: enrolments.iter().map(placed).collect(), already: already.iter().map(placed).collect(), seats_left })
}

/// The members meant, each once, in the order of the command; newcomers are added.
async fn resolve(office: &Office, work: &mut Work, command: &EnrolCommand) -> Outcome<Vec<Member>> {
    let mut wanted = Vec::with_capacity(command.people.len());
    for (n, enrollee) in command.people.iter().enumerate() {
        wanted.push(match enrollee {
            Enrollee::Member(person) => *person,
            Enrollee::Newcomer(entry) => {
                let found = people::find_or_add(office, work, command.organisation, entry).await;
                found.map_err(|failure| within(failure, &format!("people.{n}")))?.0.id
            }
        });
    }
    let members = store::people::members(work, command.organisation, office.today()).await?;
    let mut members: BTreeMap<PersonId, Member> = members.into_iter().map(|member| (member.person.id, member)).collect();
    let mut seen = BTreeSet::new();
    wanted.retain(|person| seen.insert(*person));
    let found: Option<Vec<Member>> = wanted.iter().map(|person| members.remove(person)).collect();
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Puts the fields of a refusal under the field of the person it is about.
fn within(failure: Failure, parent: &str) -> Failure {
    let Failure::Refused(mut faults) = failure else { return failure };
    for fault in &mut faults.0 {
        fault.field = format!("{parent}.{}", fault.field);
    }
    Failure::Refused(faults)
}

async fn split(work: &mut Work, run: &Run, people: Vec<Member>) -> StoreResult<(Vec<Enrolment>, Vec<Member>)> {
    let (mut already, mut newly) = (Vec::new(), Vec::new());
    for member in people {
        match store::enrolments::live_of_person(work, run.id, member.person.id).await? {
            Some(enrolment) => already.push(enrolment),
            None => newly.push(member),
        }
    }
    Ok((already, newly))
}

/// Holds the time of those who are about to be enrolled, and refuses who takes part in another run at that time.
async fn nobody_in_two_places(work: &mut Work, run: &Run, newly: &[Member]) -> Outcome<()> {
    // Always in the same order, so that two lists never wait for each other.
    let people: BTreeMap<PersonId, &Member> = newly.iter().map(|member| (member.person.id, member)).collect();
    let mut faults = Faults::default();
    for (id, member) in people {
        store::runs::clashes::lock_person(work, id).await?;
        if let Some((run, day)) = store::runs::clashes::busy(work, id, run.id).await? {
            let person = member.person.full_name.to_string();
            faults.add("", Refusal::BusyElsewhere { person, run, day });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

async fn place(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    command: &EnrolCommand,
    organisation: &Organisation,
    member: Member,
) -> Outcome<Enrolment> {
    let person = member.person;
    let enrolment = Enrolment {
        id: EnrolmentId(office.id()),
        run_id: command.run,
        person_id: person.id,
        organisation_id: organisation.id,
        unit_id: organisation.unit_id,
        person_name: person.full_name.to_string(),
        birth_date: person.birth_date,
        birth_year: person.birth_year,
        organisation_name: organisation.name.clone(),
        position: member.position,
        on_state_payroll: member.on_state_payroll,
        source: command.source,
        enrolled_at: office.now(),
        withdrawn_at: None,
    };
    // The run is locked and the person was just seen to have no place, so the index never answers "already".
    if store::enrolments::add(work, &enrolment, person.full_name.given(), actor.account).await? {
        Ok(enrolment)
    } else {
        Err(Refusal::AlreadyEnrolled.into())
    }
}

fn placed(enrolment: &Enrolment) -> Placed {
    Placed { enrolment: enrolment.id, person: enrolment.person_id, name: enrolment.person_name.clone() }
}
