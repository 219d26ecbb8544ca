//! Signing in and out.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use leptos::prelude::*;
use operations::accounts::{DEMO_PASSWORD, DemoSignIn};

use super::with_faults;
use crate::components::{FaultSummary, Notice, TextField};
use crate::context::{ACCOUNT_KEY, is_local};
use crate::wording::{accounts as w, choices};
use crate::{Context, Form, Problem};

/// `GET /sign-in?next=…`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    if context.visitor().is_some() {
        return Ok(Context::see(next(&form)));
    }
    page(&context, &form, StatusCode::OK).await
}

/// `POST /sign-in`
pub(super) async fn sign_in(context: Context, form: Form) -> Result<Response, Problem> {
    match operations::accounts::sign_in(&context.office, context.address, form.get("name"), form.get("password")).await {
        Ok(account) => {
            let failed = |error: tower_sessions::session::Error| Problem::Internal(error.to_string());
            // A new id, so that whoever knew the old one is not signed in with it.
            context.session.cycle_id().await.map_err(failed)?;
            context.session.insert(ACCOUNT_KEY, account).await.map_err(failed)?;
            if kept(&form).next().is_some() {
                return Ok(going_on(&context.signed_in(account).await?, &form));
            }
            Ok(Context::see(next(&form)))
        }
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, &form, status).await
        }
    }
}

/// What was typed elsewhere comes along under names of its own.
const KEPT: &str = "kept.";

/// The names and values of what was typed elsewhere.
fn kept(form: &Form) -> impl Iterator<Item = (&str, &str)> {
    form.fields().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?, value)))
}

/// The page in the place of a deed whose author was signed out meanwhile: what they typed comes along.
///
/// # Errors
/// [`Problem::Internal`].
pub(crate) async fn keeping(context: &Context, next: &str, typed: &Form) -> Result<Response, Problem> {
    let along = typed.fields().map(|(name, value)| (format!("{KEPT}{name}"), value.to_owned()));
    let form = Form::filled(std::iter::once(("next".to_owned(), next.to_owned())).chain(along));
    page(context, &form, StatusCode::UNAUTHORIZED).await
}

/// After signing in: what was typed before is sent on, once whoever typed it says so.
fn going_on(context: &Context, form: &Form) -> Response {
    let l = context.language;
    let fields = kept(form).map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> });
    let fields = fields.collect_view();
    let page = context.page(w::signed_in_again(l), || {
        view! {
            <p class="lead">{w::kept_lead(l)}</p>
            <form method="post" action=next(form).to_owned()>{fields}<button>{w::send_kept(l)}</button></form>
        }
    });
    page.into_response()
}

/// `POST /sign-out`
pub(super) async fn sign_out(context: Context) -> Result<Response, Problem> {
    context.session.flush().await.map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(Context::see("/"))
}

/// Where to go after signing in: only ever to a path of this program.
fn next(form: &Form) -> &str {
    let next = form.get("next");
    if is_local(next) && !next.starts_with("/sign-in") { next } else { "/" }
}

async fn page(context: &Context, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let demo = operations::accounts::demo_sign_ins(&context.office).await?;
    let notice = if form.has("chosen") {
        Some(w::password_chosen(l))
    } else if form.has("set-up") {
        Some(w::set_up_done(l))
    } else {
        kept(form).next().map(|_| w::kept_notice(l))
    };
    let page = context
        .page(w::sign_in(l), || {
            view! {
                {notice.map(|text| view! { <Notice text=text/> })}
                <FaultSummary language=l faults=form.faults.clone()/>
                <form method="post" action="/sign-in">
                    <input type="hidden" name="next" value=next(form).to_owned()/>
                    {along(form)}
                    <TextField language=l form=form name="name" label=w::sign_in_name(l) autocomplete="username" required=true/>
                    <TextField language=l form=form name="password" label=w::password(l) kind="password"
                        autocomplete="current-password" required=true/>
                    <button>{w::sign_in(l)}</button>
                </form>
                <p><a href="/forgot">{w::forgot_link(l)}</a></p>
                <p><a href="/activate">{w::slip_link(l)}</a></p>
                {(!demo.is_empty()).then(|| demo_section(l, form, &demo))}
            }
        })
        .status(status);
    Ok(page.into_response())
}

/// What was typed elsewhere, to be sent along.
fn along(form: &Form) -> impl IntoView + use<> {
    let fields = kept(form).map(|(name, value)| {
        view! { <input type="hidden" name=format!("{KEPT}{name}") value=value.to_owned()/> }
    });
    fields.collect_view()
}

/// A button for each role of a demonstration.
fn demo_section(l: Language, form: &Form, demo: &[DemoSignIn]) -> impl IntoView + use<> {
    let next = next(form).to_owned();
    let buttons = demo
        .iter()
        .map(|one| {
            view! {
                <li>
                    <form method="post" action="/sign-in">
                        <input type="hidden" name="next" value=next.clone()/>
                        {along(form)}
                        <input type="hidden" name="name" value=one.name.clone()/>
                        <input type="hidden" name="password" value=DEMO_PASSWORD/>
                        <button class="quiet">{w::demo_as(l, choices::role(l, one.role), &one.full_name)}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{w::demo_title(l)}</h2>
            <p>{w::demo_advice(l)}</p>
            <ul class="chips">{buttons}</ul>
        </section>
    }
}
