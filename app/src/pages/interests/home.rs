//! `GET /interests`: the way to what one's organisation asks for.

use axum::response::{IntoResponse as _, Response};
use domain::ids::OrganisationId;
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;
use operations::interests;

use crate::components::EmptyState;
use crate::wording::{interests as say, shell};
use crate::{Context, Problem};

pub(super) async fn show(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    if !may_somewhere(actor, Action::NoteInterest) {
        return Err(Problem::NotFound);
    }
    let own: Vec<OrganisationId> = actor.organisations().collect();
    if let [only] = own[..] {
        return Ok(Context::see(&format!("/organisations/{only}/interests")));
    }
    let mut names = Vec::with_capacity(own.len());
    for organisation in own {
        let wishes = interests::wishes(&context.office, actor, organisation).await?;
        names.push((organisation, wishes.organisation.name));
    }
    let page = context.page(say::title(l), || {
        if names.is_empty() {
            return view! {
                <EmptyState title=say::choose_organisation(l) advice=say::choose_organisation_advice(l)>
                    <a class="button" href="/organisations">{shell::organisations(l)}</a>
                </EmptyState>
            }
            .into_any();
        }
        let items =
            names.into_iter().map(|(id, name)| view! { <li><a href=format!("/organisations/{id}/interests")>{name}</a></li> });
        view! { <p class="lead">{say::lead(l)}</p><ul class="steps">{items.collect_view()}</ul> }.into_any()
    });
    Ok(page.into_response())
}
