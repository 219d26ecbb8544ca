//! `/lists`: the lists that somebody may see, those that wait for an answer first.

use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDate;
use domain::accounts::Language;
use domain::lists::ListState;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::lists::{self, ForwardingList, Lists};

use super::{address, name, state_tag};
use crate::components::{EmptyState, SelectField};
use crate::pages::registrations::stages;
use crate::wording::lists as say;
use crate::{Context, Form, Problem};

/// As many as the operation gives.
const MOST: usize = 500;

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let (l, actor, today) = (context.language, context.actor()?, context.office.today());
    // A year that cannot be read filters nothing: the field shows that.
    let year = form.get("year").parse().ok();
    let Lists { lists, years, answers, composes } = lists::list(&context.office, actor, year).await?;
    let page = context.page(say::title(l), || {
        let begin = move || composes.then(|| view! { <a class="button" href="/lists/new">{say::begin(l)}</a> });
        let content = if lists.is_empty() && year.is_some() {
            view! { <EmptyState title=say::none_match(l) advice=say::none_match_advice(l)>{begin()}</EmptyState> }.into_any()
        } else if lists.is_empty() {
            let advice = if composes { say::none_advice_unit(l) } else { say::none_advice_reader(l) };
            view! { <EmptyState title=say::none(l) advice=advice>{begin()}</EmptyState> }.into_any()
        } else {
            let more = (lists.len() >= MOST).then(|| view! { <p class="hint">{say::has_more(l)}</p> });
            view! { {table(l, &lists, today)}{more}<p class="actions">{begin()}</p> }.into_any()
        };
        let lead = if answers { say::lead_province(l) } else { say::lead_unit(l) };
        view! { {stages(l, actor, "/lists")}<p class="lead">{lead}</p>{filters(l, &form, &years)}{content} }
    });
    Ok(page.wide().into_response())
}

fn filters(l: Language, form: &Form, years: &[i64]) -> Option<impl IntoView + use<>> {
    let choices = years.iter().map(|year| (year.to_string(), year.to_string())).collect();
    (years.len() > 1).then(|| {
        view! {
            <form class="filters" method="get" action="/lists">
                <SelectField language=l form=form name="year" label=say::year(l) choices=choices empty=say::all_years(l).to_owned()/>
                <button class="quiet">{say::filter(l)}</button>
            </form>
        }
    })
}

fn table(l: Language, lists: &[ForwardingList], today: NaiveDate) -> impl IntoView + use<> {
    let rows = lists.iter().map(|list| row(l, list, today)).collect_view();
    view! {
        <div class="scroll" role="region" aria-label=say::title(l) tabindex="0"><table class="rows">
            <thead><tr>
                <th scope="col">{say::list(l)}</th><th scope="col">{say::unit(l)}</th><th scope="col">{say::year(l)}</th>
                <th scope="col" class="n">{say::forms(l)}</th><th scope="col">{say::state(l)}</th><th scope="col">{say::forwarded_on(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

fn row(l: Language, list: &ForwardingList, today: NaiveDate) -> impl IntoView + use<> {
    let begun = list.number.is_none().then(|| {
        let day = say::begun(l, &show_day(local_day(list.created_at)));
        view! { <p class="meta">{day}</p> }
    });
    let forwarded = list.forwarded_at.map(local_day);
    let age = forwarded.filter(|_| list.state() == ListState::Waiting).map(|day| age(l, day, today));
    view! {
        <tr>
            <th scope="row"><a href=address(list.id)>{name(l, list)}</a>{begun}</th>
            <td>{list.unit_title()}</td>
            <td>{list.year}</td>
            <td class="n" data-label=say::forms(l)>{list.forms}</td>
            <td>{state_tag(l, list.state())}" "{age}</td>
            <td data-label=say::forwarded_on(l)>{forwarded.map(show_day)}</td>
        </tr>
    }
}

/// How long a list has been waiting.
pub(super) fn age(l: Language, since: NaiveDate, today: NaiveDate) -> String {
    match (today - since).num_days() {
        days if days > 0 => say::waits_days(l, days),
        _ => say::waits_today(l).to_owned(),
    }
}
