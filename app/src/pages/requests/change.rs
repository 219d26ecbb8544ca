//! `/requests/{id}/edit`: a request is changed, or completed and sent again.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::RequestId;
use domain::requests::{CHOICES, State};
use leptos::prelude::*;
use operations::requests::{self, ChangeCommand, Shown};
use store::runs::Run;

use super::asking::{choice, typed};
use crate::components::{FaultSummary, TextArea};
use crate::problem::faults;
use crate::wording::requests as say;
use crate::{Context, Form, Path, Problem};

/// The request of somebody who can change it.
async fn known(context: &Context, form: &Form, id: RequestId) -> Result<Shown, Problem> {
    let shown = requests::show(&context.office, context.actor_keeping(form)?, id).await?;
    if shown.changes { Ok(shown) } else { Err(Problem::NotFound) }
}

pub(super) async fn show(context: Context, Path(id): Path<RequestId>, form: Form) -> Result<Response, Problem> {
    let shown = known(&context, &form, id).await?;
    let mut fields =
        vec![("note".to_owned(), shown.request.note.clone()), ("seen".to_owned(), shown.request.version.to_string())];
    fields.extend(shown.runs.iter().enumerate().map(|(n, run)| (format!("choice.{n}"), run.id.to_string())));
    page(&context, &shown, &Form::filled(fields)).await
}

pub(super) async fn save(context: Context, Path(id): Path<RequestId>, mut form: Form) -> Result<Response, Problem> {
    let shown = known(&context, &form, id).await?;
    let outcome = match typed(&form, None).parse() {
        Ok(wanted) => {
            let seen = form.get("seen").parse().unwrap_or(0);
            requests::change(&context.office, context.actor()?, &ChangeCommand { request: id, seen, wanted }).await
        }
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(_) => Ok(Context::see(&format!("/requests/{id}?done=changed"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, &shown, &form).await
        }
    }
}

async fn page(context: &Context, shown: &Shown, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let request = &shown.request;
    let mut runs: Vec<Run> = requests::runs_to_choose(&context.office, request.course_id).await?;
    // What was chosen stays on the list, so that it can be seen and left.
    for chosen in &shown.runs {
        if runs.iter().all(|run| run.id != chosen.id) {
            runs.push(chosen.clone());
        }
    }
    let returned = shown.steps.last().filter(|_| request.state == State::Returned).map(|step| step.note.clone());
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::change_title(l), || {
        let selects = (0..CHOICES).map(|n| choice(l, form, n, &runs)).collect_view();
        let why = if shown.asks_again { Some(say::change_asks_again(l)) } else { None };
        let why = why.or_else(|| request.state.waits_for().is_some().then(|| say::change_waiting(l)));
        view! {
            <p class="lead">{format!("{}, {}", request.person_name, request.title(l))}</p>
            {returned.map(|reason| view! { <p class="notice warn">{format!("{}: {reason}", say::reason(l))}</p> })}
            {why.map(|why| view! { <p class="notice">{why}</p> })}
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=format!("/requests/{}/edit", request.id) novalidate>
                <input type="hidden" name="seen" value=form.get("seen").to_owned()/>
                {selects}
                <TextArea language=l form=form name="note" label=say::note(l) hint=say::note_hint(l)/>
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
        }
    });
    let page = page.crumb("/requests", say::title(l));
    let page = page.crumb(format!("/requests/{}", request.id), say::show_title(l, &request.person_name));
    Ok(page.status(status).into_response())
}
