//! One person: what is known of them, where they belong, and their account.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{OrganisationId, PersonId};
use domain::people::CitizenId;
use domain::policy::Keeping;
use domain::time::{show_day, show_instant};
use leptos::prelude::*;
use operations::people::PersonView;

use super::{number, training};
use crate::components::Notice;
use crate::pages::accounts::Section;
use crate::wording::{choices, people as w};
use crate::{Context, Form, Path, Problem};

/// `GET /people/{id}`
pub(super) async fn show(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    // The address of a record that was merged leads to the one that goes on.
    if let Some(person) = operations::people::goes_on_as(&context.office, context.actor()?, id).await? {
        return Ok(Context::see(&format!("/people/{person}")));
    }
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
pub(in crate::pages) async fn page(context: &Context, id: PersonId, form: Form, status: StatusCode) -> Result<Response, Problem> {
    with_number(context, id, form, status, None).await
}

/// The page with the citizen number in full, for who asked for it.
pub(super) async fn with_number(
    context: &Context,
    id: PersonId,
    mut form: Form,
    status: StatusCode,
    number: Option<CitizenId>,
) -> Result<Response, Problem> {
    let l = context.language;
    let notice = match (form.has("merged"), form.has("unmerged")) {
        (true, _) => Some(w::merged(l)),
        (_, true) => Some(w::unmerged(l)),
        _ => None,
    };
    let view = operations::people::show(&context.office, context.actor()?, id).await?;
    let section = Section::load(context, &view).await?;
    let trained = operations::people::training(&context.office, context.actor()?, id).await?;
    if notice.is_some() || form.fields().next().is_none() {
        // An account starts out with what the person is reached by, and with the first place they belong to.
        form.set("email", view.person.email.as_ref().map(ToString::to_string).unwrap_or_default());
        form.set("phone", view.person.phone.as_ref().map(ToString::to_string).unwrap_or_default());
        form.set("role", "representative");
        form.set(
            "scope",
            view.memberships.first().map(|(m, _)| format!("organisation:{}", m.organisation_id)).unwrap_or_default(),
        );
    }
    let page = context.page(view.person.full_name.to_string(), || {
        view! {
            {notice.map(|text| view! { <Notice text=text/> })}
            {facts(l, &view, number.as_ref())}
            {memberships(l, &view)}
            {training::view(l, &trained)}
            {merges(l, &view)}
            {sights(l, &view)}
            {section.as_ref().map(|section| section.view(l, &form))}
        }
    });
    let page = match view.memberships.first() {
        Some((m, _)) => page.crumb(format!("/organisations/{}", m.organisation_id), m.organisation_name.clone()),
        None => page,
    };
    Ok(page.status(status).into_response())
}

fn facts(l: Language, view: &PersonView, number: Option<&CitizenId>) -> impl IntoView + use<> {
    let p = &view.person;
    let fact = |name: &'static str, value: Option<String>| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> });
    let edit = match view.keeping {
        Keeping::Whole => {
            view! { <p><a class="button quiet" href=format!("/people/{}/edit", p.id)>{w::edit(l)}</a></p> }.into_any()
        }
        Keeping::Part => view! { <p class="notice">{w::kept_by_others(l)}</p> }.into_any(),
        Keeping::No => ().into_any(),
    };
    view! {
        <dl>
            {fact(w::birth(l), p.birth().map(|birth| birth.to_string()))}
            {fact(w::sex(l), p.sex.map(|sex| choices::sex(l, sex).to_owned()))}
            {fact(w::phone(l), p.phone.as_ref().map(ToString::to_string))}
            {fact(w::email(l), p.email.as_ref().map(ToString::to_string))}
            {number::fact(l, view, number)}
        </dl>
        {edit}
    }
}

/// What was merged into this record, each to be undone.
fn merges(l: Language, view: &PersonView) -> impl IntoView + use<> {
    let lines = view.merges.iter().map(|merge| {
        let line = w::merge_line(l, &merge.alias_name, &merge.merged_by_name, show_instant(merge.merged_at));
        let note = (!merge.note.is_empty()).then(|| format!(" · {}", merge.note));
        view! {
            <li>
                {line} {note} " "
                <form method="post" action=format!("/people/merges/{}/undo", merge.id)>
                    <button class="link" aria-label=w::unmerge_of(l, &merge.alias_name)>{w::unmerge(l)}</button>
                </form>
            </li>
        }
    });
    let lines = lines.collect_view();
    (!view.merges.is_empty()).then(|| view! { <section><h2>{w::merges_title(l)}</h2><ul>{lines}</ul></section> })
}

/// Who saw the citizen number.
fn sights(l: Language, view: &PersonView) -> impl IntoView + use<> {
    let lines = view.seen_by.iter().map(|sight| view! { <li>{w::seen_line(l, &sight.name, show_instant(sight.at))}</li> });
    let lines = lines.collect_view();
    (!view.seen_by.is_empty()).then(|| {
        view! { <section><details class="fold"><summary>{w::seen_by(l)}</summary><ul>{lines}</ul></details></section> }
    })
}

fn memberships(l: Language, view: &PersonView) -> impl IntoView + use<> {
    let person = view.person.id;
    let items = view
        .memberships
        .iter()
        .map(|(m, may_end)| {
            let end = may_end.then(|| {
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
