//! Seats that came free are offered to those who wait.

use std::collections::BTreeMap;

use domain::enrolments::{Claimant, Eligibility};
use domain::ids::{AccountId, OfferId, OrganisationId, RunId};
use domain::runs::RunState;
use domain::waiting::{Answer, Departure};
use domain::{Refusal, waiting};
use serde_json::json;
use store::Work;
use store::runs::Run;
use store::waiting::{Entry, NewOffer};

use super::secrets;
use crate::allotments::{below_limit, claimant_of, ledger, run_out};
use crate::notices::SeatOffer;
use crate::{Office, Outcome, enrolments, notices, requests};

/// What became of a waiting list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Promoted {
    /// How many seats were offered.
    offered: usize,
    /// How many offers were taken back.
    taken_back: usize,
}

/// Offers every seat of a run that is there for somebody who waits, in their order, and marks what has run out. Within a
/// unit of work, which the caller commits to the calendar; the run is locked from here on. Called after whatever may have
/// set a seat free; doing it once more does nothing. Seats that are held for people who could not take them any more come back
/// first.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn promote(office: &Office, work: &mut Work, id: RunId) -> Outcome<Promoted> {
    store::runs::lock(work, id).await?;
    let run = store::runs::find(work, id).await?.ok_or(Refusal::NotFound)?;
    if run.waiting == 0 && run.promised == 0 {
        return Ok(Promoted::default());
    }
    let run = if run_out(office, work, &run).await? { store::runs::find(work, id).await?.ok_or(Refusal::NotFound)? } else { run };
    if run.state() != RunState::Published {
        return Ok(Promoted::default());
    }
    let now = office.now();
    let Some(expires_at) = waiting::expires(now, run.keeping_ends()) else { return Ok(Promoted::default()) };
    let list = store::waiting::of_run(work, id).await?;
    let (offered, queue): (Vec<Entry>, Vec<Entry>) = list.into_iter().partition(|entry| entry.offer_id.is_some());
    let eligibility = enrolments::eligibilities(work, &run).await?;
    let mut barred = Vec::new();
    for entry in offered {
        if !admits(work, &run, &eligibility, &entry).await? {
            barred.push(entry);
        }
    }
    take_back(office, work, &run, &barred).await?;
    let mut seats = ledger(work, &run, now).await?;
    let mut claimants: BTreeMap<OrganisationId, (Claimant, Option<i64>)> = BTreeMap::new();
    let mut offers: Vec<OfferId> = Vec::new();
    for entry in queue {
        if seats.free() == 0 && seats.promised() == 0 {
            break;
        }
        if !admits(work, &run, &eligibility, &entry).await? {
            continue;
        }
        let organisation = entry.organisation_id;
        if let std::collections::btree_map::Entry::Vacant(unknown) = claimants.entry(organisation) {
            let claimant = claimant_of(work, &seats, organisation, entry.unit_id).await?;
            let room = below_limit(work, &run, organisation, now).await?.map(|(limit, taken)| limit - taken);
            unknown.insert((claimant, room));
        }
        let Some((claimant, room)) = claimants.get_mut(&organisation) else { continue };
        if room.is_some_and(|room| room <= 0) {
            continue;
        }
        let Some(source) = seats.hold(claimant, expires_at) else { continue };
        *room = room.map(|room| room - 1);
        let (offer, secret, code) = (OfferId(office.id()), office.secret(), secrets::code(office));
        let new = NewOffer {
            id: offer,
            entry: entry.id,
            allotment: source.allotment(),
            expires_at,
            secret_hash: &secrets::hash(&secret),
            code_hash: &secrets::hash(&code),
        };
        store::waiting::offer(work, &new, now).await?;
        let letter = SeatOffer { id: offer, secret: &secret, code: &code, expires_at };
        notices::seat_offered(office, work, &run, &entry, &letter).await?;
        offers.push(offer);
    }
    if !offers.is_empty() {
        office.log(work, None, "seats_offered", ("run", id.0), &json!({ "offers": offers })).await?;
    }
    Ok(Promoted { offered: offers.len(), taken_back: barred.len() })
}

/// Whether somebody who waits could take a seat: what is required for a run may have changed since they came. Where places are
/// given by approval, only who was approved for this run.
async fn admits(
    work: &mut Work,
    run: &Run,
    eligibility: &impl Fn(OrganisationId) -> Eligibility,
    entry: &Entry,
) -> Outcome<bool> {
    let fits = eligibility(entry.organisation_id).admit().is_ok() && entry.organisation_kind.belongs_to(run.audience);
    let may = !run.approval.is_needed() || requests::is_approved(work, run, entry.organisation_id, entry.person_id).await?;
    Ok(fits && may)
}

/// Takes back the seats that are held for people who could not take them any more. They wait on, and are told.
async fn take_back(office: &Office, work: &mut Work, run: &Run, barred: &[Entry]) -> Outcome<()> {
    let mut offers = Vec::new();
    for entry in barred {
        let Some(offer) = entry.offer_id else { continue };
        if store::waiting::answer(work, offer, (Answer::Withdrawn, None), None, None, office.now()).await? {
            notices::offer_over(office, work, run, entry, Answer::Withdrawn).await?;
            offers.push(offer);
        }
    }
    if offers.is_empty() {
        return Ok(());
    }
    Ok(office.log(work, None, "offers_taken_back", ("run", run.id.0), &json!({ "offers": offers })).await?)
}

/// Ends the waiting list of a run that is called off, and every offer with it. The run is held.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn call_off(office: &Office, work: &mut Work, run: RunId, reason: &str, by: AccountId) -> Outcome<Vec<Entry>> {
    let (queue, now) = (store::waiting::of_run(work, run).await?, office.now());
    for entry in &queue {
        if let Some(offer) = entry.offer_id {
            store::waiting::answer(work, offer, (Answer::Withdrawn, None), Some(by), None, now).await?;
        }
        store::waiting::leave(work, entry.id, Departure::Withdrawn, reason, Some(by), now).await?;
    }
    Ok(queue)
}

/// Moves the waiting lists of all runs in which something ran out, or a seat is free though somebody waits. Several
/// processes may do so at once. Gives how many seats were offered.
///
/// # Errors
/// [`store::StoreError`], the first of those that kept a list from moving: each is logged, and the other lists moved.
pub async fn move_on(office: &Office) -> Outcome<usize> {
    let mut records = office.database.read().await?;
    let mut runs = store::allotments::run_out(&mut records, office.now(), office.today()).await?;
    for id in store::waiting::moving(&mut records, office.today()).await? {
        let run = store::runs::find(&mut records, id).await?;
        if run.is_some_and(|run| run.seats().left() > 0) {
            runs.push(id);
        }
    }
    drop(records);
    runs.sort_unstable();
    runs.dedup();
    let (mut offered, mut failed) = (0, None);
    for id in runs {
        match move_one(office, id).await {
            Ok(seats) => offered += seats,
            // What is wrong with one run keeps nobody waiting in another.
            Err(error) => {
                tracing::error!(run = %id.0, %error, "a waiting list did not move");
                failed = failed.or(Some(error));
            }
        }
    }
    office.mail_waiting.notify_one();
    failed.map_or(Ok(offered), Err)
}

/// Moves the waiting list of one run.
async fn move_one(office: &Office, id: RunId) -> Outcome<usize> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let run = store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    // Also of runs that were called off or closed, whose lists move no more.
    let ran_out = run_out(office, &mut work, &run).await?;
    let promoted = promote(office, &mut work, id).await?;
    // Somebody may wait whom no free seat is for: then nothing changed.
    if ran_out || promoted.offered + promoted.taken_back > 0 {
        office.commit_to_calendar(work).await?;
    }
    Ok(promoted.offered)
}
