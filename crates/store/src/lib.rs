//! Records: every SQL statement of the house, for SQLite and PostgreSQL.
//!
//! To add a noun: a module here with its rows (`FromRow`), its statements in one [`statements!`] block, and functions
//! that take [`Records`] to read or [`Work`] to write; then list its `ALL` in [`STATEMENTS`]. One SQL text serves both
//! databases: `$1` placeholders, `ON CONFLICT`, `RETURNING`, no database's own functions. Sort names with
//! `COLLATE "vi"`. Look-ups return `Option`; writes say how many rows they touched.

#[macro_use]
mod macros;

pub mod accounts;
pub mod allotments;
pub mod attachments;
pub mod attendance;
pub mod calendar;
pub mod certificates;
mod collation;
pub mod completion;
pub mod courses;
mod database;
pub mod doctor;
pub mod eligibility;
pub mod enrolments;
mod error;
pub mod evaluations;
pub mod events;
pub mod feeds;
pub mod forwarding;
pub mod head_counts;
pub mod holidays;
pub mod inbox;
pub mod interests;
pub mod notices;
pub mod organisations;
pub mod people;
pub mod place_changes;
pub mod placements;
pub mod plans;
pub mod programmes;
pub mod registrations;
pub mod reports;
pub mod requests;
pub mod requirements;
pub mod rooms;
pub mod rosters;
pub mod runs;
pub mod selections;
pub mod sign_ins;
pub mod teaching;
pub mod tokens;
pub mod trainers;
pub mod units;
pub mod venues;
pub mod waiting;
pub mod walk_ins;

#[cfg(feature = "testing")]
pub mod testing;

pub use collation::{order_of_names, vietnamese_order};
pub use database::{Database, Raw, Reading, Records, Work, changed, changes};
pub use error::{StoreError, StoreResult};

/// Every statement, so that a test can prepare each on both databases.
pub const STATEMENTS: &[&[(&str, &str)]] = &[
    accounts::ALL,
    allotments::ALL,
    attachments::ALL,
    attendance::ALL,
    calendar::ALL,
    certificates::ALL,
    completion::ALL,
    certificates::books::ALL,
    certificates::papers::ALL,
    courses::ALL,
    courses::prerequisites::ALL,
    database::ALL,
    doctor::ALL,
    doctor::door::ALL,
    doctor::feeds::ALL,
    doctor::forms::ALL,
    doctor::registers::ALL,
    doctor::people::ALL,
    doctor::seats::ALL,
    doctor::plans::ALL,
    doctor::requests::ALL,
    doctor::units::ALL,
    eligibility::ALL,
    enrolments::ALL,
    evaluations::ALL,
    events::ALL,
    feeds::ALL,
    forwarding::ALL,
    forwarding::forms::ALL,
    head_counts::ALL,
    holidays::ALL,
    inbox::ALL,
    interests::ALL,
    notices::ALL,
    organisations::ALL,
    organisations::history::ALL,
    people::ALL,
    people::duplicates::ALL,
    people::matching::ALL,
    people::merging::ALL,
    people::numbers::ALL,
    people::references::ALL,
    place_changes::ALL,
    placements::ALL,
    plans::ALL,
    programmes::ALL,
    programmes::board::ALL,
    registrations::read::ALL,
    registrations::write::ALL,
    reports::ALL,
    requests::ALL,
    requests::placings::ALL,
    requests::writing::ALL,
    requirements::ALL,
    rooms::ALL,
    rosters::ALL,
    doctor::rosters::ALL,
    runs::ALL,
    runs::clashes::ALL,
    runs::publications::ALL,
    runs::writing::ALL,
    selections::ALL,
    selections::decisions::ALL,
    sign_ins::ALL,
    teaching::ALL,
    tokens::ALL,
    trainers::ALL,
    units::ALL,
    venues::ALL,
    waiting::ALL,
    walk_ins::ALL,
];
