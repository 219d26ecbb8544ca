//! `/enrolments`: the places of one's organisations, those to come before those that were.

use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDate;
use domain::accounts::Language;
use domain::ids::OrganisationId;
use domain::runs::RunState;
use domain::time::{show_day, show_instant};
use leptos::prelude::*;
use operations::enrolments::{self, EnrolmentInRun};
use operations::waiting::{self, WaitingInRun};

use super::id;
use crate::components::EmptyState;
use crate::wording::{choices, enrolments as words, shell, waiting as say};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, query: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let wanted: Vec<OrganisationId> = match query.get("organisation") {
        "" => actor.organisations().collect(),
        asked => vec![id(asked)?],
    };
    let mut sections = Vec::with_capacity(wanted.len());
    for organisation in wanted {
        let (known, places) = enrolments::of_organisation(&context.office, actor, organisation).await?;
        sections.push((known, places, waiting::of_organisation(&context.office, actor, organisation).await?));
    }
    let today = context.office.today();
    let page = context.page(words::mine_title(l), || {
        if sections.is_empty() {
            return view! {
                <EmptyState title=words::none_title(l) advice=words::choose_organisation(l)>
                    <a class="button" href="/organisations">{shell::organisations(l)}</a>
                </EmptyState>
            }
            .into_any();
        }
        let sections = sections.iter().map(|(organisation, places, waits)| {
            view! { <section><h2>{organisation.name.clone()}</h2>{waits_of(l, waits)}{places_of(l, places, today)}</section> }
        });
        sections.collect_view().into_any()
    });
    Ok(page.into_response())
}

/// Who of an organisation waits for a seat, with the offers that wait for an answer.
fn waits_of(l: Language, waits: &[WaitingInRun]) -> Option<impl IntoView + use<>> {
    if waits.is_empty() {
        return None;
    }
    let lines = waits.iter().map(|one| {
        let title = domain::runs::title(l, (&one.course_title, &one.course_title_english), &one.run_name);
        let (class, state) = match one.expires_at {
            Some(end) => ("tag good", say::offered_until(l, &show_instant(end))),
            None => ("tag", say::waits(l, one.place)),
        };
        view! {
            <li class="person">
                <span><a href=format!("/runs/{}/waiting", one.run_id)>{one.person_name.clone()}</a>" "<span class=class>{state}</span></span>
                <small>{title}</small>
            </li>
        }
    });
    let lines = lines.collect_view();
    Some(view! { <h3>{say::mine_title(l)}</h3><ul class="people">{lines}</ul> })
}

fn places_of(l: Language, places: &[EnrolmentInRun], today: NaiveDate) -> AnyView {
    if places.is_empty() {
        return view! {
            <EmptyState title=words::none_title(l) advice=words::none(l)>
                <a class="button" href="/calendar">{words::to_calendar(l)}</a>
            </EmptyState>
        }
        .into_any();
    }
    // The records come by run, the latest first.
    let runs: Vec<&[EnrolmentInRun]> = places.chunk_by(|a, b| a.enrolment.run_id == b.enrolment.run_id).collect();
    let (mut coming, past): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run[0].last_day.is_none_or(|day| day >= today));
    coming.reverse();
    let list = |title: &'static str, runs: Vec<&[EnrolmentInRun]>| {
        (!runs.is_empty()).then(|| {
            let runs = runs.into_iter().map(|run| class(l, run)).collect_view();
            view! { <h3>{title}</h3>{runs} }
        })
    };
    view! { {list(words::upcoming(l), coming)}{list(words::past(l), past)} }.into_any()
}

/// One run with the people it was taken for.
fn class(l: Language, places: &[EnrolmentInRun]) -> impl IntoView + use<> {
    let run = &places[0];
    let title = run.title(l);
    let days = [run.first_day, run.last_day.filter(|last| Some(*last) != run.first_day)];
    let days = days.into_iter().flatten().map(show_day).collect::<Vec<_>>().join(" – ");
    let state = run.state();
    let state = (state != RunState::Published).then(|| view! { " "<span class="tag">{choices::run_state(l, state)}</span> });
    let people = places.iter().map(|place| {
        let place = &place.enrolment;
        view! { <li>{place.person_name.clone()}" "<small class="soft">{place.position.clone()}</small></li> }
    });
    let people = people.collect_view();
    let id = run.enrolment.run_id;
    view! {
        <article class="panel">
            <h4><a href=format!("/runs/{id}")>{title}</a>{state}</h4>
            <p class="meta">{days}" · "{run.venue.clone()}" · "{words::people_count(l, places.len())}</p>
            <ul>{people}</ul>
            <p><a href=format!("/runs/{id}/participants")>{words::see_participants(l)}</a></p>
        </article>
    }
}
