//! Spreadsheets: rosters that come in, tables that go out.

pub mod lists;
mod look;
pub mod rosters;
pub mod tables;
mod workbooks;

pub use workbooks::Limits;
