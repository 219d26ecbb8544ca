//! What is done with a form. A deed that was refused shows the form again, with what was typed.

use axum::http::StatusCode;
use axum::response::Response;
use domain::Refusal;
use domain::ids::RegistrationId;
use domain::registrations::{DossierItem, EvaluationForm};
use operations::{Failure, Outcome, registrations};

use super::{faults, show};
use crate::{Context, Form, Path, Problem};

/// The version that was on the page. One that cannot be read is none that the form can have: the answer is that it changed.
pub(super) fn version(form: &Form) -> i64 {
    form.get("version").parse().unwrap_or(0)
}

/// Goes back to the form after a deed, or shows why there was none.
pub(super) async fn answer(
    context: &Context,
    id: RegistrationId,
    mut form: Form,
    outcome: Outcome<()>,
    done: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/registrations/{id}?done={done}"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            show::render(context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /registrations/{id}/submit`.
pub(super) async fn submit(context: Context, Path(id): Path<RegistrationId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let day = if form.get("received_on").trim().is_empty() { Some(None) } else { form.day("received_on").map(Some) };
    let outcome = match day {
        Some(day) => registrations::submit(&context.office, actor, (id, version(&form)), day).await,
        None => Err(std::mem::take(&mut form.faults).into()),
    };
    answer(&context, id, form, outcome, "submitted").await
}

/// `POST /registrations/{id}/withdraw`.
pub(super) async fn withdraw(context: Context, Path(id): Path<RegistrationId>, form: Form) -> Result<Response, Problem> {
    let outcome = registrations::withdraw(&context.office, context.actor()?, id, version(&form), form.get("reason")).await;
    answer(&context, id, form, outcome, "withdrawn").await
}

/// `POST /registrations/{id}/complete`.
pub(super) async fn complete(context: Context, Path(id): Path<RegistrationId>, form: Form) -> Result<Response, Problem> {
    let outcome = registrations::complete(&context.office, context.actor()?, id, version(&form)).await;
    answer(&context, id, form, outcome, "completed").await
}

/// `POST /registrations/{id}/duplicate`.
pub(super) async fn mark_duplicate(
    context: Context,
    Path(id): Path<RegistrationId>,
    mut form: Form,
) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let outcome = match form.id("duplicate_of") {
        Some(of) => registrations::mark_duplicate(&context.office, actor, (id, version(&form)), of).await,
        None => {
            let known = registrations::show(&context.office, actor, id).await?;
            if !known.may.mark_duplicate {
                return Err(Problem::NotFound);
            }
            Err(std::mem::take(&mut form.faults).into())
        }
    };
    answer(&context, id, form, outcome, "duplicate").await
}

/// `POST /registrations/{id}/evaluate`.
pub(super) async fn evaluate(context: Context, Path(id): Path<RegistrationId>, form: Form) -> Result<Response, Problem> {
    let typed = EvaluationForm {
        is_feasible: form.get("is_feasible").to_owned(),
        remark: form.get("remark").to_owned(),
        points: (0..form.rows("points")).map(|n| form.get(&format!("points.{n}")).to_owned()).collect(),
    };
    let outcome = registrations::evaluate(&context.office, context.actor_keeping(&form)?, (id, version(&form)), &typed).await;
    answer(&context, id, form, outcome, "evaluated").await
}

/// `POST /registrations/{id}/receipts`: an item came on paper or in kind, or it did not after all.
pub(super) async fn receive_item(context: Context, Path(id): Path<RegistrationId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let item: Result<DossierItem, _> = form.get("item").parse();
    let outcome = match item {
        Ok(item) => registrations::receive_item(&context.office, actor, id, (item, form.get("is_there") == "yes")).await,
        Err(_) => {
            let known = registrations::show(&context.office, actor, id).await?;
            if !known.may.receive_items {
                return Err(Problem::NotFound);
            }
            Err(Failure::field("item", Refusal::NotAChoice))
        }
    };
    answer(&context, id, form, outcome, "noted").await
}
