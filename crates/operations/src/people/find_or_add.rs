//! The one path on which a person becomes known: found among those who are, or added.

use domain::ids::{MembershipId, OrganisationId, PersonId};
use domain::people::{Birth, Known, Match, Nearness, PersonEntry};
use domain::{Refusal, text};
use store::people::matching::Candidate;
use store::people::{NewMembership, Person};
use store::{Records, Work};

use super::numbers;
use crate::{Failure, Office, Outcome};

/// Who is meant by an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This person, surely.
    Same(Box<Person>),
    /// Nobody surely; somebody has to say whether it is one of these.
    Probable(Vec<PersonId>),
    /// Nobody who is known.
    Nobody,
}

/// Finds the person of an entry, or adds them, and makes sure that they belong to the organisation. True when the
/// person was not known before. The caller has asked the policy, and writes the log and commits.
///
/// The same citizen number and name is the same person, then the same telephone number and name, wherever they are known
/// from; then the same name and birth among the members of the organisation ([`domain::people::Evidence`]). Who is only
/// probably the same is added: the pair is put before a person, who merges the two or says that they are two. What was not
/// known of them is filled in; what was known stays.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`] when the citizen number belongs to somebody of another name;
/// [`Refusal::ChangedMeanwhile`] when they were merged into another record in this moment;
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
    let (person, is_new) = match find(office, work, organisation, entry).await? {
        Found::Same(person) => {
            let mut person = *person;
            if fill_in(office, &mut person, entry) {
                store::people::change(work, &person).await?;
            }
            (person, false)
        }
        Found::Probable(_) | Found::Nobody => {
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
    // A membership holds the record against a merge from here on. One that was merged meanwhile must not get any.
    require_going_on(work, person.id).await?;
    Ok((person, is_new))
}

/// Who is meant by an entry of an organisation: whoever has the citizen number, else whom the evidence speaks for.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`] as for [`find_or_add`]; [`store::StoreError::Database`].
pub async fn find(
    office: &Office,
    records: &mut impl Records,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<Found> {
    if let Some(number) = &entry.citizen_id
        && let Some(person) = store::people::matching::by_number(records, &office.keys.index(number)).await?
    {
        let same_name = text::fold(person.full_name.as_str()) == text::fold(entry.full_name.as_str());
        return if same_name {
            Ok(Found::Same(Box::new(person)))
        } else {
            Err(Failure::field("citizen_id", Refusal::CitizenNumberTaken))
        };
    }
    let candidates = store::people::matching::candidates(records, organisation, entry).await?;
    let numbers: Vec<_> = candidates.iter().map(|candidate| numbers::open(office, &candidate.person)).collect();
    let known: Vec<(Known<'_>, Nearness)> = candidates
        .iter()
        .zip(&numbers)
        .map(|(candidate, number)| (known(&candidate.person, number.as_ref()), candidate.nearness()))
        .collect();
    Ok(match entry.find_among(&known) {
        Match::Nobody => Found::Nobody,
        Match::Probable(places) => {
            let mut people: Vec<PersonId> = places.iter().map(|place| candidates[*place].goes_on_as).collect();
            people.sort_unstable();
            people.dedup();
            Found::Probable(people)
        }
        Match::Same(place) => Found::Same(Box::new(going_on(records, &candidates[place]).await?)),
    })
}

/// The person that a record goes on as.
async fn going_on(records: &mut impl Records, candidate: &Candidate) -> Outcome<Person> {
    if candidate.goes_on_as == candidate.person.id {
        return Ok(candidate.person.clone());
    }
    Ok(store::people::find(records, candidate.goes_on_as).await?.ok_or(Refusal::NotFound)?)
}

/// Answers unless a record leads to another one by now. Ask while something holds it, else a merge may come between.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`]; [`store::StoreError::Database`].
pub(crate) async fn require_going_on(work: &mut Work, person: PersonId) -> Outcome<()> {
    match store::people::merging::goes_on_as(work, person).await? {
        None => Ok(()),
        Some(_) => Err(Refusal::ChangedMeanwhile.into()),
    }
}

/// What is known of a person, with the number opened for comparing.
pub(super) fn known<'a>(person: &'a Person, number: Option<&'a domain::people::CitizenId>) -> Known<'a> {
    Known { full_name: &person.full_name, birth: person.birth(), phone: person.phone.as_ref(), citizen_id: number }
}

/// Adds a person who belongs to no organisation, and gives back who they are.
pub(crate) async fn add_alone(office: &Office, work: &mut Work, entry: &PersonEntry) -> Outcome<PersonId> {
    let person = new_person(office, entry);
    store::people::add(work, &person, office.now()).await.map_err(number_taken)?;
    Ok(person.id)
}

fn new_person(office: &Office, entry: &PersonEntry) -> Person {
    let (birth_date, birth_year) = birth_columns(entry.birth);
    let id = PersonId(office.id());
    Person {
        id,
        full_name: entry.full_name.clone(),
        birth_date,
        birth_year,
        sex: entry.sex,
        phone: entry.phone.clone(),
        email: entry.email.clone(),
        number: numbers::seal(office, id, entry.citizen_id.as_ref()),
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
fn fill_in(office: &Office, person: &mut Person, entry: &PersonEntry) -> bool {
    let before = person.clone();
    if person.birth_date.is_none() && (person.birth_year.is_none() || entry.birth.is_some_and(|birth| birth.day().is_some())) {
        let known = person.birth();
        (person.birth_date, person.birth_year) = birth_columns(entry.birth.or(known));
    }
    person.sex = person.sex.or(entry.sex);
    person.phone = person.phone.take().or_else(|| entry.phone.clone());
    person.email = person.email.take().or_else(|| entry.email.clone());
    if person.number.index.is_none() {
        person.number = numbers::seal(office, person.id, entry.citizen_id.as_ref());
    }
    *person != before
}

/// Another unit of work added the same citizen number since it was looked for.
pub(super) fn number_taken(failure: impl Into<Failure>) -> Failure {
    match failure.into() {
        Failure::Store(error) if error.is_duplicate() => Failure::field("citizen_id", Refusal::ChangedMeanwhile),
        other => other,
    }
}
