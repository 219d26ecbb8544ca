//! The one path on which a person becomes known: found among those who are, or added.

use domain::ids::{MembershipId, OrganisationId, PersonId};
use domain::people::{Birth, Known, PersonEntry};
use domain::{Refusal, text};
use store::people::{NewMembership, Person};
use store::{Records, Work};

use crate::{Failure, Office, Outcome};

/// Finds the person of an entry, or adds them, and makes sure that they belong to the organisation. True when the
/// person was not known before. The caller has asked the policy, and writes the log and commits.
///
/// The same citizen number and name is the same person, wherever they are known from; else the same name with the same
/// birth or telephone number among the members of the organisation. What was not known of them is filled in; what was
/// known stays.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`] when the citizen number belongs to somebody of another name;
/// [`store::StoreError::Database`], a duplicate when somebody else adds the same number at this moment: trying again finds
/// them.
pub async fn find_or_add(
    office: &Office,
    work: &mut Work,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<(Person, bool)> {
    // Two lists of one organisation at once would each add the same people.
    store::organisations::lock(work, organisation).await?;
    let (person, is_new) = match find(work, organisation, entry).await? {
        Some(mut person) => {
            if fill_in(&mut person, entry) {
                store::people::change(work, &person).await?;
            }
            (person, false)
        }
        None => {
            let person = new_person(office, entry);
            store::people::add(work, &person, office.now()).await?;
            (person, true)
        }
    };
    let membership = NewMembership {
        id: MembershipId(office.id()),
        person: person.id,
        organisation,
        position: entry.position.clone(),
        on_state_payroll: entry.on_state_payroll,
        valid_from: office.today(),
    };
    store::people::add_membership(work, &membership).await?;
    Ok((person, is_new))
}

/// Who is meant by an entry: whoever has the citizen number, else a member of the organisation.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`] as for [`find_or_add`]; [`store::StoreError::Database`].
pub async fn find(records: &mut impl Records, organisation: OrganisationId, entry: &PersonEntry) -> Outcome<Option<Person>> {
    if let Some(number) = &entry.citizen_id
        && let Some(person) = store::people::by_citizen_id(records, number).await?
    {
        let same_name = text::fold(person.full_name.as_str()) == text::fold(entry.full_name.as_str());
        return if same_name { Ok(Some(person)) } else { Err(Failure::field("citizen_id", Refusal::CitizenNumberTaken)) };
    }
    let mut members = store::people::namesakes(records, organisation, &entry.full_name).await?;
    let known: Vec<Known<'_>> = members.iter().map(known).collect();
    Ok(entry.find_among(&known).map(|index| members.swap_remove(index)))
}

fn known(person: &Person) -> Known<'_> {
    Known {
        full_name: &person.full_name,
        birth: person.birth(),
        phone: person.phone.as_ref(),
        citizen_id: person.citizen_id.as_ref(),
    }
}

/// Adds a person who belongs to no organisation, and gives back who they are.
pub(crate) async fn add_alone(office: &Office, work: &mut Work, entry: &PersonEntry) -> Outcome<PersonId> {
    let person = new_person(office, entry);
    store::people::add(work, &person, office.now()).await.map_err(number_taken)?;
    Ok(person.id)
}

fn new_person(office: &Office, entry: &PersonEntry) -> Person {
    let (birth_date, birth_year) = birth_columns(entry.birth);
    Person {
        id: PersonId(office.id()),
        full_name: entry.full_name.clone(),
        birth_date,
        birth_year,
        sex: entry.sex,
        phone: entry.phone.clone(),
        email: entry.email.clone(),
        citizen_id: entry.citizen_id.clone(),
    }
}

/// The two columns a birth is kept in.
pub(super) fn birth_columns(birth: Option<Birth>) -> (Option<chrono::NaiveDate>, Option<i64>) {
    match birth {
        Some(Birth::Day(day)) => (Some(day), None),
        Some(Birth::Year(year)) => (None, Some(i64::from(year))),
        None => (None, None),
    }
}

/// Keeps what was not known before; true when anything was.
fn fill_in(person: &mut Person, entry: &PersonEntry) -> bool {
    let before = person.clone();
    if person.birth_date.is_none() && (person.birth_year.is_none() || entry.birth.is_some_and(|birth| birth.day().is_some())) {
        let known = person.birth();
        (person.birth_date, person.birth_year) = birth_columns(entry.birth.or(known));
    }
    person.sex = person.sex.or(entry.sex);
    person.phone = person.phone.take().or_else(|| entry.phone.clone());
    person.email = person.email.take().or_else(|| entry.email.clone());
    person.citizen_id = person.citizen_id.take().or_else(|| entry.citizen_id.clone());
    *person != before
}

/// Another unit of work added the same citizen number since it was looked for.
pub(super) fn number_taken(failure: impl Into<Failure>) -> Failure {
    match failure.into() {
        Failure::Store(error) if error.is_duplicate() => Failure::field("citizen_id", Refusal::ChangedMeanwhile),
        other => other,
    }
}
