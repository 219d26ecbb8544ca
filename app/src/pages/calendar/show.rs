//! The public calendar.

use axum::response::Response;
use chrono::{Datelike as _, Days, NaiveDate};
use domain::accounts::Language;
use domain::courses::{Addressee, Topic};
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;
use operations::runs::{self, Calendar};

use super::asked::Asked;
use super::entries::{Entry, entries, line};
use super::grid::grid;
use crate::components::{EmptyState, SelectField, TextField};
use crate::copies::shared;
use crate::page::Page;
use crate::wording::{calendar as say, choices, interests};
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
    let calendar = runs::calendar(&context.office, &asked.filter()).await?;
    let held = calendar.runs.iter().filter(|run| run.cancelled_at.is_none());
    let (count, left) = held.fold((0, 0), |(count, left), run| {
        let open = if run.enrolment_deadline >= today { (run.capacity - run.taken).max(0) } else { 0 };
        (count + 1, left + open)
    });
    let title = format!("{} · {}", say::title(l), say::month_name(l, asked.month));
    let page = context.page(title, || {
        let content = match (calendar.runs.is_empty(), asked.as_grid) {
            (true, _) => nothing(context, &calendar, asked).into_any(),
            (false, true) => grid(l, &calendar, asked.month, today).into_any(),
            (false, false) => list(l, &entries(&calendar), today).into_any(),
        };
        view! {
            {(count > 0).then(|| view! { <p class="lead">{say::lead(l, count, left)}</p> })}
            {months(l, asked)}
            {filters(l, &calendar, asked)}
            {content}
            <p><a href=asked.feed()>{say::subscribe(l)}</a></p>
        }
    });
    Ok(if asked.as_grid { page.wide() } else { page })
}

fn months(l: Language, asked: &Asked) -> impl IntoView + use<> {
    let (before, after) = (asked.other_month(-1), asked.other_month(1));
    let view = |as_grid: bool, name: &'static str| {
        let current = (asked.as_grid == as_grid).then_some("true");
        view! { <a class="chip" href=Asked { as_grid, ..*asked }.path() aria-current=current>{name}</a> }
    };
    view! {
        <div class="months">
            <nav class="chips" aria-label=say::months(l)>
                <a class="chip" rel="prev" href=before.path() aria-label=say::previous(l)>"← "{say::month_name(l, before.month)}</a>
                <a class="chip" rel="next" href=after.path() aria-label=say::next(l)>{say::month_name(l, after.month)}" →"</a>
            </nav>
            <nav class="chips" aria-label=say::views(l)>{view(false, say::as_list(l))}{view(true, say::as_grid(l))}</nav>
        </div>
    }
}

fn filters(l: Language, calendar: &Calendar, asked: &Asked) -> impl IntoView + use<> {
    let word = |word: Option<String>| word.unwrap_or_default();
    let form = Form::filled([
        ("month", asked.month_word()),
        ("topic", word(asked.topic.map(|topic| topic.to_string()))),
        ("unit", word(asked.unit.map(|unit| unit.to_string()))),
        ("audience", word(asked.audience.map(|audience| audience.to_string()))),
    ]);
    let topics = Topic::ALL.iter().map(|topic| (topic.to_string(), choices::topic(l, *topic).to_owned())).collect();
    let units = calendar.units.iter().map(|(id, kind, name)| (id.to_string(), format!("{kind} {name}"))).collect();
    let audiences = Addressee::ALL.iter().map(|a| (a.to_string(), choices::addressee(l, *a).to_owned())).collect();
    let grid = asked.as_grid.then(|| view! { <input type="hidden" name="view" value="grid"/> });
    let unit_name = asked.unit.and_then(|unit| calendar.units.iter().find(|(id, ..)| *id == unit));
    let chosen = [
        asked.topic.map(|topic| (choices::topic(l, topic).to_owned(), Asked { topic: None, ..*asked })),
        asked.audience.map(|audience| (choices::addressee(l, audience).to_owned(), Asked { audience: None, ..*asked })),
        asked.unit.map(|_| {
            let name = unit_name.map_or_else(|| say::unit(l).to_owned(), |(_, kind, name)| format!("{kind} {name}"));
            (name, Asked { unit: None, ..*asked })
        }),
    ];
    let chips = chosen.into_iter().flatten().map(|(name, without)| {
        let label = format!("{}: {name}", say::drop_filter(l));
        view! { <a class="chip chosen" href=without.path() aria-label=label>{name}" ✕"</a> }
    });
    let chips = asked.is_narrow().then(|| view! { <p class="chips" aria-label=say::narrowed(l)>{chips.collect_view()}</p> });
    view! {
        <details class="narrow" open=asked.is_narrow()>
            <summary>{say::filters(l)}</summary>
            <form class="filters" method="get" action="/calendar">
                <TextField language=l form=&form name="month" label=say::month(l) kind="month"/>
                <SelectField language=l form=&form name="topic" label=say::topic(l) choices=topics empty=say::any_topic(l).to_owned()/>
                <SelectField language=l form=&form name="unit" label=say::unit(l) choices=units empty=say::any_unit(l).to_owned()/>
                <SelectField language=l form=&form name="audience" label=say::audience(l) choices=audiences
                    empty=say::any_audience(l).to_owned()/>
                {grid}
                <button class="quiet">{say::apply(l)}</button>
            </form>
        </details>
        {chips}
    }
}

/// The runs of a month, week by week.
fn list(l: Language, entries: &[Entry<'_>], today: NaiveDate) -> impl IntoView + use<> {
    let monday = |day: NaiveDate| day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    entries
        .chunk_by(|one, next| monday(one.day) == monday(next.day))
        .filter_map(|week| {
            let from = monday(week.first()?.day);
            let short = |day: NaiveDate| format!("{}/{}", day.day(), day.month());
            let lines = week.iter().map(|entry| line(l, entry, today)).collect_view();
            Some(view! { <section><h2>{say::week(l, short(from), short(from + Days::new(6)))}</h2>{lines}</section> })
        })
        .collect_view()
}

fn nothing(context: &Context, calendar: &Calendar, asked: &Asked) -> impl IntoView + use<> {
    let l = context.language;
    // Who speaks for an organisation can say what it would like, and be invited when a class is planned.
    let may_ask = context.visitor().is_some_and(|actor| may_somewhere(actor, Action::NoteInterest));
    let ask = may_ask.then(|| view! { <a class="button quiet" href="/interests">{interests::at_calendar(l)}</a> });
    let narrow = asked.is_narrow();
    let (title, advice) =
        if narrow { (say::nothing_narrow(l), say::nothing_narrow_advice(l)) } else { (say::nothing(l), say::nothing_advice(l)) };
    let wider = narrow.then(|| view! { <a class="button quiet" href=asked.widened().path()>{say::all_of_month(l)}</a> });
    let next = calendar.next.map(|day| {
        let name = say::to_next(l, say::month_name(l, day));
        view! { <a class="button" href=asked.of_month(day).path()>{name}</a> }
    });
    view! { <EmptyState title=title advice=advice><p class="actions">{next}{wider}{ask}</p></EmptyState> }
}
