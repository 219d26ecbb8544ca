//! Heads that were counted in sessions: chains of counts, of which the last link holds.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, HeadCountId, RunId, SessionId};
use domain::walk_ins::Heads;

use crate::{Records, StoreResult, Work};

statements! {
    CURRENT = "SELECT h.id, h.session_id, h.women, h.men, h.counted_at, p.full_name AS counted_by
        FROM current_head_count h JOIN account a ON a.id = h.counted_by JOIN person p ON p.id = a.person_id WHERE h.session_id = $1";
    OF_RUN = "SELECT h.id, h.session_id, h.women, h.men, h.counted_at, p.full_name AS counted_by
        FROM current_head_count h JOIN account a ON a.id = h.counted_by JOIN person p ON p.id = a.person_id
        JOIN session s ON s.id = h.session_id WHERE s.run_id = $1";
    ADD = "INSERT INTO head_count (id, session_id, women, men, counted_at, counted_by, replaces_id) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// The count that holds for a session.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeadCount {
    /// Its identifier.
    pub id: HeadCountId,
    /// The session.
    pub session_id: SessionId,
    /// Women.
    pub women: i64,
    /// Men.
    pub men: i64,
    /// When it was counted.
    pub counted_at: DateTime<Utc>,
    /// The name of who counted.
    pub counted_by: String,
}

impl HeadCount {
    /// The numbers alone.
    #[must_use]
    pub fn heads(&self) -> Heads {
        Heads { women: self.women, men: self.men }
    }
}

/// The count that holds for a session.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn current(records: &mut impl Records, session: SessionId) -> StoreResult<Option<HeadCount>> {
    fetch_optional!(records, CURRENT, session)
}

/// The counts that hold in the sessions of a run, in no order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<HeadCount>> {
    fetch_all!(records, OF_RUN, run)
}

/// Adds a count after the one that held until now.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when the chain would fork.
pub async fn add(
    work: &mut Work,
    id: HeadCountId,
    session: SessionId,
    heads: Heads,
    (by, now): (AccountId, DateTime<Utc>),
    replaces: Option<HeadCountId>,
) -> StoreResult<()> {
    execute!(work, ADD, id, session, heads.women, heads.men, now, by, replaces)?;
    Ok(())
}
