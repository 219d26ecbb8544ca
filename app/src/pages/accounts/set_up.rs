//! The first administrator of an empty house.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::people::FullName;
use leptos::prelude::*;
use operations::accounts::SetUp;

use super::{give, with_faults};
use crate::components::{FaultSummary, TextField};
use crate::wording::accounts as w;
use crate::{Context, Form, Path, Problem};

/// `GET /set-up/{secret}`
pub(super) async fn show(context: Context, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    page(&context, &secret, form, StatusCode::OK).await
}

/// `POST /set-up/{secret}`
pub(super) async fn set_up(context: Context, Path(secret): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let full_name: Option<FullName> = form.value("full_name");
    let names = give::names(&mut form);
    let (Some(full_name), Some(names)) = (full_name, names) else {
        return page(&context, &secret, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let command = SetUp {
        full_name,
        names,
        language: context.language,
        password: form.get("password").to_owned(),
        repeated: form.get("repeated").to_owned(),
    };
    match operations::accounts::set_up(&context.office, context.address, &secret, command).await {
        Ok(_) => Ok(Context::see("/sign-in?set-up")),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, &secret, form, status).await
        }
    }
}

async fn page(context: &Context, secret: &str, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    if !operations::accounts::may_set_up(&context.office, context.address, secret).await? {
        return Err(Problem::NotFound);
    }
    let page = context.page(w::set_up(l), || {
        view! {
            <p class="lead">{w::set_up_advice(l)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post">
                <TextField language=l form=&form name="full_name" label=w::full_name(l) autocomplete="name" required=true/>
                {give::name_fields(l, &form)}
                <TextField language=l form=&form name="password" label=w::new_password(l) kind="password"
                    hint=w::password_hint(l) autocomplete="new-password" required=true/>
                <TextField language=l form=&form name="repeated" label=w::repeat_password(l) kind="password"
                    autocomplete="new-password" required=true/>
                <button>{w::set_up(l)}</button>
            </form>
        }
    });
    Ok(page.status(status).into_response())
}
