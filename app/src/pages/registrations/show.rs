//! `/registrations/{id}`: one form, with everything that can be done with it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RegistrationId;
use domain::registrations::State;
use domain::time::{show_day, show_instant};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::registrations::{self, RegistrationEvent, Shown};

use super::{content, dossier, edit, evaluation, state_tag};
use crate::components::{FaultSummary, Notice, SelectField, TextArea, TextField, day_kind};
use crate::wording::{form_words, refusals, registrations as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<RegistrationId>, form: Form) -> Result<Response, Problem> {
    render(&context, id, form, StatusCode::OK).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn render(context: &Context, id: RegistrationId, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let known = registrations::show(&context.office, context.actor()?, id).await?;
    let notice = match form.get("done") {
        "saved" => Some(say::saved(l)),
        "submitted" => Some(say::done_submitted(l)),
        "withdrawn" => Some(say::done_withdrawn(l)),
        "returned" => Some(say::done_returned(l)),
        "completed" => Some(say::done_completed(l)),
        "duplicate" => Some(say::done_duplicate(l)),
        "evaluated" => Some(say::done_evaluated(l)),
        "attached" => Some(say::done_attached(l)),
        "removed" => Some(say::done_removed(l)),
        "noted" => Some(say::done_noted(l)),
        _ => None,
    };
    let page = context.page(known.registration.product_name.clone(), || {
        let notice = notice.map(|text| view! { <Notice text/> });
        // What is wrong with the form's content is said with the way to its field, below.
        let here = form.faults.0.iter().filter(|fault| edit::address(id, &fault.field).is_none()).cloned();
        let here = Faults(here.collect());
        view! {
            <FaultSummary language=l faults=here/>
            {notice}
            {facts(l, &known)}
            {filling(l, &known, &form)}
            {reviewing(l, &known, &form)}
            {evaluation::section(l, &known, &form)}
            {dossier::section(l, &known, &form)}
            {content::reading(l, &known)}
            {history(l, &known)}
            {withdrawing(l, &known, &form)}
        }
    });
    Ok(page.crumb("/registrations", say::title(l)).status(status).into_response())
}

/// What a form carries along, so that who decides has seen what they decide on.
pub(super) fn version(known: &Shown) -> impl IntoView + use<> {
    view! { <input type="hidden" name="version" value=known.registration.version.to_string()/> }
}

fn facts(l: Language, known: &Shown) -> impl IntoView + use<> {
    let r = &known.registration;
    let number = match r.number {
        Some(number) => say::form_number(l, number, &known.unit),
        None => say::to_be_received(l, &known.unit),
    };
    let received = r.received_on.map(|day| format!(" · {}", say::received(l, show_day(day))));
    let due =
        r.due_on.filter(|_| r.state == State::Returned).map(|day| view! { <p class="warn">{say::due_on(l, show_day(day))}</p> });
    let other = r.duplicate_of.map(|id| view! { <p><a href=format!("/registrations/{id}")>{say::duplicate_of(l)}</a></p> });
    let group = known.group.as_ref().map(|group| {
        view! { <dt>{say::group(l)}</dt><dd>{format!("{} › {}", group.industry, group.title())}</dd> }
    });
    view! {
        <p class="lead">{number}{received}" "{state_tag(l, r.state)}</p>
        {due}{other}
        <dl>
            <dt>{say::organisation(l)}</dt>
            <dd><a href=format!("/organisations/{}", r.organisation_id)>{r.organisation_name.clone()}</a></dd>
            <dt>{say::place(l)}</dt><dd>{known.place.clone()}</dd>
            <dt>{say::programme(l)}</dt><dd>{r.year}</dd>
            <dt>{say::kind(l)}</dt><dd>{form_words::kind(l, r.kind)}</dd>
            {group}
            <dt>{say::source(l)}</dt><dd>{form_words::source(l, r.source)}</dd>
            <dt>{say::complete_by(l)}</dt><dd>{say::percent(l, r.completeness)}</dd>
        </dl>
    }
}

/// Everything that keeps the form from being sent, each with the way to its field.
fn missing(known: &Shown) -> Vec<(String, Refusal)> {
    let r = &known.registration;
    let group = r.group_id.is_none().then(|| ("group".to_owned(), Refusal::Missing));
    let content = known.content.check(r.kind).0.into_iter().map(|fault| (fault.field, fault.refusal));
    group.into_iter().chain(content).collect()
}

fn filling(l: Language, known: &Shown, form: &Form) -> Option<AnyView> {
    if !known.may.fill {
        return None;
    }
    let id = known.registration.id;
    let to = |subject: &str| edit::address(id, subject).unwrap_or_else(|| "#dossier".to_owned());
    let remarks: Vec<_> = known
        .open_remarks()
        .map(|remark| {
            let named = form_words::subject(l, &remark.subject);
            view! {
                <li><strong>{named}</strong>": "<span class="lines">{remark.remark.clone()}</span>" "
                    <a href=to(&remark.subject)>{say::put_right(l)}</a></li>
            }
        })
        .collect();
    let remarks = (!remarks.is_empty()).then(|| view! { <h2>{say::open_remarks(l)}</h2><ul>{remarks}</ul> });
    let missing = missing(known);
    let fill = || view! { <a class="button" href=format!("/registrations/{id}/edit")>{say::fill(l)}</a> };
    let next = if missing.is_empty() {
        submitting(l, known, form)
    } else {
        let lines = missing.iter().map(|(subject, refusal)| {
            let named = form_words::subject(l, subject);
            // That it is missing is said above.
            let wrong = (*refusal != Refusal::Missing).then(|| view! { <span>": "{refusals::say(l, refusal)}</span> });
            view! { <li><a href=to(subject)>{named}</a>{wrong}</li> }
        });
        view! { <h2>{say::missing_title(l)}</h2><ul>{lines.collect_view()}</ul><p class="actions">{fill()}</p> }.into_any()
    };
    Some(view! { {remarks}{next} }.into_any())
}

fn submitting(l: Language, known: &Shown, form: &Form) -> AnyView {
    let r = &known.registration;
    let window = known
        .window
        .map(|window| view! { <p class="hint">{say::window(l, show_day(window.opens), show_day(window.closes))}</p> });
    let day = known.may.key_in.then(|| {
        let kind = day_kind(form.get("received_on"));
        view! {
            <TextField language=l form=form name="received_on" label=say::received_on(l) hint=say::received_on_hint(l) kind=kind/>
        }
    });
    // A form that comes back has its number.
    let number = known.may.key_in && r.number.is_none();
    let number = number.then(|| view! { <p class="hint">{say::number_hint(l)}</p> });
    view! {
        <h2>{say::submit_title(l)}</h2>
        <p>{say::submit_lead(l)}</p>
        {window}
        <form method="post" action=format!("/registrations/{}/submit", r.id)>
            {version(known)}{day}{number}
            <p class="actions">
                <button>{say::submit(l)}</button>
                <a class="button quiet" href=format!("/registrations/{}/edit", r.id)>{say::fill(l)}</a>
            </p>
        </form>
    }
    .into_any()
}

fn reviewing(l: Language, known: &Shown, form: &Form) -> Option<AnyView> {
    let (may, id) = (known.may, known.registration.id);
    if !(may.complete || may.send_back || may.mark_duplicate) {
        return None;
    }
    let complete = may.complete.then(|| {
        view! {
            <form method="post" action=format!("/registrations/{id}/complete")>
                {version(known)}<button>{say::complete(l)}</button>
            </form>
        }
    });
    let lead = may.complete.then(|| view! { <p>{say::complete_lead(l)}</p> });
    let send_back = may
        .send_back
        .then(|| view! { <a class="button quiet" href=format!("/registrations/{id}/return")>{say::send_back(l)}</a> });
    let duplicate = (may.mark_duplicate && !known.siblings.is_empty()).then(|| {
        let others = known.siblings.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        view! {
            <details class="fold" open=form.has("duplicate_of")>
                <summary>{say::duplicate_title(l)}</summary>
                <form method="post" action=format!("/registrations/{id}/duplicate")>
                    {version(known)}
                    <SelectField language=l form=form name="duplicate_of" label=say::duplicate_which(l) choices=others
                        empty=say::choose(l).to_owned()/>
                    <button class="quiet">{say::duplicate(l)}</button>
                </form>
            </details>
        }
    });
    Some(
        view! { <section><h2>{say::review(l)}</h2>{lead}<div class="actions">{complete}{send_back}</div>{duplicate}</section> }
            .into_any(),
    )
}

fn history(l: Language, known: &Shown) -> AnyView {
    let lines = known.history.iter().map(|event| {
        let remarks = known.remarks.iter().filter(|remark| remark.event_id == event.id).map(|remark| {
            view! { <li><strong>{form_words::subject(l, &remark.subject)}</strong>": "<span class="lines">{remark.remark.clone()}</span></li> }
        });
        let remarks: Vec<_> = remarks.collect();
        let remarks = (!remarks.is_empty()).then(|| view! { <ul>{remarks}</ul> });
        view! { <li>{line(l, known, event)}{remarks}</li> }
    });
    let lines = lines.collect_view();
    view! { <section><h2>{say::history(l)}</h2><ol class="history">{lines}</ol></section> }.into_any()
}

fn line(l: Language, known: &Shown, event: &RegistrationEvent) -> impl IntoView + use<> {
    let reason = (!event.reason.is_empty()).then(|| view! { <p class="lines">{event.reason.clone()}</p> });
    let due = event.due_on.map(|day| format!(", {}", say::history_due(l, show_day(day))));
    // With which list or by which decision, and the way there for who may see it.
    let list = event.list_number.as_ref().zip(event.list_id).map(|(number, id)| {
        let address = format!("/lists/{id}");
        (say::with_list(l, number), known.may.see_lists.then_some(address))
    });
    let decision = event.decision_number.as_ref().zip(event.decision_id).map(|(number, id)| {
        let address = format!("/decisions/{id}");
        (say::by_decision(l, number), known.may.see_decisions.then_some(address))
    });
    let with = list.or(decision).map(|(words, address)| match address {
        Some(address) => view! { ", "<a href=address>{words}</a> }.into_any(),
        None => view! { ", "{words} }.into_any(),
    });
    view! {
        <strong>{form_words::step(l, event.step)}</strong>{with}{due}
        <p class="meta">{show_instant(event.happened_at)}" · "{event.happened_by_name.clone()}</p>{reason}
    }
}

fn withdrawing(l: Language, known: &Shown, form: &Form) -> Option<AnyView> {
    known.may.withdraw.then(|| {
        view! {
            <details class="fold" open=form.has("reason")>
                <summary>{say::withdraw(l)}</summary>
                <p>{say::withdraw_lead(l)}</p>
                <form method="post" action=format!("/registrations/{}/withdraw", known.registration.id)>
                    {version(known)}
                    <TextArea language=l form=form name="reason" label=say::reason(l)/>
                    <button class="danger">{say::withdraw(l)}</button>
                </form>
            </details>
        }
        .into_any()
    })
}
