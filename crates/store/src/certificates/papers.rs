//! The papers themselves: stored once, never changed.

use chrono::{DateTime, Utc};
use domain::ids::{CertificateId, RunId};

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO certificate_paper (certificate_id, pdf, pdf_hash, rendered_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (certificate_id) DO NOTHING";
    FIND = "SELECT pdf, pdf_hash FROM certificate_paper WHERE certificate_id = $1";
    UNPRINTED = "SELECT c.id FROM certificate c WHERE c.run_id = $1
        AND NOT EXISTS (SELECT 1 FROM certificate_paper p WHERE p.certificate_id = c.id) ORDER BY c.year, c.number";
}

/// The paper of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Paper {
    /// The file.
    pub pdf: Vec<u8>,
    /// Its SHA-256.
    pub pdf_hash: String,
}

/// Keeps a paper; the first one that is kept stays.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_paper(work: &mut Work, id: CertificateId, paper: &Paper, now: DateTime<Utc>) -> StoreResult<()> {
    execute!(work, ADD, id, &paper.pdf, &paper.pdf_hash, now)?;
    Ok(())
}

/// The paper of a certificate; none when it was not printed yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn paper(records: &mut impl Records, id: CertificateId) -> StoreResult<Option<Paper>> {
    fetch_optional!(records, FIND, id)
}

/// The certificates of a run whose paper was not printed yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn unprinted(records: &mut impl Records, run: RunId) -> StoreResult<Vec<CertificateId>> {
    let rows: Vec<(CertificateId,)> = fetch_all!(records, UNPRINTED, run)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
