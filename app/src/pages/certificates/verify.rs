//! The public look-up: a code from a QR, or a serial number typed into a form.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::certificates::Lookup;
use leptos::prelude::*;
use operations::certificates;

use super::verdict::{unknown, verdict};
use crate::components::{FaultSummary, TextField};
use crate::wording::certificates as say;
use crate::{Context, Form, Path, Problem};

/// `GET /verify`, with `?q=` when something was typed.
pub(super) async fn form(context: Context, mut form: Form) -> Result<Response, Problem> {
    let l = context.language;
    if !form.has("q") {
        return Ok(look_up(&context, &form, StatusCode::OK, false));
    }
    match certificates::by_serial(&context.office, context.address, form.get("q")).await {
        // The number alone opens the page, neither the paper nor the day of birth: numbers can be guessed.
        Ok(told) => Ok(context
            .page(say::verify_title(l), || verdict(l, &told, matches!(Lookup::read(form.get("q")), Some(Lookup::Token(_)))))
            .crumb("/verify", say::verify_title(l))
            .into_response()),
        Err(failure) if failure.is(&Refusal::NotFound) => Ok(look_up(&context, &form, StatusCode::NOT_FOUND, true)),
        Err(failure) if failure.is(&Refusal::Missing) => {
            form.faults.add("q", Refusal::Missing);
            Ok(look_up(&context, &form, StatusCode::UNPROCESSABLE_ENTITY, false))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /verify/{token}`: what the QR code leads to.
pub(super) async fn show(context: Context, Path(token): Path<String>) -> Result<Response, Problem> {
    let l = context.language;
    match certificates::verify(&context.office, context.address, &token).await {
        Ok(told) => Ok(context
            .page(say::verify_title(l), || verdict(l, &told, true))
            .crumb("/verify", say::verify_title(l))
            .into_response()),
        Err(failure) if failure.is(&Refusal::NotFound) => Ok(look_up(&context, &Form::default(), StatusCode::NOT_FOUND, true)),
        Err(failure) => Err(failure.into()),
    }
}

/// The form, after a look-up that found nothing with what that means.
fn look_up(context: &Context, form: &Form, status: StatusCode, not_found: bool) -> Response {
    let l = context.language;
    let page = context.page(say::verify_title(l), || {
        let nothing = not_found.then(|| unknown(l));
        view! {
            {nothing}
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::verify_lead(l)}</p>
            <form method="get" action="/verify">
                <TextField language=l form=form name="q" label=say::look_up_label(l) hint=say::look_up_hint(l) kind="search" required=true/>
                <button>{say::look_up(l)}</button>
            </form>
        }
    });
    let page = if status == StatusCode::OK { page.public() } else { page };
    page.status(status).into_response()
}
