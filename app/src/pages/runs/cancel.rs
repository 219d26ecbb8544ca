//! Calling a run off, after a second thought.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::RunId;
use leptos::prelude::*;
use operations::Failure;
use operations::runs::{self, Shown};

use super::id_of;
use crate::components::{FaultSummary, TextArea};
use crate::pages::calendar::title;
use crate::wording::{runs as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let shown = runs::show(&context.office, Some(context.actor()?), id_of(&id)?).await?;
    if !shown.may.change {
        return Err(Problem::NotFound);
    }
    Ok(page(&context, &shown, Form::default()))
}

pub(super) async fn cancel(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    match runs::cancel(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(()) => Ok(Context::see(&format!("/runs/{id}?done=cancelled"))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            let shown = runs::show(&context.office, context.visitor(), id).await?;
            Ok(page(&context, &shown, form))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn page(context: &Context, shown: &Shown, form: Form) -> Response {
    let (l, id) = (context.language, shown.run.id);
    let name = title(l, &shown.run);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::cancel_title(l), || {
        let told = (shown.run.taken > 0).then(|| view! { <p>{say::cancel_told(l, shown.run.taken)}</p> });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::cancel_lead(l, &name)}</p>
            {told}
            <form method="post" action=format!("/runs/{id}/cancel") novalidate>
                <TextArea language=l form=&form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
                <p class="actions">
                    <button class="danger">{say::cancel_yes(l)}</button>
                    <a class="button quiet" href=format!("/runs/{id}")>{say::cancel_no(l)}</a>
                </p>
            </form>
        }
    });
    page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), title(l, &shown.run)).status(status).into_response()
}
