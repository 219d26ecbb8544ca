//! `GET /board/organisations/{organisation}`: what is required of one organisation, and its people.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::completion::Outcome;
use domain::courses::Audience;
use domain::organisations::OrganisationKind;
use domain::time::{show_day, show_instant};
use leptos::prelude::*;
use operations::reports::{self, OrganisationBoard};
use store::reports::Trained;

use super::{Asked, id, names};
use crate::components::{EmptyState, SelectField};
use crate::wording::{board as say, choices};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(organisation): Path<String>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let (asked, years) = Asked::read(&context, &form).await?;
    let board = reports::organisation(&context.office, actor, asked.year, id(&organisation)?).await?;
    let (name, unit) = (board.organisation.name.clone(), board.organisation.unit_id);
    let (sees_unit, unit_title) = (board.sees_unit, board.organisation.unit_title());
    let lead = say::lead(l, asked.year, &unit_title, &show_instant(context.office.now()));
    let page = context.page(name, move || {
        let years = if years.is_empty() { vec![i64::from(asked.year)] } else { years };
        let years = years.into_iter().map(|year| (year.to_string(), year.to_string())).collect();
        let form = Form::filled([("year", asked.year.to_string())]);
        let content = if board.requirements.is_empty() {
            let advice = say::nothing_required(l, asked.year);
            view! { <EmptyState title=say::nothing_required_title(l) advice=advice>""</EmptyState> }.into_any()
        } else if board.organisation.kind == OrganisationKind::StateBody {
            officers(l, &asked, &board)
        } else {
            courses(l, asked.year, &board)
        };
        view! {
            <p class="lead">{lead}</p>
            <form class="filters" method="get">
                <SelectField language=l form=&form name="year" label=say::year(l) choices=years/>
                <button class="quiet">{say::show(l)}</button>
            </form>
            {content}
        }
    });
    let page = if sees_unit { page.crumb(asked.numbers().address(unit), unit_title) } else { page };
    Ok(page.wide().into_response())
}

/// Each officer of a state body.
fn officers(l: Language, asked: &Asked, board: &OrganisationBoard) -> AnyView {
    if board.lines.is_empty() {
        return view! { <EmptyState title=say::no_officers_title(l) advice=say::no_officers(l)>""</EmptyState> }.into_any();
    }
    let table = names::table(l, Audience::Officers, asked.year, &board.requirements, board.lines.clone(), board.today);
    view! { {table}{people(l, board)} }.into_any()
}

/// Each course that is required of an organisation.
fn courses(l: Language, year: i32, board: &OrganisationBoard) -> AnyView {
    // Who answers for nothing has no line.
    let progress = board.lines.first().map_or_else(|| vec![None; board.requirements.len()], |line| line.progress.clone());
    let spared = progress.contains(&None).then(|| view! { <p class="hint">{say::not_selected(l, year)}</p> });
    let rows = board
        .requirements
        .iter()
        .zip(&progress)
        .map(|(r, progress)| {
            view! {
                <tr>
                    <th scope="row">{names::course_title(l, r).to_owned()}</th>
                    <td>{show_day(r.deadline)}</td>
                    <td>{names::tag(l, progress.as_ref(), r, board.today)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::course(l)}</th><th scope="col">{say::deadline(l)}</th><th scope="col">{say::standing(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        {spared}
        {people(l, board)}
    }
    .into_any()
}

/// Who was trained, in which run, with what result.
fn people(l: Language, board: &OrganisationBoard) -> AnyView {
    let calendar = view! { <a class="button" href="/calendar">{say::to_calendar(l)}</a> };
    if board.trained.is_empty() {
        return view! { <EmptyState title=say::no_people_title(l) advice=say::no_people(l)>{calendar}</EmptyState> }.into_any();
    }
    let title = |person: &Trained| {
        let required = board.requirements.iter().find(|r| r.course_id == person.course_id);
        required.map_or("", |r| names::course_title(l, r)).to_owned()
    };
    let rows = board
        .trained
        .iter()
        .map(|person| {
            let days = if person.first_day == person.last_day {
                show_day(person.first_day)
            } else {
                format!("{}–{}", show_day(person.first_day), show_day(person.last_day))
            };
            let (class, result) = match person.outcome {
                Some(Outcome::Completed) => ("tag good", choices::outcome(l, Outcome::Completed)),
                Some(Outcome::NotCompleted) => ("tag bad", choices::outcome(l, Outcome::NotCompleted)),
                None => ("tag", say::not_decided(l)),
            };
            view! {
                <tr>
                    <th scope="row">{person.person_name.clone()}</th>
                    <td><a href=format!("/runs/{}", person.run_id)>{title(person)}" – "{person.run_name.clone()}</a></td>
                    <td>{days}</td>
                    <td><span class=class>{result}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{say::people(l)}</h2>
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::person(l)}</th><th scope="col">{say::run(l)}</th>
                <th scope="col">{say::days(l)}</th><th scope="col">{say::result(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}
