//! The office at work, on both databases: each file tells what happens around one noun.
//!
//! One program for the whole folder: each more would be linked anew with everything below it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod accounts;
mod allotments;
mod attendance;
mod board;
mod breaches;
mod calendar;
mod certificates;
mod clash_races;
mod completion;
mod copies;
mod deadlines;
mod demo;
mod doctor;
mod doctor_forms;
mod doctor_lists;
mod doctor_plans;
mod doctor_registers;
mod doctor_requests;
mod doctor_seats;
mod doctor_units;
mod dossiers;
mod eligibility;
mod enrolment_races;
mod enrolments;
mod forms;
mod ground;
mod histories;
mod imports;
mod inbox;
mod interests;
mod list_races;
mod lists;
mod notices;
mod people;
mod plan_sheets;
mod plans;
mod programmes;
mod province;
mod registration_races;
mod registration_sheets;
mod registration_steps;
mod registrations;
mod request_races;
mod requests;
mod requests_placed;
mod runs;
mod scene;
mod seat_races;
mod seats;
mod selections;
mod timetables;
mod trainers;
mod unpublished;
mod venues;
mod waiting;
mod year_board;
