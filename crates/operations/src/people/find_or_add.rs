//! The one path on which a person becomes known: found among those who are, or added.

use domain::accounts::Actor;
use domain::ids::{MembershipId, OrganisationId, PersonId};
use domain::people::{Birth, Candidate, Details, Known, Match, Nearness, PersonEntry};
use domain::policy::Keeping;
use domain::{Refusal, text};
use serde_json::json;
use store::people::{NewMembership, Person, matching};
use store::{Records, Work};

use super::keep::keeping;
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

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// The person was known.
    Known,
    /// The person was added; nobody like them is known.
    New,
    /// The person was added, and somebody who is known may be the same: the pair is put before somebody.
    Resembling,
}

impl Entered {
    /// Whether the person was added.
    #[must_use]
    pub fn is_new(self) -> bool {
        self != Entered::Known
    }
}

/// Finds the person of an entry, or adds them, and makes sure that they belong to the organisation. `actor` makes the entry;
/// none is who keeps the machine, and reaches everybody. The caller has asked the policy, and writes the log and commits.
///
/// The same citizen number and name is the same person, then the same telephone number and name, wherever they are known
/// from within the scope of the actor; then the same name and birth among the members of the organisation
/// ([`domain::people::Evidence`]). Who is only probably the same is added: the pair is put before a person, who merges the
/// two or says that they are two. What was not known of them is filled in where it agrees; what was known stays. Only a
/// number of twelve digits takes the place of the nine of an old card, which an event of its own tells.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`] when the citizen number belongs to somebody of another name;
/// [`Refusal::SeveralFit`] when the entry means one of several and does not say which;
/// [`Refusal::ChangedMeanwhile`] when they were merged into another record in this moment: what was written until then must
/// not be kept;
/// [`store::StoreError::Database`], a duplicate when somebody else adds the same number at this moment: trying again finds
/// them.
pub async fn find_or_add(
    office: &Office,
    work: &mut Work,
    actor: Option<&Actor>,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<(Person, Entered)> {
    // Two lists of one organisation at once would each add the same people.
    store::organisations::lock(work, organisation).await?;
    let (person, entered) = match find(office, work, actor, organisation, entry).await? {
        Found::Same(person) => (fill_in(office, work, actor, *person, entry).await?, Entered::Known),
        found => {
            let person = new_person(office, entry);
            store::people::add(work, &person, office.now()).await?;
            (person, if found == Found::Nobody { Entered::New } else { Entered::Resembling })
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
    Ok((person, entered))
}

/// Who is meant by an entry of an organisation: whoever has the citizen number, else whom the evidence speaks for.
///
/// # Errors
/// [`Refusal::CitizenNumberTaken`], [`Refusal::SeveralFit`] as for [`find_or_add`]; [`store::StoreError::Database`].
pub async fn find(
    office: &Office,
    records: &mut impl Records,
    actor: Option<&Actor>,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> Outcome<Found> {
    if let Some(number) = &entry.citizen_id
        && let Some(person) = matching::by_number(records, &office.keys.index(number)).await?
    {
        let same_name = text::fold(person.full_name.as_str()) == text::fold(entry.full_name.as_str());
        return if same_name {
            Ok(Found::Same(Box::new(person)))
        } else {
            Err(Failure::field("citizen_id", Refusal::CitizenNumberTaken))
        };
    }
    let known_records = matching::candidates(records, organisation, entry).await?;
    let mut opened = Vec::with_capacity(known_records.len());
    for record in &known_records {
        opened.push((numbers::open(office, &record.person), is_in_reach(office, records, actor, record, entry).await?));
    }
    let candidates: Vec<Candidate<'_>> = known_records
        .iter()
        .zip(&opened)
        .map(|(record, (number, is_in_reach))| Candidate {
            person: record.goes_on_as,
            known: known(&record.person, number.as_ref()),
            place: record.nearness(),
            is_in_reach: *is_in_reach,
        })
        .collect();
    match entry.find_among(&candidates) {
        Match::Nobody => Ok(Found::Nobody),
        Match::Probable(people) => Ok(Found::Probable(people)),
        Match::Several(people) => Err(Failure::field("full_name", Refusal::SeveralFit { count: people.len() })),
        Match::Same(person) => Ok(Found::Same(Box::new(store::people::find(records, person).await?.ok_or(Refusal::NotFound)?))),
    }
}

/// Whether whom a record is of lies in the scope of who makes the entry: the members of the organisation do, and others
/// whom they keep somewhere. That is asked only where it decides, of who has the same telephone number.
async fn is_in_reach(
    office: &Office,
    records: &mut impl Records,
    actor: Option<&Actor>,
    record: &matching::Candidate,
    entry: &PersonEntry,
) -> Outcome<bool> {
    let Some(actor) = actor else { return Ok(true) };
    if record.nearness() == Nearness::Organisation {
        return Ok(true);
    }
    let has_phone = entry.phone.is_some() && entry.phone == record.person.phone;
    Ok(has_phone && keeping(office, records, actor, record.goes_on_as).await? != Keeping::No)
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
    Known {
        full_name: &person.full_name,
        birth: person.birth(),
        sex: person.sex,
        phone: person.phone.as_ref(),
        citizen_id: number,
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

/// Keeps what was not known before and agrees with what was.
async fn fill_in(
    office: &Office,
    work: &mut Work,
    actor: Option<&Actor>,
    mut person: Person,
    entry: &PersonEntry,
) -> Outcome<Person> {
    let before = Details {
        birth: person.birth(),
        sex: person.sex,
        phone: person.phone.clone(),
        email: person.email.clone(),
        citizen_id: numbers::open(office, &person),
    };
    let after = before.filled_in(entry);
    if after == before {
        return Ok(person);
    }
    // A number that cannot be read is no number that is not known: it stays as it is.
    if after.citizen_id != before.citizen_id && (before.citizen_id.is_some() || person.number.index.is_none()) {
        person.number = numbers::seal(office, person.id, after.citizen_id.as_ref());
        if before.citizen_id.is_some() {
            let account = actor.map(|actor| actor.account);
            office.log(work, account, "citizen_number_replaced", ("person", person.id.0), &json!({})).await?;
        }
    }
    (person.birth_date, person.birth_year) = birth_columns(after.birth);
    (person.sex, person.phone, person.email) = (after.sex, after.phone, after.email);
    store::people::change(work, &person).await?;
    Ok(person)
}

/// Another unit of work added the same citizen number since it was looked for.
pub(super) fn number_taken(failure: impl Into<Failure>) -> Failure {
    match failure.into() {
        Failure::Store(error) if error.is_duplicate() => Failure::field("citizen_id", Refusal::ChangedMeanwhile),
        other => other,
    }
}
