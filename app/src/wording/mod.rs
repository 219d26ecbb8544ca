//! What people read: every sentence, Vietnamese first, English complete. One file a noun.

pub(crate) mod accounts;
pub(crate) mod attendance;
pub(crate) mod board;
pub(crate) mod calendar;
pub(crate) mod certificates;
pub(crate) mod choices;
pub(crate) mod completion;
pub(crate) mod courses;
pub(crate) mod enrolments;
pub(crate) mod form_words;
pub(crate) mod holidays;
pub(crate) mod inbox;
pub(crate) mod letters;
pub(crate) mod lists;
pub(crate) mod manage;
pub(crate) mod organisations;
pub(crate) mod people;
pub(crate) mod programmes;
pub(crate) mod refusals;
pub(crate) mod registration_sheets;
pub(crate) mod registrations;
pub(crate) mod requirements;
pub(crate) mod runs;
pub(crate) mod selections;
pub(crate) mod shell;
pub(crate) mod year_board;
