//! Runs: the page of one, the list of a planner, planning, publishing, calling off.

mod cancel;
mod cancel_session;
mod clashes;
mod copies;
mod edit;
mod form;
mod laying;
mod list;
mod new;
mod publish;
mod release;
mod show;
mod versions;

use std::str::FromStr;

use crate::{Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs", list::show)
        .get("/runs/new", new::show)
        .post("/runs/new", new::save)
        .get("/runs/{id}", show::show)
        .get("/runs/{id}/edit", edit::show)
        .post("/runs/{id}/edit", edit::save)
        .post("/runs/{id}/publish", publish::publish)
        .get("/runs/{id}/copies", copies::show)
        .post("/runs/{id}/copies", copies::save)
        .get("/runs/{id}/cancel", cancel::show)
        .post("/runs/{id}/cancel", cancel::cancel)
        .get("/runs/{id}/release", release::show)
        .post("/runs/{id}/release", release::release)
        .post("/runs/{id}/release/discard", release::discard)
        .get("/runs/{id}/versions", versions::show)
        .get("/sessions/{id}/cancel", cancel_session::show)
        .post("/sessions/{id}/cancel", cancel_session::cancel)
}

/// An identifier from an address. What is none leads nowhere.
pub(crate) fn id_of<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
