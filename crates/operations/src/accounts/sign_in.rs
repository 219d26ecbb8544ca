//! Signing in.

use std::net::IpAddr;

use domain::accounts::{PASSWORD_LIMIT, sign_in_name};
use domain::{Refusal, ids::AccountId};

use super::passwords;
use crate::limits::client_key;
use crate::{Office, Outcome};

/// A hash of nothing anybody types: an unknown name takes as long to refuse as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$Y0E2m0o0cXyf1xXcA4cV7x3u2c0kCq2m1n0b9v8c7xA";

/// Finds the account of a name and a password. Failures count towards the limits of the client's address and of the
/// name; rightful tries do not.
///
/// # Errors
/// [`Refusal::SignInFailed`], the same for an unknown name, a wrong password and a disabled account;
/// [`Refusal::TooManyAttempts`].
pub async fn sign_in(office: &Office, client: IpAddr, name: &str, password: &str) -> Outcome<AccountId> {
    let client = client_key(client);
    office.limits.by_address.take(&client, office.now())?;
    if password.len() > PASSWORD_LIMIT {
        return Err(Refusal::SignInFailed.into());
    }
    let name = sign_in_name(name)?;
    office.limits.by_name.take(&name, office.now())?;
    let mut records = office.database.read().await?;
    let account = store::accounts::by_name(&mut records, &name).await?;
    // Hashing takes long: give the connection back first.
    drop(records);
    let account = account.filter(|account| account.disabled_at.is_none());
    let hash = account.as_ref().and_then(|account| account.password_hash.clone()).unwrap_or_else(|| NOBODY.to_owned());
    let right = passwords::verify(office, password.to_owned(), hash).await;
    match account {
        Some(account) if right => {
            office.limits.by_address.give_back(&client);
            office.limits.by_name.give_back(&name);
            Ok(account.id)
        }
        _ => Err(Refusal::SignInFailed.into()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_of_nobody_is_worked_through_like_any_other() {
        let hash = argon2::PasswordHash::new(super::NOBODY).unwrap();
        assert!(hash.hash.is_some_and(|hash| hash.as_bytes().len() == 32));
    }
}
