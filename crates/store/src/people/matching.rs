//! Who may be meant by an entry: looked up by index, whichever of the records of one person says it.

use domain::ids::{OrganisationId, PersonId};
use domain::people::{Birth, Nearness, PersonEntry};

use super::{Person, person_columns};
use crate::{Records, StoreResult};

/// A record `p` with the person that it goes on as, and how near they belong to an organisation ($1) and its unit.
macro_rules! candidates {
    () => {
        concat!(
            "SELECT ",
            person_columns!(),
            ", k.id AS goes_on_as, CAST(COALESCE((SELECT MIN(CASE WHEN m.organisation_id = $1 THEN 0 WHEN o.unit_id = (SELECT h.unit_id FROM organisation h WHERE h.id = $1) THEN 1 ELSE 2 END)
                FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = k.id AND m.valid_to IS NULL), 2) AS BIGINT) AS distance
            FROM person p LEFT JOIN person_alias a ON a.alias_id = p.id AND a.undone_at IS NULL JOIN person k ON k.id = COALESCE(a.person_id, p.id)"
        )
    };
}

statements! {
    BY_NUMBER = concat!("SELECT ", person_columns!(), " FROM person q LEFT JOIN person_alias a ON a.alias_id = q.id AND a.undone_at IS NULL
        JOIN person p ON p.id = COALESCE(a.person_id, q.id) WHERE q.citizen_index = $1");
    // Of one name: with the same telephone number, born in the same year, or of the same organisation.
    NAMESAKES = concat!(candidates!(), " WHERE p.search_text = $2 AND (p.phone = $3 OR p.born = $4
        OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = k.id AND m.organisation_id = $1 AND m.valid_to IS NULL))
        ORDER BY distance, p.id LIMIT 200");
    // Of another name, with the same telephone number and birthday: perhaps misspelt.
    MISSPELT = concat!(candidates!(), " WHERE p.phone = $3 AND p.birth_date = $4 AND p.search_text <> $2 ORDER BY distance, p.id LIMIT 20");
}

/// Somebody who may be meant.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Candidate {
    /// What is known of them, as the record that was found says it.
    #[sqlx(flatten)]
    pub person: Person,
    /// The person they go on as: themselves, unless the record was merged into another.
    pub goes_on_as: PersonId,
    distance: i64,
}

impl Candidate {
    /// How near they belong to the organisation that was asked for.
    #[must_use]
    pub fn nearness(&self) -> Nearness {
        match self.distance {
            0 => Nearness::Organisation,
            1 => Nearness::Unit,
            _ => Nearness::Elsewhere,
        }
    }
}

/// The person with the number of this index, as they go on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_number(records: &mut impl Records, index: &str) -> StoreResult<Option<Person>> {
    fetch_optional!(records, BY_NUMBER, index)
}

/// People who may be meant by an entry of an organisation, the nearest first. Citizen numbers are not compared.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn candidates(
    records: &mut impl Records,
    organisation: OrganisationId,
    entry: &PersonEntry,
) -> StoreResult<Vec<Candidate>> {
    let name = domain::text::fold(entry.full_name.as_str());
    let year = entry.known().born().map(Birth::year);
    let mut found: Vec<Candidate> = fetch_all!(records, NAMESAKES, organisation, &name, &entry.phone, year.map(i64::from))?;
    if let (Some(phone), Some(Birth::Day(birthday))) = (&entry.phone, entry.birth) {
        let misspelt: Vec<Candidate> = fetch_all!(records, MISSPELT, organisation, &name, phone, birthday)?;
        found.extend(misspelt);
    }
    Ok(found)
}
