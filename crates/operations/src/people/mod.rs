//! People and their belonging to organisations.

mod change;
mod duplicates;
mod find_or_add;
mod import;
mod keep;
mod merge;
mod numbers;
mod show;
mod training;
mod unmerge;

pub use change::{PersonChange, add, change, end_membership};
pub(crate) use duplicates::pairs_to_decide;
pub use duplicates::{Card, Duplicates, Pair, duplicates, search, take_back, tell_apart};
pub use find_or_add::{Entered, Found, find, find_or_add};
pub(crate) use find_or_add::{add_alone, require_going_on};
pub use import::import;
pub(crate) use keep::tell_what_is_kept;
pub use merge::{MergeCommand, Merging, NOTE_LIMIT, merge, merging};
pub(crate) use numbers::seal;
pub use numbers::{KeyState, Sight, key_state, seal_all, show_number};
pub use show::{PersonView, goes_on_as, show};
pub(crate) use show::{is_seen, require_person};
pub use training::training;
pub use unmerge::unmerge;
