//! What somebody was trained in.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::ids::{OrganisationId, PersonId};
use domain::policy::{Action, may};
use store::enrolments::Training;

use crate::{Office, Outcome, organisation_target};

/// The places that somebody had and has, the latest first: those that an organisation gave them whose people the actor may
/// see.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn training(office: &Office, actor: &Actor, person: PersonId) -> Outcome<Vec<Training>> {
    let mut records = office.database.read().await?;
    let mut known: BTreeMap<OrganisationId, bool> = BTreeMap::new();
    let mut seen = Vec::new();
    for place in store::enrolments::of_person(&mut records, person).await? {
        let is_seen = match known.get(&place.organisation_id) {
            Some(is_seen) => *is_seen,
            None => {
                let (_, target) = organisation_target(&mut records, place.organisation_id).await?;
                let is_seen = may(actor, Action::SeePeople, &target);
                known.insert(place.organisation_id, is_seen);
                is_seen
            }
        };
        if is_seen {
            seen.push(place);
        }
    }
    Ok(seen)
}
