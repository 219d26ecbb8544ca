//! Records of signed-in browsers. The word session means a half-day in this house, so these are sign-ins.

use chrono::{DateTime, Utc};
use domain::ids::AccountId;

use crate::{Records, StoreResult, Work};

statements! {
    CREATE = "INSERT INTO session_record (id, account_id, content, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
    SAVE = "UPDATE session_record SET account_id = $2, content = $3, expires_at = $4 WHERE id = $1";
    LOAD = "SELECT content, expires_at FROM session_record WHERE id = $1 AND expires_at > $2";
    DELETE = "DELETE FROM session_record WHERE id = $1";
    DELETE_EXPIRED = "DELETE FROM session_record WHERE expires_at <= $1";
    DELETE_OF_ACCOUNT = "DELETE FROM session_record WHERE account_id = $1 AND id <> $2";
}

/// Adds a record; false when its id is taken.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn create(
    work: &mut Work,
    id: &str,
    account: Option<AccountId>,
    content: &str,
    expires_at: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, CREATE, id, account, content, expires_at)? == 1)
}

/// Writes a record anew; false when it is gone. It is not made again: a request that was under way while its account
/// was signed out everywhere must not sign it in.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn save(
    work: &mut Work,
    id: &str,
    account: Option<AccountId>,
    content: &str,
    expires_at: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, SAVE, id, account, content, expires_at)? == 1)
}

/// What a record holds and until when, unless it has expired.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn load(records: &mut impl Records, id: &str, now: DateTime<Utc>) -> StoreResult<Option<(String, DateTime<Utc>)>> {
    fetch_optional!(records, LOAD, id, now)
}

/// Deletes a record; false when there was none.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn delete(work: &mut Work, id: &str) -> StoreResult<bool> {
    Ok(execute!(work, DELETE, id)? == 1)
}

/// Deletes what has expired, and says how many.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn delete_expired(work: &mut Work, now: DateTime<Utc>) -> StoreResult<u64> {
    execute!(work, DELETE_EXPIRED, now)
}

/// Signs an account out everywhere, `except` one record when it is named, and says of how many.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn delete_of_account(work: &mut Work, account: AccountId, except: Option<&str>) -> StoreResult<u64> {
    execute!(work, DELETE_OF_ACCOUNT, account, except.unwrap_or_default())
}
