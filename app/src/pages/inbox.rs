//! `/inbox`: what waits for who is signed in.

use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDate;
use domain::accounts::Language;
use domain::inbox::{Task, Urgency, age, urgency};
use domain::policy::{Action, may_somewhere};
use domain::time::{local_day, local_time, show_day, show_instant, show_time};
use leptos::prelude::*;
use operations::inbox::{self, Group, Inbox, Waiting};

use crate::components::EmptyState;
use crate::wording::inbox as say;
use crate::{Context, Problem, Routes};

/// The route of this page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/inbox", show)
}

async fn show(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let inbox = inbox::inbox(&context.office, actor).await?;
    let sees_board = may_somewhere(actor, Action::SeeBoard);
    let looks_on = inbox::only_looks_on(actor);
    let page = context.page(say::title(l), || {
        if inbox.groups.is_empty() {
            let advice = if looks_on { say::nothing_for_managers(l) } else { say::nothing_advice(l) };
            let board = sees_board.then(|| view! { <a class="button" href="/board">{say::to_board(l)}</a> });
            return view! { <EmptyState title=say::nothing(l) advice=advice>{board}</EmptyState> }.into_any();
        }
        let groups = inbox.groups.iter().map(|group| section(l, group, inbox.today)).collect_view();
        view! { <p class="lead">{say::count(l, inbox.total())}</p>{groups} }.into_any()
    });
    Ok(page.wide().into_response())
}

/// The line on the start page that leads here; none when nothing waits.
pub(crate) fn line(l: Language, inbox: &Inbox) -> Option<impl IntoView + use<>> {
    let mut things = inbox.groups.iter().flat_map(|group| &group.things);
    let overdue = things.any(|thing| matches!(urgency(thing.due, inbox.today), Urgency::Overdue(_)));
    let overdue = overdue.then(|| view! { <strong class="bad">{format!(" · {}", say::at_home_overdue(l))}</strong> });
    (inbox.total() > 0).then(|| view! { <p class="notice"><a href="/inbox">{say::at_home(l, inbox.total())}</a>{overdue}</p> })
}

fn section(l: Language, group: &Group, today: NaiveDate) -> impl IntoView + use<> {
    let name = say::task(l, group.task);
    let rows = group.things.iter().map(|thing| row(l, thing, today)).collect_view();
    let has_due = group.things.iter().any(|thing| thing.due.is_some());
    let due = has_due.then(|| view! { <th scope="col">{say::due(l)}</th> });
    let more = group.total > i64::try_from(group.things.len()).unwrap_or(i64::MAX);
    let more = more.then(|| view! { <p><a href=every(group.task)>{say::all(l, group.total)}</a></p> });
    view! {
        <section id=group.task.as_str()>
            <h2>{say::heading(l, name, group.total)}</h2>
            <table class="rows waiting">
                <thead><tr>
                    <th scope="col">{say::what(l)}</th><th scope="col">{say::whose(l)}</th><th scope="col">{say::how_many(l)}</th>
                    <th scope="col">{say::waiting(l)}</th>{due}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {more}
        </section>
    }
}

fn row(l: Language, thing: &Waiting, today: NaiveDate) -> impl IntoView + use<> {
    // What is lost at an hour says the hour: it comes before the end of its last day.
    let lost = thing.until.map(|until| say::due_at(l, &show_instant(until)));
    let lost = lost.map(|words| view! { <td data-label=say::due(l)><strong class="warn">{words}</strong></td> }.into_any());
    let due = thing.due.map(|day| {
        let date = show_day(day);
        let (class, words) = match urgency(thing.due, today) {
            Urgency::Overdue(1) => ("bad", say::overdue_one(l, &date)),
            Urgency::Overdue(days) => ("bad", say::overdue(l, &date, days)),
            Urgency::Today => ("warn", say::due_today(l).to_owned()),
            Urgency::Ahead(1) => ("warn", say::due_tomorrow(l, &date)),
            Urgency::Ahead(days) => ("", say::due_ahead(l, &date, days)),
            Urgency::Free => ("", date),
        };
        view! { <td data-label=say::due(l)><span class=class>{words}</span></td> }.into_any()
    });
    let due = lost.or(due);
    view! {
        <tr>
            <th scope="row"><a href=address(thing)>{name(l, thing)}</a></th>
            <td>{whose(l, thing)}</td>
            <td>{amount(l, thing)}</td>
            <td data-label=say::waiting(l)>{say::age(l, age(thing.since, today))}</td>
            {due}
        </tr>
    }
}

/// Where the thing is done.
fn address(thing: &Waiting) -> String {
    let id = thing.id;
    match thing.task {
        Task::SendForm | Task::CompleteForm | Task::CheckForm | Task::EvaluateForm | Task::ListForm | Task::DecideProduct => {
            format!("/registrations/{id}")
        }
        Task::FreezeList | Task::ForwardList | Task::ReplaceList | Task::AnswerList => format!("/lists/{id}"),
        Task::PublishDecision => format!("/decisions/{id}"),
        Task::PublishRun | Task::FillRun => format!("/runs/{id}"),
        Task::EnrolPeople | Task::AnswerInvitation | Task::NameSeats => format!("/runs/{id}/enrol"),
        Task::AnswerOffer => format!("/runs/{id}/waiting"),
        Task::DivideSeats => format!("/allotments/{id}"),
        Task::KeepRegister => format!("/sessions/{id}/register"),
        Task::CloseRun => format!("/runs/{id}/close"),
        Task::IssueCertificates => format!("/runs/{id}/certificates"),
        Task::CompleteRequest => format!("/requests/{id}"),
        Task::DecideRequests => format!("/requests?run={id}"),
        Task::CompareRecords => "/people/duplicates".to_owned(),
    }
}

/// Where all things of a task are.
const fn every(task: Task) -> &'static str {
    match task {
        Task::SendForm => "/registrations?state=draft",
        Task::CompleteForm => "/registrations?state=returned",
        Task::CheckForm => "/registrations?state=submitted",
        Task::EvaluateForm => "/registrations?state=complete",
        Task::ListForm => "/lists/new",
        Task::FreezeList | Task::ForwardList | Task::ReplaceList | Task::AnswerList => "/lists",
        Task::DecideProduct | Task::PublishDecision => "/selections",
        Task::EnrolPeople | Task::AnswerInvitation | Task::NameSeats | Task::DivideSeats => "/calendar",
        Task::AnswerOffer => "/enrolments",
        Task::PublishRun => "/runs?state=draft",
        Task::FillRun | Task::KeepRegister | Task::CloseRun => "/runs?state=published",
        Task::IssueCertificates => "/runs?state=closed",
        Task::CompleteRequest => "/requests?state=returned",
        Task::DecideRequests => "/requests",
        Task::CompareRecords => "/people/duplicates",
    }
}

fn name(l: Language, thing: &Waiting) -> String {
    let known = if l == Language::English { &thing.name_english } else { &thing.name };
    match thing.task {
        Task::FreezeList | Task::ForwardList | Task::ReplaceList | Task::AnswerList if known.is_empty() => {
            say::list_unnamed(l).to_owned()
        }
        Task::FreezeList | Task::ForwardList | Task::ReplaceList | Task::AnswerList => say::list_named(l, known),
        Task::PublishDecision => say::decision_named(l, known),
        Task::KeepRegister => {
            let ended = thing.since;
            say::session_of(l, known, &show_day(local_day(ended)), &show_time(local_time(ended)))
        }
        _ => known.clone(),
    }
}

fn whose(l: Language, thing: &Waiting) -> String {
    match thing.year {
        Some(year) if thing.detail.is_empty() => say::year_alone(l, year),
        Some(year) => say::of_year(l, &thing.detail, year),
        None => thing.detail.clone(),
    }
}

fn amount(l: Language, thing: &Waiting) -> Option<String> {
    let n = thing.amount;
    match thing.task {
        Task::FreezeList | Task::ForwardList | Task::ReplaceList | Task::AnswerList => Some(say::forms(l, n)),
        Task::PublishDecision => Some(say::products(l, n)),
        Task::EnrolPeople | Task::AnswerInvitation => Some(say::seats(l, n)),
        Task::DecideRequests => Some(say::requests(l, n)),
        Task::NameSeats | Task::DivideSeats => Some(say::to_name(l, n)),
        Task::FillRun => Some(say::too_few(l, n)),
        Task::KeepRegister => Some(say::unmarked(l, n)),
        Task::CloseRun | Task::IssueCertificates => Some(say::people(l, n)),
        _ => None,
    }
}
