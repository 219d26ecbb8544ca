//! Organisations that are written down and put right.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, UnitId};
use domain::organisations::OrganisationPlan;
use domain::policy::{Action, may};
use serde_json::json;
use store::organisations::Organisation;
use store::{StoreError, Work};

use crate::{Failure, Office, Outcome, organisation_target, require, unit_target};

/// Writes an organisation down.
///
/// # Errors
/// [`Refusal::UnknownUnit`] for a unit that does not live today, [`Refusal::NotFound`] for one outside the actor's
/// scope, [`Refusal::AlreadyExists`] for a tax code, or a name and kind in the unit, that is known;
/// [`store::StoreError::Database`].
pub async fn create(office: &Office, actor: &Actor, plan: OrganisationPlan) -> Outcome<OrganisationId> {
    let mut work = office.database.begin().await?;
    require(actor, Action::KeepPeople, &unit_target(&mut work, plan.unit).await?)?;
    require_living(office, &mut work, plan.unit).await?;
    if store::organisations::named(&mut work, &plan.name, plan.unit, plan.kind).await?.is_some() {
        return Err(Failure::field("name", Refusal::AlreadyExists));
    }
    let organisation = planned(OrganisationId(office.id()), plan);
    require_own_tax_code(&mut work, &organisation).await?;
    store::organisations::add(&mut work, &organisation, office.now()).await.map_err(tax_code_taken)?;
    log(office, &mut work, actor, "organisation_created", organisation.id).await?;
    work.commit().await?;
    Ok(organisation.id)
}

/// Changes what is known of an organisation. Its kind and its unit, which decide what it may enrol in and who cares for
/// it, are changed by officers, not by its own representatives.
///
/// # Errors
/// As for [`create`]; [`Refusal::NotAChoice`] of `kind` or `unit` for a representative.
pub async fn change(office: &Office, actor: &Actor, id: OrganisationId, plan: OrganisationPlan) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let (known, target) = organisation_target(&mut work, id).await?;
    require(actor, Action::KeepPeople, &target)?;
    let is_officer = may(actor, Action::KeepPeople, &unit_target(&mut work, known.unit_id).await?);
    if plan.kind != known.kind && !is_officer {
        return Err(Failure::field("kind", Refusal::NotAChoice));
    }
    if plan.unit != known.unit_id {
        if !is_officer || !may(actor, Action::KeepPeople, &unit_target(&mut work, plan.unit).await?) {
            return Err(Failure::field("unit", Refusal::NotAChoice));
        }
        require_living(office, &mut work, plan.unit).await?;
    }
    let namesake = store::organisations::named(&mut work, &plan.name, plan.unit, plan.kind).await?;
    if namesake.is_some_and(|other| other != id) {
        return Err(Failure::field("name", Refusal::AlreadyExists));
    }
    let organisation = planned(id, plan);
    require_own_tax_code(&mut work, &organisation).await?;
    store::organisations::change(&mut work, &organisation).await.map_err(tax_code_taken)?;
    log(office, &mut work, actor, "organisation_changed", id).await?;
    work.commit().await?;
    Ok(())
}

/// The record of a plan.
pub(super) fn planned(id: OrganisationId, plan: OrganisationPlan) -> Organisation {
    Organisation {
        id,
        kind: plan.kind,
        name: plan.name,
        tax_code: plan.tax_code,
        unit_id: plan.unit,
        address: plan.address,
        phone: plan.phone,
        unit_kind: String::new(),
        unit_name: String::new(),
        parent_kind: None,
        parent_name: None,
    }
}

async fn require_living(office: &Office, work: &mut Work, unit: UnitId) -> Outcome<()> {
    let unit = store::units::find(work, unit).await?.ok_or_else(|| Failure::field("unit", Refusal::UnknownUnit))?;
    if unit.lives_on(office.today()) { Ok(()) } else { Err(Failure::field("unit", Refusal::UnknownUnit)) }
}

async fn require_own_tax_code(work: &mut Work, organisation: &Organisation) -> Outcome<()> {
    let Some(code) = &organisation.tax_code else { return Ok(()) };
    match store::organisations::by_tax_code(work, code).await? {
        Some(other) if other != organisation.id => Err(Failure::field("tax_code", Refusal::AlreadyExists)),
        _ => Ok(()),
    }
}

fn tax_code_taken(error: StoreError) -> Failure {
    if error.is_duplicate() { Failure::field("tax_code", Refusal::AlreadyExists) } else { error.into() }
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, id: OrganisationId) -> Outcome<()> {
    Ok(office.log(work, Some(actor.account), verb, ("organisation", id.0), &json!({})).await?)
}
