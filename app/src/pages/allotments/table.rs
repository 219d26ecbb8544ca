//! `/runs/{id}/allotments`: who is promised how many seats until when, in one table.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::allotments::Asked;
use domain::enrolments::Holder;
use domain::ids::RunId;
use domain::time::parse_day;
use domain::{Faults, allotments as rules, text};
use leptos::prelude::*;
use operations::allotments::{self, AllotCommand, Line, Proposal, Table, TableLine};

use super::parts::{adding, by_rule, ended, limiting, lines, numbers, sum};
use super::read_holder;
use crate::components::{FaultSummary, Notice};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{allotments as say, refusals, shell};
use crate::{Context, Form, Path, Problem};

/// A line of the table: what stands, and what is proposed or typed for it.
pub(super) struct Row {
    pub(super) holder: Holder,
    pub(super) name: String,
    pub(super) known: Option<TableLine>,
    pub(super) is_proposed: bool,
}

pub(super) async fn show(context: Context, Path(run): Path<RunId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = allotments::table(&context.office, actor, run).await?;
    let mut form = form;
    let mut proposal = None;
    if form.has("rule") {
        let days = (context.office.today(), known.run.enrolment_deadline);
        match Asked::parse((form.get("rule"), form.get("seats"), form.get("until")), days) {
            Ok(asked) => proposal = Some((allotments::propose(&context.office, actor, run, &asked).await?, asked)),
            Err(found) => form.faults = found,
        }
    }
    let mut rows: Vec<Row> = known.lines.iter().filter_map(row).collect();
    for (n, row) in rows.iter().enumerate() {
        fill(&mut form, n, row);
    }
    if let Some((proposal, asked)) = &proposal {
        for line in &proposal.lines {
            let place = match rows.iter().position(|row| row.holder == line.holder) {
                Some(place) => place,
                None => {
                    rows.push(Row { holder: line.holder, name: line.name.clone(), known: None, is_proposed: true });
                    rows.len() - 1
                }
            };
            rows[place].is_proposed = true;
            form.set(&format!("lines.{place}.seats"), line.seats.to_string());
            form.set(&format!("lines.{place}.until"), asked.until.to_string());
        }
    }
    add_asked(&context, &known, &mut form, &mut rows).await?;
    page(&context, &known, rows, &form, proposal.map(|(proposal, _)| proposal)).await
}

/// The line that was asked for by name: `add` holds it.
async fn add_asked(context: &Context, known: &Table, form: &mut Form, rows: &mut Vec<Row>) -> Result<(), Problem> {
    let Ok(holder) = read_holder(form.get("add")) else { return Ok(()) };
    if rows.iter().any(|row| row.holder == holder) {
        return Ok(());
    }
    let Some(name) = allotments::holder_name(&context.office, context.actor()?, known.run.id, holder).await? else {
        return Ok(());
    };
    let place = rows.len();
    form.set(&format!("lines.{place}.seats"), "1");
    form.set(&format!("lines.{place}.until"), known.run.enrolment_deadline.to_string());
    rows.push(Row { holder, name, known: None, is_proposed: true });
    Ok(())
}

fn row(line: &TableLine) -> Option<Row> {
    let holder = line.allotment.holder()?;
    Some(Row { holder, name: line.allotment.holder_name(), known: Some(line.clone()), is_proposed: false })
}

fn fill(form: &mut Form, n: usize, row: &Row) {
    let Some(known) = &row.known else { return };
    form.set(&format!("lines.{n}.seats"), known.allotment.seats.to_string());
    form.set(&format!("lines.{n}.until"), known.allotment.until_day.to_string());
}

pub(super) async fn save(context: Context, Path(run): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = allotments::table(&context.office, actor, run).await?;
    let mut typed = Faults::default();
    let mut lines = Vec::new();
    for n in 0..form.rows("lines") {
        let at = |name: &str| form.get(&format!("lines.{n}.{name}"));
        let Some(holder) = typed.take(format!("lines.{n}.holder"), read_holder(at("holder"))) else { continue };
        let seats = typed.take(format!("lines.{n}.seats"), rules::seats(at("seats")));
        // Until when nothing is kept need not be said.
        let until = if seats == Some(0) { Ok(known.run.enrolment_deadline) } else { parse_day(at("until")) };
        let until = typed.take(format!("lines.{n}.until"), until);
        if let (Some(seats), Some(until)) = (seats, until) {
            lines.push(Line { holder, seen: at("seen").parse().ok(), seats, until });
        }
    }
    if typed.is_empty() {
        let command = AllotCommand { run, lines, reason: form.get("reason").to_owned() };
        match allotments::allot(&context.office, actor, &command).await {
            Ok(_) => return Ok(Context::see(&format!("/runs/{run}/allotments?done=saved"))),
            Err(failure) => typed = faults(failure)?,
        }
    }
    form.faults = typed;
    let rows = rows_of(&context, &known, &form).await?;
    page(&context, &known, rows, &form, None).await
}

/// The lines as they were sent.
async fn rows_of(context: &Context, known: &Table, form: &Form) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    for n in 0..form.rows("lines") {
        let Ok(holder) = read_holder(form.get(&format!("lines.{n}.holder"))) else { continue };
        let line = known.lines.iter().find(|line| line.allotment.holder() == Some(holder)).cloned();
        let name = match &line {
            Some(line) => line.allotment.holder_name(),
            None => allotments::holder_name(&context.office, context.actor()?, known.run.id, holder).await?.unwrap_or_default(),
        };
        rows.push(Row { holder, name, is_proposed: line.is_none(), known: line });
    }
    Ok(rows)
}

pub(super) async fn limit(context: Context, Path(run): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let typed = form.get("limit").trim();
    let limit = if typed.is_empty() { Ok(None) } else { text::whole_number(typed, 1, rules::MOST_SEATS).map(Some) };
    let outcome = match limit {
        Ok(limit) => allotments::set_limit(&context.office, actor, run, limit).await,
        Err(refusal) => Err(operations::Failure::field("limit", refusal)),
    };
    let Err(failure) = outcome else { return Ok(Context::see(&format!("/runs/{run}/allotments?done=limit"))) };
    let known = allotments::table(&context.office, actor, run).await?;
    form.faults = faults(failure)?;
    let rows: Vec<Row> = known.lines.iter().filter_map(row).collect();
    for (n, row) in rows.iter().enumerate() {
        fill(&mut form, n, row);
    }
    page(&context, &known, rows, &form, None).await
}

async fn page(
    context: &Context,
    known: &Table,
    rows: Vec<Row>,
    form: &Form,
    proposal: Option<Proposal>,
) -> Result<Response, Problem> {
    let (l, run) = (context.language, &known.run);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = found(context, form).await?;
    let done = match form.get("done") {
        "saved" => Some(say::done_saved(l)),
        "limit" => Some(say::done_limit(l)),
        _ => None,
    };
    let page = context.page(say::title(l), || {
        let changing = match &known.closed {
            Some(refusal) => view! { <p class="notice">{refusals::say(l, refusal)}</p> }.into_any(),
            None => view! { {by_rule(l, known, form)}{adding(l, run.id, form, found)}{limiting(l, known, form)} }.into_any(),
        };
        view! {
            {done.map(|done| view! { <Notice text=done/> })}
            <p class="lead">{title(l, run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{say::lead(l)}</p>
            {numbers(l, known)}
            {proposal.map(|proposal| sum(l, &proposal))}
            {lines(l, known, &rows, form)}
            {changing}
            {ended(l, known)}
        }
    });
    let page = page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{}", run.id), title(l, run));
    Ok(page.wide().status(status).into_response())
}

/// Units and organisations of the name that was looked for.
async fn found(context: &Context, form: &Form) -> Result<Option<Vec<(Holder, String, String)>>, Problem> {
    let wanted = form.get("q").trim();
    if wanted.is_empty() {
        return Ok(None);
    }
    Ok(Some(allotments::holders(&context.office, context.actor()?, wanted).await?))
}
