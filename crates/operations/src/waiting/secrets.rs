//! The secrets of offers: told once, kept as their hash.

use domain::accounts::slip_code;
use domain::waiting::short_code;
use sha2::{Digest as _, Sha256};

use crate::Office;

/// What is kept of a secret or a code, however it was typed.
pub(super) fn hash(typed: &str) -> String {
    format!("{:x}", Sha256::digest(slip_code(typed).as_bytes()))
}

/// A new short code: 40 bits, which hold for two days and are guessed at ten times a minute.
pub(super) fn code(office: &Office) -> String {
    short_code(&office.secret())
}
