//! What is known of a person, put right.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::PersonId;
use domain::policy::Keeping;
use leptos::prelude::*;
use operations::people::{PersonChange, PersonView};

use super::{birth, sexes};
use crate::components::{FaultSummary, SelectField, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::people as w;
use crate::{Context, Form, Path, Problem};

/// `GET /people/{id}/edit`
pub(super) async fn show(context: Context, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    let view = changeable(&context, id).await?;
    let p = &view.person;
    let form = Form::filled([
        ("full_name", p.full_name.to_string()),
        ("birth", p.birth().map(|birth| birth.to_string()).unwrap_or_default()),
        ("sex", p.sex.map(|sex| sex.to_string()).unwrap_or_default()),
        ("phone", p.phone.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("email", p.email.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]);
    Ok(page(&context, &view, &form, StatusCode::OK))
}

/// `POST /people/{id}/edit`
pub(super) async fn change(context: Context, Path(id): Path<PersonId>, mut form: Form) -> Result<Response, Problem> {
    let view = changeable(&context, id).await?;
    let Some(change) = read(&context, &mut form) else {
        return Ok(page(&context, &view, &form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match operations::people::change(&context.office, context.actor()?, id, change).await {
        Ok(()) => Ok(Context::see(&format!("/people/{id}"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            Ok(page(&context, &view, &form, status))
        }
    }
}

async fn changeable(context: &Context, id: PersonId) -> Result<PersonView, Problem> {
    let view = operations::people::show(&context.office, context.actor()?, id).await?;
    if view.keeping == Keeping::Whole { Ok(view) } else { Err(Problem::NotFound) }
}

fn read(context: &Context, form: &mut Form) -> Option<PersonChange> {
    let full_name = form.value("full_name");
    let birth = birth(context, form);
    let sex = form.value_or_none("sex");
    let phone = form.value_or_none("phone");
    let email = form.value_or_none("email");
    let citizen_id = form.value_or_none("citizen_id");
    Some(PersonChange { full_name: full_name?, birth: birth?, sex: sex?, phone: phone?, email: email?, citizen_id: citizen_id? })
}

fn page(context: &Context, view: &PersonView, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let keep = if view.masked.is_some() { w::citizen_id_keep(l) } else { "" };
    let page = context.page(w::edit(l), || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post">
                <TextField language=l form=form name="full_name" label=w::full_name(l) required=true/>
                <TextField language=l form=form name="birth" label=w::birth(l) hint=w::birth_hint(l)/>
                <SelectField language=l form=form name="sex" label=w::sex(l) choices=sexes(l) empty=w::unknown(l).to_owned()/>
                <TextField language=l form=form name="phone" label=w::phone(l) kind="tel"/>
                <TextField language=l form=form name="email" label=w::email(l) kind="email"/>
                <TextField language=l form=form name="citizen_id" label=w::citizen_id(l) hint=keep/>
                <button>{w::save(l)}</button>
            </form>
        }
    });
    page.crumb(format!("/people/{}", view.person.id), view.person.full_name.to_string()).status(status).into_response()
}
