//! `/runs/{id}/walk-ins`: everybody who came to a run without a place, and what was found out about them.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::walk_ins::{self, WalkIn};

use crate::components::{EmptyState, Notice};
use crate::pages::runs::id_of;
use crate::wording::{attendance, door as words, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>, query: Form) -> Result<Response, Problem> {
    let l = context.language;
    let id: RunId = id_of(&id)?;
    let found = walk_ins::of_run(&context.office, context.actor()?, id).await?;
    let run = found.run;
    // Only numbers are said back: the address is anybody's to write.
    let number = |name: &str| query.get(name).parse::<u32>().ok().map(|count| count.to_string());
    let done = match query.get("done") {
        "dismissed" => Some(words::dismissed_now(l).to_owned()),
        "undone" => Some(words::undone_now(l).to_owned()),
        "matched" => number("carried").zip(number("left")).map(|(carried, left)| words::matched_now(l, &carried, &left)),
        _ => None,
    };
    let name = run.title(l);
    let content = || {
        let list = if found.entries.is_empty() {
            view! { <EmptyState title=words::none_title(l) advice=words::none(l)>""</EmptyState> }.into_any()
        } else {
            table(l, &found.entries)
        };
        view! {
            <p class="lead">{run.title(l)}</p>
            {done.map(|text| view! { <Notice text/> })}
            {list}
        }
    };
    let page = context.page(words::title(l), content).crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), name);
    Ok(page.crumb(format!("/runs/{id}/attendance"), attendance::title(l)).into_response())
}

fn table(l: Language, entries: &[WalkIn]) -> AnyView {
    let rows = entries.iter().map(|walk_in| {
        let address = format!("/walk-ins/{}", walk_in.id);
        let deed = if walk_in.is_open() { words::find_out(l) } else { words::see(l) };
        let label = format!("{deed}: {}", walk_in.person_name);
        view! {
            <tr>
                <th scope="row">{walk_in.person_name.clone()}</th>
                <td>{said(walk_in)}</td>
                <td>{outcome(l, walk_in)}</td>
                <td class="no-print"><a class="button quiet" href=address aria-label=label>{deed}</a></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=words::title(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{words::name(l)}</th>
                        <th scope="col">{words::said(l)}</th>
                        <th scope="col">{words::state(l)}</th>
                        <th scope="col" class="no-print"><span class="hidden">{words::find_out(l)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What was written down besides the name.
pub(super) fn said(walk_in: &WalkIn) -> String {
    let parts = [
        Some(walk_in.organisation_name.clone()).filter(|name| !name.is_empty()),
        walk_in.birth_year.map(|year| year.to_string()),
        walk_in.phone.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was found out.
pub(super) fn outcome(l: Language, walk_in: &WalkIn) -> AnyView {
    let sentence = match (&walk_in.matched_name, &walk_in.reason) {
        _ if walk_in.is_open() => return view! { <span class="tag warn">{words::is_open(l)}</span> }.into_any(),
        (Some(name), _) => words::matched(l, name, walk_in.matched_organisation.as_deref().unwrap_or_default()),
        (None, reason) => words::dismissed(l, reason.as_deref().unwrap_or_default()),
    };
    let by =
        walk_in.answered_by_name.as_deref().zip(walk_in.answered_at).map(|(by, at)| words::answered_by(l, by, show_instant(at)));
    view! { {sentence}" "<small class="soft">{by}</small> }.into_any()
}
