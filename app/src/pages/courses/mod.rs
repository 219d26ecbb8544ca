//! The catalogue, for those who keep it.

mod form;
mod list;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/courses", list::show)
        .get("/courses/new", form::new)
        .post("/courses/new", form::add)
        .get("/courses/{id}", form::show)
        .post("/courses/{id}", form::change)
}
