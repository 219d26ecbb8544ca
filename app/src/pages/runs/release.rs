//! Looking at a change that was prepared, releasing or dropping it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::DateTime;
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::RunId;
use domain::runs::Change;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::Failure;
use operations::runs::{self, Prepared, Run, Shown};

use super::{clashes, id_of};
use crate::components::{FaultSummary, TextArea};
use crate::pages::calendar::title;
use crate::wording::{shell, timetables as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let shown = runs::show(&context.office, Some(context.actor()?), id).await?;
    match runs::prepared(&context.office, context.actor()?, id).await? {
        Some(prepared) => Ok(page(&context, &shown, &prepared, Form::default())),
        // It was released or dropped, by oneself in another window perhaps.
        None => Ok(Context::see(&format!("/runs/{id}"))),
    }
}

pub(super) async fn release(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let actor = context.actor()?;
    let shown = runs::show(&context.office, Some(actor), id).await?;
    let Some(prepared) = runs::prepared(&context.office, actor, id).await? else {
        return Ok(Context::see(&format!("/runs/{id}")));
    };
    let saved_at = form.get("saved_at").parse().ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    let answers = (clashes::read(&form), form.get("note").to_owned());
    match runs::release(&context.office, actor, id, saved_at, answers).await {
        Ok(true) => Ok(Context::see(&format!("/runs/{id}?done=released"))),
        Ok(false) => Ok(Context::see(&format!("/runs/{id}?done=nothing"))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            Ok(page(&context, &shown, &prepared, form))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn discard(context: Context, Path(id): Path<String>, _: Form) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    match runs::discard(&context.office, context.actor()?, id).await {
        Ok(()) => Ok(Context::see(&format!("/runs/{id}?done=discarded"))),
        Err(failure) if failure.is(&Refusal::NothingPrepared) => Ok(Context::see(&format!("/runs/{id}"))),
        Err(failure) => Err(failure.into()),
    }
}

fn page(context: &Context, shown: &Shown, prepared: &Prepared, form: Form) -> Response {
    let (l, id) = (context.language, shown.run.id);
    let mut faults = form.faults.clone();
    // The clashes stand below, each with its place.
    faults.0.retain(|fault| !matches!(fault.refusal, Refusal::Clash(_)));
    let (faults, can_be) = if prepared.faults.is_empty() { (faults, true) } else { (prepared.faults.clone(), false) };
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::release(l), || {
        let release = can_be.then(|| {
            let note = if prepared.falls_out {
                view! {
                    <TextArea language=l form=&form name="note" label=say::reason_of_removal(l) hint=say::reason_of_removal_hint(l)/>
                }
            } else {
                view! { <TextArea language=l form=&form name="note" label=say::note(l) hint=""/> }
            };
            view! {
                <form method="post" action=format!("/runs/{id}/release") novalidate>
                    <input type="hidden" name="saved_at" value=prepared.saved_at.timestamp_millis().to_string()/>
                    {clashes::answer_fields(l, &form, &prepared.clashes)}
                    {note}
                    <p class="actions">
                        <button>{say::release_now(l)}</button>
                        <a class="button quiet" href=format!("/runs/{id}/edit")>{say::edit_more(l)}</a>
                    </p>
                </form>
            }
        });
        let again = (!can_be).then(|| {
            view! { <p class="actions"><a class="button" href=format!("/runs/{id}/edit")>{say::edit_more(l)}</a></p> }
        });
        view! {
            <FaultSummary language=l faults=faults/>
            <p class="lead">{say::release_lead(l)}</p>
            <p class="meta">{say::prepared_by(l, &prepared.saved_by, &show_instant(prepared.saved_at))}</p>
            {can_be.then(|| difference(l, &shown.run, prepared))}
            {release}
            {again}
            <form method="post" action=format!("/runs/{id}/release/discard")>
                <p class="actions"><button class="link">{say::discard(l)}</button></p>
            </form>
        }
    });
    page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), title(l, &shown.run)).status(status).into_response()
}

fn difference(l: Language, run: &Run, prepared: &Prepared) -> impl IntoView + use<> {
    let changes = prepared.changes.iter().map(|change| view! { <li>{say::change(l, change)}</li> }).collect_view();
    let mut told = Vec::new();
    if prepared.participants > 0 {
        told.push(say::tells_participants(l, prepared.participants));
    }
    if !prepared.trainers.is_empty() {
        told.push(say::tells_trainers(l, &prepared.trainers.join(", ")));
    }
    let more: i64 =
        prepared.changes.iter().map(|change| if let Change::Capacity { from, to } = change { to - from } else { 0 }).sum();
    let asked = more.min(run.waiting - run.offered);
    if asked > 0 {
        told.push(say::tells_waiting(l, asked));
    }
    if told.is_empty() {
        told.push(say::tells_nobody(l).to_owned());
    }
    let told = told.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let changes = if prepared.changes.is_empty() {
        view! { <p>{say::nothing_changes(l)}</p> }.into_any()
    } else {
        view! { <ul class="changes">{changes}</ul> <h2>{say::who_is_told(l)}</h2> <ul>{told}</ul> }.into_any()
    };
    view! { <h2>{say::what_changes(l)}</h2> {changes} }
}
