//! Accounts, what they sign in with, and their dated roles.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::{Actor, Grant, Language, Role, Scope};
use domain::ids::{AccountId, GrantId, OrganisationId, PersonId, UnitId};

use crate::error::expect_rows;
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
    OF_PERSON = "SELECT a.id, a.person_id, a.password_hash, a.language, a.disabled_at, p.full_name, p.email
        FROM account a JOIN person p ON p.id = a.person_id WHERE a.person_id = $1";
    ROLE_BEARERS = "SELECT n.name, p.full_name, g.role FROM role_grant g JOIN account a ON a.id = g.account_id
        JOIN person p ON p.id = a.person_id JOIN sign_in_name n ON n.account_id = a.id
        WHERE a.password_hash IS NOT NULL AND a.disabled_at IS NULL AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1)
        ORDER BY g.id, n.name LIMIT 200";
    NAMES = "SELECT name FROM sign_in_name WHERE account_id = $1 ORDER BY name";
    SET_PASSWORD = "UPDATE account SET password_hash = $2 WHERE id = $1";
    SET_LANGUAGE = "UPDATE account SET language = $2 WHERE id = $1";
    END_GRANT = "UPDATE role_grant SET valid_to = $2 WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    LOCK_ACCOUNT = "SELECT id FROM account WHERE id = $1 FOR NO KEY UPDATE";
    GRANTS_OF = "SELECT g.id, g.account_id, g.role, g.unit_id, g.organisation_id, g.valid_from, g.valid_to,
            u.kind AS unit_kind, u.name AS unit_name, o.name AS organisation_name
        FROM role_grant g LEFT JOIN unit u ON u.id = g.unit_id LEFT JOIN organisation o ON o.id = g.organisation_id
        WHERE g.account_id = $1 AND (g.valid_to IS NULL OR g.valid_to >= $2) ORDER BY g.valid_from, g.id";
    GRANT_BY_ID = "SELECT g.id, g.account_id, g.role, g.unit_id, g.organisation_id, g.valid_from, g.valid_to,
            u.kind AS unit_kind, u.name AS unit_name, o.name AS organisation_name
        FROM role_grant g LEFT JOIN unit u ON u.id = g.unit_id LEFT JOIN organisation o ON o.id = g.organisation_id
        WHERE g.id = $1";
    OTHER_ADMINISTRATORS = "SELECT CAST(COUNT(*) AS BIGINT) FROM role_grant g JOIN account a ON a.id = g.account_id
        WHERE g.role = 'administrator' AND g.id <> $1 AND a.disabled_at IS NULL AND a.password_hash IS NOT NULL
          AND g.valid_from <= $2 AND g.valid_to IS NULL";
    // The scope of an account is read from its grants of today; $2 is true for those who see the whole province.
    LIST = "SELECT a.id, a.person_id, p.full_name, a.password_hash IS NOT NULL AS is_active, a.disabled_at,
            g.role, u.kind AS unit_kind, u.name AS unit_name, o.name AS organisation_name
        FROM account a JOIN person p ON p.id = a.person_id
        LEFT JOIN role_grant g ON g.account_id = a.id AND (g.valid_to IS NULL OR g.valid_to >= $4)
        LEFT JOIN unit u ON u.id = g.unit_id LEFT JOIN organisation o ON o.id = g.organisation_id
        WHERE p.search_text LIKE $1 ESCAPE '\\' AND ($2 = TRUE
            OR EXISTS (SELECT 1 FROM role_grant mine JOIN unit_cover c ON c.unit_id = mine.unit_id
                WHERE mine.account_id = $3 AND mine.role = 'unit_officer' AND c.covered_id = o.unit_id
                  AND mine.valid_from <= $4 AND (mine.valid_to IS NULL OR mine.valid_to >= $4)))
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", a.id, g.valid_from LIMIT 500";
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

/// A role that was given and has not ended, with the names of what it is for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GrantRow {
    /// Its identifier.
    pub id: GrantId,
    /// To whom.
    pub account_id: AccountId,
    /// The role.
    pub role: Role,
    unit_id: Option<UnitId>,
    organisation_id: Option<OrganisationId>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none when open.
    pub valid_to: Option<NaiveDate>,
    unit_kind: Option<String>,
    unit_name: Option<String>,
    organisation_name: Option<String>,
}

impl GrantRow {
    /// What it is for.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        scope(self.unit_id, self.organisation_id)
    }

    /// The name of what it is for.
    #[must_use]
    pub fn scope_title(&self) -> String {
        scope_title(self.unit_kind.as_deref(), self.unit_name.as_deref(), self.organisation_name.as_deref())
    }
}

/// A line of the list of accounts: one for each role, and one for an account without any.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListRow {
    /// The account.
    pub id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Their name.
    pub full_name: String,
    /// Whether it has a password.
    pub is_active: bool,
    /// Since when it cannot be signed in with.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The role.
    pub role: Option<Role>,
    unit_kind: Option<String>,
    unit_name: Option<String>,
    organisation_name: Option<String>,
}

impl ListRow {
    /// The name of what the role is for.
    #[must_use]
    pub fn scope_title(&self) -> String {
        scope_title(self.unit_kind.as_deref(), self.unit_name.as_deref(), self.organisation_name.as_deref())
    }
}

fn scope(unit: Option<UnitId>, organisation: Option<OrganisationId>) -> Option<Scope> {
    unit.map(Scope::Unit).or_else(|| organisation.map(Scope::Organisation))
}

fn scope_title(unit_kind: Option<&str>, unit_name: Option<&str>, organisation: Option<&str>) -> String {
    match (unit_kind, unit_name, organisation) {
        (Some(kind), Some(name), _) => format!("{kind} {name}"),
        (_, _, Some(organisation)) => organisation.to_owned(),
        _ => String::new(),
    }
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

/// The account of a person.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_person(records: &mut impl Records, person: PersonId) -> StoreResult<Option<Account>> {
    fetch_optional!(records, OF_PERSON, person)
}

/// Who can sign in with what, in which role, earliest roles first: name to sign in with, full name, role.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn role_bearers(records: &mut impl Records, today: NaiveDate) -> StoreResult<Vec<(String, String, Role)>> {
    fetch_all!(records, ROLE_BEARERS, today)
}

/// What an account signs in with.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn names(records: &mut impl Records, account: AccountId) -> StoreResult<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(records, NAMES, account)?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// Holds an account against other units of work that give it links or roles.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: AccountId) -> StoreResult<()> {
    work.lock(LOCK_ACCOUNT, id.0).await
}

/// Gives an account a password.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such account.
pub async fn set_password(work: &mut Work, id: AccountId, hash: &str) -> StoreResult<()> {
    let touched = execute!(work, SET_PASSWORD, id, hash)?;
    expect_rows("SET_PASSWORD", 1, touched)
}

/// Notes the language that the owner of an account reads.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such account.
pub async fn set_language(work: &mut Work, id: AccountId, language: Language) -> StoreResult<()> {
    let touched = execute!(work, SET_LANGUAGE, id, language)?;
    expect_rows("SET_LANGUAGE", 1, touched)
}

/// Ends a role on its last day; false when it ended before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn end_grant(work: &mut Work, id: GrantId, last: NaiveDate) -> StoreResult<bool> {
    Ok(execute!(work, END_GRANT, id, last)? == 1)
}

/// One role that was given.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn grant(records: &mut impl Records, id: GrantId) -> StoreResult<Option<GrantRow>> {
    fetch_optional!(records, GRANT_BY_ID, id)
}

/// The roles of an account that hold on `today` or later.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn grants(records: &mut impl Records, account: AccountId, today: NaiveDate) -> StoreResult<Vec<GrantRow>> {
    fetch_all!(records, GRANTS_OF, account, today)
}

/// How many other roles than `grant` make somebody who can sign in an administrator without end.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn other_administrators(records: &mut impl Records, grant: GrantId, today: NaiveDate) -> StoreResult<i64> {
    fetch_value!(records, OTHER_ADMINISTRATORS, grant, today)
}

/// The accounts of people whose name holds `wanted`, by given name: all of them, or those with a role for an
/// organisation in a unit of which `account` is an officer on `today`; 500 lines at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn list(
    records: &mut impl Records,
    wanted: &str,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<ListRow>> {
    fetch_all!(records, LIST, domain::text::like_pattern(wanted), everywhere, account, today)
}

/// Who acts, with the grants of `today`; none when there is no such account or it is disabled.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn actor(records: &mut impl Records, id: AccountId, today: NaiveDate) -> StoreResult<Option<Actor>> {
    let Some(account) = find(records, id).await?.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
    let rows: Vec<(Role, Option<UnitId>, Option<OrganisationId>)> = fetch_all!(records, GRANTS, id, today)?;
    let grants = rows
        .into_iter()
        .filter_map(|(role, unit, organisation)| Some(Grant { role, scope: scope(unit, organisation)? }))
        .collect();
    Ok(Some(Actor { account: account.id, person: account.person_id, name: account.full_name, grants }))
}
