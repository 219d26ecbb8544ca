//! Revoking a certificate, with its reason.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::CertificateId;
use leptos::prelude::*;
use operations::{Failure, certificates};

use crate::components::{FaultSummary, TextField};
use crate::wording::{certificates as say, shell};
use crate::{Context, Form, Path, Problem};

/// `GET /certificates/{id}/revoke`.
pub(super) async fn form(context: Context, Path(id): Path<CertificateId>) -> Result<Response, Problem> {
    page(&context, id, Form::default(), StatusCode::OK).await
}

/// `POST /certificates/{id}/revoke`.
pub(super) async fn revoke(context: Context, Path(id): Path<CertificateId>, mut form: Form) -> Result<Response, Problem> {
    match certificates::revoke(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(()) => {
            let certificate = certificates::find(&context.office, context.actor()?, id).await?;
            Ok(Context::see(&format!("/runs/{}/certificates?done=revoked", certificate.run_id)))
        }
        Err(Failure::Refused(faults)) if !faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound) => {
            form.faults = faults;
            page(&context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn page(context: &Context, id: CertificateId, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let certificate = certificates::revocable(&context.office, context.actor()?, id).await?;
    let list = format!("/runs/{}/certificates", certificate.run_id);
    let page = context.page(say::revoke_title(l, &certificate.serial), || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::revoke_lead(l, &certificate.person_name)}</p>
            <p>{say::revoke_again(l)}</p>
            <form method="post">
                <TextField language=l form=&form name="reason" label=say::reason(l) hint=say::reason_hint(l) required=true/>
                <button class="danger">{say::revoke(l)}</button>
            </form>
        }
    });
    Ok(page.crumb("/runs", shell::runs(l)).crumb(list, say::title(l)).status(status).into_response())
}
