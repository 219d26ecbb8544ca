//! What a trainer is to teach, and what they gave: by class and session by session.

use std::collections::BTreeMap;

use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::{local_time, show_day, show_time};
use leptos::prelude::*;
use operations::trainers::{Sum, Taught, TrainerView, sums};

use super::class;
use crate::wording::{choices, trainers as say};

/// The most sessions that are shown one by one.
const SHOWN: usize = 100;

fn when(l: Language, taught: &Taught) -> String {
    format!("{} · {}", show_day(taught.day), choices::half_day(l, taught.half_day))
}

pub(super) fn ahead(l: Language, shown: &TrainerView) -> AnyView {
    if shown.ahead.is_empty() {
        return view! { <p class="soft">{say::no_ahead(l)}</p> }.into_any();
    }
    let rows = shown.ahead.iter().map(|session| {
        let times = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
        let away = shown.is_away(session.day).then(|| view! { " "<span class="tag warn">{say::away(l)}</span> });
        view! {
            <tr>
                <th scope="row">{when(l, session)}{away}</th><td>{times}</td>
                <td><a href=format!("/runs/{}", session.run_id)>{class(l, session)}</a></td>
                <td>{format!("{} {}", session.unit_kind, session.unit_name)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::ahead(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::day(l)}</th><th scope="col">{say::time(l)}</th>
                        <th scope="col">{say::class(l)}</th><th scope="col">{say::unit(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub(super) fn taught(l: Language, shown: &TrainerView, sees_teaching: bool) -> AnyView {
    if shown.taught.is_empty() {
        return view! { <p class="soft">{say::no_taught(l)}</p> }.into_any();
    }
    let by_run: BTreeMap<RunId, Sum> = sums(&shown.taught, |taught| taught.run_id);
    let mut seen: Vec<RunId> = Vec::new();
    let runs = shown.taught.iter().filter(|taught| {
        let is_new = !seen.contains(&taught.run_id);
        seen.extend(is_new.then_some(taught.run_id));
        is_new
    });
    let rows: Vec<_> = runs.map(|taught| run(l, taught, by_run.get(&taught.run_id).copied().unwrap_or_default())).collect();
    let has_planned = shown.taught.iter().any(|taught| taught.recorded.is_none());
    let explained = has_planned.then(|| view! { <p class="hint">{say::planned_explained(l)}</p> });
    let sessions = shown.taught.iter().take(SHOWN).map(|taught| session(l, taught, sees_teaching)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::taught_runs(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::class(l)}</th><th scope="col" class="n">{say::sessions(l)}</th>
                        <th scope="col" class="n">{say::recorded(l)}</th><th scope="col" class="n">{say::planned(l)}</th>
                        <th scope="col" class="n">{say::total(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {explained}
        <details class="fold">
            <summary>{say::taught_sessions(l, shown.taught.len())}</summary>
            <div class="scroll"><table class="rows"><tbody>{sessions}</tbody></table></div>
        </details>
    }
    .into_any()
}

fn run(l: Language, taught: &Taught, sum: Sum) -> impl IntoView + use<> {
    let label = |name: &str| format!("{name}:");
    view! {
        <tr>
            <th scope="row"><a href=format!("/runs/{}", taught.run_id)>{class(l, taught)}</a></th>
            <td class="n" data-label=label(say::sessions(l))>{sum.sessions}</td>
            <td class="n" data-label=label(say::recorded(l))>{say::hours(l, sum.recorded)}</td>
            <td class="n" data-label=label(say::planned(l))>{say::hours(l, sum.planned)}</td>
            <td class="n" data-label=label(say::total(l))>{say::hours(l, sum.minutes())}</td>
        </tr>
    }
}

fn session(l: Language, taught: &Taught, sees_teaching: bool) -> impl IntoView + use<> {
    let planned = taught.recorded.is_none().then(|| view! { " "<span class="tag">{say::is_planned(l)}</span> });
    let teaching = sees_teaching
        .then(|| view! { <td><a href=format!("/sessions/{}/teaching", taught.session_id)>{say::teaching(l)}</a></td> });
    view! {
        <tr>
            <th scope="row">{when(l, taught)}</th><td>{class(l, taught)}</td>
            <td class="n">{say::hours(l, taught.minutes())}{planned}</td>{teaching}
        </tr>
    }
}
