//! Pairs of people who are probably one, and people found by what somebody types.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, DistinctId, PersonId};

use super::{Person, person_columns};
use crate::{Records, StoreResult};

/// Whether a person belongs today ($3) to an organisation of the units where account $2 has a role among `$roles`.
macro_rules! of_my_units {
    ($person:literal, $roles:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
                JOIN unit_cover c ON c.covered_id = o.unit_id JOIN role_grant g ON g.unit_id = c.unit_id
                WHERE m.person_id = ",
            $person,
            ".id AND m.valid_from <= $3 AND (m.valid_to IS NULL OR m.valid_to >= $3)
                AND g.account_id = $2 AND g.role IN (",
            $roles,
            ") AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))"
        )
    };
}

/// Whether a person belongs today ($3) to an organisation that account $2 represents.
macro_rules! of_my_organisations {
    ($person:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM membership m JOIN role_grant g ON g.organisation_id = m.organisation_id
                WHERE m.person_id = ",
            $person,
            ".id AND m.valid_from <= $3 AND (m.valid_to IS NULL OR m.valid_to >= $3)
                AND g.account_id = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))"
        )
    };
}

/// Narrows to records that lead to no other.
macro_rules! goes_on {
    ($person:literal) => {
        concat!("NOT EXISTS (SELECT 1 FROM person_alias l WHERE l.alias_id = ", $person, ".id AND l.undone_at IS NULL)")
    };
}

statements! {
    // Each way in which two may be one is looked up by an index; the rule of the domain judges what is found. The newest
    // record stands first, so that what was just entered is seen first. $1 is true for who keeps everybody; officers of
    // units see who reaches into their unit, representatives pairs among their own people alone.
    PAIRS = concat!("SELECT a.id, b.id FROM (
            SELECT x.id AS newer, y.id AS older FROM person x JOIN person y ON y.search_text = x.search_text AND y.born = x.born AND y.id < x.id
                WHERE y.birth_date = x.birth_date OR ((y.birth_date IS NULL OR x.birth_date IS NULL)
                AND EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
                    JOIN membership n ON n.person_id = y.id AND n.valid_to IS NULL JOIN organisation q ON q.id = n.organisation_id
                    WHERE m.person_id = x.id AND m.valid_to IS NULL AND q.unit_id = o.unit_id))
            UNION SELECT x.id, y.id FROM person x JOIN person y ON y.phone = x.phone AND y.id < x.id
                WHERE y.search_text = x.search_text OR y.birth_date = x.birth_date
            UNION SELECT CASE WHEN x.id > y.id THEN x.id ELSE y.id END, CASE WHEN x.id > y.id THEN y.id ELSE x.id END
                FROM person x JOIN membership m ON m.person_id = x.id AND m.valid_to IS NULL
                JOIN membership n ON n.organisation_id = m.organisation_id AND n.person_id <> x.id AND n.valid_to IS NULL
                JOIN person y ON y.id = n.person_id AND y.search_text = x.search_text AND (y.phone IS NULL OR x.phone IS NULL)
                WHERE x.born IS NULL
        ) pair JOIN person a ON a.id = pair.newer JOIN person b ON b.id = pair.older
        WHERE ", goes_on!("a"), " AND ", goes_on!("b"), "
        AND NOT EXISTS (SELECT 1 FROM distinct_people d WHERE d.first_id = a.id AND d.second_id = b.id AND d.withdrawn_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM distinct_people d WHERE d.first_id = b.id AND d.second_id = a.id AND d.withdrawn_at IS NULL)
        AND (a.citizen_index IS NULL OR b.citizen_index IS NULL OR LENGTH(a.citizen_sealed) <> LENGTH(b.citizen_sealed))
        AND ($1 = TRUE OR ", of_my_units!("a", "'unit_officer'"), " OR ", of_my_units!("b", "'unit_officer'"), "
            OR (", of_my_organisations!("a"), " AND ", of_my_organisations!("b"), "))
        AND (CAST($4 AS TEXT) IS NULL OR a.id < $5 OR (a.id = $5 AND b.id < $6))
        ORDER BY a.id DESC, b.id DESC LIMIT $7");
    APART = concat!("SELECT d.id, d.first_id, d.second_id, f.full_name AS first_name, s.full_name AS second_name, d.said_at,
            w.full_name AS said_by_name
        FROM distinct_people d JOIN person f ON f.id = d.first_id JOIN person s ON s.id = d.second_id
        JOIN account c ON c.id = d.said_by JOIN person w ON w.id = c.person_id
        WHERE d.withdrawn_at IS NULL AND ($1 = TRUE OR (", of_my_units!("f", "'unit_officer'"), " AND ", of_my_units!("s", "'unit_officer'"), ")
            OR (", of_my_organisations!("f"), " AND ", of_my_organisations!("s"), "))
        ORDER BY d.said_at DESC, d.id DESC LIMIT 50");
    SEARCH = concat!("SELECT ", person_columns!(), " FROM person p WHERE ", goes_on!("p"), "
        AND (p.search_text LIKE $4 ESCAPE '\\' OR p.phone = $5 OR p.citizen_index = $6)
        AND ($1 = TRUE OR ", of_my_units!("p", "'unit_officer', 'manager'"), " OR ", of_my_organisations!("p"), ")
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id LIMIT 100");
}

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// Whether they see the whole province.
    pub everywhere: bool,
    /// Their account, whose grants narrow what they see.
    pub account: AccountId,
    /// The day whose grants and memberships count.
    pub today: NaiveDate,
}

/// Pairs of people who may be one, newer and older record, the newest first, after a pair in that order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn pairs(
    records: &mut impl Records,
    asking: Asking,
    after: Option<(PersonId, PersonId)>,
    limit: i64,
) -> StoreResult<Vec<(PersonId, PersonId)>> {
    let Asking { everywhere, account, today } = asking;
    let (newer, older) = after.unzip();
    let is_next = newer.map(|newer| newer.to_string());
    fetch_all!(records, PAIRS, everywhere, account, today, is_next, newer, older, limit)
}

/// Two people of whom somebody said that they are two.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Apart {
    /// The statement.
    pub id: DistinctId,
    /// The one.
    pub first_id: PersonId,
    /// The other.
    pub second_id: PersonId,
    /// The name of the one.
    pub first_name: String,
    /// The name of the other.
    pub second_name: String,
    /// When it was said.
    pub said_at: DateTime<Utc>,
    /// By whom.
    pub said_by_name: String,
}

/// The last fifty pairs that were told apart, of those the account keeps both of.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn apart(records: &mut impl Records, asking: Asking) -> StoreResult<Vec<Apart>> {
    fetch_all!(records, APART, asking.everywhere, asking.account, asking.today)
}

/// The people whose name holds `wanted`, or who have the telephone number or citizen number; 100 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn search(
    records: &mut impl Records,
    asking: Asking,
    wanted: &str,
    phone: Option<&str>,
    number: Option<&str>,
) -> StoreResult<Vec<Person>> {
    let pattern = domain::text::like_pattern(wanted);
    fetch_all!(records, SEARCH, asking.everywhere, asking.account, asking.today, pattern, phone, number)
}
