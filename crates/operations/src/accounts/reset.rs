//! A new password by letter.

use std::net::IpAddr;

use chrono::TimeDelta;
use domain::accounts::{TokenPurpose, sign_in_name};
use domain::people::EmailAddress;

use super::secrets;
use crate::limits::client_key;
use crate::{Office, Outcome, notices};

/// How long a link in a letter holds.
const LASTING: TimeDelta = TimeDelta::hours(1);

/// Sends a link to choose a new password, if `name` is of an account that signs in with an e-mail address. Whoever asks
/// is answered the same, whether there is one or not. Slips that were handed out still hold: anybody may ask.
///
/// The letter goes to the address that the account signs in with, not to one that was noted for the person since.
///
/// # Errors
/// [`domain::Refusal::TooManyAttempts`]; [`store::StoreError::Database`].
pub async fn request_reset(office: &Office, client: IpAddr, name: &str) -> Outcome<()> {
    office.limits.by_address.take(&client_key(client), office.now())?;
    let Ok(name) = sign_in_name(name) else { return Ok(()) };
    office.limits.by_name.take(&format!("reset {name}"), office.now())?;
    let mut work = office.database.begin().await?;
    let account = store::accounts::by_name(&mut work, &name).await?;
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else { return Ok(()) };
    let names = store::accounts::names(&mut work, account.id).await?;
    let Some(address) = names.iter().find_map(|name| name.parse::<EmailAddress>().ok()) else { return Ok(()) };
    let secret = secrets::make(office, &mut work, TokenPurpose::Reset, Some(account.id), None, LASTING).await?;
    let link = format!("{}/reset/{}", office.settings.public_url, secret.text);
    notices::password_reset(office, &mut work, (&address, account.language), secret.id, link, secret.expires_at).await?;
    office.log(&mut work, None, "reset_requested", ("account", account.id.0), &serde_json::json!({ "token": secret.id })).await?;
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(())
}
