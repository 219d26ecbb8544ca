//! `/allotments/{id}/end`: seats that wait for names are given back.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::AllotmentId;
use leptos::prelude::*;
use operations::allotments;

use crate::components::{FaultSummary, TextArea};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{allotments as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<AllotmentId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, &form).await
}

pub(super) async fn save(context: Context, Path(id): Path<AllotmentId>, mut form: Form) -> Result<Response, Problem> {
    match allotments::give_back(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}?done=seats_given_back"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &form).await
        }
    }
}

async fn page(context: &Context, id: AllotmentId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let (known, run) = allotments::one(&context.office, context.actor()?, id).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::end_of(l, &known.holder_name()), || {
        view! {
            <p class="lead">{title(l, &run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{say::end_lead(l, (known.seats - known.named).max(0))}</p>
            <form method="post" action=format!("/allotments/{id}/end")>
                <TextArea language=l form=form name="reason" label=say::end_reason(l)/>
                <p class="actions">
                    <button class="danger">{say::end(l)}</button>
                    <a class="button quiet" href=format!("/runs/{}", run.id)>{say::keep(l)}</a>
                </p>
            </form>
        }
    });
    let page = page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}", run.id), title(l, &run));
    Ok(page.status(status).into_response())
}
