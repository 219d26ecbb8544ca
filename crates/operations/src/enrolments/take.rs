//! The one path on which a place in a run is taken, whichever way people come to it.

use std::collections::BTreeMap;

use domain::enrolments::EnrolmentSource;
use domain::ids::{AccountId, EnrolmentId, PersonId, RunId};
use domain::{Faults, Refusal};
use serde_json::json;
use store::enrolments::Enrolment;
use store::organisations::Organisation;
use store::people::Member;
use store::runs::Run;
use store::{StoreResult, Work};

use super::closed;
use crate::{Office, Outcome, notices, requests};

/// Who is to take places, all or nobody.
pub(crate) struct Taking<'a> {
    /// The run.
    pub run: RunId,
    /// The organisation they belong to.
    pub organisation: &'a Organisation,
    /// The people, each once.
    pub people: Vec<Member>,
    /// How they came in.
    pub source: EnrolmentSource,
    /// Who answers for it.
    pub by: AccountId,
}

/// What became of it.
pub(crate) struct Taken {
    /// Who got a place.
    pub enrolled: Vec<Enrolment>,
    /// Who had one before.
    pub already: Vec<Enrolment>,
    /// Seats left after it.
    pub seats_left: i64,
}

/// Takes places within a unit of work, which the caller commits: to the calendar, when anybody got one. The run is locked
/// from here on; the event and the letters are written.
///
/// # Errors
/// What [`domain::enrolments::Seats`] and [`domain::enrolments::Eligibility`] refuse; [`Refusal::ApprovalNeeded`] when
/// somebody was not approved for a run that needs it; [`Refusal::BusyElsewhere`] for each
/// who takes part in another run at that time.
pub(crate) async fn take(office: &Office, work: &mut Work, mut taking: Taking<'_>) -> Outcome<Taken> {
    // Seats are counted under the lock, and the lock is held from here to the commit only.
    store::runs::lock(work, taking.run).await?;
    let run = store::runs::find(work, taking.run).await?.ok_or(Refusal::NotFound)?;
    if let Some(refusal) = closed(work, &run, taking.organisation, office.today()).await? {
        return Err(refusal.into());
    }
    let (already, newly) = split(work, &run, std::mem::take(&mut taking.people)).await?;
    // Where places are given by approval, each person needs their own: by whatever way they come here.
    let mut rights = requests::rights(work, &run, &newly).await?;
    let asked = i64::try_from(newly.len()).unwrap_or(i64::MAX);
    run.seats().take(asked)?;
    nobody_in_two_places(work, &run, &newly).await?;

    let mut enrolled = Vec::with_capacity(newly.len());
    for member in newly {
        let right = rights.remove(&member.person.id);
        let enrolment = place(office, work, &taking, member).await?;
        if let Some(request) = right {
            requests::placed(office, work, request, &enrolment, taking.by).await?;
        }
        enrolled.push(enrolment);
    }
    if !enrolled.is_empty() {
        let detail = json!({
            "organisation": taking.organisation.id,
            "enrolments": enrolled.iter().map(|enrolment| enrolment.id).collect::<Vec<_>>(),
            "source": taking.source,
        });
        office.log(work, Some(taking.by), "people_enrolled", ("run", run.id.0), &detail).await?;
        notices::enrolment_confirmed(office, work, &run, &enrolled).await?;
    }
    Ok(Taken { enrolled, already, seats_left: (run.capacity - run.taken - asked).max(0) })
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

async fn place(office: &Office, work: &mut Work, taking: &Taking<'_>, member: Member) -> Outcome<Enrolment> {
    let (person, organisation) = (member.person, taking.organisation);
    let enrolment = Enrolment {
        id: EnrolmentId(office.id()),
        run_id: taking.run,
        person_id: person.id,
        organisation_id: organisation.id,
        unit_id: organisation.unit_id,
        person_name: person.full_name.to_string(),
        birth_date: person.birth_date,
        birth_year: person.birth_year,
        organisation_name: organisation.name.clone(),
        position: member.position,
        on_state_payroll: member.on_state_payroll,
        source: taking.source,
        enrolled_at: office.now(),
        withdrawn_at: None,
    };
    // The run is locked and the person was just seen to have no place, so the index never answers "already".
    if store::enrolments::add(work, &enrolment, person.full_name.given(), taking.by).await? {
        Ok(enrolment)
    } else {
        Err(Refusal::AlreadyEnrolled.into())
    }
}
