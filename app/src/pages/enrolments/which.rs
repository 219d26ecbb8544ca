//! For which organisation somebody enrols, when they may for several.

use axum::response::{IntoResponse as _, Response};
use domain::ids::{OrganisationId, RunId};
use leptos::prelude::*;
use operations::enrolments::{self, Candidate};

use super::{below_run, id};
use crate::components::EmptyState;
use crate::wording::enrolments as words;
use crate::{Context, Form, Problem};

/// The organisation that was asked for, or the only one there is; else the page on which it is chosen.
pub async fn organisation(
    context: &Context,
    run: RunId,
    query: &Form,
    path: &str,
) -> Result<Result<OrganisationId, Response>, Problem> {
    if !query.get("organisation").is_empty() {
        return Ok(Ok(id(query.get("organisation"))?));
    }
    let actor = context.actor()?;
    let own: Vec<OrganisationId> = actor.organisations().collect();
    let wanted = query.get("q").to_owned();
    let (run, found) = enrolments::organisations(&context.office, actor, run, &wanted).await?;
    if let ([only], true) = (found.as_slice(), own.len() == 1 && actor.grants.len() == 1) {
        return Ok(Ok(only.organisation.id));
    }
    let l = context.language;
    let path = path.to_owned();
    let page = context.page(words::which_title(l), || {
        let list = if found.is_empty() {
            view! { <EmptyState title=words::no_organisation_title(l) advice=words::no_organisation(l)>""</EmptyState> }.into_any()
        } else {
            let items = found.iter().map(|Candidate { organisation, refusal }| {
                let shut = refusal.is_some().then(|| view! { " "<span class="tag warn">{words::not_selected_tag(l)}</span> });
                let address = format!("{path}?organisation={}", organisation.id);
                view! {
                    <li class="person"><span><a href=address>{organisation.name.clone()}</a>{shut}</span><small>{organisation.unit_title()}</small></li>
                }
            });
            let items = items.collect_view();
            view! { <ul class="people">{items}</ul> }.into_any()
        };
        view! {
            <p class="lead">{run.title(l)}</p>
            <form class="filters" method="get" action=path.clone()>
                <div class="field">
                    <label for="f-q">{words::which_search(l)}</label>
                    <input id="f-q" name="q" type="search" value=wanted/>
                </div>
                <button class="quiet">{words::search(l)}</button>
            </form>
            {list}
        }
    });
    Ok(Err(below_run(page, l, &run).into_response()))
}
