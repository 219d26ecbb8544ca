//! What the office does: one file per verb, one unit of work each.
//!
//! A question is `operations::<noun>::…(&office, &actor, …)`: the policy narrows what may be seen, then the store is
//! asked. A deed is `operations::<noun>::<verb>(&office, &actor, command)`: policy, begin the unit of work, lock what is
//! consumed, ask the pure rule of `domain`, write records, append the event, enqueue the notices, commit.
//! What lies outside somebody's scope is answered with [`Failure::Refused`] ([`Refusal::NotFound`]).

pub mod accounts;
pub mod allotments;
pub mod attendance;
pub mod calendar;
pub mod certificates;
pub mod completion;
pub mod courses;
pub mod demo;
pub mod doctor;
pub mod enrolments;
pub mod holidays;
pub mod import;
pub mod inbox;
pub mod interests;
mod keys;
pub mod limits;
pub mod lists;
pub mod notices;
mod office;
pub mod organisations;
mod outcome;
pub mod people;
pub mod plans;
pub mod programmes;
pub mod reference;
pub mod registrations;
pub mod reports;
pub mod requests;
pub mod requirements;
pub mod rosters;
pub mod runs;
mod scope;
pub mod selections;
mod spreadsheets;
pub mod trainers;
pub mod units;
pub mod venues;
pub mod waiting;
pub mod walk_ins;

#[cfg(feature = "testing")]
pub mod testing;

pub use domain::Refusal;
pub use keys::Keys;
pub use office::{Clock, Office, Settings, SystemClock};
pub use outcome::{Failure, Outcome};
pub use scope::{organisation_target, require, unit_target};
