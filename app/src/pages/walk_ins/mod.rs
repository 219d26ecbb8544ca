//! Walk-ins: who they are.

mod list;
mod show;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/walk-ins", list::show)
        .get("/walk-ins/{id}", show::show)
        .post("/walk-ins/{id}/match", show::found)
        .post("/walk-ins/{id}/dismiss", show::dismiss)
        .post("/walk-ins/{id}/undo", show::undo)
}
