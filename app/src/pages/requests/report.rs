//! What became of each of several requests.

use axum::response::{IntoResponse as _, Response};
use leptos::prelude::*;
use operations::requests::{Line, Placed};
use store::requests::Request;

use crate::components::Notice;
use crate::wording::refusals::sentences;
use crate::wording::requests as say;
use crate::{Context, Form};

/// The report on what was approved.
pub(super) fn approved(context: &Context, form: &Form, lines: &[Line]) -> Response {
    let l = context.language;
    let placed = lines
        .iter()
        .filter(|line| line.outcome.as_ref().is_ok_and(|decided| decided.run.is_some() && decided.no_seat.is_none()))
        .count();
    let rows = lines.iter().map(|line| {
        let outcome = match &line.outcome {
            Err(faults) => (false, say::line_refused(l, &sentences(l, faults))),
            Ok(decided) => match (&decided.run, &decided.no_seat, decided.request.state.waits_for()) {
                (Some(run), Some(faults), _) => (false, say::line_kept(l, &run.name, &sentences(l, faults))),
                (Some(run), ..) => (true, say::line_placed(l, &run.name)),
                (None, Some(faults), _) => (false, say::line_no_seat(l, &sentences(l, faults))),
                (None, None, Some(level)) => (true, say::line_next(l, say::level(l, level))),
                (None, None, None) => (true, say::state_word(l, decided.request.state).to_owned()),
            },
        };
        (line.known.clone(), outcome)
    });
    let back = match form.get("run").parse::<domain::ids::RunId>() {
        Ok(run) => format!("/requests?run={run}"),
        Err(_) => "/requests".to_owned(),
    };
    page(context, (say::report_title(l), ("/requests".into(), say::title(l).into())), (placed, rows.collect(), None), back)
}

/// The report on what was placed.
pub(super) fn placed(context: &Context, board: String, course: &str, lines: &[Placed], undo: Option<AnyView>) -> Response {
    let l = context.language;
    let placed = lines.iter().filter(|line| line.outcome.is_ok()).count();
    let rows = lines.iter().map(|line| {
        let outcome = match &line.outcome {
            Ok(run) => (true, say::line_placed(l, &run.name)),
            Err(faults) => (false, say::not_placed(l, &sentences(l, faults))),
        };
        (line.known.clone(), outcome)
    });
    let crumb = (board.clone(), say::board_of(l, course));
    page(context, (say::placed_report(l), crumb), (placed, rows.collect(), undo), board)
}

/// Whose request, whether it went well, and what is said of it.
type Row = (Option<Request>, (bool, String));

fn page(
    context: &Context,
    (title, crumb): (&'static str, (String, String)),
    (placed, rows, undo): (usize, Vec<Row>, Option<AnyView>),
    back: String,
) -> Response {
    let l = context.language;
    let page = context.page(title, || {
        let count = rows.len();
        let rows = rows.into_iter().map(|(known, (is_good, outcome))| {
            let who = match known {
                Some(request) => view! {
                    <a href=format!("/requests/{}", request.id)>{request.person_name}</a>
                    <small class="hint">{request.organisation_name}</small>
                }
                .into_any(),
                None => say::unknown(l).into_any(),
            };
            let class = if is_good { "good" } else { "bad" };
            view! { <tr><th scope="row">{who}</th><td><span class=class>{outcome}</span></td></tr> }
        });
        let rows = rows.collect_view();
        view! {
            <Notice text=if placed == count { say::report_all(l, placed) } else { say::report(l, placed, count - placed) }/>
            <table class="rows">
                <thead><tr><th scope="col">{say::person(l)}</th><th scope="col">{say::state(l)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="actions"><a class="button" href=back>{say::back(l)}</a></p>
            {undo}
        }
    });
    page.crumb(crumb.0, crumb.1).into_response()
}
