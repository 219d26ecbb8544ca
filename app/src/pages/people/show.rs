//! One person: what is known of them, where they belong, and their account.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{OrganisationId, PersonId};
use domain::time::show_day;
use leptos::prelude::*;
use operations::people::PersonView;

use crate::pages::accounts::Section;
use crate::wording::{choices, people as w};
use crate::{Context, Form, Path, Problem};

/// `GET /people/{id}`
pub(super) async fn show(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, form, StatusCode::OK).await
}

/// `POST /people/{id}/memberships/{organisation}/end`
pub(super) async fn end_membership(
    context: Context,
    Path((id, organisation)): Path<(PersonId, OrganisationId)>,
) -> Result<Response, Problem> {
    operations::people::end_membership(&context.office, context.actor()?, organisation, id).await?;
    Ok(Context::see(&format!("/organisations/{organisation}")))
}

/// The page, with what was typed into the form of its account.
pub(in crate::pages) async fn page(
    context: &Context,
    id: PersonId,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let l = context.language;
    let view = operations::people::show(&context.office, context.actor()?, id).await?;
    let section = Section::load(context, &view).await?;
    if form.fields().next().is_none() {
        // An account starts out with what the person is reached by, and with the first place they belong to.
        form.set("email", view.person.email.as_ref().map(ToString::to_string).unwrap_or_default());
        form.set("phone", view.person.phone.as_ref().map(ToString::to_string).unwrap_or_default());
        form.set("role", "representative");
        form.set("scope", view.memberships.first().map(|m| format!("organisation:{}", m.organisation_id)).unwrap_or_default());
    }
    let page = context.page(view.person.full_name.to_string(), || {
        view! {
            {facts(l, &view)}
            {memberships(l, &view)}
            {section.as_ref().map(|section| section.view(l, &form))}
        }
    });
    let page = match view.memberships.first() {
        Some(m) => page.crumb(format!("/organisations/{}", m.organisation_id), m.organisation_name.clone()),
        None => page,
    };
    Ok(page.status(status).into_response())
}

fn facts(l: Language, view: &PersonView) -> impl IntoView + use<> {
    let p = &view.person;
    let fact = |name: &'static str, value: Option<String>| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> });
    let edit =
        view.may_change.then(|| view! { <p><a class="button quiet" href=format!("/people/{}/edit", p.id)>{w::edit(l)}</a></p> });
    view! {
        <dl>
            {fact(w::birth(l), p.birth().map(|birth| birth.to_string()))}
            {fact(w::sex(l), p.sex.map(|sex| choices::sex(l, sex).to_owned()))}
            {fact(w::phone(l), p.phone.as_ref().map(ToString::to_string))}
            {fact(w::email(l), p.email.as_ref().map(ToString::to_string))}
            {fact(w::citizen_id(l), p.citizen_id.as_ref().map(|number| number.masked()))}
        </dl>
        {edit}
    }
}

fn memberships(l: Language, view: &PersonView) -> impl IntoView + use<> {
    let (person, may_change) = (view.person.id, view.may_change);
    let items = view
        .memberships
        .iter()
        .map(|m| {
            let end = may_change.then(|| {
                let label = w::end_membership_of(l, &m.organisation_name);
                view! {
                    <form method="post" action=format!("/people/{person}/memberships/{}/end", m.organisation_id)>
                        <button class="link" aria-label=label>{w::end_membership(l)}</button>
                    </form>
                }
            });
            let position = m.position.clone().map(|position| format!(" · {position}"));
            view! {
                <li>
                    <a href=format!("/organisations/{}", m.organisation_id)>{m.organisation_name.clone()}</a>
                    {position} " · " {w::since(l, show_day(m.valid_from))} {end}
                </li>
            }
        })
        .collect_view();
    let none = view.memberships.is_empty().then(|| view! { <p>{w::no_membership(l)}</p> });
    view! { <section><h2>{w::memberships(l)}</h2><ul>{items}</ul>{none}</section> }
}
