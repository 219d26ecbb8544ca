//! The outbox.

use chrono::{DateTime, Utc};
use domain::accounts::Language;
use domain::ids::NoticeId;

use crate::{StoreResult, Work};

statements! {
    ENQUEUE = "INSERT INTO notice (id, dedupe_key, kind, recipient, language, payload, created_at, due_at, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0) ON CONFLICT (dedupe_key) DO NOTHING";
}

/// A letter to be written.
#[derive(Debug, Clone)]
pub struct NewNotice<'a> {
    /// Its identifier, also its Message-ID.
    pub id: NoticeId,
    /// What makes it one of a kind: a second letter with the same key is not written.
    pub dedupe_key: &'a str,
    /// Which letter.
    pub kind: &'a str,
    /// The address it goes to.
    pub recipient: &'a str,
    /// The language its reader reads.
    pub language: Language,
    /// What it says, as JSON.
    pub payload: &'a str,
    /// When it was decided on.
    pub now: DateTime<Utc>,
}

/// Puts a letter into the outbox; false when it is there already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn enqueue(work: &mut Work, notice: &NewNotice<'_>) -> StoreResult<bool> {
    let n = notice;
    let added = execute!(work, ENQUEUE, n.id, n.dedupe_key, n.kind, n.recipient, n.language, n.payload, n.now)?;
    Ok(added == 1)
}
