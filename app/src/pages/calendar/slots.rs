//! Sessions by day: a week as a table of half-days, and somebody's own sessions one day below the other.

use chrono::{Datelike as _, NaiveDate};
use domain::accounts::Language;
use domain::calendar::Part;
use domain::runs::HalfDay;
use domain::time::{local_time, show_time};
use leptos::prelude::*;
use operations::calendar::{Calendar, Session};
use operations::runs::Run;

use super::asked::Asked;
use super::entries::title;
use crate::wording::{calendar as say, choices};

/// The week that is asked for: a row a day, a column a half-day; evenings only when there are any.
pub(super) fn week(l: Language, calendar: &Calendar, asked: &Asked) -> impl IntoView + use<> {
    let held: Vec<(&Session, &Run)> = calendar.held().collect();
    let evenings = held.iter().any(|(session, _)| session.half_day == HalfDay::Evening);
    let halves = if evenings { HalfDay::ALL } else { &HalfDay::ALL[..2] };
    let heads = halves.iter().map(|half| view! { <th scope="col">{choices::half_day(l, *half)}</th> }).collect_view();
    let rows = asked.span.weeks();
    let rows = rows.iter().flatten().flatten().map(|day| {
        let of_day: Vec<_> = held.iter().filter(|(session, _)| session.day == *day).collect();
        let cells = halves.iter().map(|half| {
            let slots = of_day.iter().filter(|(session, _)| session.half_day == *half);
            let slots = slots.map(|(session, run)| slot(l, calendar, session, run)).collect::<Vec<_>>();
            view! { <td data-label=choices::half_day(l, *half)>{slots}</td> }
        });
        let cells = cells.collect_view();
        let class = match (of_day.is_empty(), *day == asked.today) {
            (true, false) => Some("none"),
            (true, true) => Some("none today"),
            (false, true) => Some("today"),
            (false, false) => None,
        };
        view! { <tr class=class><th scope="row">{date(l, *day)}</th>{cells}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <table class="week">
            <caption class="hidden">{say::grid_caption(l, say::span_name(l, &asked.span))}</caption>
            <thead><tr><th scope="col"><span class="hidden">{say::day(l)}</span></th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Sessions one day below the other; days without any are left out.
pub(super) fn days(l: Language, calendar: &Calendar) -> impl IntoView + use<> {
    let held: Vec<(&Session, &Run)> = calendar.held().collect();
    let days = held.chunk_by(|(one, _), (next, _)| one.day == next.day).filter_map(|of_day| {
        let day = of_day.first()?.0.day;
        let slots = of_day.iter().map(|(session, run)| slot(l, calendar, session, run)).collect::<Vec<_>>();
        Some(view! { <section class="of-day"><h2>{date(l, day)}</h2><div>{slots}</div></section> })
    });
    days.collect_view()
}

fn date(l: Language, day: NaiveDate) -> impl IntoView + use<> {
    view! {
        <time class="date" datetime=day.to_string()>
            <strong>{format!("{:02}", day.day())}</strong>
            <span>{say::weekday(l, day.weekday())}" "{format!("{:02}/{:02}", day.day(), day.month())}</span>
        </time>
    }
}

/// One session: when, what, where, with whom, and in somebody's own calendar why it stands there.
fn slot(l: Language, calendar: &Calendar, session: &Session, run: &Run) -> impl IntoView + use<> {
    let reason = session.called_off(run);
    let time = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
    let trainers = calendar.taught.get(&session.id).map(|names| names.join(", ")).unwrap_or_default();
    let facts = [session.topic.clone(), session.place(run), trainers];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let parts = calendar.parts.get(&session.id).map_or(&[][..], Vec::as_slice);
    // That it is held in their unit says nothing of why somebody should be there.
    let tags = parts.iter().filter(|part| **part != Part::Unit);
    let tags = tags.map(|part| view! { " "<span class="tag good">{choices::part(l, *part)}</span> }).collect::<Vec<_>>();
    let sent = calendar.sent.get(&run.id).filter(|_| parts.contains(&Part::Organisation));
    let sent = sent.map(|names| view! { <p class="meta">{say::sent(l, &names.join(", "))}</p> });
    let class = if reason.is_some() { "slot off" } else { "slot" };
    let reason = reason.map(|reason| view! { <p class="bad">{say::cancelled_because(l, reason)}</p> });
    view! {
        <article class=class>
            <p><span class="num">{time}</span>{tags}</p>
            <p class="what"><a href=format!("/runs/{}", run.id)>{title(l, run)}</a></p>
            <p class="meta">{facts}</p>
            {sent}
            {reason}
        </article>
    }
}
