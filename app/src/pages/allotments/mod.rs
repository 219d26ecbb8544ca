//! Allotments: seats of a run that are kept for organisations and units.

mod end;
mod inputs;
mod parts;
mod shares;
mod table;

use std::str::FromStr as _;

use domain::Refusal;
use domain::enrolments::Holder;
use uuid::Uuid;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/allotments", table::show)
        .post("/runs/{id}/allotments", table::save)
        .post("/runs/{id}/allotments/limit", table::limit)
        .get("/allotments/{id}", shares::show)
        .post("/allotments/{id}", shares::save)
        .get("/allotments/{id}/end", end::show)
        .post("/allotments/{id}/end", end::save)
}

/// A holder as a form names them: `unit:…`, `organisation:…`.
fn write_holder(holder: Holder) -> String {
    match holder {
        Holder::Unit(id) => format!("unit:{id}"),
        Holder::Organisation(id) => format!("organisation:{id}"),
    }
}

fn read_holder(typed: &str) -> Result<Holder, Refusal> {
    let (kind, id) = typed.split_once(':').ok_or(Refusal::NotAChoice)?;
    let id = Uuid::from_str(id).map_err(|_| Refusal::NotAChoice)?;
    match kind {
        "unit" => Ok(Holder::Unit(domain::ids::UnitId(id))),
        "organisation" => Ok(Holder::Organisation(domain::ids::OrganisationId(id))),
        _ => Err(Refusal::NotAChoice),
    }
}
