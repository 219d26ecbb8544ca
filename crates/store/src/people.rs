//! People and their dated memberships.

pub mod duplicates;
pub mod matching;
pub mod merging;
pub mod numbers;
pub mod references;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{MembershipId, OrganisationId, PersonId};
use domain::people::{Birth, EmailAddress, FullName, PhoneNumber, Sex, middle_name};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is kept of a person `p`.
macro_rules! person_columns {
    () => {
        "p.id, p.full_name, p.birth_date, p.birth_year, p.sex, p.phone, p.email, p.citizen_sealed, p.citizen_index"
    };
}
pub(crate) use person_columns;

statements! {
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM person";
    ADD = "INSERT INTO person (id, full_name, given_name, middle_name, birth_date, birth_year, sex, phone, email, citizen_sealed, citizen_index,
        search_text, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FIND = concat!("SELECT ", person_columns!(), " FROM person p WHERE p.id = $1");
    KNOWN_SINCE = "SELECT created_at FROM person WHERE id = $1";
    CHANGE = "UPDATE person SET full_name = $2, given_name = $3, middle_name = $4, birth_date = $5, birth_year = $6, sex = $7, phone = $8,
        email = $9, citizen_sealed = $10, citizen_index = $11, search_text = $12 WHERE id = $1";
    MEMBERS = concat!("SELECT ", person_columns!(), ", m.position, m.on_state_payroll FROM membership m JOIN person p ON p.id = m.person_id
        WHERE m.organisation_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id");
    SHARED_MEMBERS = "SELECT DISTINCT m.person_id FROM membership m
        WHERE m.organisation_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)
        AND (EXISTS (SELECT 1 FROM account a WHERE a.person_id = m.person_id) OR EXISTS (SELECT 1 FROM membership n
            WHERE n.person_id = m.person_id AND n.organisation_id <> $1 AND n.valid_from <= $2 AND (n.valid_to IS NULL OR n.valid_to >= $2)))";
    MEMBERSHIPS = "SELECT m.organisation_id, o.name AS organisation_name, m.position, m.on_state_payroll, m.valid_from, m.valid_to
        FROM membership m JOIN organisation o ON o.id = m.organisation_id
        WHERE m.person_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)
        ORDER BY m.valid_from, m.id";
    ADD_MEMBERSHIP = "INSERT INTO membership (id, person_id, organisation_id, position, on_state_payroll, valid_from)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation_id, person_id) WHERE valid_to IS NULL DO NOTHING";
    END_MEMBERSHIP = "UPDATE membership SET valid_to = $3 WHERE person_id = $1 AND organisation_id = $2 AND valid_to IS NULL";
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// Their identifier.
    pub id: PersonId,
    /// Their name as they write it.
    pub full_name: FullName,
    /// Their date of birth, when it is known.
    pub birth_date: Option<NaiveDate>,
    /// Their year of birth, when only that is known.
    pub birth_year: Option<i64>,
    /// Their sex, when it is known.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Their personal number, sealed: shown masked, never logged.
    #[sqlx(flatten)]
    pub number: SealedNumber,
}

/// A citizen number as it is kept: nobody reads it without the key of the house.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct SealedNumber {
    /// The encrypted number; none when it is not known.
    #[sqlx(rename = "citizen_sealed")]
    pub sealed: Option<Vec<u8>>,
    /// The keyed hash that it is found by.
    #[sqlx(rename = "citizen_index")]
    pub index: Option<String>,
}

impl Person {
    /// When they were born, as far as it is known.
    #[must_use]
    pub fn birth(&self) -> Option<Birth> {
        Birth::from_record(self.birth_date, self.birth_year)
    }
}

/// A person as a member of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Member {
    /// The person.
    #[sqlx(flatten)]
    pub person: Person,
    /// What they are there.
    pub position: Option<String>,
    /// Whether the state pays them: decides on meal money.
    pub on_state_payroll: bool,
}

/// How many people are known.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, COUNT)
}

/// Adds a person.
///
/// # Errors
/// [`crate::StoreError::Database`]; a citizen number that exists already is a duplicate.
pub async fn add(work: &mut Work, person: &Person, now: DateTime<Utc>) -> StoreResult<()> {
    let p = person;
    let search_text = domain::text::fold(p.full_name.as_str());
    execute!(
        work,
        ADD,
        p.id,
        &p.full_name,
        p.full_name.given(),
        middle_name(p.full_name.as_str()),
        p.birth_date,
        p.birth_year,
        p.sex,
        &p.phone,
        &p.email,
        &p.number.sealed,
        &p.number.index,
        search_text,
        now
    )?;
    Ok(())
}

/// One person.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: PersonId) -> StoreResult<Option<Person>> {
    fetch_optional!(records, FIND, id)
}

/// Since when a record is known; none when there is no such person.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn known_since(records: &mut impl Records, id: PersonId) -> StoreResult<Option<DateTime<Utc>>> {
    let row: Option<(DateTime<Utc>,)> = fetch_optional!(records, KNOWN_SINCE, id)?;
    Ok(row.map(|(since,)| since))
}

/// Changes what is known of a person.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such person; a citizen number that somebody else has is a duplicate.
pub async fn change(work: &mut Work, person: &Person) -> StoreResult<()> {
    let p = person;
    let search_text = domain::text::fold(p.full_name.as_str());
    let touched = execute!(
        work,
        CHANGE,
        p.id,
        &p.full_name,
        p.full_name.given(),
        middle_name(p.full_name.as_str()),
        p.birth_date,
        p.birth_year,
        p.sex,
        &p.phone,
        &p.email,
        &p.number.sealed,
        &p.number.index,
        search_text
    )?;
    expect_rows("CHANGE", 1, touched)
}

/// Who belongs to an organisation on `today`, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn members(records: &mut impl Records, organisation: OrganisationId, today: NaiveDate) -> StoreResult<Vec<Member>> {
    fetch_all!(records, MEMBERS, organisation, today)
}

/// Who of an organisation belongs to others too, or has an account, on `today`: whom more than the organisation keeps.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn shared_members(
    records: &mut impl Records,
    organisation: OrganisationId,
    today: NaiveDate,
) -> StoreResult<BTreeSet<PersonId>> {
    let rows: Vec<(PersonId,)> = fetch_all!(records, SHARED_MEMBERS, organisation, today)?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Where a person belongs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Membership {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// What the person is there.
    pub position: Option<String>,
    /// Whether the state pays them.
    pub on_state_payroll: bool,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none when open.
    pub valid_to: Option<NaiveDate>,
}

/// Where a person belongs on `today`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn memberships(records: &mut impl Records, person: PersonId, today: NaiveDate) -> StoreResult<Vec<Membership>> {
    fetch_all!(records, MEMBERSHIPS, person, today)
}

/// A membership that begins.
#[derive(Debug, Clone)]
pub struct NewMembership {
    /// Its identifier.
    pub id: MembershipId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub organisation: OrganisationId,
    /// As what.
    pub position: Option<String>,
    /// Whether the state pays them.
    pub on_state_payroll: bool,
    /// From which day on.
    pub valid_from: NaiveDate,
}

/// Adds a membership; false when the person belongs there already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_membership(work: &mut Work, membership: &NewMembership) -> StoreResult<bool> {
    let m = membership;
    Ok(execute!(work, ADD_MEMBERSHIP, m.id, m.person, m.organisation, &m.position, m.on_state_payroll, m.valid_from)? == 1)
}

/// Ends a membership on its last day; false when there was none.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn end_membership(
    work: &mut Work,
    person: PersonId,
    organisation: OrganisationId,
    last: NaiveDate,
) -> StoreResult<bool> {
    Ok(execute!(work, END_MEMBERSHIP, person, organisation, last)? == 1)
}
