//! Accounts: signing in, who acts, and the links and slips by which people choose their password.

mod create;
mod demo;
mod grants;
mod own;
mod passwords;
mod redeem;
mod reset;
mod secrets;
mod set_up;
mod show;
mod sign_in;
mod slips;

pub use create::create;
pub(crate) use create::role_targets;
pub use demo::{DEMO_PASSWORD, DemoSignIn, demo_sign_ins};
pub use grants::{end_grant, grant};
pub use own::{change_password, set_language, sign_out_everywhere};
pub use passwords::hash as hash_password;
pub use redeem::{invited, redeem};
pub use reset::request_reset;
pub use set_up::{SetUp, may_set_up, offer_setup, set_up};
pub use show::{AccountView, OwnAccount, account_of, list, of_person, own, roles_to_give};
pub use sign_in::sign_in;
pub use slips::{Slip, create_at_console, issue_slip, reset_at_console};

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
