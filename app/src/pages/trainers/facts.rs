//! What is known of a trainer: to read, and to change for who keeps the catalogue.

use axum::response::Response;
use domain::accounts::Language;
use domain::ids::PersonId;
use domain::trainers::TrainerForm;
use leptos::prelude::*;
use operations::courses::Course;
use operations::trainers::{self, TrainerView};

use super::show::answer;
use crate::components::{TextArea, TextField, field_id, row_fault};
use crate::wording::trainers as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn change(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not change it learns nothing of the form's faults.
    if !trainers::show(&context.office, actor, id).await?.may.change {
        return Err(Problem::NotFound);
    }
    let typed = TrainerForm {
        employer: form.get("employer").to_owned(),
        rank: form.get("rank").to_owned(),
        note: form.get("note").to_owned(),
        courses: form.all("courses").map(ToOwned::to_owned).collect(),
    };
    let outcome = match typed.parse() {
        Ok(plan) => trainers::change(&context.office, actor, id, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&context, id, form, outcome).await
}

fn course_title(l: Language, course: &Course) -> String {
    let title = if l == Language::Vietnamese { &course.title } else { &course.title_english };
    format!("{} · {title}", course.code)
}

pub(super) fn read(l: Language, shown: &TrainerView) -> impl IntoView + use<> {
    let fact =
        |name: &'static str, value: &str| (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd>{value.to_owned()}</dd> });
    let courses = shown.courses.iter().filter(|(_, qualified)| *qualified);
    let courses: Vec<_> = courses.map(|(course, _)| view! { <li>{course_title(l, course)}</li> }).collect();
    let courses = if courses.is_empty() {
        view! { {say::no_course(l)} }.into_any()
    } else {
        view! { <ul class="plain">{courses}</ul> }.into_any()
    };
    view! {
        <dl class="facts">
            {fact(say::employer(l), &shown.trainer.employer)}
            {fact(say::rank(l), &shown.trainer.rank)}
            <dt>{say::courses(l)}</dt><dd>{courses}</dd>
        </dl>
    }
}

pub(super) fn form(l: Language, shown: &TrainerView, form: &Form) -> impl IntoView + use<> {
    let id = shown.trainer.person_id;
    let is_typed = form.has("employer");
    let mut form = form.clone();
    if !is_typed {
        form.set("employer", shown.trainer.employer.clone());
        form.set("rank", shown.trainer.rank.clone());
        form.set("note", shown.trainer.note.clone());
    }
    let boxes = shown.courses.iter().enumerate().map(|(n, (course, qualified))| {
        let word = course.id.to_string();
        let checked = if is_typed { form.all("courses").any(|typed| typed == word) } else { *qualified };
        let box_id = if n == 0 { field_id("courses") } else { format!("{}-{n}", field_id("courses")) };
        view! {
            <div class="check">
                <input id=box_id.clone() name="courses" type="checkbox" value=word checked=checked/>
                <label for=box_id>{course_title(l, course)}</label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <form method="post" action=format!("/trainers/{id}") novalidate>
            <div class="row">
                <TextField language=l form=&form name="employer" label=say::employer(l)/>
                <TextField language=l form=&form name="rank" label=say::rank(l) hint=say::rank_hint(l)/>
            </div>
            <fieldset><legend>{say::courses(l)}</legend>{boxes}{row_fault(l, &form, "courses")}</fieldset>
            <TextArea language=l form=&form name="note" label=say::note(l) hint=say::note_hint(l)/>
            <p><button>{say::save(l)}</button></p>
        </form>
    }
}
