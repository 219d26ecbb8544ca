//! Attendance: the sessions of a run, the register of a session, its signature sheet.

mod door;
mod marks;
mod register;
mod sessions;
mod sheet;

pub(crate) use door::left_midway;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/attendance", sessions::show)
        .get("/sessions/{id}/register", register::show)
        .post("/sessions/{id}/register", register::save)
        .post("/sessions/{id}/walk-ins", door::note)
        .post("/sessions/{id}/walk-ins/marks", door::marks)
        .post("/sessions/{id}/heads", door::heads)
        .post("/api/sessions/{id}/marks", marks::save)
        .get("/sessions/{id}/sheet.pdf", sheet::print)
}
