//! The first administrator of an empty house.

use std::net::IpAddr;

use chrono::TimeDelta;
use domain::accounts::{GrantPlan, Language, Role, Scope, SignInNames, TokenPurpose, check_password};
use domain::ids::{AccountId, PersonId};
use domain::people::{FullName, PersonEntry};
use domain::units::UnitLevel;
use domain::{Faults, Refusal};
use serde_json::json;

use super::{create::store_account, passwords, secrets};
use crate::limits::client_key;
use crate::{Failure, Office, Outcome, people};

/// Who sets the house up.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// Their name.
    pub full_name: FullName,
    /// What they will sign in with.
    pub names: SignInNames,
    /// The language they read.
    pub language: Language,
    /// Their password.
    pub password: String,
    /// The same once more.
    pub repeated: String,
}

/// The link with which the first administrator is made, when there is no account yet. It holds for seven days, and
/// the links made before hold no more.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn offer_setup(office: &Office) -> Outcome<Option<String>> {
    let mut work = office.database.begin().await?;
    if store::accounts::count(&mut work).await? > 0 {
        return Ok(None);
    }
    store::tokens::end_all(&mut work, None, office.now()).await?;
    let secret = secrets::make(office, &mut work, TokenPurpose::Setup, None, None, TimeDelta::days(7)).await?;
    work.commit().await?;
    Ok(Some(format!("{}/set-up/{}", office.settings.public_url, secret.text)))
}

/// Whether the house can be set up with this secret.
///
/// # Errors
/// [`Refusal::TooManyAttempts`]; [`store::StoreError::Database`].
pub async fn may_set_up(office: &Office, client: IpAddr, secret: &str) -> Outcome<bool> {
    let client = client_key(client);
    office.limits.by_address.take(&client, office.now())?;
    let mut records = office.database.read().await?;
    let token = store::tokens::find(&mut records, &secrets::hash(secret), office.now()).await?;
    let holds = token.is_some_and(|token| token.purpose == TokenPurpose::Setup);
    if holds {
        office.limits.by_address.give_back(&client);
    }
    Ok(holds)
}

/// Makes the first administrator, for the whole province.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::TooManyAttempts`], the faults of names and password;
/// [`store::StoreError::Database`].
pub async fn set_up(office: &Office, client: IpAddr, secret: &str, command: SetUp) -> Outcome<AccountId> {
    if !may_set_up(office, client, secret).await? {
        return Err(Refusal::LinkNotValid.into());
    }
    let mut faults: Faults = command.names.check();
    faults.take("password", check_password(&command.password, &command.repeated));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let hash = passwords::hash(office, command.password).await?;

    let mut work = office.database.begin().await?;
    let token = store::tokens::find(&mut work, &secrets::hash(secret), office.now()).await?;
    let token = token.filter(|token| token.purpose == TokenPurpose::Setup).ok_or(Refusal::LinkNotValid)?;
    let used = store::tokens::use_up(&mut work, token.id, office.now()).await?;
    if !used || store::accounts::count(&mut work).await? > 0 {
        return Err(Refusal::LinkNotValid.into());
    }
    let units = store::units::on_day(&mut work, office.today()).await?;
    let province = units
        .into_iter()
        .find(|unit| unit.level == UnitLevel::Province)
        .ok_or_else(|| Failure::Document("the house has no province".into()))?;
    let person: PersonId = people::add_alone(office, &mut work, &named(command.full_name, &command.names)).await?;
    let grant =
        GrantPlan { role: Role::Administrator, scope: Scope::Unit(province.id), valid_from: office.today(), valid_to: None };
    let account = store_account(office, &mut work, person, &command.names, command.language, &[grant], None).await?;
    store::accounts::set_password(&mut work, account, &hash).await?;
    office.log(&mut work, Some(account), "house_set_up", ("account", account.0), &json!({})).await?;
    work.commit().await?;
    Ok(account)
}

/// A person of whom nothing is known but a name and what they sign in with.
pub(super) fn named(full_name: FullName, names: &SignInNames) -> PersonEntry {
    PersonEntry {
        full_name,
        birth: None,
        sex: None,
        phone: names.phone.clone(),
        email: names.email.clone(),
        citizen_id: None,
        position: None,
        on_state_payroll: false,
    }
}
