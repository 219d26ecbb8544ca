//! `/runs/{id}/enrol/spreadsheet`: a list is uploaded.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::{OrganisationId, RunId};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments::{self, FILE_LIMIT};

use super::person::Posted;
use super::{below_run, faults, id, preview, refused, which};
use crate::components::FaultSummary;
use crate::uploads::read_part;
use crate::wording::{enrolments as words, refusals};
use crate::{Context, Form, Path, Problem};

/// The most bytes an identifier takes.
const ID_LIMIT: usize = 100;

pub(super) async fn show(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    context.actor()?;
    let run: RunId = id(&run)?;
    match which::organisation(&context, run, &query, &format!("/runs/{run}/enrol/spreadsheet")).await? {
        Ok(organisation) => page(&context, run, organisation, Faults::default()).await,
        Err(choose) => Ok(choose),
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
    let read = match sent.file {
        Ok(bytes) if bytes.is_empty() => Err(operations::Failure::field("file", Refusal::Missing)),
        Ok(bytes) => enrolments::read_list(bytes).await,
        Err(refusal) => Err(operations::Failure::field("file", refusal)),
    };
    match read {
        Ok(rows) => {
            let rows = rows.into_iter().enumerate();
            let rows = rows.map(|(place, row)| Posted { place, left_out: false, row }).collect();
            preview::page(&context, run, organisation, rows, StatusCode::OK, Form::default()).await
        }
        Err(failure) => page(&context, run, organisation, faults(failure)?).await,
    }
}

struct Sent {
    organisation: String,
    file: Result<Vec<u8>, Refusal>,
}

async fn read_parts(mut parts: Multipart) -> Result<Sent, Problem> {
    let mut sent = Sent { organisation: String::new(), file: Err(Refusal::Missing) };
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        match part.name() {
            Some("organisation") => {
                let bytes = read_part(part, ID_LIMIT).await?.unwrap_or_default();
                sent.organisation = String::from_utf8_lossy(&bytes).into_owned();
            }
            Some("file") => {
                let Some(bytes) = read_part(part, FILE_LIMIT).await? else {
                    // What else stands in the request is not read: the answer is known.
                    sent.file = Err(Refusal::FileTooLarge { limit: FILE_LIMIT as u64 });
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
                        <input id="f-file" name="file" type="file" accept=".xlsx,.xls,.ods" required=true
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
