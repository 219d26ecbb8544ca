//! People found by what somebody types of them.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::people::may_hold_number;
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;

use crate::components::{EmptyState, TextField};
use crate::wording::{choices, organisations, people as w};
use crate::{Context, Form, Problem};

/// `GET /people?q=…`: by name or telephone number. A citizen number is not looked for where it stands in an address, which
/// browsers and proxies keep.
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    if may_hold_number(form.get("q")) {
        let mut empty = Form::default();
        empty.faults.add("q", Refusal::NumberInAddress);
        return page(&context, &empty, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    page(&context, &form, StatusCode::OK).await
}

/// `POST /people`: what was typed. A name goes on to an address of its own, which can be kept and sent; a citizen number is
/// answered at once, and stands nowhere.
pub(super) async fn find(context: Context, form: Form) -> Result<Response, Problem> {
    if !may_somewhere(context.actor()?, Action::SeePeople) {
        return Err(Problem::NotFound);
    }
    let wanted = form.get("q");
    if may_hold_number(wanted) {
        return page(&context, &form, StatusCode::OK).await;
    }
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("q", wanted.trim()).finish();
    Ok(Context::see(&format!("/people?{query}")))
}

async fn page(context: &Context, form: &Form, status: StatusCode) -> Result<Response, Problem> {
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
            <form method="post" action="/people" class="filters" role="search">
                <TextField language=l form=form name="q" label=w::search(l) hint=w::search_hint(l) kind="search"/>
                <button class="quiet">{w::find(l)}</button>
            </form>
            {table}
            {none}
            {more}
            {duplicates}
        }
    });
    Ok(page.wide().status(status).into_response())
}
