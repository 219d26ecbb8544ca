//! Lists that units forward to the province: drawn up, frozen, forwarded, answered.

mod candidates;
mod compose;
mod deeds;
mod files;
mod list;
mod new;
mod show;

use domain::accounts::Language;
use domain::ids::ForwardingListId;
use domain::lists::ListState;
use leptos::prelude::*;
use operations::lists::ForwardingList;

use crate::Routes;
use crate::wording::{choices, lists as say};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/lists", list::show)
        .get("/lists/new", new::show)
        .post("/lists/new", new::begin)
        .get("/lists/{id}", show::show)
        .get("/lists/{id}/paper.pdf", files::paper)
        .get("/lists/{id}/list.xlsx", files::table)
        .post("/lists/{id}/forms", deeds::compose)
        .post("/lists/{id}/freeze", deeds::freeze)
        .post("/lists/{id}/forward", deeds::forward)
        .post("/lists/{id}/discard", deeds::discard)
        .post("/lists/{id}/accept", deeds::accept)
        .post("/lists/{id}/return", deeds::send_back)
        .post("/lists/{id}/replace", deeds::replace)
}

/// What a list is called.
fn name(l: Language, list: &ForwardingList) -> String {
    list.number.as_ref().map_or_else(|| say::unnumbered(l).to_owned(), |number| say::number(l, number))
}

/// The address of a list.
fn address(id: ForwardingListId) -> String {
    format!("/lists/{id}")
}

/// The state of a list as a tag.
fn state_tag(l: Language, state: ListState) -> impl IntoView + use<> {
    let class = match state {
        ListState::Accepted => "tag good",
        ListState::Returned => "tag bad",
        ListState::Waiting | ListState::Frozen => "tag warn",
        ListState::Draft | ListState::Discarded => "tag",
    };
    view! { <span class=class>{choices::list_state(l, state)}</span> }
}
