//! Accounts: signing in, and who acts.

mod passwords;
mod sign_in;

pub use passwords::hash as hash_password;
pub use sign_in::sign_in;

use domain::accounts::Actor;
use domain::ids::AccountId;

use crate::{Office, Outcome};

/// Who acts, with the grants that hold today; none when the account is gone or disabled.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn actor(office: &Office, account: AccountId) -> Outcome<Option<Actor>> {
    let mut records = office.database.read().await?;
    Ok(store::accounts::actor(&mut records, account, office.today()).await?)
}
