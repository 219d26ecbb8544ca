//! The preview of an uploaded plan: what becomes of each row, to be corrected, left out and confirmed.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Faults;
use domain::accounts::Language;
use domain::ids::PlanLineId;
use domain::plans::spreadsheet::{CELLS, CODE, COURSE, Row, UNIT};
use domain::plans::{PlanAudience, QUARTERS};
use leptos::prelude::*;
use operations::plans::{self, Changes, Fate, ReviewedLine, SheetReview, SheetRow};

use super::show::below;
use super::{address, sheets};
use crate::components::{FaultSummary, Notice, SelectField, TextField, field_id};
use crate::problem::faults;
use crate::wording::{enrolments, plans as say, refusals, registration_sheets as words};
use crate::{Context, Form, Path, Problem};

/// A row as it was posted.
#[derive(Debug, Clone)]
pub(super) struct Posted {
    /// Its place in the form: its fields are named `rows.N.…`.
    pub place: usize,
    /// Whether it is to be left out.
    pub left_out: bool,
    /// The line whose changes were shown, in its version.
    pub seen: Option<(PlanLineId, i64)>,
    /// What it says.
    pub row: Row,
}

/// The rows of a form, in order.
fn posted(form: &Form) -> Vec<Posted> {
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
            name if !value.is_empty() && CELLS.contains(&name) => {
                posted.row.cells.insert(name.to_owned(), value.to_owned());
            }
            _ => {}
        }
    }
    rows.into_values().collect()
}

/// `POST /plans/{year}/spreadsheet/confirm`: everything is checked again, since anything may have changed.
pub(super) async fn confirm(context: Context, Path(year): Path<i64>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let rows = posted(&form);
    let kept: Vec<SheetRow> =
        rows.iter().filter(|row| !row.left_out).map(|row| SheetRow { row: row.row.clone(), seen: row.seen }).collect();
    match plans::import(&context.office, actor, year, &kept).await {
        Ok(done) => Ok(Context::see(&format!(
            "{}?done=imported&new={}&changed={}&known={}",
            address(year),
            done.added,
            done.changed,
            done.known
        ))),
        Err(failure) => {
            // What is wrong with rows is found again and said beside them.
            let said = faults(failure)?.0.into_iter().filter(|fault| !fault.field.starts_with("rows."));
            form.faults = Faults(said.collect());
            let mut page = page(&context, year, rows, &[], form).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

/// The page. `unknown` are the headings of columns that were not read.
pub(super) async fn page(
    context: &Context,
    year: i64,
    rows: Vec<Posted>,
    unknown: &[String],
    form: Form,
) -> Result<Response, Problem> {
    let l = context.language;
    let kept: Vec<Row> = rows.iter().filter(|row| !row.left_out).map(|row| row.row.clone()).collect();
    let review = match plans::preview(&context.office, context.actor()?, year, &kept).await {
        Ok(review) => review,
        Err(failure) => {
            return sheets::page(context, year, &faults(failure)?).await;
        }
    };
    let page = context.page(say::preview_title(l), || content(l, &review, &rows, unknown, &form.faults));
    let upload = format!("{}/spreadsheet", address(year));
    Ok(below(page, l, year).crumb(upload, say::upload_title(l, year)).into_response())
}

fn content(l: Language, review: &SheetReview, rows: &[Posted], unknown: &[String], faults: &Faults) -> impl IntoView + use<> {
    let mut reviewed = review.rows.iter();
    let mut shown = Vec::with_capacity(rows.len());
    let mut lines = Vec::new();
    for posted in rows {
        if posted.left_out {
            shown.push(left_out(l, posted).into_any());
        } else if let Some(line) = reviewed.next() {
            let sentences = line.faults.0.iter().map(|fault| (fault.field.as_str(), refusals::say(l, &fault.refusal)));
            lines.extend(sentences.map(|(name, sentence)| fault_line(l, posted.place, line, name, &sentence)));
            shown.push(kept(l, review, posted.place, line).into_any());
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
    let base = format!("{}/spreadsheet", address(review.year));
    let confirm = format!("{base}/confirm");
    view! {
        <p class="lead">{say::of_year(l, review.year)}</p>
        <FaultSummary language=l faults=faults.clone()/>
        {summary}
        {unknown}
        <form method="post" action=confirm>
            {shown}
            <p class="actions">
                <button>{words::confirm(l)}</button>
                <a class="button quiet" href=base>{words::other_file(l)}</a>
            </p>
        </form>
    }
}

/// What is wrong with a cell: row, column, value and reason, with the way to it.
fn fault_line(l: Language, place: usize, line: &ReviewedLine, name: &str, sentence: &str) -> impl IntoView + use<> {
    /// As much of a long text as tells which it is.
    const SHOWN: usize = 60;
    let (number, column, text) = (line.row.number, subject(l, name), said(l, name, line.row.cell(name)));
    let words = if text.is_empty() {
        words::fault(l, number, column, sentence)
    } else {
        let start: String = text.chars().take(SHOWN).collect();
        let text = if start.len() < text.len() { format!("{start}…") } else { start };
        words::fault_of(l, number, column, &text, sentence)
    };
    view! { <li><a href=format!("#{}", field_id(&format!("rows.{place}.{name}")))>{words}</a></li> }
}

fn kept(l: Language, review: &SheetReview, place: usize, line: &ReviewedLine) -> impl IntoView + use<> {
    let row = &line.row;
    let tag = match &line.fate {
        None => view! { <span class="tag bad">{line.faults.0.len()}</span> }.into_any(),
        Some(Fate::New) => view! { <span class="tag good">{say::fate_new(l)}</span> }.into_any(),
        Some(Fate::Known) => view! { <span class="tag">{say::fate_known(l)}</span> }.into_any(),
        Some(Fate::Changes(_)) => {
            view! { <span class="tag warn">{say::fate_changes(l, line.code.as_deref().unwrap_or_default())}</span> }.into_any()
        }
    };
    let wrong: Vec<&str> = CELLS.into_iter().filter(|name| line.faults.of(name).next().is_some()).collect();
    // What is corrected on the page is not sent twice.
    let others = row.cells.iter().filter(|(name, _)| !wrong.contains(&name.as_str()));
    let others = others.map(|(name, text)| hidden(place, name, text)).collect_view();
    let inputs = wrong.iter().map(|name| correct(l, review, place, line, name)).collect_view();
    let changes = match &line.fate {
        Some(Fate::Changes(changes)) => Some(changed(l, place, changes)),
        _ => None,
    };
    view! {
        <fieldset class="panel">
            <legend>{enrolments::row(l, row.number)}" "{tag}</legend>
            <input type="hidden" name=format!("rows.{place}.number") value=row.number.to_string()/>
            <p><strong>{course(l, review, line)}</strong>" "<span class="soft">{summary(l, row)}</span></p>
            <div class="row">{inputs}</div>
            {others}{changes}
            {leave_out(l, place, false)}
        </fieldset>
    }
}

/// The course of a row: its title once it is known, else what stands there.
fn course(l: Language, review: &SheetReview, line: &ReviewedLine) -> String {
    let known = line.plan.as_ref().and_then(|plan| review.courses.iter().find(|course| course.id == plan.course));
    known.map_or_else(
        || line.row.cell(COURSE).to_owned(),
        |course| {
            let title = if l == Language::Vietnamese { &course.title } else { &course.title_english };
            format!("{} · {title}", course.code)
        },
    )
}

/// What else a row says, in one line.
fn summary(l: Language, row: &Row) -> String {
    let names = CELLS.into_iter().filter(|name| ![CODE, COURSE].contains(name));
    let said = names.map(|name| (name, said(l, name, row.cell(name)))).filter(|(_, text)| !text.is_empty());
    said.map(|(name, text)| format!("{}: {text}", subject(l, name))).collect::<Vec<_>>().join(" · ")
}

fn changed(l: Language, place: usize, changes: &Changes) -> impl IntoView + use<> {
    let lines = changes.differences.iter().map(|(name, before, after)| {
        let (before, after) = (said(l, name, before), said(l, name, after));
        let line = if before.is_empty() { words::difference_new(l, &after) } else { words::difference(l, &before, &after) };
        view! { <li><strong>{subject(l, name)}</strong>": "<span class="lines">{line}</span></li> }
    });
    let seen = format!("{} {}", changes.id, changes.version);
    view! {
        <p>{say::changes_lead(l)}</p>
        <ul>{lines.collect_view()}</ul>
        {hidden(place, "seen", &seen)}
    }
}

/// A cell that has a fault, to be put right.
fn correct(l: Language, review: &SheetReview, place: usize, line: &ReviewedLine, name: &str) -> AnyView {
    let at = format!("rows.{place}.{name}");
    let text = line.row.cell(name);
    let mut typed = Form::filled([(at.clone(), text)]);
    for refusal in line.faults.of(name) {
        typed.faults.add(at.clone(), refusal.clone());
    }
    let (label, empty) = (subject(l, name), say::choose(l).to_owned());
    // A choice cannot show what stands in the file beside what it offers.
    let hint = if text.is_empty() { String::new() } else { words::in_file(l, text) };
    let choices: Vec<(String, String)> = match name {
        COURSE => {
            review.courses.iter().map(|course| (course.id.to_string(), format!("{} · {}", course.code, course.title))).collect()
        }
        "audience" => PlanAudience::ALL.iter().map(|one| (one.to_string(), say::plan_audience(l, *one).to_owned())).collect(),
        "quarter" => QUARTERS.iter().map(|one| (one.to_string(), say::quarter_named(l, say::roman(*one)))).collect(),
        _ => return view! { <TextField language=l form=&typed name=at label=label/> }.into_any(),
    };
    view! { <SelectField language=l form=&typed name=at label=label choices=choices empty=empty hint=hint/> }.into_any()
}

/// A row that is to be left out keeps what it says, so that it can come back.
fn left_out(l: Language, posted: &Posted) -> impl IntoView + use<> {
    let place = posted.place;
    let cells = posted.row.cells.iter().map(|(name, text)| hidden(place, name, text)).collect_view();
    view! {
        <fieldset class="panel">
            <legend>{enrolments::row(l, posted.row.number)}" "<span class="tag">{enrolments::left_out(l)}</span></legend>
            <input type="hidden" name=format!("rows.{place}.number") value=posted.row.number.to_string()/>
            <p class="struck">{posted.row.cell(COURSE).to_owned()}</p>
            {cells}
            {leave_out(l, place, true)}
        </fieldset>
    }
}

fn leave_out(l: Language, place: usize, checked: bool) -> impl IntoView + use<> {
    let name = format!("rows.{place}.left_out");
    view! {
        <div class="field check">
            <input id=field_id(&name) name=name.clone() type="checkbox" value="yes" checked=checked/>
            <label for=field_id(&name)>{enrolments::leave_out(l)}</label>
        </div>
    }
}

/// A cell that is sent again as it is.
fn hidden(place: usize, name: &str, text: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("rows.{place}.{name}") value=text.to_owned()/> }
}

/// What a cell is called.
fn subject(l: Language, name: &str) -> &'static str {
    match name {
        CODE => say::code(l),
        "audience" => say::audience(l),
        "quarter" => say::quarter(l),
        "runs" => say::runs(l),
        "participants" => say::participants(l),
        UNIT => say::unit(l),
        "place" => say::place(l),
        "budget" => say::budget(l),
        "note" => say::note(l),
        _ => say::course(l),
    }
}

/// What a cell says, as people read it.
fn said(l: Language, name: &str, text: &str) -> String {
    match name {
        "audience" => text.parse().map_or_else(|_| text.to_owned(), |audience| say::plan_audience(l, audience).to_owned()),
        "quarter" => match text.parse().map(say::roman) {
            Ok(roman) if !roman.is_empty() => roman.to_owned(),
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}
