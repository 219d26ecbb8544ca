//! Administrative units, each in one period of its life.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::UnitId;
use domain::units::{Atlas, Life, Succession, SuccessionKind, UnitLevel};
use uuid::Uuid;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM unit";
    ADD = "INSERT INTO unit (id, code, name, kind, level, parent_id, valid_from, valid_to, search_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_SUCCESSION = "INSERT INTO unit_succession (id, old_unit_id, new_unit_id, kind, basis) VALUES ($1, $2, $3, $4, $5)";
    ADD_COVER = "INSERT INTO unit_cover (unit_id, covered_id) VALUES ($1, $2)";
    FIND = "SELECT u.id, u.code, u.name, u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, p.kind AS parent_kind, p.name AS parent_name
        FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.id = $1";
    ON_DAY = "SELECT u.id, u.code, u.name, u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, p.kind AS parent_kind, p.name AS parent_name
        FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
        WHERE (u.valid_from IS NULL OR u.valid_from <= $1) AND (u.valid_to IS NULL OR u.valid_to > $1)
        ORDER BY u.code";
    COVERED = "SELECT covered_id FROM unit_cover WHERE unit_id = $1";
    ALL_UNITS = "SELECT id, code, name, kind, level, parent_id, valid_from, valid_to FROM unit ORDER BY code, valid_from, id";
    CHANGE = "UPDATE unit SET name = $2, kind = $3, level = $4, parent_id = $5, valid_to = $6, search_text = $7 WHERE id = $1";
    SUCCESSIONS = "SELECT old_unit_id, new_unit_id, kind FROM unit_succession";
    // How many communes of each district a unit is, or came out of.
    DISTRICTS = "SELECT c.id AS unit_id, d.id AS district_id, CAST(1 AS BIGINT) AS communes FROM unit c JOIN unit d ON d.id = c.parent_id
        WHERE d.level = 'district'
        UNION ALL SELECT s.new_unit_id AS unit_id, d.id AS district_id, CAST(COUNT(*) AS BIGINT) AS communes FROM unit_succession s
        JOIN unit o ON o.id = s.old_unit_id JOIN unit d ON d.id = o.parent_id
        WHERE s.new_unit_id IS NOT NULL AND d.level = 'district' GROUP BY s.new_unit_id, d.id
        ORDER BY communes, district_id";
    CLEAR_COVERS = "DELETE FROM unit_cover";
    COVERING = "SELECT unit_id FROM unit_cover WHERE covered_id = $1";
}

/// A unit in one period of its life. The day it ended is no longer part of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Unit {
    /// Its identifier.
    pub id: UnitId,
    /// The official code, which is reused over time.
    pub code: String,
    /// Its name without its kind: `Thọ Xuân`.
    pub name: String,
    /// Its kind as papers write it: `Huyện`, `Xã`, `Phường`.
    pub kind: String,
    /// Its tier.
    pub level: UnitLevel,
    /// The unit it belonged to in this period.
    pub parent_id: Option<UnitId>,
    /// Its first day; none when it is older than the records.
    pub valid_from: Option<NaiveDate>,
    /// The first day on which it was no more; none while it lives.
    pub valid_to: Option<NaiveDate>,
    /// The kind of the unit it belongs to.
    #[sqlx(default)]
    pub parent_kind: Option<String>,
    /// The name of the unit it belongs to.
    #[sqlx(default)]
    pub parent_name: Option<String>,
}

impl Unit {
    /// Whether it lives on a day.
    #[must_use]
    pub fn lives_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }

    /// Kind and name: `Huyện Thọ Xuân`. Upstream lists write some kinds as `Thị Trấn`; papers write `Thị trấn`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }

    /// Kind and name with those of the district, since names repeat inside the province. The province itself goes unsaid.
    #[must_use]
    pub fn full_title(&self) -> String {
        match (self.level, &self.parent_kind, &self.parent_name) {
            (UnitLevel::Commune, Some(kind), Some(name)) if kind != "Tỉnh" => {
                format!("{}, {} {name}", self.title(), kind.to_lowercase())
            }
            _ => self.title(),
        }
    }
}

/// How many units are known.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, COUNT)
}

/// Adds a unit.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, unit: &Unit) -> StoreResult<()> {
    let u = unit;
    execute!(work, ADD, u.id, &u.code, &u.name, &u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, search_text(u))?;
    Ok(())
}

/// Changes a unit: all but its code and its first day, by which it is known.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn change(work: &mut Work, unit: &Unit) -> StoreResult<()> {
    let u = unit;
    let touched = execute!(work, CHANGE, u.id, &u.name, &u.kind, u.level, u.parent_id, u.valid_to, search_text(u))?;
    expect_rows("CHANGE", 1, touched)
}

fn search_text(unit: &Unit) -> String {
    domain::text::fold(&format!("{} {}", unit.title(), unit.code))
}

/// Every unit in every period, by code and first day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn all(records: &mut impl Records) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, ALL_UNITS)
}

/// What units became: old unit, new unit when it is known, and whether all of it went there.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn successions(records: &mut impl Records) -> StoreResult<Vec<(UnitId, Option<UnitId>, SuccessionKind)>> {
    fetch_all!(records, SUCCESSIONS)
}

/// The district in which each commune lies; of those made when districts ended (Resolution 1686/NQ-UBTVQH15) the district
/// in which most of the communes lay that they were made of, which still says what is near to what.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn districts(records: &mut impl Records) -> StoreResult<BTreeMap<UnitId, UnitId>> {
    let rows: Vec<(UnitId, UnitId, i64)> = fetch_all!(records, DISTRICTS)?;
    // Of several the last stays: the one with the most communes.
    Ok(rows.into_iter().map(|(unit, district, _)| (unit, district)).collect())
}

/// Every unit in every period, with the names of those above, and what they became, for the rule that follows old records.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn atlas(records: &mut impl Records) -> StoreResult<(BTreeMap<UnitId, Unit>, Atlas)> {
    let mut units: BTreeMap<UnitId, Unit> = all(records).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let names: BTreeMap<UnitId, (String, String)> =
        units.values().map(|unit| (unit.id, (unit.kind.clone(), unit.name.clone()))).collect();
    for unit in units.values_mut() {
        let above = unit.parent_id.and_then(|parent| names.get(&parent)).cloned();
        (unit.parent_kind, unit.parent_name) = above.unzip();
    }
    let life =
        |unit: &Unit| Life { id: unit.id, level: unit.level, parent: unit.parent_id, from: unit.valid_from, to: unit.valid_to };
    let lives: Vec<Life> = units.values().map(life).collect();
    let successions = successions(records).await?.into_iter().map(|(old, new, kind)| Succession { old, new, kind });
    let successions: Vec<Succession> = successions.collect();
    Ok((units, Atlas::new(&lives, &successions)))
}

/// Forgets which unit covers which, to work it out anew.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn clear_covers(work: &mut Work) -> StoreResult<()> {
    execute!(work, CLEAR_COVERS)?;
    Ok(())
}

/// Every unit in the scope of `unit`, itself among them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn covered(records: &mut impl Records, unit: UnitId) -> StoreResult<Vec<UnitId>> {
    let rows: Vec<(UnitId,)> = fetch_all!(records, COVERED, unit)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds what a unit became; an unknown successor is kept as unknown.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_succession(
    work: &mut Work,
    id: Uuid,
    old: UnitId,
    new: Option<UnitId>,
    kind: SuccessionKind,
    basis: &str,
) -> StoreResult<()> {
    execute!(work, ADD_SUCCESSION, id, old, new, kind, basis)?;
    Ok(())
}

/// Notes that `unit` covers `covered`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_cover(work: &mut Work, unit: UnitId, covered: UnitId) -> StoreResult<()> {
    execute!(work, ADD_COVER, unit, covered)?;
    Ok(())
}

/// One unit.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: UnitId) -> StoreResult<Option<Unit>> {
    fetch_optional!(records, FIND, id)
}

/// Every unit that lived on `day`, by code.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn on_day(records: &mut impl Records, day: NaiveDate) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, ON_DAY, day)
}

/// Every unit whose scope holds `unit`, itself among them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn covering(records: &mut impl Records, unit: UnitId) -> StoreResult<Vec<UnitId>> {
    let rows: Vec<(UnitId,)> = fetch_all!(records, COVERING, unit)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
