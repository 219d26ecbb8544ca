//! How an operation ends when it does not do what it was asked.

use domain::{Faults, Refusal};
use store::StoreError;

/// Why an operation did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules said no; the person can be told why.
    #[error("refused: {0:?}")]
    Refused(Faults),
    /// The records failed; the log is told why.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A paper or spreadsheet could not be made; the log is told why.
    #[error("document: {0}")]
    Document(String),
}

impl Failure {
    /// A refusal of one field.
    #[must_use]
    pub fn field(field: impl Into<String>, refusal: Refusal) -> Failure {
        let mut faults = Faults::default();
        faults.add(field, refusal);
        Failure::Refused(faults)
    }

    /// Whether this is the refusal `refusal`, of the form as a whole or of any field.
    #[must_use]
    pub fn is(&self, refusal: &Refusal) -> bool {
        matches!(self, Failure::Refused(faults) if faults.0.iter().any(|fault| fault.refusal == *refusal))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Refused(refusal.into())
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Failure {
        Failure::Refused(faults)
    }
}

/// What an operation gives back.
pub type Outcome<T> = Result<T, Failure>;
