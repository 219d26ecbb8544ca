//! The six steps of the annual cycle, and where today lies to each.

use domain::accounts::Language;
use domain::programmes::{CycleStep, Phase, Window};
use domain::time::show_day;
use leptos::prelude::*;
use operations::programmes::YearBoard;

use crate::wording::{choices, programmes, year_board as say};

pub(super) fn list(l: Language, board: &YearBoard) -> impl IntoView + use<> {
    let rows = board.windows.iter().map(|(step, window)| row(l, *step, window.map(|window| (window, window.phase(board.today)))));
    let rows: Vec<_> = rows.collect();
    view! {
        <section>
            <h2>{say::steps(l)}</h2>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::step(l)}</th><th scope="col">{say::dates(l)}</th><th scope="col">{say::today_is(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(l: Language, step: CycleStep, window: Option<(Window, Phase)>) -> impl IntoView + use<> {
    let name = programmes::step_name(l, step.number(), choices::cycle_step(l, step));
    let (dates, phase) = match window {
        Some((window, phase)) => {
            let class = if matches!(phase, Phase::Open(_)) { "tag good" } else { "tag" };
            let tag = view! { <span class=class>{say::phase(l, phase)}</span> };
            (say::dates_of(l, &show_day(window.opens), &show_day(window.closes)), Some(tag))
        }
        None => (say::no_dates(l).to_owned(), None),
    };
    view! { <tr><th scope="row">{name}</th><td>{dates}</td><td>{phase}</td></tr> }
}
