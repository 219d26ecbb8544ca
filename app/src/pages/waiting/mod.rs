//! Waiting lists, and the seats offered to those on them.

mod entry;
mod list;
mod offers;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/waiting", list::show)
        .get("/waiting/{id}", entry::show)
        .post("/waiting/{id}/leave", entry::leave)
        .post("/waiting/{id}/priority", entry::prioritise)
        .post("/waiting/{id}/answer", entry::answer)
        .post("/waiting/{id}/code", entry::code)
        .get("/offers", offers::ask)
        .post("/offers", offers::go)
        .get("/offers/{secret}", offers::show)
        .post("/offers/{secret}", offers::answer)
}
