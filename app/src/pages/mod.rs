//! The pages: a folder a noun, a file a page.

pub mod attendance;
pub mod board;
pub mod books;
pub mod certificates;
pub mod completion;
pub mod enrolments;
pub mod language;
pub mod requirements;
