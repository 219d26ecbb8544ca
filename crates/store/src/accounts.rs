//! Accounts, what they sign in with, and their dated roles.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::{Actor, Grant, Language, Role, Scope};
use domain::ids::{AccountId, GrantId, OrganisationId, PersonId, UnitId};

use crate::{Records, StoreResult, Work};

statements! {
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM account";
    ADD = "INSERT INTO account (id, person_id, password_hash, language, created_at) VALUES ($1, $2, $3, $4, $5)";
    ADD_NAME = "INSERT INTO sign_in_name (name, account_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    ADD_GRANT = "INSERT INTO role_grant (id, account_id, role, unit_id, organisation_id, valid_from, valid_to, granted_by, granted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_NAME = "SELECT a.id, a.person_id, a.password_hash, a.language, a.disabled_at, p.full_name, p.email
        FROM sign_in_name n JOIN account a ON a.id = n.account_id JOIN person p ON p.id = a.person_id WHERE n.name = $1";
    FIND = "SELECT a.id, a.person_id, a.password_hash, a.language, a.disabled_at, p.full_name, p.email
        FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1";
    GRANTS = "SELECT role, unit_id, organisation_id FROM role_grant
        WHERE account_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)";
}

/// An account with whose it is.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The argon2id hash of its password; none until it is activated.
    pub password_hash: Option<String>,
    /// The language its owner reads.
    pub language: Language,
    /// Since when it cannot be signed in with.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The name of its owner.
    pub full_name: String,
    /// The e-mail address of its owner.
    pub email: Option<String>,
}

/// A role that is given.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// Its identifier.
    pub id: GrantId,
    /// To whom.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// For what.
    pub scope: Scope,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none when open.
    pub valid_to: Option<NaiveDate>,
    /// By whom; none for the program itself.
    pub granted_by: Option<AccountId>,
}

/// How many accounts there are.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, COUNT)
}

/// Adds an account.
///
/// # Errors
/// [`crate::StoreError::Database`]; a second account of one person is a duplicate.
pub async fn add(
    work: &mut Work,
    id: AccountId,
    person: PersonId,
    password_hash: Option<&str>,
    language: Language,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, ADD, id, person, password_hash, language, now)?;
    Ok(())
}

/// Adds a name to sign in with, as [`domain::accounts::sign_in_name`] keeps it; false when somebody has it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_name(work: &mut Work, name: &str, account: AccountId) -> StoreResult<bool> {
    Ok(execute!(work, ADD_NAME, name, account)? == 1)
}

/// Gives a role.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_grant(work: &mut Work, grant: &NewGrant, now: DateTime<Utc>) -> StoreResult<()> {
    let g = grant;
    let (unit, organisation) = match g.scope {
        Scope::Unit(unit) => (Some(unit), None),
        Scope::Organisation(organisation) => (None, Some(organisation)),
    };
    execute!(work, ADD_GRANT, g.id, g.account, g.role, unit, organisation, g.valid_from, g.valid_to, g.granted_by, now)?;
    Ok(())
}

/// The account that signs in with this name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_name(records: &mut impl Records, name: &str) -> StoreResult<Option<Account>> {
    fetch_optional!(records, BY_NAME, name)
}

/// One account.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: AccountId) -> StoreResult<Option<Account>> {
    fetch_optional!(records, FIND, id)
}

/// Who acts, with the grants of `today`; none when there is no such account or it is disabled.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn actor(records: &mut impl Records, id: AccountId, today: NaiveDate) -> StoreResult<Option<Actor>> {
    let Some(account) = find(records, id).await?.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
    let rows: Vec<(Role, Option<UnitId>, Option<OrganisationId>)> = fetch_all!(records, GRANTS, id, today)?;
    let scope = |unit: Option<UnitId>, organisation: Option<OrganisationId>| {
        unit.map(Scope::Unit).or_else(|| organisation.map(Scope::Organisation))
    };
    let grants = rows
        .into_iter()
        .filter_map(|(role, unit, organisation)| Some(Grant { role, scope: scope(unit, organisation)? }))
        .collect();
    Ok(Some(Actor { account: account.id, person: account.person_id, name: account.full_name, grants }))
}
