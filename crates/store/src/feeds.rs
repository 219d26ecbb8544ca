//! Secret addresses of calendar feeds. Only the hash of each is kept.

use chrono::{DateTime, Utc};
use domain::calendar::FeedKind;
use domain::ids::{AccountId, FeedId, OrganisationId};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    LOCK_ACCOUNT = "SELECT id FROM account WHERE id = $1 FOR UPDATE";
    ADD = "INSERT INTO feed_token (id, account_id, kind, organisation_id, secret_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    BY_HASH = "SELECT f.id, f.account_id, f.kind, f.organisation_id, o.name AS organisation_name, f.created_at FROM feed_token f
        LEFT JOIN organisation o ON o.id = f.organisation_id WHERE f.secret_hash = $1 AND f.revoked_at IS NULL";
    OF_ACCOUNT = "SELECT f.id, f.account_id, f.kind, f.organisation_id, o.name AS organisation_name, f.created_at FROM feed_token f
        LEFT JOIN organisation o ON o.id = f.organisation_id WHERE f.account_id = $1 AND f.revoked_at IS NULL ORDER BY f.created_at, f.id";
    REVOKE = "UPDATE feed_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
}

/// A secret address that is in use.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Feed {
    /// Its identifier.
    pub id: FeedId,
    /// Whose it is.
    pub account_id: AccountId,
    /// What it gives.
    pub kind: FeedKind,
    /// The organisation whose people it tells of.
    pub organisation_id: Option<OrganisationId>,
    /// The name of that organisation.
    pub organisation_name: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Holds the addresses of an account against other units of work.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, account: AccountId) -> StoreResult<()> {
    work.lock(LOCK_ACCOUNT, account.0).await
}

/// Adds an address. `secret_hash` is the SHA-256 of its secret in hexadecimal digits.
///
/// # Errors
/// [`crate::StoreError::Database`], also when the account has one of this kind already.
pub async fn add(work: &mut Work, feed: &Feed, secret_hash: &str) -> StoreResult<()> {
    let f = feed;
    execute!(work, ADD, f.id, f.account_id, f.kind, f.organisation_id, secret_hash, f.created_at)?;
    Ok(())
}

/// The address with this hash, when it was not revoked.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_hash(records: &mut impl Records, secret_hash: &str) -> StoreResult<Option<Feed>> {
    fetch_optional!(records, BY_HASH, secret_hash)
}

/// The addresses of an account that are in use, oldest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_account(records: &mut impl Records, account: AccountId) -> StoreResult<Vec<Feed>> {
    fetch_all!(records, OF_ACCOUNT, account)
}

/// Revokes an address that is in use.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it is not in use.
pub async fn revoke(work: &mut Work, id: FeedId, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, REVOKE, id, now)?;
    expect_rows("REVOKE", 1, touched)
}
