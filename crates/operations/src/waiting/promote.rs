//! Seats that came free are offered to those who wait.

use std::collections::BTreeMap;

use domain::enrolments::Claimant;
use domain::ids::{OfferId, OrganisationId, RunId};
use domain::runs::RunState;
use domain::{Refusal, waiting};
use serde_json::json;
use store::Work;
use store::waiting::NewOffer;

use super::secrets;
use crate::allotments::{below_limit, claimant_of, ledger, run_out};
use crate::notices::SeatOffer;
use crate::{Office, Outcome, enrolments, notices};

/// Offers every seat of a run that is there for somebody who waits, in their order, and marks what has run out. Within a
/// unit of work, which the caller commits to the calendar; the run is locked from here on. Called after whatever may have
/// set a seat free; doing it once more does nothing. Gives how many seats were offered.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn promote(office: &Office, work: &mut Work, id: RunId) -> Outcome<usize> {
    store::runs::lock(work, id).await?;
    let run = store::runs::find(work, id).await?.ok_or(Refusal::NotFound)?;
    if run.waiting == 0 && run.promised == 0 {
        return Ok(0);
    }
    let run = if run_out(office, work, &run).await? { store::runs::find(work, id).await?.ok_or(Refusal::NotFound)? } else { run };
    if run.state() != RunState::Published {
        return Ok(0);
    }
    let now = office.now();
    let Some(expires_at) = waiting::expires(now, run.enrolment_deadline) else { return Ok(0) };
    let mut queue = store::waiting::of_run(work, id).await?;
    queue.retain(|entry| entry.offer_id.is_none());
    if queue.is_empty() {
        return Ok(0);
    }
    let mut seats = ledger(work, &run, now).await?;
    let admits = enrolments::eligibilities(work, &run).await?;
    let mut claimants: BTreeMap<OrganisationId, (Claimant, Option<i64>)> = BTreeMap::new();
    let mut offers: Vec<OfferId> = Vec::new();
    for entry in queue {
        if seats.free() == 0 && seats.promised() == 0 {
            break;
        }
        let organisation = entry.organisation_id;
        if admits(organisation).admit().is_err() || !entry.organisation_kind.belongs_to(run.audience) {
            continue;
        }
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
    Ok(offers.len())
}

/// Moves the waiting lists of all runs in which something ran out, or a seat is free though somebody waits. Several
/// processes may do so at once. Gives how many seats were offered.
///
/// # Errors
/// [`store::StoreError`].
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
    let mut offered = 0;
    for id in runs {
        let mut work = office.database.begin().await?;
        store::runs::lock(&mut work, id).await?;
        let run = store::runs::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
        // Also of runs that were called off or closed, whose lists move no more.
        run_out(office, &mut work, &run).await?;
        offered += promote(office, &mut work, id).await?;
        office.commit_to_calendar(work).await?;
    }
    if offered > 0 {
        office.mail_waiting.notify_one();
    }
    Ok(offered)
}
