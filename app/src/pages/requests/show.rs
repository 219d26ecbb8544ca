//! `/requests/{id}`: where a request stands, how it came there, and what its reader can do with it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RequestId;
use domain::requests::{Level, Ruling, State, StepKind};
use domain::time::show_instant;
use leptos::prelude::*;
use operations::requests::{self, DecideCommand, RequestStep, Shown};

use super::tag;
use crate::components::{FaultSummary, Notice, TextArea, TextField};
use crate::problem::faults;
use crate::wording::requests as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<RequestId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, &Form::filled([("done", form.get("done"))])).await
}

pub(super) async fn decide(context: Context, Path(id): Path<RequestId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    // What is not theirs to see is not found, whatever was typed.
    requests::show(&context.office, actor, id).await?;
    let Some(ruling) = form.value::<Ruling>("ruling") else { return page(&context, id, &form).await };
    let seen = form.get("seen").parse().unwrap_or(0);
    let command = DecideCommand { request: id, seen, ruling, reason: form.get("reason").to_owned() };
    match requests::decide(&context.office, actor, &command).await {
        Ok(_) => Ok(Context::see(&format!("/requests/{id}?done=decided"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &form).await
        }
    }
}

pub(super) async fn withdraw(context: Context, Path(id): Path<RequestId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let seen = form.get("seen").parse().unwrap_or(0);
    match requests::withdraw(&context.office, actor, id, seen, form.get("why")).await {
        Ok(_) => Ok(Context::see(&format!("/requests/{id}?done=withdrawn"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &form).await
        }
    }
}

async fn page(context: &Context, id: RequestId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let shown = requests::show(&context.office, context.actor()?, id).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let done = match form.get("done") {
        "decided" => Some(say::decided_now(l)),
        "changed" => Some(say::changed_now(l)),
        "withdrawn" => Some(say::withdrawn_now(l)),
        _ => None,
    };
    let page = context.page(say::show_title(l, &shown.request.person_name), || {
        // What came back is to be sent again: that stands first, below the reason.
        let is_back = shown.changes && shown.request.state == State::Returned;
        let steps = shown.steps.iter().rev().map(|step| row(l, step)).collect_view();
        view! {
            {done.filter(|_| form.faults.is_empty()).map(|done| view! { <Notice text=done/> })}
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{tag(l, shown.request.state)}</p>
            {standing(l, &shown)}
            {turned_down(&shown)}
            {is_back.then(|| changing(l, &shown, form))}
            {facts(l, &shown)}
            {shown.decides.map(|level| deciding(l, &shown, level, form))}
            {shown.gives_up.then(|| giving_up(l, &shown, form))}
            {(shown.changes && !is_back).then(|| changing(l, &shown, form))}
            <h2>{say::history(l)}</h2>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::step(l)}</th><th scope="col">{say::when(l)}</th><th scope="col">{say::by(l)}</th>
                    <th scope="col">{say::reason_head(l)}</th>
                </tr></thead>
                <tbody>{steps}</tbody>
            </table>
        }
    });
    Ok(page.crumb("/requests", say::title(l)).status(status).into_response())
}

/// What the state alone does not say.
fn standing(l: Language, shown: &Shown) -> Option<impl IntoView + use<>> {
    let keeps = shown.place.is_some() && shown.request.state != State::Placed;
    let sentence = match shown.request.state {
        State::Approved if shown.place.is_none() => say::no_seat(l),
        State::Placed if shown.place.as_ref().is_some_and(|place| shown.runs.iter().all(|run| run.id != place.id)) => {
            say::kept_place(l)
        }
        _ if keeps => say::keeps_place(l),
        _ => return None,
    };
    Some(view! { <p class="notice">{sentence}</p> })
}

/// Why it was returned or refused, by whom.
fn turned_down(shown: &Shown) -> Option<impl IntoView + use<>> {
    let kind = match shown.request.state {
        State::Returned => StepKind::Returned,
        State::Refused => StepKind::Refused,
        _ => return None,
    };
    let step = shown.steps.iter().rev().find(|step| step.kind == kind)?;
    Some(view! {
        <div class="notice warn">
            <p class="lines">{step.note.clone()}</p>
            <p class="meta">{format!("{}, {}", step.by_name.clone().unwrap_or_default(), show_instant(step.done_at))}</p>
        </div>
    })
}

fn facts(l: Language, shown: &Shown) -> impl IntoView + use<> {
    let request = &shown.request;
    let place = shown.place.as_ref().map(|run| {
        view! { <dt>{say::placed_in(l)}</dt><dd><a href=format!("/runs/{}", run.id)>{run.title(l)}</a></dd> }
    });
    let choices = shown.runs.iter().map(|run| view! { <li><a href=format!("/runs/{}", run.id)>{run.title(l)}</a></li> });
    let choices = choices.collect_view();
    let note = (!request.note.is_empty()).then(|| view! { <dt>{say::note(l)}</dt><dd class="lines">{request.note.clone()}</dd> });
    view! {
        <dl class="facts">
            <dt>{say::organisation(l)}</dt><dd>{format!("{}, {}", request.organisation_name, request.unit_title())}</dd>
            <dt>{say::course(l)}</dt><dd>{format!("{} · {}", request.course_code, request.title(l))}</dd>
            {place}
            <dt>{say::choices(l)}</dt><dd><ol>{choices}</ol></dd>
            <dt>{say::approval(l)}</dt><dd>{say::approval_word(l, request.needs)}</dd>
            {note}
        </dl>
    }
}

/// The form of who decides now. Enter approves nothing: each button says what it does.
fn deciding(l: Language, shown: &Shown, level: Level, form: &Form) -> impl IntoView + use<> {
    let buttons = Ruling::ALL.iter().map(|ruling| {
        let class = match ruling {
            Ruling::Approve => "",
            Ruling::Return => "quiet",
            Ruling::Refuse => "danger",
        };
        view! { <button class=class name="ruling" value=ruling.as_str()>{say::ruling(l, *ruling)}</button>" " }
    });
    let buttons = buttons.collect_view();
    view! {
        <section class="panel">
            <h2>{say::decide_title(l)}</h2>
            <p class="meta">{say::decide_for(l, say::level(l, level))}</p>
            <form method="post" action=format!("/requests/{}/decide", shown.request.id) novalidate>
                <input type="hidden" name="seen" value=shown.request.version.to_string()/>
                <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
                <p class="actions">{buttons}</p>
            </form>
        </section>
    }
}

/// The form of who had the last word on somebody who waits for a seat in vain.
fn giving_up(l: Language, shown: &Shown, form: &Form) -> impl IntoView + use<> {
    view! {
        <form class="panel" method="post" action=format!("/requests/{}/decide", shown.request.id) novalidate>
            <input type="hidden" name="seen" value=shown.request.version.to_string()/>
            <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
            <p class="actions"><button class="danger" name="ruling" value=Ruling::Refuse.as_str()>{say::give_up(l)}</button></p>
        </form>
    }
}

/// What who speaks for the organisation can do.
fn changing(l: Language, shown: &Shown, form: &Form) -> impl IntoView + use<> {
    let id = shown.request.id;
    let change = if shown.request.state == State::Returned { say::send_again(l) } else { say::change(l) };
    view! {
        <section class="panel">
            <p class="actions"><a class="button" href=format!("/requests/{id}/edit")>{change}</a></p>
            <details class="fold" open=form.has("why")>
                <summary>{say::withdraw(l)}</summary>
                <form method="post" action=format!("/requests/{id}/withdraw") novalidate>
                    <input type="hidden" name="seen" value=shown.request.version.to_string()/>
                    <TextField language=l form=form name="why" label=say::reason(l) hint=say::withdraw_why(l)/>
                    <p class="actions"><button class="danger">{say::withdraw(l)}</button></p>
                </form>
            </details>
        </section>
    }
}

fn row(l: Language, step: &RequestStep) -> impl IntoView + use<> {
    let kind = say::step_kind(l, step.kind);
    let name = match step.level {
        Some(level) => say::step_by_level(l, kind, say::level(l, level)),
        None => kind.to_owned(),
    };
    let by = step.by_name.clone().unwrap_or_else(|| match step.kind {
        StepKind::Declined => say::by_person(l).to_owned(),
        _ => say::by_itself(l).to_owned(),
    });
    let run = step.run_title(l).map(|run| view! { <small class="hint">{say::in_class(l, &run)}</small> });
    view! {
        <tr>
            <th scope="row">{name}{run}</th>
            <td>{show_instant(step.done_at)}</td>
            <td>{by}</td>
            <td class="lines">{step.note.clone()}</td>
        </tr>
    }
}
