//! The pages: a folder a noun, a file a page.

pub mod enrolments;
pub mod language;
