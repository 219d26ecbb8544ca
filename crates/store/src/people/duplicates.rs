//! Pairs of people who are probably one, and people found by what somebody types.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, DistinctId, PersonId};
use uuid::Uuid;

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

/// Pairs `one` and `other` of people who look alike, of whom one is `x` of `$from` and stands to `y` as `$order` says. Each
/// way in which two may be one is looked up by an index; the rule of the domain judges what is found. (CROSS: in this order,
/// whatever the planner thinks of it.)
macro_rules! alike {
    ($from:literal, $order:literal) => {
        concat!(
            "SELECT x.id AS one, y.id AS other FROM ",
            $from,
            " CROSS JOIN person y
                WHERE y.search_text = x.search_text AND y.born = x.born AND ",
            $order,
            " AND y.birth_date = x.birth_date
            UNION SELECT x.id, y.id FROM ",
            $from,
            " CROSS JOIN person y
                WHERE y.search_text = x.search_text AND y.born = x.born AND ",
            $order,
            " AND (y.birth_date IS NULL OR x.birth_date IS NULL)
                AND EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
                    WHERE m.person_id = x.id AND m.valid_to IS NULL AND o.unit_id IN (SELECT q.unit_id FROM membership n
                        JOIN organisation q ON q.id = n.organisation_id WHERE n.person_id = y.id AND n.valid_to IS NULL))
            UNION SELECT x.id, y.id FROM ",
            $from,
            " CROSS JOIN person y
                WHERE y.phone = x.phone AND ",
            $order,
            " AND (y.search_text = x.search_text OR y.birth_date = x.birth_date)
            UNION SELECT x.id, y.id FROM ",
            $from,
            " CROSS JOIN person y
                WHERE y.search_text = x.search_text AND y.born IS NULL AND ",
            $order,
            " AND ",
            colleagues!(),
            "
            UNION SELECT x.id, y.id FROM ",
            $from,
            " CROSS JOIN person y
                WHERE x.born IS NULL AND y.search_text = x.search_text AND ",
            $order,
            " AND ",
            colleagues!()
        )
    };
}

/// Whether `x` and `y` belong to one organisation, and no telephone number tells them apart.
macro_rules! colleagues {
    () => {
        "(y.phone IS NULL OR x.phone IS NULL) AND EXISTS (SELECT 1 FROM membership m JOIN membership n ON n.organisation_id = m.organisation_id
            AND n.person_id = y.id AND n.valid_to IS NULL WHERE m.person_id = x.id AND m.valid_to IS NULL)"
    };
}

/// Narrows a `pair` of a newer and an older record to those that may still be one, after the pair of another page.
macro_rules! may_be_one {
    ($after:literal) => {
        concat!(
            " pair JOIN person a ON a.id = pair.newer JOIN person b ON b.id = pair.older
            WHERE ", goes_on!("a"), " AND ", goes_on!("b"), "
            AND NOT EXISTS (SELECT 1 FROM distinct_people d WHERE d.first_id = a.id AND d.second_id = b.id AND d.withdrawn_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM distinct_people d WHERE d.first_id = b.id AND d.second_id = a.id AND d.withdrawn_at IS NULL)
            AND (a.citizen_index IS NULL OR b.citizen_index IS NULL OR LENGTH(a.citizen_sealed) <> LENGTH(b.citizen_sealed))
            AND ", $after, " ORDER BY a.id DESC, b.id DESC LIMIT "
        )
    };
}

/// The people of account $1 on day $2: who reaches into the units of an officer, and who belongs to organisations that
/// somebody represents.
macro_rules! mine {
    () => {
        "WITH of_units AS (SELECT m.person_id AS id FROM role_grant g JOIN unit_cover c ON c.unit_id = g.unit_id
                JOIN organisation o ON o.unit_id = c.covered_id JOIN membership m ON m.organisation_id = o.id
                WHERE g.account_id = $1 AND g.role = 'unit_officer' AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)
                AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)),
            of_organisations AS (SELECT m.person_id AS id FROM role_grant g JOIN membership m ON m.organisation_id = g.organisation_id
                WHERE g.account_id = $1 AND g.role = 'representative' AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)
                AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to >= $2)),
            mine AS MATERIALIZED (SELECT p.id, p.search_text, p.born, p.birth_date, p.phone FROM person p
                WHERE p.id IN (SELECT id FROM of_units UNION SELECT id FROM of_organisations)) "
    };
}

statements! {
    // The newest record stands first, so that what was just entered is seen first. It starts from the people of the account:
    // officers of units see who reaches into their unit, representatives pairs among their own people alone.
    PAIRS_OF_MINE = concat!(mine!(), "SELECT a.id, b.id FROM (SELECT DISTINCT CASE WHEN w.one > w.other THEN w.one ELSE w.other END AS newer,
            CASE WHEN w.one > w.other THEN w.other ELSE w.one END AS older
        FROM (", alike!("mine x", "y.id <> x.id"), ") w
        WHERE w.one IN (SELECT id FROM of_units) OR w.other IN (SELECT id FROM of_organisations))",
        may_be_one!("(CAST($3 AS TEXT) IS NULL OR a.id < $4 OR (a.id = $4 AND b.id < $5))"), "$6");
    // Of everybody, whose newer record is one of $1 down to but without $2. (CASE: so that nobody takes the order of two
    // identifiers for a reason to read half of all people.)
    PAIRS_OF_ALL = concat!("WITH page AS MATERIALIZED (SELECT p.id, p.search_text, p.born, p.birth_date, p.phone FROM person p
            WHERE p.id <= $1 AND p.id > $2)
        SELECT a.id, b.id FROM (SELECT w.one AS newer, w.other AS older
        FROM (", alike!("page x", "CASE WHEN y.id < x.id THEN 1 ELSE 0 END = 1"), ") w)",
        may_be_one!("(CAST($3 AS TEXT) IS NULL OR a.id < $4 OR (a.id = $4 AND b.id < $5))"), "$6");
    FURTHER_DOWN = "SELECT id FROM person WHERE id <= $1 ORDER BY id DESC LIMIT 1 OFFSET $2";
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

/// Records that are looked at first where everybody is; four times as many each time that was not enough.
const WINDOW: i64 = 1_000;

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
    let (newer, older) = after.unzip();
    let is_next = newer.map(|newer| newer.to_string());
    if !asking.everywhere {
        return fetch_all!(records, PAIRS_OF_MINE, asking.account, asking.today, is_next, newer, older, limit);
    }
    let (mut from, mut window) = (newer.unwrap_or(PersonId(Uuid::max())), WINDOW);
    let mut found: Vec<(PersonId, PersonId)> = Vec::new();
    loop {
        let further: Option<(PersonId,)> = fetch_optional!(records, FURTHER_DOWN, from, window)?;
        let to = further.map_or(PersonId(Uuid::nil()), |(id,)| id);
        let wanted = limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
        let more: Vec<(PersonId, PersonId)> = fetch_all!(records, PAIRS_OF_ALL, from, to, &is_next, newer, older, wanted)?;
        found.extend(more);
        if further.is_none() || i64::try_from(found.len()).unwrap_or(i64::MAX) >= limit {
            return Ok(found);
        }
        (from, window) = (to, window * 4);
    }
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
