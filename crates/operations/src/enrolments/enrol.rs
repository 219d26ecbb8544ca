//! An organisation enrols its people.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::people::PersonEntry;
use store::Work;
use store::enrolments::Enrolment;
use store::people::Member;

use super::admitted;
use super::take::{Right, Taking, take};
use crate::{Failure, Office, Outcome, people};

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

/// How often a unit of work is tried.
pub(crate) const ATTEMPTS: usize = 3;

/// Two lists at once may add the same newcomer: the one that lost finds them when it tries again.
pub(crate) fn is_worth_another_try<T>(outcome: &Outcome<T>) -> bool {
    let Err(Failure::Store(error)) = outcome else { return false };
    let again = error.is_duplicate() || error.is_transient();
    if again {
        tracing::info!(%error, "a unit of work is tried again");
    }
    again
}

async fn attempt(office: &Office, actor: &Actor, command: &EnrolCommand) -> Outcome<Receipt> {
    let mut work = office.database.begin().await?;
    let (_, organisation) = admitted(&mut work, actor, command.run, command.organisation).await?;
    let people = resolve(office, &mut work, actor, organisation.id, &command.people).await?;
    let taking = Taking {
        run: command.run,
        organisation: &organisation,
        people,
        source: command.source,
        by: actor.account,
        right: Right::Open,
    };
    let taken = take(office, &mut work, taking).await?;
    // Newcomers who turned out to have a place are kept too, as members.
    if taken.enrolled.is_empty() {
        work.commit().await?;
    } else {
        office.commit_to_calendar(work).await?;
    }
    office.mail_waiting.notify_one();
    Ok(Receipt {
        enrolled: taken.enrolled.iter().map(placed).collect(),
        already: taken.already.iter().map(placed).collect(),
        seats_left: taken.seats_left,
    })
}

/// The members meant, each once, in the order given; newcomers are added.
pub(crate) async fn resolve(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    organisation: OrganisationId,
    people: &[Enrollee],
) -> Outcome<Vec<Member>> {
    let mut wanted = Vec::with_capacity(people.len());
    for (n, enrollee) in people.iter().enumerate() {
        wanted.push(match enrollee {
            Enrollee::Member(person) => *person,
            Enrollee::Newcomer(entry) => {
                let found = people::find_or_add(office, work, Some(actor), organisation, entry).await;
                found.map_err(|failure| within(failure, &format!("people.{n}")))?.0.id
            }
        });
    }
    let members = store::people::members(work, organisation, office.today()).await?;
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

/// An enrolment as receipts show it.
pub(crate) fn placed(enrolment: &Enrolment) -> Placed {
    Placed { enrolment: enrolment.id, person: enrolment.person_id, name: enrolment.person_name.clone() }
}
