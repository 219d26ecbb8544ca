//! Enrolments: one person's place in one run, with what was true when it was taken.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::completion::Outcome;
use domain::enrolments::EnrolmentSource;
use domain::ids::{AccountId, EnrolmentId, OrganisationId, PersonId, RunId, UnitId};
use domain::people::{Birth, Sex, middle_name};
use domain::runs::RunState;

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO enrolment (id, run_id, person_id, organisation_id, unit_id, person_name, given_name, middle_name, birth_date,
        birth_year, organisation_name, position, on_state_payroll, source, enrolled_at, enrolled_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (run_id, person_id) WHERE withdrawn_at IS NULL DO NOTHING";
    FIND = "SELECT id, run_id, person_id, organisation_id, unit_id, person_name, birth_date, birth_year, organisation_name, position,
        on_state_payroll, source, enrolled_at, withdrawn_at FROM enrolment WHERE id = $1";
    LIVE_OF_RUN = "SELECT id, run_id, person_id, organisation_id, unit_id, person_name, birth_date, birth_year, organisation_name, position,
        on_state_payroll, source, enrolled_at, withdrawn_at FROM enrolment WHERE run_id = $1 AND withdrawn_at IS NULL
        ORDER BY given_name COLLATE \"vi\", middle_name COLLATE \"vi\", person_name COLLATE \"vi\", id";
    LIVE_OF_PERSON = "SELECT id, run_id, person_id, organisation_id, unit_id, person_name, birth_date, birth_year, organisation_name, position,
        on_state_payroll, source, enrolled_at, withdrawn_at FROM enrolment WHERE run_id = $1 AND person_id = $2 AND withdrawn_at IS NULL";
    OF_ORGANISATION = "SELECT e.id, e.run_id, e.person_id, e.organisation_id, e.unit_id, e.person_name, e.birth_date, e.birth_year,
        e.organisation_name, e.position, e.on_state_payroll, e.source, e.enrolled_at, e.withdrawn_at,
        c.title AS course_title, c.title_english AS course_title_english, r.name AS run_name, r.venue, r.published_at, r.closed_at,
        r.cancelled_at, (SELECT MIN(s.day) FROM held_session s WHERE s.run_id = r.id) AS first_day,
        (SELECT MAX(s.day) FROM held_session s WHERE s.run_id = r.id) AS last_day
        FROM enrolment e JOIN run r ON r.id = e.run_id JOIN course c ON c.id = r.course_id
        WHERE e.organisation_id = $1 AND e.withdrawn_at IS NULL
        ORDER BY first_day DESC, r.id, e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id LIMIT 2000";
    OF_PERSON = "SELECT e.run_id, e.organisation_id, e.organisation_name, c.title AS course_title, c.title_english AS course_title_english,
        r.name AS run_name, d.first_day, d.last_day, e.withdrawn_at, r.cancelled_at, k.outcome, f.serial, f.verify_token
        FROM enrolment e JOIN run r ON r.id = e.run_id JOIN course c ON c.id = r.course_id
        LEFT JOIN (SELECT run_id, MIN(day) AS first_day, MAX(day) AS last_day FROM held_session GROUP BY run_id) d ON d.run_id = r.id
        LEFT JOIN completion k ON k.enrolment_id = e.id
        LEFT JOIN certificate f ON f.enrolment_id = e.id AND f.revoked_at IS NULL
        WHERE e.person_id = $1 ORDER BY e.enrolled_at DESC, e.id LIMIT 200";
    // Who left a run after attendance had begun: their marks stay.
    LEFT_RUN = "SELECT e.id, e.run_id, e.person_id, e.organisation_id, e.unit_id, e.person_name, e.birth_date, e.birth_year,
        e.organisation_name, e.position, e.on_state_payroll, e.source, e.enrolled_at, e.withdrawn_at FROM enrolment e
        WHERE e.run_id = $1 AND e.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 FROM mark m WHERE m.enrolment_id = e.id)
        ORDER BY e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id";
    PARTICULARS = "SELECT e.id, p.sex, p.phone FROM enrolment e JOIN person p ON p.id = e.person_id
        WHERE e.run_id = $1 AND e.withdrawn_at IS NULL";
    MARKS = "SELECT CAST(COUNT(*) AS BIGINT) FROM mark WHERE enrolment_id = $1";
    WITHDRAW = "UPDATE enrolment SET withdrawn_at = $2, withdrawn_by = $3, withdrawal_reason = $4 WHERE id = $1 AND withdrawn_at IS NULL";
}

/// One person's place in one run. Names and unit are as they were on enrolling.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Enrolment {
    /// Its identifier.
    pub id: EnrolmentId,
    /// The run.
    pub run_id: RunId,
    /// The person.
    pub person_id: PersonId,
    /// The organisation that enrolled them.
    pub organisation_id: OrganisationId,
    /// The unit of that organisation.
    pub unit_id: UnitId,
    /// Their name.
    pub person_name: String,
    /// Their date of birth, when known.
    pub birth_date: Option<NaiveDate>,
    /// Their year of birth, when only that is known.
    pub birth_year: Option<i64>,
    /// The name of the organisation.
    pub organisation_name: String,
    /// What they were there.
    pub position: Option<String>,
    /// Whether the state paid them.
    pub on_state_payroll: bool,
    /// How it came in.
    pub source: EnrolmentSource,
    /// When it came in.
    pub enrolled_at: DateTime<Utc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Enrolment {
    /// When the person was born, as far as it is known.
    #[must_use]
    pub fn birth(&self) -> Option<Birth> {
        Birth::from_record(self.birth_date, self.birth_year)
    }
}

/// Adds an enrolment; false when the person has a live one in the run already. `given_name` is what lists sort by.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, enrolment: &Enrolment, given_name: &str, by: AccountId) -> StoreResult<bool> {
    let e = enrolment;
    let added = execute!(
        work,
        ADD,
        e.id,
        e.run_id,
        e.person_id,
        e.organisation_id,
        e.unit_id,
        &e.person_name,
        given_name,
        middle_name(&e.person_name),
        e.birth_date,
        e.birth_year,
        &e.organisation_name,
        &e.position,
        e.on_state_payroll,
        e.source,
        e.enrolled_at,
        by
    )?;
    Ok(added == 1)
}

/// One enrolment, live or withdrawn.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: EnrolmentId) -> StoreResult<Option<Enrolment>> {
    fetch_optional!(records, FIND, id)
}

/// Who takes part in a run, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live_of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Enrolment>> {
    fetch_all!(records, LIVE_OF_RUN, run)
}

/// Who left a run after attendance of them had been marked, by given name. They did not complete it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn left_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Enrolment>> {
    fetch_all!(records, LEFT_RUN, run)
}

/// Sex and telephone number of who takes part in a run, in no order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn particulars(
    records: &mut impl Records,
    run: RunId,
) -> StoreResult<Vec<(EnrolmentId, (Option<Sex>, Option<String>))>> {
    let rows: Vec<(EnrolmentId, Option<Sex>, Option<String>)> = fetch_all!(records, PARTICULARS, run)?;
    Ok(rows.into_iter().map(|(id, sex, phone)| (id, (sex, phone))).collect())
}

/// The place a person has in a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live_of_person(records: &mut impl Records, run: RunId, person: PersonId) -> StoreResult<Option<Enrolment>> {
    fetch_optional!(records, LIVE_OF_PERSON, run, person)
}

/// An enrolment with what lists show of its run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EnrolmentInRun {
    /// The enrolment.
    #[sqlx(flatten)]
    pub enrolment: Enrolment,
    /// The title of the course in Vietnamese.
    pub course_title: String,
    /// The title of the course in English.
    pub course_title_english: String,
    /// What tells the run from others of its course.
    pub run_name: String,
    /// Where it is held.
    pub venue: String,
    /// When the run was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When its completion was decided.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// The day of its first session.
    pub first_day: Option<NaiveDate>,
    /// The day of its last session.
    pub last_day: Option<NaiveDate>,
}

impl EnrolmentInRun {
    /// What the run is called in the language of its reader: its course, and what tells it from other runs of it.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        domain::runs::title(language, (&self.course_title, &self.course_title_english), &self.run_name)
    }

    /// Where the run stands.
    #[must_use]
    pub fn state(&self) -> RunState {
        RunState::of(self.published_at, self.closed_at, self.cancelled_at)
    }
}

/// The places that people of an organisation have, the latest run first; 2,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<EnrolmentInRun>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}

/// One place that somebody had or has, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Training {
    /// The run.
    pub run_id: RunId,
    /// The organisation that enrolled them.
    pub organisation_id: OrganisationId,
    /// Its name, as on enrolling.
    pub organisation_name: String,
    /// The title of the course.
    pub course_title: String,
    /// The same in English.
    pub course_title_english: String,
    /// What tells the run from others of its course.
    pub run_name: String,
    /// The first day it is held; none when it has no session.
    pub first_day: Option<NaiveDate>,
    /// The last day.
    pub last_day: Option<NaiveDate>,
    /// When the place was given back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When the run was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What was decided when the run was closed.
    pub outcome: Option<Outcome>,
    /// The serial number of the certificate that holds.
    pub serial: Option<String>,
    /// What its page is found by.
    pub verify_token: Option<String>,
}

impl Training {
    /// The run's title in the language of its reader.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        domain::runs::title(language, (&self.course_title, &self.course_title_english), &self.run_name)
    }
}

/// The places that somebody had and has, the latest taken first; 200 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, person: PersonId) -> StoreResult<Vec<Training>> {
    fetch_all!(records, OF_PERSON, person)
}

/// Whether attendance was marked for an enrolment.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn is_marked(records: &mut impl Records, id: EnrolmentId) -> StoreResult<bool> {
    let marks: i64 = fetch_value!(records, MARKS, id)?;
    Ok(marks > 0)
}

/// Withdraws a live enrolment; false when it was withdrawn already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn withdraw(work: &mut Work, id: EnrolmentId, reason: &str, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, WITHDRAW, id, now, by, reason)? == 1)
}
