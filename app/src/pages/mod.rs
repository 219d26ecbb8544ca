//! The pages: a folder a noun, a file a page.

pub mod accounts;
pub mod attendance;
pub mod board;
pub mod books;
pub mod calendar;
pub mod certificates;
pub mod completion;
pub mod courses;
pub mod enrolments;
pub mod holidays;
pub mod inbox;
pub mod interests;
pub mod language;
pub mod lists;
pub mod manage;
pub mod organisations;
pub mod people;
pub mod plans;
pub mod programmes;
pub mod registrations;
pub mod requests;
pub mod requirements;
pub mod runs;
pub mod selections;
pub mod trainers;
pub mod venues;
