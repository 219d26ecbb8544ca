//! The log: one line for every unit of work.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, EventId, PersonId};
use uuid::Uuid;

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO event (id, at, account_id, verb, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_SUBJECT = "SELECT e.id, e.at, e.account_id, p.full_name AS account_name, e.verb, e.subject_kind, e.subject_id, e.detail
        FROM event e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN person p ON p.id = a.person_id
        WHERE e.subject_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT 200";
    // Of whichever record: what happened to one that was merged happened to the person.
    OF_PERSON = "SELECT e.id, e.at, e.account_id, p.full_name AS account_name, e.verb, e.subject_kind, e.subject_id, e.detail
        FROM event e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN person p ON p.id = a.person_id
        WHERE e.subject_id IN (SELECT q.id FROM person q WHERE q.id = $1
            UNION ALL SELECT l.alias_id FROM person_alias l WHERE l.person_id = $1 AND l.undone_at IS NULL)
        AND e.verb = $2 ORDER BY e.at DESC, e.id DESC LIMIT 1000";
}

/// A line of the log.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Event {
    /// Its identifier.
    pub id: EventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; none for the program itself.
    pub account_id: Option<AccountId>,
    /// The name of who did it, as it is today.
    pub account_name: Option<String>,
    /// What was done, in the past tense: `run_published`.
    pub verb: String,
    /// The noun it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// What else there is to know, as JSON. Never a secret, never a citizen number.
    pub detail: String,
}

/// What is known of an event before it is written.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// Its identifier.
    pub id: EventId,
    /// When it happens.
    pub at: DateTime<Utc>,
    /// Who does it.
    pub account: Option<AccountId>,
    /// What is done, in the past tense.
    pub verb: &'a str,
    /// The noun it is done to.
    pub subject_kind: &'a str,
    /// Which one.
    pub subject: Uuid,
    /// What else there is to know.
    pub detail: &'a serde_json::Value,
}

/// Writes a line of the log.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, event: &NewEvent<'_>) -> StoreResult<()> {
    execute!(
        work,
        ADD,
        event.id,
        event.at,
        event.account,
        event.verb,
        event.subject_kind,
        event.subject,
        event.detail.to_string()
    )?;
    Ok(())
}

/// The last 200 events of one subject, newest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_subject(records: &mut impl Records, subject: Uuid) -> StoreResult<Vec<Event>> {
    fetch_all!(records, OF_SUBJECT, subject)
}

/// The events of this verb of a person and of every record that was merged into them, newest first; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, person: PersonId, verb: &str) -> StoreResult<Vec<Event>> {
    fetch_all!(records, OF_PERSON, person, verb)
}
