//! What those who keep accounts see of them.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{AccountId, PersonId};
use domain::policy::{Action, may_everywhere, may_give, may_somewhere};
use store::accounts::{Account, GrantRow, ListRow};

use super::create::scope_target;
use super::grants::require_care;
use crate::{Failure, Office, Outcome};

/// An account with its names and roles.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// The account.
    pub account: Account,
    /// What its owner signs in with.
    pub names: Vec<String>,
    /// Its roles that have not ended, each with whether the actor may end it.
    pub grants: Vec<(GrantRow, bool)>,
    /// Whether the actor may print slips for it.
    pub in_care: bool,
}

/// One's own account, its names, and its roles that have not ended.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// The account.
    pub account: Account,
    /// What its owner signs in with.
    pub names: Vec<String>,
    /// Its roles.
    pub grants: Vec<GrantRow>,
}

/// One's own account.
///
/// # Errors
/// [`Refusal::NotFound`] when it is gone; [`store::StoreError::Database`].
pub async fn own(office: &Office, actor: &Actor) -> Outcome<OwnAccount> {
    let mut records = office.database.read().await?;
    Ok(OwnAccount {
        account: store::accounts::find(&mut records, actor.account).await?.ok_or(Refusal::NotFound)?,
        names: store::accounts::names(&mut records, actor.account).await?,
        grants: store::accounts::grants(&mut records, actor.account, office.today()).await?,
    })
}

/// The account of a person; none when they have none or the actor keeps no accounts. The caller has asked whether the
/// actor may see the person.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn of_person(office: &Office, actor: &Actor, person: PersonId) -> Outcome<Option<AccountView>> {
    if !may_somewhere(actor, Action::KeepAccounts) {
        return Ok(None);
    }
    let mut records = office.database.read().await?;
    let Some(account) = store::accounts::of_person(&mut records, person).await? else { return Ok(None) };
    let names = store::accounts::names(&mut records, account.id).await?;
    let mut grants = Vec::new();
    for grant in store::accounts::grants(&mut records, account.id, office.today()).await? {
        let Some(scope) = grant.scope() else { continue };
        let target = scope_target(&mut records, scope).await?;
        let may_end = may_give(actor, grant.role, &target);
        grants.push((grant, may_end));
    }
    let in_care = match require_care(&mut records, office, actor, account.id).await {
        Ok(_) => true,
        Err(failure) if failure.is(&Refusal::NotFound) => false,
        Err(failure) => return Err(failure),
    };
    Ok(Some(AccountView { account, names, grants, in_care }))
}

/// The accounts that the actor keeps, of people whose name holds `wanted`; one line for each role.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor keeps none; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor, wanted: &str) -> Outcome<Vec<ListRow>> {
    if !may_somewhere(actor, Action::KeepAccounts) {
        return Err(Failure::from(Refusal::NotFound));
    }
    let everywhere = may_everywhere(actor, Action::KeepAccounts);
    let mut records = office.database.read().await?;
    Ok(store::accounts::list(&mut records, wanted, everywhere, actor.account, office.today()).await?)
}

/// The roles that the actor may give for a scope, in reading order: what a form offers.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn roles_to_give(office: &Office, actor: &Actor, scope: Scope) -> Outcome<Vec<Role>> {
    let mut records = office.database.read().await?;
    let target = scope_target(&mut records, scope).await?;
    let fits = |role: &Role| (*role == Role::Representative) == matches!(scope, Scope::Organisation(_));
    Ok(Role::ALL.iter().copied().filter(|role| fits(role) && may_give(actor, *role, &target)).collect())
}

/// The account of a person, for a deed that was started from their page.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn account_of(office: &Office, person: PersonId) -> Outcome<AccountId> {
    let mut records = office.database.read().await?;
    Ok(store::accounts::of_person(&mut records, person).await?.ok_or(Refusal::NotFound)?.id)
}
