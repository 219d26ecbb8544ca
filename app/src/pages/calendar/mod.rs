//! The public calendar: the start page, the calendar itself, and what calendar programs read.

mod asked;
mod entries;
mod feeds;
mod grid;
mod home;
mod show;

pub(crate) use entries::{audience, course_title, title};
pub(crate) use feeds::of_run as feed_of_run;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/", home::show).get("/calendar", show::show).get("/calendar.ics", feeds::all)
}
