//! The versions of a timetable, the last first, each with what it changed.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::runs::{self, Version};

use super::id_of;
use crate::components::EmptyState;
use crate::pages::calendar::title;
use crate::wording::{choices, runs as words, shell, timetables as say};
use crate::{Context, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let l = context.language;
    let id: RunId = id_of(&id)?;
    let versions = runs::versions(&context.office, context.actor()?, id).await?;
    let shown = runs::show(&context.office, context.visitor(), id).await?;
    let page = context.page(say::versions(l), || {
        if versions.is_empty() {
            let advice = say::versions_none_advice(l);
            return view! { <EmptyState title=say::versions_none(l) advice=advice>""</EmptyState> }.into_any();
        }
        versions.iter().map(|one| version(l, one)).collect_view().into_any()
    });
    Ok(page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), title(l, &shown.run)).into_response())
}

fn version(l: Language, version: &Version) -> impl IntoView + use<> {
    let publication = &version.publication;
    let changes = version.changes.iter().map(|change| view! { <li>{say::change(l, change)}</li> }).collect_view();
    let changes = if version.changes.is_empty() {
        view! { <p>{say::first_version(l)}</p> }.into_any()
    } else {
        view! { <ul class="changes">{changes}</ul> }.into_any()
    };
    let note = (!publication.note.is_empty()).then(|| view! { <p class="lines">{publication.note.clone()}</p> });
    let rows = version.timetable.sessions.iter().map(|slot| {
        let when = say::at(l, slot.day, choices::half_day(l, slot.half_day), slot.starts, slot.ends);
        view! {
            <tr>
                <th scope="row">{when}</th><td>{slot.topic.clone()}</td><td>{slot.names().join(", ")}</td><td>{slot.venue.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <article>
            <h2>{say::version(l, publication.version)}</h2>
            <p class="meta">{say::published_by(l, &publication.published_by_name, &show_instant(publication.published_at))}</p>
            {note}
            {changes}
            <details>
                <summary>{words::sessions(l)}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=say::version(l, publication.version)>
                    <table class="rows">
                        <thead><tr>
                            <th scope="col">{words::time(l)}</th><th scope="col">{words::topic(l)}</th>
                            <th scope="col">{words::trainers(l)}</th><th scope="col">{words::venue(l)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </article>
    }
}
