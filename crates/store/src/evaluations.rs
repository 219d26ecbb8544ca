//! What evaluators think of forms. Only added to: a second thought replaces the first.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, EvaluationId, ProgrammeYearId, RegistrationId};

use crate::{Records, StoreResult, Work};

statements! {
    EXIST_IN_YEAR = "SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation e JOIN registration r ON r.id = e.registration_id WHERE r.year_id = $1";
    OF_REGISTRATION = "SELECT e.id, e.evaluator_id, p.full_name AS evaluator_name, e.is_feasible, e.remark, e.scores, e.total, e.evaluated_at
        FROM current_evaluation e JOIN account a ON a.id = e.evaluator_id JOIN person p ON p.id = a.person_id
        WHERE e.registration_id = $1 ORDER BY e.evaluated_at, e.id";
    ADD = "INSERT INTO evaluation (id, registration_id, evaluator_id, is_feasible, remark, scores, total, evaluated_at, replaces_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// One evaluator's present opinion of a form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Evaluation {
    /// Its identifier.
    pub id: EvaluationId,
    /// Whose it is.
    pub evaluator_id: AccountId,
    /// Their name, as it is today.
    pub evaluator_name: String,
    /// Whether they hold the form to be feasible.
    pub is_feasible: bool,
    /// Why.
    pub remark: String,
    /// The points of each criterion with its weight, as JSON: `[[weight, points], …]`; empty when none were given.
    pub scores: String,
    /// The weighted total in hundredths of 100 points.
    pub total: Option<i64>,
    /// When.
    pub evaluated_at: DateTime<Utc>,
}

/// An opinion as it is stored.
#[derive(Debug, Clone)]
pub struct NewEvaluation<'a> {
    /// Its identifier.
    pub id: EvaluationId,
    /// The form.
    pub registration: RegistrationId,
    /// Whose it is.
    pub evaluator: AccountId,
    /// Whether they hold the form to be feasible.
    pub is_feasible: bool,
    /// Why.
    pub remark: &'a str,
    /// The points of each criterion with its weight, as JSON.
    pub scores: &'a str,
    /// The weighted total in hundredths of 100 points.
    pub total: Option<i64>,
    /// When.
    pub now: DateTime<Utc>,
    /// The opinion that the same evaluator had before.
    pub replaces: Option<EvaluationId>,
}

/// Whether any form of a year was evaluated.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn exist_in_year(records: &mut impl Records, year: ProgrammeYearId) -> StoreResult<bool> {
    let count: i64 = fetch_value!(records, EXIST_IN_YEAR, year)?;
    Ok(count > 0)
}

/// The present opinions of a form, the first evaluator first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_registration(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<Evaluation>> {
    fetch_all!(records, OF_REGISTRATION, id)
}

/// Adds an opinion.
///
/// # Errors
/// [`crate::StoreError::Database`], a duplicate when the evaluator has one that it does not replace.
pub async fn add(work: &mut Work, evaluation: &NewEvaluation<'_>) -> StoreResult<()> {
    let e = evaluation;
    execute!(work, ADD, e.id, e.registration, e.evaluator, e.is_feasible, e.remark, e.scores, e.total, e.now, e.replaces)?;
    Ok(())
}
