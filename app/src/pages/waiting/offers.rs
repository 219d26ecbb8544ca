//! `/offers`: an offer is answered by whoever has its link or its code, without signing in. Looking changes nothing.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::time::{local_time, show_day, show_instant, show_time};
use leptos::prelude::*;
use operations::waiting::{self, Offered, Standing};

use crate::components::{CodePage, FaultSummary, Notice};
use crate::pages::accounts::with_faults;
use crate::pages::calendar::title;
use crate::wording::waiting as say;
use crate::{Context, Form, Path, Problem};

const CODE: CodePage = CodePage { address: "/offers", title: say::code_page, label: say::code_ask, hint: say::code_ask_hint };

/// `GET /offers`: the code, typed by hand.
pub(super) async fn ask(context: Context, form: Form) -> Result<Response, Problem> {
    Ok(CODE.show(&context, &form, StatusCode::OK))
}

/// `POST /offers`
pub(super) async fn go(context: Context, form: Form) -> Result<Response, Problem> {
    CODE.go(&context, form, async |code| waiting::offered(&context.office, context.address, code).await).await
}

/// `GET /offers/{secret}`
pub(super) async fn show(context: Context, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    page(&context, &secret, form, StatusCode::OK).await
}

/// `POST /offers/{secret}`
pub(super) async fn answer(context: Context, Path(secret): Path<String>, form: Form) -> Result<Response, Problem> {
    let accepts = match form.get("answer") {
        "accept" => true,
        "decline" => false,
        _ => return page(&context, &secret, form, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match waiting::answer(&context.office, context.address, &secret, accepts).await {
        // A code finds its offer for a while only, so the page that says so is shown at once.
        Ok(_) => Ok(thanks(&context, accepts)),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, &secret, form, status).await
        }
    }
}

fn thanks(context: &Context, accepts: bool) -> Response {
    let l = context.language;
    let answer = if accepts { domain::waiting::Answer::Accepted } else { domain::waiting::Answer::Declined };
    context.page(say::offer_title(l), || view! { <Notice text=say::answer(l, answer)/> }).into_response()
}

async fn page(context: &Context, secret: &str, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let offered = match waiting::offered(&context.office, context.address, secret).await {
        Ok(offered) => offered,
        // The code can be typed again, and the page says why.
        Err(failure) => {
            let (form, status) = with_faults(Form::default(), failure)?;
            return Ok(CODE.show(context, &form, status));
        }
    };
    let page = context.page(say::offer_title(l), || {
        view! {
            <p class="lead">{title(l, &offered.run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p><strong>{say::offer_for(l, &offered.entry.person_name, &offered.entry.organisation_name)}</strong></p>
            {standing(l, secret, &offered)}
            <h2>{say::sessions(l)}</h2>
            {sessions(&offered)}
            <p><a href=format!("/runs/{}", offered.run.id)>{say::to_run(l)}</a></p>
        }
    });
    Ok(page.status(status).into_response())
}

fn standing(l: Language, secret: &str, offered: &Offered) -> AnyView {
    match offered.standing {
        Standing::Expired => view! { <Notice text=say::offer_expired(l)/> }.into_any(),
        Standing::Answered(answer) => view! { <Notice text=say::answer(l, answer)/> }.into_any(),
        Standing::Open => view! {
            <p>{say::offer_until(l, &show_instant(offered.offer.expires_at))}</p>
            <form method="post" action=format!("/offers/{secret}")>
                <p class="actions">
                    <button name="answer" value="accept">{say::accept(l)}</button>
                    <button class="quiet" name="answer" value="decline">{say::decline(l)}</button>
                </p>
            </form>
        }
        .into_any(),
    }
}

fn sessions(offered: &Offered) -> impl IntoView + use<> {
    let lines = offered.sessions.iter().map(|session| {
        let venue = if session.venue.is_empty() { &offered.run.venue } else { &session.venue };
        let hours = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
        view! { <li>{format!("{}, {hours}, {venue}", show_day(session.day))}</li> }
    });
    let lines = lines.collect_view();
    view! { <ul>{lines}</ul> }
}
