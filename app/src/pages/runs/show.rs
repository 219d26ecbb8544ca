//! The page of a run, for everybody.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::RunId;
use domain::policy::{Action, may_everywhere, may_somewhere};
use domain::runs::{Clash, RunState};
use domain::time::{local_time, show_day, show_time};
use leptos::prelude::*;
use operations::allotments::OwnPromise;
use operations::runs::{self, Answer, Session, Shown};

use super::{clashes, id_of};
use crate::components::{FaultSummary, Meter, Notice};
use crate::pages::calendar::{audience, course_title, title, webcal};
use crate::wording::{
    allotments, calendar as say_calendar, choices, copies, courses, door, enrolments, interests, plans, refusals, requests,
    runs as say, shell, timetables, waiting,
};
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
        "released" => Some(timetables::done_released(l)),
        "nothing" => Some(timetables::done_nothing(l)),
        "discarded" => Some(timetables::done_discarded(l)),
        "seats_given_back" => Some(allotments::done_ended(l)),
        "session_cancelled" => Some(timetables::done_session_cancelled(l)),
        _ => None,
    };
    page(&context, &shown, done, Form::default()).await
}

/// What planners see besides the run itself.
#[derive(Default)]
struct Planning {
    /// What stands in the way of publishing the draft.
    clashes: Vec<Clash>,
    /// The clashes that somebody answered for.
    answered: Vec<Answer>,
    /// Whether a change was prepared that is not released.
    is_changing: bool,
}

async fn planning(context: &Context, shown: &Shown) -> Result<Planning, Problem> {
    let Some(actor) = context.visitor().filter(|_| shown.may.change || shown.may.see_versions) else {
        return Ok(Planning::default());
    };
    let (office, id) = (&context.office, shown.run.id);
    let clashes = if shown.may.publish { runs::clashes(office, actor, id).await? } else { Vec::new() };
    let answered = if shown.may.see_versions { runs::answered(office, actor, id).await? } else { Vec::new() };
    let is_changing = shown.may.change && runs::is_changing(office, actor, id).await?;
    Ok(Planning { clashes, answered, is_changing })
}

/// The page of a run, after a deed with what was done or with why it was refused.
pub(super) async fn page(context: &Context, shown: &Shown, done: Option<&'static str>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let planning = planning(context, shown).await?;
    let promises = match context.visitor() {
        Some(actor) => operations::allotments::own(&context.office, actor, &shown.run).await?,
        None => Vec::new(),
    };
    let before = operations::courses::prerequisites(&context.office, shown.run.course_id).await?;
    let before = (!before.is_empty()).then(|| refusals::required(l, &before));
    let mut faults = form.faults.clone();
    // The clashes stand beside the button that publishes.
    faults.0.retain(|fault| !matches!(fault.refusal, Refusal::Clash(_)));
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(title(l, &shown.run), || {
        view! {
            {done.map(|done| view! { <Notice text=done/> })}
            <FaultSummary language=l faults=faults/>
            {state(l, shown)}
            {planning.is_changing.then(|| changing(l, shown))}
            {facts(l, shown, context.office.today(), before)}
            {own(l, shown, &promises)}
            {deeds(context, shown)}
            <h2>{say::sessions(l)}</h2>
            {sessions(l, shown)}
            {manage(context, shown, &planning, &form)}
        }
    });
    let page = if context.visitor().is_some() && shown.may.change {
        page.crumb("/runs", shell::runs(l))
    } else {
        page.crumb("/calendar", shell::calendar(l))
    };
    Ok(page.status(status).public().into_response())
}

fn changing(l: Language, shown: &Shown) -> impl IntoView + use<> {
    view! {
        <p class="notice">
            {timetables::there_is_a_change(l)}" "
            <a href=format!("/runs/{}/release", shown.run.id)>{timetables::look_at_it(l)}</a>
        </p>
    }
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

fn facts(l: Language, shown: &Shown, today: chrono::NaiveDate, before: Option<String>) -> impl IntoView + use<> {
    let run = &shown.run;
    let trainers = shown.trainers();
    let trainers = if trainers.is_empty() { say::no_trainer(l).to_owned() } else { trainers.join(", ") };
    let mut deadline = show_day(run.enrolment_deadline);
    if run.enrolment_deadline < today {
        deadline = format!("{deadline} ({})", say_calendar::deadline_over(l));
    }
    let course = format!("{} · {} · {}", run.course_code, course_title(l, run), say::hours(l, run.hours));
    let venue = format!("{}, {}", run.venue, run.unit_title());
    let held = run.taken + run.promised + run.offered;
    let seats = match run.state() {
        RunState::Draft | RunState::Published => enrolments::seats_left(l, run.seats().left().max(0), run.capacity),
        RunState::Closed | RunState::Cancelled => say_calendar::attend(l, run.taken, run.capacity),
    };
    let kept = (run.taken > 0 || held > run.taken).then(|| {
        view! { <small class="hint">{allotments::where_seats_are(l, run.taken, run.promised, run.offered)}</small> }
    });
    let approval = run.approval.is_needed().then(|| {
        view! { <dt>{requests::approval(l)}</dt><dd>{requests::approval_word(l, run.approval)}</dd> }
    });
    let minimum = (run.minimum > 0).then(|| view! { <dt>{timetables::minimum(l)}</dt><dd>{run.minimum}</dd> });
    let note = (!run.note.is_empty()).then(|| view! { <dt>{say::note(l)}</dt><dd class="lines">{run.note.clone()}</dd> });
    let line = shown.line.as_ref().map(|(id, code)| {
        view! {
            <dt>{plans::made_from(l)}</dt>
            <dd><a href=format!("/plans/lines/{id}")>{plans::line(l, code)}</a></dd>
        }
    });
    view! {
        <dl class="facts">
            <dt>{say::course(l)}</dt><dd>{course}</dd>
            <dt>{say::audience(l)}</dt><dd>{audience(l, run)}</dd>
            {before.map(|courses| view! { <dt>{courses::before_it(l)}</dt><dd>{courses}</dd> })}
            <dt>{say::venue(l)}</dt><dd>{venue}</dd>
            <dt>{say::trainers(l)}</dt><dd>{trainers}</dd>
            <dt>{say::seats(l)}</dt>
            <dd>{seats}" "<Meter value=held of=run.capacity/>{kept}</dd>
            <dt>{say::deadline(l)}</dt><dd>{deadline}</dd>
            {approval}
            {minimum}
            {line}
            {note}
        </dl>
    }
}

/// Seats that wait for the names of those whom the reader acts for.
fn own(l: Language, shown: &Shown, promises: &[OwnPromise]) -> impl IntoView + use<> {
    let lines = promises.iter().map(|promise| {
        let one = &promise.allotment;
        let said = allotments::own(l, one.seats, &one.holder_name(), &show_day(one.until_day), promise.rest);
        let way = if promise.divides {
            view! { <a href=format!("/allotments/{}", one.id)>{allotments::divided(l)}</a> }.into_any()
        } else {
            let organisation = one.organisation_id.map(|id| id.to_string()).unwrap_or_default();
            let address = format!("/runs/{}/enrol?organisation={organisation}", shown.run.id);
            view! { <a href=address>{allotments::name_them(l)}</a> }.into_any()
        };
        view! { <p class="notice">{said}" "{way}" · "<a href=format!("/allotments/{}/end", one.id)>{allotments::end(l)}</a></p> }
    });
    lines.collect_view()
}

fn deeds(context: &Context, shown: &Shown) -> impl IntoView + use<> {
    let (l, id) = (context.language, shown.run.id);
    let open = shown.run.state() == RunState::Published && shown.run.enrolment_deadline >= context.office.today();
    let enrol = if shown.may.enrol {
        let deed = match () {
            () if shown.run.approval.is_needed() => requests::ask_title(l),
            () if shown.run.seats().left() == 0 => say::enrol_or_wait(l),
            () => say::enrol(l),
        };
        Some(view! { <a class="button" href=format!("/runs/{id}/enrol")>{deed}</a> }.into_any())
    } else {
        (open && context.visitor().is_none()).then(|| {
            view! { <a class="button" href=format!("/sign-in?next=%2Fruns%2F{id}")>{say::sign_in_to_enrol(l)}</a> }.into_any()
        })
    };
    let file = shown.run.published_at.map(|_| {
        let path = format!("/runs/{id}/calendar.ics");
        view! {
            <a class="button quiet" href=webcal(context, &path)>{say_calendar::subscribe(l)}</a>
            <a class="button quiet" href=path>{say::add_to_calendar(l)}</a>
        }
    });
    let paper = view! { <a class="button quiet" href=format!("/runs/{id}/timetable.pdf")>{say::timetable(l)}</a> };
    let waits = (shown.may.enrol && shown.run.waiting > 0).then(|| {
        view! { <a class="button quiet" href=format!("/runs/{id}/waiting")>{waiting::title(l)}</a> }
    });
    view! { <p class="actions">{enrol}{waits}{file}{paper}</p> }
}

fn sessions(l: Language, shown: &Shown) -> impl IntoView + use<> {
    let deeds = shown.may.mark || (shown.may.change && shown.run.published_at.is_some());
    let rows = shown.sessions.iter().enumerate().map(|(n, (session, trainers))| {
        let names = trainers.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { say::no_trainer(l).to_owned() } else { names };
        row(l, shown, session, n + 1, names, deeds)
    });
    let rows = rows.collect_view();
    let deeds = deeds.then(|| view! { <td></td> });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::sessions(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::day(l)}</th><th scope="col">{say::time(l)}</th>
                        <th scope="col">{say::topic(l)}</th><th scope="col">{say::trainers(l)}</th>{deeds}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(l: Language, shown: &Shown, session: &Session, number: usize, names: String, deeds: bool) -> impl IntoView + use<> {
    let hours = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
    let day = format!("{} · {}", show_day(session.day), choices::half_day(l, session.half_day));
    let what = [session.topic.clone(), session.venue.clone()];
    let what = what.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let cancelled = session.cancellation_reason.as_deref();
    let why = cancelled.map(|reason| view! { <p class="bad">{timetables::session_cancelled(l, reason)}</p> });
    let is_held = cancelled.is_none();
    let deeds = deeds.then(|| {
        let register = (is_held && shown.may.mark).then(|| {
            view! { <a href=format!("/sessions/{}/register", session.id)>{say::register(l)}</a> }
        });
        let cancel = (is_held && shown.may.change && shown.run.published_at.is_some()).then(|| {
            let label = timetables::cancel_session_of(l, number);
            view! { <a href=format!("/sessions/{}/cancel", session.id) aria-label=label>{timetables::cancel_session(l)}</a> }
        });
        view! { <td class="deeds">{register}" "{cancel}</td> }
    });
    let struck = (!is_held).then_some("struck");
    let label = format!("{hours}: {}", say::add_session_to_calendar(l));
    let hours = view! { <a href=format!("/sessions/{}/calendar.ics", session.id) aria-label=label>{hours}</a> };
    view! {
        <tr>
            <td class=struck>{day}</td><td class=struck>{hours}</td><td>{what}{why}</td><td class=struck>{names}</td>{deeds}
        </tr>
    }
}

/// What a planner may have forgotten before publishing: it stands in nobody's way.
fn open_ends(l: Language, shown: &Shown) -> Option<impl IntoView + use<>> {
    let held: Vec<_> = shown.sessions.iter().filter(|(session, _)| session.cancellation_reason.is_none()).collect();
    let untaught = held.iter().filter(|(_, trainers)| trainers.is_empty()).count();
    let minutes: i64 = held.iter().map(|(session, _)| (session.ends_at - session.starts_at).num_minutes()).sum();
    // Half a day is a little more or less than four hours: what differs by a session or more was not meant.
    let differs = (minutes - 60 * shown.run.hours).abs() >= 180;
    let told = [
        (untaught > 0).then(|| say::publish_untaught(l, untaught)),
        differs.then(|| say::publish_hours(l, &show_hours(l, minutes), shown.run.hours)),
    ];
    let told: Vec<_> = told.into_iter().flatten().map(|sentence| view! { <li>{sentence}</li> }).collect();
    (!told.is_empty()).then(|| view! { <ul class="warn">{told}</ul> })
}

/// Hours with the half ones, as a language writes them: 11,5 and 11.5.
fn show_hours(l: Language, minutes: i64) -> String {
    let point = if l == Language::Vietnamese { ',' } else { '.' };
    let tenths = (minutes * 10 + 30) / 60;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}{point}{}", tenths / 10, tenths % 10) }
}

/// Pages that belong together, under what they are about; nothing where none is shown.
fn group<const N: usize>(about: &'static str, pages: [(bool, String, &'static str); N]) -> Option<impl IntoView + use<N>> {
    let links: Vec<_> = pages
        .into_iter()
        .filter(|(is_shown, ..)| *is_shown)
        .map(|(_, address, name)| view! { <a class="button quiet" href=address>{name}</a> })
        .collect();
    (!links.is_empty()).then(|| view! { <div class="deeds-of"><h3>{about}</h3><p class="actions">{links}</p></div> })
}

/// What those who run it do with it.
fn manage(context: &Context, shown: &Shown, planning: &Planning, form: &Form) -> Option<impl IntoView + use<>> {
    let (l, may, id) = (context.language, shown.may, shown.run.id);
    if !(may.change || may.see_roster || may.see_exceptions || may.mark || may.close || may.issue || may.see_versions) {
        return None;
    }
    let closed = shown.run.state() == RunState::Closed;
    let actor = context.visitor();
    let plans = actor.is_some_and(|actor| may_somewhere(actor, Action::PlanRun));
    let decides = shown.run.approval.is_needed()
        && may.see_roster
        && actor.is_some_and(|actor| may_somewhere(actor, Action::DecideRequests));
    let places = decides && actor.is_some_and(|actor| may_everywhere(actor, Action::DecideRequests));
    let of = |page: &str| format!("/runs/{id}/{page}");
    let people = [
        (may.see_roster, of("participants"), say::roster(l)),
        (decides, format!("/requests?run={id}"), requests::requests_of_class(l)),
        (places, format!("/courses/{}/placing", shown.run.course_id), requests::board(l)),
        (may.see_roster, of("waiting"), waiting::title(l)),
        (may.change, of("allotments"), allotments::title(l)),
        (may.change, of("invitations"), interests::invitations(l)),
        (may.see_exceptions, of("exceptions"), say::exceptions(l)),
    ];
    let teaching = [
        (may.see_roster, of("attendance"), say::attendance(l)),
        (may.mark, of("walk-ins"), door::title(l)),
        (may.close && !closed, of("close"), say::close(l)),
        (may.see_roster && closed, of("completion"), say::completion(l)),
        (may.issue, of("certificates"), say::certificates(l)),
    ];
    let planned = [
        (may.change, of("edit"), say::edit(l)),
        (may.see_versions, of("versions"), timetables::versions(l)),
        (plans, format!("/runs/new?from={id}"), say::like_this(l)),
        (plans, of("copies"), copies::link(l)),
    ];
    let cancel =
        may.change.then(|| view! { <p class="actions"><a class="button danger" href=of("cancel")>{say::cancel(l)}</a></p> });
    let publish = may.publish.then(|| {
        view! {
            <form method="post" action=format!("/runs/{id}/publish")>
                <p>{say::publish_why(l)}</p>
                {open_ends(l, shown)}
                {clashes::answer_fields(l, form, &planning.clashes)}
                <button>{say::publish(l)}</button>
            </form>
        }
    });
    Some(view! {
       <section class="manage">
           <h2>{say::manage(l)}</h2>
           {publish}
           {group(say::manage_people(l), people)}
           {group(say::manage_teaching(l), teaching)}
           {group(say::manage_plan(l), planned)}
           {cancel}
           {clashes::answered(l, &planning.answered)}
       </section>
    })
}
