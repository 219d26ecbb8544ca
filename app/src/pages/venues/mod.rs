//! Venues and their rooms.

mod form;
mod list;
mod rooms;
mod show;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/venues", list::show)
        .get("/venues/new", form::new)
        .post("/venues/new", form::add)
        .get("/venues/{id}", show::show)
        .get("/venues/{id}/edit", form::edit)
        .post("/venues/{id}/edit", form::change)
        .post("/venues/{id}/retire", show::retire)
        .post("/venues/{id}/bring-back", show::bring_back)
        .post("/venues/{id}/rooms", rooms::add)
        .post("/rooms/{id}", rooms::change)
        .post("/rooms/{id}/retire", rooms::retire)
        .post("/rooms/{id}/bring-back", rooms::bring_back)
}
