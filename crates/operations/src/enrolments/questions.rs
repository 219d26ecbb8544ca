//! Who has which place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId, UnitId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::runs::RunState;
use store::Records;
use store::courses::prerequisites::Group;
use store::enrolments::{Enrolment, EnrolmentInRun};
use store::organisations::Organisation;
use store::people::Member;
use store::place_changes::CameBy;
use store::requirements::Requirement;
use store::runs::Run;

use super::prerequisites::Prerequisites;
use super::substitute::substitution;
use super::{admitted, closed, eligibilities, in_name_order, sees_everybody, visible};
use crate::{Office, Outcome, allotments, organisation_target, require};

/// A member who can be chosen.
#[derive(Debug, Clone)]
pub struct MemberChoice {
    /// The member.
    pub member: Member,
    /// Whether they have a place in the run.
    pub enrolled: bool,
    /// Whether they wait for a seat of the run.
    pub waits: bool,
    /// Whether a place in the course was asked for them and nothing came of it yet.
    pub asked: bool,
    /// What they lack of what the course requires.
    pub lacking: Option<Refusal>,
}

/// What the enrolment form shows.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The run.
    pub run: Run,
    /// The organisation.
    pub organisation: Organisation,
    /// Its people, by given name.
    pub members: Vec<MemberChoice>,
    /// How many people of this organisation can take a place: as far as seats and the limit of each organisation go.
    pub seats_left: i64,
    /// Other runs of the course that take people and have seats, the next first, where this one has none.
    pub others: Vec<Run>,
    /// Why nobody can be enrolled now.
    pub closed: Option<Refusal>,
    /// What has to be completed before the course.
    pub prerequisites: Vec<Group>,
    /// The requirement of the year of the run that the organisation meets with this course. It says who should come, and
    /// shuts nobody out: whoever the run is for may learn more than is required of them.
    pub requirement: Option<Requirement>,
}

/// The people of an organisation who can be enrolled in a run.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope.
pub async fn choice(office: &Office, actor: &Actor, run: RunId, organisation: OrganisationId) -> Outcome<Choice> {
    let mut records = office.database.read().await?;
    let (run, organisation) = admitted(&mut records, actor, run, organisation).await?;
    let live = store::enrolments::live_of_run(&mut records, run.id).await?;
    let enrolled: BTreeSet<PersonId> = live.iter().map(|enrolment| enrolment.person_id).collect();
    let waiting = store::waiting::of_run(&mut records, run.id).await?;
    let waiting: BTreeSet<PersonId> = waiting.iter().map(|entry| entry.person_id).collect();
    let members = store::people::members(&mut records, organisation.id, office.today()).await?;
    let before = Prerequisites::of(&mut records, &run, office.today()).await?;
    let mut choices = Vec::with_capacity(members.len());
    for member in members {
        let enrolled = enrolled.contains(&member.person.id);
        let lacking = match enrolled {
            true => None,
            false => before.refusal(&mut records, Some(member.person.id), &member.person.full_name).await?,
        };
        let asked = !enrolled
            && run.approval.is_needed()
            && store::requests::live(&mut records, member.person.id, run.course_id).await?.is_some();
        choices.push(MemberChoice { enrolled, waits: waiting.contains(&member.person.id), asked, lacking, member });
    }
    let closed = closed(&mut records, &run, &organisation, office.today()).await?;
    let requirement = requirement(&mut records, &run, &organisation).await?;
    let seats_left = allotments::room_for(&mut records, &run, &organisation, office.now()).await?.left();
    let others = match seats_left {
        1.. => Vec::new(),
        _ => store::place_changes::other_runs(&mut records, run.course_id, run.id, office.today()).await?,
    };
    let others = others.into_iter().filter(|other| other.seats().left() > 0).collect();
    Ok(Choice { run, organisation, members: choices, seats_left, others, closed, prerequisites: before.groups, requirement })
}

/// What the year of a run requires of an organisation, or of its officers, that the course of the run meets.
async fn requirement(records: &mut impl Records, run: &Run, organisation: &Organisation) -> Outcome<Option<Requirement>> {
    let Some(year) = run.first_day.map(|day| i64::from(day.year())) else { return Ok(None) };
    for requirement in store::requirements::of_year(records, year).await? {
        let is_meant = requirement.course_id == run.course_id && organisation.kind.belongs_to(requirement.audience);
        if is_meant && (!requirement.selected_only || store::eligibility::products(records, organisation.id, year).await? > 0) {
            return Ok(Some(requirement));
        }
    }
    Ok(None)
}

/// An organisation that somebody may choose.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The organisation.
    pub organisation: Organisation,
    /// Why it is chosen in vain.
    pub refusal: Option<Refusal>,
}

/// A run with the organisations that an actor may enrol people of, by name, each with whether the run admits it; 200 at
/// most. An actor who acts for a few gets them all with an empty `wanted`.
///
/// # Errors
/// [`Refusal::NotFound`] for people who enrol nobody, and for a run they may not know of.
pub async fn organisations(office: &Office, actor: &Actor, run: RunId, wanted: &str) -> Outcome<(Run, Vec<Candidate>)> {
    if !may_somewhere(actor, Action::Enrol) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let run = visible(&mut records, actor, run).await?;
    let everywhere = may_everywhere(actor, Action::Enrol);
    let seen = store::organisations::search(&mut records, wanted, everywhere, actor.account, office.today()).await?;
    let eligibility = eligibilities(&mut records, &run).await?;
    let mut allowed = Vec::with_capacity(seen.len());
    for organisation in seen {
        if everywhere || may(actor, Action::Enrol, &organisation_target(&mut records, organisation.id).await?.1) {
            allowed.push(Candidate { refusal: eligibility(organisation.id).admit().err(), organisation });
        }
    }
    Ok((run, allowed))
}

/// Who takes part in a run, as far as the actor may know.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The run.
    pub run: Run,
    /// Places, by given name, with whether the actor may withdraw them.
    pub entries: Vec<(Enrolment, bool)>,
    /// Whether these are all: representatives see their own people only.
    pub everybody: bool,
    /// Who was let in by an exception. Who enrolled by it takes part by it, withdrawn or not.
    pub excepted: BTreeSet<OrganisationId>,
    /// How those came to their places who did not enrol for them.
    pub came_by: BTreeMap<EnrolmentId, CameBy>,
    /// Who left after attendance of them had been marked, by given name.
    pub left: Vec<Enrolment>,
    /// Whether participants can still be replaced by others of their organisation.
    pub can_substitute: bool,
    /// Whether there is another run of the course that participants can go over to.
    pub can_transfer: bool,
    /// The units that people come from, by name.
    pub units: Vec<(UnitId, String)>,
}

/// Who takes part in a run: everybody for those who may see the run, else the people of one's own organisations.
///
/// # Errors
/// [`Refusal::NotFound`] for people who neither see the run nor anybody's people.
pub async fn roster(office: &Office, actor: &Actor, run: RunId) -> Outcome<Roster> {
    let mut records = office.database.read().await?;
    let run = visible(&mut records, actor, run).await?;
    let everybody = sees_everybody(&mut records, actor, run.id).await?;
    if !everybody && !may_somewhere(actor, Action::SeePeople) {
        return Err(Refusal::NotFound.into());
    }
    let mut rights: BTreeMap<OrganisationId, (bool, bool)> = BTreeMap::new();
    let mut entries = Vec::new();
    for enrolment in store::enrolments::live_of_run(&mut records, run.id).await? {
        let organisation = enrolment.organisation_id;
        let (seen, enrols) = match rights.get(&organisation) {
            Some(known) => *known,
            None => {
                let (_, target) = organisation_target(&mut records, organisation).await?;
                let found = (may(actor, Action::SeePeople, &target), may(actor, Action::Enrol, &target));
                *rights.entry(organisation).or_insert(found)
            }
        };
        if everybody || seen {
            entries.push((enrolment, enrols));
        }
    }
    in_name_order(&mut entries, |(enrolment, _)| &enrolment.person_name);
    let excepted = store::eligibility::exceptions(&mut records, run.id).await?;
    let came_by = store::place_changes::into_run(&mut records, run.id).await?;
    let left = store::enrolments::left_run(&mut records, run.id).await?;
    let from: BTreeSet<UnitId> = entries.iter().map(|(place, _)| place.unit_id).collect();
    let mut units = Vec::with_capacity(from.len());
    for unit in from {
        units.extend(store::units::find(&mut records, unit).await?.map(|known| (unit, known.title())));
    }
    units.sort_by(|(_, one), (_, other)| store::vietnamese_order(one, other));
    let is_published = run.state() == RunState::Published;
    let other_runs = store::place_changes::other_runs(&mut records, run.course_id, run.id, office.today()).await?;
    let seen = |left: &Enrolment| everybody || rights.get(&left.organisation_id).is_some_and(|(seen, _)| *seen);
    Ok(Roster {
        entries,
        everybody,
        excepted: excepted.into_iter().map(|known| known.organisation_id).collect(),
        came_by: came_by.into_iter().map(|came| (came.taken_id, came)).collect(),
        left: left.into_iter().filter(seen).collect(),
        can_transfer: is_published && !other_runs.is_empty(),
        can_substitute: is_published && substitution(&mut records, &run, office.now()).await?.is_ok(),
        units,
        run,
    })
}

/// The places that people of an organisation have, the latest run first.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope.
pub async fn of_organisation(
    office: &Office,
    actor: &Actor,
    organisation: OrganisationId,
) -> Outcome<(Organisation, Vec<EnrolmentInRun>)> {
    let mut records = office.database.read().await?;
    let (organisation, target) = organisation_target(&mut records, organisation).await?;
    require(actor, Action::SeePeople, &target)?;
    let places = store::enrolments::of_organisation(&mut records, organisation.id).await?;
    Ok((organisation, places))
}

/// One enrolment with its run, for somebody who may withdraw it.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope.
pub async fn one(office: &Office, actor: &Actor, id: EnrolmentId) -> Outcome<(Enrolment, Run)> {
    let mut records = office.database.read().await?;
    let enrolment = store::enrolments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, _) = admitted(&mut records, actor, enrolment.run_id, enrolment.organisation_id).await?;
    Ok((enrolment, run))
}
