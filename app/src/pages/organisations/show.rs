//! One organisation with its people and its classes.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use leptos::prelude::*;
use operations::organisations::OrganisationView;

use super::history;
use crate::components::{EmptyState, Notice};
use crate::wording::{choices, interests, organisations as w, people};
use crate::{Context, Form, Path, Problem};

/// `GET /organisations/{id}`
pub(super) async fn show(context: Context, Path(id): Path<OrganisationId>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let view = operations::organisations::show(&context.office, context.actor()?, id).await?;
    let notice = match (form.has("added"), form.has("known")) {
        (true, _) => Some(people::added(l)),
        (_, true) => Some(people::known(l)),
        _ => None,
    };
    let resembling = form.has("resembling").then(|| {
        view! {
            <Notice text=people::several_resemble(l)/>
            <p><a href="/people/duplicates">{people::see_duplicates(l)}</a></p>
        }
    });
    let page = context.page(view.organisation.name.clone(), || {
        view! {
            {notice.map(|text| view! { <Notice text=text/> })}
            {resembling}
            {facts(l, &view)}
            {members(l, &view)}
            {history::years(l, &view)}
        }
    });
    Ok(page.crumb("/organisations", w::organisations(l)).into_response())
}

fn facts(l: Language, view: &OrganisationView) -> impl IntoView + use<> {
    let o = &view.organisation;
    let code = o.tax_code.as_ref().map(|code| {
        let odd = (!code.check_digit_holds()).then(|| view! { <p class="fault">{w::tax_code_odd(l)}</p> });
        view! { <dt>{w::tax_code(l)}</dt><dd>{code.to_string()} {odd}</dd> }
    });
    let address = o.address.clone().map(|address| view! { <dt>{w::address(l)}</dt><dd>{address}</dd> });
    let phone = o.phone.as_ref().map(|phone| view! { <dt>{w::phone(l)}</dt><dd>{phone.to_string()}</dd> });
    let register = (o.kind != OrganisationKind::StateBody)
        .then(|| view! { <a class="button quiet" href=format!("/registrations/new?organisation={}", o.id)>{w::register_product(l)}</a> });
    let wish = format!("/organisations/{}/interests", o.id);
    let wish = view! { <a class="button quiet" href=wish>{interests::for_organisation(l)}</a> };
    let edit = view.may_change.then(|| {
        view! { <p class="actions"><a class="button quiet" href=format!("/organisations/{}/edit", o.id)>{w::edit(l)}</a>{register}{wish}</p> }
    });
    view! {
        <dl>
            <dt>{w::kind(l)}</dt><dd>{choices::organisation_kind(l, o.kind)}</dd>
            <dt>{w::unit(l)}</dt><dd>{o.unit_title()}</dd>
            {code}{address}{phone}
        </dl>
        {edit}
    }
}

fn members(l: Language, view: &OrganisationView) -> impl IntoView + use<> {
    let id = view.organisation.id;
    let may_change = view.may_change;
    let add = move || {
        may_change.then(|| view! { <a class="button" href=format!("/organisations/{id}/people/new")>{w::add_person(l)}</a> })
    };
    let list = if view.members.is_empty() {
        view! { <EmptyState title=w::no_members_title(l) advice=w::no_members_advice(l)>{add()}</EmptyState> }.into_any()
    } else {
        let rows = view
            .members
            .iter()
            .map(|member| {
                let p = &member.person;
                view! {
                    <tr>
                        <th scope="row"><a href=format!("/people/{}", p.id)>{p.full_name.to_string()}</a></th>
                        <td>{p.birth().map(|birth| birth.to_string())}</td>
                        <td>{member.position.clone()}</td>
                        <td>{p.phone.as_ref().map(ToString::to_string)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="scroll">
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{w::full_name(l)}</th>
                            <th scope="col">{w::born(l)}</th>
                            <th scope="col">{w::position(l)}</th>
                            <th scope="col">{w::phone(l)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>{add()}</p>
        }
        .into_any()
    };
    view! { <section><h2>{w::members(l, view.members.len())}</h2>{list}</section> }
}
