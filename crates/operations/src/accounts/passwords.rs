//! Passwords: argon2id with 19 MiB, two passes (OWASP), off the async threads, as many at once as there are cores.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};

use crate::{Failure, Office, Outcome};

/// Hashes a password.
///
/// # Errors
/// [`Failure::Document`] when the hasher fails.
pub async fn hash(office: &Office, password: String) -> Outcome<String> {
    let salt: [u8; 16] = office.random();
    let _permit = office.hashing.acquire().await;
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
    })
    .await
    .map_err(|error| Failure::Document(error.to_string()))?
    .map_err(|error| Failure::Document(error.to_string()))
}

/// Whether a password belongs to a hash.
pub(super) async fn verify(office: &Office, password: String, hash: String) -> bool {
    let _permit = office.hashing.acquire().await;
    tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .unwrap_or(false)
}
