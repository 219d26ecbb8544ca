//! The organisations that one sees.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Role;
use domain::policy::{Action, may_everywhere, may_somewhere};
use leptos::prelude::*;

use crate::components::{EmptyState, TextField};
use crate::wording::{accounts, choices, organisations as w, people, rosters};
use crate::{Context, Form, Problem};

/// `GET /organisations?q=…`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let found = operations::organisations::search(&context.office, actor, form.get("q")).await?;
    let may_add = may_everywhere(actor, Action::KeepPeople) || actor.is(Role::UnitOfficer);
    let may_import = may_somewhere(actor, Action::KeepPeople);
    let keeps_accounts = may_somewhere(actor, Action::KeepAccounts);
    let page = context.page(w::organisations(l), || {
        let people = view! { <p><a href="/people">{people::people(l)}</a></p> };
        let import = may_import.then(|| view! { <p><a href="/people/import">{rosters::import_title(l)}</a></p> });
        let accounts = keeps_accounts.then(|| view! { <p><a href="/accounts">{accounts::accounts(l)}</a></p> });
        let add = move || may_add.then(|| view! { <a class="button" href="/organisations/new">{w::add(l)}</a> });
        let table = if found.is_empty() {
            let advice = if may_add { w::none_advice(l) } else { w::none_advice_reader(l) };
            view! { <EmptyState title=w::none_title(l) advice=advice>{add()}</EmptyState> }.into_any()
        } else {
            let rows = found
                .iter()
                .map(|organisation| {
                    let code = organisation.tax_code.as_ref().map(ToString::to_string);
                    view! {
                        <tr>
                            <th scope="row">
                                <a href=format!("/organisations/{}", organisation.id)>{organisation.name.clone()}</a>
                            </th>
                            <td>{choices::organisation_kind(l, organisation.kind)}</td>
                            <td>{organisation.unit_title()}</td>
                            <td>{code}</td>
                        </tr>
                    }
                })
                .collect_view();
            let more = (found.len() == 200).then(|| view! { <p>{w::at_most(l)}</p> });
            view! {
                <div class="scroll">
                    <table class="rows">
                        <thead>
                            <tr>
                                <th scope="col">{w::name(l)}</th>
                                <th scope="col">{w::kind(l)}</th>
                                <th scope="col">{w::unit(l)}</th>
                                <th scope="col">{w::tax_code(l)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {more}
                <p>{add()}</p>
            }
            .into_any()
        };
        view! {
            <form method="get" action="/organisations" class="filters" role="search">
                <TextField language=l form=&form name="q" label=w::search(l) kind="search"/>
                <button class="quiet">{w::find(l)}</button>
            </form>
            {table}
            {people}
            {import}
            {accounts}
        }
    });
    Ok(page.wide().into_response())
}
