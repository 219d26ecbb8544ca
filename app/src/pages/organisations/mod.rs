//! Organisations: found, written down, shown with their people.

mod form;
mod history;
mod list;
mod show;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/organisations", list::show)
        .get("/organisations/new", form::new)
        .post("/organisations/new", form::create)
        .get("/organisations/{id}", show::show)
        .get("/organisations/{id}/edit", form::edit)
        .post("/organisations/{id}/edit", form::change)
}
