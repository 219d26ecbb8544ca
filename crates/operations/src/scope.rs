//! From a noun to what the policy asks about it.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, UnitId};
use domain::policy::{Action, Target, may};
use store::Records;

use crate::Outcome;

/// Answers [`Refusal::NotFound`] unless the policy lets `actor` do `action` to `target`.
///
/// # Errors
/// [`Refusal::NotFound`]: what lies outside one's scope looks as if it did not exist.
pub fn require(actor: &Actor, action: Action, target: &Target) -> Outcome<()> {
    if may(actor, action, target) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// What the policy asks about something that lies in a unit.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn unit_target(records: &mut impl Records, unit: UnitId) -> Outcome<Target> {
    Ok(Target { covered_by: store::units::covering(records, unit).await?, ..Target::default() })
}

/// What the policy asks about an organisation, with the organisation.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none; [`store::StoreError::Database`].
pub async fn organisation_target(
    records: &mut impl Records,
    id: OrganisationId,
) -> Outcome<(store::organisations::Organisation, Target)> {
    let organisation = store::organisations::find(records, id).await?.ok_or(Refusal::NotFound)?;
    let target = Target { organisation: Some(id), ..unit_target(records, organisation.unit_id).await? };
    Ok((organisation, target))
}
