//! `/registrations/spreadsheet`: a sheet of forms is uploaded.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::Language;
use domain::policy::{Action, may_somewhere};
use domain::registrations::{FileKind, RegistrationKind};
use leptos::prelude::*;
use operations::Failure;
use operations::registrations::{self, FILE_LIMIT, Wanted};

use super::preview::{self, Posted};
use super::{faults, new};
use crate::components::{EmptyState, FaultSummary};
use crate::uploads::read_part;
use crate::wording::{form_words, refusals, registration_sheets as words, registrations as say};
use crate::{Context, Form, Problem};

/// The most bytes of a year or of the word for a kind.
const WORD_LIMIT: usize = 100;

/// `GET /registrations/template.xlsx?kind=…`: the empty sheet; that for existing products unless the other is asked for.
pub(super) async fn template(context: Context, form: Form) -> Result<Response, Problem> {
    let kind = form.get("kind").parse().unwrap_or(RegistrationKind::Existing);
    let bytes = registrations::template(&context.office, context.actor()?, kind).await?;
    let l = context.language;
    let name = match kind {
        RegistrationKind::Existing => words::template_name_existing(l),
        RegistrationKind::New => words::template_name_new(l),
    };
    let name = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, FileKind::Xlsx.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    page(&context, form).await
}

pub(super) async fn upload(context: Context, parts: Result<Multipart, MultipartRejection>) -> Result<Response, Problem> {
    // Whoever may not import learns nothing about the file, and costs nothing.
    if !may_somewhere(context.actor()?, Action::FillRegistration) {
        return Err(Problem::NotFound);
    }
    let (mut form, file) = read_parts(parts.map_err(|_| Problem::NotAForm)?).await?;
    let (year, kind) = (form.number("year", 1900, 9999), form.value::<RegistrationKind>("kind"));
    if let (Some(year), Some(kind)) = (year, kind) {
        let read = match file {
            Ok(bytes) if bytes.is_empty() => Err(Failure::field("file", Refusal::Missing)),
            Ok(bytes) => registrations::read_forms(bytes, kind).await,
            Err(refusal) => Err(Failure::field("file", refusal)),
        };
        match read {
            Ok(read) => {
                let rows = read.rows.into_iter().enumerate();
                let rows = rows.map(|(place, row)| Posted { place, left_out: false, seen: None, row }).collect();
                return preview::page(&context, (year, kind), rows, &read.unknown, form).await;
            }
            Err(failure) => form.faults = faults(failure)?,
        }
    }
    page(&context, form).await
}

async fn read_parts(mut parts: Multipart) -> Result<(Form, Result<Vec<u8>, Refusal>), Problem> {
    let mut fields = Vec::new();
    let mut file = Err(Refusal::Missing);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "year" | "kind" => {
                let bytes = read_part(part, WORD_LIMIT).await?.unwrap_or_default();
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            "file" => {
                let Some(bytes) = read_part(part, FILE_LIMIT).await? else {
                    // What else stands in the request is not read: the answer is known.
                    file = Err(Refusal::FileTooLarge { limit: FILE_LIMIT as u64 });
                    break;
                };
                file = Ok(bytes);
            }
            _ => {}
        }
    }
    Ok((Form::filled(fields), file))
}

/// The page, with what was chosen and what is wrong with it.
pub(super) async fn page(context: &Context, mut form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    if !may_somewhere(actor, Action::FillRegistration) {
        return Err(Problem::NotFound);
    }
    let known = registrations::list(&context.office, actor, &Wanted::default()).await?;
    new::choose_latest_year(&mut form, &known.years);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(words::upload_title(l), || {
        if known.years.is_empty() {
            return view! { <EmptyState title=say::no_programme(l) advice=say::no_programme_advice(l)>""</EmptyState> }
                .into_any();
        }
        view! {
            <p class="lead">{words::upload_lead(l)}</p>
            <p>{words::upload_drafts(l)}</p>
            {templates(l)}
            {fields(l, &known.years, &form)}
        }
        .into_any()
    });
    Ok(page.crumb("/registrations", say::title(l)).status(status).into_response())
}

fn templates(l: Language) -> impl IntoView {
    let links = RegistrationKind::ALL.iter().map(|kind| {
        let address = format!("/registrations/template.xlsx?kind={kind}");
        view! { <li><a href=address>{words::template_of(l, form_words::kind(l, *kind))}</a></li> }
    });
    view! { <ul>{links.collect_view()}</ul> }
}

fn fields(l: Language, years: &[i64], form: &Form) -> impl IntoView + use<> {
    let sentences: Vec<String> = form.faults.of("file").map(|refusal| refusals::say(l, refusal)).collect();
    let is_faulty = (!sentences.is_empty()).then_some("true");
    let fault = is_faulty.map(|_| view! { <p class="fault" id="f-file-fault">{sentences.join(" ")}</p> });
    view! {
        <FaultSummary language=l faults=form.faults.clone()/>
        <form method="post" enctype="multipart/form-data" action="/registrations/spreadsheet">
            {new::year_and_kind(l, years, form)}
            <div class="field">
                <label for="f-file">{words::file(l)}</label>
                <input id="f-file" name="file" type="file" accept=".xlsx,.xls,.ods" required=true
                    aria-describedby=is_faulty.map(|_| "f-file-fault") aria-invalid=is_faulty/>
                {fault}
            </div>
            <p class="actions"><button>{words::upload(l)}</button></p>
        </form>
    }
}
