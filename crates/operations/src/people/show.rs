//! What one sees of a person.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::PersonId;
use domain::policy::{Action, may, may_everywhere};
use store::Records;
use store::people::{Membership, Person};

use crate::{Office, Outcome, organisation_target};

/// A person with where they belong, and what the actor may do about them.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// The person.
    pub person: Person,
    /// Where they belong today, of what the actor may see.
    pub memberships: Vec<Membership>,
    /// Whether the actor may change what is known of them.
    pub may_change: bool,
    /// Whether the actor may give them an account.
    pub may_keep_accounts: bool,
}

/// One person.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn show(office: &Office, actor: &Actor, id: PersonId) -> Outcome<PersonView> {
    let mut records = office.database.read().await?;
    let person = store::people::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let mut view = PersonView {
        person,
        memberships: Vec::new(),
        may_change: may_everywhere(actor, Action::KeepPeople),
        may_keep_accounts: may_everywhere(actor, Action::KeepAccounts),
    };
    for membership in store::people::memberships(&mut records, id, office.today()).await? {
        let (_, target) = organisation_target(&mut records, membership.organisation_id).await?;
        if may(actor, Action::SeePeople, &target) {
            view.memberships.push(membership);
        }
        view.may_change = view.may_change || may(actor, Action::KeepPeople, &target);
        view.may_keep_accounts = view.may_keep_accounts || may(actor, Action::KeepAccounts, &target);
    }
    if view.memberships.is_empty() && !may_everywhere(actor, Action::SeePeople) {
        return Err(Refusal::NotFound.into());
    }
    Ok(view)
}

/// The person, when `actor` may do `action` in the whole province or in one of the organisations they belong to today.
pub(crate) async fn require_person(
    records: &mut impl Records,
    office: &Office,
    actor: &Actor,
    action: Action,
    id: PersonId,
) -> Outcome<Person> {
    let person = store::people::find(records, id).await?.ok_or(Refusal::NotFound)?;
    if may_everywhere(actor, action) {
        return Ok(person);
    }
    for membership in store::people::memberships(records, id, office.today()).await? {
        let (_, target) = organisation_target(records, membership.organisation_id).await?;
        if may(actor, action, &target) {
            return Ok(person);
        }
    }
    Err(Refusal::NotFound.into())
}
