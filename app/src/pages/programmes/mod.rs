//! Programme years, for those who keep them.

mod form;
mod list;

use domain::{Faults, Refusal};
use operations::Failure;

use crate::{Problem, Routes};

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
}

/// The faults to show beside a form; what is not found, and what failed, has none.
fn faults(failure: Failure) -> Result<Faults, Problem> {
    match failure {
        Failure::Refused(faults) if faults.0.iter().all(|fault| fault.refusal != Refusal::NotFound) => Ok(faults),
        failure => Err(failure.into()),
    }
}
