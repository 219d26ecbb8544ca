//! Calendars: the start page, the public calendar, everybody's own, what calendar programs read, and what is printed.

mod asked;
mod bar;
mod entries;
mod feeds;
mod filters;
mod home;
mod month;
mod own;
mod papers;
mod show;
mod slots;

pub(crate) use entries::{audience, course_title, title};
pub(crate) use feeds::webcal;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/", home::show)
        .get("/calendar", show::show)
        .get("/calendar.ics", feeds::all)
        .get("/my/calendar", own::show)
        .post("/my/calendar/feeds", own::make)
        .post("/my/calendar/feeds/{id}/revoke", own::revoke)
        .get("/feeds/{token}", feeds::of_secret)
        .get("/runs/{id}/calendar.ics", feeds::of_run)
        .get("/runs/{id}/timetable.pdf", papers::timetable)
        .get("/sessions/{id}/calendar.ics", feeds::of_session)
        .get("/sessions/{id}/door.pdf", papers::door_sign)
}
