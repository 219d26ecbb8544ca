//! Demand: what organisations would like to be taught, as they say it, as planners see it, and whom they invite.

mod demand;
mod export;
mod form;
mod heat;
mod home;
mod invitations;
mod list;

use domain::accounts::Language;
use domain::interests::{Month, read_months};
use operations::interests::Interest;

use crate::Routes;
use crate::wording::interests as say;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/interests", home::show)
        .get("/organisations/{id}/interests", list::show)
        .get("/courses/{id}/interest/{organisation}", form::show)
        .post("/courses/{id}/interest/{organisation}", form::save)
        .post("/courses/{id}/interest/{organisation}/withdraw", form::withdraw)
        .get("/demand", demand::show)
        .get("/demand.xlsx", export::download)
        .get("/runs/{id}/invitations", invitations::show)
        .post("/runs/{id}/invitations", invitations::invite)
}

/// The months of a wish, in words.
fn months(l: Language, wish: &Interest) -> String {
    let months: Vec<String> = read_months(&wish.months).into_iter().map(Month::show).collect();
    if months.is_empty() { say::any_time(l).to_owned() } else { say::months_of(l, &months.join(", ")) }
}
