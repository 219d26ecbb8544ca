//! One's own account.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use leptos::prelude::*;

use super::with_faults;
use crate::components::{FaultSummary, Notice, SelectField, TextField};
use crate::wording::{accounts as w, choices};
use crate::{Context, Form, Problem};

/// `GET /account`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    page(&context, &form, StatusCode::OK).await
}

/// `POST /account/password`
pub(super) async fn change_password(context: Context, form: Form) -> Result<Response, Problem> {
    let here = context.session.id().map(|id| id.to_string());
    let (present, password, repeated) = (form.get("present"), form.get("password").to_owned(), form.get("repeated"));
    let done =
        operations::accounts::change_password(&context.office, context.actor()?, here.as_deref(), present, password, repeated)
            .await;
    match done {
        Ok(()) => Ok(Context::see("/account?changed")),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, &form, status).await
        }
    }
}

/// `POST /account/language`
pub(super) async fn choose_language(context: Context, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let language: Language = form.get("language").parse().map_err(|_| Problem::NotFound)?;
    operations::accounts::set_language(&context.office, actor, language).await?;
    let mut response = Context::see("/account?language-saved");
    let cookie = format!("language={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /account/sign-out-everywhere`
pub(super) async fn sign_out_everywhere(context: Context) -> Result<Response, Problem> {
    operations::accounts::sign_out_everywhere(&context.office, context.actor()?).await?;
    context.session.flush().await.map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(Context::see("/sign-in"))
}

async fn page(context: &Context, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let own = operations::accounts::own(&context.office, context.actor()?).await?;
    let notice = if form.has("changed") {
        Some(w::password_changed(l))
    } else if form.has("language-saved") {
        Some(w::language_saved(l))
    } else {
        None
    };
    let languages = [(Language::Vietnamese, w::vietnamese(l)), (Language::English, w::english(l))];
    let languages = languages.map(|(word, name)| (word.to_string(), name.to_owned())).to_vec();
    let chosen = Form::filled([("language", l.to_string())]);
    let roles = own
        .grants
        .iter()
        .map(|grant| view! { <li>{choices::role(l, grant.role)} " · " {grant.scope_title()}</li> })
        .collect_view();
    let page = context.page(w::account(l), || {
        view! {
            {notice.map(|text| view! { <Notice text=text/> })}
            <p class="lead">{own.account.full_name.clone()}</p>
            <p>{w::names(l)} ": " {own.names.join(", ")}</p>
            <ul>{roles}</ul>
            <section>
                <h2>{w::change_password(l)}</h2>
                <FaultSummary language=l faults=form.faults.clone()/>
                <form method="post" action="/account/password">
                    <TextField language=l form=form name="present" label=w::present_password(l) kind="password"
                        autocomplete="current-password" required=true/>
                    <TextField language=l form=form name="password" label=w::new_password(l) kind="password"
                        hint=w::password_hint(l) autocomplete="new-password" required=true/>
                    <TextField language=l form=form name="repeated" label=w::repeat_password(l) kind="password"
                        autocomplete="new-password" required=true/>
                    <button>{w::change_password(l)}</button>
                </form>
            </section>
            <section>
                <h2>{w::language(l)}</h2>
                <form method="post" action="/account/language">
                    <SelectField language=l form=&chosen name="language" label=w::language(l) choices=languages
                        hint=w::language_advice(l)/>
                    <button class="quiet">{w::save(l)}</button>
                </form>
            </section>
            <section>
                <h2>{w::everywhere(l)}</h2>
                <p>{w::everywhere_advice(l)}</p>
                <form method="post" action="/account/sign-out-everywhere">
                    <button class="quiet">{w::everywhere(l)}</button>
                </form>
            </section>
        }
    });
    Ok(page.status(status).into_response())
}
