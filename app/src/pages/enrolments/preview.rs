//! The preview of an uploaded list: every row with what is wrong with it, to be corrected, left out and confirmed.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{CheckedRow, Field, Row};
use domain::ids::{OrganisationId, RunId, UploadId};
use domain::people::Sex;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments::{self, EnrolCommand, Enrollee, Review, RowNote};

use super::person::{Posted, inputs, posted, repair};
use super::{below_run, faults, id, refused, wait_button};
use crate::components::{FaultSummary, LeaveOut, Notice};
use crate::pages::requests::asking::{enrol_or_ask, fields, others};
use crate::pages::rosters::row_name;
use crate::wording::{choices, enrolments as words, requests, rosters};
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
    let waits = form.has("wait") && matches!(review.refusal, None | Some(Refusal::Full { .. }));
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
    rows: Vec<Posted>,
    (status, form): (StatusCode, Form),
) -> Result<Response, Problem> {
    let l = context.language;
    let review = enrolments::preview(&context.office, context.actor()?, run, organisation, &kept(&rows)).await?;
    let others = others(context, &review.run).await?;
    let mut faults = form.faults.clone();
    if let (Some(refusal), true) = (&review.refusal, faults.is_empty()) {
        faults.add("", refusal.clone());
    }
    let known = review.run.clone();
    let ways_on = faults.0.iter().find_map(|fault| refused::ways_on(context, &review.run, &review.organisation, &fault.refusal));
    let asking = review.run.approval.is_needed().then(|| fields(l, &form, &others).into_any());
    let content = move || content(l, &review, &origin, &rows, &faults, (ways_on, asking));
    let page = below_run(context.page(words::preview_title(l), content), l, &known);
    let page = page.crumb(format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}"), words::spreadsheet_title(l));
    Ok(page.status(status).into_response())
}

fn content(
    l: Language,
    review: &Review,
    origin: &Origin,
    rows: &[Posted],
    faults: &Faults,
    (ways_on, asking): (Option<AnyView>, Option<AnyView>),
) -> impl IntoView + use<> {
    let mut checked = review.rows.iter();
    let rows = rows.iter().map(|posted| match posted.left_out {
        true => left_out(l, posted).into_any(),
        false => checked.next().map(|(row, note)| kept_row(l, posted.place, row, *note)).into_any(),
    });
    let rows = rows.collect_view();
    let faulty = review.rows.iter().filter(|(row, _)| !row.faults.is_empty()).count();
    let count = review.rows.iter().map(|(row, _)| row.faults.len()).sum();
    let summary = if faulty == 0 { words::preview_clean(l, review.rows.len()) } else { words::preview_faults(l, faulty, count) };
    let (run, organisation) = (review.run.id, review.organisation.id);
    let asks = review.run.approval.is_needed();
    let deed = if asks { requests::ask(l) } else { words::confirm(l) };
    // Who is approved without a seat waits by itself.
    let wait = (!asks).then(|| wait_button(l, review.seats_left, faults));
    let notes = origin.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    let notes = (!origin.notes.is_empty()).then(|| view! { <ul class="meta">{notes}</ul> });
    let field = origin.upload.map(|id| view! { <input type="hidden" name="upload" value=id.to_string()/> });
    let of_file = origin.upload.map(|id| {
        view! {
            <a class="button quiet" href=format!("/uploads/{id}/reasons.xlsx")>{rosters::reasons(l)}</a>
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
        <Notice text=summary/>
        {notes}
        <form method="post" action=format!("/runs/{run}/enrol/spreadsheet/confirm")>
            <input type="hidden" name="organisation" value=organisation.to_string()/>
            {field}
            {rows}
            {asking}
            <p class="actions">
                <button>{deed}</button>
                {wait}
                {of_file}
                <a class="button quiet" href=format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}")>{words::other_file(l)}</a>
            </p>
        </form>
    }
}

fn kept_row(l: Language, place: usize, row: &CheckedRow, note: Option<RowNote>) -> impl IntoView + use<> {
    let body = if row.faults.is_empty() {
        view! { {compact(l, row)}{row.typed.iter().map(|(field, text)| hidden(place, *field, text)).collect_view()} }.into_any()
    } else {
        view! { <div class="row">{inputs(l, place, row, true)}</div> }.into_any()
    };
    let note = note.map(|note| {
        let (kind, text) = match note {
            RowNote::New => ("tag", words::row_new(l)),
            RowNote::Resembling(_) => ("tag warn", words::row_resembling(l)),
            RowNote::Known(_) => ("tag good", words::row_known(l)),
            RowNote::AlreadyEnrolled(_) => ("tag warn", words::row_already(l)),
        };
        let whom = match note {
            RowNote::Resembling(Some(person)) => Some(person),
            _ => None,
        };
        // In a window of its own: the rows that were corrected here stay.
        let whom = whom.map(|person| {
            view! { " "<a href=format!("/people/{person}") target="_blank" rel="noopener">{words::row_whom(l)}</a> }
        });
        view! { <span class=kind>{text}</span>{whom} }
    });
    let bad = (!row.faults.is_empty()).then(|| view! { <span class="tag bad">{row.faults.len()}</span> });
    let repairs = row.repairs.iter().map(|put_right| view! { <li>{repair(l, put_right)}</li> });
    let repairs = repairs.collect_view();
    let repairs = (!row.repairs.is_empty()).then(|| view! { <ul class="hint">{repairs}</ul> });
    view! {
        <fieldset class="panel">
            <legend>{row_name(l, &row.sheet, row.number)}" "{note}{bad}</legend>
            <input type="hidden" name=format!("rows.{place}.number") value=row.number.to_string()/>
            {sheet(place, &row.sheet)}
            {body}
            {repairs}
            <LeaveOut language=l place=place checked=false/>
        </fieldset>
    }
}

/// A row that is to be left out keeps what was typed, so that it can come back.
fn left_out(l: Language, posted: &Posted) -> impl IntoView + use<> {
    let place = posted.place;
    let name = posted.row.cells.get(&Field::FullName).cloned().unwrap_or_default();
    let cells = posted.row.cells.iter().map(|(field, text)| hidden(place, *field, text)).collect_view();
    view! {
        <fieldset class="panel">
            <legend>{row_name(l, &posted.row.sheet, posted.row.number)}" "<span class="tag">{words::left_out(l)}</span></legend>
            <input type="hidden" name=format!("rows.{place}.number") value=posted.row.number.to_string()/>
            {sheet(place, &posted.row.sheet)}
            <p class="struck">{name}</p>
            {cells}
            <LeaveOut language=l place=place checked=true/>
        </fieldset>
    }
}

fn hidden(place: usize, field: Field, text: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("rows.{place}.{field}") value=text.to_owned()/> }
}

/// The sheet of a row, where the list has several.
fn sheet(place: usize, sheet: &str) -> impl IntoView + use<> {
    (!sheet.is_empty()).then(|| view! { <input type="hidden" name=format!("rows.{place}.sheet") value=sheet.to_owned()/> })
}

/// A row without a fault in one line: what will be stored, citizen numbers masked.
fn compact(l: Language, row: &CheckedRow) -> impl IntoView + use<> {
    let person = row.person.as_ref();
    let name = person.map(|person| person.full_name.to_string());
    let particulars = person.map(|person| {
        [
            person.birth.map(|birth| birth.to_string()),
            person.sex.map(|sex: Sex| choices::sex(l, sex).to_owned()),
            person.citizen_id.as_ref().map(|number| number.masked()),
            person.phone.as_ref().map(ToString::to_string),
            person.email.as_ref().map(ToString::to_string),
            person.position.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
    });
    view! { <p><strong>{name}</strong>" "<span class="soft">{particulars}</span></p> }
}
