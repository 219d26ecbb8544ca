//! What one sees of a person.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::PersonId;
use domain::policy::{Action, Keeping, may, may_everywhere};
use store::Records;
use store::people::merging::Merge;
use store::people::{Membership, Person};

use super::keep::tell_what_is_kept;
use super::numbers::{self, Sight};
use super::unmerge::may_undo;
use crate::{Office, Outcome, organisation_target};

/// A person with where they belong, and what the actor may do about them.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// The person. To who keeps only a part of them, nothing is told but their name.
    pub person: Person,
    /// Their citizen number, masked.
    pub masked: Option<String>,
    /// Who saw the number in full, the last first; told to who may see it.
    pub seen_by: Vec<Sight>,
    /// The records that were merged into this one, the latest first; told to who may undo it.
    pub merges: Vec<Merge>,
    /// Where they belong today, of what the actor may see, each with whether the actor may end it.
    pub memberships: Vec<(Membership, bool)>,
    /// How far the actor keeps them.
    pub keeping: Keeping,
    /// Whether the actor may give them an account.
    pub may_keep_accounts: bool,
}

/// One person.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn show(office: &Office, actor: &Actor, id: PersonId) -> Outcome<PersonView> {
    let mut records = office.database.read().await?;
    let mut person = found(&mut records, id).await?;
    let keeping = tell_what_is_kept(office, &mut records, actor, &mut person).await?;
    let (mut memberships, mut may_keep_accounts) = (Vec::new(), may_everywhere(actor, Action::KeepAccounts));
    for membership in store::people::memberships(&mut records, id, office.today()).await? {
        let (_, target) = organisation_target(&mut records, membership.organisation_id).await?;
        if may(actor, Action::SeePeople, &target) {
            memberships.push((membership, may(actor, Action::KeepPeople, &target)));
        }
        may_keep_accounts = may_keep_accounts || may(actor, Action::KeepAccounts, &target);
    }
    if memberships.is_empty() && !may_everywhere(actor, Action::SeePeople) {
        return Err(Refusal::NotFound.into());
    }
    let (mut seen_by, mut merges) = (Vec::new(), Vec::new());
    if keeping == Keeping::Whole {
        seen_by = numbers::seen_by(&mut records, id).await?;
        for merge in store::people::merging::into(&mut records, id).await? {
            if may_undo(office, &mut records, actor, &merge).await? {
                merges.push(merge);
            }
        }
    }
    let masked = numbers::open(office, &person).map(|number| number.masked());
    Ok(PersonView { person, masked, seen_by, merges, memberships, keeping, may_keep_accounts })
}

/// The person that a record leads to since it was merged, when the actor may see them; none for a record that goes on.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn goes_on_as(office: &Office, actor: &Actor, record: PersonId) -> Outcome<Option<PersonId>> {
    let person = store::people::merging::goes_on_as(&mut office.database.read().await?, record).await?;
    if let Some(person) = person {
        show(office, actor, person).await?;
    }
    Ok(person)
}

/// A person; a record that leads to another one looks as if it did not exist.
pub(super) async fn found(records: &mut impl Records, id: PersonId) -> Outcome<Person> {
    let person = store::people::find(records, id).await?.ok_or(Refusal::NotFound)?;
    match store::people::merging::goes_on_as(records, id).await? {
        None => Ok(person),
        Some(_) => Err(Refusal::NotFound.into()),
    }
}

/// Whether `actor` may see a person.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(crate) async fn is_seen(office: &Office, records: &mut impl Records, actor: &Actor, id: PersonId) -> Outcome<bool> {
    match require_person(records, office, actor, Action::SeePeople, id).await {
        Ok(_) => Ok(true),
        Err(failure) if failure.is(&Refusal::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// The person, when `actor` may do `action` in the whole province or in one of the organisations they belong to today.
pub(crate) async fn require_person(
    records: &mut impl Records,
    office: &Office,
    actor: &Actor,
    action: Action,
    id: PersonId,
) -> Outcome<Person> {
    let person = found(records, id).await?;
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
