//! What is kept behind the daily work: the catalogue, what is required, books, accounts.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Actor;
use domain::policy::{Action, may_everywhere, may_somewhere};
use leptos::prelude::*;

use crate::wording::{
    accounts, calendar, certificates, courses, holidays, interests, manage as say, people, plans, programmes, requirements,
    rosters, trainers, venues,
};
use crate::{Context, Problem, Routes};

/// The route of this page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/manage", show)
}

/// Whether there is anything on the page for `actor`: decides what the menu offers.
pub(crate) fn has_anything(actor: &Actor) -> bool {
    may_somewhere(actor, Action::KeepAccounts)
        || may_everywhere(actor, Action::KeepCatalogue)
        || may_somewhere(actor, Action::SeePlan)
        || may_somewhere(actor, Action::SeeDemand)
}

async fn show(context: Context) -> Result<Response, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    if !has_anything(actor) {
        return Err(Problem::NotFound);
    }
    let catalogue = may_everywhere(actor, Action::KeepCatalogue);
    let entries = [
        (may_everywhere(actor, Action::KeepProgramme), "/programmes", programmes::title(l), programmes::why(l)),
        (may_somewhere(actor, Action::SeePlan), "/plans", plans::title(l), plans::why(l)),
        (may_somewhere(actor, Action::SeeDemand), "/demand", interests::demand(l), interests::demand_why(l)),
        (catalogue, "/courses", courses::title(l), calendar::step_courses_why(l)),
        (catalogue, "/requirements", requirements::title(l), say::requirements_why(l)),
        (catalogue, "/trainers", trainers::title(l), trainers::why(l)),
        (catalogue, "/venues", venues::title(l), venues::why(l)),
        (catalogue, "/holidays", holidays::title(l), holidays::why(l)),
        (catalogue, "/books", certificates::books_title(l), say::books_why(l)),
        (may_somewhere(actor, Action::KeepPeople), "/people", people::people(l), people::why(l)),
        (may_somewhere(actor, Action::KeepPeople), "/people/import", rosters::import_title(l), rosters::import_why(l)),
        (may_somewhere(actor, Action::KeepAccounts), "/accounts", accounts::accounts(l), say::accounts_why(l)),
    ];
    let entries = entries
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, path, name, why)| view! { <li><a href=path>{name}</a><span>{why}</span></li> })
        .collect_view();
    Ok(context.page(say::title(l), || view! { <ul class="steps">{entries}</ul> }).into_response())
}
