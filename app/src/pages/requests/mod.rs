//! Requests for places: asked on the page of enrolling, listed, decided on, changed, placed.

pub(crate) mod asking;
mod change;
mod list;
mod placing;
mod report;
mod show;

use domain::accounts::Language;
use domain::requests::State;
use leptos::prelude::*;

use crate::Routes;
use crate::wording::requests as say;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/requests", list::show)
        .post("/requests/approve", list::approve)
        .get("/requests/{id}", show::show)
        .post("/requests/{id}/decide", show::decide)
        .post("/requests/{id}/withdraw", show::withdraw)
        .get("/requests/{id}/edit", change::show)
        .post("/requests/{id}/edit", change::save)
        .get("/courses/{id}/placing", placing::show)
        .post("/courses/{id}/placing", placing::store)
        .post("/courses/{id}/placing/undo", placing::undo)
}

/// Where a request stands, as a tag.
fn tag(l: Language, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::WaitingUnit | State::WaitingProvince => "tag",
        State::Returned | State::Approved => "tag warn",
        State::Placed => "tag good",
        State::Refused | State::Withdrawn => "tag bad",
    };
    view! { <span class=class>{say::state_word(l, state)}</span> }
}
