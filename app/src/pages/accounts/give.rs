//! Accounts and roles that one gives to people, from the page of the person.

use axum::http::StatusCode;
use axum::response::Response;
use domain::Refusal;
use domain::accounts::{GrantPlan, Language, Role, Scope, SignInNames};
use domain::ids::{GrantId, PersonId};
use domain::policy::{Action, may_everywhere};
use domain::time::show_day;
use leptos::prelude::*;
use operations::accounts::AccountView;
use operations::people::PersonView;

use super::with_faults;
use crate::components::{FaultSummary, SelectField, TextField};
use crate::pages::people::show::page;
use crate::wording::{accounts as w, choices};
use crate::{Context, Form, Path, Problem};

/// `POST /people/{id}/account`
pub(super) async fn create(context: Context, Path(id): Path<PersonId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let names = names(&mut form);
    let plan = plan(&context, &mut form);
    let (Some(names), Some(plan)) = (names, plan) else {
        return page(&context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let done = operations::accounts::create(&context.office, actor, id, &names, Language::Vietnamese, &[plan]).await;
    match done {
        Ok(_) => Ok(Context::see(&format!("/people/{id}"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, id, form, status).await
        }
    }
}

/// `POST /people/{id}/roles`
pub(super) async fn grant(context: Context, Path(id): Path<PersonId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    operations::people::show(&context.office, actor, id).await?;
    let account = operations::accounts::account_of(&context.office, id).await?;
    let Some(plan) = plan(&context, &mut form) else {
        return page(&context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match operations::accounts::grant(&context.office, actor, account, &plan).await {
        Ok(_) => Ok(Context::see(&format!("/people/{id}"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, id, form, status).await
        }
    }
}

/// `POST /roles/{id}/end`
pub(super) async fn end(context: Context, Path(id): Path<GrantId>, form: Form) -> Result<Response, Problem> {
    let person: PersonId = form.get("person").parse().map_err(|_| Problem::NotFound)?;
    operations::accounts::end_grant(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/people/{person}")))
}

/// What somebody will sign in with.
pub(super) fn names(form: &mut Form) -> Option<SignInNames> {
    let email = form.value_or_none("email");
    let phone = form.value_or_none("phone");
    let user_name = form.value_or_none("user_name");
    Some(SignInNames { email: email?, phone: phone?, user_name: user_name? })
}

/// The fields of [`names`].
pub(super) fn name_fields(l: Language, form: &Form) -> impl IntoView + use<> {
    view! {
        <TextField language=l form=form name="email" label=w::email(l) kind="email"/>
        <TextField language=l form=form name="phone" label=w::phone(l) kind="tel"/>
        <TextField language=l form=form name="user_name" label=w::user_name(l) hint=w::user_name_hint(l)/>
    }
}

/// A role with its scope, `unit:…` or `organisation:…`, from today on.
fn plan(context: &Context, form: &mut Form) -> Option<GrantPlan> {
    let role: Option<Role> = form.value("role");
    let scope = read_scope(form.get("scope")).ok_or(Refusal::NotAChoice);
    let scope = form.faults.take("scope", scope);
    let valid_to = if form.get("valid_to").is_empty() { Some(None) } else { form.day("valid_to").map(Some) };
    Some(GrantPlan { role: role?, scope: scope?, valid_from: context.office.today(), valid_to: valid_to? })
}

fn read_scope(text: &str) -> Option<Scope> {
    match text.split_once(':')? {
        ("unit", id) => id.parse().ok().map(Scope::Unit),
        ("organisation", id) => id.parse().ok().map(Scope::Organisation),
        _ => None,
    }
}

/// The account of a person on their page: what there is of it, and what can be given.
#[derive(Debug)]
pub(in crate::pages) struct Section {
    person: PersonId,
    account: Option<AccountView>,
    roles: Vec<Role>,
    scopes: Vec<(String, String)>,
}

impl Section {
    /// What the visitor may see and give; none when they keep no accounts for this person.
    pub(in crate::pages) async fn load(context: &Context, view: &PersonView) -> Result<Option<Section>, Problem> {
        if !view.may_keep_accounts {
            return Ok(None);
        }
        let actor = context.actor()?;
        let account = operations::accounts::of_person(&context.office, actor, view.person.id).await?;
        let mut scopes: Vec<(String, String)> = view
            .memberships
            .iter()
            .map(|(m, _)| (format!("organisation:{}", m.organisation_id), m.organisation_name.clone()))
            .collect();
        let mut roles = vec![Role::Representative];
        if may_everywhere(actor, Action::KeepAccounts) {
            let units = operations::organisations::units_to_choose(&context.office, actor, Action::KeepAccounts).await?;
            roles = Role::ALL.to_vec();
            if !actor.is(Role::Administrator) {
                roles.retain(|role| *role != Role::Administrator);
            }
            scopes.extend(units.iter().map(|unit| (format!("unit:{}", unit.id), unit.full_title())));
        }
        Ok(Some(Section { person: view.person.id, account, roles, scopes }))
    }

    /// The section, with what was typed into its form.
    pub(in crate::pages) fn view(&self, l: Language, form: &Form) -> impl IntoView + use<> {
        let person = self.person;
        let known = match &self.account {
            None => view! { <p>{w::no_account(l)}</p> }.into_any(),
            Some(account) => self.known(l, account).into_any(),
        };
        let is_new = self.account.is_none();
        let (action, title) = if is_new { ("account", w::give(l)) } else { ("roles", w::give_role(l)) };
        let names = is_new.then(|| name_fields(l, form));
        let roles = self.roles.iter().map(|role| (role.to_string(), choices::role(l, *role).to_owned())).collect::<Vec<_>>();
        view! {
            <section>
                <h2>{w::accounts(l)}</h2>
                {known}
                <details open=is_new || !form.faults.is_empty()>
                    <summary>{title}</summary>
                    <FaultSummary language=l faults=form.faults.clone()/>
                    <form method="post" action=format!("/people/{person}/{action}")>
                        {names}
                        <SelectField language=l form=form name="role" label=w::role(l) choices=roles/>
                        <SelectField language=l form=form name="scope" label=w::scope(l) choices=self.scopes.clone()
                            hint=w::unit_hint(l) empty=w::nobody(l).to_owned()/>
                        <TextField language=l form=form name="valid_to" label=w::until(l) kind="date" hint=w::until_hint(l)/>
                        <button>{title}</button>
                    </form>
                </details>
            </section>
        }
    }

    fn known(&self, l: Language, view: &AccountView) -> impl IntoView + use<> {
        let person = self.person;
        let roles = view
            .grants
            .iter()
            .map(|(grant, may_end)| {
                let (role, scope) = (choices::role(l, grant.role), grant.scope_title());
                let period = match grant.valid_to {
                    Some(to) => w::period_to(l, show_day(grant.valid_from), show_day(to)),
                    None => w::period(l, show_day(grant.valid_from)),
                };
                let end = may_end.then(|| {
                    let label = w::end_role_of(l, role, &scope);
                    view! {
                        <form method="post" action=format!("/roles/{}/end", grant.id)>
                            <input type="hidden" name="person" value=person.to_string()/>
                            <button class="link" aria-label=label>{w::end_role(l)}</button>
                        </form>
                    }
                });
                view! { <li>{role} " · " {scope} " · " {period} {end}</li> }
            })
            .collect_view();
        let has_password = view.account.password_hash.is_some();
        let (state, button) = if has_password { (w::active(l), w::print_reset(l)) } else { (w::not_active(l), w::print_slip(l)) };
        let slip = view.in_care.then(|| {
            view! {
                <form method="post" action=format!("/people/{person}/slip")><button class="quiet">{button}</button></form>
            }
        });
        view! {
            <p>{w::names(l)} ": " {view.names.join(", ")} " · " {state}</p>
            <ul>{roles}</ul>
            {slip}
        }
    }
}
