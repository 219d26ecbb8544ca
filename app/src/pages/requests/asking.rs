//! What the page of enrolling asks besides, where places are given by approval, and the deed it leads to.

use axum::response::Response;
use domain::accounts::Language;
use domain::requests::{CHOICES, RequestForm};
use domain::time::show_day;
use leptos::prelude::*;
use operations::enrolments::{self, EnrolCommand, Run};
use operations::requests::{self, AskCommand};
use operations::{Outcome, runs, waiting};

use crate::components::{SelectField, TextArea};
use crate::wording::requests as say;
use crate::{Context, Form, Problem};

/// The most people an address names.
const BEFORE: usize = 20;

/// The other runs that can be asked for beside `run`; none where nobody has to ask.
pub(crate) async fn others(context: &Context, run: &Run) -> Result<Vec<runs::Run>, Problem> {
    if !run.approval.is_needed() {
        return Ok(Vec::new());
    }
    let known = requests::runs_to_choose(&context.office, run.course_id).await?;
    Ok(known.into_iter().filter(|other| other.id != run.id).collect())
}

/// Second and third choice, and a note.
pub(crate) fn fields(l: Language, form: &Form, others: &[runs::Run]) -> impl IntoView + use<> {
    let choices = (!others.is_empty()).then(|| {
        let selects = (1..CHOICES.min(others.len() + 1)).map(|n| choice(l, form, n, others)).collect_view();
        view! {
            <fieldset>
                <legend>{say::other_choices(l)}</legend>
                <small class="hint">{say::other_choices_hint(l)}</small>
                <div class="row">{selects}</div>
            </fieldset>
        }
    });
    view! {
        {choices}
        <TextArea language=l form=form name="note" label=say::note(l) hint=say::note_hint(l)/>
    }
}

/// The choice of one run, of this number from 0.
pub(super) fn choice(l: Language, form: &Form, n: usize, runs: &[runs::Run]) -> impl IntoView + use<> {
    let named = |run: &runs::Run| {
        (run.id.to_string(), say::class_until(l, &run.name, &show_day(run.enrolment_deadline), &run.unit_title()))
    };
    let choices = runs.iter().map(named).collect();
    view! {
        <SelectField language=l form=form name=format!("choice.{n}") label=say::choice(l, n + 1) choices=choices
            empty=say::no_choice(l).to_owned()/>
    }
}

/// What was typed of a request whose first choice is `first`, if that is given.
pub(super) fn typed(form: &Form, first: Option<&str>) -> RequestForm {
    let choice = |n: usize| match first {
        Some(first) if n == 0 => first.to_owned(),
        _ => form.get(&format!("choice.{n}")).to_owned(),
    };
    RequestForm { choices: (0..CHOICES).map(choice).collect(), note: form.get("note").to_owned() }
}

/// Enrols people, lets those wait for whom there is no seat when that was said, or asks for places where these are given by
/// approval. Gives where one sees what became of it.
///
/// # Errors
/// What each of them refuses.
pub(crate) async fn enrol_or_ask(context: &Context, run: &Run, list: EnrolCommand, form: &Form) -> Outcome<Response> {
    let actor = context.visitor().ok_or(domain::Refusal::NotFound)?;
    if !run.approval.is_needed() && form.has("wait") {
        let joined = waiting::join(&context.office, actor, list).await?;
        let (enrolled, queued) = (joined.receipt.enrolled.len(), joined.queued.len().saturating_sub(joined.before.len()));
        // An address holds no list of any length: the page names the first of those for whom nothing changed.
        let before: String = joined.before.iter().take(BEFORE).map(|entry| format!("&before={entry}")).collect();
        return Ok(Context::see(&format!("/runs/{}/waiting?enrolled={enrolled}&queued={queued}{before}", run.id)));
    }
    if !run.approval.is_needed() {
        let receipt = enrolments::enrol(&context.office, actor, list).await?;
        let (enrolled, already) = (receipt.enrolled.len(), receipt.already.len());
        return Ok(Context::see(&format!("/runs/{}/participants?enrolled={enrolled}&already={already}", run.id)));
    }
    let wanted = typed(form, Some(&run.id.to_string())).parse()?;
    let organisation = list.organisation;
    let command = AskCommand { list, others: wanted.runs[1..].to_vec(), note: wanted.note };
    let asked = requests::ask(&context.office, actor, &command).await?;
    let (count, already) = (asked.requests.len(), asked.already);
    let path = format!("/requests?run={}&organisation={organisation}&asked={count}&already={already}", run.id);
    Ok(Context::see(&path))
}
