//! `GET /organisations/{id}/interests`: the courses an organisation can ask for, and what it asks for.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::OrganisationId;
use domain::interests::Standing;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::courses::Course;
use operations::interests::{self, Interest};

use super::months;
use crate::components::Notice;
use crate::wording::{interests as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<OrganisationId>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let wishes = interests::wishes(&context.office, context.actor()?, id).await?;
    let done = match form.get("done") {
        "saved" => Some(say::done_saved(l)),
        "withdrawn" => Some(say::done_withdrawn(l)),
        _ => None,
    };
    let page = context.page(say::title_of(l, &wishes.organisation.name), || {
        let rows = wishes.courses.iter().map(|(course, wish)| row(l, id, course, wish.as_ref())).collect_view();
        view! {
            {done.map(|text| view! { <Notice text=text/> })}
            <p class="lead">{say::lead(l)}</p>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::course(l)}</th><th scope="col">{say::wish(l)}</th><td></td>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="meta">{say::what_is_met(l)}</p>
        }
    });
    let page = page.crumb("/organisations", shell::organisations(l));
    Ok(page.crumb(format!("/organisations/{id}"), wishes.organisation.name.clone()).into_response())
}

fn row(l: Language, organisation: OrganisationId, course: &Course, wish: Option<&Interest>) -> impl IntoView + use<> {
    let (title, summary) = match l {
        Language::Vietnamese => (&course.title, &course.summary),
        Language::English => (&course.title_english, &course.summary_english),
    };
    let about = format!("{} · {}", say::hours(l, course.hours), summary);
    let (name, label) = if wish.is_some() {
        (say::change_it(l), say::change_course(l, &course.code))
    } else {
        (say::note_it(l), say::note_course(l, &course.code))
    };
    let said = match wish {
        Some(wish) => wanted(l, wish).into_any(),
        None => view! { <span class="soft">{say::no_wish(l)}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{format!("{} · {title}", course.code)}<small class="hint">{about}</small></th>
            <td>{said}</td>
            <td><a href=format!("/courses/{}/interest/{organisation}", course.id) aria-label=label>{name}</a></td>
        </tr>
    }
}

/// A wish in words: how many, when, since when, and whether it was met.
fn wanted(l: Language, wish: &Interest) -> impl IntoView + use<> {
    let tag = tag(l, wish);
    let said = say::said(l, &show_day(local_day(wish.said_at)), &wish.said_by);
    view! {
        <span>{format!("{}, {} ", say::people(l, wish.people), months(l, wish))}</span>{tag}
        <small class="hint">{said}</small>
    }
}

/// Whether a wish was met, as a tag.
pub(super) fn tag(l: Language, wish: &Interest) -> impl IntoView + use<> {
    let (class, more) = match wish.standing() {
        Standing::Open => ("tag warn", None),
        Standing::Met => ("tag good", Some(say::enrolled_since(l, wish.enrolled))),
    };
    view! { <span class=class>{say::standing(l, wish.standing())}</span>{more.map(|more| view! { <small class="hint">{more}</small> })} }
}
