//! The form of a line, for new and for known ones.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::Datelike as _;
use domain::accounts::Language;
use domain::ids::PlanLineId;
use domain::plans::{LineForm, PlanAudience, QUARTERS, quarter_of};
use domain::text::show_amount;
use domain::units::UnitLevel;
use leptos::prelude::*;
use operations::plans::{self, Choices, Line};

use super::show::below;
use crate::components::{FaultSummary, SelectField, TextArea, TextField};
use crate::problem::faults;
use crate::wording::plans as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn new(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    let choices = plans::choices(&context.office, context.actor()?, year).await?;
    let today = context.office.today();
    let quarter = if i64::from(today.year()) == year { quarter_of(today) } else { 1 };
    let form = Form::filled([("quarter", quarter.to_string()), ("runs", "1".to_owned())]);
    Ok(page(&context, year, None, &choices, &form))
}

pub(super) async fn add(context: Context, Path(year): Path<i64>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let choices = plans::choices(&context.office, actor, year).await?;
    let outcome = match read(&form).parse() {
        Ok(line) => plans::add(&context.office, actor, year, &line).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(id) => Ok(Context::see(&format!("/plans/lines/{id}?done=added"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, year, None, &choices, &form))
        }
    }
}

pub(super) async fn edit(context: Context, Path(id): Path<PlanLineId>) -> Result<Response, Problem> {
    let (line, choices) = known(&context, id).await?;
    let form = Form::filled([
        ("version", line.version.to_string()),
        ("course", line.course_id.to_string()),
        ("audience", line.audience.to_string()),
        ("quarter", line.quarter.to_string()),
        ("runs", line.planned_runs.to_string()),
        ("participants", line.planned_participants.to_string()),
        ("unit", line.unit_id.map(|unit| unit.to_string()).unwrap_or_default()),
        ("place", line.place.clone()),
        ("budget", if line.budget == 0 { String::new() } else { show_amount(line.budget) }),
        ("note", line.note.clone()),
    ]);
    Ok(page(&context, line.year, Some(&line), &choices, &form))
}

pub(super) async fn change(context: Context, Path(id): Path<PlanLineId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let (line, choices) = known(&context, id).await?;
    // A form without the version it was made from is one that is out of date.
    let version = form.get("version").parse().unwrap_or(-1);
    let outcome = match read(&form).parse() {
        Ok(plan) => plans::change(&context.office, actor, (id, version), &plan).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/plans/lines/{id}?done=changed"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, line.year, Some(&line), &choices, &form))
        }
    }
}

/// A line that the reader may change, with what it chooses from.
async fn known(context: &Context, id: PlanLineId) -> Result<(Line, Choices), Problem> {
    let actor = context.actor()?;
    let shown = plans::line(&context.office, actor, id).await?;
    let choices = plans::choices(&context.office, actor, shown.line.year).await?;
    Ok((shown.line, choices))
}

/// What was typed.
fn read(form: &Form) -> LineForm {
    let get = |name: &str| form.get(name).to_owned();
    LineForm {
        course: get("course"),
        audience: get("audience"),
        quarter: get("quarter"),
        runs: get("runs"),
        participants: get("participants"),
        unit: get("unit"),
        place: get("place"),
        budget: get("budget"),
        note: get("note"),
    }
}

fn page(context: &Context, year: i64, line: Option<&Line>, choices: &Choices, form: &Form) -> Response {
    let l = context.language;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = line.map_or_else(|| say::new_line(l).to_owned(), |line| format!("{} {}", say::edit_line(l), line.code()));
    let page = context.page(title, || {
        let action = line.map_or_else(|| format!("/plans/{year}/new"), |line| format!("/plans/lines/{}/edit", line.id));
        let version = line.map(|_| view! { <input type="hidden" name="version" value=form.get("version").to_owned()/> });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=action novalidate>
                {version}
                {fields(l, line, choices, form)}
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
        }
    });
    below(page, l, year).status(status).into_response()
}

fn fields(l: Language, line: Option<&Line>, choices: &Choices, form: &Form) -> impl IntoView + use<> {
    let courses = choices.courses.iter().map(|course| {
        let title = if l == Language::Vietnamese { &course.title } else { &course.title_english };
        (course.id.to_string(), format!("{} · {title}", course.code))
    });
    let audiences = PlanAudience::ALL.iter().map(|one| (one.to_string(), say::plan_audience(l, *one).to_owned())).collect();
    let quarters = QUARTERS.iter().map(|quarter| (quarter.to_string(), say::quarter_named(l, say::roman(*quarter)))).collect();
    let mut units: Vec<_> = choices.units.iter().collect();
    units.sort_by_key(|unit| UnitLevel::ALL.iter().position(|level| *level == unit.level));
    let mut units: Vec<(String, String)> = units.into_iter().map(|unit| (unit.id.to_string(), unit.full_title())).collect();
    // A unit that ended since the line was written stays in it until somebody chooses another.
    if let Some((unit, title)) = line.and_then(|line| Some((line.unit_id?.to_string(), line.unit_title()?)))
        && units.iter().all(|(known, _)| *known != unit)
    {
        units.push((unit, title));
    }
    view! {
        <SelectField language=l form=form name="course" label=say::course(l) choices=courses.collect() empty=say::choose(l).to_owned()/>
        <div class="row">
            <SelectField language=l form=form name="audience" label=say::audience(l) choices=audiences/>
            <SelectField language=l form=form name="quarter" label=say::quarter(l) choices=quarters/>
        </div>
        <div class="row">
            <TextField language=l form=form name="runs" label=say::runs(l) kind="number"/>
            <TextField language=l form=form name="participants" label=say::participants(l) kind="number"
                hint=say::participants_hint(l)/>
            <TextField language=l form=form name="budget" label=say::budget(l) hint=say::budget_hint(l)/>
        </div>
        <div class="row">
            <SelectField language=l form=form name="unit" label=say::unit(l) choices=units empty=say::whole_province(l).to_owned()/>
            <TextField language=l form=form name="place" label=say::place(l) hint=say::place_hint(l)/>
        </div>
        <TextArea language=l form=form name="note" label=say::note(l)/>
    }
}
