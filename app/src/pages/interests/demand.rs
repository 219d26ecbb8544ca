//! `GET /demand`: what organisations would like, by course and by unit, and who is behind each number.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{CourseId, UnitId};
use leptos::prelude::*;
use operations::interests::{self, Asked, CourseDemand, Demand, Interest, UnitDemand};

use super::list::tag;
use super::{heat, months};
use crate::components::{EmptyState, SelectField};
use crate::wording::{interests as say, shell};
use crate::{Context, Form, Problem};

/// What the address asks for; what is no identifier leads nowhere.
pub(super) fn asked(form: &Form) -> Result<Asked, Problem> {
    let course = match form.get("course") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::NotFound)?),
    };
    let unit = match form.get("unit") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::NotFound)?),
    };
    Ok(Asked { course, unit })
}

/// The query of an address that asks for a part of the demand.
fn query(asked: Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(course) = asked.course {
        query.append_pair("course", &course.to_string());
    }
    if let Some(unit) = asked.unit {
        query.append_pair("unit", &unit.to_string());
    }
    query.finish()
}

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let asked = asked(&form)?;
    let demand = interests::demand(&context.office, actor, asked).await?;
    let page = context.page(say::demand(l), || {
        let content = if demand.wishes.is_empty() {
            view! { <EmptyState title=say::nothing(l) advice=say::nothing_advice(l)>""</EmptyState> }.into_any()
        } else {
            view! {
                {tiles(l, &demand)}
                <p class="actions">
                    <a class="button quiet" href=format!("/demand.xlsx?{}", query(asked))>{say::to_excel(l)}</a>
                </p>
                {by_course(l, &demand, asked)}
                {by_unit(l, &demand, asked)}
                {organisations(l, &demand, asked)}
            }
            .into_any()
        };
        view! {
            <p class="lead">{say::demand_lead(l)}</p>
            {filters(l, &demand, asked)}
            {content}
            <p class="meta">{say::what_is_met(l)}</p>
        }
    });
    let page = if crate::pages::manage::has_anything(actor) { page.crumb("/manage", shell::manage(l)) } else { page };
    Ok(page.wide().into_response())
}

fn filters(l: Language, demand: &Demand, asked: Asked) -> impl IntoView + use<> {
    let word = |id: Option<String>| id.unwrap_or_default();
    let form = Form::filled([
        ("course", word(asked.course.map(|course| course.to_string()))),
        ("unit", word(asked.unit.map(|unit| unit.to_string()))),
    ]);
    let title = |titles: &[String; 2]| titles[usize::from(l == Language::English)].clone();
    let courses = demand
        .courses_to_choose
        .iter()
        .map(|(id, code, titles)| (id.to_string(), format!("{code} · {}", title(titles))))
        .collect();
    let units = demand.units_to_choose.iter().map(|(id, title)| (id.to_string(), title.clone())).collect();
    view! {
        <form class="filters" method="get" action="/demand">
            <SelectField language=l form=&form name="course" label=say::course(l) choices=courses empty=say::any_course(l).to_owned()/>
            <SelectField language=l form=&form name="unit" label=say::unit(l) choices=units empty=say::any_unit(l).to_owned()/>
            <button class="quiet">{say::narrow(l)}</button>
        </form>
    }
}

fn tiles(l: Language, demand: &Demand) -> impl IntoView + use<> {
    let tile = |number: i64, words: &'static str| {
        view! { <div class="tile"><strong>{number}</strong><span>{words}</span></div> }
    };
    view! {
        <div class="tiles">
            {tile(demand.total.people, say::open_people(l))}
            {tile(demand.total.organisations, say::open_organisations(l))}
            {tile(demand.total.met, say::met_organisations(l))}
        </div>
    }
}

fn by_course(l: Language, demand: &Demand, asked: Asked) -> impl IntoView + use<> {
    let rows = demand.courses.iter().map(|course| course_row(l, demand, course, asked)).collect_view();
    let make = demand.may_plan.then(|| view! { <td class="no-print"></td> });
    view! {
        <h2>{say::by_course(l)}</h2>
        <p class="meta">{say::months_caption(l)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=say::by_course(l)>
            <table class="rows across">
                <thead><tr>
                    <th scope="col">{say::course(l)}</th><th scope="col" class="n">{say::people_head(l)}</th>
                    <th scope="col" class="n">{say::organisations(l)}</th><th scope="col">{say::months(l)}</th>
                    <th scope="col" class="n">{say::any_month(l)}</th><th scope="col" class="n">{say::met(l)}</th>{make}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn course_row(l: Language, demand: &Demand, course: &CourseDemand, asked: Asked) -> impl IntoView + use<> {
    let drill = format!("/demand?{}#organisations", query(Asked { course: Some(course.course), ..asked }));
    let make = demand.may_plan.then(|| {
        let address = to_run(course.course, asked.unit);
        let label = say::make_class_of(l, &course.code);
        let link = (course.tally.people > 0).then(|| view! { <a href=address aria-label=label>{say::make_class(l)}</a> });
        view! { <td class="no-print">{link}</td> }
    });
    view! {
        <tr>
            <th scope="row"><a href=drill>{format!("{} · {}", course.code, course.title(l))}</a></th>
            <td class="n" data-label=say::people_head(l)>{course.tally.people}</td>
            <td class="n" data-label=say::organisations(l)>{course.tally.organisations}</td>
            <td class="months-of">{heat::row(l, &demand.months, &course.months)}</td>
            <td class="n" data-label=say::any_month(l)>{course.any_time}</td>
            <td class="n" data-label=say::met(l)>{course.tally.met}</td>
            {make}
        </tr>
    }
}

/// Where a class is made of the demand for a course, in a unit or everywhere.
fn to_run(course: CourseId, unit: Option<UnitId>) -> String {
    let of = unit.map_or_else(|| "all".to_owned(), |unit| unit.to_string());
    format!("/runs/new?course={course}&demand={of}")
}

fn by_unit(l: Language, demand: &Demand, asked: Asked) -> impl IntoView + use<> {
    let row = |unit: &UnitDemand| {
        let drill = format!("/demand?{}#organisations", query(Asked { unit: Some(unit.unit), ..asked }));
        view! {
            <tr>
                <th scope="row"><a href=drill>{unit.title.clone()}</a></th>
                <td class="n" data-label=say::people_head(l)>{unit.tally.people}</td>
                <td class="n" data-label=say::organisations(l)>{unit.tally.organisations}</td>
                <td class="n" data-label=say::met(l)>{unit.tally.met}</td>
            </tr>
        }
    };
    let rows = demand.units.iter().map(row).collect_view();
    view! {
        <h2>{say::by_unit(l)}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=say::by_unit(l)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::unit(l)}</th><th scope="col" class="n">{say::people_head(l)}</th>
                    <th scope="col" class="n">{say::organisations(l)}</th><th scope="col" class="n">{say::met(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The organisations behind the numbers, once a course or a unit was chosen.
fn organisations(l: Language, demand: &Demand, asked: Asked) -> Option<impl IntoView + use<>> {
    if asked == Asked::default() {
        return None;
    }
    let row = |wish: &Interest| {
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/organisations/{}", wish.organisation_id)>{wish.organisation_name.clone()}</a>
                    <small class="hint">{wish.unit_title()}</small>
                </th>
                <td>{format!("{} · {}", wish.course_code, wish.title(l))}</td>
                <td class="n" data-label=say::people_head(l)>{wish.people}</td>
                <td>{months(l, wish)}</td>
                <td class="lines">{wish.note.clone()}</td>
                <td>{tag(l, wish)}</td>
            </tr>
        }
    };
    let rows = demand.wishes.iter().map(row).collect_view();
    Some(view! {
        <h2 id="organisations">{say::by_organisation(l)}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=say::by_organisation(l)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::organisation(l)}</th><th scope="col">{say::course(l)}</th>
                    <th scope="col" class="n">{say::people_head(l)}</th><th scope="col">{say::months(l)}</th>
                    <th scope="col">{say::note(l)}</th><th scope="col">{say::standing_head(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}
