//! The whole catalogue.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::policy::{Action, may_everywhere};
use leptos::prelude::*;
use operations::courses;
use operations::courses::Course;

use crate::components::{EmptyState, Notice};
use crate::wording::{choices, courses as say, shell};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    if !may_everywhere(context.actor()?, Action::KeepCatalogue) {
        return Err(Problem::NotFound);
    }
    let courses = courses::list(&context.office).await?;
    let done = match form.get("done") {
        "added" => Some(say::done_added(l)),
        "changed" => Some(say::done_changed(l)),
        _ => None,
    };
    let page = context.page(say::title(l), || {
        let new = view! { <p><a class="button" href="/courses/new">{say::new(l)}</a></p> };
        if courses.is_empty() {
            return view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>{new}</EmptyState> }.into_any();
        }
        let rows = courses.iter().map(|course| row(l, course)).collect_view();
        view! {
            {done.map(|done| view! { <Notice text=done/> })}
            <p class="lead">{say::lead(l)}</p>
            {new}
            <div class="scroll" tabindex="0" role="region" aria-label=say::title(l)>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{say::code(l)}</th><th scope="col">{say::course(l)}</th>
                            <th scope="col">{say::audience(l)}</th><th scope="col" class="n">{say::hours(l)}</th>
                            <th scope="col" class="n">{say::capacity(l)}</th><th scope="col">{say::rule(l)}</th>
                            <th scope="col">{say::plan(l)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    Ok(page.crumb("/manage", shell::manage(l)).wide().into_response())
}

fn row(l: Language, course: &Course) -> impl IntoView + use<> {
    let id = course.id;
    let title = if l == Language::Vietnamese { course.title.clone() } else { course.title_english.clone() };
    view! {
        <tr>
            <td>{course.code.clone()}</td>
            <th scope="row"><a href=format!("/courses/{id}")>{title}</a></th>
            <td>{choices::audience(l, course.audience)}</td>
            <td class="n" data-label=say::hours(l)>{course.hours}</td>
            <td class="n" data-label=say::capacity(l)>{course.capacity}</td>
            <td>{say::rule_short(l, course.min_attendance)}</td>
            <td><a href=format!("/runs/new?course={id}") aria-label=format!("{} {}", say::plan(l), course.code)>{say::plan(l)}</a></td>
        </tr>
    }
}
