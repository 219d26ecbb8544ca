//! Certificates: the books they are numbered in, what was issued, and the papers themselves.

pub mod books;
pub mod papers;

pub use books::{Book, add_book, books, change_book, find_book, lock_book, take_numbers};
pub use papers::{Paper, add_paper, paper, unprinted};

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, BookId, CertificateId, DecisionId, EnrolmentId, OrganisationId, PersonId, RunId, UnitId};

use crate::{Records, StoreResult, Work};

/// What is read of a certificate wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! certificate_columns {
    () => {
        "SELECT c.id, c.book_id, b.code AS book_code, c.year, c.number, c.serial, c.verify_token, c.decision_id, c.enrolment_id, c.run_id,
         c.person_id, e.organisation_id, e.person_name, e.organisation_name, c.printed, c.printed_hash, c.template_version, c.issued_at,
         c.issued_by, c.revoked_at, c.revoked_by, c.revocation_reason
         FROM certificate c JOIN certificate_book b ON b.id = c.book_id JOIN enrolment e ON e.id = c.enrolment_id "
    };
}

statements! {
    // Live enrolments that were decided as completed and hold no live certificate, in the order of the register.
    DUE = "SELECT d.decision_id, d.enrolment_id, e.person_id, e.person_name, e.birth_date, e.birth_year, e.organisation_name, e.unit_id
        FROM completion d JOIN enrolment e ON e.id = d.enrolment_id
        WHERE d.run_id = $1 AND d.outcome = 'completed' AND e.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.enrolment_id = d.enrolment_id AND c.revoked_at IS NULL)
        ORDER BY e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id";
    ADD = "INSERT INTO certificate (id, book_id, year, number, serial, verify_token, decision_id, enrolment_id, run_id, person_id, printed,
        printed_hash, template_version, issued_at, issued_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    FIND = concat!(certificate_columns!(), "WHERE c.id = $1");
    BY_TOKEN = concat!(certificate_columns!(), "WHERE c.verify_token = $1");
    BY_NUMBER = concat!(certificate_columns!(), "WHERE c.year = $1 AND c.number = $2 ORDER BY c.id");
    OF_RUN = concat!(certificate_columns!(), "WHERE c.run_id = $1 ORDER BY c.year, c.number, c.id");
    OF_PERSON = concat!(certificate_columns!(), "WHERE c.person_id = $1 ORDER BY c.issued_at DESC, c.number DESC, c.id");
    REPLACEMENT = concat!(certificate_columns!(), "WHERE c.enrolment_id = $1 AND c.issued_at >= $2 AND c.id <> $3 ORDER BY c.year DESC, c.number DESC LIMIT 1");
    AFTER = concat!(certificate_columns!(), "WHERE c.id > $1 ORDER BY c.id LIMIT 500");
    REVOKE = "UPDATE certificate SET revoked_at = $2, revoked_by = $3, revocation_reason = $4 WHERE id = $1 AND revoked_at IS NULL";
}

/// A participant for whom a certificate is due.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// The decision that it rests on.
    pub decision_id: DecisionId,
    /// The enrolment.
    pub enrolment_id: EnrolmentId,
    /// The person.
    pub person_id: PersonId,
    /// Their name, as on enrolling.
    pub person_name: String,
    /// Their date of birth, when known.
    pub birth_date: Option<NaiveDate>,
    /// Their year of birth, when only that is known.
    pub birth_year: Option<i64>,
    /// Their organisation, as on enrolling.
    pub organisation_name: String,
    /// The unit of that organisation.
    pub unit_id: UnitId,
}

/// A certificate before it is stored.
#[derive(Debug, Clone)]
pub struct NewCertificate<'a> {
    /// Its identifier.
    pub id: CertificateId,
    /// The book it is numbered in.
    pub book: BookId,
    /// The local year of issue.
    pub year: i64,
    /// Its number in book and year.
    pub number: i64,
    /// Its number as it is printed.
    pub serial: &'a str,
    /// What opens its page: not to be guessed.
    pub verify_token: &'a str,
    /// Whom it is for, and why.
    pub due: &'a Due,
    /// The run.
    pub run: RunId,
    /// What is printed, as JSON.
    pub printed: &'a str,
    /// The SHA-256 of that.
    pub printed_hash: &'a str,
    /// The template it is printed with.
    pub template_version: i64,
}

/// An issued certificate.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Certificate {
    /// Its identifier.
    pub id: CertificateId,
    /// The book it is numbered in.
    pub book_id: BookId,
    /// The code of that book.
    pub book_code: String,
    /// The local year of issue.
    pub year: i64,
    /// Its number in book and year.
    pub number: i64,
    /// Its number as it is printed.
    pub serial: String,
    /// What opens its page.
    pub verify_token: String,
    /// The decision that it rests on.
    pub decision_id: DecisionId,
    /// The enrolment.
    pub enrolment_id: EnrolmentId,
    /// The run.
    pub run_id: RunId,
    /// The person.
    pub person_id: PersonId,
    /// The organisation that enrolled them.
    pub organisation_id: OrganisationId,
    /// Their name, as on enrolling.
    pub person_name: String,
    /// Their organisation, as on enrolling.
    pub organisation_name: String,
    /// What is printed, as JSON.
    pub printed: String,
    /// The SHA-256 of that.
    pub printed_hash: String,
    /// The template it is printed with.
    pub template_version: i64,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// Who issued it.
    pub issued_by: AccountId,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Who revoked it.
    pub revoked_by: Option<AccountId>,
    /// Why it was revoked.
    pub revocation_reason: Option<String>,
}

/// The participants of a run for whom a certificate is due, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn due(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Due>> {
    fetch_all!(records, DUE, run)
}

/// Adds a certificate.
///
/// # Errors
/// [`crate::StoreError::Database`]; a second live one of an enrolment is a duplicate.
pub async fn add(work: &mut Work, certificate: &NewCertificate<'_>, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let c = certificate;
    execute!(
        work,
        ADD,
        c.id,
        c.book,
        c.year,
        c.number,
        c.serial,
        c.verify_token,
        c.due.decision_id,
        c.due.enrolment_id,
        c.run,
        c.due.person_id,
        c.printed,
        c.printed_hash,
        c.template_version,
        now,
        by
    )?;
    Ok(())
}

/// One certificate.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: CertificateId) -> StoreResult<Option<Certificate>> {
    fetch_optional!(records, FIND, id)
}

/// The certificate that this code opens.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_token(records: &mut impl Records, token: &str) -> StoreResult<Option<Certificate>> {
    fetch_optional!(records, BY_TOKEN, token)
}

/// The certificates of this number and year, of every book.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_number(records: &mut impl Records, year: i64, number: i64) -> StoreResult<Vec<Certificate>> {
    fetch_all!(records, BY_NUMBER, year, number)
}

/// Everything issued for a run, in the order of the register.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Certificate>> {
    fetch_all!(records, OF_RUN, run)
}

/// Everything issued to a person, newest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, person: PersonId) -> StoreResult<Vec<Certificate>> {
    fetch_all!(records, OF_PERSON, person)
}

/// The latest certificate issued for the same enrolment after this one.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn replacement(records: &mut impl Records, certificate: &Certificate) -> StoreResult<Option<Certificate>> {
    // A replacement exists only once the first is revoked: whatever was issued from then on came after it.
    let Some(revoked_at) = certificate.revoked_at else { return Ok(None) };
    fetch_optional!(records, REPLACEMENT, certificate.enrolment_id, revoked_at, certificate.id)
}

/// The next 500 certificates after this identifier, to go through all of them in little memory.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn after(records: &mut impl Records, id: CertificateId) -> StoreResult<Vec<Certificate>> {
    fetch_all!(records, AFTER, id)
}

/// Revokes a certificate; false when it was revoked already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn revoke(work: &mut Work, id: CertificateId, reason: &str, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, REVOKE, id, now, by, reason)? == 1)
}
