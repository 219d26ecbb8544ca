//! `/plans/lines/{id}`: one line with the classes that were made from it; taking it out of the plan.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Faults;
use domain::accounts::Language;
use domain::ids::PlanLineId;
use domain::time::show_day;
use leptos::prelude::*;
use operations::plans::{self, ShownLine};

use super::show::{below, whereabouts};
use super::{address, money};
use crate::components::{FaultSummary, Meter, Notice};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{choices, plans as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<PlanLineId>, form: Form) -> Result<Response, Problem> {
    let shown = plans::line(&context.office, context.actor()?, id).await?;
    let done = match form.get("done") {
        "added" => Some(say::done_added(context.language)),
        "changed" => Some(say::done_changed(context.language)),
        _ => None,
    };
    Ok(page(&context, &shown, done, Faults::default()))
}

pub(super) async fn remove(context: Context, Path(id): Path<PlanLineId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let version = form.get("version").parse().unwrap_or(-1);
    match plans::remove(&context.office, actor, (id, version)).await {
        Ok(year) => Ok(Context::see(&format!("{}?done=removed", address(year)))),
        Err(failure) => {
            let faults = faults(failure)?;
            let shown = plans::line(&context.office, actor, id).await?;
            Ok(page(&context, &shown, None, faults))
        }
    }
}

fn page(context: &Context, shown: &ShownLine, done: Option<&'static str>, faults: Faults) -> Response {
    let l = context.language;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::line(l, &shown.line.code()), || {
        view! {
            {done.map(|text| view! { <Notice text=text/> })}
            <FaultSummary language=l faults=faults/>
            {facts(l, shown)}
            {deeds(l, shown)}
            <h2>{say::classes(l)}</h2>
            {classes(l, shown)}
            {removal(l, shown)}
        }
    });
    below(page, l, shown.line.year).status(status).into_response()
}

fn facts(l: Language, shown: &ShownLine) -> impl IntoView + use<> {
    let (line, done) = (&shown.line, shown.delivered);
    let note = (!line.note.is_empty()).then(|| view! { <dt>{say::note(l)}</dt><dd class="lines">{line.note.clone()}</dd> });
    view! {
        <dl class="facts">
            <dt>{say::course(l)}</dt><dd>{format!("{} · {}", line.course_code, line.title(l))}</dd>
            <dt>{say::audience(l)}</dt><dd>{say::plan_audience(l, line.audience)}</dd>
            <dt>{say::quarter(l)}</dt><dd>{say::roman(line.quarter)}</dd>
            <dt>{say::place(l)}</dt><dd>{whereabouts(l, line)}</dd>
            <dt>{say::held_of_planned(l)}</dt>
            <dd>{say::of_planned(l, done.held, line.planned_runs)}" "<Meter value=done.held of=line.planned_runs/></dd>
            <dt>{say::took_part_of_planned(l)}</dt>
            <dd>
                {say::of_planned(l, done.participants, line.planned_participants)}" "
                <Meter value=done.participants of=line.planned_participants/>
            </dd>
            <dt>{say::completed(l)}</dt><dd>{done.completed}</dd>
            <dt>{say::budget(l)}</dt><dd>{money(l, line.budget)}</dd>
            {note}
        </dl>
        <p class="meta">{say::what_counts(l)}</p>
    }
}

fn deeds(l: Language, shown: &ShownLine) -> impl IntoView + use<> {
    let id = shown.line.id;
    let make =
        shown.may_plan.then(|| view! { <a class="button" href=format!("/runs/new?line={id}")>{say::from_this_line(l)}</a> });
    let edit =
        shown.may_keep.then(|| view! { <a class="button quiet" href=format!("/plans/lines/{id}/edit")>{say::edit_line(l)}</a> });
    view! { <p class="actions">{make}{edit}</p> }
}

fn classes(l: Language, shown: &ShownLine) -> AnyView {
    if shown.runs.is_empty() {
        return view! { <p>{say::no_class(l)}</p> }.into_any();
    }
    let rows = shown
        .runs
        .iter()
        .map(|run| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/runs/{}", run.id)>{title(l, run)}</a></th>
                    <td>{run.first_day.map_or_else(|| say::no_day(l).to_owned(), show_day)}</td>
                    <td>{choices::run_state(l, run.state())}</td>
                    <td class="n">{say::of_planned(l, run.taken, run.capacity)}" "<Meter value=run.taken of=run.capacity/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::classes(l)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::class(l)}</th><th scope="col">{say::first_day(l)}</th>
                    <th scope="col">{say::state(l)}</th><th scope="col" class="n">{say::seats(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The way out of the plan, or why there is none.
fn removal(l: Language, shown: &ShownLine) -> Option<AnyView> {
    if !shown.may_keep {
        return None;
    }
    if shown.made > 0 {
        return Some(view! { <p class="meta">{say::not_removable(l, shown.made)}</p> }.into_any());
    }
    let line = &shown.line;
    Some(
        view! {
            <form method="post" action=format!("/plans/lines/{}/remove", line.id)>
                <input type="hidden" name="version" value=line.version.to_string()/>
                <p class="actions"><button class="danger">{say::remove(l)}</button></p>
            </form>
        }
        .into_any(),
    )
}
