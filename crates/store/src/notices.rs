//! The outbox: filled in the transaction of the deed, emptied by the mail worker.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::ids::{EnrolmentId, NoticeId, OrganisationId, PersonId, RegistrationId, RunId};
use domain::people::EmailAddress;
use domain::registrations::State;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

statements! {
    ENQUEUE = "INSERT INTO notice (id, dedupe_key, kind, recipient, language, payload, created_at, due_at, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0) ON CONFLICT (dedupe_key) DO NOTHING";
    // What is said of one deed goes into one letter, as long as nobody has begun to send it.
    WAITING_LETTER = "SELECT payload FROM notice WHERE dedupe_key = $1 AND attempts = 0 AND sent_at IS NULL AND given_up_at IS NULL";
    REWRITE = "UPDATE notice SET payload = $3 WHERE dedupe_key = $1 AND payload = $2 AND attempts = 0 AND sent_at IS NULL
        AND given_up_at IS NULL";
    // Whom to write to about a place in a run: the person, else the representatives of the organisation that enrolled them.
    RECIPIENTS_OF_RUN = "SELECT e.id, p.email, COALESCE(a.language, 'vi') AS language FROM enrolment e JOIN person p ON p.id = e.person_id
        LEFT JOIN account a ON a.person_id = p.id
        WHERE e.run_id = $1 AND e.withdrawn_at IS NULL AND e.enrolled_at >= $2 AND p.email IS NOT NULL
        UNION
        SELECT e.id, r.email, a.language FROM enrolment e JOIN person p ON p.id = e.person_id
        JOIN role_grant g ON g.organisation_id = e.organisation_id AND g.role = 'representative'
            AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)
        JOIN account a ON a.id = g.account_id AND a.disabled_at IS NULL JOIN person r ON r.id = a.person_id
        WHERE e.run_id = $1 AND e.withdrawn_at IS NULL AND e.enrolled_at >= $2 AND p.email IS NULL AND r.email IS NOT NULL";
    REPRESENTATIVES = "SELECT DISTINCT p.email, a.language FROM role_grant g JOIN account a ON a.id = g.account_id AND a.disabled_at IS NULL
        JOIN person p ON p.id = a.person_id WHERE g.organisation_id = $1 AND g.role = 'representative'
        AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2) AND p.email IS NOT NULL ORDER BY p.email, a.language";
    // Whoever is asked to teach is reached at the address of the person, in the language of the account.
    OF_PERSON = "SELECT p.email, COALESCE(a.language, 'vi') AS language FROM person p LEFT JOIN account a ON a.person_id = p.id
        WHERE p.id = $1 AND p.email IS NOT NULL";
    PROVINCIAL_OFFICERS = "SELECT DISTINCT p.email, a.language FROM role_grant g JOIN account a ON a.id = g.account_id AND a.disabled_at IS NULL
        JOIN person p ON p.id = a.person_id WHERE g.role = 'provincial_officer'
        AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1) AND p.email IS NOT NULL";
    // Forms that can still be sent and whose last day is from $1 to $2: of a draft, that of the receiving step. In one
    // order, so that two processes that write letters about them wait for each other instead of in a circle.
    DEADLINES = "SELECT r.id, r.organisation_id, r.organisation_name, r.product_name, y.year, r.number, r.state, r.due_on
        FROM registration r JOIN programme_year y ON y.id = r.year_id WHERE r.state = 'returned' AND r.due_on BETWEEN $1 AND $2
        UNION ALL SELECT r.id, r.organisation_id, r.organisation_name, r.product_name, y.year, r.number, r.state, v.closes AS due_on
        FROM registration r JOIN programme_year y ON y.id = r.year_id JOIN programme_window v ON v.year_id = r.year_id AND v.step = 2
        WHERE r.state = 'draft' AND v.closes BETWEEN $1 AND $2 ORDER BY 1";
    DUE = "SELECT id FROM notice WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= $1
        AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY due_at, id LIMIT 50";
    // The condition stands here again, so that of two workers that saw the same row only one gets it.
    CLAIM = "UPDATE notice SET claimed_until = $3, attempts = attempts + 1 WHERE id = $1 AND sent_at IS NULL AND given_up_at IS NULL
        AND due_at <= $2 AND (claimed_until IS NULL OR claimed_until <= $2)
        RETURNING id, recipient, language, payload, attempts, created_at";
    // A letter that holds a secret forgets it once it is out, or out of use.
    SENT = "UPDATE notice SET sent_at = $2, claimed_until = NULL, last_error = NULL,
        payload = CASE WHEN kind IN ('password_reset', 'seat_offered') THEN '' ELSE payload END WHERE id = $1 AND sent_at IS NULL";
    PUT_OFF = "UPDATE notice SET due_at = $2, claimed_until = NULL, last_error = $3 WHERE id = $1 AND sent_at IS NULL";
    GIVE_UP = "UPDATE notice SET given_up_at = $2, claimed_until = NULL, last_error = $3,
        payload = CASE WHEN kind IN ('password_reset', 'seat_offered') THEN '' ELSE payload END WHERE id = $1 AND sent_at IS NULL";
    WAITING = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE sent_at IS NULL AND given_up_at IS NULL";
}

/// A letter to be written.
#[derive(Debug, Clone)]
pub struct NewNotice<'a> {
    /// Its identifier, also its Message-ID.
    pub id: NoticeId,
    /// What makes it one of a kind: a second letter with the same key is not written.
    pub dedupe_key: &'a str,
    /// Which letter.
    pub kind: &'a str,
    /// The address it goes to.
    pub recipient: &'a str,
    /// The language its reader reads.
    pub language: Language,
    /// What it says, as JSON.
    pub payload: &'a str,
    /// When it was decided on.
    pub now: DateTime<Utc>,
}

/// A letter that a worker holds.
#[derive(Clone, sqlx::FromRow)]
pub struct Notice {
    /// Its identifier, also its Message-ID.
    pub id: NoticeId,
    /// The address it goes to.
    pub recipient: EmailAddress,
    /// The language its reader reads.
    pub language: Language,
    /// What it says, as JSON. May hold a secret.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it was decided on.
    pub created_at: DateTime<Utc>,
}

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Reader {
    /// The address.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
}

/// Whom to write to about one place in a run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Recipient {
    /// The place.
    #[sqlx(rename = "id")]
    pub enrolment: EnrolmentId,
    /// The address.
    pub email: EmailAddress,
    /// The language its reader reads.
    pub language: Language,
}

/// A form whose last day is near.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NearDeadline {
    /// The form.
    pub id: RegistrationId,
    /// Who makes the product.
    pub organisation_id: OrganisationId,
    /// The organisation's name as the form has it.
    pub organisation_name: String,
    /// The product.
    pub product_name: String,
    /// The programme year.
    pub year: i64,
    /// Its number; none until it was received.
    pub number: Option<i64>,
    /// Where it stands: a draft, or returned.
    pub state: State,
    /// The last day on which it can be sent.
    pub due_on: NaiveDate,
}

/// Forms that have to be sent from one day to another.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn deadlines(records: &mut impl Records, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<NearDeadline>> {
    fetch_all!(records, DEADLINES, from, to)
}

/// Puts a letter into the outbox; false when it is there already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn enqueue(work: &mut Work, notice: &NewNotice<'_>) -> StoreResult<bool> {
    let n = notice;
    let added = execute!(work, ENQUEUE, n.id, n.dedupe_key, n.kind, n.recipient, n.language, n.payload, n.now)?;
    Ok(added == 1)
}

/// What a letter says that nobody has begun to send.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn waiting_letter(records: &mut impl Records, dedupe_key: &str) -> StoreResult<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(records, WAITING_LETTER, dedupe_key)?;
    Ok(row.map(|(payload,)| payload))
}

/// Lets such a letter say something else; false when somebody began to send it, or it says something else already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn rewrite(work: &mut Work, dedupe_key: &str, was: &str, payload: &str) -> StoreResult<bool> {
    Ok(execute!(work, REWRITE, dedupe_key, was, payload)? == 1)
}

/// The representatives of an organisation who have an address.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn representatives(
    records: &mut impl Records,
    organisation: OrganisationId,
    today: NaiveDate,
) -> StoreResult<Vec<Reader>> {
    fetch_all!(records, REPRESENTATIVES, organisation, today)
}

/// A person who has an address.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, person: PersonId) -> StoreResult<Option<Reader>> {
    fetch_optional!(records, OF_PERSON, person)
}

/// The officers of the province who have an address.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn provincial_officers(records: &mut impl Records, today: NaiveDate) -> StoreResult<Vec<Reader>> {
    fetch_all!(records, PROVINCIAL_OFFICERS, today)
}

/// Whom to write to about the live places of a run that were taken at `since` or later.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn recipients_of_run(
    records: &mut impl Records,
    run: RunId,
    since: DateTime<Utc>,
    today: NaiveDate,
) -> StoreResult<Vec<Recipient>> {
    fetch_all!(records, RECIPIENTS_OF_RUN, run, since, today)
}

/// The letters that wait to be sent, the longest waiting first; 50 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn due(records: &mut impl Records, now: DateTime<Utc>) -> StoreResult<Vec<NoticeId>> {
    let rows: Vec<(NoticeId,)> = fetch_all!(records, DUE, now)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes a letter that is due until `until`; none when another worker was faster.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn claim(work: &mut Work, id: NoticeId, now: DateTime<Utc>, until: DateTime<Utc>) -> StoreResult<Option<Notice>> {
    fetch_optional!(work, CLAIM, id, now, until)
}

/// Notes that a letter was handed to the mail server.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it was noted already.
pub async fn sent(work: &mut Work, id: NoticeId, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, SENT, id, now)?;
    expect_rows("SENT", 1, touched)
}

/// Puts a letter off until `due`, with what went wrong.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such letter to be sent.
pub async fn put_off(work: &mut Work, id: NoticeId, due: DateTime<Utc>, error: &str) -> StoreResult<()> {
    let touched = execute!(work, PUT_OFF, id, due, error)?;
    expect_rows("PUT_OFF", 1, touched)
}

/// Gives a letter up, with what went wrong.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such letter to be sent.
pub async fn give_up(work: &mut Work, id: NoticeId, now: DateTime<Utc>, error: &str) -> StoreResult<()> {
    let touched = execute!(work, GIVE_UP, id, now, error)?;
    expect_rows("GIVE_UP", 1, touched)
}

/// How many letters are still to be sent.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn waiting(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, WAITING)
}
