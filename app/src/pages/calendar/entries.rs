//! One run as a line of a list: its day, its name, its seats.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use domain::accounts::Language;
use domain::time::{local_time, show_day, show_time};
use leptos::prelude::*;
use operations::calendar::{Calendar, Session};
use operations::runs::Run;

use crate::components::Meter;
use crate::wording::{calendar as say, choices, enrolments};

/// A run with the day it is listed under.
pub(super) struct Entry<'c> {
    pub day: NaiveDate,
    pub run: &'c Run,
    sessions: Vec<&'c Session>,
    trainers: &'c [String],
}

/// The runs of a calendar, each under the first day in the period on which it takes place, in order of time.
pub(super) fn entries(calendar: &Calendar) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = calendar
        .runs
        .iter()
        .filter_map(|run| {
            let sessions: Vec<_> = calendar.sessions.iter().filter(|session| session.run_id == run.id).collect();
            let first = sessions.iter().find(|session| session.cancelled_at.is_none()).or(sessions.first())?;
            let trainers = calendar.trainers.get(&run.id).map_or(&[][..], Vec::as_slice);
            Some(Entry { day: first.day, run, sessions, trainers })
        })
        .collect();
    entries.sort_by_key(|entry| (entry.day, entry.sessions.first().map(|session| session.starts_at)));
    entries
}

/// The title of a run's course in the reader's language, with the name of the run.
pub(crate) fn title(l: Language, run: &Run) -> String {
    format!("{} – {}", course_title(l, run), run.name)
}

/// The title of a run's course in the reader's language.
pub(crate) fn course_title(l: Language, run: &Run) -> &str {
    match l {
        Language::Vietnamese => &run.course_title,
        Language::English => &run.course_title_english,
    }
}

/// Whom a run is for.
pub(crate) fn audience(l: Language, run: &Run) -> String {
    run.selection_year.map_or_else(|| choices::audience(l, run.audience).to_owned(), |year| say::selected_of(l, year))
}

/// A line of the list.
pub(super) fn line(l: Language, entry: &Entry<'_>, today: NaiveDate) -> impl IntoView + use<> {
    let run = entry.run;
    let held = entry.sessions.iter().filter(|session| session.cancelled_at.is_none());
    let days: BTreeSet<NaiveDate> = held.map(|session| session.day).collect();
    let weekday = say::weekday(l, entry.day.weekday());
    let length = if entry.sessions.len() == 1 { say::half_day_long(l).to_owned() } else { say::days(l, days.len().max(1)) };
    let hour = entry.sessions.iter().filter(|session| session.day == entry.day).map(|session| session.starts_at).min();
    let hour = hour.map(|hour| show_time(local_time(hour))).unwrap_or_default();
    let facts = [run.venue.clone(), run.unit_title(), entry.trainers.join(", "), audience(l, run)];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let struck = run.cancelled_at.is_some().then_some("struck");
    // Of a run that is called off as a whole one reason is enough.
    let called_off = entry.sessions.iter().filter(|_| run.cancelled_at.is_none()).filter_map(|session| {
        let reason = session.cancellation_reason.as_ref()?;
        let when = format!("{} {}", choices::half_day(l, session.half_day).to_lowercase(), show_day(session.day));
        Some(view! { <p class="bad"><s>{say::session_of(l, &when)}</s>" "{say::cancelled_because(l, reason)}</p> })
    });
    let called_off = called_off.collect_view();
    view! {
        <article class="run">
            <time datetime=entry.day.to_string()><strong>{format!("{:02}/{:02}", entry.day.day(), entry.day.month())}</strong><span>{weekday}" "{hour}</span><span>{length}</span></time>
            <div>
                <h3 class=struck><a href=format!("/runs/{}", run.id)>{title(l, run)}</a></h3>
                <p class="meta">{facts}</p>
                {run.cancellation_reason.as_ref().map(|reason| view! { <p class="bad">{say::cancelled_because(l, reason)}</p> })}
                {called_off}
            </div>
            {seats(l, run, today)}
        </article>
    }
}

/// How many seats are left and until when one can enrol, afterwards how many people come; nothing of a run that does not
/// take place. What is promised or offered to others is not left.
fn seats(l: Language, run: &Run, today: NaiveDate) -> Option<impl IntoView + use<>> {
    if run.cancelled_at.is_some() {
        return None;
    }
    let left = run.seats().left().max(0);
    let is_over = run.enrolment_deadline < today;
    let (count, value) = if is_over {
        (say::attend(l, run.taken, run.capacity), run.taken)
    } else {
        (enrolments::seats_left(l, left, run.capacity), run.capacity - left)
    };
    let is_full = !is_over && left == 0;
    let note = match () {
        () if is_over => say::deadline_over(l).to_owned(),
        () if is_full => say::full(l).to_owned(),
        () => say::deadline(l, show_day(run.enrolment_deadline)),
    };
    Some(view! {
        <div class=if is_full { "seats full" } else { "seats" }>
            {count}
            <Meter value=value of=run.capacity/>
            <small>{note}</small>
        </div>
    })
}
