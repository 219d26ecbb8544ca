//! The right to a place in a run that gives none without approval: asked for on the one path on which places are taken.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::ids::{AccountId, OrganisationId, PersonId, RunId};
use domain::requests::{State, StepKind};
use serde_json::json;
use store::enrolments::Enrolment;
use store::people::Member;
use store::requests::Request;
use store::runs::Run;
use store::waiting::Entry;
use store::{Records, StoreResult, Work};

use super::{Advance, advance};
use crate::notices::Told;
use crate::{Office, Outcome, notices};

/// The requests by which people of an organisation may take places in a run, which is held; none where no approval is needed.
///
/// # Errors
/// [`Refusal::ApprovalNeeded`] when somebody has no approved request for this run.
pub(crate) async fn rights(
    records: &mut impl Records,
    run: &Run,
    organisation: OrganisationId,
    people: &[Member],
) -> Outcome<BTreeMap<PersonId, Request>> {
    let mut rights = BTreeMap::new();
    if !run.approval.is_needed() {
        return Ok(rights);
    }
    for member in people {
        let request = right(records, run, organisation, member.person.id).await?;
        rights.insert(member.person.id, request.ok_or(Refusal::ApprovalNeeded)?);
    }
    Ok(rights)
}

/// The request by which somebody of an organisation may take a place in a run: approved by everybody who has to for this run.
pub(super) async fn right(
    records: &mut impl Records,
    run: &Run,
    organisation: OrganisationId,
    person: PersonId,
) -> StoreResult<Option<Request>> {
    let request = store::requests::approved(records, person, run.id).await?;
    Ok(request.filter(|request| request.organisation_id == organisation && request.needs.covers(run.approval)))
}

/// Whether somebody of an organisation was approved for a place in a run, and has none by that.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn is_approved(
    records: &mut impl Records,
    run: &Run,
    organisation: OrganisationId,
    person: PersonId,
) -> StoreResult<bool> {
    Ok(right(records, run, organisation, person).await?.is_some())
}

/// Keeps by which request a place was taken.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it was decided on just now.
pub(crate) async fn placed(
    office: &Office,
    work: &mut Work,
    mut request: Request,
    enrolment: &Enrolment,
    by: AccountId,
) -> Outcome<()> {
    advance(office, work, &mut request, Advance::new(StepKind::Placed, by, "").about(Some(enrolment.id))).await
}

/// A place that was taken by a request was given back, which ends the request unless it is decided on anew.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it was decided on just now.
pub(crate) async fn given_back(
    office: &Office,
    work: &mut Work,
    enrolment: &Enrolment,
    reason: &str,
    by: AccountId,
) -> Outcome<()> {
    let Some(mut request) = store::requests::by_enrolment(work, enrolment.id).await? else { return Ok(()) };
    advance(office, work, &mut request, Advance::new(StepKind::GivenBack, by, reason).about(Some(enrolment.id))).await
}

/// Whether who has a place could take one in another run, as far as approval goes: by the request of this place, when it names
/// that run too, or by one that was approved and led to no place.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn is_admitted(records: &mut impl Records, place: &Enrolment, to: &Run) -> Outcome<bool> {
    if !to.approval.is_needed() || right(records, to, place.organisation_id, place.person_id).await?.is_some() {
        return Ok(true);
    }
    Ok(of_both(records, place, to).await?.is_some())
}

/// The request by which a place was taken, if the place in another run can be taken by it.
async fn of_both(records: &mut impl Records, place: &Enrolment, to: &Run) -> Outcome<Option<Request>> {
    let request = store::requests::by_enrolment(records, place.id).await?;
    let placed = |request: &Request| request.state == State::Placed && request.needs.covers(to.approval);
    let Some(request) = request.filter(|request| to.approval.is_needed() && placed(request)) else { return Ok(None) };
    let chosen = store::requests::choices(records, request.id).await?;
    Ok(chosen.contains(&to.id).then_some(request))
}

/// Who is about to leave a place for one in another run that the same request names keeps the request: giving the place back
/// does not end it any more.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it was decided on just now.
pub(crate) async fn leave_for(
    office: &Office,
    work: &mut Work,
    place: &Enrolment,
    to: &Run,
    reason: &str,
    by: AccountId,
) -> Outcome<()> {
    let Some(mut request) = of_both(work, place, to).await? else { return Ok(()) };
    advance(office, work, &mut request, Advance::new(StepKind::Left, by, reason).about(Some(place.id))).await
}

/// The seat that was offered to somebody was declined, or nobody answered in time, which ends the request by which they waited
/// for it: they can be asked for anew. Where nobody who is signed in did it, their organisation is told.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it was decided on just now.
pub(crate) async fn not_taken(
    office: &Office,
    work: &mut Work,
    entry: &Entry,
    how: StepKind,
    by: Option<AccountId>,
) -> Outcome<()> {
    let request = store::requests::approved(work, entry.person_id, entry.run_id).await?;
    let theirs = request.filter(|request| request.organisation_id == entry.organisation_id);
    let Some(mut request) = theirs else { return Ok(()) };
    advance(office, work, &mut request, Advance::new(how, by, "")).await?;
    let detail = json!({ "run": entry.run_id, "how": how });
    office.log(work, by, "request_ended", ("request", request.id.0), &detail).await?;
    if by.is_none() {
        let run = store::runs::find(work, entry.run_id).await?;
        let told = Told { after: Some(how), run: run.as_ref(), ..Told::default() };
        notices::request_decided(office, work, office.id(), &request, told).await?;
    }
    Ok(())
}

/// Whether people wait for a place in a run: then who decides on it stays as it is.
pub(crate) async fn wait_for(records: &mut impl Records, run: RunId) -> Outcome<bool> {
    Ok(store::requests::waiting_for(records, run).await? > 0)
}
