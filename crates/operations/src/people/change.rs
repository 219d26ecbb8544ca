//! People of an organisation: added, put right, no longer there.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, PersonId};
use domain::people::{Birth, CitizenId, EmailAddress, FullName, PersonEntry, PhoneNumber, Sex};
use domain::policy::Action;
use serde_json::json;
use store::people::Person;

use super::find_or_add::{birth_columns, number_taken};
use super::keep::require_whole;
use super::{Entered, find_or_add, numbers};
use crate::{Failure, Office, Outcome, organisation_target, require};

/// Adds somebody to an organisation, and says whether they were known.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::CitizenNumberDisagrees`], [`Refusal::CitizenNumberTaken`], [`Refusal::SeveralFit`];
/// [`store::StoreError::Database`].
pub async fn add(
    office: &Office,
    actor: &Actor,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<(Person, Entered)> {
    let mut work = office.database.begin().await?;
    let (_, target) = organisation_target(&mut work, organisation).await?;
    require(actor, Action::KeepPeople, &target)?;
    let faults = entry.check();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let (person, entered) = find_or_add(office, &mut work, Some(actor), organisation, entry).await.map_err(number_taken)?;
    let detail = json!({ "organisation": organisation, "new": entered.is_new() });
    office.log(&mut work, Some(actor.account), "person_added", ("person", person.id.0), &detail).await?;
    work.commit().await?;
    Ok((person, entered))
}

/// What is known of a person, put right.
#[derive(Debug, Clone)]
pub struct PersonChange {
    /// Their name.
    pub full_name: FullName,
    /// When they were born.
    pub birth: Option<Birth>,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Their personal number; none leaves the one that is known, which is never shown whole.
    pub citizen_id: Option<CitizenId>,
}

/// Changes what is known of a person, for who keeps all of them. Enrolments and certificates keep what was true when they
/// were made.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::CitizenNumberDisagrees`], [`Refusal::CitizenNumberTaken`];
/// [`store::StoreError::Database`].
pub async fn change(office: &Office, actor: &Actor, id: PersonId, change: PersonChange) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let known = require_whole(office, &mut work, actor, id).await?;
    let citizen_id = change.citizen_id.clone().or_else(|| numbers::open(office, &known));
    if citizen_id.as_ref().is_some_and(|number| !number.agrees_with(change.birth, change.sex)) {
        return Err(Failure::field("citizen_id", Refusal::CitizenNumberDisagrees));
    }
    if let Some(number) = &change.citizen_id
        && store::people::matching::by_number(&mut work, &office.keys.index(number)).await?.is_some_and(|other| other.id != id)
    {
        return Err(Failure::field("citizen_id", Refusal::CitizenNumberTaken));
    }
    let (birth_date, birth_year) = birth_columns(change.birth);
    let number = match &change.citizen_id {
        Some(number) => numbers::seal(office, id, Some(number)),
        None => known.number,
    };
    let person = Person {
        id,
        full_name: change.full_name,
        birth_date,
        birth_year,
        sex: change.sex,
        phone: change.phone,
        email: change.email,
        number,
    };
    store::people::change(&mut work, &person).await.map_err(number_taken)?;
    office.log(&mut work, Some(actor.account), "person_changed", ("person", id.0), &json!({})).await?;
    work.commit().await?;
    Ok(())
}

/// Ends the belonging of a person to an organisation at once: yesterday was its last day.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn end_membership(office: &Office, actor: &Actor, organisation: OrganisationId, person: PersonId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let (_, target) = organisation_target(&mut work, organisation).await?;
    require(actor, Action::KeepPeople, &target)?;
    let today = office.today();
    let last = today.pred_opt().unwrap_or(today);
    if !store::people::end_membership(&mut work, person, organisation, last).await? {
        return Err(Refusal::NotFound.into());
    }
    let detail = json!({ "organisation": organisation });
    office.log(&mut work, Some(actor.account), "membership_ended", ("person", person.0), &detail).await?;
    work.commit().await?;
    Ok(())
}
