//! Planning a new run.

use std::slice;

use axum::response::Response;
use chrono::{Days, NaiveDate};
use domain::Faults;
use domain::courses::Audience;
use domain::ids::{CourseId, UnitId};
use domain::interests::Month;
use domain::plans::first_day;
use domain::runs::{HalfDay, Pattern, PlanForm, SessionForm, WEEKDAYS, laid_out};
use domain::time::parse_day;
use domain::units::UnitLevel;
use operations::courses::Course;
use operations::holidays::Holiday;
use operations::runs::{self, Choices, form_of};
use operations::{Failure, interests, plans};

use super::form::{clashing, page, press, read, redrawn, written};
use super::id_of;
use crate::wording::plans as say;
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, query: Form) -> Result<Response, Problem> {
    let choices = runs::choices(&context.office, context.actor()?).await?;
    let plan = if query.has("from") {
        like(&context, query.get("from")).await?
    } else if query.has("line") {
        of_line(&context, &choices, query.get("line")).await?
    } else if query.has("demand") {
        of_demand(&context, &choices, query.get("course"), query.get("demand")).await?
    } else {
        offered(&context, &choices, query.get("course"))?
    };
    let found = clashing(&context, None, &plan).await?;
    Ok(page(&context, &choices, None, (&plan, &found), written(&plan)))
}

pub(super) async fn save(context: Context, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let choices = runs::choices(&context.office, actor).await?;
    let mut plan = read(&form);
    let pressed = press(&form, &mut plan, context.office.today(), &choices.holidays);
    let found = clashing(&context, None, &plan).await?;
    let again = |faults: Faults| {
        let mut again = redrawn(&plan, &form);
        again.faults = faults;
        again.set("do", form.get("do"));
        page(&context, &choices, None, (&plan, &found), again)
    };
    if let Some(faults) = pressed {
        return Ok(again(faults));
    }
    let outcome = match plan.parse() {
        Ok(parsed) => runs::draft(&context.office, actor, &parsed).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}?done=drafted"))),
        Err(Failure::Refused(faults)) => Ok(again(faults)),
        Err(failure) => Err(failure.into()),
    }
}

/// A plan like a run that is known: all of it but its days, which go on by whole weeks until they lie ahead.
async fn like(context: &Context, run: &str) -> Result<PlanForm, Problem> {
    let shown = runs::show(&context.office, Some(context.actor()?), id_of(run)?).await?;
    let mut plan = form_of(&shown);
    plan.move_ahead(context.office.today() + Days::new(7));
    Ok(plan)
}

/// A plan as a line of the annual plan has it: its course, people and place, in its quarter, with the seats of one of its
/// runs.
async fn of_line(context: &Context, choices: &Choices, line: &str) -> Result<PlanForm, Problem> {
    let shown = plans::line(&context.office, context.actor()?, id_of(line)?).await?;
    let line = &shown.line;
    let province = choices.units.iter().find(|unit| unit.level == UnitLevel::Province).map(|unit| unit.id);
    let mut plan = offered(context, choices, &line.course_id.to_string())?;
    plan.name = say::class_number(context.language, shown.made + 1);
    plan.audience = line.audience.audience().to_string();
    plan.selection_year = if line.audience.selected_only() { line.year.to_string() } else { String::new() };
    plan.unit = line.unit_id.or(province).map(|unit| unit.to_string()).unwrap_or_default();
    plan.venue = line.place.clone();
    plan.capacity = line.plan().seats().to_string();
    fit_minimum(&mut plan);
    plan.plan_line = line.id.to_string();
    if let Some(first) = first_day(line.year, line.quarter) {
        plan.move_ahead(first);
    }
    Ok(plan)
}

/// A plan for those who asked for a course, in a unit or wherever the planner sees demand: as many seats as people, in the
/// month that most of them would like. Who asked is invited once the draft is saved.
async fn of_demand(context: &Context, choices: &Choices, course: &str, unit: &str) -> Result<PlanForm, Problem> {
    let unit: Option<UnitId> = if unit == "all" { None } else { Some(id_of(unit)?) };
    let wanted = interests::wanted(&context.office, context.actor()?, id_of(course)?, unit).await?;
    let mut plan = offered(context, choices, course)?;
    if wanted.people > 0 {
        plan.capacity = wanted.people.clamp(1, 1000).to_string();
        fit_minimum(&mut plan);
    }
    let province = choices.units.iter().find(|unit| unit.level == UnitLevel::Province).map(|unit| unit.id);
    plan.unit = unit.or(province).map(|unit| unit.to_string()).unwrap_or_default();
    if let Some(first) = wanted.month.and_then(Month::first_day) {
        plan.move_ahead(first);
    }
    Ok(plan)
}

/// A class with fewer seats than its course is usually held from is held once they are taken.
fn fit_minimum(plan: &mut PlanForm) {
    if let (Ok(minimum), Ok(seats)) = (plan.minimum.parse::<i64>(), plan.capacity.parse::<i64>())
        && minimum > seats
    {
        plan.minimum = seats.to_string();
    }
}

/// What a new plan starts from: two weeks ahead, in the usual pattern of the course on working days that are no holidays,
/// taught by whoever plans it.
fn offered(context: &Context, choices: &Choices, course: &str) -> Result<PlanForm, Problem> {
    let actor = context.actor()?;
    let day = context.office.today() + Days::new(14);
    let course = course.parse::<CourseId>().ok().and_then(|id| choices.courses.iter().find(|course| course.id == id));
    let teaches = choices.trainers.iter().any(|(id, _)| *id == actor.person);
    let trainers = if teaches { vec![actor.person.to_string()] } else { Vec::new() };
    let first = SessionForm { trainers, ..SessionForm::first(day) };
    let sessions = usual(course, day, &choices.holidays)
        .map_or_else(|| vec![first.clone()], |days| laid_out(&days, slice::from_ref(&first)));
    let starts = sessions.iter().filter_map(|session| parse_day(&session.day).ok()).min().unwrap_or(day);
    Ok(PlanForm {
        course: course.map(|course| course.id.to_string()).unwrap_or_default(),
        audience: course.map_or(Audience::Organisations, |course| course.audience).to_string(),
        capacity: course.map_or(40, |course| course.capacity).to_string(),
        minimum: course.map(|course| course.minimum).filter(|minimum| *minimum > 0).map(|n| n.to_string()).unwrap_or_default(),
        enrolment_deadline: (starts - Days::new(3)).to_string(),
        sessions,
        ..PlanForm::default()
    })
}

/// The days and half-days of a course's usual pattern from a day on; none when two years do not hold it.
fn usual(course: Option<&Course>, first: NaiveDate, holidays: &[Holiday]) -> Option<Vec<(NaiveDate, HalfDay)>> {
    // A half-day holds four hours.
    let by_hours = course.map_or(1, |course| course.hours.saturating_add(3).div_euclid(4).clamp(1, 10));
    let sessions = course.and_then(|course| course.usual_sessions).unwrap_or(by_hours);
    let half_days = course.map(Course::half_days).filter(|half_days| !half_days.is_empty());
    let pattern = Pattern {
        first,
        weekdays: WEEKDAYS.iter().map(|(day, _)| *day).take(5).collect(),
        half_days: half_days.unwrap_or_else(|| vec![HalfDay::Morning, HalfDay::Afternoon]),
        sessions: usize::try_from(sessions).unwrap_or(1),
    };
    pattern.lay_out(&holidays.iter().map(|holiday| holiday.day).collect()).ok()
}
