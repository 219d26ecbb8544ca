//! Lists of forms that units forward to the province.

pub mod forms;

pub use forms::{
    ListedForm, UnitWithForms, add_form, candidates, forms, open_list_of, order, place_form, remove_form, units_with_forms,
    waiting_list_of,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, ForwardingListId, ProgrammeYearId, UnitId};
use domain::lists::{ListState, Signed};

use crate::{Records, StoreResult, Work};

/// What is read of a list wherever one is shown; what is printed is long and read on its own. `WHERE` and `ORDER BY` follow.
macro_rules! list_columns {
    () => {
        "SELECT f.id, f.year_id, y.year, f.unit_id, u.kind AS unit_kind, u.name AS unit_name, f.number, f.signed_on, f.signatory_post,
         f.signatory_name, f.printed_hash, f.version, f.created_at, f.frozen_at, f.forwarded_at, f.forwarded_by, f.accepted_at,
         f.returned_at, f.return_reason, f.discarded_at, f.replaces_id,
         (SELECT n.id FROM forwarding_list n WHERE n.replaces_id = f.id) AS replaced_by,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM forwarding_entry e WHERE e.list_id = f.id) AS forms
         FROM forwarding_list f JOIN programme_year y ON y.id = f.year_id JOIN unit u ON u.id = f.unit_id "
    };
}

statements! {
    ADD = "INSERT INTO forwarding_list (id, year_id, unit_id, version, created_at, created_by, replaces_id) VALUES ($1, $2, $3, 1, $4, $5, $6)";
    FIND = concat!(list_columns!(), "WHERE f.id = $1");
    // Whoever sees the whole province ($1) sees every list, others those of their units; of year $4 alone when it is asked
    // for. What waits for an answer comes
    // first, the longest waiting first of all.
    SEEN = concat!(list_columns!(), "WHERE (CAST($4 AS BIGINT) IS NULL OR y.year = $4) AND ($1 = TRUE OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover c ON c.unit_id = g.unit_id
        WHERE g.account_id = $2 AND c.covered_id = f.unit_id AND g.role IN ('unit_officer', 'manager')
          AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)))
        ORDER BY CASE WHEN f.forwarded_at IS NOT NULL AND f.accepted_at IS NULL AND f.returned_at IS NULL THEN 0 ELSE 1 END,
            CASE WHEN f.accepted_at IS NULL AND f.returned_at IS NULL THEN f.forwarded_at END, f.created_at DESC, f.id LIMIT 500");
    FROZEN_AFTER = concat!(list_columns!(), "WHERE f.frozen_at IS NOT NULL AND f.id > $1 ORDER BY f.id LIMIT 100");
    PRINTED = "SELECT printed, printed_hash FROM forwarding_list WHERE id = $1 AND printed IS NOT NULL";
    LOCK_LIST = "SELECT id FROM forwarding_list WHERE id = $1 FOR UPDATE";
    // The version stands in every condition: of two deeds at once, one finds nothing to change.
    TOUCH = "UPDATE forwarding_list SET version = version + 1 WHERE id = $1 AND version = $2 AND frozen_at IS NULL AND discarded_at IS NULL";
    FREEZE = "UPDATE forwarding_list SET number = $3, signed_on = $4, signatory_post = $5, signatory_name = $6, printed = $7,
        printed_hash = $8, frozen_at = $9, frozen_by = $10, version = version + 1
        WHERE id = $1 AND version = $2 AND frozen_at IS NULL AND discarded_at IS NULL";
    // It gives up the place of the list that it was to replace: only one can have it.
    DISCARD = "UPDATE forwarding_list SET discarded_at = $3, discarded_by = $4, replaces_id = NULL, version = version + 1
        WHERE id = $1 AND version = $2 AND forwarded_at IS NULL AND discarded_at IS NULL";
    FORWARD = "UPDATE forwarding_list SET forwarded_at = $3, forwarded_by = $4, version = version + 1
        WHERE id = $1 AND version = $2 AND frozen_at IS NOT NULL AND forwarded_at IS NULL AND discarded_at IS NULL";
    ACCEPT = "UPDATE forwarding_list SET accepted_at = $3, accepted_by = $4, version = version + 1
        WHERE id = $1 AND version = $2 AND forwarded_at IS NOT NULL AND accepted_at IS NULL AND returned_at IS NULL";
    SEND_BACK = "UPDATE forwarding_list SET returned_at = $3, returned_by = $4, return_reason = $5, version = version + 1
        WHERE id = $1 AND version = $2 AND forwarded_at IS NOT NULL AND accepted_at IS NULL AND returned_at IS NULL";
    NUMBER_TAKEN = "SELECT CAST(COUNT(*) AS BIGINT) FROM forwarding_list WHERE unit_id = $1 AND year_id = $2 AND number = $3 AND discarded_at IS NULL";
}

/// A list of forms.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ForwardingList {
    /// Its identifier.
    pub id: ForwardingListId,
    /// The programme year it is for.
    pub year_id: ProgrammeYearId,
    /// That year.
    pub year: i64,
    /// The unit that draws it up.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// Its number among the unit's papers, once it is frozen.
    pub number: Option<String>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// The post of who signed it.
    pub signatory_post: Option<String>,
    /// Who signed it.
    pub signatory_name: Option<String>,
    /// The SHA-256 of what is printed.
    pub printed_hash: Option<String>,
    /// Counts every change.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was frozen.
    pub frozen_at: Option<DateTime<Utc>>,
    /// When it was forwarded.
    pub forwarded_at: Option<DateTime<Utc>>,
    /// Who forwarded it.
    pub forwarded_by: Option<AccountId>,
    /// When the province accepted it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When the province returned it.
    pub returned_at: Option<DateTime<Utc>>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// When it was given up.
    pub discarded_at: Option<DateTime<Utc>>,
    /// The returned list that it replaces.
    pub replaces_id: Option<ForwardingListId>,
    /// The list that replaces it.
    pub replaced_by: Option<ForwardingListId>,
    /// How many forms it holds.
    pub forms: i64,
}

impl ForwardingList {
    /// The unit that draws it up: `Huyện Thọ Xuân`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> ListState {
        if self.discarded_at.is_some() {
            ListState::Discarded
        } else if self.returned_at.is_some() {
            ListState::Returned
        } else if self.accepted_at.is_some() {
            ListState::Accepted
        } else if self.forwarded_at.is_some() {
            ListState::Waiting
        } else if self.frozen_at.is_some() {
            ListState::Frozen
        } else {
            ListState::Draft
        }
    }
}

/// A list before it is stored.
#[derive(Debug, Clone, Copy)]
pub struct NewList {
    /// Its identifier.
    pub id: ForwardingListId,
    /// The programme year it is for.
    pub year: ProgrammeYearId,
    /// The unit that draws it up.
    pub unit: UnitId,
    /// The returned list that it replaces.
    pub replaces: Option<ForwardingListId>,
}

/// Begins a list.
///
/// # Errors
/// [`crate::StoreError::Database`]; a second live replacement of one list is a duplicate.
pub async fn add(work: &mut Work, list: NewList, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    execute!(work, ADD, list.id, list.year, list.unit, now, by, list.replaces)?;
    Ok(())
}

/// One list.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: ForwardingListId) -> StoreResult<Option<ForwardingList>> {
    fetch_optional!(records, FIND, id)
}

/// The lists that an account may see, of one year or of all, those that wait for the province first; 500 at most.
/// `everywhere` says that it sees the whole province.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn seen(
    records: &mut impl Records,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
    year: Option<i64>,
) -> StoreResult<Vec<ForwardingList>> {
    fetch_all!(records, SEEN, everywhere, account, today, year)
}

/// The next 100 frozen lists after this identifier, to go through all of them in little memory.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn frozen_after(records: &mut impl Records, id: ForwardingListId) -> StoreResult<Vec<ForwardingList>> {
    fetch_all!(records, FROZEN_AFTER, id)
}

/// What is printed of a frozen list, as JSON, and its SHA-256; none while it is being drawn up.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn printed(records: &mut impl Records, id: ForwardingListId) -> StoreResult<Option<(String, String)>> {
    fetch_optional!(records, PRINTED, id)
}

/// Holds a list against other units of work until this one ends. Lists are held before their forms.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: ForwardingListId) -> StoreResult<()> {
    work.lock(LOCK_LIST, id.0).await
}

/// Counts a change of what stands in a list; false when it changed since it was read in `version`, or is no longer open.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn touch(work: &mut Work, id: ForwardingListId, version: i64) -> StoreResult<bool> {
    Ok(execute!(work, TOUCH, id, version)? == 1)
}

/// Whether another list of the unit and year that was not discarded has this number.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn number_taken(records: &mut impl Records, list: &ForwardingList, number: &str) -> StoreResult<bool> {
    let taken: i64 = fetch_value!(records, NUMBER_TAKEN, list.unit_id, list.year_id, number)?;
    Ok(taken > 0)
}

/// Freezes a list with what is printed, as JSON, and its SHA-256; false when it changed since it was read.
///
/// # Errors
/// [`crate::StoreError::Database`]; a number that another list has is a duplicate.
pub async fn freeze(
    work: &mut Work,
    list: &ForwardingList,
    signed: &Signed,
    (printed, hash): (&str, &str),
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    let s = signed;
    let (id, version) = (list.id, list.version);
    let frozen = execute!(
        work,
        FREEZE,
        id,
        version,
        &s.number,
        s.signed_on,
        &s.signatory_post,
        &s.signatory_name,
        printed,
        hash,
        now,
        by
    )?;
    Ok(frozen == 1)
}

/// Gives a list up before it was forwarded; false when it changed since it was read.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn discard(work: &mut Work, list: &ForwardingList, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, DISCARD, list.id, list.version, now, by)? == 1)
}

/// Forwards a frozen list; false when it changed since it was read.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forward(work: &mut Work, list: &ForwardingList, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, FORWARD, list.id, list.version, now, by)? == 1)
}

/// Accepts a list that waits; false when it changed since it was read.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn accept(work: &mut Work, list: &ForwardingList, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, ACCEPT, list.id, list.version, now, by)? == 1)
}

/// Returns a list that waits; false when it changed since it was read.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn send_back(
    work: &mut Work,
    list: &ForwardingList,
    reason: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, SEND_BACK, list.id, list.version, now, by, reason)? == 1)
}
