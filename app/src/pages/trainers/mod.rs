//! Trainers: the register, the page of one, who really taught a session.

mod facts;
mod given;
mod hours;
mod list;
mod show;
mod teaching;
mod times;

use domain::accounts::Language;
use operations::trainers::Taught;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/trainers", list::show)
        .get("/trainers.xlsx", hours::download)
        .get("/trainers/{id}", show::show)
        .post("/trainers/{id}", facts::change)
        .post("/trainers/{id}/half-days", times::set_half_days)
        .post("/trainers/{id}/absences", times::add_absence)
        .post("/absences/{id}/withdraw", times::withdraw_absence)
        .get("/sessions/{id}/teaching", teaching::show)
        .post("/sessions/{id}/teaching", teaching::record)
}

/// The class of a session, in the reader's language.
fn class(l: Language, taught: &Taught) -> String {
    let course = if l == Language::Vietnamese { &taught.course_title } else { &taught.course_title_english };
    if taught.run_name.is_empty() { course.clone() } else { format!("{course} · {}", taught.run_name) }
}
