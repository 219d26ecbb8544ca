//! Who has which place.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use store::enrolments::{Enrolment, EnrolmentInRun};
use store::organisations::Organisation;
use store::people::Member;
use store::runs::Run;

use super::{admitted, closed, eligibilities, sees_everybody, visible};
use crate::{Office, Outcome, allotments, organisation_target, require};

/// A member who can be chosen.
#[derive(Debug, Clone)]
pub struct MemberChoice {
    /// The member.
    pub member: Member,
    /// Whether they have a place in the run.
    pub enrolled: bool,
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
    /// Seats there are for people of this organisation.
    pub seats_left: i64,
    /// Why nobody can be enrolled now.
    pub closed: Option<Refusal>,
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
    let members = store::people::members(&mut records, organisation.id, office.today()).await?;
    let members =
        members.into_iter().map(|member| MemberChoice { enrolled: enrolled.contains(&member.person.id), member }).collect();
    let closed = closed(&mut records, &run, &organisation, office.today()).await?;
    let seats_left = allotments::seats_for(&mut records, &run, &organisation, office.now()).await?;
    Ok(Choice { run, organisation, members, seats_left, closed })
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
    let excepted = store::eligibility::exceptions(&mut records, run.id).await?;
    Ok(Roster { run, entries, everybody, excepted: excepted.into_iter().map(|known| known.organisation_id).collect() })
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
