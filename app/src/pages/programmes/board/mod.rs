//! The board of a programme year: forms by unit and state, as seen on a day.

mod deeds;
mod export;
mod numbers;
mod places;
mod show;
mod steps;

use chrono::{Datelike as _, NaiveDate};
use domain::registrations::State;
use domain::time::show_day;
use domain::{Faults, time};
use leptos::prelude::*;
use operations::programmes;
use store::units::Unit;

use crate::components::EmptyState;
use crate::wording::year_board as say;
use crate::{Context, Form, Problem, Routes};
use axum::response::{IntoResponse as _, Response};

/// The routes of the board.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/programmes/board", latest)
        .get("/programmes/{year}/board", show::show)
        .get("/programmes/{year}/board.xlsx", export::download)
        .post("/programmes/{year}/placements", deeds::place)
        .post("/placements/{id}/undo", deeds::undo)
}

/// `GET /programmes/board`: the board of this year, else of the last one that was planned.
async fn latest(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    if !operations::lists::sees_units(context.actor()?) {
        return Err(Problem::NotFound);
    }
    let this_year = i64::from(context.office.today().year());
    let years = programmes::years(&context.office).await?;
    let begun = years.iter().find(|known| known.year <= this_year).or(years.first());
    match begun {
        Some(known) => Ok(Context::see(&address(known.year, None))),
        None => {
            let page = context.page(say::stage(l), || {
                view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>""</EmptyState> }
            });
            Ok(page.into_response())
        }
    }
}

/// The address of a board.
fn address(year: i64, seen_on: Option<NaiveDate>) -> String {
    let day = seen_on.map(|day| format!("?seen_on={day}")).unwrap_or_default();
    format!("/programmes/{year}/board{day}")
}

/// The day whose units are asked for: none for the usual one.
fn seen_on(form: &Form) -> Result<Option<NaiveDate>, Faults> {
    let mut faults = Faults::default();
    let typed = form.get("seen_on").trim();
    let day = if typed.is_empty() { Some(None) } else { faults.take("seen_on", time::parse_day(typed)).map(Some) };
    day.ok_or(faults)
}

/// A unit with the last day of its life, where that is over.
fn named(l: domain::accounts::Language, unit: &Unit) -> String {
    match unit.valid_to.and_then(|to| to.pred_opt()) {
        Some(last) => say::comes_from(l, &unit.full_title(), &show_day(last)),
        None => unit.full_title(),
    }
}

/// The states that have a column: those in which any form stands.
fn columns(board: &programmes::YearBoard) -> impl Iterator<Item = State> + '_ {
    State::ALL.iter().copied().filter(|state| board.total.of(*state) > 0)
}
