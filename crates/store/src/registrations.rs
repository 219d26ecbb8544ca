//! Product registration forms and their history.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{
    AccountId, ForwardingListId, OrganisationId, ProductGroupId, ProgrammeYearId, RegistrationEventId, RegistrationId, RemarkId,
    SelectionDecisionId, UnitId,
};
use domain::organisations::OrganisationKind;
use domain::registrations::{Content, RegistrationKind, RegistrationSource, State, Step};
use domain::selections::Knowledge;

use crate::error::expect_rows;
use crate::units::Unit;
use crate::{Records, StoreResult, Work};

/// Whether form `r` lies in the scope of a unit: it was received there, its organisation lay there, or a person said that
/// it lies there now.
macro_rules! lies_in {
    ($unit:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM unit_cover c WHERE c.unit_id = ",
            $unit,
            " AND c.covered_id IN (r.unit_id, r.place_id)) OR EXISTS (SELECT 1 FROM organisation_cover c WHERE c.organisation_id = r.organisation_id
                AND c.covered_id = r.place_id AND c.unit_id = ",
            $unit,
            "))"
        )
    };
}

pub(crate) use lies_in;

/// Whether an account may see form `r`: everything when $1 says so, else what lies in the units and organisations of the
/// grants of account $2 on day $3. A form lies where it was received and where its organisation lay, so that officers of
/// both see it.
macro_rules! in_sight {
    () => {
        concat!(
            "($1 = TRUE OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)
                AND (g.organisation_id = r.organisation_id OR (g.role IN ('unit_officer', 'manager') AND ",
            lies_in!("g.unit_id"),
            "))))"
        )
    };
}

/// The units under which forms `r` that are `$wanted` are found on day `$today`: those that received them, and those of
/// that day in which they lie, by the law or since a person said so. What covers places is joined to few rows, and people
/// say little.
macro_rules! units_of {
    ($wanted:expr, $today:literal) => {
        concat!(
            "SELECT DISTINCT u.id, u.code, u.name, u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, p.kind AS parent_kind, p.name AS parent_name
             FROM (SELECT c.unit_id, d.unit_id AS received_by FROM (SELECT DISTINCT r.unit_id, r.place_id FROM registration r WHERE ",
            $wanted,
            ") d JOIN unit_cover c ON c.covered_id IN (d.unit_id, d.place_id)
             UNION SELECT o.unit_id, r.unit_id AS received_by FROM organisation_cover o
                 JOIN registration r ON r.organisation_id = o.organisation_id AND r.place_id = o.covered_id WHERE ",
            $wanted,
            ") f JOIN unit u ON u.id = f.unit_id LEFT JOIN unit p ON p.id = u.parent_id
             WHERE u.level <> 'province' AND (u.id = f.received_by OR u.valid_to IS NULL OR u.valid_to > ",
            $today,
            ") ORDER BY u.code, u.valid_from, u.id"
        )
    };
}

/// What the last known line in the history of a decided form `r` says, as [`Knowledge::includes`] has it: a decision that is
/// being prepared is not known.
macro_rules! last_known {
    ($column:literal) => {
        concat!(
            "(SELECT k.",
            $column,
            " FROM registration_event k LEFT JOIN selection_decision l ON l.id = k.decision_id
                WHERE k.registration_id = r.id AND (k.decision_id IS NULL OR l.published_at IS NOT NULL) ORDER BY k.number DESC LIMIT 1)"
        )
    };
}

/// Where form `r` stands for who knows decisions that are being prepared when `$prepared` says so, and for everybody else.
macro_rules! known_state {
    ($prepared:literal) => {
        concat!(
            "CASE WHEN ",
            $prepared,
            " = TRUE OR r.state NOT IN ('selected', 'not_selected') THEN r.state ELSE ",
            crate::registrations::last_known!("state"),
            " END"
        )
    };
}

/// Since when form `r` stands there, the same way.
macro_rules! known_since {
    ($prepared:literal) => {
        concat!(
            "CASE WHEN ",
            $prepared,
            " = TRUE OR r.state NOT IN ('selected', 'not_selected') THEN r.state_at ELSE ",
            crate::registrations::last_known!("happened_at"),
            " END"
        )
    };
}

pub(crate) use {known_since, known_state, last_known, units_of};

statements! {
    ADD = "INSERT INTO registration (id, year_id, organisation_id, unit_id, place_id, organisation_name, organisation_kind, kind, source,
        product_name, search_text, group_id, content, completeness, state, state_at, version, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'draft', $15, 1, $15, $16)";
    FIND = "SELECT r.id, r.year_id, y.year, r.organisation_id, r.unit_id, r.place_id, r.organisation_name, r.organisation_kind, r.kind, r.source,
        r.number, r.product_name, r.group_id, r.content, r.completeness, r.state, r.state_at, r.due_on, r.is_feasible, r.score, r.duplicate_of,
        r.version, r.received_on, r.created_at FROM registration r JOIN programme_year y ON y.id = r.year_id WHERE r.id = $1";
    OF_ORGANISATION = "SELECT r.id, r.year_id, y.year, r.organisation_id, r.unit_id, r.place_id, r.organisation_name, r.organisation_kind, r.kind, r.source,
        r.number, r.product_name, r.group_id, r.content, r.completeness, r.state, r.state_at, r.due_on, r.is_feasible, r.score, r.duplicate_of,
        r.version, r.received_on, r.created_at FROM registration r JOIN programme_year y ON y.id = r.year_id
        WHERE r.organisation_id = $1 ORDER BY y.year DESC, r.created_at DESC, r.id";
    // Seen on day $8, what lies in a unit
    // that lived then does not lie in the one that took it in later. $9: whether decisions are known that are prepared.
    SEARCH = concat!("SELECT r.id, y.year, r.organisation_id, r.organisation_name, r.organisation_kind, r.unit_id, r.number, r.product_name, r.completeness, ", known_state!("$9"), " AS state, ",
        known_since!("$9"), " AS state_at, r.due_on, r.is_feasible, r.score FROM registration r JOIN programme_year y ON y.id = r.year_id
        WHERE ", in_sight!(), " AND (CAST($4 AS BIGINT) IS NULL OR y.year = $4) AND (CAST($5 AS TEXT) IS NULL OR ", known_state!("$9"), " = $5) AND r.search_text LIKE $6 ESCAPE '\\'
        AND (", lies_in!("$7"), " OR $7 IS NULL)
        AND (CAST($8 AS DATE) IS NULL OR NOT EXISTS (SELECT 1 FROM unit w JOIN unit_cover d ON d.unit_id = w.id JOIN unit v ON v.id = d.covered_id
            WHERE w.id = $7 AND v.id <> w.id AND v.level = w.level AND (v.valid_from IS NULL OR v.valid_from <= $8)
            AND (v.valid_to IS NULL OR v.valid_to > $8) AND ", lies_in!("v.id"), "))
        ORDER BY state_at DESC, r.id LIMIT 201");
    UNITS_SEEN = units_of!(in_sight!(), "$3");
    KNOWN_STATE = concat!("SELECT ", known_state!("$2"), " FROM registration r WHERE r.id = $1");
    LOCK_FORM = "SELECT id FROM registration WHERE id = $1 FOR UPDATE";
    SAVE = "UPDATE registration SET product_name = $3, search_text = $4, group_id = $5, content = $6, completeness = $7, kind = $8,
        version = version + 1 WHERE id = $1 AND version = $2 AND state IN ('draft', 'returned')";
    SET_COMPLETENESS = "UPDATE registration SET completeness = $2 WHERE id = $1";
    // The version the decision was made on stands in the condition: of two deeds at once, one finds nothing to change.
    STEP = "UPDATE registration SET state = $3, state_at = $4, due_on = $5, duplicate_of = $6, version = version + 1 WHERE id = $1 AND version = $2";
    // A form that comes back keeps its number, its unit and the day it first came; what is copied of the organisation is new.
    REFRESH = "UPDATE registration SET place_id = $2, organisation_name = $3, organisation_kind = $4, search_text = $5 WHERE id = $1";
    RECEIVE = "UPDATE registration SET unit_id = $2, received_on = $3,
        number = (SELECT COALESCE(MAX(o.number), 0) + 1 FROM registration o WHERE o.unit_id = $2 AND o.year_id = registration.year_id)
        WHERE id = $1 AND number IS NULL";
    SET_RESULT = "UPDATE registration SET is_feasible = $2, score = $3 WHERE id = $1";
    ADD_EVENT = "INSERT INTO registration_event (id, registration_id, number, step, state, reason, due_on, list_id, decision_id, happened_at, happened_by)
        VALUES ($1, $2, (SELECT COALESCE(MAX(e.number), 0) + 1 FROM registration_event e WHERE e.registration_id = $2), $3, $4, $5, $6, $7, $8, $9, $10)";
    HISTORY = "SELECT e.id, e.number, e.step, e.state, e.reason, e.due_on, e.list_id, f.number AS list_number, e.decision_id,
        d.number AS decision_number, d.published_at AS decision_published_at, e.happened_at, e.happened_by, p.full_name AS happened_by_name
        FROM registration_event e JOIN account a ON a.id = e.happened_by JOIN person p ON p.id = a.person_id
        LEFT JOIN forwarding_list f ON f.id = e.list_id LEFT JOIN selection_decision d ON d.id = e.decision_id
        WHERE e.registration_id = $1 ORDER BY e.number";
    ADD_REMARK = "INSERT INTO registration_remark (id, event_id, subject, remark) VALUES ($1, $2, $3, $4)";
    REMARKS = "SELECT m.event_id, m.subject, m.remark FROM registration_remark m JOIN registration_event e ON e.id = m.event_id
        WHERE e.registration_id = $1 ORDER BY e.number, m.id";
}

/// A product registration form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Registration {
    /// Its identifier.
    pub id: RegistrationId,
    /// The programme year it is for.
    pub year_id: ProgrammeYearId,
    /// That year.
    pub year: i64,
    /// Who makes the product.
    pub organisation_id: OrganisationId,
    /// The unit that receives it.
    pub unit_id: UnitId,
    /// Where the organisation lay when it was sent.
    pub place_id: UnitId,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// Which form it is.
    pub kind: RegistrationKind,
    /// How it came in.
    pub source: RegistrationSource,
    /// Its number among those the unit received in the year; none until it was.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// Where it stands in the classification.
    pub group_id: Option<ProductGroupId>,
    /// What was typed, as JSON: see [`Registration::typed`].
    pub content: String,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// By when it has to come back, while it is returned.
    pub due_on: Option<NaiveDate>,
    /// Whether most evaluators hold it to be feasible; none until somebody evaluated it.
    pub is_feasible: Option<bool>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
    /// The form that says the same.
    pub duplicate_of: Option<RegistrationId>,
    /// Counts every change.
    pub version: i64,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl Registration {
    /// What was typed.
    ///
    /// # Errors
    /// [`crate::StoreError::Text`] when it was damaged.
    pub fn typed(&self) -> StoreResult<Content> {
        Ok(serde_json::from_str(&self.content)?)
    }

    /// Puts other content in the place of what was typed; [`save`] keeps it.
    ///
    /// # Errors
    /// [`crate::StoreError::Text`], which does not happen with text alone.
    pub fn set_typed(&mut self, content: &Content) -> StoreResult<()> {
        self.content = serde_json::to_string(content)?;
        Ok(())
    }
}

/// A form in a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationLine {
    /// Its identifier.
    pub id: RegistrationId,
    /// The programme year it is for.
    pub year: i64,
    /// Who makes the product.
    pub organisation_id: OrganisationId,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// The unit that receives it.
    pub unit_id: UnitId,
    /// Its number; none until it was received.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// By when it has to come back, while it is returned.
    pub due_on: Option<NaiveDate>,
    /// Whether most evaluators hold it to be feasible.
    pub is_feasible: Option<bool>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
}

/// Which forms are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this year; of all when none.
    pub year: Option<i64>,
    /// In this state; in any when none.
    pub state: Option<State>,
    /// With this in the product's or the organisation's name, whatever the tones.
    pub text: String,
    /// From the scope of this unit, one of today or an earlier one; from anywhere when none.
    pub unit: Option<UnitId>,
    /// As this scope was on a day: without what the unit took in later.
    pub seen_on: Option<NaiveDate>,
}

/// A line in the history of a form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationEvent {
    /// Its identifier.
    pub id: RegistrationEventId,
    /// Its place in the history, from 1.
    pub number: i64,
    /// What was done.
    pub step: Step,
    /// Where it led.
    pub state: State,
    /// Why.
    pub reason: String,
    /// By when the form has to come back.
    pub due_on: Option<NaiveDate>,
    /// The list it happened with.
    pub list_id: Option<ForwardingListId>,
    /// The number of that list.
    pub list_number: Option<String>,
    /// The decision it happened by.
    pub decision_id: Option<SelectionDecisionId>,
    /// The number of that decision.
    pub decision_number: Option<String>,
    /// When that was published.
    pub decision_published_at: Option<DateTime<Utc>>,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Who did it.
    pub happened_by: AccountId,
    /// Their name, as it is today.
    pub happened_by_name: String,
}

/// What is to be put right in a returned form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Remark {
    /// The return it belongs to.
    pub event_id: RegistrationEventId,
    /// The field of the form or item of the dossier.
    pub subject: String,
    /// What is wrong with it.
    pub remark: String,
}

impl RegistrationEvent {
    /// Whether it is known to who knows this much of decisions.
    #[must_use]
    pub fn is_known(&self, knowledge: Knowledge) -> bool {
        knowledge.includes(self.decision_id.map(|_| self.decision_published_at.is_some()))
    }
}

/// A step as it is stored.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// Its identifier.
    pub id: RegistrationEventId,
    /// What is done.
    pub step: Step,
    /// Where it leads.
    pub state: State,
    /// Why; may be empty.
    pub reason: &'a str,
    /// By when the form has to come back.
    pub due_on: Option<NaiveDate>,
    /// The form it repeats, for a duplicate.
    pub duplicate_of: Option<RegistrationId>,
    /// The list it happens with.
    pub list: Option<ForwardingListId>,
    /// The decision it happens by.
    pub decision: Option<SelectionDecisionId>,
    /// When.
    pub now: DateTime<Utc>,
    /// Who does it.
    pub by: AccountId,
}

/// Adds a draft. Its history begins with an event of its own.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, registration: &Registration, by: AccountId) -> StoreResult<()> {
    let r = registration;
    execute!(
        work,
        ADD,
        r.id,
        r.year_id,
        r.organisation_id,
        r.unit_id,
        r.place_id,
        &r.organisation_name,
        r.organisation_kind,
        r.kind,
        r.source,
        &r.product_name,
        search_text(&r.product_name, &r.organisation_name),
        r.group_id,
        &r.content,
        r.completeness,
        r.created_at,
        by
    )?;
    Ok(())
}

fn search_text(product: &str, organisation: &str) -> String {
    domain::text::fold(&format!("{product} {organisation}"))
}

/// One form.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RegistrationId) -> StoreResult<Option<Registration>> {
    fetch_optional!(records, FIND, id)
}

/// The forms of an organisation, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<Registration>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}

/// The forms that an account may see, the latest step first; 201 at most, so that who shows 200 knows of more.
/// `everywhere` says that it sees the whole province. Each stands where it is known to stand.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn search(
    records: &mut impl Records,
    wanted: &Wanted,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
    knowledge: Knowledge,
) -> StoreResult<Vec<RegistrationLine>> {
    let text = domain::text::like_pattern(&wanted.text);
    let w = wanted;
    let (state, prepared) = (w.state.map(State::as_str), knowledge.is_of_prepared());
    fetch_all!(records, SEARCH, everywhere, account, today, w.year, state, text, w.unit, w.seen_on, prepared)
}

/// The units under which the forms that an account may see are found: those that received them, and those of today, some
/// of these since a person said where an organisation lies.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units_seen(
    records: &mut impl Records,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, UNITS_SEEN, everywhere, account, today)
}

/// Where a form stands for who knows this much of decisions.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn known_state(records: &mut impl Records, id: RegistrationId, knowledge: Knowledge) -> StoreResult<State> {
    fetch_value!(records, KNOWN_STATE, id, knowledge.is_of_prepared())
}

/// Holds a form against other units of work until this one ends.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: RegistrationId) -> StoreResult<()> {
    work.lock(LOCK_FORM, id.0).await
}

/// Keeps what was typed: `registration` as it is to be, with the version it was read in. False when it changed since, or
/// is no longer open.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn save(work: &mut Work, registration: &Registration) -> StoreResult<bool> {
    let r = registration;
    let search = search_text(&r.product_name, &r.organisation_name);
    let saved = execute!(work, SAVE, r.id, r.version, &r.product_name, search, r.group_id, &r.content, r.completeness, r.kind)?;
    Ok(saved == 1)
}

/// Notes how complete a form is after its dossier changed, in percent.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn set_completeness(work: &mut Work, id: RegistrationId, percent: i64) -> StoreResult<()> {
    let touched = execute!(work, SET_COMPLETENESS, id, percent)?;
    expect_rows("SET_COMPLETENESS", 1, touched)
}

/// Takes a step: the form, as it was read in `version`, goes into the event's state, and the event is added. False when
/// the form changed since.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn step(work: &mut Work, id: RegistrationId, version: i64, event: &NewEvent<'_>) -> StoreResult<bool> {
    let e = event;
    if execute!(work, STEP, id, version, e.state, e.now, e.due_on, e.duplicate_of)? != 1 {
        return Ok(false);
    }
    add_event(work, id, e).await?;
    Ok(true)
}

/// Adds a line to the history alone: the first of a draft.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_event(work: &mut Work, id: RegistrationId, event: &NewEvent<'_>) -> StoreResult<()> {
    let e = event;
    execute!(work, ADD_EVENT, e.id, id, e.step, e.state, e.reason, e.due_on, e.list, e.decision, e.now, e.by)?;
    Ok(())
}

/// Keeps the organisation as it is now, and numbers a form among those its unit receives. One that has its number keeps
/// that, its unit and its day. Hold the programme year while doing so.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn receive(work: &mut Work, registration: &Registration, received_on: NaiveDate) -> StoreResult<()> {
    let r = registration;
    let search = search_text(&r.product_name, &r.organisation_name);
    let touched = execute!(work, REFRESH, r.id, r.place_id, &r.organisation_name, r.organisation_kind, search)?;
    expect_rows("REFRESH", 1, touched)?;
    execute!(work, RECEIVE, r.id, r.unit_id, received_on)?;
    Ok(())
}

/// Notes what the evaluators think of a form: whether most hold it to be feasible, and their mean total.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn set_result(work: &mut Work, id: RegistrationId, is_feasible: Option<bool>, score: Option<i64>) -> StoreResult<()> {
    let touched = execute!(work, SET_RESULT, id, is_feasible, score)?;
    expect_rows("SET_RESULT", 1, touched)
}

/// The history of a form, from its beginning.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn history(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<RegistrationEvent>> {
    fetch_all!(records, HISTORY, id)
}

/// Adds what is to be put right to a return.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_remark(work: &mut Work, id: RemarkId, remark: &Remark) -> StoreResult<()> {
    execute!(work, ADD_REMARK, id, remark.event_id, &remark.subject, &remark.remark)?;
    Ok(())
}

/// What was to be put right in every return of a form, from the first on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remarks(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<Remark>> {
    fetch_all!(records, REMARKS, id)
}
