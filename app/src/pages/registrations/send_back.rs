//! `/registrations/{id}/return`: an officer says what is to be put right, item by item.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::RegistrationId;
use domain::registrations::DossierItem;
use leptos::prelude::*;
use operations::registrations::{self, PRODUCT_SUBJECTS, ReturnCommand, Shown};

use super::content::{fields, sections, value};
use super::deeds::version as sent_version;
use super::{below_form, faults};
use crate::components::{FaultSummary, TextArea, TextField, day_kind};
use crate::wording::{form_words, registrations as say};
use crate::{Context, Form, Path, Problem};

/// How many days an organisation has unless the officer says otherwise.
const DAYS: u64 = 7;

pub(super) async fn show(context: Context, Path(id): Path<RegistrationId>) -> Result<Response, Problem> {
    let known = registrations::show(&context.office, context.actor()?, id).await?;
    if !known.may.send_back {
        return Err(Problem::NotFound);
    }
    let due = context.office.today() + chrono::Days::new(DAYS);
    let form = Form::filled([("due_on", due.to_string())]);
    Ok(page(&context, &known, &form, StatusCode::OK))
}

pub(super) async fn send_back(context: Context, Path(id): Path<RegistrationId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let known = registrations::show(&context.office, actor, id).await?;
    let remarks = form.fields().filter_map(|(name, typed)| Some((name.strip_prefix("remarks.")?.to_owned(), typed.to_owned())));
    let remarks = remarks.collect();
    let outcome = match form.day("due_on") {
        Some(due_on) => {
            let reason = form.get("reason").to_owned();
            let command = ReturnCommand { id, version: sent_version(&form), reason, due_on, remarks };
            registrations::send_back(&context.office, actor, &command).await
        }
        None if known.may.send_back => Err(std::mem::take(&mut form.faults).into()),
        None => Err(Refusal::NotFound.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/registrations/{id}?done=returned"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &known, &form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn page(context: &Context, known: &Shown, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let r = &known.registration;
    let kind = day_kind(form.get("due_on"));
    let page = context.page(say::return_title(l, &r.product_name), || {
        let product = PRODUCT_SUBJECTS.iter().map(|subject| {
            let typed = if *subject == "product_name" { r.product_name.clone() } else { group(known) };
            ((*subject).to_owned(), typed)
        });
        let items = DossierItem::ALL.iter().map(|item| (item.to_string(), there(l, known, *item)));
        let content = sections(r.kind).map(|section| {
            let lines = fields(r.kind, section).map(|field| (field.to_string(), value(l, &known.content, field))).collect();
            fold(l, form, form_words::section(l, section), lines)
        });
        let content = content.collect_view();
        view! {
            <p class="lead">{say::return_lead(l)}</p>
            <FaultSummary language=l faults=form.faults.clone() naming=named/>
            <form method="post" action=format!("/registrations/{}/return", r.id)>
                <input type="hidden" name="version" value=r.version.to_string()/>
                <TextField language=l form=form name="due_on" label=say::return_due(l) kind=kind/>
                <TextArea language=l form=form name="reason" label=say::return_reason(l)/>
                <div id="f-remarks">
                    {fold(l, form, say::dossier(l), items.collect())}
                    {fold(l, form, say::product_section(l), product.collect())}
                    {content}
                </div>
                <p class="actions"><button>{say::send_back(l)}</button></p>
            </form>
        }
    });
    below_form(page, l, r).status(status).into_response()
}

/// What a field of the page is called.
fn named(l: Language, name: &str) -> String {
    match name {
        "due_on" => say::return_due(l).to_owned(),
        "reason" => say::return_reason(l).to_owned(),
        name => form_words::subject(l, name.strip_prefix("remarks.").unwrap_or(name)),
    }
}

/// What can be remarked on in one part of the form, each with what stands there; open while something is typed.
fn fold(l: Language, form: &Form, title: &'static str, subjects: Vec<(String, String)>) -> impl IntoView + use<> {
    let name = |subject: &str| format!("remarks.{subject}");
    let open = subjects.iter().any(|(subject, _)| !form.get(&name(subject)).trim().is_empty());
    let fields = subjects.into_iter().map(|(subject, there)| {
        let hint = if there.is_empty() { say::not_filled(l).to_owned() } else { say::filled_with(l, &there) };
        view! { <TextArea language=l form=form name=name(&subject) label=form_words::subject(l, &subject) hint=hint/> }
    });
    let fields = fields.collect_view();
    view! { <details class="fold" open=open><summary>{title}</summary>{fields}</details> }
}

fn group(known: &Shown) -> String {
    known.group.as_ref().map(|group| format!("{} › {}", group.industry, group.title())).unwrap_or_default()
}

fn there(l: Language, known: &Shown, item: DossierItem) -> String {
    let mut names: Vec<&str> =
        known.attachments.iter().filter(|file| file.item == item).map(|file| file.file_name.as_str()).collect();
    if known.receipts.contains(&item) {
        names.push(say::on_paper(l));
    }
    names.join(", ")
}
