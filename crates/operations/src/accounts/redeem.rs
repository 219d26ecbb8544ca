//! Choosing a password with a slip or a link.

use std::net::IpAddr;

use domain::accounts::{TokenPurpose, check_password};
use domain::ids::AccountId;
use domain::{Faults, Refusal};
use serde_json::json;
use store::Records;
use store::accounts::Account;
use store::tokens::Token;

use super::{passwords, secrets};
use crate::limits::client_key;
use crate::{Office, Outcome};

/// Whose password can be chosen with this secret, however it was typed.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::TooManyAttempts`]; [`store::StoreError::Database`].
pub async fn invited(office: &Office, client: IpAddr, secret: &str) -> Outcome<Account> {
    let client = client_key(client);
    office.limits.by_address.take(&client, office.now())?;
    let mut records = office.database.read().await?;
    let (_, account) = find(&mut records, office, secret).await?;
    office.limits.by_address.give_back(&client);
    Ok(account)
}

/// Chooses a password with the secret of a slip or link, and uses it up: every other slip and link of the account holds
/// no more, and it is signed out everywhere.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::TooManyAttempts`], the faults of a password; [`store::StoreError::Database`].
pub async fn redeem(office: &Office, client: IpAddr, secret: &str, password: String, repeated: &str) -> Outcome<AccountId> {
    // Hashing takes long: only for a secret that holds.
    invited(office, client, secret).await?;
    let mut faults = Faults::default();
    faults.take("password", check_password(&password, repeated));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let hash = passwords::hash(office, password).await?;

    let mut work = office.database.begin().await?;
    let (token, account) = find(&mut work, office, secret).await?;
    if !store::tokens::use_up(&mut work, token.id, office.now()).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    store::tokens::end_all(&mut work, Some(account.id), office.now()).await?;
    store::accounts::set_password(&mut work, account.id, &hash).await?;
    store::sign_ins::delete_of_account(&mut work, account.id, None).await?;
    let detail = json!({ "token": token.id, "purpose": token.purpose });
    office.log(&mut work, Some(account.id), "password_chosen", ("account", account.id.0), &detail).await?;
    work.commit().await?;
    Ok(account.id)
}

async fn find(records: &mut impl Records, office: &Office, secret: &str) -> Outcome<(Token, Account)> {
    let token = store::tokens::find(records, &secrets::hash(secret), office.now()).await?;
    let token = token.filter(|token| token.purpose != TokenPurpose::Setup).ok_or(Refusal::LinkNotValid)?;
    let account = store::accounts::find(records, token.account_id.ok_or(Refusal::LinkNotValid)?).await?;
    let account = account.filter(|account| account.disabled_at.is_none()).ok_or(Refusal::LinkNotValid)?;
    Ok((token, account))
}
