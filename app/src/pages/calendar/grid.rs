//! A month as a grid of weeks; on a narrow screen a list of its days.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::{local_time, show_time};
use leptos::prelude::*;
use operations::runs::Calendar;
use operations::runs::{Run, Session};

use super::entries::course_title;
use crate::wording::calendar as say;

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The month that begins on `month`.
pub(super) fn grid(l: Language, calendar: &Calendar, month: NaiveDate, today: NaiveDate) -> impl IntoView + use<> {
    let runs: BTreeMap<RunId, &Run> = calendar.runs.iter().map(|run| (run.id, run)).collect();
    let mut days: BTreeMap<NaiveDate, Vec<(&Session, &Run)>> = BTreeMap::new();
    for session in &calendar.sessions {
        if let Some(run) = runs.get(&session.run_id) {
            days.entry(session.day).or_default().push((session, run));
        }
    }
    let start = month - Days::new(u64::from(month.weekday().num_days_from_monday()));
    let weeks =
        (0..6).map(|week| start + Days::new(week * 7)).take_while(|monday| *monday < month || monday.month() == month.month());
    let rows = weeks
        .map(|monday| {
            let cells = (0..7)
                .map(|n| {
                    let day = monday + Days::new(n);
                    if day.month() == month.month() {
                        cell(l, day, days.get(&day).map_or(&[][..], Vec::as_slice), today).into_any()
                    } else {
                        view! { <td class="out"></td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    let heads = WEEK
        .map(|day| view! { <th scope="col"><abbr title=say::weekday(l, day)>{say::weekday_short(l, day)}</abbr></th> })
        .collect_view();
    view! {
        <table class="month">
            <caption>{say::grid_caption(l, say::month_name(l, month))}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn cell(l: Language, day: NaiveDate, sessions: &[(&Session, &Run)], today: NaiveDate) -> impl IntoView + use<> {
    let class = match (sessions.is_empty(), day == today) {
        (true, false) => "out",
        (true, true) => "out today",
        (false, false) => "",
        (false, true) => "today",
    };
    let lines = sessions
        .iter()
        .map(|(session, run)| {
            let name = view! {
                <a href=format!("/runs/{}", run.id)>
                    <small>{show_time(local_time(session.starts_at))}</small>" "{course_title(l, run).to_owned()}
                </a>
            };
            if run.cancelled_at.is_some() {
                view! { <li class="struck">{name}</li> }.into_any()
            } else {
                view! { <li>{name}</li> }.into_any()
            }
        })
        .collect_view();
    let list = (!sessions.is_empty()).then(|| view! { <ul>{lines}</ul> });
    let weekday = say::weekday(l, day.weekday());
    view! { <td class=class><time datetime=day.to_string()>{day.day()}<span>{format!(" {weekday}")}</span></time>{list}</td> }
}
