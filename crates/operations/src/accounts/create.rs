//! Accounts for people.

use domain::accounts::{Actor, GrantPlan, Language, Scope, SignInNames};
use domain::ids::{AccountId, GrantId, PersonId};
use domain::policy::{Action, Target, may_give};
use domain::{Faults, Refusal};
use serde_json::json;
use store::{Records, Work};

use crate::{Failure, Office, Outcome, organisation_target, people, unit_target};

/// Gives a person an account: what they sign in with, and their roles. It has no password until a slip or a letter
/// brings them to choose one.
///
/// # Errors
/// [`Refusal::NotFound`] when the person or what a role is for lies outside the actor's scope; [`Refusal::NotAChoice`]
/// for a role that the actor cannot give; [`Refusal::HasAccount`], [`Refusal::NameTaken`], [`Refusal::Missing`] without a
/// role or a name; [`store::StoreError::Database`].
pub async fn create(
    office: &Office,
    actor: &Actor,
    person: PersonId,
    names: &SignInNames,
    language: Language,
    grants: &[GrantPlan],
) -> Outcome<AccountId> {
    let mut work = office.database.begin().await?;
    people::require_person(&mut work, office, actor, Action::KeepAccounts, person).await?;
    let mut faults = names.check();
    if grants.is_empty() {
        faults.add("role", Refusal::Missing);
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    for grant in grants {
        require_giving(&mut work, actor, grant).await?;
    }
    let account = store_account(office, &mut work, person, names, language, grants, Some(actor.account)).await?;
    let roles: Vec<&str> = grants.iter().map(|grant| grant.role.as_str()).collect();
    office.log(&mut work, Some(actor.account), "account_created", ("account", account.0), &json!({ "roles": roles })).await?;
    work.commit().await?;
    Ok(account)
}

/// Answers unless the plan is whole and `actor` may give such a role for such a scope.
pub(super) async fn require_giving(records: &mut impl Records, actor: &Actor, grant: &GrantPlan) -> Outcome<()> {
    let faults = grant.check();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let target = scope_target(records, grant.scope).await?;
    if may_give(actor, grant.role, &target) {
        return Ok(());
    }
    // Who may give nothing there is not told whether it exists.
    match grant.scope {
        Scope::Organisation(_) => Err(Refusal::NotFound.into()),
        Scope::Unit(_) => Err(Failure::field("role", Refusal::NotAChoice)),
    }
}

/// What the policy asks about what a role is for.
pub(super) async fn scope_target(records: &mut impl Records, scope: Scope) -> Outcome<Target> {
    match scope {
        Scope::Organisation(organisation) => Ok(organisation_target(records, organisation).await?.1),
        Scope::Unit(unit) => {
            store::units::find(records, unit).await?.ok_or_else(|| Failure::field("unit", Refusal::NotAChoice))?;
            unit_target(records, unit).await
        }
    }
}

/// What the roles of a person's account are for, which have not ended; empty when they have none.
pub(crate) async fn role_targets(office: &Office, records: &mut impl Records, person: PersonId) -> Outcome<Vec<Target>> {
    let Some(account) = store::accounts::of_person(records, person).await? else { return Ok(Vec::new()) };
    let mut targets = Vec::new();
    for grant in store::accounts::grants(records, account.id, office.today()).await? {
        if let Some(scope) = grant.scope() {
            targets.push(scope_target(records, scope).await?);
        }
    }
    Ok(targets)
}

/// Stores an account with its names and roles.
pub(super) async fn store_account(
    office: &Office,
    work: &mut Work,
    person: PersonId,
    names: &SignInNames,
    language: Language,
    grants: &[GrantPlan],
    by: Option<AccountId>,
) -> Outcome<AccountId> {
    if store::accounts::of_person(work, person).await?.is_some() {
        return Err(Refusal::HasAccount.into());
    }
    let account = AccountId(office.id());
    store::accounts::add(work, account, person, None, language, office.now())
        .await
        .map_err(|error| if error.is_duplicate() { Failure::from(Refusal::HasAccount) } else { error.into() })?;
    let mut faults = Faults::default();
    for (field, name) in names.each() {
        if !store::accounts::add_name(work, name, account).await? {
            faults.add(field, Refusal::NameTaken);
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    for grant in grants {
        store_grant(office, work, account, grant, by).await?;
    }
    Ok(account)
}

/// Stores a role.
pub(super) async fn store_grant(
    office: &Office,
    work: &mut Work,
    account: AccountId,
    grant: &GrantPlan,
    by: Option<AccountId>,
) -> Outcome<GrantId> {
    let id = GrantId(office.id());
    let grant = store::accounts::NewGrant {
        id,
        account,
        role: grant.role,
        scope: grant.scope,
        valid_from: grant.valid_from,
        valid_to: grant.valid_to,
        granted_by: by,
    };
    store::accounts::add_grant(work, &grant, office.now()).await?;
    Ok(id)
}
