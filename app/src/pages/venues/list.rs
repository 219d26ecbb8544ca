//! `/venues`: every venue by unit, with its rooms and seats.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::policy::{Action, may_everywhere};
use leptos::prelude::*;
use operations::venues::{self, Line};

use crate::components::{EmptyState, TextField};
use crate::wording::{shell, venues as say};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let list = venues::list(&context.office, actor, form.get("q")).await?;
    let (retired, used): (Vec<Line>, Vec<Line>) = list.lines.into_iter().partition(|line| line.venue.retired_at.is_some());
    let may_change = list.may_change;
    let page = context.page(say::title(l), || {
        let new = move || may_change.then(|| view! { <a class="button" href="/venues/new">{say::new(l)}</a> });
        let content = if used.is_empty() {
            let (title, advice) = match (form.get("q").trim().is_empty(), may_change) {
                (false, _) => (say::none_found(l), say::none_found_advice(l)),
                (true, true) => (say::none(l), say::none_advice(l)),
                (true, false) => (say::none(l), say::none_reader(l)),
            };
            view! { <EmptyState title=title advice=advice>{new()}</EmptyState> }.into_any()
        } else {
            view! { {table(l, &used)}<p>{new()}</p> }.into_any()
        };
        let retired = (!retired.is_empty()).then(|| {
            view! { <details class="fold"><summary>{format!("{} ({})", say::retired(l), retired.len())}</summary>{table(l, &retired)}</details> }
        });
        view! {
            <p class="lead">{say::lead(l)}</p>
            <form method="get" action="/venues" class="filters" role="search">
                <TextField language=l form=&form name="q" label=say::search(l) kind="search"/>
                <button class="quiet">{say::find(l)}</button>
            </form>
            {content}
            {retired}
        }
    });
    let keeps = may_everywhere(actor, Action::KeepCatalogue);
    let page = if keeps { page.crumb("/manage", shell::manage(l)) } else { page.crumb("/runs", shell::runs(l)) };
    Ok(page.into_response())
}

/// Venues in the order of their units.
fn table(l: Language, lines: &[Line]) -> impl IntoView + use<> {
    let rows = lines.iter().map(|line| {
        let venue = &line.venue;
        let names = line.rooms.iter().map(|room| format!("{} ({})", room.name, say::seats_count(l, room.capacity)));
        let names = names.collect::<Vec<_>>().join(", ");
        view! {
            <tr>
                <th scope="row"><a href=format!("/venues/{}", venue.id)>{venue.name.clone()}</a></th>
                <td>{venue.unit_title()}</td>
                <td>{names}</td>
                <td class="n">{say::seats_count(l, line.seats())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::title(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::venue(l)}</th><th scope="col">{say::unit(l)}</th>
                        <th scope="col">{say::rooms(l)}</th><th scope="col" class="n">{say::seats(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
