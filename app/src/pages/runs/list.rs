//! The list of a planner, by state.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::policy::{Action, may_somewhere};
use domain::runs::RunState;
use domain::time::show_day;
use leptos::prelude::*;
use operations::runs;
use operations::runs::Run;

use crate::components::{EmptyState, Meter, Notice};
use crate::pages::calendar::{audience, title};
use crate::wording::{choices, copies, runs as say, trainers, venues};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let runs = runs::list(&context.office, actor).await?;
    let may_plan = may_somewhere(actor, Action::PlanRun);
    let chosen: Option<RunState> = form.get("state").parse().ok();
    let page = context.page(say::title(l), || {
        let new = may_plan.then(|| {
            view! {
                <p class="actions">
                    <a class="button" href="/runs/new">{say::new(l)}</a>
                    <a href="/trainers">{trainers::title(l)}</a>
                    <a href="/venues">{venues::title(l)}</a>
                </p>
            }
        });
        if runs.is_empty() {
            let advice = if may_plan { say::list_none_advice(l) } else { say::list_none_theirs(l) };
            return view! { <EmptyState title=say::list_none(l) advice=advice>{new}</EmptyState> }.into_any();
        }
        let shown = RunState::ALL.iter().filter(|state| chosen.is_none_or(|chosen| chosen == **state));
        let tables = shown.map(|state| table(l, *state, &runs)).collect_view();
        let copied = form.get("copied").parse().ok().map(|count| view! { <Notice text=copies::done(l, count)/> });
        view! { {copied}<p class="lead">{say::list_lead(l)}</p> {new} {chips(l, chosen, &runs)} {tables} }.into_any()
    });
    Ok(page.wide().into_response())
}

fn chips(l: Language, chosen: Option<RunState>, runs: &[Run]) -> impl IntoView + use<> {
    let chip = |path: String, name: &str, count: usize, current: bool| {
        let name = format!("{name} ({count})");
        view! { <a class="chip" href=path aria-current=current.then_some("true")>{name}</a> }
    };
    let states = RunState::ALL.iter().map(|state| {
        let count = runs.iter().filter(|run| run.state() == *state).count();
        chip(format!("/runs?state={state}"), choices::run_state(l, *state), count, chosen == Some(*state))
    });
    let states: Vec<_> = states.collect();
    view! {
        <nav class="chips" aria-label=say::states(l)>
            {chip("/runs".into(), say::every_state(l), runs.len(), chosen.is_none())}
            {states}
        </nav>
    }
}

fn table(l: Language, state: RunState, runs: &[Run]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = runs.iter().filter(|run| run.state() == state).map(|run| row(l, run)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2>{choices::run_state(l, state)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=choices::run_state(l, state)>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{say::first_day(l)}</th><th scope="col">{say::class(l)}</th>
                            <th scope="col">{say::unit(l)}</th><th scope="col" class="n">{say::seats(l)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}

fn row(l: Language, run: &Run) -> impl IntoView + use<> {
    let limit = run.selection_year.map(|_| view! { <small class="hint">{audience(l, run)}</small> });
    let day = run.first_day.map_or_else(|| say::no_day(l).to_owned(), show_day);
    view! {
        <tr>
            <td>{day}</td>
            <th scope="row"><a href=format!("/runs/{}", run.id)>{title(l, run)}</a>{limit}</th>
            <td>{run.unit_title()}</td>
            <td class="n">{format!("{} / {}", run.taken, run.capacity)}" "<Meter value=run.taken of=run.capacity/></td>
        </tr>
    }
}
