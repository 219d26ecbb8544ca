//! `/enrolments/{id}/substitute`: somebody else of the organisation takes a participant's place.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::enrolments::roster;
use domain::ids::EnrolmentId;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::enrolments::{self, Enrollee, SubstituteCommand};

use super::person::{inputs, posted};
use super::{below_run, faults, id};
use crate::components::{FaultSummary, Notice, SelectField, TextArea};
use crate::wording::{enrolments as say, places as words, refusals};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(enrolment): Path<String>) -> Result<Response, Problem> {
    page(&context, id(&enrolment)?, &Form::default()).await
}

pub(super) async fn save(context: Context, Path(enrolment): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let enrolment: EnrolmentId = id(&enrolment)?;
    let outcome = match instead(&context, &form)? {
        Ok(instead) => {
            let command = SubstituteCommand { enrolment, instead, reason: form.get("reason").to_owned() };
            enrolments::substitute(&context.office, context.actor()?, &command).await
        }
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(entered) => Ok(Context::see(&format!("/runs/{}/participants?substituted={}", entered.run_id, entered.id))),
        Err(failure) => {
            form.faults = faults(failure)?;
            // What is wrong with a newcomer stands beside the fields of the newcomer.
            for fault in &mut form.faults.0 {
                if let Some(field) = fault.field.strip_prefix("people.0.") {
                    fault.field = format!("rows.0.{field}");
                }
            }
            page(&context, enrolment, &form).await
        }
    }
}

/// Who comes instead: a member that was chosen, else a newcomer that was typed.
fn instead(context: &Context, form: &Form) -> Result<Result<Enrollee, domain::Faults>, Problem> {
    if !form.get("person").is_empty() {
        return Ok(Ok(Enrollee::Member(id(form.get("person"))?)));
    }
    let rows: Vec<_> = posted(form).into_iter().map(|posted| posted.row).filter(|row| !row.cells.is_empty()).take(1).collect();
    let mut faults = domain::Faults::default();
    let Some(row) = roster::check(&rows, context.office.today()).rows.into_iter().next() else {
        faults.add("person", domain::Refusal::NobodyChosen);
        return Ok(Err(faults));
    };
    for fault in row.faults {
        faults.add(format!("rows.0.{}", fault.field), fault.refusal);
    }
    Ok(row.person.map(Enrollee::Newcomer).ok_or(faults))
}

async fn page(context: &Context, enrolment: EnrolmentId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let shown = enrolments::to_substitute(&context.office, context.actor()?, enrolment).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (place, run) = (&shown.enrolment, &shown.run);
    let participants = format!("/runs/{}/participants", run.id);
    let rows: Vec<_> = posted(form).into_iter().map(|posted| posted.row).filter(|row| !row.cells.is_empty()).collect();
    let typed = roster::check(&rows, context.office.today()).rows.into_iter().next();
    let typed = typed.unwrap_or_else(|| super::enrol::nobody(0));
    let content = || {
        let deed = match &shown.refusal {
            Some(refusal) => view! { <Notice text=refusals::say(l, refusal)/> }.into_any(),
            None => {
                let choices = shown.members.iter().map(|member| {
                    let person = &member.person;
                    let born = person.birth().map(|birth| format!(" · {birth}")).unwrap_or_default();
                    (person.id.to_string(), format!("{}{born}", person.full_name))
                });
                let choices = choices.collect();
                view! {
                    <form method="post" action=format!("/enrolments/{enrolment}/substitute")>
                        <SelectField language=l form=form name="person" label=words::instead(l) choices=choices empty=words::choose(l).to_owned()/>
                        <details class="panel" open=!rows.is_empty()>
                            <summary>{words::newcomer(l)}</summary>
                            <p class="hint">{words::newcomer_hint(l)}</p>
                            <fieldset class="row newcomer"><legend class="hidden">{words::newcomer(l)}</legend>{inputs(l, 0, words::newcomer(l), &typed, false)}</fieldset>
                        </details>
                        <TextArea language=l form=form name="reason" label=words::reason(l)/>
                        <p class="actions">
                            <button>{words::substitute(l)}</button>
                            <a class="button quiet" href=participants.clone()>{words::back(l)}</a>
                        </p>
                    </form>
                }
                .into_any()
            }
        };
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{run.title(l)}</p>
            <p>{words::substitute_lead(l, &place.person_name)}</p>
            {shown.until.map(|until| view! { <p class="hint">{words::until(l, show_instant(until))}</p> })}
            {deed}
        }
    };
    let page = below_run(context.page(words::substitute_title(l), content), l, run);
    Ok(page.crumb(participants.clone(), say::participants_title(l)).status(status).into_response())
}
