//! Spreadsheets: rosters, registration forms and plans that come in, tables that go out.

mod headings;
mod legacy;
pub mod lists;
mod look;
pub mod plans;
pub mod registrations;
pub mod rosters;
mod syllables;
pub mod tables;
mod workbooks;

pub use workbooks::Limits;
