//! Certificate books: what is printed on every certificate of a register, and the numbers given in it.

use chrono::{DateTime, Utc};
use domain::ids::BookId;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    ADD_BOOK = "INSERT INTO certificate_book (id, code, superior, issuer, place, signatory_post, signatory_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING";
    LIST = "SELECT id, code, superior, issuer, place, signatory_post, signatory_name FROM certificate_book ORDER BY created_at, id";
    FIND = "SELECT id, code, superior, issuer, place, signatory_post, signatory_name FROM certificate_book WHERE id = $1";
    CHANGE = "UPDATE certificate_book SET superior = $2, issuer = $3, place = $4, signatory_post = $5, signatory_name = $6 WHERE id = $1";
    LOCK_BOOK = "SELECT id FROM certificate_book WHERE id = $1 FOR UPDATE";
    // Reserves numbers and says the last of them, in one statement that no other unit of work can come between.
    TAKE_NUMBERS = "INSERT INTO certificate_counter (book_id, year, last_number) VALUES ($1, $2, $3)
        ON CONFLICT (book_id, year) DO UPDATE SET last_number = certificate_counter.last_number + excluded.last_number
        RETURNING last_number";
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
    /// The post of who signs; each of its lines is printed on its own.
    pub signatory_post: String,
    /// The name of who signs; empty until somebody says it.
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

/// Every book, oldest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn books(records: &mut impl Records) -> StoreResult<Vec<Book>> {
    fetch_all!(records, LIST)
}

/// One book.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find_book(records: &mut impl Records, id: BookId) -> StoreResult<Option<Book>> {
    fetch_optional!(records, FIND, id)
}

/// Changes what is printed on the certificates to come. The code stays: serials end with it.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such book.
pub async fn change_book(work: &mut Work, book: &Book) -> StoreResult<()> {
    let b = book;
    let touched = execute!(work, CHANGE, b.id, &b.superior, &b.issuer, &b.place, &b.signatory_post, &b.signatory_name)?;
    expect_rows("CHANGE", 1, touched)
}

/// Holds a book against other units of work that issue from it or change it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock_book(work: &mut Work, id: BookId) -> StoreResult<()> {
    work.lock(LOCK_BOOK, id.0).await
}

/// Reserves the next `count` numbers of a book and year, and gives the first of them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn take_numbers(work: &mut Work, id: BookId, year: i64, count: i64) -> StoreResult<i64> {
    let last: i64 = fetch_value!(work, TAKE_NUMBERS, id, year, count)?;
    Ok(last - count + 1)
}
