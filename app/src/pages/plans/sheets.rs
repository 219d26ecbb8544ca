//! The plan of a year as a spreadsheet: written, its template, and a file that is uploaded.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::policy::{Action, may_everywhere};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::Failure;
use operations::plans::{self, FILE_LIMIT};

use super::preview::{self, Posted};
use super::show::below;
use crate::components::FaultSummary;
use crate::downloads::workbook;
use crate::problem::faults;
use crate::uploads::read_part;
use crate::wording::{plans as say, refusals};
use crate::{Context, Form, Path, Problem};

/// `GET /plans/{year}/plan.xlsx`: the plan, which can be imported again.
pub(super) async fn export(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    let bytes = plans::sheet(&context.office, context.actor()?, year, false).await?;
    Ok(workbook(&say::sheet_name(context.language, year), bytes))
}

/// `GET /plans/{year}/template.xlsx`: the same without a line.
pub(super) async fn template(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    let bytes = plans::sheet(&context.office, writer(&context)?, year, true).await?;
    Ok(workbook(&say::template_name(context.language, year), bytes))
}

pub(super) async fn show(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    page(&context, year, &Faults::default()).await
}

pub(super) async fn upload(
    context: Context,
    Path(year): Path<i64>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    // Whoever may not import learns nothing about the file, and costs nothing.
    plans::plan(&context.office, writer(&context)?, year).await?;
    let read = match file(parts.map_err(|_| Problem::NotAForm)?).await? {
        Ok(bytes) if bytes.is_empty() => Err(Failure::field("file", Refusal::Missing)),
        Ok(bytes) => plans::read_plan(bytes).await,
        Err(refusal) => Err(Failure::field("file", refusal)),
    };
    match read {
        Ok(read) => {
            let rows = read.rows.into_iter().enumerate();
            let rows = rows.map(|(place, row)| Posted { place, left_out: false, seen: None, row }).collect();
            preview::page(&context, year, rows, &read.unknown, Form::default()).await
        }
        Err(failure) => page(&context, year, &faults(failure)?).await,
    }
}

async fn file(mut parts: Multipart) -> Result<Result<Vec<u8>, Refusal>, Problem> {
    let mut file = Err(Refusal::Missing);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        if part.name() == Some("file") {
            // What else stands in the request is not read when the file is too large: the answer is known.
            match read_part(part, FILE_LIMIT).await? {
                Some(bytes) => file = Ok(bytes),
                None => return Ok(Err(Refusal::FileTooLarge { limit: FILE_LIMIT as u64 })),
            }
        }
    }
    Ok(file)
}

/// Who writes plans.
fn writer(context: &Context) -> Result<&domain::accounts::Actor, Problem> {
    let actor = context.actor()?;
    if may_everywhere(actor, Action::KeepPlan) { Ok(actor) } else { Err(Problem::NotFound) }
}

/// The page, with what is wrong with a file.
pub(super) async fn page(context: &Context, year: i64, faults: &Faults) -> Result<Response, Problem> {
    let l = context.language;
    plans::plan(&context.office, writer(context)?, year).await?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::upload_title(l, year), || {
        let sentences: Vec<String> = faults.of("file").map(|refusal| refusals::say(l, refusal)).collect();
        let is_faulty = (!sentences.is_empty()).then_some("true");
        let fault = is_faulty.map(|_| view! { <p class="fault" id="f-file-fault">{sentences.join(" ")}</p> });
        view! {
            <p class="lead">{say::upload_lead(l)}</p>
            <p>{say::upload_again(l)}</p>
            <p><a href=format!("/plans/{year}/template.xlsx")>{say::template(l)}</a></p>
            <FaultSummary language=l faults=faults.clone()/>
            <form method="post" enctype="multipart/form-data" action=format!("/plans/{year}/spreadsheet")>
                <div class="field">
                    <label for="f-file">{say::file(l)}</label>
                    <input id="f-file" name="file" type="file" accept=".xlsx,.xls,.ods" required=true
                        aria-describedby=is_faulty.map(|_| "f-file-fault") aria-invalid=is_faulty/>
                    {fault}
                </div>
                <p class="actions"><button>{say::upload(l)}</button></p>
            </form>
        }
    });
    Ok(below(page, l, year).status(status).into_response())
}
