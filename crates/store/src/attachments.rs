//! Files of dossiers, and what was received on paper or in kind.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, AttachmentId, RegistrationId};
use domain::registrations::{DossierItem, FileKind};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO attachment (id, registration_id, item, file_name, kind, size, hash, added_at, added_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    ADD_CONTENT = "INSERT INTO attachment_content (attachment_id, content) VALUES ($1, $2)";
    OF_REGISTRATION = "SELECT id, registration_id, item, file_name, kind, size, hash, added_at FROM attachment
        WHERE registration_id = $1 AND removed_at IS NULL ORDER BY item, added_at, id";
    FIND = "SELECT id, registration_id, item, file_name, kind, size, hash, added_at FROM attachment WHERE id = $1 AND removed_at IS NULL";
    CONTENT = "SELECT content FROM attachment_content WHERE attachment_id = $1";
    REMOVE = "UPDATE attachment SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL";
    RECEIPTS = "SELECT item FROM dossier_receipt WHERE registration_id = $1 ORDER BY item";
    ADD_RECEIPT = "INSERT INTO dossier_receipt (registration_id, item, received_at, received_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    REMOVE_RECEIPT = "DELETE FROM dossier_receipt WHERE registration_id = $1 AND item = $2";
}

/// A file of a dossier, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    /// Its identifier.
    pub id: AttachmentId,
    /// The form it belongs to.
    pub registration_id: RegistrationId,
    /// What it is of the dossier.
    pub item: DossierItem,
    /// Its name as it was sent, cleaned.
    pub file_name: String,
    /// What it is by its bytes.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// Adds a file; false when the same bytes are there for the same item already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, attachment: &Attachment, content: &[u8], by: AccountId) -> StoreResult<bool> {
    let a = attachment;
    let added = execute!(work, ADD, a.id, a.registration_id, a.item, &a.file_name, a.kind, a.size, &a.hash, a.added_at, by)?;
    if added == 1 {
        execute!(work, ADD_CONTENT, a.id, content)?;
    }
    Ok(added == 1)
}

/// The files of a form, by item.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_registration(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<Attachment>> {
    fetch_all!(records, OF_REGISTRATION, id)
}

/// One file that was not removed.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: AttachmentId) -> StoreResult<Option<Attachment>> {
    fetch_optional!(records, FIND, id)
}

/// The bytes of a file.
///
/// # Errors
/// [`crate::StoreError::Database`] also when there is none.
pub async fn content(records: &mut impl Records, id: AttachmentId) -> StoreResult<Vec<u8>> {
    fetch_value!(records, CONTENT, id)
}

/// Removes a file from the dossier; its bytes stay.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn remove(work: &mut Work, id: AttachmentId, now: DateTime<Utc>, by: AccountId) -> StoreResult<()> {
    let touched = execute!(work, REMOVE, id, now, by)?;
    expect_rows("REMOVE", 1, touched)
}

/// What of a dossier an officer has seen on paper or in kind.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn receipts(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<DossierItem>> {
    let rows: Vec<(DossierItem,)> = fetch_all!(records, RECEIPTS, id)?;
    Ok(rows.into_iter().map(|(item,)| item).collect())
}

/// Notes that an item was received; nothing happens when that is known.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_receipt(
    work: &mut Work,
    id: RegistrationId,
    item: DossierItem,
    now: DateTime<Utc>,
    by: AccountId,
) -> StoreResult<()> {
    execute!(work, ADD_RECEIPT, id, item, now, by)?;
    Ok(())
}

/// Takes such a note back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove_receipt(work: &mut Work, id: RegistrationId, item: DossierItem) -> StoreResult<()> {
    execute!(work, REMOVE_RECEIPT, id, item)?;
    Ok(())
}
