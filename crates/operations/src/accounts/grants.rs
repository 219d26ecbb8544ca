//! Roles that are given and ended, and who may care for an account.

use domain::Refusal;
use domain::accounts::{Actor, GrantPlan, Role};
use domain::ids::{AccountId, GrantId};
use domain::policy::{Action, may_everywhere, may_give};
use serde_json::json;
use store::Records;
use store::accounts::Account;

use super::create::{require_giving, scope_target, store_grant};
use crate::{Office, Outcome};

/// Gives an account one more role.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::NotAChoice`] as for [`super::create`]; [`store::StoreError::Database`].
pub async fn grant(office: &Office, actor: &Actor, account: AccountId, plan: &GrantPlan) -> Outcome<GrantId> {
    let mut work = office.database.begin().await?;
    store::accounts::find(&mut work, account).await?.ok_or(Refusal::NotFound)?;
    require_giving(&mut work, actor, plan).await?;
    let id = store_grant(office, &mut work, account, plan, Some(actor.account)).await?;
    let detail = json!({ "role": plan.role, "grant": id });
    office.log(&mut work, Some(actor.account), "role_granted", ("account", account.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Ends a role at once: yesterday was its last day.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor could not have given it; [`Refusal::LastAdministrator`];
/// [`store::StoreError::Database`].
pub async fn end_grant(office: &Office, actor: &Actor, id: GrantId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let grant = store::accounts::grant(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let target = scope_target(&mut work, grant.scope().ok_or(Refusal::NotFound)?).await?;
    if !may_give(actor, grant.role, &target) {
        return Err(Refusal::NotFound.into());
    }
    let today = office.today();
    if grant.role == Role::Administrator && store::accounts::other_administrators(&mut work, id, today).await? == 0 {
        return Err(Refusal::LastAdministrator.into());
    }
    if !store::accounts::end_grant(&mut work, id, today.pred_opt().unwrap_or(today)).await? {
        return Err(Refusal::NotFound.into());
    }
    let detail = json!({ "role": grant.role, "grant": id });
    office.log(&mut work, Some(actor.account), "role_ended", ("account", grant.account_id.0), &detail).await?;
    work.commit().await?;
    Ok(())
}

/// The account, when `actor` may care for it: they could have given every role it has. An account without any role is
/// cared for by those who keep all accounts.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub(super) async fn require_care(
    records: &mut impl Records,
    office: &Office,
    actor: &Actor,
    account: AccountId,
) -> Outcome<Account> {
    let found = store::accounts::find(records, account).await?.ok_or(Refusal::NotFound)?;
    let grants = store::accounts::grants(records, account, office.today()).await?;
    let mut cares = !grants.is_empty() || may_everywhere(actor, Action::KeepAccounts);
    for grant in &grants {
        let Some(scope) = grant.scope() else { continue };
        cares = cares && may_give(actor, grant.role, &scope_target(records, scope).await?);
    }
    if cares { Ok(found) } else { Err(Refusal::NotFound.into()) }
}
