//! Every statement, on both databases.
//!
//! One program for the whole folder: each more would be linked anew with everything below it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod references;
mod sign_ins;
mod statements;
