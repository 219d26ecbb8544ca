//! Planning a new run.

use axum::response::Response;
use chrono::Days;
use domain::Faults;
use domain::courses::Audience;
use domain::ids::CourseId;
use domain::runs::{PlanForm, SessionForm};
use operations::Failure;
use operations::runs::{self, Choices, form_of};

use super::form::{clashing, page, press, read, redrawn, written};
use super::id_of;
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, query: Form) -> Result<Response, Problem> {
    let choices = runs::choices(&context.office, context.actor()?).await?;
    let plan = if query.has("from") {
        like(&context, query.get("from")).await?
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

/// What a new plan starts from: two weeks ahead, as long as the course, taught by whoever plans it.
fn offered(context: &Context, choices: &Choices, course: &str) -> Result<PlanForm, Problem> {
    let actor = context.actor()?;
    let day = context.office.today() + Days::new(14);
    let course = course.parse::<CourseId>().ok().and_then(|id| choices.courses.iter().find(|course| course.id == id));
    let teaches = choices.trainers.iter().any(|(id, _)| *id == actor.person);
    let trainers = if teaches { vec![actor.person.to_string()] } else { Vec::new() };
    let mut sessions = vec![SessionForm { trainers, ..SessionForm::first(day) }];
    // A half-day holds four hours.
    for _ in 1..course.map_or(1, |course| course.hours.saturating_add(3).div_euclid(4).clamp(1, 10)) {
        sessions.extend(sessions.last().map(SessionForm::next));
    }
    Ok(PlanForm {
        course: course.map(|course| course.id.to_string()).unwrap_or_default(),
        audience: course.map_or(Audience::Organisations, |course| course.audience).to_string(),
        capacity: course.map_or(40, |course| course.capacity).to_string(),
        enrolment_deadline: (day - Days::new(3)).to_string(),
        sessions,
        ..PlanForm::default()
    })
}
