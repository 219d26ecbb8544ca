//! Who was approved and found no seat waits for one in the first of their choices that is full, for as long as they are
//! approved.

use std::pin::Pin;

use domain::Refusal;
use domain::ids::{AccountId, RunId, WaitingId};
use domain::waiting::{Answer, Departure, Way};
use serde_json::json;
use store::Work;
use store::requests::Request;
use store::waiting::NewEntry;

use crate::{Failure, Office, Outcome, waiting};

/// Whether a seat is what was wanting.
pub(super) fn wants_a_seat(why: &Failure) -> bool {
    let wants = |refusal: &Refusal| matches!(refusal, Refusal::Full { .. } | Refusal::OrganisationLimit { .. });
    matches!(why, Failure::Refused(faults) if faults.0.iter().all(|fault| wants(&fault.refusal)))
}

/// Puts who found no seat at the end of the waiting list of `run`, the first of their choices that is full, and takes them off
/// the lists of others; without one they wait nowhere. The run is held.
///
/// # Errors
/// [`store::StoreError`].
pub(super) async fn queue(office: &Office, work: &mut Work, request: &Request, run: Option<RunId>, by: AccountId) -> Outcome<()> {
    unqueue(office, work, request, run, Some(by)).await?;
    let Some(run) = run else { return Ok(()) };
    if store::waiting::of_person(work, run, request.person_id).await?.is_some() {
        return Ok(());
    }
    let id = WaitingId(office.id());
    let (person, organisation, source) = (request.person_id, request.organisation_id, request.source);
    store::waiting::add(work, &NewEntry { id, run, person, organisation, source }, by, office.now()).await?;
    let detail = json!({ "organisation": organisation, "people": [person], "source": source });
    office.log(work, Some(by), "people_queued", ("run", run.0), &detail).await?;
    // What ran out there meanwhile goes to those who wait; finding no seat moved nothing.
    waiting::promote(office, work, run).await?;
    Ok(())
}

/// Takes somebody off the waiting lists on which they stand by a request, but for that of one run. A seat that was held for
/// them goes to the next, which may end another request in its turn: hence the box.
///
/// # Errors
/// [`store::StoreError`].
pub(super) fn unqueue<'a>(
    office: &'a Office,
    work: &'a mut Work,
    request: &'a Request,
    but: Option<RunId>,
    by: Option<AccountId>,
) -> Pin<Box<dyn Future<Output = Outcome<()>> + Send + 'a>> {
    Box::pin(async move {
        let now = office.now();
        for id in store::requests::waiting(work, request.person_id, request.course_id).await? {
            let Some(entry) = store::waiting::find(work, id).await?.filter(|entry| Some(entry.run_id) != but) else { continue };
            store::runs::lock(work, entry.run_id).await?;
            if let Some(offer) = entry.offer_id {
                store::waiting::answer(work, offer, (Answer::Withdrawn, Some(Way::Screen)), by, None, now).await?;
            }
            if store::waiting::leave(work, id, Departure::Withdrawn, "", by, now).await? {
                waiting::promote(office, work, entry.run_id).await?;
            }
        }
        Ok(())
    })
}
