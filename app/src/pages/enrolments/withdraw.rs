//! `/enrolments/{id}/withdraw`: a place is given back, for whatever reason or none.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::EnrolmentId;
use leptos::prelude::*;
use operations::enrolments;

use super::{below_run, faults, id};
use crate::components::{FaultSummary, TextArea};
use crate::wording::enrolments as words;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(enrolment): Path<String>) -> Result<Response, Problem> {
    page(&context, id(&enrolment)?, &Form::default()).await
}

pub(super) async fn save(context: Context, Path(enrolment): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let enrolment: EnrolmentId = id(&enrolment)?;
    match enrolments::withdraw(&context.office, context.actor()?, enrolment, form.get("reason")).await {
        Ok(place) => Ok(Context::see(&format!("/runs/{}/participants?withdrawn={enrolment}", place.run_id))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, enrolment, &form).await
        }
    }
}

async fn page(context: &Context, enrolment: EnrolmentId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let (place, run) = enrolments::one(&context.office, context.actor()?, enrolment).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(words::withdraw_title(l), || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead"><strong>{place.person_name.clone()}</strong>" · "{run.title(l)}</p>
            <p>{words::withdraw_lead(l)}</p>
            <p class="hint">{words::withdraw_midway(l)}</p>
            <form method="post" action=format!("/enrolments/{enrolment}/withdraw")>
                <TextArea language=l form=form name="reason" label=words::withdraw_reason(l)/>
                <p class="actions">
                    <button class="danger">{words::withdraw(l)}</button>
                    <a class="button quiet" href=format!("/runs/{}/participants", run.id)>{words::keep(l)}</a>
                </p>
            </form>
        }
    });
    let page = below_run(page, l, &run).crumb(format!("/runs/{}/participants", run.id), words::participants_title(l));
    Ok(page.status(status).into_response())
}
