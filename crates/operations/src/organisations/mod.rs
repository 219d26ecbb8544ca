//! Organisations whose people are trained.

mod change;
mod import;
mod show;

pub use change::{change, create};
pub use import::import;
pub use show::{OrganisationView, search, show, units_to_choose};
