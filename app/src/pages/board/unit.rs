//! `GET /board/{unit}`: the numbers of a unit and of those below it, and the names behind a number.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::courses::Audience;
use domain::ids::UnitId;
use domain::policy::{Action, may_everywhere};
use domain::requirements::Standing;
use domain::time::show_instant;
use leptos::prelude::*;
use operations::reports::{self, AUDIENCES, Board, Counts};

use super::{Asked, id, names};
use crate::components::{EmptyState, Meter, SelectField};
use crate::wording::{board as say, choices};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(unit): Path<String>, form: Form) -> Result<Response, Problem> {
    render(&context, id(&unit)?, &form).await
}

/// The board of a unit as a page.
pub(super) async fn render(context: &Context, unit: UnitId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let (asked, years) = Asked::read(context, form).await?;
    let board = reports::board(&context.office, actor, &asked.question(unit)).await?;
    let (title, above) = (board.unit.full_title(), board.above.clone());
    let may_require = may_everywhere(actor, Action::KeepCatalogue);
    let lead = say::lead(l, asked.year, &title, &show_instant(context.office.now()));
    let page = context.page(say::title(l), move || {
        let chosen = filters(l, &asked, years, &board);
        let content = if board.requirements.is_empty() {
            let link = may_require.then(|| view! { <a class="button" href="/requirements">{say::keep_requirements(l)}</a> });
            view! {
                <EmptyState title=say::nothing_required_title(l) advice=say::nothing_required(l, asked.year)>{link}</EmptyState>
            }
            .into_any()
        } else if asked.wants_names() || board.rows.is_empty() {
            vec![tiles(l, &asked, &board), names::list(l, &asked, &board)].into_any()
        } else {
            vec![tiles(l, &asked, &board), by_course(l, &asked, &board), table(l, &asked, &board)].into_any()
        };
        view! { <p class="lead">{lead}</p>{chosen}{content} }
    });
    let page = above.iter().fold(page, |page, unit| page.crumb(asked.numbers().address(unit.id), unit.title()));
    let page = if above.is_empty() { page } else { page.crumb(asked.numbers().address(unit), title) };
    Ok(page.wide().into_response())
}

fn filters(l: Language, asked: &Asked, years: Vec<i64>, board: &Board) -> AnyView {
    let this = i64::from(asked.year);
    let years = if years.contains(&this) { years } else { std::iter::once(this).chain(years).collect() };
    let years = years.into_iter().map(|year| (year.to_string(), year.to_string())).collect();
    let audiences = AUDIENCES.iter().map(|one| (one.to_string(), choices::audience(l, *one).to_owned())).collect();
    let courses = board.requirements.iter().map(|r| (r.course_id.to_string(), names::course_title(l, r).to_owned())).collect();
    let course = asked.course.map(|course| course.to_string()).unwrap_or_default();
    let form = Form::filled([("year", this.to_string()), ("audience", asked.audience.to_string()), ("course", course)]);
    view! {
        <form class="filters" method="get" action=format!("/board/{}", board.unit.id)>
            <SelectField language=l form=&form name="year" label=say::year(l) choices=years/>
            <SelectField language=l form=&form name="audience" label=say::audience(l) choices=audiences/>
            <SelectField language=l form=&form name="course" label=say::course(l) choices=courses empty=say::every_course(l).to_owned()/>
            <button class="quiet">{say::show(l)}</button>
        </form>
    }
    .into_any()
}

fn tiles(l: Language, asked: &Asked, board: &Board) -> AnyView {
    let (unit, total) = (board.unit.id, board.total);
    let all = Asked { itself: false, ..*asked };
    let percent = total.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    let mut tiles = vec![(asked.numbers().address(unit), percent, say::share(l).to_owned())];
    for standing in Standing::ALL {
        let (number, name) = (number_of(&total, *standing), choices::standing(l, *standing).to_lowercase());
        tiles.push((all.named(Some(*standing)).address(unit), format!("{number} / {}", total.subjects), name));
    }
    let overdue = Asked { overdue: true, ..all.named(None) };
    tiles.push((overdue.address(unit), total.overdue.to_string(), say::overdue_tile(l).to_owned()));
    let tiles = tiles
        .into_iter()
        .map(|(path, number, words)| view! { <div class="tile"><strong><a href=path>{number}</a></strong><span>{words}</span></div> })
        .collect_view();
    view! { <div class="tiles">{tiles}</div> }.into_any()
}

fn number_of(counts: &Counts, standing: Standing) -> i64 {
    match standing {
        Standing::Completed => counts.completed,
        Standing::OnTheWay => counts.on_the_way,
        Standing::Missing => counts.missing,
    }
}

/// The numbers of each required course: who completed one of several is not seen in those of all of them.
fn by_course(l: Language, asked: &Asked, board: &Board) -> AnyView {
    if board.courses.len() < 2 {
        return ().into_any();
    }
    let unit = board.unit.id;
    let rows = board.courses.iter().map(|(requirement, counts)| {
        let asked = Asked { course: Some(requirement.course_id), ..asked.numbers() };
        let title = names::course_title(l, requirement);
        line(l, &asked, unit, (title, Some(names::heading_note(l, requirement))), counts)
    });
    let rows = rows.collect_view();
    view! {
        <h2>{say::by_course(l)}</h2>
        <div class="scroll"><table class="rows">
            {heads(l, say::course(l), asked.audience)}
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn heads(l: Language, first: &'static str, audience: Audience) -> AnyView {
    let standings =
        Standing::ALL.iter().map(|s| view! { <th scope="col" class="n">{choices::standing(l, *s)}</th> }).collect_view();
    view! {
        <thead><tr>
            <th scope="col">{first}</th>
            <th scope="col" class="n">{subjects(l, audience)}</th>
            {standings}
            <th scope="col" class="n">{say::overdue(l)}</th>
            <th scope="col">{say::progress(l)}</th>
        </tr></thead>
    }
    .into_any()
}

fn table(l: Language, asked: &Asked, board: &Board) -> AnyView {
    let asked = *asked;
    let rows = board
        .rows
        .iter()
        .map(|row| {
            let (unit, asked, title) = match &row.unit {
                Some(unit) => (unit.id, asked, unit.title()),
                None => (board.unit.id, Asked { itself: true, ..asked }, say::directly(l, &board.unit.title())),
            };
            line(l, &asked, unit, (&title, None), &row.counts)
        })
        .collect_view();
    let total = line(l, &asked.named(None), board.unit.id, (say::total(l), None), &board.total);
    view! {
        <h2>{say::below(l)}</h2>
        <div class="scroll"><table class="rows">
            {heads(l, say::unit(l), asked.audience)}
            <tbody>{rows}</tbody>
            <tfoot>{total}</tfoot>
        </table></div>
        <p class="actions">
            <a class="button quiet" href=asked.named(None).address(board.unit.id)>{say::all_names(l)}</a>
            <a class="button quiet" href=format!("/board.xlsx?unit={}&{}", board.unit.id, asked.query())>{say::export_numbers(l)}</a>
        </p>
    }
    .into_any()
}

/// What the subjects of an audience are called.
pub(super) fn subjects(l: Language, audience: Audience) -> &'static str {
    if audience == Audience::Officers { say::officers(l) } else { say::organisations(l) }
}

fn line(l: Language, asked: &Asked, unit: UnitId, (title, note): (&str, Option<String>), counts: &Counts) -> AnyView {
    let number = |name: &str, number: i64, to: Asked| {
        let words = format!("{name}: {number}, {title}");
        if number == 0 {
            view! { <td class="n" data-label=name.to_owned()>"0"</td> }.into_any()
        } else {
            view! { <td class="n" data-label=name.to_owned()><a href=to.address(unit) aria-label=words>{number}</a></td> }
                .into_any()
        }
    };
    let numbers = Standing::ALL
        .iter()
        .map(|s| number(choices::standing(l, *s), number_of(counts, *s), asked.named(Some(*s))))
        .collect_view();
    let all = number(subjects(l, asked.audience), counts.subjects, asked.named(None));
    let overdue = number(say::overdue(l), counts.overdue, Asked { overdue: true, ..asked.named(None) });
    let percent = counts.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    let (completed, of) = (counts.completed, counts.subjects);
    let note = note.map(|note| view! { <small class="hint">{note}</small> });
    view! {
        <tr>
            <th scope="row"><a href=asked.address(unit)>{title.to_owned()}</a>{note}</th>
            {all}{numbers}{overdue}
            <td><Meter value=completed of=of/>{percent}</td>
        </tr>
    }
    .into_any()
}
