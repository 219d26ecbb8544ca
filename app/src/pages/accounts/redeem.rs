//! Choosing a password with a slip or a link, and asking for a link.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::*;
use operations::accounts;

use super::with_faults;
use crate::components::{CodePage, FaultSummary, Notice, TextField};
use crate::wording::accounts as w;
use crate::{Context, Form, Path, Problem};

const CODE: CodePage = CodePage { address: "/activate", title: w::activate, label: w::code, hint: w::code_hint };

/// `GET /activate`: the code of a slip, typed by hand.
pub(super) async fn ask(context: Context, form: Form) -> Result<Response, Problem> {
    Ok(CODE.show(&context, &form, StatusCode::OK))
}

/// `POST /activate`
pub(super) async fn go(context: Context, form: Form) -> Result<Response, Problem> {
    CODE.go(&context, form, async |code| accounts::invited(&context.office, context.address, code).await).await
}

/// `GET /activate/{secret}`, `GET /reset/{secret}`
pub(super) async fn show(context: Context, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    password_page(&context, &secret, form, StatusCode::OK).await
}

/// `POST /activate/{secret}`, `POST /reset/{secret}`
pub(super) async fn redeem(context: Context, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    let (password, repeated) = (form.get("password").to_owned(), form.get("repeated"));
    match accounts::redeem(&context.office, context.address, &secret, password, repeated).await {
        Ok(_) => {
            // Whoever is signed in here may be somebody else.
            context.session.flush().await.map_err(|error| Problem::Internal(error.to_string()))?;
            Ok(Context::see("/sign-in?chosen"))
        }
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            password_page(&context, &secret, form, status).await
        }
    }
}

async fn password_page(context: &Context, secret: &str, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let account = match accounts::invited(&context.office, context.address, secret).await {
        Ok(account) => account,
        // The code can be typed again, and the page says why.
        Err(failure) => {
            let (form, status) = with_faults(Form::default(), failure)?;
            return Ok(CODE.show(context, &form, status));
        }
    };
    let page = context.page(w::choose_password(l), || {
        view! {
            <p class="lead">{w::choose_for(l, &account.full_name)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post">
                <TextField language=l form=&form name="password" label=w::new_password(l) kind="password"
                    hint=w::password_hint(l) autocomplete="new-password" required=true/>
                <TextField language=l form=&form name="repeated" label=w::repeat_password(l) kind="password"
                    autocomplete="new-password" required=true/>
                <button>{w::choose_password(l)}</button>
            </form>
        }
    });
    Ok(page.status(status).into_response())
}

/// `GET /forgot`
pub(super) async fn forgot(context: Context, form: Form) -> Result<Response, Problem> {
    Ok(forgot_page(&context, &form, StatusCode::OK))
}

/// `POST /forgot`: the answer is the same whether there is such an account or not.
pub(super) async fn send(context: Context, form: Form) -> Result<Response, Problem> {
    match accounts::request_reset(&context.office, context.address, form.get("name")).await {
        Ok(()) => Ok(Context::see("/forgot?sent")),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            Ok(forgot_page(&context, &form, status))
        }
    }
}

fn forgot_page(context: &Context, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let sent = form.has("sent").then(|| view! { <Notice text=w::forgot_sent(l)/> });
    let page = context.page(w::forgot(l), || {
        view! {
            {sent}
            <p>{w::forgot_advice(l)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action="/forgot">
                <TextField language=l form=form name="name" label=w::sign_in_name(l) autocomplete="username" required=true/>
                <button>{w::forgot_send(l)}</button>
            </form>
        }
    });
    page.crumb("/sign-in", w::sign_in(l)).status(status).into_response()
}
