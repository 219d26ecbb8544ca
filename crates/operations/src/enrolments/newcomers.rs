//! People who are entered with the list they are enrolled by.

use domain::enrolments::roster::Field;
use domain::ids::{MembershipId, OrganisationId, PersonId};
use domain::people::{Birth, PersonEntry};
use domain::{Refusal, text};
use store::people::{NewMembership, Person};
use store::{Records, Work};

use crate::{Failure, Office, Outcome};

/// Who is meant by an entry: whoever has the citizen number, else a member with the same name and birth.
pub async fn find(
    office: &Office,
    records: &mut impl Records,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<Option<PersonId>> {
    let same_name = |person: &Person| text::spoken(person.full_name.as_str()) == text::spoken(entry.full_name.as_str());
    if let Some(number) = &entry.citizen_id
        && let Some(person) = store::people::by_citizen_id(records, number).await?
    {
        let taken = || Failure::field(Field::CitizenId.as_str(), Refusal::CitizenNumberTaken);
        return if same_name(&person) { Ok(Some(person.id)) } else { Err(taken()) };
    }
    let members = store::people::members(records, organisation, office.today()).await?;
    let same = |person: &Person| {
        let another_number = person.citizen_id.is_some() && entry.citizen_id.is_some();
        same_name(person) && same_birth(person.birth(), entry.birth) && !another_number
    };
    Ok(members.into_iter().map(|member| member.person).find(same).map(|person| person.id))
}

/// Lists that know only the year, or nothing, mean the person whose day is known.
fn same_birth(known: Option<Birth>, entered: Option<Birth>) -> bool {
    match (known, entered) {
        (Some(Birth::Day(known)), Some(Birth::Day(entered))) => known == entered,
        (Some(known), Some(entered)) => known.year() == entered.year(),
        (_, None) => true,
        (None, Some(_)) => false,
    }
}

/// Finds who is meant by an entry, or adds them, and makes them a member of the organisation.
pub async fn find_or_add(
    office: &Office,
    work: &mut Work,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<PersonId> {
    let found = find(office, work, organisation, entry).await?;
    let id = found.unwrap_or_else(|| PersonId(office.id()));
    if found.is_none() {
        let birth_year = match entry.birth {
            Some(Birth::Year(year)) => Some(i64::from(year)),
            _ => None,
        };
        let person = Person {
            id,
            full_name: entry.full_name.clone(),
            birth_date: entry.birth.and_then(Birth::day),
            birth_year,
            sex: entry.sex,
            phone: entry.phone.clone(),
            email: entry.email.clone(),
            citizen_id: entry.citizen_id.clone(),
        };
        store::people::add(work, &person, office.now()).await?;
    }
    let membership = NewMembership {
        id: MembershipId(office.id()),
        person: id,
        organisation,
        position: entry.position.clone(),
        on_state_payroll: entry.on_state_payroll,
        valid_from: office.today(),
    };
    store::people::add_membership(work, &membership).await?;
    Ok(id)
}
