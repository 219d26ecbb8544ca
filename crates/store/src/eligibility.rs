//! Which organisations are admitted to runs for selected organisations: by what was published, or by an exception.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, ExceptionId, OrganisationId, RunId};

use crate::{Records, StoreResult, Work};

/// What is read of an exception.
macro_rules! exceptions {
    () => {
        "SELECT x.id, x.run_id, x.organisation_id, o.name AS organisation_name, x.reason, x.granted_at, p.full_name AS granted_by_name,
         x.withdrawn_at, x.withdrawal_reason, q.full_name AS withdrawn_by_name,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = x.run_id AND e.organisation_id = x.organisation_id
             AND e.withdrawn_at IS NULL) AS places
         FROM eligibility_exception x JOIN organisation o ON o.id = x.organisation_id JOIN account a ON a.id = x.granted_by
         JOIN person p ON p.id = a.person_id LEFT JOIN account b ON b.id = x.withdrawn_by LEFT JOIN person q ON q.id = b.person_id "
    };
}

statements! {
    PRODUCTS = "SELECT CAST(COUNT(*) AS BIGINT) FROM selected_product WHERE organisation_id = $1 AND year = $2";
    SELECTED = "SELECT DISTINCT organisation_id FROM selected_product WHERE year = $1";
    ADD = "INSERT INTO eligibility_exception (id, run_id, organisation_id, reason, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (run_id, organisation_id) WHERE withdrawn_at IS NULL DO NOTHING";
    EXCEPTED = "SELECT CAST(COUNT(*) AS BIGINT) FROM eligibility_exception WHERE run_id = $1 AND organisation_id = $2
        AND withdrawn_at IS NULL";
    FIND = concat!(exceptions!(), "WHERE x.id = $1");
    OF_RUN = concat!(exceptions!(), "WHERE x.run_id = $1 ORDER BY x.granted_at, x.id");
    WITHDRAW = "UPDATE eligibility_exception SET withdrawn_at = $2, withdrawn_by = $3, withdrawal_reason = $4
        WHERE id = $1 AND withdrawn_at IS NULL";
}

/// A permission of an organisation to take part in a run without a selected product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Exception {
    /// Its identifier.
    pub id: ExceptionId,
    /// The run.
    pub run_id: RunId,
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
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was.
    pub withdrawal_reason: Option<String>,
    /// By whom.
    pub withdrawn_by_name: Option<String>,
    /// How many people of the organisation have a place in the run: they keep it when the exception is withdrawn.
    pub places: i64,
}

impl Exception {
    /// Whether it holds: whether more people can be enrolled by it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.withdrawn_at.is_none()
    }
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

/// Grants an exception; false when the organisation has one for this run that holds.
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

/// One exception.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find_exception(records: &mut impl Records, id: ExceptionId) -> StoreResult<Option<Exception>> {
    fetch_optional!(records, FIND, id)
}

/// Withdraws an exception; false when it was withdrawn already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn withdraw_exception(
    work: &mut Work,
    id: ExceptionId,
    reason: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, WITHDRAW, id, now, by, reason)? == 1)
}

/// Whether an organisation has an exception for a run, one that was not withdrawn.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_excepted(records: &mut impl Records, run: RunId, organisation: OrganisationId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, EXCEPTED, run, organisation)?;
    Ok(count > 0)
}

/// The exceptions of a run, as they were granted, those that were withdrawn among them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn exceptions(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Exception>> {
    fetch_all!(records, OF_RUN, run)
}
