//! Two records that became one, what was written over for it, and who was said to be two.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, DistinctId, MembershipId, MergeId, OrganisationId, PersonId};
use uuid::Uuid;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    LOCK_RECORD = "SELECT id FROM person WHERE id = $1 FOR UPDATE";
    GOES_ON_AS = "SELECT person_id FROM person_alias WHERE alias_id = $1 AND undone_at IS NULL";
    ADD = "INSERT INTO person_alias (id, alias_id, person_id, note, merged_at, merged_by) VALUES ($1, $2, $3, $4, $5, $6)";
    CHANGED = "INSERT INTO person_alias_change (merge_id, number, table_name, row_id, column_name, old_value, new_value)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT a.id, a.alias_id, a.person_id, p.full_name AS alias_name, a.note, a.merged_at, b.full_name AS merged_by_name, a.undone_at
        FROM person_alias a JOIN person p ON p.id = a.alias_id JOIN account c ON c.id = a.merged_by JOIN person b ON b.id = c.person_id
        WHERE a.id = $1";
    INTO = "SELECT a.id, a.alias_id, a.person_id, p.full_name AS alias_name, a.note, a.merged_at, b.full_name AS merged_by_name, a.undone_at
        FROM person_alias a JOIN person p ON p.id = a.alias_id JOIN account c ON c.id = a.merged_by JOIN person b ON b.id = c.person_id
        WHERE a.person_id = $1 AND a.undone_at IS NULL ORDER BY a.merged_at DESC, a.id DESC";
    CHANGES = "SELECT table_name, row_id, column_name, old_value, new_value FROM person_alias_change WHERE merge_id = $1 ORDER BY number DESC";
    PLACES_SINCE = "SELECT DISTINCT organisation_id FROM membership WHERE person_id = $1 AND (valid_to IS NULL OR valid_to >= $2)";
    MOVED_ON = "SELECT CAST(COUNT(*) AS BIGINT) FROM person_alias_change c JOIN person_alias a ON a.id = c.merge_id AND a.undone_at IS NULL
        WHERE c.row_id = $1 AND c.table_name = 'person_alias'";
    UNDO = "UPDATE person_alias SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL";
    // Open memberships of $1 in organisations that $2 belongs to as well.
    DOUBLES = "SELECT x.id FROM membership x JOIN membership k ON k.organisation_id = x.organisation_id AND k.person_id = $2
        AND k.valid_to IS NULL WHERE x.person_id = $1 AND x.valid_to IS NULL ORDER BY x.id";
    END_DOUBLE = "UPDATE membership SET valid_to = $2 WHERE id = $1 AND valid_to IS NULL";
    REOPEN_DOUBLE = "UPDATE membership SET valid_to = NULL WHERE id = $1 AND valid_to = $2";
    BOTH_PLACED = "SELECT c.title, r.name FROM enrolment x JOIN enrolment k ON k.run_id = x.run_id AND k.person_id = $2 AND k.withdrawn_at IS NULL
        JOIN run r ON r.id = x.run_id JOIN course c ON c.id = r.course_id
        WHERE x.person_id = $1 AND x.withdrawn_at IS NULL ORDER BY r.id LIMIT 1";
    TWO_PLACES = "SELECT c.title, r.name, s.day FROM enrolment x JOIN run w ON w.id = x.run_id AND w.published_at IS NOT NULL AND w.cancelled_at IS NULL
        JOIN held_session h ON h.run_id = x.run_id
        JOIN held_session s ON s.day = h.day AND s.run_id <> h.run_id AND s.starts_at < h.ends_at AND s.ends_at > h.starts_at
        JOIN run r ON r.id = s.run_id AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL JOIN course c ON c.id = r.course_id
        JOIN enrolment k ON k.run_id = r.id AND k.person_id = $2 AND k.withdrawn_at IS NULL
        WHERE x.person_id = $1 AND x.withdrawn_at IS NULL ORDER BY s.starts_at, s.id LIMIT 1";
    TELL_APART = "INSERT INTO distinct_people (id, first_id, second_id, said_at, said_by) VALUES ($1, $2, $3, $4, $5)";
    TOLD_APART = "SELECT id FROM distinct_people WHERE withdrawn_at IS NULL
        AND ((first_id = $1 AND second_id = $2) OR (first_id = $2 AND second_id = $1)) ORDER BY id LIMIT 1";
    FIND_APART = "SELECT first_id, second_id FROM distinct_people WHERE id = $1 AND withdrawn_at IS NULL";
    TAKE_BACK = "UPDATE distinct_people SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL";
}

/// A record that leads to another one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Merge {
    /// Its identifier.
    pub id: MergeId,
    /// The record that leads to the other.
    pub alias_id: PersonId,
    /// The record that goes on.
    pub person_id: PersonId,
    /// The name that the one which leads on was known by.
    pub alias_name: String,
    /// What was said on merging.
    pub note: String,
    /// When they were merged.
    pub merged_at: DateTime<Utc>,
    /// By whom.
    pub merged_by_name: String,
    /// When that was undone.
    pub undone_at: Option<DateTime<Utc>>,
}

/// A value that a merge wrote over.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Change {
    /// The table.
    pub table_name: String,
    /// The row.
    pub row_id: Uuid,
    /// The column.
    pub column_name: String,
    /// The value before, as text.
    pub old_value: Option<String>,
    /// The value after, as text.
    pub new_value: Option<String>,
}

/// Holds two records against every other unit of work, always in the same order. Nobody can refer to them meanwhile.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, one: PersonId, other: PersonId) -> StoreResult<()> {
    work.lock(LOCK_RECORD, one.min(other).0).await?;
    work.lock(LOCK_RECORD, one.max(other).0).await
}

/// The person that a record leads to; none while it goes on itself.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn goes_on_as(records: &mut impl Records, record: PersonId) -> StoreResult<Option<PersonId>> {
    let row: Option<(PersonId,)> = fetch_optional!(records, GOES_ON_AS, record)?;
    Ok(row.map(|(person,)| person))
}

/// Lets `alias` lead to `person`.
///
/// # Errors
/// [`crate::StoreError::Database`]; a record that leads somewhere already is a duplicate.
pub async fn add(
    work: &mut Work,
    id: MergeId,
    (alias, person): (PersonId, PersonId),
    note: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, ADD, id, alias, person, note, now, by)?;
    Ok(())
}

/// Writes down what a merge writes over. `number` counts from 1.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn changed(work: &mut Work, merge: MergeId, number: i64, change: &Change) -> StoreResult<()> {
    let c = change;
    execute!(work, CHANGED, merge, number, &c.table_name, c.row_id, &c.column_name, &c.old_value, &c.new_value)?;
    Ok(())
}

/// One merge.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: MergeId) -> StoreResult<Option<Merge>> {
    fetch_optional!(records, FIND, id)
}

/// What was merged into a person and still is, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn into(records: &mut impl Records, person: PersonId) -> StoreResult<Vec<Merge>> {
    fetch_all!(records, INTO, person)
}

/// What a merge wrote over, the last first: the order in which it is put back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn changes(records: &mut impl Records, merge: MergeId) -> StoreResult<Vec<Change>> {
    fetch_all!(records, CHANGES, merge)
}

/// The organisations to which a person belonged on `day` or later, whether they still do or not.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn places_since(records: &mut impl Records, person: PersonId, day: NaiveDate) -> StoreResult<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = fetch_all!(records, PLACES_SINCE, person, day)?;
    Ok(rows.into_iter().map(|(organisation,)| organisation).collect())
}

/// Whether a later merge that still holds let the record of this one lead on to another.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_moved_on(records: &mut impl Records, merge: MergeId) -> StoreResult<bool> {
    let later: i64 = fetch_value!(records, MOVED_ON, merge)?;
    Ok(later > 0)
}

/// Ends a merge; false when it was ended before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn undo(work: &mut Work, id: MergeId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, UNDO, id, now, by)? == 1)
}

/// Open memberships of `absorbed` where `kept` belongs as well.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn doubles(records: &mut impl Records, absorbed: PersonId, kept: PersonId) -> StoreResult<Vec<MembershipId>> {
    let rows: Vec<(MembershipId,)> = fetch_all!(records, DOUBLES, absorbed, kept)?;
    Ok(rows.into_iter().map(|(row,)| row).collect())
}

/// Ends a membership that stands twice.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it has ended.
pub async fn end_double(work: &mut Work, id: MembershipId, last: NaiveDate) -> StoreResult<()> {
    let touched = execute!(work, END_DOUBLE, id, last)?;
    expect_rows("END_DOUBLE", 1, touched)
}

/// Opens a membership again that was ended with this last day; one that has another last day by now stays ended.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn reopen_double(work: &mut Work, id: MembershipId, last: NaiveDate) -> StoreResult<()> {
    execute!(work, REOPEN_DOUBLE, id, last)?;
    Ok(())
}

/// A run in which both have a live place, by course and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn both_placed(records: &mut impl Records, one: PersonId, other: PersonId) -> StoreResult<Option<String>> {
    let row: Option<(String, String)> = fetch_optional!(records, BOTH_PLACED, one, other)?;
    Ok(row.map(|(course, run)| format!("{course} – {run}")))
}

/// A run of `other`, by course and name, and a day on which `one` is in another run at the same time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn two_places(records: &mut impl Records, one: PersonId, other: PersonId) -> StoreResult<Option<(String, NaiveDate)>> {
    let row: Option<(String, String, NaiveDate)> = fetch_optional!(records, TWO_PLACES, one, other)?;
    Ok(row.map(|(course, run, day)| (format!("{course} – {run}"), day)))
}

/// Remembers that two people are two.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn tell_apart(
    work: &mut Work,
    id: DistinctId,
    (one, other): (PersonId, PersonId),
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, TELL_APART, id, one.min(other), one.max(other), now, by)?;
    Ok(())
}

/// The statement that two people are two, if somebody made it and did not take it back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn told_apart(records: &mut impl Records, one: PersonId, other: PersonId) -> StoreResult<Option<DistinctId>> {
    let row: Option<(DistinctId,)> = fetch_optional!(records, TOLD_APART, one, other)?;
    Ok(row.map(|(id,)| id))
}

/// Whom a statement that two people are two is about; none when it was taken back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn apart(records: &mut impl Records, id: DistinctId) -> StoreResult<Option<(PersonId, PersonId)>> {
    fetch_optional!(records, FIND_APART, id)
}

/// Takes back that two people are two; false when it was taken back before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn take_back(work: &mut Work, id: DistinctId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, TAKE_BACK, id, now, by)? == 1)
}
