//! The right to a place in a run that gives none without approval: asked for on the one path on which places are taken.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::ids::{AccountId, PersonId, RunId};
use domain::requests::StepKind;
use store::enrolments::Enrolment;
use store::people::Member;
use store::requests::Request;
use store::runs::Run;
use store::{Records, Work};

use super::{Advance, advance};
use crate::{Office, Outcome};

/// The requests by which people may take places in a run, which is held; none where no approval is needed.
///
/// # Errors
/// [`Refusal::ApprovalNeeded`] when somebody has no approved request for this run.
pub(crate) async fn rights(records: &mut impl Records, run: &Run, people: &[Member]) -> Outcome<BTreeMap<PersonId, Request>> {
    let mut rights = BTreeMap::new();
    if !run.approval.is_needed() {
        return Ok(rights);
    }
    for member in people {
        let request = store::requests::approved(records, member.person.id, run.id).await?;
        rights.insert(member.person.id, request.ok_or(Refusal::ApprovalNeeded)?);
    }
    Ok(rights)
}

/// Whether somebody could take a place in a run by what was approved, or needs no approval there.
pub(crate) async fn has_right(records: &mut impl Records, run: &Run, person: PersonId) -> Outcome<bool> {
    Ok(!run.approval.is_needed() || store::requests::approved(records, person, run.id).await?.is_some())
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

/// Whether people wait for a place in a run: then who decides on it stays as it is.
pub(crate) async fn wait_for(records: &mut impl Records, run: RunId) -> Outcome<bool> {
    Ok(store::requests::waiting_for(records, run).await? > 0)
}
