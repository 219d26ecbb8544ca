//! The waiting lists of runs, and the seats offered to those on them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::enrolments::EnrolmentSource;
use domain::ids::{AccountId, AllotmentId, EnrolmentId, OfferId, OrganisationId, PersonId, RunId, UnitId, WaitingId};
use domain::organisations::OrganisationKind;
use domain::waiting::{Answer, Departure, Priority, Way};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is read of somebody who waits or waited. `WHERE` and `ORDER BY` follow.
macro_rules! entries {
    () => {
        "SELECT w.id, w.run_id, w.number, w.person_id, p.full_name AS person_name, w.organisation_id, o.name AS organisation_name,
         o.kind AS organisation_kind, o.unit_id, w.source, w.queued_at, w.queued_by, w.left_at, w.left_how, w.left_reason,
         COALESCE(q.priority, 0) AS priority, q.reason AS priority_reason, COALESCE(q.number, 0) AS priority_version,
         f.id AS offer_id, f.offered_at, f.expires_at
         FROM waiting_entry w JOIN person p ON p.id = w.person_id JOIN organisation o ON o.id = w.organisation_id
         LEFT JOIN waiting_priority q ON q.entry_id = w.id
            AND q.number = (SELECT MAX(n.number) FROM waiting_priority n WHERE n.entry_id = w.id)
         LEFT JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL "
    };
}

/// The order of a waiting list: by priority, then by the time they came.
macro_rules! in_order {
    () => {
        " ORDER BY COALESCE(q.priority, 0) DESC, w.number"
    };
}

statements! {
    FIND = concat!(entries!(), "WHERE w.id = $1");
    OF_RUN = concat!(entries!(), "WHERE w.run_id = $1 AND w.left_at IS NULL", in_order!());
    LEFT = concat!(entries!(), "WHERE w.run_id = $1 AND w.left_at IS NOT NULL ORDER BY w.left_at DESC, w.number DESC LIMIT 200");
    OF_PERSON = concat!(entries!(), "WHERE w.run_id = $1 AND w.person_id = $2 AND w.left_at IS NULL");
    NEXT_NUMBER = "SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM waiting_entry WHERE run_id = $1";
    ADD = "INSERT INTO waiting_entry (id, run_id, number, person_id, organisation_id, source, queued_at, queued_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LEAVE = "UPDATE waiting_entry SET left_at = $2, left_by = $3, left_how = $4, left_reason = $5 WHERE id = $1 AND left_at IS NULL";
    // Whoever came back another way meanwhile stands where they came back to, and whoever has a place waits for none.
    COME_BACK = "UPDATE waiting_entry SET left_at = NULL, left_by = NULL, left_how = NULL, left_reason = NULL WHERE id = $1
        AND left_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM waiting_entry n WHERE n.run_id = waiting_entry.run_id
            AND n.person_id = waiting_entry.person_id AND n.left_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.run_id = waiting_entry.run_id AND e.person_id = waiting_entry.person_id
            AND e.withdrawn_at IS NULL)";
    PRIORITISE = "INSERT INTO waiting_priority (entry_id, number, priority, reason, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)";
    OFFER = "INSERT INTO offer (id, entry_id, allotment_id, offered_at, expires_at, secret_hash, code_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OFFER_FIND = "SELECT id, entry_id, allotment_id, offered_at, expires_at, answer, answered_at, answered_way FROM offer WHERE id = $1";
    OFFER_OF_SECRET = "SELECT id, entry_id, allotment_id, offered_at, expires_at, answer, answered_at, answered_way FROM offer WHERE secret_hash = $1";
    OFFER_OF_CODE = "SELECT id, entry_id, allotment_id, offered_at, expires_at, answer, answered_at, answered_way FROM offer
        WHERE code_hash = $1 AND (answer IS NULL OR answered_at > $2)";
    ANSWER = "UPDATE offer SET answer = $2, answered_at = $3, answered_by = $4, answered_way = $5, enrolment_id = $6
        WHERE id = $1 AND answer IS NULL";
    NEW_CODE = "UPDATE offer SET code_hash = $2 WHERE id = $1 AND answer IS NULL";
    // Runs in which somebody waits without an offer, and on which one can still enrol.
    MOVING = "SELECT DISTINCT r.id FROM run r JOIN waiting_entry w ON w.run_id = r.id AND w.left_at IS NULL
        WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND r.enrolment_deadline >= $1
        AND NOT EXISTS (SELECT 1 FROM offer f WHERE f.entry_id = w.id AND f.answer IS NULL)";
    // How many people of an organisation are offered a seat of a run.
    OFFERED = "SELECT CAST(COUNT(*) AS BIGINT) FROM waiting_entry w JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL AND f.expires_at > $3
        WHERE w.run_id = $1 AND w.organisation_id = $2";
    OF_ORGANISATION = "SELECT w.id, w.run_id, c.title AS course_title, c.title_english AS course_title_english, r.name AS run_name,
            r.enrolment_deadline, (SELECT MIN(s.starts_at) FROM held_session s WHERE s.run_id = r.id) AS begins_at,
            p.full_name AS person_name, f.id AS offer_id, f.expires_at,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM waiting_entry b LEFT JOIN waiting_priority v ON v.entry_id = b.id
                AND v.number = (SELECT MAX(n.number) FROM waiting_priority n WHERE n.entry_id = b.id)
                WHERE b.run_id = w.run_id AND b.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM offer g WHERE g.entry_id = b.id AND g.answer IS NULL)
                AND (COALESCE(v.priority, 0) > COALESCE(q.priority, 0)
                    OR (COALESCE(v.priority, 0) = COALESCE(q.priority, 0) AND b.number <= w.number))) AS place
        FROM waiting_entry w JOIN run r ON r.id = w.run_id JOIN course c ON c.id = r.course_id JOIN person p ON p.id = w.person_id
        LEFT JOIN waiting_priority q ON q.entry_id = w.id
            AND q.number = (SELECT MAX(n.number) FROM waiting_priority n WHERE n.entry_id = w.id)
        LEFT JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL
        WHERE w.organisation_id = $1 AND w.left_at IS NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND r.enrolment_deadline >= $2
        ORDER BY w.queued_at, w.number, w.id LIMIT 500";
}

/// Somebody who waits for a seat, or waited for one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// Their place's identifier.
    pub id: WaitingId,
    /// The run.
    pub run_id: RunId,
    /// How many came before, with this one: never changed.
    pub number: i64,
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub person_name: String,
    /// The organisation that put them on the list.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Its kind.
    pub organisation_kind: OrganisationKind,
    /// The unit it lies in.
    pub unit_id: UnitId,
    /// How the list came in that they stood on.
    pub source: EnrolmentSource,
    /// When they came.
    pub queued_at: DateTime<Utc>,
    /// Who put them on the list, and answers for it.
    pub queued_by: AccountId,
    /// When they left.
    pub left_at: Option<DateTime<Utc>>,
    /// How they left.
    pub left_how: Option<Departure>,
    /// Why they left; may be empty.
    pub left_reason: Option<String>,
    /// Who has a larger one comes first.
    pub priority: i64,
    /// Why they have it.
    pub priority_reason: Option<String>,
    /// How often it was set.
    pub priority_version: i64,
    /// The seat that is held for them.
    pub offer_id: Option<OfferId>,
    /// Since when it is.
    pub offered_at: Option<DateTime<Utc>>,
    /// Until when it is.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A seat that is or was held for somebody.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Offer {
    /// Its identifier.
    pub id: OfferId,
    /// For whom.
    pub entry_id: WaitingId,
    /// The allotment it is a seat of.
    pub allotment_id: Option<AllotmentId>,
    /// Since when.
    pub offered_at: DateTime<Utc>,
    /// The first instant at which it holds no more.
    pub expires_at: DateTime<Utc>,
    /// What became of it.
    pub answer: Option<Answer>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// On which way.
    pub answered_way: Option<Way>,
}

/// Somebody of an organisation who waits, with what lists show of the run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingInRun {
    /// Their place on the list.
    pub id: WaitingId,
    /// The run.
    pub run_id: RunId,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// What tells it from other runs of its course.
    pub run_name: String,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// When its first session begins.
    pub begins_at: Option<DateTime<Utc>>,
    /// Who waits.
    pub person_name: String,
    /// The seat that is held for them.
    pub offer_id: Option<OfferId>,
    /// Until when it is.
    pub expires_at: Option<DateTime<Utc>>,
    /// The how manyth they are of those without an offer.
    pub place: i64,
}

/// One place on a waiting list, live or left.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: WaitingId) -> StoreResult<Option<Entry>> {
    fetch_optional!(records, FIND, id)
}

/// Who waits for a seat of a run, in the order in which they are asked.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Entry>> {
    fetch_all!(records, OF_RUN, run)
}

/// Who left the waiting list of a run, the last first; 200 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn left(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Entry>> {
    fetch_all!(records, LEFT, run)
}

/// The place that a person has on the waiting list of a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, run: RunId, person: PersonId) -> StoreResult<Option<Entry>> {
    fetch_optional!(records, OF_PERSON, run, person)
}

/// Somebody who is about to wait.
#[derive(Debug, Clone, Copy)]
pub struct NewEntry {
    /// Their place's identifier.
    pub id: WaitingId,
    /// The run.
    pub run: RunId,
    /// The person.
    pub person: PersonId,
    /// The organisation that puts them on the list.
    pub organisation: OrganisationId,
    /// How the list came in that they stand on.
    pub source: EnrolmentSource,
}

/// Puts somebody at the end of the waiting list of a run, which is held by [`crate::runs::lock`].
///
/// # Errors
/// [`crate::StoreError::Database`]; a second place of the same person is a duplicate.
pub async fn add(work: &mut Work, new: &NewEntry, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let number: i64 = fetch_value!(work, NEXT_NUMBER, new.run)?;
    execute!(work, ADD, new.id, new.run, number, new.person, new.organisation, new.source, now, by)?;
    Ok(())
}

/// Takes somebody off the list; false when they had left.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn leave(
    work: &mut Work,
    id: WaitingId,
    how: Departure,
    reason: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, LEAVE, id, at, by, how, reason)? == 1)
}

/// Puts somebody back on the list where they stood before they left; false when they stand on it, or have a place. The run is held by
/// [`crate::runs::lock`].
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn come_back(work: &mut Work, id: WaitingId) -> StoreResult<bool> {
    Ok(execute!(work, COME_BACK, id)? == 1)
}

/// Says who comes before those who came earlier, for the `number`th time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn prioritise(
    work: &mut Work,
    (id, number): (WaitingId, i64),
    priority: &Priority,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, PRIORITISE, id, number, priority.priority, &priority.reason, now, by)?;
    Ok(())
}

/// A seat that is about to be held for somebody.
#[derive(Debug, Clone, Copy)]
pub struct NewOffer<'a> {
    /// Its identifier.
    pub id: OfferId,
    /// For whom.
    pub entry: WaitingId,
    /// The allotment it is a seat of.
    pub allotment: Option<AllotmentId>,
    /// The first instant at which it holds no more.
    pub expires_at: DateTime<Utc>,
    /// The hash of the secret of its link.
    pub secret_hash: &'a str,
    /// The hash of its short code.
    pub code_hash: &'a str,
}

/// Holds a seat for somebody.
///
/// # Errors
/// [`crate::StoreError::Database`]; a second seat for the same is a duplicate.
pub async fn offer(work: &mut Work, new: &NewOffer<'_>, now: DateTime<Utc>) -> StoreResult<()> {
    let n = new;
    execute!(work, OFFER, n.id, n.entry, n.allotment, now, n.expires_at, n.secret_hash, n.code_hash)?;
    Ok(())
}

/// One offer.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find_offer(records: &mut impl Records, id: OfferId) -> StoreResult<Option<Offer>> {
    fetch_optional!(records, OFFER_FIND, id)
}

/// The offer whose link has the secret with this hash, also one that was answered.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn offer_of_secret(records: &mut impl Records, hash: &str) -> StoreResult<Option<Offer>> {
    fetch_optional!(records, OFFER_OF_SECRET, hash)
}

/// The offer with the short code of this hash that nobody answered, or that was answered after `since`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn offer_of_code(records: &mut impl Records, hash: &str, since: DateTime<Utc>) -> StoreResult<Option<Offer>> {
    fetch_optional!(records, OFFER_OF_CODE, hash, since)
}

/// Writes down what became of an offer; false when it was written already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn answer(
    work: &mut Work,
    id: OfferId,
    (answer, way): (Answer, Option<Way>),
    by: Option<AccountId>,
    enrolment: Option<EnrolmentId>,
    at: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, ANSWER, id, answer, at, by, way, enrolment)? == 1)
}

/// Gives an offer another short code.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none that nobody answered.
pub async fn new_code(work: &mut Work, id: OfferId, hash: &str) -> StoreResult<()> {
    let touched = execute!(work, NEW_CODE, id, hash)?;
    expect_rows("NEW_CODE", 1, touched)
}

/// Runs in which somebody waits who was offered nothing, and in which one can enrol on `today`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn moving(records: &mut impl Records, today: NaiveDate) -> StoreResult<Vec<RunId>> {
    let rows: Vec<(RunId,)> = fetch_all!(records, MOVING, today)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many people of an organisation are offered a seat of a run at an instant.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn offered(
    records: &mut impl Records,
    run: RunId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> StoreResult<i64> {
    fetch_value!(records, OFFERED, run, organisation, now)
}

/// Who of an organisation waits for a seat of a run in which one can enrol on `today`, as they came; 500 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(
    records: &mut impl Records,
    organisation: OrganisationId,
    today: NaiveDate,
) -> StoreResult<Vec<WaitingInRun>> {
    fetch_all!(records, OF_ORGANISATION, organisation, today)
}
