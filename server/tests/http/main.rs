//! The program as visitors meet it: the router itself, or the whole process, on both databases.
//!
//! One program for the whole folder: each more would be linked anew with everything below it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod access;
mod accounts;
mod allotments;
mod attendance;
mod board;
mod calendar;
mod calendar_readers;
mod certificates;
mod completion;
mod copies;
mod courses;
mod door;
mod eligibility;
mod enrolments;
mod feeds;
mod histories;
mod holidays;
mod housekeeping;
mod inbox;
mod interests;
mod letters;
mod lists;
mod mail;
mod mail_server;
mod people;
mod people_records;
mod places;
mod plans;
mod process;
mod programmes;
mod registration_sheets;
mod registrations;
mod requests;
mod rosters;
mod runs;
mod selections;
mod shell;
mod signed_out;
mod trainers;
mod venues;
mod waiting;
mod year_board;
