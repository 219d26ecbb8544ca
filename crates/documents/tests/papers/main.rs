//! Papers from bytes to bytes: what is printed, read and written.
//!
//! One program for the whole folder: each more would be linked anew with everything below it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod calendars;
mod forwarding;
mod papers;
mod plans;
mod qr;
mod registrations;
mod rosters;
mod tables;
mod timetables;
