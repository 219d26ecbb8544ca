//! Forms by unit and state: each number leads to the forms behind it.

use domain::accounts::Language;
use domain::ids::UnitId;
use domain::registrations::State;
use leptos::prelude::*;
use operations::programmes::{StateCounts, YearBoard};

use super::columns;
use crate::wording::{choices, year_board as say};

/// What a row is about, and what its numbers lead to.
enum Row<'b> {
    Unit(UnitId, &'b str),
    Open,
    Total,
}

pub(super) fn table(l: Language, board: &YearBoard) -> AnyView {
    let states: Vec<State> = columns(board).collect();
    let rows: Vec<_> =
        board.rows.iter().map(|row| line(l, board, &states, &Row::Unit(row.unit.id, &row.unit.title()), &row.counts)).collect();
    let open = (board.open_counts.total() > 0).then(|| line(l, board, &states, &Row::Open, &board.open_counts));
    let total = line(l, board, &states, &Row::Total, &board.total);
    let heads = states.iter().map(|state| view! { <th scope="col" class="n">{choices::registration_state(l, *state)}</th> });
    let export = format!("/programmes/{}/board.xlsx?seen_on={}", board.year.year, board.seen_on);
    view! {
        <h2>{say::by_unit(l)}</h2>
        <div class="scroll" role="region" aria-label=say::by_unit(l) tabindex="0"><table class="rows by-state">
            <thead><tr>
                <th scope="col">{say::unit(l)}</th>{heads.collect_view()}<th scope="col" class="n">{say::all(l)}</th>
            </tr></thead>
            <tbody>{rows}{open}</tbody>
            <tfoot>{total}</tfoot>
        </table></div>
        <p class="actions"><a class="button quiet" href=export>{say::download(l)}</a></p>
    }
    .into_any()
}

fn line(l: Language, board: &YearBoard, states: &[State], row: &Row<'_>, counts: &StateCounts) -> AnyView {
    let title = match row {
        Row::Unit(_, title) => title,
        Row::Open => say::to_be_decided(l),
        Row::Total => say::total(l),
    };
    let cell = |name: &str, number: i64, state: Option<State>| {
        let label = name.to_owned();
        match address(board, row, state) {
            // A blank is quicker to pass over than a nought.
            _ if number == 0 => view! { <td class="n" data-label=label></td> }.into_any(),
            Some(path) => {
                let words = say::number_of(l, name, number, title);
                view! { <td class="n" data-label=label><a href=path aria-label=words>{number}</a></td> }.into_any()
            }
            None => view! { <td class="n" data-label=label>{number}</td> }.into_any(),
        }
    };
    let cells = states.iter().map(|state| cell(choices::registration_state(l, *state), counts.of(*state), Some(*state)));
    let cells = cells.collect_view();
    let all = cell(say::all(l), counts.total(), None);
    let head = match row {
        Row::Open => view! { <a href="#open">{title.to_owned()}</a> }.into_any(),
        _ => title.to_owned().into_any(),
    };
    view! { <tr><th scope="row">{head}</th>{cells}{all}</tr> }.into_any()
}

/// The list of the forms behind a number. What is open has no unit to be narrowed by.
fn address(board: &YearBoard, row: &Row<'_>, state: Option<State>) -> Option<String> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("year", &board.year.year.to_string());
    match row {
        Row::Unit(unit, _) => {
            query.append_pair("unit", &unit.to_string()).append_pair("seen_on", &board.seen_on.to_string());
        }
        Row::Open => return None,
        Row::Total => {}
    }
    if let Some(state) = state {
        query.append_pair("state", state.as_str());
    }
    Some(format!("/registrations?{}", query.finish()))
}
