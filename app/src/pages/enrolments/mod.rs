//! Enrolments: taking and giving back places, and who has them.

mod enrol;
mod exceptions;
mod mine;
mod participants;
mod person;
mod preview;
mod refused;
mod spreadsheet;
mod unexcept;
mod which;
mod withdraw;

use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use operations::enrolments::Run;

use crate::page::Page;
use crate::problem::faults;
use crate::wording::{enrolments as words, shell};
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

/// Lays the way to a page of a run.
fn below_run<'c>(page: Page<'c>, l: Language, run: &Run) -> Page<'c> {
    page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}", run.id), run.title(l))
}
