//! Organisations whose people are trained.

mod change;
mod history;
mod import;
mod show;

pub use change::{change, create};
pub use history::{ClassPassed, FormPassed, Year};
pub use import::import;
pub use show::{OrganisationView, search, show, units_to_choose};
