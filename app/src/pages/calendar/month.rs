//! A month as a grid of weeks. On a phone the grid is of fingers' size, and the sessions of the day that is tapped stand
//! below it: the address names the day, so that no script is needed.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};
use domain::accounts::Language;
use domain::calendar::{Span, View};
use domain::time::{local_time, show_time};
use leptos::prelude::*;
use operations::calendar::{Calendar, Session};
use operations::runs::Run;

use super::asked::Asked;
use super::entries::course_title;
use crate::wording::calendar as say;

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// So many sessions of a day are shown on a wide screen before it is opened.
const SHOWN: usize = 5;

type Days<'c> = BTreeMap<NaiveDate, Vec<(&'c Session, &'c Run)>>;

/// The month that is asked for.
pub(super) fn month(l: Language, calendar: &Calendar, asked: &Asked) -> impl IntoView + use<> {
    let mut days = Days::new();
    for (session, run) in calendar.held() {
        days.entry(session.day).or_default().push((session, run));
    }
    // The day that a phone opens by itself: today, the next one with a session, or the first of the month.
    let open = days.range(asked.today..).next().or(days.iter().next()).map(|(day, _)| *day);
    let rows = asked.span.weeks();
    let rows = rows
        .iter()
        .filter_map(|week| {
            let first = week.iter().flatten().next()?;
            let number = first.iso_week().week();
            let cells = week.iter().map(|day| match day {
                Some(day) => cell(l, *day, days.get(day).map_or(&[][..], Vec::as_slice), asked.today, open).into_any(),
                None => view! { <td class="out"></td> }.into_any(),
            });
            let cells = cells.collect_view();
            let path = asked.at(Span::around(View::Week, *first)).path();
            Some(view! { <tr><th scope="row"><a href=path aria-label=say::week_number(l, number)>{number}</a></th>{cells}</tr> })
        })
        .collect_view();
    let heads = WEEK
        .map(|day| view! { <th scope="col"><abbr title=say::weekday(l, day)>{say::weekday_short(l, day)}</abbr></th> })
        .collect_view();
    view! {
        <table class="month">
            <caption>{say::grid_caption(l, say::month_name(l, asked.span.start()))}</caption>
            <thead><tr><th scope="col"><span class="hidden">{say::as_week(l)}</span></th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn cell(
    l: Language,
    day: NaiveDate,
    sessions: &[(&Session, &Run)],
    today: NaiveDate,
    open: Option<NaiveDate>,
) -> impl IntoView + use<> {
    let classes = [(day == today, "today"), (sessions.is_empty(), "none"), (open == Some(day), "open")];
    let classes = classes.into_iter().filter(|(holds, _)| *holds).map(|(_, class)| class).collect::<Vec<_>>().join(" ");
    let classes = (!classes.is_empty()).then_some(classes);
    if sessions.is_empty() {
        return view! { <td class=classes><time class="day" datetime=day.to_string()>{day.day()}</time></td> }.into_any();
    }
    let lines = sessions.iter().map(|(session, run)| {
        let reason = session.called_off(run);
        let struck = reason.is_some().then_some("struck");
        let reason = reason.map(|reason| view! { <small class="bad">{say::cancelled_because(l, reason)}</small> });
        view! {
            <li class=struck>
                <a href=format!("/runs/{}", run.id)>
                    <small>{show_time(local_time(session.starts_at))}</small>" "{course_title(l, run).to_owned()}
                </a>
                {reason}
            </li>
        }
    });
    let lines = lines.collect_view();
    let id = format!("d{}", day.day());
    let name = say::day_name(l, day);
    let label = say::sessions_of(l, &name, sessions.len());
    let more = sessions.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <a class="more" href=format!("#{id}")>{say::more_sessions(l, more)}</a> });
    view! {
        <td class=classes id=id>
            <a class="day" href=format!("#{id}") aria-label=label><time datetime=day.to_string()>{day.day()}</time><i>{sessions.len()}</i></a>
            <ul data-day=name>{lines}</ul>
            {more}
        </td>
    }
    .into_any()
}
