//! Required training of a year.

use chrono::{DateTime, NaiveDate, Utc};
use domain::courses::Audience;
use domain::ids::{AccountId, CourseId, RequirementId};

use crate::{Records, StoreResult, Work};

statements! {
    YEARS = "SELECT DISTINCT year FROM requirement ORDER BY year DESC";
    OF_YEAR = "SELECT q.id, q.year, q.course_id, c.code AS course_code, c.title AS course_title, c.title_english AS course_title_english,
        q.audience, q.selected_only, q.deadline FROM requirement q JOIN course c ON c.id = q.course_id WHERE q.year = $1
        ORDER BY q.audience, c.position, c.code";
    FIND = "SELECT q.id, q.year, q.course_id, c.code AS course_code, c.title AS course_title, c.title_english AS course_title_english,
        q.audience, q.selected_only, q.deadline FROM requirement q JOIN course c ON c.id = q.course_id WHERE q.id = $1";
    // A course is required of an audience once a year: of all organisations, or of those with a selected product.
    ADD = "INSERT INTO requirement (id, year, course_id, audience, selected_only, deadline, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (year, course_id, audience) DO NOTHING";
    REMOVE = "DELETE FROM requirement WHERE id = $1";
}

/// Who must complete what by when.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Requirement {
    /// Its identifier.
    pub id: RequirementId,
    /// Its year.
    pub year: i64,
    /// What must be completed.
    pub course_id: CourseId,
    /// The code of that course.
    #[sqlx(default)]
    pub course_code: String,
    /// Its title in Vietnamese.
    #[sqlx(default)]
    pub course_title: String,
    /// Its title in English.
    #[sqlx(default)]
    pub course_title_english: String,
    /// By whom.
    pub audience: Audience,
    /// Whether it is required only of organisations with a product selected in its year.
    pub selected_only: bool,
    /// The last day.
    pub deadline: NaiveDate,
}

/// The years that have requirements, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn years(records: &mut impl Records) -> StoreResult<Vec<i64>> {
    let rows: Vec<(i64,)> = fetch_all!(records, YEARS)?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

/// The requirements of a year, in the order of the catalogue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_year(records: &mut impl Records, year: i64) -> StoreResult<Vec<Requirement>> {
    fetch_all!(records, OF_YEAR, year)
}

/// One requirement.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RequirementId) -> StoreResult<Option<Requirement>> {
    fetch_optional!(records, FIND, id)
}

/// Adds a requirement; false when the course is required of this audience in this year already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, requirement: &Requirement, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    let r = requirement;
    Ok(execute!(work, ADD, r.id, r.year, r.course_id, r.audience, r.selected_only, r.deadline, now, by)? == 1)
}

/// Removes a requirement; false when there is none.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove(work: &mut Work, id: RequirementId) -> StoreResult<bool> {
    Ok(execute!(work, REMOVE, id)? == 1)
}
