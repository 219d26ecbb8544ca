//! What happened with an organisation over the years: its forms with lists and decisions, its classes with people,
//! completion and certificates. One question each, whatever their number.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::completion::Outcome;
use domain::ids::{CertificateId, EnrolmentId, ForwardingListId, OrganisationId, RegistrationId, RunId, UnitId};
use domain::registrations::{State, Step};
use domain::runs::RunState;
use domain::selections::Knowledge;

use crate::registrations::{stands, stands_since};
use crate::{Records, StoreResult};

/// What is read of a run wherever it stands in a history.
macro_rules! class_columns {
    () => {
        "r.id AS run_id, c.title AS course_title, c.title_english AS course_title_english, r.name AS run_name, r.published_at, r.closed_at,
         r.cancelled_at, (SELECT MIN(s.day) FROM held_session s WHERE s.run_id = r.id) AS first_day,
         (SELECT MAX(s.day) FROM held_session s WHERE s.run_id = r.id) AS last_day"
    };
}

statements! {
    FORMS = concat!("SELECT r.id, y.year, r.product_name, r.unit_id, r.place_id, ", stands!("$2"), " AS state, ", stands_since!("$2"), " AS state_at FROM registration r
        JOIN programme_year y ON y.id = r.year_id WHERE r.organisation_id = $1 ORDER BY y.year DESC, r.created_at, r.id LIMIT 1000");
    LISTS = "SELECT e.registration_id, f.id, f.unit_id, f.number, f.signed_on, f.accepted_at, f.returned_at FROM registration r
        JOIN forwarding_entry e ON e.registration_id = r.id
        JOIN forwarding_list f ON f.id = e.list_id AND f.frozen_at IS NOT NULL AND f.discarded_at IS NULL
        WHERE r.organisation_id = $1 ORDER BY f.frozen_at, f.id";
    // Of several outcomes of one form in one decision the last counts.
    DECISIONS = "SELECT v.registration_id, d.number, d.decided_on, d.published_at, v.step FROM registration r
        JOIN registration_event v ON v.registration_id = r.id JOIN selection_decision d ON d.id = v.decision_id
        WHERE r.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM registration_event n
            WHERE n.registration_id = v.registration_id AND n.decision_id = v.decision_id AND n.number > v.number)
        ORDER BY v.registration_id, v.number";
    PLACES = concat!("SELECT e.id, e.person_name, k.outcome, t.id AS certificate_id, t.serial, t.revoked_at, ", class_columns!(), "
        FROM enrolment e JOIN run r ON r.id = e.run_id JOIN course c ON c.id = r.course_id LEFT JOIN completion k ON k.enrolment_id = e.id
        LEFT JOIN certificate t ON t.id = (SELECT x.id FROM certificate x WHERE x.person_id = e.person_id AND x.enrolment_id = e.id
            ORDER BY x.issued_at DESC, x.number DESC LIMIT 1)
        WHERE e.organisation_id = $1 AND e.withdrawn_at IS NULL
        ORDER BY first_day DESC, r.id, e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id LIMIT 2000");
    EXCEPTIONS = concat!("SELECT x.reason, x.withdrawn_at, ", class_columns!(), "
        FROM eligibility_exception x JOIN run r ON r.id = x.run_id AND r.published_at IS NOT NULL JOIN course c ON c.id = r.course_id
        WHERE x.organisation_id = $1 ORDER BY first_day DESC, r.id, x.granted_at");
}

/// A form of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastForm {
    /// Its identifier.
    pub id: RegistrationId,
    /// The programme year it is for.
    pub year: i64,
    /// The product.
    pub product_name: String,
    /// The unit that receives it.
    pub unit_id: UnitId,
    /// Where the organisation lay when it was sent.
    pub place_id: UnitId,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
}

/// A frozen list in which a form stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastList {
    /// The form.
    pub registration_id: RegistrationId,
    /// The list.
    pub id: ForwardingListId,
    /// The unit that drew it up.
    pub unit_id: UnitId,
    /// Its number.
    pub number: Option<String>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
    /// When the province accepted it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When the province returned it.
    pub returned_at: Option<DateTime<Utc>>,
}

/// What a decision says of a form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastDecision {
    /// The form.
    pub registration_id: RegistrationId,
    /// The number of the decision.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// [`Step::Select`] or [`Step::Reject`].
    pub step: Step,
}

/// A run that people of the organisation took part in, or were let into.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastClass {
    /// The run.
    pub run_id: RunId,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// What tells it from others of its course.
    pub run_name: String,
    published_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    /// The day of its first session.
    pub first_day: Option<NaiveDate>,
    /// The day of its last session.
    pub last_day: Option<NaiveDate>,
}

impl PastClass {
    /// What it is called in the language of its reader: its course, and what tells it from other runs of it.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        domain::runs::title(language, (&self.course_title, &self.course_title_english), &self.run_name)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> RunState {
        RunState::of(self.published_at, self.closed_at, self.cancelled_at)
    }
}

/// Somebody's place in a run, with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastPlace {
    /// The enrolment.
    pub id: EnrolmentId,
    /// Their name, as on enrolling.
    pub person_name: String,
    /// What was decided; none yet while the run is not closed.
    pub outcome: Option<Outcome>,
    /// The last certificate issued for it.
    pub certificate_id: Option<CertificateId>,
    /// The serial of that.
    pub serial: Option<String>,
    /// When that was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The run.
    #[sqlx(flatten)]
    pub class: PastClass,
}

/// A run that the organisation was let into without a selected product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastException {
    /// Why.
    pub reason: String,
    /// When that was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The run.
    #[sqlx(flatten)]
    pub class: PastClass,
}

/// The forms of an organisation, the latest year first, each where it is known to stand; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forms(records: &mut impl Records, id: OrganisationId, knowledge: Knowledge) -> StoreResult<Vec<PastForm>> {
    fetch_all!(records, FORMS, id, knowledge.is_of_prepared())
}

/// The frozen lists in which forms of an organisation stand, as they were frozen.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lists(records: &mut impl Records, id: OrganisationId) -> StoreResult<Vec<PastList>> {
    fetch_all!(records, LISTS, id)
}

/// What decisions say of the forms of an organisation, form by form and in order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn decisions(records: &mut impl Records, id: OrganisationId) -> StoreResult<Vec<PastDecision>> {
    fetch_all!(records, DECISIONS, id)
}

/// The places that people of an organisation have, the latest run first; 2,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn places(records: &mut impl Records, id: OrganisationId) -> StoreResult<Vec<PastPlace>> {
    fetch_all!(records, PLACES, id)
}

/// The published runs that an organisation was let into by an exception; of several for one run the last comes last.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn exceptions(records: &mut impl Records, id: OrganisationId) -> StoreResult<Vec<PastException>> {
    fetch_all!(records, EXCEPTIONS, id)
}
