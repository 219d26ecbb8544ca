//! The public calendar: the start page, the calendar itself, and what calendar programs read.

mod asked;
mod copies;
mod entries;
mod feeds;
mod grid;
mod home;
mod show;

use axum::Extension;

pub(crate) use entries::{course_title, title};
pub(crate) use feeds::of_run as feed_of_run;

use crate::Routes;

/// The routes of this noun, with the copies of its pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/", home::show)
        .get("/calendar", show::show)
        .layered(|router| router.layer(Extension(copies::Copies::default())))
        .get("/calendar.ics", feeds::all)
}
