//! The preview of an uploaded list: every row with what is wrong with it, to be corrected, left out and confirmed.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::Row;
use domain::ids::{OrganisationId, RunId, UploadId};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments::{self, EnrolCommand, Enrollee, Review};

use super::person::{Posted, posted};
use super::{below_run, buttons, faults, id, refused, rows};
use crate::components::{FaultSummary, Notice};
use crate::pages::requests::asking::{enrol_or_ask, fields, others};
use crate::wording::{enrolments as words, requests, rosters};
use crate::{Context, Form, Path, Problem};

/// The file that the rows stand in, and what is to be known of how it was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    /// The list; none where it is not known.
    pub(super) upload: Option<UploadId>,
    /// What was not read, and the like.
    pub(super) notes: Vec<String>,
}

/// `POST /runs/{id}/enrol/spreadsheet/confirm`: everything is checked again, since anything may have changed.
pub(super) async fn confirm(context: Context, Path(run): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let (run, organisation): (RunId, OrganisationId) = (id(&run)?, id(form.get("organisation"))?);
    let rows = posted(&form);
    let origin = Origin { upload: form.get("upload").parse().ok(), notes: Vec::new() };
    let review = enrolments::preview(&context.office, actor, run, organisation, &kept(&rows)).await?;
    // Whoever is to wait needs no seat.
    let waits =
        form.has("wait") && matches!(review.refusal, None | Some(Refusal::Full { .. } | Refusal::OrganisationLimit { .. }));
    if !(review.is_clean() || (waits && review.rows.iter().all(|(row, _)| row.faults.is_empty()))) {
        return page(&context, (run, organisation), origin, rows, form).await;
    }
    let people = review.people().into_iter().map(Enrollee::Newcomer).collect();
    let command = EnrolCommand { run, organisation, people, source: EnrolmentSource::Spreadsheet };
    match enrol_or_ask(&context, &review.run, command, &form).await {
        Ok(done) => {
            if let Some(upload) = origin.upload {
                // The people have their places, whatever becomes of the file: it is swept in two days all the same.
                let _ = operations::rosters::let_go(&context.office, actor, upload).await;
            }
            Ok(done)
        }
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, (run, organisation), origin, rows, form).await
        }
    }
}

fn kept(rows: &[Posted]) -> Vec<Row> {
    rows.iter().filter(|posted| !posted.left_out).map(|posted| posted.row.clone()).collect()
}

/// The page for a list that was confirmed with faults.
async fn page(
    context: &Context,
    to: (RunId, OrganisationId),
    origin: Origin,
    rows: Vec<Posted>,
    form: Form,
) -> Result<Response, Problem> {
    shown(context, to, origin, rows, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
}

/// The page with these rows.
pub(super) async fn shown(
    context: &Context,
    (run, organisation): (RunId, OrganisationId),
    origin: Origin,
    posted: Vec<Posted>,
    (status, form): (StatusCode, Form),
) -> Result<Response, Problem> {
    let l = context.language;
    let review = enrolments::preview(&context.office, context.actor()?, run, organisation, &kept(&posted)).await?;
    let others = others(context, &review.run).await?;
    let mut faults = form.faults.clone();
    if let (Some(refusal), true) = (&review.refusal, faults.is_empty()) {
        faults.add("", refusal.clone());
    }
    let known = review.run.clone();
    let ways_on = faults.0.iter().find_map(|fault| refused::ways_on(context, &review.run, &review.organisation, &fault.refusal));
    let asking = review.run.approval.is_needed().then(|| fields(l, &form, &others).into_any());
    let is_refused = status != StatusCode::OK;
    let content = move || content(l, &review, &origin, &posted, (&faults, is_refused), (ways_on, asking));
    let page = below_run(context.page(words::preview_title(l), content), l, &known);
    let page = page.crumb(format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}"), words::spreadsheet_title(l));
    Ok(page.status(status).into_response())
}

fn content(
    l: Language,
    review: &Review,
    origin: &Origin,
    posted: &[Posted],
    (faults, is_refused): (&Faults, bool),
    (ways_on, asking): (Option<AnyView>, Option<AnyView>),
) -> impl IntoView + use<> {
    let mut checked = review.rows.iter();
    let shown = posted.iter().map(|posted| match posted.left_out {
        true => rows::left_out(l, posted).into_any(),
        false => checked.next().map(|(row, note)| rows::kept(l, posted.place, row, *note)).into_any(),
    });
    let shown = shown.collect_view();
    let summary = summary(l, review, origin, posted, is_refused);
    let (run, organisation) = (review.run.id, review.organisation.id);
    let asks = review.run.approval.is_needed();
    let deed = if asks { requests::ask(l) } else { words::confirm(l) };
    let notes = origin.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    let notes = (!origin.notes.is_empty()).then(|| view! { <ul class="meta">{notes}</ul> });
    let field = origin.upload.map(|id| view! { <input type="hidden" name="upload" value=id.to_string()/> });
    let of_file = origin.upload.map(|id| {
        view! {
            <a class="button quiet" href=format!("/uploads/{id}/columns")>{rosters::choose_columns(l)}</a>
        }
    });
    view! {
        <p class="lead">{review.run.title(l)}</p>
        <p>
            {words::organisation(l)}": "<strong>{review.organisation.name.clone()}</strong>" · "
            {words::seats_left(l, review.seats_left, review.run.capacity)}
        </p>
        <FaultSummary language=l faults=faults.clone()/>
        {ways_on}
        {summary}
        {notes}
        <form method="post" action=format!("/runs/{run}/enrol/spreadsheet/confirm")>
            <input type="hidden" name="organisation" value=organisation.to_string()/>
            {field}
            {shown}
            {asking}
            <p class="actions">
                {buttons(l, &review.run, deed, review.seats_left, faults)}
                {of_file}
                <a class="button quiet" href=format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}")>{words::other_file(l)}</a>
            </p>
        </form>
    }
}

/// What is wrong, with the ways to it and to the file that says so, too; or that nothing is.
fn summary(l: Language, review: &Review, origin: &Origin, posted: &[Posted], is_refused: bool) -> AnyView {
    let faulty = review.rows.iter().filter(|(row, _)| !row.faults.is_empty()).count();
    let reasons = origin.upload.filter(|_| faulty > 0).map(|id| {
        view! { <p><a class="button quiet" href=format!("/uploads/{id}/reasons.xlsx")>{rosters::reasons(l)}</a></p> }
    });
    if faulty == 0 {
        return view! { <Notice text=words::preview_clean(l, review.rows.len())/> }.into_any();
    }
    let count = review.rows.iter().map(|(row, _)| row.faults.len()).sum();
    let heading = if is_refused { words::preview_refused(l, faulty, count) } else { words::preview_faults(l, faulty, count) };
    let places = posted.iter().filter(|posted| !posted.left_out).map(|posted| posted.place);
    let kept: Vec<_> = places.zip(review.rows.iter().map(|(row, _)| row)).collect();
    let lines = rows::faulty(l, &kept);
    let role = if is_refused { "alert" } else { "status" };
    view! { <div class="faults" role=role><h2>{heading}</h2>{lines}</div>{reasons} }.into_any()
}
