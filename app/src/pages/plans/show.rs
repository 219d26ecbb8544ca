//! `GET /plans/{year}`: the plan of a year, planned beside delivered; it prints on A4 across.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::plans::Delivered;
use leptos::prelude::*;
use operations::plans::{self, Line, Plan};

use super::{address, money, picture};
use crate::components::{EmptyState, Meter, Notice};
use crate::wording::plans as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(year): Path<i64>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let plan = plans::plan(&context.office, context.actor()?, year).await?;
    let done = match form.get("done") {
        "added" => Some(say::done_added(l).to_owned()),
        "removed" => Some(say::done_removed(l).to_owned()),
        "imported" => Some(say::imported(l, &count(&form, "new"), &count(&form, "changed"), &count(&form, "known"))),
        _ => None,
    };
    let page = context.page(say::of_year(l, year), || {
        let notice = done.map(|text| view! { <Notice text=text/> });
        let by =
            (!plan.year.plan_number.is_empty()).then(|| view! { <p class="lead">{say::by_plan(l, &plan.year.plan_number)}</p> });
        let content = if plan.lines.is_empty() {
            let advice = if plan.may_keep { say::nothing_advice(l) } else { say::nothing_theirs(l) };
            let links = deeds(l, &plan);
            view! { <EmptyState title=say::nothing(l) advice=advice>{links}</EmptyState> }.into_any()
        } else {
            view! {
                {tiles(l, &plan).into_any()}
                {deeds(l, &plan)}
                {picture::by_quarter(l, &plan).into_any()}
                {table(l, &plan).into_any()}
                <p class="meta">{say::what_counts(l)}</p>
            }
            .into_any()
        };
        view! { {notice}{by}{content} }
    });
    Ok(page.crumb("/plans", say::title(l)).wide().into_response())
}

/// A number that the address carries, and nothing else.
fn count(form: &Form, name: &str) -> String {
    form.get(name).parse::<u32>().unwrap_or(0).to_string()
}

fn tiles(l: Language, plan: &Plan) -> impl IntoView + use<> {
    let (sum, done) = (plan.total, plan.total.delivered);
    let of = |delivered: i64, planned: i64, words: &'static str| {
        view! {
            <div class="tile">
                <strong>{say::of_planned(l, delivered, planned)}</strong><Meter value=delivered of=planned/><span>{words}</span>
            </div>
        }
    };
    view! {
        <div class="tiles">
            {of(done.held, sum.runs, say::classes_held(l))}
            {of(done.participants, sum.participants, say::people_took_part(l))}
            <div class="tile"><strong>{done.completed}</strong><span>{say::people_completed(l)}</span></div>
            <div class="tile"><strong class="money">{money(l, sum.budget)}</strong><span>{say::money_planned(l)}</span></div>
        </div>
    }
}

fn deeds(l: Language, plan: &Plan) -> impl IntoView + use<> {
    let year = plan.year.year;
    let keep = plan.may_keep.then(|| {
        view! {
            <a class="button" href=format!("/plans/{year}/new")>{say::new_line(l)}</a>
            <a class="button quiet" href=format!("/plans/{year}/spreadsheet")>{say::from_excel(l)}</a>
        }
    });
    let export = (!plan.lines.is_empty())
        .then(|| view! { <a class="button quiet" href=format!("/plans/{year}/plan.xlsx")>{say::to_excel(l)}</a> });
    view! { <p class="actions">{keep}{export}</p> }
}

fn table(l: Language, plan: &Plan) -> impl IntoView + use<> {
    let rows = plan.lines.iter().map(|(line, delivered)| row(l, plan, line, *delivered).into_any()).collect_view();
    let (sum, done) = (plan.total, plan.total.delivered);
    let make = plan.may_plan.then(|| view! { <td class="no-print"></td> });
    let make_total = plan.may_plan.then(|| view! { <td class="no-print"></td> });
    view! {
        <h2>{say::all_lines(l)}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=say::all_lines(l)>
            <table class="rows across">
                <thead><tr>
                    <th scope="col">{say::course(l)}</th><th scope="col">{say::quarter(l)}</th><th scope="col">{say::place(l)}</th>
                    <th scope="col" class="n">{say::held_of_planned(l)}</th>
                    <th scope="col" class="n">{say::took_part_of_planned(l)}</th>
                    <th scope="col" class="n">{say::completed(l)}</th><th scope="col" class="n">{say::budget(l)}</th>
                    <th scope="col">{say::note(l)}</th>{make}
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr>
                    <th scope="row">{say::total(l)}</th><td></td><td></td>
                    <td class="n" data-label=say::held_of_planned(l)>{say::of_planned(l, done.held, sum.runs)}</td>
                    <td class="n" data-label=say::took_part_of_planned(l)>{say::of_planned(l, done.participants, sum.participants)}</td>
                    <td class="n" data-label=say::completed(l)>{done.completed}</td>
                    <td class="n" data-label=say::budget(l)>{money(l, sum.budget)}</td><td></td>{make_total}
                </tr></tfoot>
            </table>
        </div>
    }
}

fn row(l: Language, plan: &Plan, line: &Line, done: Delivered) -> impl IntoView + use<> {
    let code = line.code();
    let make = plan.may_plan.then(|| {
        let label = say::make_class_from(l, &code);
        view! { <td class="no-print"><a href=format!("/runs/new?line={}", line.id) aria-label=label>{say::make_class(l)}</a></td> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/plans/lines/{}", line.id)>{format!("{code} · {}", line.title(l))}</a>
                <small class="hint">{say::plan_audience(l, line.audience)}</small>
            </th>
            <td data-label=say::quarter(l)>{say::roman(line.quarter)}</td>
            <td>{whereabouts(l, line)}</td>
            <td class="n" data-label=say::held_of_planned(l)>
                {say::of_planned(l, done.held, line.planned_runs)}" "<Meter value=done.held of=line.planned_runs/>
            </td>
            <td class="n" data-label=say::took_part_of_planned(l)>
                {say::of_planned(l, done.participants, line.planned_participants)}" "
                <Meter value=done.participants of=line.planned_participants/>
            </td>
            <td class="n" data-label=say::completed(l)>{done.completed}</td>
            <td class="n" data-label=say::budget(l)>{money(l, line.budget)}</td>
            <td class="lines">{line.note.clone()}</td>
            {make}
        </tr>
    }
}

/// The unit of a line, and the place in it.
pub(super) fn whereabouts(l: Language, line: &Line) -> String {
    let unit = line.unit_title().unwrap_or_else(|| say::whole_province(l).to_owned());
    if line.place.is_empty() { unit } else { format!("{}, {unit}", line.place) }
}

/// The crumbs of a page below a plan.
pub(super) fn below<'c>(page: crate::page::Page<'c>, l: Language, year: i64) -> crate::page::Page<'c> {
    page.crumb("/plans", say::title(l)).crumb(address(year), say::of_year(l, year))
}
