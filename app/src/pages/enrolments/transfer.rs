//! `/enrolments/{id}/transfer`: somebody goes over to another run of the course.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::EnrolmentId;
use domain::time::show_day;
use leptos::prelude::*;
use operations::enrolments::{self, Run, Transfer, TransferCommand};

use super::{below_run, faults, id};
use crate::components::{EmptyState, FaultSummary, SelectField, TextArea};
use crate::wording::{enrolments as say, places as words};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(enrolment): Path<String>) -> Result<Response, Problem> {
    page(&context, id(&enrolment)?, &Form::default()).await
}

pub(super) async fn save(context: Context, Path(enrolment): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let enrolment: EnrolmentId = id(&enrolment)?;
    let outcome = match form.id("to") {
        Some(to) => {
            let command = TransferCommand { enrolment, to, reason: form.get("reason").to_owned() };
            enrolments::transfer(&context.office, context.actor()?, &command).await
        }
        None => Err(std::mem::take(&mut form.faults).into()),
    };
    match outcome {
        Ok(entered) => Ok(Context::see(&format!("/runs/{}/participants?transferred={}", entered.run_id, entered.id))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, enrolment, &form).await
        }
    }
}

/// What gets somebody into a class that is not on the list.
fn asking(l: Language, shown: &Transfer) -> Option<impl IntoView + use<>> {
    let first = shown.by_approval.first()?;
    let (sentence, address, deed) = match shown.request {
        Some(request) => (words::by_approval(l), format!("/requests/{request}/edit"), words::change_request(l)),
        None => (words::by_asking(l), format!("/runs/{}/enrol", first.id), words::ask(l)),
    };
    Some(view! { <p class="notice">{sentence}" "<a href=address>{deed}</a></p> })
}

async fn page(context: &Context, enrolment: EnrolmentId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let shown = enrolments::to_transfer(&context.office, context.actor()?, enrolment).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (place, run) = (&shown.enrolment, &shown.run);
    let participants = format!("/runs/{}/participants", run.id);
    let back = participants.clone();
    let content = || {
        let deed = if shown.others.is_empty() {
            view! {
                <EmptyState title=words::no_other_title(l) advice=words::no_other(l)>
                    <a class="button quiet" href=back.clone()>{words::back(l)}</a>
                </EmptyState>
            }
            .into_any()
        } else {
            let choice = |run: &Run| {
                let days: Vec<String> = [run.first_day, run.last_day].into_iter().flatten().map(show_day).collect();
                (run.id.to_string(), words::run_choice(l, &run.name, days.join("–"), &run.venue, run.seats().left()))
            };
            let choices = shown.others.iter().map(choice).collect();
            view! {
                <form method="post" action=format!("/enrolments/{enrolment}/transfer")>
                    <SelectField language=l form=form name="to" label=words::to(l) choices=choices empty=words::choose(l).to_owned()/>
                    <TextArea language=l form=form name="reason" label=words::reason(l)/>
                    <p class="actions">
                        <button>{words::transfer(l)}</button>
                        <a class="button quiet" href=back.clone()>{words::back(l)}</a>
                    </p>
                </form>
            }
            .into_any()
        };
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{run.title(l)}</p>
            <p>{words::transfer_lead(l, &place.person_name)}</p>
            {asking(l, &shown)}
            {deed}
        }
    };
    let page = below_run(context.page(words::transfer_title(l), content), l, run);
    Ok(page.crumb(participants, say::participants_title(l)).status(status).into_response())
}
