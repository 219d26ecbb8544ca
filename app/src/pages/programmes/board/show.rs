//! `GET /programmes/{year}/board`.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::registrations::State;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::programmes::{self, YearBoard};

use super::{address, numbers, places, seen_on, steps};
use crate::components::{EmptyState, FaultSummary, Meter, Notice, TextField, day_kind};
use crate::pages::registrations::stages;
use crate::wording::year_board as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(year): Path<i64>, form: Form) -> Result<Response, Problem> {
    render(&context, year, form).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn render(context: &Context, year: i64, mut form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let day = seen_on(&form).unwrap_or_else(|faults| {
        form.faults.0.extend(faults.0);
        None
    });
    let actor = context.actor()?;
    let board = programmes::board(&context.office, actor, year, day).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let notice = match form.get("done") {
        "placed" => Some(say::done_placed(l)),
        "undone" => Some(say::done_undone(l)),
        _ => None,
    };
    if form.get("seen_on").trim().is_empty() {
        form.set("seen_on", board.seen_on.to_string());
    }
    let at = show_instant(context.office.now());
    let page = context.page(say::title(l, year), || {
        let notice = notice.map(|text| view! { <Notice text/> });
        let content = if board.total.total() == 0 {
            view! { <EmptyState title=say::nothing(l) advice=say::nothing_advice(l)>""</EmptyState> }.into_any()
        } else {
            view! { {numbers::table(l, &board)}{places::open(l, &board, &form)}{places::said(l, &board)} }.into_any()
        };
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            {notice}
            {stages(l, actor, "/programmes/board")}
            {chips(l, &board)}
            <p class="lead">{say::lead(l, &at)}</p>
            {tiles(l, &board)}
            {asked(l, &board, &form)}
            {content}
            {steps::list(l, &board)}
        }
    });
    Ok(page.wide().status(status).into_response())
}

fn chips(l: Language, board: &YearBoard) -> Option<impl IntoView + use<>> {
    (board.years.len() > 1).then(|| {
        let chips = board.years.iter().map(|year| {
            let current = (*year == board.year.year).then_some("page");
            view! { <a class="chip" href=address(*year, None) aria-current=current>{*year}</a> }
        });
        view! { <nav class="chips" aria-label=say::years(l)>{chips.collect_view()}</nav> }
    })
}

fn tiles(l: Language, board: &YearBoard) -> impl IntoView + use<> {
    let (selected, target) = (board.total.of(State::Selected), board.year.target_products);
    let words = if board.everywhere { say::selected(l) } else { say::selected_here(l) };
    let with_units: i64 =
        [State::Submitted, State::Complete, State::Evaluated, State::Listed].iter().map(|state| board.total.of(*state)).sum();
    let tile = |number: i64, words: &'static str| {
        view! { <div class="tile"><strong>{number}</strong><span>{words}</span></div> }
    };
    view! {
        <div class="tiles">
            <div class="tile"><strong>{say::of_target(l, selected, target)}</strong><Meter value=selected of=target/><span>{words}</span></div>
            {tile(board.total.total(), say::forms(l))}
            {tile(with_units, say::with_units(l))}
            {tile(board.total.of(State::Forwarded), say::with_province(l))}
        </div>
    }
}

fn asked(l: Language, board: &YearBoard, form: &Form) -> impl IntoView + use<> {
    view! {
        <form class="filters" method="get" action=address(board.year.year, None)>
            <TextField language=l form=form name="seen_on" label=say::seen_on(l) hint=say::seen_on_hint(l)
                kind=day_kind(form.get("seen_on"))/>
            <button class="quiet">{say::show(l)}</button>
        </form>
    }
}
