//! The annual plan: the years, the plan of one, a line, and the sheets it comes and goes in.

mod form;
mod line;
mod picture;
mod preview;
mod sheets;
mod show;
mod years;

use axum::extract::DefaultBodyLimit;
use domain::accounts::Language;
use domain::text::show_amount;

use crate::Routes;
use crate::wording::plans as say;

/// The most bytes of a sheet that is looked through on a page.
const CONFIRM_LIMIT: usize = 8 << 20;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .with(uploads())
        .get("/plans", years::show)
        .get("/plans/{year}", show::show)
        .get("/plans/{year}/new", form::new)
        .post("/plans/{year}/new", form::add)
        .get("/plans/{year}/plan.xlsx", sheets::export)
        .get("/plans/{year}/template.xlsx", sheets::template)
        .get("/plans/{year}/spreadsheet", sheets::show)
        .get("/plans/lines/{id}", line::show)
        .get("/plans/lines/{id}/edit", form::edit)
        .post("/plans/lines/{id}/edit", form::change)
        .post("/plans/lines/{id}/remove", line::remove)
}

/// The routes by which a sheet comes in: it may be larger than a form, and the page counts as it reads.
fn uploads() -> Routes {
    let files = Routes::new()
        .post("/plans/{year}/spreadsheet", sheets::upload)
        .layered(|router| router.layer(DefaultBodyLimit::disable()));
    let confirm = Routes::new()
        .post("/plans/{year}/spreadsheet/confirm", preview::confirm)
        .layered(|router| router.layer(DefaultBodyLimit::max(CONFIRM_LIMIT)));
    files.with(confirm)
}

/// Where the plan of a year is.
fn address(year: i64) -> String {
    format!("/plans/{year}")
}

/// A sum of planned money.
fn money(l: Language, budget: i64) -> String {
    if budget == 0 { say::no_money(l).to_owned() } else { say::money(l, &show_amount(budget)) }
}
