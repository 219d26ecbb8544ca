//! How far an actor keeps a person.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::PersonId;
use domain::policy::{Keeping, Target};
use store::Records;
use store::people::{Person, SealedNumber};

use super::show::found;
use crate::{Office, Outcome, accounts, organisation_target};

/// How far `actor` keeps a person, by where they belong today and what their account has roles for.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(super) async fn keeping(office: &Office, records: &mut impl Records, actor: &Actor, person: PersonId) -> Outcome<Keeping> {
    let mut places: Vec<Target> = Vec::new();
    for membership in store::people::memberships(records, person, office.today()).await? {
        places.push(organisation_target(records, membership.organisation_id).await?.1);
    }
    let roles = accounts::role_targets(office, records, person).await?;
    Ok(domain::policy::keeping(actor, &places, &roles))
}

/// The person, when `actor` keeps who they are.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub(super) async fn require_whole(office: &Office, records: &mut impl Records, actor: &Actor, id: PersonId) -> Outcome<Person> {
    let person = found(records, id).await?;
    match keeping(office, records, actor, id).await? {
        Keeping::Whole => Ok(person),
        Keeping::Part | Keeping::No => Err(Refusal::NotFound.into()),
    }
}

/// Leaves of a person of whom `actor` keeps only a part what such a one is told: the name. Others see what they may see.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(crate) async fn tell_what_is_kept(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    person: &mut Person,
) -> Outcome<Keeping> {
    let keeping = keeping(office, records, actor, person.id).await?;
    if keeping == Keeping::Part {
        (person.birth_date, person.birth_year, person.sex) = (None, None, None);
        (person.phone, person.email, person.number) = (None, None, SealedNumber::default());
    }
    Ok(keeping)
}
