//! One-time links and slips. Only the hash of their secret is kept.

use chrono::{DateTime, Utc};
use domain::accounts::TokenPurpose;
use domain::ids::{AccountId, TokenId};

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO account_token (id, purpose, account_id, secret_hash, created_at, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT id, purpose, account_id, expires_at FROM account_token
        WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2";
    USE = "UPDATE account_token SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
    END_OF_ACCOUNT = "UPDATE account_token SET expires_at = $2 WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2";
    END_OF_SETUP = "UPDATE account_token SET expires_at = $1 WHERE account_id IS NULL AND used_at IS NULL AND expires_at > $1";
}

/// A link or slip that is about to be handed out.
#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    /// Its identifier.
    pub id: TokenId,
    /// What it is for.
    pub purpose: TokenPurpose,
    /// Whose it is; none for setting up.
    pub account: Option<AccountId>,
    /// The SHA-256 of its secret, in hexadecimal digits.
    pub secret_hash: &'a str,
    /// Who hands it out; none for the program itself.
    pub created_by: Option<AccountId>,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// A link or slip that can still be used.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Token {
    /// Its identifier.
    pub id: TokenId,
    /// What it is for.
    pub purpose: TokenPurpose,
    /// Whose it is; none for setting up.
    pub account_id: Option<AccountId>,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// Adds a link or slip.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, token: &NewToken<'_>, now: DateTime<Utc>) -> StoreResult<()> {
    let t = token;
    execute!(work, ADD, t.id, t.purpose, t.account, t.secret_hash, now, t.created_by, t.expires_at)?;
    Ok(())
}

/// The link or slip with this hash, when it can still be used.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, secret_hash: &str, now: DateTime<Utc>) -> StoreResult<Option<Token>> {
    fetch_optional!(records, FIND, secret_hash, now)
}

/// Uses a link or slip up; false when it was used or has expired.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn use_up(work: &mut Work, id: TokenId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, USE, id, now)? == 1)
}

/// Lets every open link and slip of an account expire now, or every open link for setting up when none is named.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn end_all(work: &mut Work, account: Option<AccountId>, now: DateTime<Utc>) -> StoreResult<u64> {
    match account {
        Some(account) => execute!(work, END_OF_ACCOUNT, account, now),
        None => execute!(work, END_OF_SETUP, now),
    }
}
