//! What can go wrong below the rules.

/// A failure of the records. None of these is the user's fault: a refusal is decided above.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration could not be applied.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// An address of a database that is neither `sqlite:PATH` nor `postgres://…`.
    #[error("not a database address: it must be sqlite:PATH or postgres://…")]
    Address,
    /// A statement should have touched `expected` rows and touched `touched`.
    #[error("{statement} touched {touched} rows, not {expected}")]
    Rows {
        /// The statement's name.
        statement: &'static str,
        /// Rows it should have touched.
        expected: u64,
        /// Rows it touched.
        touched: u64,
    },
    /// A stored text cannot be read back.
    #[error("stored text: {0}")]
    Text(#[from] serde_json::Error),
}

impl StoreError {
    /// Whether a unique index or key refused the row.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, StoreError::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// Whether the same unit of work may succeed when it is tried again: serialisation, deadlock, busy.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            StoreError::Database(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "261" | "517"))
            }
            StoreError::Database(sqlx::Error::PoolTimedOut) => true,
            _ => false,
        }
    }
}

/// What the store gives back.
pub type StoreResult<T> = Result<T, StoreError>;

/// Checks that a statement touched as many rows as it must.
pub(crate) fn expect_rows(statement: &'static str, expected: u64, touched: u64) -> StoreResult<()> {
    if touched == expected { Ok(()) } else { Err(StoreError::Rows { statement, expected, touched }) }
}
