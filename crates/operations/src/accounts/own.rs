//! What everybody does with their own account.

use domain::accounts::{Actor, Language, PASSWORD_LIMIT, check_password};
use domain::{Faults, Refusal};
use serde_json::json;

use super::passwords;
use crate::{Failure, Office, Outcome};

/// Changes one's password, which takes the present one, and signs out everywhere but in the browser whose record is
/// `here`.
///
/// # Errors
/// [`Refusal::WrongPassword`], [`Refusal::TooManyAttempts`], the faults of a password; [`store::StoreError::Database`].
pub async fn change_password(
    office: &Office,
    actor: &Actor,
    here: Option<&str>,
    present: &str,
    password: String,
    repeated: &str,
) -> Outcome<()> {
    let mut faults = Faults::default();
    faults.take("password", check_password(&password, repeated));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let key = actor.account.to_string();
    office.limits.by_name.take(&key, office.now())?;
    let mut records = office.database.read().await?;
    let account = store::accounts::find(&mut records, actor.account).await?.ok_or(Refusal::NotFound)?;
    drop(records);
    let wrong = || Failure::field("present", Refusal::WrongPassword);
    let known = account.password_hash.filter(|_| present.len() <= PASSWORD_LIMIT).ok_or_else(wrong)?;
    if !passwords::verify(office, present.to_owned(), known).await {
        return Err(wrong());
    }
    office.limits.by_name.give_back(&key);
    let hash = passwords::hash(office, password).await?;
    let mut work = office.database.begin().await?;
    store::accounts::set_password(&mut work, actor.account, &hash).await?;
    store::tokens::end_all(&mut work, Some(actor.account), office.now()).await?;
    store::sign_ins::delete_of_account(&mut work, actor.account, here).await?;
    office.log(&mut work, Some(actor.account), "password_changed", ("account", actor.account.0), &json!({})).await?;
    work.commit().await?;
    Ok(())
}

/// Signs out everywhere, here too, and says of how many browsers.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn sign_out_everywhere(office: &Office, actor: &Actor) -> Outcome<u64> {
    let mut work = office.database.begin().await?;
    let count = store::sign_ins::delete_of_account(&mut work, actor.account, None).await?;
    let detail = json!({ "count": count });
    office.log(&mut work, Some(actor.account), "signed_out_everywhere", ("account", actor.account.0), &detail).await?;
    work.commit().await?;
    Ok(count)
}

/// Notes the language one reads, for letters.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn set_language(office: &Office, actor: &Actor, language: Language) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::accounts::set_language(&mut work, actor.account, language).await?;
    let detail = json!({ "language": language });
    office.log(&mut work, Some(actor.account), "language_chosen", ("account", actor.account.0), &detail).await?;
    work.commit().await?;
    Ok(())
}
