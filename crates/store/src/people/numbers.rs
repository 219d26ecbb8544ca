//! Citizen numbers on their way from the plain column into the sealed one, and which key they are sealed with.

use chrono::{DateTime, Utc};
use domain::ids::PersonId;

use super::SealedNumber;
use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    CHECK = "SELECT value FROM key_check WHERE name = $1";
    KEEP_CHECK = "INSERT INTO key_check (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    PLAIN = "SELECT id, citizen_id FROM person WHERE citizen_id IS NOT NULL ORDER BY id LIMIT 1000";
    SEAL = "UPDATE person SET citizen_id = NULL, citizen_sealed = $2, citizen_index = $3 WHERE id = $1 AND citizen_id IS NOT NULL";
    SEALED = "SELECT id, citizen_sealed, citizen_index FROM person WHERE citizen_sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT 1000";
}

/// What the key of this name made of the known text, when it was first used here.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn check(records: &mut impl Records, name: &str) -> StoreResult<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(records, CHECK, name)?;
    Ok(row.map(|(value,)| value))
}

/// Keeps what the key makes of the known text, unless something is kept already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn keep_check(work: &mut Work, name: &str, value: &str, now: DateTime<Utc>) -> StoreResult<()> {
    execute!(work, KEEP_CHECK, name, value, now)?;
    Ok(())
}

/// Numbers that still stand in the plain column, as an older program left them; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn plain(records: &mut impl Records) -> StoreResult<Vec<(PersonId, String)>> {
    fetch_all!(records, PLAIN)
}

/// Puts the sealed number in the place of the plain one.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no plain one.
pub async fn seal(work: &mut Work, person: PersonId, number: &SealedNumber) -> StoreResult<()> {
    let touched = execute!(work, SEAL, person, &number.sealed, &number.index)?;
    expect_rows("SEAL", 1, touched)
}

/// Sealed numbers with whose they are, after a person in order; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sealed_after(records: &mut impl Records, last: PersonId) -> StoreResult<Vec<(PersonId, SealedNumber)>> {
    let rows: Vec<SealedRow> = fetch_all!(records, SEALED, last)?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

#[derive(sqlx::FromRow)]
struct SealedRow {
    id: PersonId,
    #[sqlx(flatten)]
    number: SealedNumber,
}
