//! The page of a run, for everybody.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Faults;
use domain::accounts::Language;
use domain::ids::RunId;
use domain::policy::{Action, may_somewhere};
use domain::runs::RunState;
use domain::time::{local_time, show_day, show_time};
use leptos::prelude::*;
use operations::runs::{self, Shown};

use super::id_of;
use crate::components::{FaultSummary, Meter, Notice};
use crate::pages::calendar::{audience, course_title, title};
use crate::wording::{calendar as say_calendar, choices, runs as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let shown = runs::show(&context.office, context.visitor(), id).await?;
    let l = context.language;
    let done = match form.get("done") {
        "drafted" => Some(say::done_drafted(l)),
        "changed" => Some(say::done_changed(l)),
        "published" => Some(say::done_published(l)),
        "cancelled" => Some(say::done_cancelled(l)),
        _ => None,
    };
    Ok(page(&context, &shown, done, Faults::default()))
}

/// The page of a run, after a deed with what was done or with why it was refused.
pub(super) fn page(context: &Context, shown: &Shown, done: Option<&'static str>, faults: Faults) -> Response {
    let l = context.language;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(title(l, &shown.run), || {
        view! {
            {done.map(|done| view! { <Notice text=done/> })}
            <FaultSummary language=l faults=faults/>
            {state(l, shown)}
            {facts(l, shown, context.office.today())}
            {deeds(context, shown)}
            <h2>{say::sessions(l)}</h2>
            {sessions(l, shown)}
            {manage(context, shown)}
        }
    });
    let page = if context.visitor().is_some() && shown.may.change {
        page.crumb("/runs", shell::runs(l))
    } else {
        page.crumb("/calendar", shell::calendar(l))
    };
    page.status(status).public().into_response()
}

fn state(l: Language, shown: &Shown) -> Option<impl IntoView + use<>> {
    let sentence = match (shown.run.state(), &shown.run.cancellation_reason) {
        (_, Some(reason)) => say::cancelled(l, reason),
        (RunState::Draft, _) => say::is_draft(l).to_owned(),
        (RunState::Closed, _) => say::is_closed(l).to_owned(),
        _ => return None,
    };
    let class = if shown.run.cancelled_at.is_some() { "notice bad" } else { "notice" };
    Some(view! { <p class=class>{sentence}</p> })
}

fn facts(l: Language, shown: &Shown, today: chrono::NaiveDate) -> impl IntoView + use<> {
    let run = &shown.run;
    let trainers = shown.trainers();
    let trainers = if trainers.is_empty() { say::no_trainer(l).to_owned() } else { trainers.join(", ") };
    let mut deadline = show_day(run.enrolment_deadline);
    if run.enrolment_deadline < today {
        deadline = format!("{deadline} ({})", say_calendar::deadline_over(l));
    }
    let course = format!("{} · {} · {}", run.course_code, course_title(l, run), say::hours(l, run.hours));
    let venue = format!("{}, {}", run.venue, run.unit_title());
    let note = (!run.note.is_empty()).then(|| view! { <dt>{say::note(l)}</dt><dd class="lines">{run.note.clone()}</dd> });
    view! {
        <dl class="facts">
            <dt>{say::course(l)}</dt><dd>{course}</dd>
            <dt>{say::audience(l)}</dt><dd>{audience(l, run)}</dd>
            <dt>{say::venue(l)}</dt><dd>{venue}</dd>
            <dt>{say::trainers(l)}</dt><dd>{trainers}</dd>
            <dt>{say::seats(l)}</dt>
            <dd>{say_calendar::seats(l, run.taken, run.capacity)}" "<Meter value=run.taken of=run.capacity/></dd>
            <dt>{say::deadline(l)}</dt><dd>{deadline}</dd>
            {note}
        </dl>
    }
}

fn deeds(context: &Context, shown: &Shown) -> impl IntoView + use<> {
    let (l, id) = (context.language, shown.run.id);
    let open = shown.run.state() == RunState::Published && shown.run.enrolment_deadline >= context.office.today();
    let enrol = if shown.may.enrol {
        Some(view! { <a class="button" href=format!("/runs/{id}/enrol")>{say::enrol(l)}</a> }.into_any())
    } else {
        (open && context.visitor().is_none()).then(|| {
            view! { <a class="button" href=format!("/sign-in?next=%2Fruns%2F{id}")>{say::sign_in_to_enrol(l)}</a> }.into_any()
        })
    };
    let file = shown.run.published_at.map(|_| {
        view! { <a class="button quiet" href=format!("/runs/{id}/calendar.ics")>{say::add_to_calendar(l)}</a> }
    });
    view! { <p class="actions">{enrol}{file}</p> }
}

fn sessions(l: Language, shown: &Shown) -> impl IntoView + use<> {
    let may_mark = shown.may.mark;
    let rows = shown
        .sessions
        .iter()
        .map(|(session, trainers)| {
            let hours = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
            let day = format!("{} · {}", show_day(session.day), choices::half_day(l, session.half_day));
            let what = [session.topic.clone(), session.venue.clone()];
            let what = what.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
            let names = trainers.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
            let mark = may_mark.then(|| {
                view! { <td><a href=format!("/sessions/{}/register", session.id)>{say::register(l)}</a></td> }
            });
            view! { <tr><td>{day}</td><td>{hours}</td><td>{what}</td><td>{names}</td>{mark}</tr> }
        })
        .collect_view();
    let mark = may_mark.then(|| view! { <th scope="col">{say::register(l)}</th> });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::sessions(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::day(l)}</th><th scope="col">{say::time(l)}</th>
                        <th scope="col">{say::topic(l)}</th><th scope="col">{say::trainers(l)}</th>{mark}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// What those who run it do with it.
fn manage(context: &Context, shown: &Shown) -> Option<impl IntoView + use<>> {
    let (l, may, id) = (context.language, shown.may, shown.run.id);
    if !(may.change || may.see_roster || may.see_exceptions || may.mark || may.close || may.issue) {
        return None;
    }
    let closed = shown.run.state() == RunState::Closed;
    let links = [
        (may.change, "edit", say::edit(l)),
        (may.see_roster, "participants", say::roster(l)),
        (may.see_exceptions, "exceptions", say::exceptions(l)),
        (may.see_roster, "attendance", say::attendance(l)),
        (may.close && !closed, "close", say::close(l)),
        (may.see_roster && closed, "completion", say::completion(l)),
        (may.issue, "certificates", say::certificates(l)),
        (may.change, "cancel", say::cancel(l)),
    ];
    let links = links
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, page, name)| view! { <a class="button quiet" href=format!("/runs/{id}/{page}")>{name}</a> })
        .collect_view();
    let publish = may.publish.then(|| {
        view! {
            <form method="post" action=format!("/runs/{id}/publish")>
                <p>{say::publish_why(l)}</p>
                <button>{say::publish(l)}</button>
            </form>
        }
    });
    let plans = context.visitor().is_some_and(|actor| may_somewhere(actor, Action::PlanRun));
    let like = plans.then(|| view! { <a class="button quiet" href=format!("/runs/new?from={id}")>{say::like_this(l)}</a> });
    Some(view! { <section class="manage"><h2>{say::manage(l)}</h2>{publish}<p class="actions">{links}{like}</p></section> })
}
