//! Certificate books and what was issued in them.

use chrono::{DateTime, Utc};
use domain::ids::BookId;

use crate::{StoreResult, Work};

statements! {
    ADD_BOOK = "INSERT INTO certificate_book (id, code, superior, issuer, place, signatory_post, signatory_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING";
}

/// A register in which certificates are numbered, with what is printed on each.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Book {
    /// Its identifier.
    pub id: BookId,
    /// The end of every serial: `GCN-VPĐP`.
    pub code: String,
    /// The superior body.
    pub superior: String,
    /// The issuing body.
    pub issuer: String,
    /// Where certificates are signed.
    pub place: String,
    /// The post of who signs.
    pub signatory_post: String,
    /// The name of who signs.
    pub signatory_name: String,
}

/// Adds a book; false when its code exists already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_book(work: &mut Work, book: &Book, now: DateTime<Utc>) -> StoreResult<bool> {
    let b = book;
    Ok(execute!(work, ADD_BOOK, b.id, &b.code, &b.superior, &b.issuer, &b.place, &b.signatory_post, &b.signatory_name, now)? == 1)
}
