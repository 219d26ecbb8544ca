//! `/exceptions/{id}/withdraw`: an organisation is not let in any more, with a reason.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::ExceptionId;
use leptos::prelude::*;
use operations::enrolments;

use super::{below_run, faults, id};
use crate::components::{FaultSummary, TextArea};
use crate::wording::enrolments as words;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(exception): Path<String>) -> Result<Response, Problem> {
    page(&context, id(&exception)?, &Form::default()).await
}

pub(super) async fn save(context: Context, Path(exception): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let exception: ExceptionId = id(&exception)?;
    match enrolments::withdraw_exception(&context.office, context.actor()?, exception, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}/exceptions?withdrawn=yes"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, exception, &form).await
        }
    }
}

async fn page(context: &Context, id: ExceptionId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let (exception, run) = enrolments::exception(&context.office, context.actor()?, id).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let all = format!("/runs/{}/exceptions", run.id);
    let back = all.clone();
    let page = context.page(words::withdraw_exception_title(l), || {
        let kept = (exception.places > 0).then(|| view! { <p class="hint">{words::places_kept(l, exception.places)}</p> });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead"><strong>{exception.organisation_name.clone()}</strong>" · "{run.title(l)}</p>
            <p class="lines">{exception.reason.clone()}</p>
            <p>{words::withdraw_exception_lead(l)}</p>
            {kept}
            <form method="post" action=format!("/exceptions/{id}/withdraw") novalidate>
                <TextArea language=l form=form name="reason" label=words::exception_reason(l) hint=words::exception_reason_hint(l)/>
                <p class="actions">
                    <button class="danger">{words::withdraw_exception(l)}</button>
                    <a class="button quiet" href=back>{words::keep_exception(l)}</a>
                </p>
            </form>
        }
    });
    let page = below_run(page, l, &run).crumb(all, words::exceptions_title(l));
    Ok(page.status(status).into_response())
}
