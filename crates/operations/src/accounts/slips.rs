//! Slips of paper for people without e-mail: a code with which they choose their password, once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Refusal;
use domain::accounts::{Actor, GrantPlan, Language, Role, Scope, SignInNames, TokenPurpose};
use domain::ids::AccountId;
use domain::people::FullName;
use domain::units::UnitLevel;
use serde_json::json;
use store::Work;
use store::accounts::Account;

use super::create::store_account;
use super::grants::require_care;
use super::secrets;
use crate::{Office, Outcome, people};

/// How long a slip holds.
const LASTING: TimeDelta = TimeDelta::days(14);

/// What is printed on a slip. It is shown once: the records keep only a hash of its secret.
#[derive(Debug, Clone)]
pub struct Slip {
    /// The account it is for.
    pub account: AccountId,
    /// Whose account it is.
    pub full_name: String,
    /// What they sign in with.
    pub names: Vec<String>,
    /// The code to type.
    pub secret: String,
    /// The address with the code in it.
    pub link: String,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
    /// Whether the account has a password, which the slip replaces.
    pub is_reset: bool,
}

/// Makes a slip for an account; the slips and links made for it before hold no more.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor may not care for the account; [`store::StoreError::Database`].
pub async fn issue_slip(office: &Office, actor: &Actor, account: AccountId) -> Outcome<Slip> {
    let mut work = office.database.begin().await?;
    let account = require_care(&mut work, office, actor, account).await?;
    let slip = make(office, &mut work, account, Some(actor.account)).await?;
    work.commit().await?;
    Ok(slip)
}

/// Makes an account from the machine the program runs on, for whoever keeps that machine; everybody has the role for
/// the whole province. The person is new.
///
/// # Errors
/// [`Refusal::NotAChoice`] for representatives, who act for an organisation; [`Refusal::NameTaken`], [`Refusal::Missing`]
/// without a name; [`store::StoreError::Database`].
pub async fn create_at_console(office: &Office, full_name: FullName, names: &SignInNames, role: Role) -> Outcome<Slip> {
    let mut work = office.database.begin().await?;
    let faults = names.check();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let units = store::units::on_day(&mut work, office.today()).await?;
    let province = units.into_iter().find(|unit| unit.level == UnitLevel::Province).ok_or(Refusal::UnknownUnit)?;
    let grant = GrantPlan { role, scope: Scope::Unit(province.id), valid_from: office.today(), valid_to: None };
    let faults = grant.check();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let person = people::add_alone(office, &mut work, &super::set_up::named(full_name, names)).await?;
    let account = store_account(office, &mut work, person, names, Language::Vietnamese, &[grant], None).await?;
    let account = store::accounts::find(&mut work, account).await?.ok_or(Refusal::NotFound)?;
    let slip = make(office, &mut work, account, None).await?;
    work.commit().await?;
    Ok(slip)
}

/// Makes a slip from the machine the program runs on, for the account that signs in with `name`.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none; [`store::StoreError::Database`].
pub async fn reset_at_console(office: &Office, name: &str) -> Outcome<Slip> {
    let name = domain::accounts::sign_in_name(name).map_err(|_| Refusal::NotFound)?;
    let mut work = office.database.begin().await?;
    let account = store::accounts::by_name(&mut work, &name).await?.ok_or(Refusal::NotFound)?;
    let slip = make(office, &mut work, account, None).await?;
    work.commit().await?;
    Ok(slip)
}

async fn make(office: &Office, work: &mut Work, account: Account, by: Option<AccountId>) -> Outcome<Slip> {
    store::accounts::lock(work, account.id).await?;
    store::tokens::end_all(work, Some(account.id), office.now()).await?;
    let secret = secrets::make(office, work, TokenPurpose::Activation, Some(account.id), by, LASTING).await?;
    office.log(work, by, "slip_issued", ("account", account.id.0), &json!({ "token": secret.id })).await?;
    Ok(Slip {
        account: account.id,
        names: store::accounts::names(work, account.id).await?,
        full_name: account.full_name,
        link: format!("{}/activate/{}", office.settings.public_url, secret.text),
        secret: secret.text,
        expires_at: secret.expires_at,
        is_reset: account.password_hash.is_some(),
    })
}
