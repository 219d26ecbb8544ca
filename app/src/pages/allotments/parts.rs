//! The parts of the table's page: its numbers, its lines, and what adds to them.

use domain::accounts::Language;
use domain::allotments as rules;
use domain::enrolments::Holder;
use domain::ids::RunId;
use domain::time::{local_day, parse_day, show_day};
use leptos::prelude::*;
use operations::allotments::{Proposal, Table};

use super::table::Row;
use super::{inputs, write_holder};
use crate::Form;
use crate::components::{EmptyState, Notice, SelectField, TextArea, TextField};
use crate::wording::allotments as say;

pub(super) fn numbers(l: Language, known: &Table) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <dt>{say::capacity(l)}</dt><dd>{known.run.capacity}</dd>
            <dt>{say::taken(l)}</dt><dd>{known.run.taken}</dd>
            <dt>{say::promised(l)}</dt><dd>{known.promised}</dd>
            <dt>{say::offered(l)}</dt><dd>{known.offered}</dd>
            <dt>{say::free(l)}</dt><dd>{known.free}</dd>
        </dl>
    }
}

pub(super) fn sum(l: Language, proposal: &Proposal) -> impl IntoView + use<> {
    let (sum, seats) = (proposal.sum, proposal.seats);
    if sum > seats {
        view! { <p class="notice bad" role="status">{say::sum_above(l, sum, seats)}</p> }.into_any()
    } else {
        view! { <Notice text=say::sum(l, sum, seats)/> }.into_any()
    }
}

pub(super) fn lines(l: Language, known: &Table, rows: &[Row], form: &Form) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=say::nothing(l) advice=say::nothing_advice(l)>""</EmptyState> }.into_any();
    }
    let is_open = known.closed.is_none();
    let shown = rows.iter().enumerate().map(|(n, row)| line(l, known, n, row, form, is_open)).collect_view();
    let saving = is_open.then(|| {
        view! {
            <p class="hint">{say::save_hint(l)}</p>
            <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
            <p class="actions"><button>{say::save(l)}</button></p>
        }
    });
    view! {
        <form method="post" action=format!("/runs/{}/allotments", known.run.id)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::holder(l)}</th><th scope="col">{say::seats(l)}</th>
                    <th scope="col">{say::until(l)}</th><th scope="col" class="n">{say::named(l)}</th>
                    <th scope="col"><span class="hidden">{say::divided(l)}</span></th>
                </tr></thead>
                <tbody>{shown}</tbody>
            </table>
            {saving}
        </form>
    }
    .into_any()
}

fn line(l: Language, known: &Table, n: usize, row: &Row, form: &Form, is_open: bool) -> impl IntoView + use<> {
    let name = |field: &str| format!("lines.{n}.{field}");
    let holder = write_holder(row.holder);
    let places = row.known.as_ref().map_or(0, |line| line.places);
    let has = (places > 0).then(|| view! { <small class="hint">{say::has(l, places)}</small> });
    let tag = row.is_proposed.then(|| view! { " "<span class="tag">{say::proposed(l)}</span> });
    let seen = row.known.as_ref().map(|line| inputs::hidden(name("seen"), &line.allotment.version.to_string()));
    let below = row.known.as_ref().map(|line| {
        let of_unit = known.shares.iter().filter(|share| share.allotment.parent_id == Some(line.allotment.id));
        let of_unit = of_unit.map(|share| {
            let text = format!("{}: {} ({})", share.allotment.holder_name(), share.allotment.seats, share.allotment.named);
            view! { <li>{text}</li> }
        });
        let of_unit = of_unit.collect_view();
        view! { <ul class="hint">{of_unit}</ul> }
    });
    let below = below.filter(|_| matches!(row.holder, Holder::Unit(_)));
    let deeds = row.known.as_ref().map(|line| {
        let id = line.allotment.id;
        let divide = matches!(row.holder, Holder::Unit(_)).then(|| {
            view! { <a href=format!("/allotments/{id}") aria-label=say::divided_of(l, &row.name)>{say::divided(l)}</a>" " }
        });
        let end = is_open.then(|| {
            view! { <a href=format!("/allotments/{id}/end") aria-label=say::end_of(l, &row.name)>{say::end(l)}</a> }
        });
        view! { {divide}{end} }
    });
    let (seats, until) = if is_open {
        let seats = inputs::seats(l, form, &name("seats"), say::seats_of(l, &row.name)).into_any();
        (seats, inputs::day(l, form, &name("until"), say::until_of(l, &row.name)).into_any())
    } else {
        let day = parse_day(form.get(&name("until"))).map(show_day).unwrap_or_default();
        (form.get(&name("seats")).to_owned().into_any(), day.into_any())
    };
    view! {
        <tr>
            <th scope="row">
                {row.name.clone()}{tag}{has}{below}
                {inputs::hidden(name("holder"), &holder)}{seen}
            </th>
            <td data-label=say::seats(l)>{seats}</td>
            <td data-label=say::until(l)>{until}</td>
            <td class="n" data-label=say::named(l)>{row.known.as_ref().map(|line| line.gone)}</td>
            <td class="deeds">{deeds}</td>
        </tr>
    }
}

pub(super) fn by_rule(l: Language, known: &Table, form: &Form) -> impl IntoView + use<> {
    let mut form = form.clone();
    if !form.has("rule") {
        form.set("seats", "1");
        form.set("until", known.run.enrolment_deadline.to_string());
    }
    view! {
        <section>
            <h2>{say::rule_title(l)}</h2>
            <form class="filters" method="get" action=format!("/runs/{}/allotments", known.run.id)>
                <SelectField language=l form=&form name="rule" label=say::rule(l) choices=say::rules(l)/>
                <TextField language=l form=&form name="seats" label=say::rule_seats(l) kind="number" hint=say::rule_seats_hint(l)/>
                <TextField language=l form=&form name="until" label=say::until(l) kind="date"/>
                <button class="quiet">{say::propose(l)}</button>
            </form>
            <p class="hint">{say::propose_hint(l)}</p>
        </section>
    }
}

pub(super) fn adding(
    l: Language,
    run: RunId,
    form: &Form,
    found: Option<Vec<(Holder, String, String)>>,
) -> impl IntoView + use<> {
    let results = found.map(|found| {
        if found.is_empty() {
            return view! { <p>{say::none_found(l)}</p> }.into_any();
        }
        let items = found.into_iter().map(|(holder, name, unit)| {
            let address = format!("/runs/{run}/allotments?add={}", write_holder(holder));
            view! { <li class="person"><a href=address>{name}</a><small>{unit}</small></li> }
        });
        let items = items.collect_view();
        view! { <ul class="people">{items}</ul> }.into_any()
    });
    view! {
        <section>
            <h2>{say::add_title(l)}</h2>
            <form class="filters" method="get" action=format!("/runs/{run}/allotments")>
                <div class="field">
                    <label for="f-q">{say::search(l)}</label>
                    <input id="f-q" name="q" type="search" value=form.get("q").to_owned()/>
                </div>
                <button class="quiet">{say::find(l)}</button>
            </form>
            {results}
        </section>
    }
}

pub(super) fn limiting(l: Language, known: &Table, form: &Form) -> impl IntoView + use<> {
    let mut form = form.clone();
    if !form.has("limit") {
        form.set("limit", known.run.organisation_limit.map(|limit| limit.to_string()).unwrap_or_default());
    }
    view! {
        <section>
            <h2>{say::limit_title(l)}</h2>
            <form method="post" action=format!("/runs/{}/allotments/limit", known.run.id)>
                <TextField language=l form=&form name="limit" label=say::limit(l) kind="number" hint=say::limit_hint(l)/>
                <button class="quiet">{say::save_limit(l)}</button>
            </form>
        </section>
    }
}

pub(super) fn ended(l: Language, known: &Table) -> Option<impl IntoView + use<>> {
    if known.ended.is_empty() {
        return None;
    }
    let rows = known.ended.iter().map(|one| {
        let how = say::ending(l, one.ended_how.unwrap_or(rules::Ending::Expired));
        let day = one.ended_at.map_or(one.until_day, local_day);
        view! {
            <tr>
                <th scope="row">{one.holder_name()}</th>
                <td class="n" data-label=say::seats(l)>{one.seats}</td>
                <td class="n" data-label=say::named(l)>{one.named}</td>
                <td>{how}" · "{show_day(day)}</td>
                <td class="lines">{one.end_reason.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <section><h2>{say::ended_title(l)}</h2><table class="rows"><tbody>{rows}</tbody></table></section> })
}
