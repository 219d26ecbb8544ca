//! `/courses/{id}/placing`: everybody who waits for a place in a course, beside the seats of its runs.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{CourseId, RequestId, RunId};
use domain::requests::{State, Why};
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::courses::Course;
use operations::requests::{self, Board, Candidate, PlaceCommand};

use super::report;
use crate::components::{EmptyState, FaultSummary, Notice, field_id};
use crate::problem::faults;
use crate::wording::{requests as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<CourseId>, mut form: Form) -> Result<Response, Problem> {
    let board = requests::board(&context.office, context.actor()?, id).await?;
    if form.has("propose") {
        for person in &board.people {
            let run = person.proposal.and_then(|proposal| proposal.run);
            form.set(&place_field(person.request.id), run.map(|run| run.to_string()).unwrap_or_default());
        }
    }
    Ok(page(&context, &board, &form))
}

pub(super) async fn store(context: Context, Path(id): Path<CourseId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let board = requests::board(&context.office, actor, id).await?;
    match requests::place(&context.office, actor, id, &chosen(&form)).await {
        Ok(lines) => {
            let l = context.language;
            let board = requests::board(&context.office, actor, id).await?;
            let undo = lines.iter().any(|line| line.outcome.is_ok()).then(|| last(l, &board)).flatten().map(IntoAny::into_any);
            Ok(report::placed(&context, format!("/courses/{id}/placing"), title(l, &board.course), &lines, undo))
        }
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &board, &form))
        }
    }
}

pub(super) async fn undo(context: Context, Path(id): Path<CourseId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let board = requests::board(&context.office, actor, id).await?;
    let outcome = match form.get("placing").parse() {
        Ok(placing) => requests::undo(&context.office, actor, id, placing).await,
        Err(_) => Err(domain::Refusal::NothingToUndo.into()),
    };
    match outcome {
        Ok(count) => Ok(Context::see(&format!("/courses/{id}/placing?undone={count}"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(page(&context, &board, &form))
        }
    }
}

fn place_field(request: RequestId) -> String {
    format!("place.{request}")
}

/// Who was given a run, in the order of the form.
fn chosen(form: &Form) -> Vec<PlaceCommand> {
    let command = |(name, value): (&str, &str)| {
        let request: RequestId = name.strip_prefix("place.")?.parse().ok()?;
        let run: RunId = value.parse().ok()?;
        let seen = form.get(&format!("seen.{request}")).parse().unwrap_or(0);
        Some(PlaceCommand { request, seen, run })
    };
    form.fields().filter_map(command).collect()
}

fn title(l: Language, course: &Course) -> &str {
    match l {
        Language::Vietnamese => &course.title,
        Language::English => &course.title_english,
    }
}

fn page(context: &Context, board: &Board, form: &Form) -> Response {
    let l = context.language;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let undone = form.get("undone").parse::<u32>().ok().map(|count| count.to_string());
    let page = context.page(say::board_of(l, title(l, &board.course)), || {
        let content = if board.people.is_empty() {
            view! { <EmptyState title=say::board_none(l) advice=say::board_none_advice(l)>""</EmptyState> }.into_any()
        } else {
            people(l, board, form).into_any()
        };
        view! {
            {undone.map(|count| view! { <Notice text=say::undone_now(l, &count)/> })}
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::board_lead(l)}</p>
            <p class="meta">{say::distance_how(l)}</p>
            {last(l, board)}
            <h2>{say::seats_title(l)}</h2>
            {seats(l, board, form)}
            {content}
        }
    });
    page.crumb("/manage", shell::manage(l)).crumb("/requests", say::title(l)).wide().status(status).into_response()
}

/// What was placed last, and the way back.
fn last(l: Language, board: &Board) -> Option<impl IntoView + use<>> {
    let last = board.last.as_ref()?;
    let text = say::last_placing(l, last.places, &show_day(local_day(last.placed_at)), &last.placed_by_name);
    Some(view! {
        <form class="panel" method="post" action=format!("/courses/{}/placing/undo", board.course.id)>
            <input type="hidden" name="placing" value=last.id.to_string()/>
            <p>{text}</p>
            <p class="actions"><button class="quiet">{say::undo(l)}</button></p>
        </form>
    })
}

/// The runs with their free seats, and how many the form would place in each.
fn seats(l: Language, board: &Board, form: &Form) -> impl IntoView + use<> {
    let mut proposed: BTreeMap<RunId, i64> = BTreeMap::new();
    for command in chosen(form) {
        *proposed.entry(command.run).or_default() += 1;
    }
    let rows = board.runs.iter().map(|(run, free)| {
        let count = proposed.get(&run.id).copied().unwrap_or(0);
        let class = if count > *free { "n bad" } else { "n" };
        view! {
            <tr>
                <th scope="row"><a href=format!("/runs/{}", run.id)>{run.name.clone()}</a><small class="hint">{run.unit_title()}</small></th>
                <td class="n" data-label=say::free(l)>{*free}</td>
                <td class=class data-label=say::proposed(l)>{count}</td>
                <td data-label=say::deadline(l)>{show_day(run.enrolment_deadline)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="rows">
            <thead><tr>
                <th scope="col">{say::class(l)}</th><th scope="col" class="n">{say::free(l)}</th>
                <th scope="col" class="n">{say::proposed(l)}</th><th scope="col">{say::deadline(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn people(l: Language, board: &Board, form: &Form) -> impl IntoView + use<> {
    let names: BTreeMap<RunId, &str> = board.runs.iter().map(|(run, _)| (run.id, run.name.as_str())).collect();
    let rows = board.people.iter().map(|person| row(l, person, &names, form)).collect_view();
    let address = format!("/courses/{}/placing", board.course.id);
    view! {
        <form method="get" action=address.clone()>
            <p class="actions"><button class="quiet" name="propose" value="yes">{say::propose(l)}</button></p>
        </form>
        <form method="post" action=address>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::person(l)}</th><th scope="col">{say::choices(l)}</th><th scope="col">{say::state(l)}</th>
                    <th scope="col">{say::place_in(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="meta">{say::placing_approves(l)}</p>
            <p class="actions"><button>{say::store(l)}</button></p>
        </form>
    }
}

fn row(l: Language, person: &Candidate, names: &BTreeMap<RunId, &str>, form: &Form) -> impl IntoView + use<> {
    let request = &person.request;
    let name = |run: &RunId| names.get(run).copied().unwrap_or_default().to_owned();
    let lines = person.choices.iter().enumerate().map(|(n, (run, far))| {
        view! { <li>{say::choice_line(l, n + 1, &name(run), say::distance(l, *far))}</li> }
    });
    let lines = lines.collect_view();
    let place = match person.proposal {
        None if request.state == State::WaitingUnit => view! { <span class="soft">{say::unit_first(l)}</span> }.into_any(),
        None => view! { <span class="soft">{say::holds_place(l)}</span> }.into_any(),
        Some(proposal) => {
            let field = place_field(request.id);
            let picked = form.get(&field).to_owned();
            let options = person.choices.iter().map(|(run, _)| {
                let value = run.to_string();
                let selected = value == picked;
                view! { <option value=value selected=selected>{name(run)}</option> }
            });
            let options = options.collect_view();
            let why = match proposal.why {
                Why::Choice(number) => say::why_choice(l, number),
                Why::Full => say::why_full(l).to_owned(),
            };
            let why = form.has("propose").then(|| view! { <small class="hint">{why}</small> });
            let id = field_id(&field);
            view! {
                <input type="hidden" name=format!("seen.{}", request.id) value=request.version.to_string()/>
                <select id=id name=field aria-label=say::place_person(l, &request.person_name)>
                    <option value="">{say::later_on(l)}</option>
                    {options}
                </select>
                {why}
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/requests/{}", request.id)>{request.person_name.clone()}</a>
                <small class="hint">{format!("{}, {}", request.organisation_name, request.unit_title())}</small>
            </th>
            <td><ul class="plain">{lines}</ul></td>
            <td>{super::tag(l, request.state)}</td>
            <td>{place}</td>
        </tr>
    }
}
