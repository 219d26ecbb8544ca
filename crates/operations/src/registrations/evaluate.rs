//! Evaluating a form: several evaluators, each with the last word on their own opinion.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{EvaluationId, RegistrationId};
use domain::policy::Action;
use domain::registrations::{EvaluationForm, Step, spread};
use store::evaluations::NewEvaluation;

use super::{StepCommand, review_target, take_step};
use crate::{Office, Outcome, require};

/// Keeps an evaluator's opinion and works out what all of them think: the form is feasible when more hold it to be than
/// not, and its score is the mean of their totals.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review the form; what [`EvaluationForm::parse`] refuses, by field;
/// [`Refusal::NotInThisState`], [`Refusal::ChangedMeanwhile`].
pub async fn evaluate(
    office: &Office,
    actor: &Actor,
    (id, version): (RegistrationId, i64),
    form: &EvaluationForm,
) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::registrations::lock(&mut work, id).await?;
    let registration = store::registrations::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::ReviewRegistrations, &review_target(&mut work, &registration).await?)?;
    super::seen(&mut work, actor, &registration, version).await?;
    let criteria = store::programmes::criteria(&mut work, registration.year_id).await?;
    let weights: Vec<i64> = criteria.iter().map(|criterion| criterion.weight).collect();
    let opinion = form.parse(&weights)?;
    take_step(office, &mut work, actor, &registration, &StepCommand::plain(Step::Evaluate)).await?;

    let before = store::evaluations::of_registration(&mut work, id).await?;
    let scores: Vec<(i64, i64)> = weights.into_iter().zip(opinion.points).collect();
    let evaluation = NewEvaluation {
        id: EvaluationId(office.id()),
        registration: id,
        evaluator: actor.account,
        is_feasible: opinion.is_feasible,
        remark: &opinion.remark,
        scores: &serde_json::to_string(&scores).map_err(store::StoreError::from)?,
        total: opinion.total,
        now: office.now(),
        replaces: before.iter().find(|evaluation| evaluation.evaluator_id == actor.account).map(|evaluation| evaluation.id),
    };
    store::evaluations::add(&mut work, &evaluation).await?;

    let now = store::evaluations::of_registration(&mut work, id).await?;
    let for_it = now.iter().filter(|evaluation| evaluation.is_feasible).count();
    let totals: Vec<i64> = now.iter().filter_map(|evaluation| evaluation.total).collect();
    let score = spread(&totals).map(|spread| spread.mean);
    store::registrations::set_result(&mut work, id, Some(for_it * 2 > now.len()), score).await?;
    Ok(work.commit().await?)
}
