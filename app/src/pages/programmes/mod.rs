//! Programme years, for those who keep them.

mod board;
mod form;
mod list;

use crate::Routes;
use crate::problem::faults;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/programmes", list::show)
        .get("/programmes/new", form::new)
        .post("/programmes/new", form::add)
        .get("/programmes/{year}", form::show)
        .post("/programmes/{year}", form::change)
        .post("/programmes/levels", list::add_level)
        .post("/programmes/levels/{id}/remove", list::remove_level)
        .with(board::routes())
}
