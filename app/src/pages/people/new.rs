//! Somebody added to an organisation.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::OrganisationId;
use domain::people::PersonEntry;
use leptos::prelude::*;
use operations::people::Entered;

use super::{POSITION_LIMIT, birth, sexes};
use crate::components::{CheckBox, FaultSummary, SelectField, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::{organisations, people as w};
use crate::{Context, Form, Path, Problem};

/// `GET /organisations/{id}/people/new`
pub(super) async fn show(context: Context, Path(id): Path<OrganisationId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, &form, StatusCode::OK).await
}

/// `POST /organisations/{id}/people/new`
pub(super) async fn add(context: Context, Path(id): Path<OrganisationId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let Some(entry) = entry(&context, &mut form) else {
        return page(&context, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match operations::people::add(&context.office, actor, id, &entry).await {
        Ok((_, entered)) => {
            let word = match entered {
                Entered::New => "added",
                Entered::Resembling => "resembling",
                Entered::Known => "known",
            };
            Ok(Context::see(&format!("/organisations/{id}?{word}")))
        }
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, id, &form, status).await
        }
    }
}

fn entry(context: &Context, form: &mut Form) -> Option<PersonEntry> {
    let full_name = form.value("full_name");
    let birth = birth(context, form);
    let sex = form.value_or_none("sex");
    let phone = form.value_or_none("phone");
    let email = form.value_or_none("email");
    let citizen_id = form.value_or_none("citizen_id");
    let position = form.optional("position", POSITION_LIMIT);
    Some(PersonEntry {
        full_name: full_name?,
        birth: birth?,
        sex: sex?,
        phone: phone?,
        email: email?,
        citizen_id: citizen_id?,
        position: Some(position?).filter(|position| !position.is_empty()),
        on_state_payroll: form.has("on_state_payroll"),
    })
}

async fn page(context: &Context, id: OrganisationId, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let view = operations::organisations::show(&context.office, context.actor()?, id).await?;
    if !view.may_change {
        return Err(Problem::NotFound);
    }
    let page = context.page(w::add(l), || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post">
                <TextField language=l form=form name="full_name" label=w::full_name(l) required=true/>
                <TextField language=l form=form name="birth" label=w::birth(l) hint=w::birth_hint(l)/>
                <SelectField language=l form=form name="sex" label=w::sex(l) choices=sexes(l) empty=w::unknown(l).to_owned()/>
                <TextField language=l form=form name="phone" label=w::phone(l) kind="tel"/>
                <TextField language=l form=form name="email" label=w::email(l) kind="email"/>
                <TextField language=l form=form name="citizen_id" label=w::citizen_id(l)/>
                <TextField language=l form=form name="position" label=w::position(l)/>
                <CheckBox form=form name="on_state_payroll" label=w::on_state_payroll(l)/>
                <button>{w::add(l)}</button>
            </form>
        }
    });
    let page = page
        .crumb("/organisations", organisations::organisations(l))
        .crumb(format!("/organisations/{id}"), view.organisation.name);
    Ok(page.status(status).into_response())
}
