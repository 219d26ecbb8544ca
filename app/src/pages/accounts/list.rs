//! The accounts that one keeps.

use axum::response::{IntoResponse as _, Response};
use leptos::prelude::*;

use crate::components::{EmptyState, TextField};
use crate::wording::{accounts as w, choices, shell};
use crate::{Context, Form, Problem};

/// `GET /accounts?q=…`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let accounts = operations::accounts::list(&context.office, context.actor()?, form.get("q")).await?;
    let page = context.page(w::accounts(l), || {
        let rows = accounts
            .iter()
            .map(|row| {
                let role = row.role.map(|role| choices::role(l, role));
                let state = if row.is_active { w::active(l) } else { w::not_active(l) };
                view! {
                    <tr>
                        <th scope="row"><a href=format!("/people/{}", row.person_id)>{row.full_name.clone()}</a></th>
                        <td>{role}</td>
                        <td>{row.scope_title()}</td>
                        <td>{state}</td>
                    </tr>
                }
            })
            .collect_view();
        let table = if accounts.is_empty() {
            view! {
                <EmptyState title=w::none_title(l) advice=w::none_advice(l)>
                    <a class="button quiet" href="/organisations">{w::to_organisations(l)}</a>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="rows">
                        <thead>
                            <tr>
                                <th scope="col">{w::person(l)}</th>
                                <th scope="col">{w::role(l)}</th>
                                <th scope="col">{w::scope(l)}</th>
                                <th scope="col">{w::state(l)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <form method="get" action="/accounts" class="filters" role="search">
                <TextField language=l form=&form name="q" label=w::search(l) kind="search"/>
                <button class="quiet">{w::find(l)}</button>
            </form>
            {table}
        }
    });
    Ok(page.crumb("/manage", shell::manage(l)).wide().into_response())
}
