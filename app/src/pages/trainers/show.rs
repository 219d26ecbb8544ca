//! `/trainers/{person}`: what is known of a trainer, when they can be asked, what they teach and taught.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::PersonId;
use domain::policy::{Action, may_everywhere};
use leptos::prelude::*;
use operations::Outcome;
use operations::trainers;

use super::{facts, given, times};
use crate::components::{FaultSummary, Notice};
use crate::pages::accounts::with_faults;
use crate::wording::{shell, trainers as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    render(&context, id, &form, StatusCode::OK).await
}

/// Goes back to the trainer, or shows them with why nothing was done and what was typed.
pub(super) async fn answer(context: &Context, id: PersonId, form: Form, outcome: Outcome<()>) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/trainers/{id}?saved=yes"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            render(context, id, &form, status).await
        }
    }
}

async fn render(context: &Context, id: PersonId, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let shown = trainers::show(&context.office, actor, id).await?;
    let sees_teaching = may_everywhere(actor, Action::MarkAttendance);
    let page = context.page(shown.trainer.full_name.clone(), || {
        let saved = form.has("saved").then(|| view! { <Notice text=say::saved(l)/> });
        let known = if shown.may.change { facts::form(l, &shown, form).into_any() } else { facts::read(l, &shown).into_any() };
        view! {
            {saved}
            <FaultSummary language=l faults=form.faults.clone()/>
            {known}
            <h2>{say::ahead(l)}</h2>
            {given::ahead(l, &shown)}
            <h2>{say::taught_runs(l)}</h2>
            {given::taught(l, &shown, sees_teaching)}
            {times::half_days(l, &shown, form)}
            {times::absences(l, &shown, form)}
        }
    });
    let page = if shown.may.change { page.crumb("/manage", shell::manage(l)) } else { page.crumb("/runs", shell::runs(l)) };
    Ok(page.crumb("/trainers", say::title(l)).status(status).into_response())
}
