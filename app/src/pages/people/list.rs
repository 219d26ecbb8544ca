//! People found by what somebody types of them.

use axum::response::{IntoResponse as _, Response};
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;

use crate::components::{EmptyState, TextField};
use crate::wording::{choices, organisations, people as w};
use crate::{Context, Form, Problem};

/// `GET /people?q=…`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let found = operations::people::search(&context.office, actor, form.get("q")).await?;
    let keeps = may_somewhere(actor, Action::KeepPeople);
    let page = context.page(w::people(l), || {
        let rows = found.iter().map(|person| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/people/{}", person.id)>{person.full_name.to_string()}</a></th>
                    <td>{person.birth().map(|birth| birth.to_string())}</td>
                    <td>{person.sex.map(|sex| choices::sex(l, sex))}</td>
                    <td>{person.phone.as_ref().map(ToString::to_string)}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let table = (!found.is_empty()).then(|| {
            view! {
                <div class="scroll">
                    <table class="rows">
                        <thead>
                            <tr>
                                <th scope="col">{w::full_name(l)}</th>
                                <th scope="col">{w::born(l)}</th>
                                <th scope="col">{w::sex(l)}</th>
                                <th scope="col">{w::phone(l)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        });
        let none = (found.is_empty() && !form.get("q").trim().is_empty()).then(|| {
            let all = view! { <a class="button quiet" href="/organisations">{organisations::organisations(l)}</a> };
            view! { <EmptyState title=w::nobody_found(l) advice=w::nobody_found_advice(l)>{all}</EmptyState> }
        });
        let more = (found.len() == 100).then(|| view! { <p>{w::at_most(l)}</p> });
        let duplicates = keeps.then(|| view! { <p><a href="/people/duplicates">{w::duplicates(l)}</a></p> });
        view! {
            <form method="get" action="/people" class="filters" role="search">
                <TextField language=l form=&form name="q" label=w::search(l) hint=w::search_hint(l) kind="search"/>
                <button class="quiet">{w::find(l)}</button>
            </form>
            {table}
            {none}
            {more}
            {duplicates}
        }
    });
    Ok(page.wide().into_response())
}
