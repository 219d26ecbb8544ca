//! `/runs/{id}/enrol/spreadsheet`: a list is uploaded.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::{OrganisationId, RunId, UploadId};
use domain::rosters::Purpose;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments;
use operations::rosters::{self, SendCommand, SentFor};

use super::person::Posted;
use super::{below_run, faults, id, preview, refused, which};
use crate::components::FaultSummary;
use crate::pages::rosters::notes;
use crate::uploads::read_part;
use crate::wording::{enrolments as words, refusals};
use crate::{Context, Form, Path, Problem};

/// The most bytes an identifier takes.
const ID_LIMIT: usize = 100;

pub(super) async fn show(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    context.actor()?;
    let run: RunId = id(&run)?;
    match which::organisation(&context, run, &query, &format!("/runs/{run}/enrol/spreadsheet")).await? {
        Ok(organisation) if query.has("upload") => read(&context, run, organisation, id(query.get("upload"))?).await,
        Ok(organisation) => page(&context, run, organisation, Faults::default()).await,
        Err(choose) => Ok(choose),
    }
}

/// The rows of a list that was sent for this run.
async fn read(context: &Context, run: RunId, organisation: OrganisationId, upload: UploadId) -> Result<Response, Problem> {
    match rosters::read(&context.office, context.actor()?, upload).await {
        Ok(list) if (list.upload.run_id, list.upload.organisation_id) != (Some(run), Some(organisation)) => {
            Err(Problem::NotFound)
        }
        Ok(list) => {
            let origin = preview::Origin { upload: Some(upload), notes: notes(context.language, &list.notes, list.as_on) };
            let rows = list.rows.into_iter().enumerate();
            let rows = rows.map(|(place, row)| Posted { place, left_out: false, row }).collect();
            preview::shown(context, (run, organisation), origin, rows, (StatusCode::OK, Form::default())).await
        }
        Err(failure) => page(context, run, organisation, faults(failure)?).await,
    }
}

pub(super) async fn upload(
    context: Context,
    Path(run): Path<String>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let run: RunId = id(&run)?;
    let sent = read_parts(parts.map_err(|_| Problem::NotAForm)?).await?;
    let organisation: OrganisationId = id(&sent.organisation)?;
    // Whoever may not enrol here learns nothing about the file, and costs nothing.
    enrolments::choice(&context.office, actor, run, organisation).await?;
    let received = match sent.file {
        Ok(bytes) => {
            let sent_for = SentFor::Enrolment(run, organisation);
            rosters::receive(&context.office, actor, SendCommand { sent_for, file_name: sent.file_name, bytes }).await
        }
        Err(refusal) => Err(operations::Failure::field("file", refusal)),
    };
    match received {
        Ok(received) if received.asks => Ok(Context::see(&format!("/uploads/{}/columns", received.upload.id))),
        Ok(received) => read(&context, run, organisation, received.upload.id).await,
        Err(failure) => page(&context, run, organisation, faults(failure)?).await,
    }
}

struct Sent {
    organisation: String,
    file_name: String,
    file: Result<Vec<u8>, Refusal>,
}

async fn read_parts(mut parts: Multipart) -> Result<Sent, Problem> {
    let mut sent = Sent { organisation: String::new(), file_name: String::new(), file: Err(Refusal::Missing) };
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        match part.name() {
            Some("organisation") => {
                let bytes = read_part(part, ID_LIMIT).await?.unwrap_or_default();
                sent.organisation = String::from_utf8_lossy(&bytes).into_owned();
            }
            Some("file") => {
                sent.file_name = part.file_name().unwrap_or_default().to_owned();
                let limit = rosters::file_limit(Purpose::Enrolment);
                let Some(bytes) = read_part(part, limit).await? else {
                    // What else stands in the request is not read: the answer is known.
                    sent.file = Err(Refusal::FileTooLarge { limit: limit as u64 });
                    break;
                };
                sent.file = Ok(bytes);
            }
            _ => {}
        }
    }
    Ok(sent)
}

async fn page(context: &Context, run: RunId, organisation: OrganisationId, faults: Faults) -> Result<Response, Problem> {
    let l = context.language;
    let choice = enrolments::choice(&context.office, context.actor()?, run, organisation).await?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (known, title) = (choice.run.clone(), choice.run.title(l));
    let content = || {
        let sentences: Vec<String> = faults.of("file").map(|refusal| refusals::say(l, refusal)).collect();
        let is_faulty = (!sentences.is_empty()).then_some("true");
        let fault = is_faulty.map(|_| view! { <p class="fault" id="f-file-fault">{sentences.join(" ")}</p> });
        let form = match &choice.closed {
            Some(refusal) => refused::reason(context, &choice.run, &choice.organisation, refusal),
            None => view! {
                <FaultSummary language=l faults=faults.clone()/>
                <form method="post" enctype="multipart/form-data" action=format!("/runs/{run}/enrol/spreadsheet")>
                    <input type="hidden" name="organisation" value=choice.organisation.id.to_string()/>
                    <div class="field">
                        <label for="f-file">{words::file(l)}</label>
                        <input id="f-file" name="file" type="file" accept=".xlsx,.xls,.ods,.csv" required=true
                            aria-describedby=is_faulty.map(|_| "f-file-fault") aria-invalid=is_faulty/>
                        {fault}
                    </div>
                    <p class="actions">
                        <button>{words::upload(l)}</button>
                        <a class="button quiet" href="/enrolments/template.xlsx">{words::template(l)}</a>
                    </p>
                </form>
            }
            .into_any(),
        };
        view! {
            <p class="lead">{title}</p>
            <p>{words::organisation(l)}": "<strong>{choice.organisation.name.clone()}</strong></p>
            <p>{words::spreadsheet_lead(l)}</p>
            {form}
        }
    };
    let page = below_run(context.page(words::spreadsheet_title(l), content), l, &known);
    let page = page.crumb(format!("/runs/{run}/enrol?organisation={organisation}"), words::enrol_title(l));
    Ok(page.status(status).into_response())
}
