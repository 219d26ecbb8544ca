//! `/waiting/{id}`: one place on a waiting list: leaving it, what comes before, and the answer to its offer.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::WaitingId;
use domain::waiting::Priority;
use leptos::prelude::*;
use operations::waiting;

use crate::components::{FaultSummary, TextArea, TextField};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{shell, waiting as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<WaitingId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, form).await
}

pub(super) async fn leave(context: Context, Path(id): Path<WaitingId>, mut form: Form) -> Result<Response, Problem> {
    match waiting::leave(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}/waiting?done=left&who={id}"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, form).await
        }
    }
}

pub(super) async fn prioritise(context: Context, Path(id): Path<WaitingId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not is told so before what they typed is looked at.
    let may = waiting::may_prioritise(&context.office, actor, id).await?;
    if !may {
        return Err(Problem::NotFound);
    }
    let seen = form.get("seen").parse().unwrap_or(0);
    let outcome = match Priority::parse(form.get("priority"), form.get("why")) {
        Ok(priority) => waiting::prioritise(&context.office, actor, id, seen, &priority).await,
        Err(mut found) => {
            for fault in &mut found.0 {
                if fault.field == "reason" {
                    fault.field = "why".into();
                }
            }
            Err(found.into())
        }
    };
    match outcome {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}/waiting?done=priority"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, form).await
        }
    }
}

pub(super) async fn answer(context: Context, Path(id): Path<WaitingId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let (entry, ..) = waiting::own(&context.office, actor, id).await?;
    let accepts = form.get("answer") == "accept";
    let outcome = match entry.offer_id {
        Some(offer) => waiting::answer_on_screen(&context.office, actor, offer, accepts).await,
        None => Err(Refusal::OfferAnswered.into()),
    };
    match outcome {
        Ok(run) => {
            let done = if accepts { "accepted" } else { "declined" };
            Ok(Context::see(&format!("/runs/{run}/waiting?done={done}&who={id}")))
        }
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, form).await
        }
    }
}

/// A code is shown once, like the code of a slip: on the answer to the press of the button.
pub(super) async fn code(context: Context, Path(id): Path<WaitingId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let (entry, _, run) = waiting::own(&context.office, actor, id).await?;
    let outcome = match entry.offer_id {
        Some(offer) => waiting::new_code(&context.office, actor, offer).await,
        None => Err(Refusal::OfferAnswered.into()),
    };
    let code = match outcome {
        Ok((code, _)) => code,
        Err(failure) => {
            form.faults = faults(failure)?;
            return page(&context, id, form).await;
        }
    };
    let l = context.language;
    let address = format!("{}/offers", context.office.settings.public_url);
    let page = context.page(say::code_title(l), || {
        view! {
            <p class="lead">{title(l, &run)}</p>
            <p>{say::code_lead(l, &entry.person_name)}</p>
            <p class="code">{code}</p>
            <p>{say::code_where(l, &address)}</p>
            <p class="actions"><a class="button quiet" href=format!("/runs/{}/waiting", run.id)>{say::keep(l)}</a></p>
        }
    });
    let page = page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}/waiting", run.id), say::title(l));
    Ok(page.into_response())
}

async fn page(context: &Context, id: WaitingId, mut form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let (entry, organisation, run) = waiting::own(&context.office, actor, id).await?;
    let may_prioritise = waiting::may_prioritise(&context.office, actor, id).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if !form.has("priority") {
        form.set("priority", entry.priority.to_string());
    }
    let seen = entry.priority_version.to_string();
    let page = context.page(say::entry_title(l), || {
        let priority = may_prioritise.then(|| {
            view! {
                <section>
                    <h2>{say::priority_title(l)}</h2>
                    <form method="post" action=format!("/waiting/{id}/priority")>
                        <input type="hidden" name="seen" value=seen/>
                        <TextField language=l form=&form name="priority" label=say::priority_label(l) kind="number"
                            hint=say::priority_hint(l)/>
                        <TextArea language=l form=&form name="why" label=say::priority_reason(l)/>
                        <button>{say::save_priority(l)}</button>
                    </form>
                </section>
            }
        });
        view! {
            <p class="lead"><strong>{entry.person_name.clone()}</strong>" · "{title(l, &run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{say::organisation(l)}": "{organisation.name.clone()}</p>
            {priority}
            <section>
                <h2>{say::leave(l)}</h2>
                <p>{say::leave_lead(l)}</p>
                <form method="post" action=format!("/waiting/{id}/leave")>
                    <TextArea language=l form=&form name="reason" label=say::leave_reason(l)/>
                    <p class="actions">
                        <button class="danger">{say::leave(l)}</button>
                        <a class="button quiet" href=format!("/runs/{}/waiting", run.id)>{say::keep(l)}</a>
                    </p>
                </form>
            </section>
        }
    });
    let page = page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}/waiting", run.id), say::title(l));
    Ok(page.status(status).into_response())
}
