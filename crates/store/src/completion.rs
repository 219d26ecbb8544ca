//! Completion: decisions with their inputs, and what overrides them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::completion::{Basis, Outcome};
use domain::ids::{AccountId, DecisionId, EnrolmentId, OrganisationId, RunId};
use uuid::Uuid;

use crate::{Records, StoreResult, Work};

/// What is read of a decision wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! decision_columns {
    () => {
        "SELECT d.id, d.enrolment_id, e.person_name, e.organisation_name, d.inputs, d.outcome AS decided, d.decided_at,
         o.id AS override_id, o.outcome AS override_outcome, o.reason AS override_reason, o.decided_at AS overridden_at,
         p.full_name AS overridden_by, c.serial AS certificate
         FROM completion_decision d JOIN enrolment e ON e.id = d.enrolment_id
         LEFT JOIN completion_override o ON o.decision_id = d.id
             AND NOT EXISTS (SELECT 1 FROM completion_override n WHERE n.replaces_id = o.id)
         LEFT JOIN account a ON a.id = o.decided_by LEFT JOIN person p ON p.id = a.person_id
         LEFT JOIN certificate c ON c.enrolment_id = d.enrolment_id AND c.revoked_at IS NULL "
    };
}

statements! {
    ADD = "INSERT INTO completion_decision (id, run_id, enrolment_id, rule_version, inputs, outcome, decided_at, decided_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_OVERRIDE = "INSERT INTO completion_override (id, decision_id, outcome, reason, decided_at, decided_by, replaces_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_RUN = concat!(decision_columns!(), "WHERE d.run_id = $1 ORDER BY e.given_name COLLATE \"vi\", e.middle_name COLLATE \"vi\", e.person_name COLLATE \"vi\", e.id");
    OF_ENROLMENT = concat!(decision_columns!(), "WHERE d.run_id = $1 AND d.enrolment_id = $2");
    // What people of an organisation completed: a course in a run, its last day, and how many of them.
    OF_ORGANISATION = "SELECT c.title AS course_title, r.name AS run_name, MAX(s.day) AS ended_on, CAST(COUNT(DISTINCT e.id) AS BIGINT) AS people
        FROM completion d JOIN enrolment e ON e.id = d.enrolment_id JOIN run r ON r.id = d.run_id JOIN course c ON c.id = r.course_id
        JOIN held_session s ON s.run_id = r.id WHERE e.organisation_id = $1 AND d.outcome = 'completed' AND e.withdrawn_at IS NULL
        GROUP BY r.id, c.title, r.name ORDER BY ended_on, course_title";
}

/// A decision with what overrides it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Decision {
    /// Its identifier.
    pub id: DecisionId,
    /// Whom it is about.
    pub enrolment_id: EnrolmentId,
    /// Their name, as on enrolling.
    pub person_name: String,
    /// Their organisation, as on enrolling.
    pub organisation_name: String,
    /// What it rests on, as JSON: see [`Decision::basis`].
    pub inputs: String,
    /// What the rule said.
    pub decided: Outcome,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// The override that holds, if any.
    pub override_id: Option<Uuid>,
    /// What it says.
    pub override_outcome: Option<Outcome>,
    /// Why.
    pub override_reason: Option<String>,
    /// When it was made.
    pub overridden_at: Option<DateTime<Utc>>,
    /// The name of who made it.
    pub overridden_by: Option<String>,
    /// The serial number of the certificate that is valid for it.
    pub certificate: Option<String>,
}

impl Decision {
    /// What holds: the last override, else what the rule said.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.override_outcome.unwrap_or(self.decided)
    }

    /// What it rests on.
    ///
    /// # Errors
    /// [`crate::StoreError::Text`].
    pub fn basis(&self) -> StoreResult<Basis> {
        Ok(serde_json::from_str(&self.inputs)?)
    }
}

/// What is stored of a new decision.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Its identifier.
    pub id: DecisionId,
    /// The run.
    pub run: RunId,
    /// Whom it is about.
    pub enrolment: EnrolmentId,
    /// What it rests on.
    pub basis: Basis,
    /// When it is made.
    pub now: DateTime<Utc>,
    /// Who closes the run.
    pub by: AccountId,
}

/// What is stored of a new override.
#[derive(Debug, Clone)]
pub struct NewOverride<'a> {
    /// Its identifier.
    pub id: Uuid,
    /// The decision it overrides.
    pub decision: DecisionId,
    /// What holds instead.
    pub outcome: Outcome,
    /// Why.
    pub reason: &'a str,
    /// When it is made.
    pub now: DateTime<Utc>,
    /// Who says so.
    pub by: AccountId,
    /// The override that held until now.
    pub replaces: Option<Uuid>,
}

/// Adds a decision.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when there is one for this place.
pub async fn add(work: &mut Work, decision: &NewDecision) -> StoreResult<()> {
    let d = decision;
    let inputs = serde_json::to_string(&d.basis)?;
    execute!(work, ADD, d.id, d.run, d.enrolment, d.basis.rule.version, inputs.as_str(), d.basis.outcome(), d.now, d.by)?;
    Ok(())
}

/// Adds an override.
///
/// # Errors
/// [`crate::StoreError::Database`]; a duplicate when another one was made meanwhile.
pub async fn add_override(work: &mut Work, new: &NewOverride<'_>) -> StoreResult<()> {
    let o = new;
    execute!(work, ADD_OVERRIDE, o.id, o.decision, o.outcome, o.reason, o.now, o.by, o.replaces)?;
    Ok(())
}

/// The decisions of a run, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Decision>> {
    fetch_all!(records, OF_RUN, run)
}

/// The decision on one place in a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_enrolment(records: &mut impl Records, run: RunId, enrolment: EnrolmentId) -> StoreResult<Option<Decision>> {
    fetch_optional!(records, OF_ENROLMENT, run, enrolment)
}

/// A run that people of an organisation completed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CompletedRun {
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// What tells it from other runs of its course.
    pub run_name: String,
    /// Its last day.
    pub ended_on: NaiveDate,
    /// How many of the organisation's people completed it.
    pub people: i64,
}

/// The runs that people of an organisation completed, the first one first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<CompletedRun>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}
