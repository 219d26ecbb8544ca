//! Who came to a session without a place in its run, their marks, and what was found out about them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::attendance::MarkStatus;
use domain::ids::{AccountId, EnrolmentId, OrganisationId, PersonId, RunId, SessionId, WalkInAnswerId, WalkInId, WalkInMarkId};
use domain::people::{Sex, middle_name};

use crate::{Records, StoreResult, Work};

/// What is read of a walk-in. `WHERE` and `ORDER BY` follow.
macro_rules! walk_ins {
    () => {
        "SELECT w.id, w.run_id, w.session_id, w.person_name, w.sex, w.birth_year, w.organisation_id, w.organisation_name, w.phone,
         w.noted_at, p.full_name AS noted_by_name, a.id AS answer_id, a.enrolment_id, a.took_place, a.reason, a.answered_at,
         q.full_name AS answered_by_name, e.person_name AS matched_name, e.organisation_name AS matched_organisation
         FROM walk_in w JOIN account b ON b.id = w.noted_by JOIN person p ON p.id = b.person_id
         LEFT JOIN walk_in_answer a ON a.walk_in_id = w.id AND a.undone_at IS NULL
         LEFT JOIN account d ON d.id = a.answered_by LEFT JOIN person q ON q.id = d.person_id
         LEFT JOIN enrolment e ON e.id = a.enrolment_id "
    };
}

statements! {
    FIND = concat!(walk_ins!(), "WHERE w.id = $1");
    OF_RUN = concat!(walk_ins!(), "WHERE w.run_id = $1 ORDER BY w.given_name COLLATE \"vi\", w.middle_name COLLATE \"vi\",
        w.person_name COLLATE \"vi\", w.id");
    BY_NONCE = "SELECT id FROM walk_in WHERE nonce = $1 AND session_id = $2";
    ADD = "INSERT INTO walk_in (id, run_id, session_id, person_name, given_name, middle_name, sex, birth_year, organisation_id, organisation_name,
        phone, nonce, noted_at, noted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    MARKS_OF_SESSION = "SELECT m.id, m.walk_in_id, m.session_id, m.status, m.marked_at, m.marked_by FROM current_walk_in_mark m WHERE m.session_id = $1";
    MARKS_OF = "SELECT m.id, m.walk_in_id, m.session_id, m.status, m.marked_at, m.marked_by FROM current_walk_in_mark m
        JOIN session s ON s.id = m.session_id AND s.cancelled_at IS NULL WHERE m.walk_in_id = $1 ORDER BY s.starts_at, m.id";
    ADD_MARK = "INSERT INTO walk_in_mark (id, walk_in_id, session_id, status, marked_at, marked_by, replaces_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ADD_ANSWER = "INSERT INTO walk_in_answer (id, walk_in_id, enrolment_id, took_place, reason, answered_at, answered_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (walk_in_id) WHERE undone_at IS NULL DO NOTHING";
    UNDO_ANSWER = "UPDATE walk_in_answer SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL";
    // Who might be meant: the same name without tones and hats, or the same telephone number; where they belong today, of the
    // organisations whose people account $5 enrols; $4 is true for who enrols everybody. Narrowed before it is cut off, so
    // that a name that hundreds have does not hide one's own member.
    LIKELY = "SELECT p.id AS person_id, p.full_name, p.birth_date, p.birth_year, p.phone, p.search_text, m.organisation_id, o.name AS organisation_name
        FROM membership m JOIN person p ON p.id = m.person_id JOIN organisation o ON o.id = m.organisation_id
        WHERE (p.search_text = $1 OR p.phone = $2) AND m.valid_from <= $3 AND (m.valid_to IS NULL OR m.valid_to >= $3)
        AND ($4 = TRUE OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $5
            AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)
            AND ((g.role = 'representative' AND g.organisation_id = o.id) OR (g.role = 'unit_officer'
                AND EXISTS (SELECT 1 FROM unit_cover c WHERE c.unit_id = g.unit_id AND c.covered_id = o.unit_id)))))
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id, o.name COLLATE \"vi\" LIMIT 100";
    // People by a part of their name, of the scope of account $3 on day $4; $2 is true for who enrols in the whole province.
    NAMED = "SELECT p.id AS person_id, p.full_name, p.birth_date, p.birth_year, p.phone, p.search_text, m.organisation_id, o.name AS organisation_name
        FROM membership m JOIN person p ON p.id = m.person_id JOIN organisation o ON o.id = m.organisation_id
        WHERE p.search_text LIKE $1 ESCAPE '\\' AND m.valid_from <= $4 AND (m.valid_to IS NULL OR m.valid_to >= $4) AND ($2 = TRUE
            OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover c ON c.unit_id = g.unit_id
                WHERE g.account_id = $3 AND c.covered_id = o.unit_id AND g.role = 'unit_officer'
                  AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4))
            OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $3 AND g.organisation_id = o.id
                  AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4)))
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id, o.name COLLATE \"vi\" LIMIT 20";
}

/// A walk-in with what was found out about them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WalkIn {
    /// Their identifier.
    pub id: WalkInId,
    /// The run.
    pub run_id: RunId,
    /// The session they came to first.
    pub session_id: SessionId,
    /// Their name, as it was written down.
    pub person_name: String,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Their year of birth.
    pub birth_year: Option<i64>,
    /// Their organisation, when it was known by that name.
    pub organisation_id: Option<OrganisationId>,
    /// Their organisation, as it was written down; may be empty.
    pub organisation_name: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// When they were written down.
    pub noted_at: DateTime<Utc>,
    /// By whom.
    pub noted_by_name: String,
    /// The answer that holds; none while it is open who they are.
    pub answer_id: Option<WalkInAnswerId>,
    /// Their place, once it is known who they are.
    pub enrolment_id: Option<EnrolmentId>,
    /// Whether that place was taken for it.
    pub took_place: Option<bool>,
    /// Why nobody is to be found; empty otherwise.
    pub reason: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// By whom.
    pub answered_by_name: Option<String>,
    /// The name the place keeps.
    pub matched_name: Option<String>,
    /// The organisation the place keeps.
    pub matched_organisation: Option<String>,
}

impl WalkIn {
    /// Whether it is still open who they are.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer_id.is_none()
    }
}

/// What is stored of a new walk-in.
#[derive(Debug, Clone)]
pub struct NewWalkIn<'a> {
    /// Their identifier.
    pub id: WalkInId,
    /// The run.
    pub run: RunId,
    /// The session they came to.
    pub session: SessionId,
    /// What was written down.
    pub entry: &'a domain::walk_ins::WalkInEntry,
    /// Their organisation, when it is known by that name.
    pub organisation: Option<OrganisationId>,
    /// What makes it one of a kind: the same form sent again is the same walk-in.
    pub nonce: &'a str,
    /// When.
    pub now: DateTime<Utc>,
    /// Who writes it down.
    pub by: AccountId,
}

/// A mark of a walk-in that holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WalkInMark {
    /// Its identifier.
    pub id: WalkInMarkId,
    /// Whose it is.
    pub walk_in_id: WalkInId,
    /// The session.
    pub session_id: SessionId,
    /// What it says.
    pub status: MarkStatus,
    /// When it was made.
    pub marked_at: DateTime<Utc>,
    /// Who made it.
    pub marked_by: AccountId,
}

/// Somebody who might be meant, where they belong.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Likely {
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub full_name: String,
    /// Their day of birth.
    pub birth_date: Option<NaiveDate>,
    /// Their year of birth, when only that is known.
    pub birth_year: Option<i64>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Their name without tones and hats.
    pub search_text: String,
    /// Where they belong.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
}

/// One walk-in.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: WalkInId) -> StoreResult<Option<WalkIn>> {
    fetch_optional!(records, FIND, id)
}

/// The walk-ins of a run, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<WalkIn>> {
    fetch_all!(records, OF_RUN, run)
}

/// The walk-in that was written down with this nonce in this session.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_nonce(records: &mut impl Records, nonce: &str, session: SessionId) -> StoreResult<Option<WalkInId>> {
    let row: Option<(WalkInId,)> = fetch_optional!(records, BY_NONCE, nonce, session)?;
    Ok(row.map(|(id,)| id))
}

/// Adds a walk-in.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when the nonce was used.
pub async fn add(work: &mut Work, new: &NewWalkIn<'_>) -> StoreResult<()> {
    let (n, e) = (new, new.entry);
    let (name, given) = (e.full_name.as_str(), e.full_name.given());
    let phone = e.phone.as_ref().map(domain::people::PhoneNumber::as_str);
    execute!(
        work,
        ADD,
        n.id,
        n.run,
        n.session,
        name,
        given,
        middle_name(name),
        e.sex,
        e.birth_year,
        n.organisation,
        &e.organisation,
        phone,
        n.nonce,
        n.now,
        n.by
    )?;
    Ok(())
}

/// The marks of walk-ins that hold in a session, in no order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn marks_of_session(records: &mut impl Records, session: SessionId) -> StoreResult<Vec<WalkInMark>> {
    fetch_all!(records, MARKS_OF_SESSION, session)
}

/// The marks of a walk-in that hold, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn marks_of(records: &mut impl Records, id: WalkInId) -> StoreResult<Vec<WalkInMark>> {
    fetch_all!(records, MARKS_OF, id)
}

/// Adds a mark to its chain.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when the chain would fork.
pub async fn add_mark(work: &mut Work, mark: &WalkInMark, replaces: Option<WalkInMarkId>) -> StoreResult<()> {
    let m = mark;
    execute!(work, ADD_MARK, m.id, m.walk_in_id, m.session_id, m.status, m.marked_at, m.marked_by, replaces)?;
    Ok(())
}

/// What was found out about a walk-in.
#[derive(Debug, Clone, Copy)]
pub struct NewAnswer<'a> {
    /// Its identifier.
    pub id: WalkInAnswerId,
    /// The walk-in.
    pub walk_in: WalkInId,
    /// Their place; none when nobody is to be found.
    pub enrolment: Option<EnrolmentId>,
    /// Whether the place was taken for it.
    pub took_place: bool,
    /// Why nobody is to be found; empty otherwise.
    pub reason: &'a str,
    /// When.
    pub now: DateTime<Utc>,
    /// Who says so.
    pub by: AccountId,
}

/// Answers who a walk-in is; false when that was done already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_answer(work: &mut Work, answer: &NewAnswer<'_>) -> StoreResult<bool> {
    let a = answer;
    Ok(execute!(work, ADD_ANSWER, a.id, a.walk_in, a.enrolment, a.took_place, a.reason, a.now, a.by)? == 1)
}

/// Undoes an answer; false when that was done already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn undo_answer(work: &mut Work, id: WalkInAnswerId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, UNDO_ANSWER, id, now, by)? == 1)
}

/// Who looks for people who might be meant.
#[derive(Debug, Clone, Copy)]
pub struct Looking {
    /// Whether they enrol people of the whole province.
    pub everywhere: bool,
    /// Their account, whose grants narrow whom they find.
    pub account: AccountId,
    /// The day whose grants and memberships count.
    pub today: NaiveDate,
}

/// People who might be meant by a name or telephone number, each once for every organisation they belong to on that day and
/// whose people the account enrols; 100 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn likely(records: &mut impl Records, name: &str, phone: Option<&str>, looking: Looking) -> StoreResult<Vec<Likely>> {
    let Looking { everywhere, account, today } = looking;
    fetch_all!(records, LIKELY, domain::text::fold(name), phone, today, everywhere, account)
}

/// People by a part of their name, each once for every organisation they belong to on `today`, of the scope of an account
/// unless it reaches `everywhere`; 20 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn named(
    records: &mut impl Records,
    wanted: &str,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<Likely>> {
    fetch_all!(records, NAMED, domain::text::like_pattern(wanted), everywhere, account, today)
}
