//! Spreadsheets: rosters and registration forms that come in, tables that go out.

mod headings;
pub mod lists;
mod look;
pub mod registrations;
pub mod rosters;
pub mod tables;
mod workbooks;

pub use workbooks::Limits;
