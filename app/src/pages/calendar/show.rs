//! The public calendar.

use axum::response::Response;
use chrono::{Days, NaiveDate};
use domain::accounts::Language;
use domain::calendar::{View, monday_of};
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;
use operations::calendar::{self, Calendar};

use super::asked::Asked;
use super::bar::bar;
use super::entries::{Entry, entries, line};
use super::feeds::subscribe;
use super::filters::filters;
use super::month::month;
use super::slots::week;
use crate::components::EmptyState;
use crate::copies::shared;
use crate::page::Page;
use crate::wording::{calendar as say, interests};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let asked = Asked::read(&form, context.office.today());
    // Only an address in its one spelling is worth a copy.
    if asked.path() == context.path {
        shared(&context, async || page(&context, &asked).await).await
    } else {
        Ok(axum::response::IntoResponse::into_response(page(&context, &asked).await?))
    }
}

async fn page<'c>(context: &'c Context, asked: &Asked) -> Result<Page<'c>, Problem> {
    let (l, today) = (context.language, context.office.today());
    let calendar = calendar::public(&context.office, &asked.filter()).await?;
    let choices = calendar::choices(&context.office).await?;
    // Where there is nothing, it is said where there is something.
    let next = if calendar.runs.is_empty() { calendar::next(&context.office, &asked.filter()).await? } else { None };
    let title = format!("{} · {}", say::title(l), say::span_name(l, &asked.span));
    let page = context.page(title, || {
        let content = match (calendar.runs.is_empty(), asked.span.view()) {
            (true, _) => nothing(context, next, asked).into_any(),
            (false, View::Month) => month(l, &calendar, asked).into_any(),
            (false, View::Week) => week(l, &calendar, asked).into_any(),
            (false, View::Agenda) => list(l, &entries(&calendar), today).into_any(),
        };
        view! {
            {lead(l, &calendar, asked)}
            {bar(context, asked)}
            {filters(l, &choices, asked)}
            {content}
            {subscribe(context, &asked.feed())}
        }
    });
    Ok(if asked.span.view() == View::Agenda { page } else { page.wide() })
}

/// How many classes there are, and how many seats they have left.
fn lead(l: Language, calendar: &Calendar, asked: &Asked) -> Option<impl IntoView + use<>> {
    let held = calendar.runs.iter().filter(|run| run.cancelled_at.is_none());
    let (count, left) = held.fold((0, 0), |(count, left), run| {
        let open = if run.enrolment_deadline >= asked.today { (run.capacity - run.taken).max(0) } else { 0 };
        (count + 1, left + open)
    });
    let sentence = if asked.span.view() == View::Week { say::lead_week(l, count, left) } else { say::lead(l, count, left) };
    (count > 0).then(|| view! { <p class="lead">{sentence}</p> })
}

/// The runs of a month, week by week.
fn list(l: Language, entries: &[Entry<'_>], today: NaiveDate) -> impl IntoView + use<> {
    entries
        .chunk_by(|one, next| monday_of(one.day) == monday_of(next.day))
        .filter_map(|week| {
            let from = monday_of(week.first()?.day);
            let lines = week.iter().map(|entry| line(l, entry, today)).collect_view();
            let heading = say::week(l, say::short_day(from), say::short_day(from + Days::new(6)));
            Some(view! { <section><h2>{heading}</h2>{lines}</section> })
        })
        .collect_view()
}

fn nothing(context: &Context, next: Option<NaiveDate>, asked: &Asked) -> impl IntoView + use<> {
    let l = context.language;
    // Who speaks for an organisation can say what it would like, and be invited when a class is planned.
    let may_ask = context.visitor().is_some_and(|actor| may_somewhere(actor, Action::NoteInterest));
    let ask = may_ask.then(|| view! { <a class="button quiet" href="/interests">{interests::at_calendar(l)}</a> });
    let narrow = asked.is_narrow();
    let (title, advice) = match (narrow, asked.span.view()) {
        (true, _) => (say::nothing_narrow(l), say::nothing_narrow_advice(l)),
        (false, View::Week) => (say::nothing_week(l), say::nothing_advice(l)),
        (false, _) => (say::nothing(l), say::nothing_advice(l)),
    };
    let wider = narrow.then(|| view! { <a class="button quiet" href=asked.widened().path()>{say::all_of_span(l)}</a> });
    let next = next.map(|day| {
        let there = asked.around(day);
        let name = say::to_next(l, say::span_name(l, &there.span));
        view! { <a class="button" href=there.path()>{name}</a> }
    });
    view! { <EmptyState title=title advice=advice><p class="actions">{next}{wider}{ask}</p></EmptyState> }
}
