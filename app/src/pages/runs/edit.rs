//! Changing a run.

use axum::response::Response;
use domain::ids::RunId;
use domain::runs::RunState;
use domain::{Faults, Refusal};
use operations::Failure;
use operations::runs::{self, ChangeCommand};

use super::form::{clashing, page, press, read, redrawn, written};
use super::id_of;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let shown = runs::show(&context.office, Some(actor), id_of(&id)?).await?;
    if !shown.may.change {
        return Err(Problem::NotFound);
    }
    let choices = runs::choices(&context.office, actor).await?;
    let plan = runs::form_to_change(&context.office, &shown).await?;
    let mut form = written(&plan);
    form.set("sequence", shown.run.sequence.to_string());
    let clashes = clashing(&context, Some(id_of(&id)?), &plan).await?;
    Ok(page(&context, &choices, Some(&shown), (&plan, &clashes), form))
}

pub(super) async fn save(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let id: RunId = id_of(&id)?;
    let shown = runs::show(&context.office, Some(actor), id).await?;
    if !shown.may.change {
        return Err(Problem::NotFound);
    }
    let choices = runs::choices(&context.office, actor).await?;
    let mut plan = read(&form);
    let pressed = press(&form, &mut plan, context.office.today(), &choices.holidays);
    let found = clashing(&context, Some(id), &plan).await?;
    let again = |faults: Faults| {
        let mut again = redrawn(&plan, &form);
        again.faults = faults;
        again.set("do", form.get("do"));
        again.set("sequence", form.get("sequence"));
        page(&context, &choices, Some(&shown), (&plan, &found), again)
    };
    if let Some(faults) = pressed {
        return Ok(again(faults));
    }
    let parsed = match plan.parse() {
        Ok(parsed) => parsed,
        Err(faults) => return Ok(again(faults)),
    };
    // A form without the version it was made from is one that is out of date.
    let sequence = form.get("sequence").parse().unwrap_or(-1);
    let is_public = shown.run.state() == RunState::Published;
    let saved = if is_public {
        runs::prepare(&context.office, actor, id, sequence, &plan).await
    } else {
        runs::change(&context.office, actor, id, &ChangeCommand::new(sequence, parsed)).await.map(drop)
    };
    match saved {
        Ok(()) if is_public => Ok(Context::see(&format!("/runs/{id}/release"))),
        Ok(()) => Ok(Context::see(&format!("/runs/{id}?done=changed"))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => Ok(again(faults)),
        Err(failure) => Err(failure.into()),
    }
}
