//! Calling one session off, after a second thought.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::SessionId;
use domain::time::local_time;
use leptos::prelude::*;
use operations::Failure;
use operations::runs::{self, Session, Shown};

use super::id_of;
use crate::components::{FaultSummary, TextArea};
use crate::pages::calendar::title;
use crate::wording::{choices, runs as words, shell, timetables as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let (shown, session) = runs::session_to_cancel(&context.office, context.actor()?, id_of(&id)?).await?;
    Ok(page(&context, &shown, &session, Form::default()))
}

pub(super) async fn cancel(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: SessionId = id_of(&id)?;
    match runs::cancel_session(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}?done=session_cancelled"))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            let (shown, session) = runs::session_to_cancel(&context.office, context.actor()?, id).await?;
            Ok(page(&context, &shown, &session, form))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn page(context: &Context, shown: &Shown, session: &Session, form: Form) -> Response {
    let (l, run) = (context.language, &shown.run);
    let (starts, ends) = (local_time(session.starts_at), local_time(session.ends_at));
    let when = say::at(l, session.day, choices::half_day(l, session.half_day), starts, ends);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::cancel_session_title(l), || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::cancel_session_lead(l, &when)}</p>
            <p>{say::cancel_session_told(l, run.taken)}</p>
            <form method="post" action=format!("/sessions/{}/cancel", session.id) novalidate>
                <TextArea language=l form=&form name="reason" label=words::reason(l) hint=words::reason_hint(l)/>
                <p class="actions">
                    <button class="danger">{say::cancel_session(l)}</button>
                    <a class="button quiet" href=format!("/runs/{}", run.id)>{say::keep_session(l)}</a>
                </p>
            </form>
        }
    });
    page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{}", run.id), title(l, run)).status(status).into_response()
}
