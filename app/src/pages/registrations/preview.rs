//! The preview of an uploaded sheet of forms: what becomes of each row, to be corrected, left out and confirmed.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RegistrationId;
use domain::registrations::spreadsheet::{self, Row};
use domain::registrations::{FormField, RegistrationKind, State};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::registrations::{self, Changes, Fate, ReviewedForm, SheetReview, SheetRow};

use super::content::{is_filled, value};
use super::faults;
use super::sheet_cells::{correcting, hidden, said, subject};
use crate::components::{FaultSummary, LeaveOut, Notice, field_id};
use crate::wording::{choices, enrolments, form_words, refusals, registration_sheets as words, registrations as say};
use crate::{Context, Form, Problem};

/// A row as it was posted.
#[derive(Debug, Clone)]
pub(super) struct Posted {
    /// Its place in the form: its fields are named `rows.N.…`.
    pub place: usize,
    /// Whether it is to be left out.
    pub left_out: bool,
    /// The draft whose changes were shown, in its version.
    pub seen: Option<(RegistrationId, i64)>,
    /// What it says.
    pub row: Row,
}

/// The rows of a form, in order.
fn posted(form: &Form, kind: RegistrationKind) -> Vec<Posted> {
    let cells = spreadsheet::cells(kind);
    let mut rows: BTreeMap<usize, Posted> = BTreeMap::new();
    for (name, value) in form.fields() {
        let Some((place, name)) = name.strip_prefix("rows.").and_then(|rest| rest.split_once('.')) else { continue };
        let Ok(place) = place.parse::<usize>() else { continue };
        let empty =
            || Posted { place, left_out: false, seen: None, row: Row { number: place.saturating_add(1), ..Row::default() } };
        let posted = rows.entry(place).or_insert_with(empty);
        match name {
            "number" => posted.row.number = value.parse().unwrap_or(posted.row.number),
            "left_out" => posted.left_out = true,
            "seen" => {
                posted.seen = value.split_once(' ').and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
            }
            name if !value.is_empty() && cells.iter().any(|cell| cell == name) => {
                // Boxes that are ticked come one by one.
                let cell = posted.row.cells.entry(name.to_owned()).or_default();
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(value);
            }
            _ => {}
        }
    }
    rows.into_values().collect()
}

/// `POST /registrations/spreadsheet/confirm`: everything is checked again, since anything may have changed.
pub(super) async fn confirm(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let sheet = (form.number("year", 1900, 9999), form.value::<RegistrationKind>("kind"));
    let (Some(year), Some(kind)) = sheet else {
        // Neither is typed on this page.
        return super::spreadsheet::show(context, form).await;
    };
    let rows = posted(&form, kind);
    let kept: Vec<SheetRow> =
        rows.iter().filter(|row| !row.left_out).map(|row| SheetRow { row: row.row.clone(), seen: row.seen }).collect();
    match registrations::import(&context.office, actor, (year, kind), &kept).await {
        Ok(done) => Ok(Context::see(&format!(
            "/registrations?year={year}&begun={}&changed={}&known={}",
            done.begun, done.changed, done.known
        ))),
        Err(failure) => {
            // What is wrong with rows is found again and said beside them.
            let said = faults(failure)?.0.into_iter().filter(|fault| !fault.field.starts_with("rows."));
            form.faults = Faults(said.collect());
            let mut page = page(&context, (year, kind), rows, &[], form).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

/// The page. `unknown` are the headings of columns that were not read.
pub(super) async fn page(
    context: &Context,
    (year, kind): (i64, RegistrationKind),
    rows: Vec<Posted>,
    unknown: &[String],
    mut form: Form,
) -> Result<Response, Problem> {
    let l = context.language;
    let kept: Vec<Row> = rows.iter().filter(|row| !row.left_out).map(|row| row.row.clone()).collect();
    let review = match registrations::preview(&context.office, context.actor()?, year, kind, &kept).await {
        Ok(review) => review,
        Err(failure) => {
            form.faults = faults(failure)?;
            return super::spreadsheet::page(context, form).await;
        }
    };
    let content = || content(l, &review, &rows, unknown, &form.faults);
    let page = context.page(words::preview_title(l), content);
    let page = page.crumb("/registrations", say::title(l)).crumb("/registrations/spreadsheet", words::upload_title(l));
    Ok(page.into_response())
}

fn content(l: Language, review: &SheetReview, rows: &[Posted], unknown: &[String], faults: &Faults) -> impl IntoView + use<> {
    let mut reviewed = review.rows.iter();
    let mut shown = Vec::with_capacity(rows.len());
    let mut lines = Vec::new();
    for posted in rows {
        if posted.left_out {
            shown.push(left_out(l, posted).into_any());
        } else if let Some(form) = reviewed.next() {
            lines.extend(
                form.checked
                    .faults
                    .0
                    .iter()
                    .map(|fault| fault_line(l, posted.place, form, &fault.field, &refusals::say(l, &fault.refusal))),
            );
            shown.push(kept(l, review, posted.place, form).into_any());
        }
    }
    let faulty = review.rows.iter().filter(|row| row.fate.is_none()).count();
    let summary = match faulty {
        0 => view! { <Notice text=words::preview_clean(l, review.rows.len())/> }.into_any(),
        _ => view! {
            <div class="faults" role="alert"><h2>{words::preview_faults(l, faulty, lines.len())}</h2><ul>{lines}</ul></div>
        }
        .into_any(),
    };
    let unknown = (!unknown.is_empty()).then(|| view! { <p class="warn">{words::unknown(l, &unknown.join(" · "))}</p> });
    view! {
        <p class="lead">{words::preview_lead(l, form_words::kind(l, review.kind), review.year)}</p>
        <FaultSummary language=l faults=faults.clone()/>
        {summary}
        {unknown}
        <form method="post" action="/registrations/spreadsheet/confirm">
            <input type="hidden" name="year" value=review.year.to_string()/>
            <input type="hidden" name="kind" value=review.kind.as_str()/>
            {shown}
            <p class="actions">
                <button>{words::confirm(l)}</button>
                <a class="button quiet" href="/registrations/spreadsheet">{words::other_file(l)}</a>
            </p>
        </form>
    }
}

/// What is wrong with a cell: row, column, value and reason, with the way to it.
fn fault_line(l: Language, place: usize, form: &ReviewedForm, name: &str, sentence: &str) -> impl IntoView + use<> {
    /// As much of a long text as tells which it is.
    const SHOWN: usize = 60;
    let (number, column) = (form.checked.row.number, subject(l, name));
    let text = said(l, name, form.checked.row.cell(name));
    let line = if text.is_empty() {
        words::fault(l, number, &column, sentence)
    } else {
        let start: String = text.chars().take(SHOWN).collect();
        let text = if start.len() < text.len() { format!("{start}…") } else { start };
        words::fault_of(l, number, &column, &text, sentence)
    };
    view! { <li><a href=format!("#{}", field_id(&format!("rows.{place}.{name}")))>{line}</a></li> }
}

fn kept(l: Language, review: &SheetReview, place: usize, form: &ReviewedForm) -> impl IntoView + use<> {
    let row = &form.checked.row;
    let faulty = !form.checked.faults.is_empty();
    let tag = match &form.fate {
        None => view! { <span class="tag bad">{form.checked.faults.0.len()}</span> }.into_any(),
        Some(Fate::New) => view! { <span class="tag good">{words::fate_new(l)}</span> }.into_any(),
        Some(Fate::Known(..)) => view! { <span class="tag">{words::fate_known(l)}</span> }.into_any(),
        Some(Fate::Changes(_)) => view! { <span class="tag warn">{words::fate_changes(l)}</span> }.into_any(),
    };
    let inputs = correcting(l, review, place, form);
    // What is corrected on the page is not sent twice.
    let others = row.cells.iter().filter(|(name, _)| !inputs.iter().any(|(shown, _)| shown == *name));
    let others = others.map(|(name, text)| hidden(place, name, text)).collect_view();
    let inputs = faulty.then(|| view! { <div class="row">{inputs.into_iter().map(|(_, input)| input).collect_view()}</div> });
    let fate = form.fate.as_ref().map(|fate| fate_lines(l, place, fate));
    let sends = matches!(form.fate, Some(Fate::New | Fate::Changes(_)));
    let missing = (sends && !form.missing.is_empty()).then(|| missing(l, form));
    view! {
        <fieldset class="panel">
            <legend>{enrolments::row(l, row.number)}" "{tag}</legend>
            <input type="hidden" name=format!("rows.{place}.number") value=row.number.to_string()/>
            {heading(l, form)}
            {inputs}{others}{fate}{missing}
            {what_it_says(l, review.kind, form)}
            <LeaveOut language=l place=place checked=false/>
        </fieldset>
    }
}

/// The product, who makes it, and where it stands.
fn heading(l: Language, form: &ReviewedForm) -> impl IntoView + use<> {
    let name = match form.checked.product_name.as_str() {
        "" => words::no_name(l).to_owned(),
        name => name.to_owned(),
    };
    let of = [form.organisation.as_ref().map(|(_, name)| name.clone()), form.group.as_ref().map(|(_, label)| label.clone())];
    let of = of.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! { <p><strong>{name}</strong>" "<span class="soft">{of}</span></p> }
}

fn fate_lines(l: Language, place: usize, fate: &Fate) -> Option<AnyView> {
    let link = |id: &RegistrationId| view! { <a href=format!("/registrations/{id}")>{words::to_form(l)}</a> };
    match fate {
        Fate::New => None,
        Fate::Known(id, State::Draft) => Some(view! { <p>{words::known_draft(l)}" "{link(id)}</p> }.into_any()),
        Fate::Known(id, state) => {
            Some(view! { <p>{words::known_other(l, choices::registration_state(l, *state))}" "{link(id)}</p> }.into_any())
        }
        Fate::Changes(changes) => Some(changed(l, place, changes)),
    }
}

fn changed(l: Language, place: usize, changes: &Changes) -> AnyView {
    let lines = changes.differences.iter().map(|(name, before, after)| {
        let (before, after) = (said(l, name, before), said(l, name, after));
        let line = if before.is_empty() { words::difference_new(l, &after) } else { words::difference(l, &before, &after) };
        view! { <li><strong>{subject(l, name)}</strong>": "<span class="lines">{line}</span></li> }
    });
    let seen = format!("{} {}", changes.id, changes.version);
    view! {
        <p>{words::changes_lead(l)}" "<a href=format!("/registrations/{}", changes.id)>{words::to_form(l)}</a></p>
        <ul>{lines.collect_view()}</ul>
        {hidden(place, "seen", &seen)}
    }
    .into_any()
}

/// What keeps the form from being sent: no fault of the sheet.
fn missing(l: Language, form: &ReviewedForm) -> impl IntoView + use<> {
    let lines = form.missing.0.iter().map(|fault| {
        let wrong = (fault.refusal != Refusal::Missing).then(|| format!(": {}", refusals::say(l, &fault.refusal)));
        view! { <li>{subject(l, &fault.field)}{wrong}</li> }
    });
    view! {
        <details class="fold">
            <summary>{words::missing(l, form.missing.0.len())}</summary><ul>{lines.collect_view()}</ul>
        </details>
    }
}

fn what_it_says(l: Language, kind: RegistrationKind, form: &ReviewedForm) -> impl IntoView + use<> {
    let content = &form.checked.content;
    let lines = FormField::of(kind).filter(|field| is_filled(content, *field)).map(|field| {
        view! { <dt>{form_words::field(l, field)}</dt><dd class="lines">{value(l, content, field)}</dd> }
    });
    let (filled, of) = content.filled(kind);
    let lines = lines.collect_view();
    (filled > 0)
        .then(|| view! { <details class="fold"><summary>{words::content(l, filled, of)}</summary><dl>{lines}</dl></details> })
}

/// A row that is to be left out keeps what it says, so that it can come back.
fn left_out(l: Language, posted: &Posted) -> impl IntoView + use<> {
    let place = posted.place;
    let cells = posted.row.cells.iter().map(|(name, text)| hidden(place, name, text)).collect_view();
    view! {
        <fieldset class="panel">
            <legend>{enrolments::row(l, posted.row.number)}" "<span class="tag">{enrolments::left_out(l)}</span></legend>
            <input type="hidden" name=format!("rows.{place}.number") value=posted.row.number.to_string()/>
            <p class="struck">{posted.row.cell(spreadsheet::PRODUCT_NAME).to_owned()}</p>
            {cells}
            <LeaveOut language=l place=place checked=true/>
        </fieldset>
    }
}
