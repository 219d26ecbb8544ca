//! The pages: a folder a noun, a file a page.

pub mod language;
