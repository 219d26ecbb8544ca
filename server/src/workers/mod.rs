//! What the process does in the background while it serves.

pub mod housekeeping;
pub mod imports;
pub mod mail;
pub mod waiting;
