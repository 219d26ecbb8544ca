//! Who was approved and found no seat waits for one in the run of their first choice, for as long as they are approved.

use domain::Refusal;
use domain::ids::{AccountId, RunId, WaitingId};
use domain::waiting::{Answer, Departure, Way};
use serde_json::json;
use store::Work;
use store::requests::Request;
use store::waiting::NewEntry;

use crate::{Failure, Office, Outcome, waiting};

/// Puts who found no seat for want of one at the end of the waiting list of `run`, their first choice, and takes them off the
/// lists of runs that they chose before. The run is held.
///
/// # Errors
/// [`store::StoreError`].
pub(super) async fn queue(
    office: &Office,
    work: &mut Work,
    request: &Request,
    (run, why): (RunId, &Failure),
    by: AccountId,
) -> Outcome<()> {
    unqueue(office, work, request, Some(run), by).await?;
    let wants_a_seat = |refusal: &Refusal| matches!(refusal, Refusal::Full { .. } | Refusal::OrganisationLimit { .. });
    let is_full = matches!(why, Failure::Refused(faults) if faults.0.iter().all(|fault| wants_a_seat(&fault.refusal)));
    if !is_full || store::waiting::of_person(work, run, request.person_id).await?.is_some() {
        return Ok(());
    }
    let id = WaitingId(office.id());
    let (person, organisation, source) = (request.person_id, request.organisation_id, request.source);
    store::waiting::add(work, &NewEntry { id, run, person, organisation, source }, by, office.now()).await?;
    let detail = json!({ "organisation": organisation, "people": [person], "source": source });
    Ok(office.log(work, Some(by), "people_queued", ("run", run.0), &detail).await?)
}

/// Takes somebody off the waiting lists on which they stand by a request, but for that of one run. A seat that was held for
/// them goes to the next.
///
/// # Errors
/// [`store::StoreError`].
pub(super) async fn unqueue(
    office: &Office,
    work: &mut Work,
    request: &Request,
    but: Option<RunId>,
    by: AccountId,
) -> Outcome<()> {
    let now = office.now();
    for id in store::requests::waiting(work, request.person_id, request.course_id).await? {
        let Some(entry) = store::waiting::find(work, id).await?.filter(|entry| Some(entry.run_id) != but) else { continue };
        store::runs::lock(work, entry.run_id).await?;
        if let Some(offer) = entry.offer_id {
            store::waiting::answer(work, offer, (Answer::Withdrawn, Some(Way::Screen)), Some(by), None, now).await?;
        }
        if store::waiting::leave(work, id, Departure::Withdrawn, "", Some(by), now).await? {
            waiting::promote(office, work, entry.run_id).await?;
        }
    }
    Ok(())
}
