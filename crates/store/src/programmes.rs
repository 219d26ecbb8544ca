//! Programme years, the classification of products, and who receives forms when.

pub mod board;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, CriterionId, ProductGroupId, ProgrammeYearId, ReceivingLevelId, UnitId};
use domain::units::UnitLevel;

use crate::error::expect_rows;
use crate::units::Unit;
use crate::{Records, StoreResult, Work};

statements! {
    YEARS = "SELECT id, year, plan_number, plan_day, existing_products, target_products, group_decision FROM programme_year ORDER BY year DESC";
    FIND_YEAR = "SELECT id, year, plan_number, plan_day, existing_products, target_products, group_decision FROM programme_year WHERE year = $1";
    YEAR_OF = "SELECT id, year, plan_number, plan_day, existing_products, target_products, group_decision FROM programme_year WHERE id = $1";
    ADD_YEAR = "INSERT INTO programme_year (id, year, plan_number, plan_day, existing_products, target_products, group_decision, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (year) DO NOTHING";
    CHANGE_YEAR = "UPDATE programme_year SET plan_number = $2, plan_day = $3, existing_products = $4, target_products = $5,
        group_decision = $6 WHERE id = $1";
    LOCK_YEAR = "SELECT id FROM programme_year WHERE id = $1 FOR UPDATE";
    WINDOWS = "SELECT step, opens, closes FROM programme_window WHERE year_id = $1 ORDER BY step";
    CLEAR_WINDOWS = "DELETE FROM programme_window WHERE year_id = $1";
    ADD_WINDOW = "INSERT INTO programme_window (year_id, step, opens, closes) VALUES ($1, $2, $3, $4)";
    CRITERIA = "SELECT id, name, name_english, weight, position FROM evaluation_criterion WHERE year_id = $1 ORDER BY position";
    CLEAR_CRITERIA = "DELETE FROM evaluation_criterion WHERE year_id = $1";
    ADD_CRITERION = "INSERT INTO evaluation_criterion (id, year_id, name, name_english, weight, position) VALUES ($1, $2, $3, $4, $5, $6)";
    EVALUATED = "SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation e JOIN registration r ON r.id = e.registration_id WHERE r.year_id = $1";
    DECISIONS = "SELECT DISTINCT decision FROM product_group ORDER BY decision";
    GROUPS = "SELECT id, decision, industry, name, subgroup, is_verified, position FROM product_group WHERE decision = $1 ORDER BY position";
    FIND_GROUP = "SELECT id, decision, industry, name, subgroup, is_verified, position FROM product_group WHERE id = $1";
    ADD_GROUP = "INSERT INTO product_group (id, decision, industry, name, subgroup, is_verified, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (decision, position) DO NOTHING";
    LEVELS = "SELECT id, level, valid_from, basis FROM receiving_level ORDER BY valid_from";
    LEVEL_ON = "SELECT id, level, valid_from, basis FROM receiving_level WHERE valid_from <= $1 ORDER BY valid_from DESC LIMIT 1";
    ADD_LEVEL = "INSERT INTO receiving_level (id, level, valid_from, basis) VALUES ($1, $2, $3, $4) ON CONFLICT (valid_from) DO NOTHING";
    REMOVE_LEVEL = "DELETE FROM receiving_level WHERE id = $1";
    // The units of a level that live on a day and have a place in their scope; of two of which one took in the other later
    // (Đông Sơn went into Thành phố Thanh Hóa in 2025), the one that is still there.
    COVERING_AT = "SELECT u.id, u.code, u.name, u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, p.kind AS parent_kind, p.name AS parent_name
        FROM unit_cover c JOIN unit u ON u.id = c.unit_id LEFT JOIN unit p ON p.id = u.parent_id
        WHERE c.covered_id = $1 AND u.level = $2 AND (u.valid_from IS NULL OR u.valid_from <= $3) AND (u.valid_to IS NULL OR u.valid_to > $3)
        AND NOT EXISTS (SELECT 1 FROM unit_cover d JOIN unit v ON v.id = d.covered_id JOIN unit_cover e ON e.unit_id = v.id AND e.covered_id = $1
            WHERE d.unit_id = u.id AND v.id <> u.id AND v.level = $2 AND (v.valid_from IS NULL OR v.valid_from <= $3)
            AND (v.valid_to IS NULL OR v.valid_to > $3))
        ORDER BY u.code";
}

/// A programme year.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgrammeYear {
    /// Its identifier.
    pub id: ProgrammeYearId,
    /// The year.
    pub year: i64,
    /// The number of its plan.
    pub plan_number: String,
    /// The day of its plan, when it is known.
    pub plan_day: Option<NaiveDate>,
    /// Products that existed when it was made.
    pub existing_products: i64,
    /// Products to be brought to standard.
    pub target_products: i64,
    /// The decision whose classification holds.
    pub group_decision: String,
}

/// When a step of the cycle is open.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WindowRow {
    /// The number of the step, 1 to 6.
    pub step: i64,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}

/// A criterion of a year.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Criterion {
    /// Its identifier.
    pub id: CriterionId,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_english: String,
    /// Its share of the score, in percent.
    pub weight: i64,
    /// Its place among the criteria, from 1.
    pub position: i64,
}

/// A subgroup of products in the classification of one decision.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProductGroup {
    /// Its identifier.
    pub id: ProductGroupId,
    /// The decision: `148/QĐ-TTg (2023)`.
    pub decision: String,
    /// The industry (ngành).
    pub industry: String,
    /// The group (nhóm).
    pub name: String,
    /// The subgroup (phân nhóm); empty where the decision has none.
    pub subgroup: String,
    /// Whether the text of the decision was seen.
    pub is_verified: bool,
    /// Its place in the decision, from 1.
    pub position: i64,
}

impl ProductGroup {
    /// The narrowest name it has.
    #[must_use]
    pub fn title(&self) -> &str {
        [&self.subgroup, &self.name, &self.industry].into_iter().find(|name| !name.is_empty()).map_or("", String::as_str)
    }
}

/// From when on a level of government receives forms.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReceivingLevel {
    /// Its identifier.
    pub id: ReceivingLevelId,
    /// The level.
    pub level: UnitLevel,
    /// The first day; it holds until the next row begins.
    pub valid_from: NaiveDate,
    /// Why.
    pub basis: String,
}

/// Every programme year, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn years(records: &mut impl Records) -> StoreResult<Vec<ProgrammeYear>> {
    fetch_all!(records, YEARS)
}

/// The programme of a year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, year: i64) -> StoreResult<Option<ProgrammeYear>> {
    fetch_optional!(records, FIND_YEAR, year)
}

/// One programme year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_id(records: &mut impl Records, id: ProgrammeYearId) -> StoreResult<Option<ProgrammeYear>> {
    fetch_optional!(records, YEAR_OF, id)
}

/// Adds a programme year; false when the year has one.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, year: &ProgrammeYear, by: Option<AccountId>, now: DateTime<Utc>) -> StoreResult<bool> {
    let y = year;
    let (existing, target) = (y.existing_products, y.target_products);
    let added = execute!(work, ADD_YEAR, y.id, y.year, &y.plan_number, y.plan_day, existing, target, &y.group_decision, now, by)?;
    Ok(added == 1)
}

/// Changes a programme year; the year itself stays.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn change(work: &mut Work, year: &ProgrammeYear) -> StoreResult<()> {
    let y = year;
    let touched =
        execute!(work, CHANGE_YEAR, y.id, &y.plan_number, y.plan_day, y.existing_products, y.target_products, &y.group_decision)?;
    expect_rows("CHANGE_YEAR", 1, touched)
}

/// Holds a programme year against others who number forms in it or change it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: ProgrammeYearId) -> StoreResult<()> {
    work.lock(LOCK_YEAR, id.0).await
}

/// When the steps of a year are open, where that is known.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn windows(records: &mut impl Records, id: ProgrammeYearId) -> StoreResult<Vec<WindowRow>> {
    fetch_all!(records, WINDOWS, id)
}

/// Puts other windows in the place of a year's.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_windows(work: &mut Work, id: ProgrammeYearId, windows: &[WindowRow]) -> StoreResult<()> {
    execute!(work, CLEAR_WINDOWS, id)?;
    for window in windows {
        execute!(work, ADD_WINDOW, id, window.step, window.opens, window.closes)?;
    }
    Ok(())
}

/// What evaluators of a year score, in order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn criteria(records: &mut impl Records, id: ProgrammeYearId) -> StoreResult<Vec<Criterion>> {
    fetch_all!(records, CRITERIA, id)
}

/// Puts other criteria in the place of a year's. Evaluations keep the weights they were given under.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_criteria(work: &mut Work, id: ProgrammeYearId, criteria: &[Criterion]) -> StoreResult<()> {
    execute!(work, CLEAR_CRITERIA, id)?;
    for c in criteria {
        execute!(work, ADD_CRITERION, c.id, id, &c.name, &c.name_english, c.weight, c.position)?;
    }
    Ok(())
}

/// Whether any form of a year was evaluated.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_evaluated(records: &mut impl Records, id: ProgrammeYearId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, EVALUATED, id)?;
    Ok(count > 0)
}

/// The decisions whose classification is known.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn decisions(records: &mut impl Records) -> StoreResult<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(records, DECISIONS)?;
    Ok(rows.into_iter().map(|(decision,)| decision).collect())
}

/// The classification of a decision, in its order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn groups(records: &mut impl Records, decision: &str) -> StoreResult<Vec<ProductGroup>> {
    fetch_all!(records, GROUPS, decision)
}

/// One subgroup.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn group(records: &mut impl Records, id: ProductGroupId) -> StoreResult<Option<ProductGroup>> {
    fetch_optional!(records, FIND_GROUP, id)
}

/// Adds a subgroup; nothing happens when its place in the decision is taken.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_group(work: &mut Work, group: &ProductGroup) -> StoreResult<()> {
    let g = group;
    execute!(work, ADD_GROUP, g.id, &g.decision, &g.industry, &g.name, &g.subgroup, g.is_verified, g.position)?;
    Ok(())
}

/// Which level received forms when, from the first on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn levels(records: &mut impl Records) -> StoreResult<Vec<ReceivingLevel>> {
    fetch_all!(records, LEVELS)
}

/// Which level receives forms on a day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn level_on(records: &mut impl Records, day: NaiveDate) -> StoreResult<Option<ReceivingLevel>> {
    fetch_optional!(records, LEVEL_ON, day)
}

/// Adds a period; false when another begins on that day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_level(work: &mut Work, level: &ReceivingLevel) -> StoreResult<bool> {
    Ok(execute!(work, ADD_LEVEL, level.id, level.level, level.valid_from, &level.basis)? == 1)
}

/// Removes a period; false when there is none.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove_level(work: &mut Work, id: ReceivingLevelId) -> StoreResult<bool> {
    Ok(execute!(work, REMOVE_LEVEL, id)? == 1)
}

/// The units of a level that live on a day and have `place` in their scope: one where the successions are full, none
/// where a person has to say.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn covering_at(records: &mut impl Records, place: UnitId, level: UnitLevel, day: NaiveDate) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, COVERING_AT, place, level, day)
}
