//! People and their belonging to organisations.

mod change;
mod find_or_add;
mod import;
mod show;

pub use change::{PersonChange, add, change, end_membership};
pub(crate) use find_or_add::add_alone;
pub use find_or_add::{find, find_or_add};
pub use import::import;
pub(crate) use show::require_person;
pub use show::{PersonView, show};
