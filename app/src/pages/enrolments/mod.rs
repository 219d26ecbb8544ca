//! Enrolments: taking and giving back places, and who has them.

mod enrol;
mod exceptions;
mod mine;
mod participants;
pub(in crate::pages) mod person;
mod preview;
mod refused;
mod roster;
mod rows;
mod spreadsheet;
mod substitute;
mod transfer;
mod unexcept;
mod which;
mod withdraw;

use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments::Run;

use crate::page::Page;
use crate::problem::faults;
use crate::wording::{enrolments as words, shell, waiting};
use crate::{Context, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    // A file may be larger than a form. The page counts as it reads, and can say what was too large.
    let upload = Routes::new()
        .post("/runs/{id}/enrol/spreadsheet", spreadsheet::upload)
        .layered(|router| router.layer(DefaultBodyLimit::disable()));
    Routes::new()
        .get("/enrolments", mine::show)
        .get("/enrolments/template.xlsx", template)
        .get("/enrolments/{id}/withdraw", withdraw::show)
        .post("/enrolments/{id}/withdraw", withdraw::save)
        .get("/enrolments/{id}/substitute", substitute::show)
        .post("/enrolments/{id}/substitute", substitute::save)
        .get("/enrolments/{id}/transfer", transfer::show)
        .post("/enrolments/{id}/transfer", transfer::save)
        .get("/runs/{id}/roster.pdf", roster::pdf)
        .get("/runs/{id}/roster.xlsx", roster::xlsx)
        .get("/runs/{id}/participants", participants::show)
        .get("/runs/{id}/exceptions", exceptions::show)
        .post("/runs/{id}/exceptions", exceptions::grant)
        .get("/exceptions/{id}/withdraw", unexcept::show)
        .post("/exceptions/{id}/withdraw", unexcept::save)
        .get("/runs/{id}/enrol", enrol::show)
        .post("/runs/{id}/enrol", enrol::save)
        .get("/runs/{id}/enrol/spreadsheet", spreadsheet::show)
        .post("/runs/{id}/enrol/spreadsheet/confirm", preview::confirm)
        .with(upload)
}

/// `GET /enrolments/template.xlsx`: the empty list.
async fn template(context: Context) -> Result<Response, Problem> {
    context.actor()?;
    let l = context.language;
    let bytes = operations::enrolments::template(l == Language::Vietnamese).await?;
    let name = format!("attachment; filename=\"{}\"", words::template_name(l));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// An identifier in an address: anything else is not found.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// The deeds of a list of people: to enrol them, or to ask for places; to let those wait for whom there is no seat, where a
/// list is too long; and only that where no seat is left. The first of them is what the Enter key presses.
fn buttons(l: Language, run: &Run, deed: &'static str, seats_left: i64, faults: &Faults) -> AnyView {
    let hint = view! { <small class="hint">{waiting::wait_hint(l)}</small> };
    // Who is approved without a seat waits by itself.
    if run.approval.is_needed() {
        return view! { <button>{deed}</button> }.into_any();
    }
    if seats_left <= 0 {
        return view! { <button name="wait" value="yes">{waiting::wait_all(l)}</button>{hint} }.into_any();
    }
    let full = faults.0.iter().any(|fault| matches!(fault.refusal, Refusal::Full { .. } | Refusal::OrganisationLimit { .. }));
    let wait = full.then(|| view! { <button class="quiet" name="wait" value="yes">{waiting::wait(l)}</button>{hint} });
    view! { <button>{deed}</button>{wait} }.into_any()
}

/// Lays the way to a page of a run.
fn below_run<'c>(page: Page<'c>, l: Language, run: &Run) -> Page<'c> {
    page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}", run.id), run.title(l))
}
