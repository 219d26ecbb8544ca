//! Days on which no class is laid out.

use chrono::NaiveDate;
use domain::ids::HolidayId;

use crate::{Records, StoreResult, Work};

statements! {
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM holiday";
    BETWEEN = "SELECT id, day, name, name_english, basis FROM holiday WHERE day BETWEEN $1 AND $2 ORDER BY day";
    FIND = "SELECT id, day, name, name_english, basis FROM holiday WHERE id = $1";
    ADD = "INSERT INTO holiday (id, day, name, name_english, basis) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (day) DO NOTHING";
    REMOVE = "DELETE FROM holiday WHERE id = $1";
}

/// A day on which no class is laid out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Holiday {
    /// Its identifier.
    pub id: HolidayId,
    /// The day.
    pub day: NaiveDate,
    /// What is celebrated, in Vietnamese.
    pub name: String,
    /// The same in English.
    pub name_english: String,
    /// What says so: a law, an order of the year.
    pub basis: String,
}

/// How many there are.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, COUNT)
}

/// Those of a period, both ends belonging to it, in order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn between(records: &mut impl Records, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<Holiday>> {
    fetch_all!(records, BETWEEN, from, to)
}

/// One of them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: HolidayId) -> StoreResult<Option<Holiday>> {
    fetch_optional!(records, FIND, id)
}

/// Adds one; false when the day is one already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, holiday: &Holiday) -> StoreResult<bool> {
    Ok(execute!(work, ADD, holiday.id, holiday.day, &holiday.name, &holiday.name_english, &holiday.basis)? == 1)
}

/// Removes one; false when there is none.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove(work: &mut Work, id: HolidayId) -> StoreResult<bool> {
    Ok(execute!(work, REMOVE, id)? == 1)
}
