//! `/courses/{id}/interest/{organisation}`: what an organisation would like of a course: said, said anew, withdrawn.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{CourseId, OrganisationId};
use domain::interests::{Month, WishForm, read_months};
use leptos::prelude::*;
use operations::courses::Course;
use operations::interests::{self, Interest, NoteCommand};
use store::organisations::Organisation;

use super::list::tag;
use crate::components::{FaultSummary, TextArea, TextField, field_id, row_fault};
use crate::problem::faults;
use crate::wording::{interests as say, shell};
use crate::{Context, Form, Path, Problem};

/// The organisation, the course, and what it asks for of it.
struct Known {
    organisation: Organisation,
    course: Course,
    wish: Option<Interest>,
}

async fn known(context: &Context, course: CourseId, organisation: OrganisationId) -> Result<Known, Problem> {
    let wishes = interests::wishes(&context.office, context.actor()?, organisation).await?;
    let found = wishes.courses.into_iter().find(|(known, _)| known.id == course);
    let (course, wish) = found.ok_or(Problem::NotFound)?;
    Ok(Known { organisation: wishes.organisation, course, wish })
}

pub(super) async fn show(
    context: Context,
    Path((course, organisation)): Path<(CourseId, OrganisationId)>,
) -> Result<Response, Problem> {
    let known = known(&context, course, organisation).await?;
    let mut fields = Vec::new();
    if let Some(wish) = &known.wish {
        fields.push(("seen", wish.version.to_string()));
        fields.push(("people", wish.people.to_string()));
        fields.push(("note", wish.note.clone()));
        fields.extend(read_months(&wish.months).into_iter().map(|month| ("months", month.to_string())));
    }
    Ok(page(&context, &known, &Form::filled(fields)))
}

pub(super) async fn save(
    context: Context,
    Path((course, organisation)): Path<(CourseId, OrganisationId)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let known = known(&context, course, organisation).await?;
    let typed = WishForm {
        people: form.get("people").to_owned(),
        months: form.all("months").map(str::to_owned).collect(),
        note: form.get("note").to_owned(),
    };
    let outcome = match typed.parse(context.office.today()) {
        Ok(wish) => {
            let command = NoteCommand { organisation, course, seen: form.get("seen").parse().ok(), wish };
            interests::note(&context.office, actor, &command).await
        }
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(_) => Ok(Context::see(&format!("/organisations/{organisation}/interests?done=saved"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &known, &form))
        }
    }
}

pub(super) async fn withdraw(
    context: Context,
    Path((course, organisation)): Path<(CourseId, OrganisationId)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = known(&context, course, organisation).await?;
    let seen = form.get("seen").parse().unwrap_or(-1);
    match interests::withdraw(&context.office, actor, (organisation, course), seen).await {
        Ok(()) => Ok(Context::see(&format!("/organisations/{organisation}/interests?done=withdrawn"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &known, &form))
        }
    }
}

fn page(context: &Context, known: &Known, form: &Form) -> Response {
    let l = context.language;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if l == Language::Vietnamese { &known.course.title } else { &known.course.title_english };
    let organisation = known.organisation.id;
    let address = format!("/courses/{}/interest/{organisation}", known.course.id);
    let offered = Month::ahead(context.office.today());
    let page = context.page(say::form_title(l, title), || {
        let seen = (!form.get("seen").is_empty())
            .then(|| view! { <input type="hidden" name="seen" value=form.get("seen").to_owned()/> });
        let withdrawal = known.wish.as_ref().map(|wish| {
            view! {
                <p>{tag(l, wish)}</p>
                <form method="post" action=format!("{address}/withdraw")>
                    <input type="hidden" name="seen" value=wish.version.to_string()/>
                    <p class="actions"><button class="danger">{say::withdraw(l)}</button></p>
                </form>
            }
        });
        view! {
            <p class="lead">{known.organisation.name.clone()}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=address.clone() novalidate>
                {seen}
                <TextField language=l form=form name="people" label=say::number(l) kind="number" hint=say::number_hint(l)/>
                {months(l, form, &offered)}
                <TextArea language=l form=form name="note" label=say::note(l) hint=say::note_hint(l)/>
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
            {withdrawal}
            <p class="meta">{say::what_is_met(l)}</p>
        }
    });
    let list = format!("/organisations/{organisation}/interests");
    let page = page.crumb("/organisations", shell::organisations(l));
    let page = page.crumb(format!("/organisations/{organisation}"), known.organisation.name.clone()).crumb(list, say::title(l));
    page.status(status).into_response()
}

/// The months ahead, to be ticked.
fn months(l: Language, form: &Form, offered: &[Month]) -> impl IntoView + use<> {
    let boxes = offered.iter().enumerate().map(|(n, month)| {
        let value = month.to_string();
        let checked = form.all("months").any(|ticked| ticked == value);
        // The first carries the name of the field, so that a fault leads to it.
        let id = if n == 0 { field_id("months") } else { format!("{}-{n}", field_id("months")) };
        view! {
            <div class="check">
                <input id=id.clone() type="checkbox" name="months" value=value checked=checked/>
                <label for=id>{month.show()}</label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    let fault = row_fault(l, form, "months");
    view! {
        <fieldset>
            <legend>{say::months(l)}</legend>
            <small class="hint">{say::months_hint(l)}</small>
            {fault}
            <div class="boxes">{boxes}</div>
        </fieldset>
    }
}
