//! What one sees of organisations.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::OrganisationId;
use domain::policy::{Action, Sight, may, may_everywhere, may_somewhere, sight};
use store::organisations::Organisation;
use store::people::Member;
use store::units::Unit;

use super::history::{Year, history};
use crate::{Office, Outcome, organisation_target, people, require, unit_target};

/// An organisation with its people and its history, and what the actor may do about it.
#[derive(Debug, Clone)]
pub struct OrganisationView {
    /// The organisation.
    pub organisation: Organisation,
    /// Who belongs to it today, by given name. Of whom the actor keeps only a part, nothing but name and position is told.
    pub members: Vec<Member>,
    /// What happened with it, the latest year first.
    pub history: Vec<(i64, Year)>,
    /// Whether the actor may change it and its people.
    pub may_change: bool,
    /// Whether the actor may change its kind and unit too.
    pub may_move: bool,
}

/// One organisation.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn show(office: &Office, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationView> {
    let mut records = office.database.read().await?;
    let (organisation, target) = organisation_target(&mut records, id).await?;
    require(actor, Action::SeePeople, &target)?;
    let unit = unit_target(&mut records, organisation.unit_id).await?;
    let mut members = store::people::members(&mut records, id, office.today()).await?;
    let shared = store::people::shared_members(&mut records, id, office.today()).await?;
    for member in members.iter_mut().filter(|member| shared.contains(&member.person.id)) {
        people::tell_what_is_kept(office, &mut records, actor, &mut member.person).await?;
    }
    Ok(OrganisationView {
        members,
        history: history(&mut records, actor, &organisation).await?,
        may_change: may(actor, Action::KeepPeople, &target),
        may_move: may(actor, Action::KeepPeople, &unit),
        organisation,
    })
}

/// The organisations whose name or tax code holds `wanted`, of those the actor may see; 200 at most.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor may see none at all; [`store::StoreError::Database`].
pub async fn search(office: &Office, actor: &Actor, wanted: &str) -> Outcome<Vec<Organisation>> {
    if !may_somewhere(actor, Action::SeePeople) {
        return Err(Refusal::NotFound.into());
    }
    let everywhere = may_everywhere(actor, Action::SeePeople);
    let mut records = office.database.read().await?;
    Ok(store::organisations::search(&mut records, wanted, everywhere, actor.account, office.today()).await?)
}

/// The units that live today and in which the actor may do `action`, by code: what a form offers.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn units_to_choose(office: &Office, actor: &Actor, action: Action) -> Outcome<Vec<Unit>> {
    let mut records = office.database.read().await?;
    let mut units = store::units::on_day(&mut records, office.today()).await?;
    if let Sight::Within { units: seen, .. } = sight(actor, action) {
        let mut covered = std::collections::BTreeSet::new();
        for unit in seen {
            covered.extend(store::units::covered(&mut records, unit).await?);
        }
        units.retain(|unit| covered.contains(&unit.id));
    }
    Ok(units)
}
