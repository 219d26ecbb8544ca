//! Which organisations are admitted to runs for selected organisations: by what was published, or by an exception.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, ExceptionId, OrganisationId, RunId};

use crate::{Records, StoreResult, Work};

statements! {
    PRODUCTS = "SELECT CAST(COUNT(*) AS BIGINT) FROM selected_product WHERE organisation_id = $1 AND year = $2";
    SELECTED = "SELECT DISTINCT organisation_id FROM selected_product WHERE year = $1";
    ADD = "INSERT INTO eligibility_exception (id, run_id, organisation_id, reason, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (run_id, organisation_id) DO NOTHING";
    EXCEPTED = "SELECT CAST(COUNT(*) AS BIGINT) FROM eligibility_exception WHERE run_id = $1 AND organisation_id = $2";
    OF_RUN = "SELECT x.id, x.organisation_id, o.name AS organisation_name, x.reason, x.granted_at, p.full_name AS granted_by_name
        FROM eligibility_exception x JOIN organisation o ON o.id = x.organisation_id JOIN account a ON a.id = x.granted_by
        JOIN person p ON p.id = a.person_id WHERE x.run_id = $1 ORDER BY x.granted_at, x.id";
}

/// A permission of an organisation to take part in a run without a selected product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Exception {
    /// Its identifier.
    pub id: ExceptionId,
    /// Who may take part.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Why.
    pub reason: String,
    /// When it was granted.
    pub granted_at: DateTime<Utc>,
    /// By whom.
    pub granted_by_name: String,
}

/// How many products of an organisation published decisions select in a year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn products(records: &mut impl Records, organisation: OrganisationId, year: i64) -> StoreResult<i64> {
    fetch_value!(records, PRODUCTS, organisation, year)
}

/// The organisations with a product that published decisions select in a year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn selected(records: &mut impl Records, year: i64) -> StoreResult<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = fetch_all!(records, SELECTED, year)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Grants an exception; false when the organisation has one for this run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_exception(
    work: &mut Work,
    id: ExceptionId,
    (run, organisation): (RunId, OrganisationId),
    reason: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, ADD, id, run, organisation, reason, now, by)? == 1)
}

/// Whether an organisation has an exception for a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_excepted(records: &mut impl Records, run: RunId, organisation: OrganisationId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, EXCEPTED, run, organisation)?;
    Ok(count > 0)
}

/// The exceptions of a run, as they were granted.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn exceptions(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Exception>> {
    fetch_all!(records, OF_RUN, run)
}
