//! The one path on which a place in a run is taken, whichever way people come to it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::enrolments::{EnrolmentSource, Ledger};
use domain::ids::{AccountId, AllotmentId, EnrolmentId, OfferId, PersonId, RunId};
use domain::waiting::{Answer, Departure, Way};
use domain::{Faults, Refusal};
use serde_json::json;
use store::enrolments::Enrolment;
use store::organisations::Organisation;
use store::people::Member;
use store::runs::Run;
use store::waiting::Entry;
use store::{StoreResult, Work};

use super::closed;
use super::prerequisites::Prerequisites;
use crate::{Office, Outcome, allotments, notices, people, requests, waiting};

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
    /// By what right they come.
    pub right: Right,
}

/// By what right somebody takes a place. Whatever it is, the run is open to them, and nobody is in two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// They ask for a seat that their organisation or unit was promised, or that is nobody's. Whoever waits comes before.
    Open,
    /// A seat was held for them: this one is theirs.
    Offer {
        /// The offer, which nobody answered.
        id: OfferId,
        /// The way on which it was accepted.
        way: Way,
        /// Who accepted it, where somebody was signed in.
        by: Option<AccountId>,
    },
    /// They take the place that another of their organisation just gave back, of the allotment it was of: until that time is
    /// over, deadline or not, and whoever waits.
    Substitute {
        /// The allotment.
        allotment: Option<AllotmentId>,
    },
    /// They came to a session, so the deadline does not matter; the seats do.
    WalkIn,
}

impl Right {
    /// The day on which the deadline is looked at.
    fn day(self, run: &Run, today: NaiveDate) -> NaiveDate {
        match self {
            Right::Open | Right::Offer { .. } => today,
            Right::Substitute { .. } | Right::WalkIn => today.min(run.enrolment_deadline),
        }
    }
}

/// Where the seat of somebody comes from.
struct Seat {
    member: Member,
    allotment: Option<AllotmentId>,
    /// Their place on the waiting list, which ends.
    entry: Option<Entry>,
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
/// from here on; the event and the letters are written. Whoever had a seat held, or waited, waits no more.
///
/// # Errors
/// What [`domain::enrolments::Seats`] and [`domain::enrolments::Eligibility`] refuse; [`Refusal::ApprovalNeeded`] when
/// somebody was not approved for a run that needs it; [`Refusal::Full`], [`Refusal::OrganisationLimit`];
/// [`Refusal::BusyElsewhere`] for each who takes part in another run at that time; [`Refusal::PrerequisiteMissing`] for each
/// who lacks what the course requires.
pub(crate) async fn take(office: &Office, work: &mut Work, mut taking: Taking<'_>) -> Outcome<Taken> {
    // Seats are counted under the lock, and the lock is held from here to the commit only.
    store::runs::lock(work, taking.run).await?;
    let mut run = store::runs::find(work, taking.run).await?.ok_or(Refusal::NotFound)?;
    if let Some(refusal) = closed(work, &run, taking.organisation, taking.right.day(&run, office.today())).await? {
        return Err(refusal.into());
    }
    let (already, newly) = split(work, &run, std::mem::take(&mut taking.people)).await?;
    // Where places are given by approval, each person needs their own: by whatever way they come here.
    let mut approved = requests::rights(work, &run, &newly).await?;
    // Free seats belong to those who wait before anybody else may have them, and what has run out is marked first.
    if run.waiting + run.promised > 0 && !newly.is_empty() {
        match taking.right {
            Right::Open => {
                waiting::promote(office, work, run.id).await?;
            }
            Right::WalkIn => {
                allotments::run_out(office, work, &run).await?;
            }
            Right::Offer { .. } | Right::Substitute { .. } => {}
        }
        run = store::runs::find(work, run.id).await?.ok_or(Refusal::NotFound)?;
    }
    nobody_in_two_places(work, &run, &newly).await?;
    everybody_prepared(office, work, &run, &newly).await?;
    let mut ledger = allotments::ledger(work, &run, office.now()).await?;
    let seats = seats(office, work, &run, &mut ledger, &taking, newly).await?;

    let mut enrolled = Vec::with_capacity(seats.len());
    for seat in seats {
        let approved = approved.remove(&seat.member.person.id);
        let enrolment = sit(office, work, &taking, seat).await?;
        if let Some(request) = approved {
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
    Ok(Taken { enrolled, already, seats_left: ledger.free() })
}

/// A seat for each, or a refusal: the one that is held for them, one that their organisation or unit was promised, one that
/// is nobody's.
async fn seats(
    office: &Office,
    work: &mut Work,
    run: &Run,
    ledger: &mut Ledger,
    taking: &Taking<'_>,
    newly: Vec<Member>,
) -> Outcome<Vec<Seat>> {
    let claimant = allotments::claimant(work, ledger, taking.organisation).await?;
    let (now, mut seats, mut asking) = (office.now(), Vec::with_capacity(newly.len()), Vec::new());
    for member in newly {
        let entry = match run.waiting {
            0 => None,
            _ => store::waiting::of_person(work, run.id, member.person.id).await?,
        };
        // The place is handed over: it was just given back, and the run is held.
        if let Right::Substitute { allotment } = taking.right {
            seats.push(Seat { member, allotment, entry });
            continue;
        }
        let offer = match entry.as_ref().and_then(|entry| entry.offer_id) {
            Some(offer) => {
                store::waiting::find_offer(work, offer).await?.filter(|offer| now < offer.expires_at.min(run.keeping_ends()))
            }
            None => None,
        };
        match offer {
            Some(offer) => {
                ledger.release(offer.allotment_id, offer.expires_at);
                ledger.seat(offer.allotment_id);
                seats.push(Seat { member, allotment: offer.allotment_id, entry });
            }
            None => asking.push((member, entry)),
        }
    }
    let asked = i64::try_from(asking.len()).unwrap_or(i64::MAX);
    if asked > 0 && matches!(taking.right, Right::Offer { .. }) {
        return Err(Refusal::OfferExpired.into());
    }
    if asked > 0
        && let Some((limit, taken)) = allotments::below_limit(work, run, taking.organisation.id, now).await?
        && taken + asked > limit
    {
        return Err(Refusal::OrganisationLimit { limit, taken }.into());
    }
    let left = ledger.seats_for(&claimant);
    for (member, entry) in asking {
        let source = ledger.take(&claimant).ok_or(Refusal::Full { left, asked })?;
        seats.push(Seat { member, allotment: source.allotment(), entry });
    }
    Ok(seats)
}

/// Gives somebody their seat; what they waited for is over.
async fn sit(office: &Office, work: &mut Work, taking: &Taking<'_>, seat: Seat) -> Outcome<Enrolment> {
    let enrolment = place(office, work, taking, seat.member).await?;
    if let Some(allotment) = seat.allotment {
        store::allotments::name(work, enrolment.id, allotment).await?;
    }
    let Some(entry) = seat.entry else { return Ok(enrolment) };
    let (way, by) = match taking.right {
        Right::Offer { way, by, .. } => (way, by),
        Right::Open | Right::Substitute { .. } | Right::WalkIn => (Way::Screen, Some(taking.by)),
    };
    if let Some(offer) = entry.offer_id {
        // Who comes instead of another takes that seat, and not the one that was held.
        let (answer, taken) = match taking.right {
            Right::Substitute { .. } => (Answer::Withdrawn, None),
            _ => (Answer::Accepted, Some(enrolment.id)),
        };
        store::waiting::answer(work, offer, (answer, Some(way)), by, taken, office.now()).await?;
    }
    store::waiting::leave(work, entry.id, Departure::Placed, "", by, office.now()).await?;
    Ok(enrolment)
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
        people::require_going_on(work, id).await?;
        if let Some((run, day)) = store::runs::clashes::busy(work, id, run.id).await? {
            let person = member.person.full_name.to_string();
            faults.add("", Refusal::BusyElsewhere { person, run, day });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Refuses who has not completed what the course requires.
pub(crate) async fn everybody_prepared(office: &Office, work: &mut Work, run: &Run, newly: &[Member]) -> Outcome<()> {
    let before = Prerequisites::of(work, run, office.today()).await?;
    let mut faults = Faults::default();
    for member in newly {
        if let Some(refusal) = before.refusal(work, Some(member.person.id), &member.person.full_name).await? {
            faults.add("", refusal);
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
