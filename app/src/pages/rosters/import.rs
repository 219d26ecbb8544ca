//! `/people/import`: a list of people of many organisations is sent.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::rosters::{ImportState, ImportStep, Purpose};
use domain::time::show_instant;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::rosters::{self, SendCommand, SentFor, SentLists};
use store::rosters::SentList;

use super::columns::goes_on;
use crate::components::{FaultSummary, TextField};
use crate::downloads;
use crate::problem::faults;
use crate::uploads::read_part;
use crate::wording::{organisations, refusals, rosters as say};
use crate::{Context, Form, Problem};

/// The most bytes of a name.
const NAME_LIMIT: usize = 1000;

pub(super) async fn show(context: Context) -> Result<Response, Problem> {
    let sent = rosters::sent(&context.office, context.actor()?).await?;
    let form = Form::filled([("stands_for", sent.stands_for.clone())]);
    Ok(page(&context, &sent, &form, StatusCode::OK))
}

/// `GET /people/import/template.xlsx`: the empty list.
pub(super) async fn template(context: Context) -> Result<Response, Problem> {
    rosters::sent(&context.office, context.actor()?).await?;
    let l = context.language;
    let written = documents::spreadsheets::rosters::people_template(l == Language::Vietnamese);
    let bytes = written.map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(downloads::workbook(say::template_name(l), bytes))
}

pub(super) async fn send(context: Context, parts: Result<Multipart, MultipartRejection>) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Whoever may not send a list learns nothing about the file, and costs nothing.
    let sent = rosters::sent(&context.office, actor).await?;
    let (stands_for, file_name, file) = read_parts(parts.map_err(|_| Problem::NotAForm)?).await?;
    let mut form = Form::filled([("stands_for", stands_for.clone())]);
    let received = match file {
        Ok(bytes) => {
            let command = SendCommand { sent_for: SentFor::People { stands_for }, file_name, bytes };
            rosters::receive(&context.office, actor, command).await
        }
        Err(refusal) => Err(operations::Failure::field("file", refusal)),
    };
    match received {
        Ok(received) if received.asks => Ok(Context::see(&format!("/uploads/{}/columns", received.upload.id))),
        Ok(received) => Ok(Context::see(&goes_on(&received.upload))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &sent, &form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn read_parts(mut parts: Multipart) -> Result<(String, String, Result<Vec<u8>, Refusal>), Problem> {
    let limit = rosters::file_limit(Purpose::People);
    let (mut stands_for, mut file_name, mut file) = (String::new(), String::new(), Err(Refusal::Missing));
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        match part.name() {
            Some("stands_for") => {
                let bytes = read_part(part, NAME_LIMIT).await?.unwrap_or_default();
                stands_for = String::from_utf8_lossy(&bytes).into_owned();
            }
            Some("file") => {
                file_name = part.file_name().unwrap_or_default().to_owned();
                let Some(bytes) = read_part(part, limit).await? else {
                    // What else stands in the request is not read: the answer is known.
                    file = Err(Refusal::FileTooLarge { limit: limit as u64 });
                    break;
                };
                file = Ok(bytes);
            }
            _ => {}
        }
    }
    Ok((stands_for, file_name, file))
}

fn page(context: &Context, sent: &SentLists, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let page = context.page(say::import_title(l), || {
        let lists = (!sent.lists.is_empty()).then(|| lists(l, &sent.lists));
        view! {
            <p class="lead">{say::import_lead(l)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" enctype="multipart/form-data" action="/people/import">
                {file_field(l, &form.faults)}
                <TextField language=l form=form name="stands_for" label=say::stands_for(l) hint=say::stands_for_hint(l)/>
                <p class="actions">
                    <button>{say::upload(l)}</button>
                    <a class="button quiet" href="/people/import/template.xlsx">{say::template(l)}</a>
                </p>
            </form>
            {lists}
        }
    });
    page.crumb("/organisations", organisations::organisations(l)).status(status).into_response()
}

fn file_field(l: Language, faults: &Faults) -> impl IntoView + use<> {
    let sentences: Vec<String> = faults.of("file").map(|refusal| refusals::say(l, refusal)).collect();
    let is_faulty = (!sentences.is_empty()).then_some("true");
    let fault = is_faulty.map(|_| view! { <p class="fault" id="f-file-fault">{sentences.join(" ")}</p> });
    view! {
        <div class="field">
            <label for="f-file">{say::file(l)}</label>
            <input id="f-file" name="file" type="file" accept=".xlsx,.xls,.ods,.csv" required=true
                aria-describedby=is_faulty.map(|_| "f-file-fault") aria-invalid=is_faulty/>
            {fault}
        </div>
    }
}

/// Where a list stands, in words.
pub(super) const fn standing(l: Language, step: ImportStep, state: ImportState) -> &'static str {
    match (step, state) {
        (_, ImportState::Refused) => say::given_up(l),
        (ImportStep::Check, ImportState::Working) => say::checking(l),
        (ImportStep::Check, ImportState::Done) => say::checked(l),
        (ImportStep::Store, ImportState::Working) => say::storing(l),
        (ImportStep::Store, ImportState::Done) => say::stored(l),
    }
}

fn lists(l: Language, lists: &[SentList]) -> impl IntoView + use<> {
    let row = |list: &SentList| {
        let name = if list.file_name.is_empty() { say::unnamed(l).to_owned() } else { list.file_name.clone() };
        view! {
            <tr>
                <th scope="row"><a href=format!("/people/import/{}", list.upload_id)>{name}</a></th>
                <td data-label=say::sent_on(l)>{show_instant(list.created_at)}</td>
                <td data-label=say::standing(l)>{standing(l, list.step, list.state)}</td>
                <td class="n" data-label=say::rows_in_all(l)>{list.rows_in_all}</td>
                <td class="n" data-label=say::people_new(l)>{list.people_new}</td>
                <td class="n" data-label=say::people_known(l)>{list.people_known}</td>
                <td class="n" data-label=say::rows_faulty(l)>{list.rows_faulty}</td>
            </tr>
        }
    };
    let rows = lists.iter().map(row).collect_view();
    view! {
        <h2>{say::sent_lists(l)}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=say::sent_lists(l)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::list(l)}</th><th scope="col">{say::sent_on(l)}</th>
                    <th scope="col">{say::standing(l)}</th><th scope="col" class="n">{say::rows_in_all(l)}</th>
                    <th scope="col" class="n">{say::people_new(l)}</th><th scope="col" class="n">{say::people_known(l)}</th>
                    <th scope="col" class="n">{say::rows_faulty(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
