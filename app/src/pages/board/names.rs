//! The names behind a number, a hundred a page.

use chrono::NaiveDate;
use domain::accounts::Language;
use domain::courses::Audience;
use domain::requirements::{Progress, Standing};
use domain::time::show_day;
use leptos::prelude::*;
use operations::reports::{Board, Line};
use store::requirements::Requirement;

use super::Asked;
use crate::components::EmptyState;
use crate::wording::{board as say, choices};

/// How many names stand on a page.
const PAGE: usize = 100;

/// The list of names of a board.
pub(super) fn list(l: Language, asked: &Asked, board: &Board) -> AnyView {
    let unit = board.unit.id;
    let back = (!board.rows.is_empty())
        .then(|| view! { <a class="button quiet" href=asked.numbers().address(unit)>{say::back_to_numbers(l)}</a> });
    if board.lines.is_empty() {
        let of_selected = counting(asked, board).iter().all(|r| r.selected_only);
        return if of_selected && board.total.subjects == 0 {
            let advice = say::nobody_selected(l, asked.year);
            view! { <EmptyState title=say::nobody_selected_title(l) advice=advice>{back}</EmptyState> }.into_any()
        } else {
            view! { <EmptyState title=say::nobody_title(l) advice=say::nobody(l)>{back}</EmptyState> }.into_any()
        };
    }
    let count = board.lines.len();
    let shown: Vec<Line> = board.lines.iter().skip((asked.page - 1) * PAGE).take(PAGE).cloned().collect();
    let what = asked.standing.map_or_else(|| say::names(l), |standing| choices::standing(l, standing));
    let what = if asked.overdue { say::overdue(l) } else { what };
    let turn = |page: usize, words: &'static str| {
        let shown = page >= 1 && (page - 1) * PAGE < count;
        shown.then(|| view! { <a class="button quiet" href=Asked { page, ..*asked }.address(unit)>{words}</a> })
    };
    let (earlier, later) = (turn(asked.page - 1, say::earlier(l)), turn(asked.page + 1, say::later(l)));
    let requirements = counting(asked, board);
    view! {
        <h2>{what}" · "{say::count(l, count)}</h2>
        {table(l, asked.audience, asked.year, &requirements, shown, board.today)}
        <p class="actions">
            {earlier}{later}{back}
            <a class="button quiet" href=format!("/board.xlsx?unit={unit}&{}", Asked { names: true, ..*asked }.query())>
                {say::export_names(l)}
            </a>
        </p>
    }
    .into_any()
}

/// The requirements that count for what was asked, in the order of each line's progress.
pub(super) fn counting(asked: &Asked, board: &Board) -> Vec<Requirement> {
    board.requirements.iter().filter(|r| asked.course.is_none_or(|course| r.course_id == course)).cloned().collect()
}

/// A table of names with where each stands with each requirement.
pub(super) fn table(
    l: Language,
    audience: Audience,
    year: i32,
    requirements: &[Requirement],
    lines: Vec<Line>,
    today: NaiveDate,
) -> AnyView {
    let heads = requirements
        .iter()
        .map(|r| {
            let deadline = heading_note(l, r);
            view! { <th scope="col">{course_title(l, r).to_owned()}<small class="hint">{deadline}</small></th> }
        })
        .collect_view();
    let is_officers = audience == Audience::Officers;
    let body_head = is_officers.then(|| view! { <th scope="col">{say::organisation(l)}</th> });
    let name_head = if is_officers { say::person(l) } else { say::name(l) };
    let rows = lines
        .into_iter()
        .map(|line| {
            let path = format!("/board/organisations/{}?year={year}", line.subject.organisation_id);
            let unit = line.subject.unit_title();
            let cells = line.progress.iter().zip(requirements);
            let cells = cells
                .map(|(progress, r)| view! { <td data-label=r.course_code.clone()>{tag(l, progress.as_ref(), r, today)}</td> })
                .collect_view();
            let (name, body) = (line.subject.name, line.subject.organisation_name);
            let body = is_officers.then(|| view! { <td><a href=path.clone()>{body}</a></td> });
            let name = if is_officers { name.into_any() } else { view! { <a href=path>{name}</a> }.into_any() };
            view! { <tr><th scope="row">{name}</th>{body}<td>{unit}</td>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr><th scope="col">{name_head}</th>{body_head}<th scope="col">{say::unit(l)}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// Where somebody stands with one requirement.
pub(super) fn tag(l: Language, progress: Option<&Progress>, r: &Requirement, today: NaiveDate) -> AnyView {
    let Some(progress) = progress else {
        return view! { <span class="soft">{say::not_required(l)}</span> }.into_any();
    };
    let standing = progress.standing();
    let late = progress.is_late(r.deadline, today);
    let class = match standing {
        Standing::Completed => "tag good",
        Standing::OnTheWay if !late => "tag",
        Standing::OnTheWay => "tag warn",
        Standing::Missing if !late => "tag warn",
        Standing::Missing => "tag bad",
    };
    view! { <span class=class>{words(l, Some(progress), r, today)}</span> }.into_any()
}

/// The same in words.
pub(super) fn words(l: Language, progress: Option<&Progress>, r: &Requirement, today: NaiveDate) -> String {
    let Some(progress) = progress else { return say::not_required(l).to_owned() };
    let standing = choices::standing(l, progress.standing());
    let late = progress.is_late(r.deadline, today);
    match (progress.completed_on, late) {
        (Some(day), false) => format!("{standing} {}", show_day(day)),
        (Some(day), true) => format!("{standing} {} ({})", show_day(day), say::late(l)),
        (None, false) => standing.to_owned(),
        (None, true) => format!("{standing}, {}", say::past(l)),
    }
}

/// What stands below a required course: by when, and of whom when not of all.
pub(super) fn heading_note(l: Language, r: &Requirement) -> String {
    let deadline = say::deadline_of(l, &show_day(r.deadline));
    if r.selected_only { format!("{deadline}, {}", say::selected_only(l)) } else { deadline }
}

/// The title of a required course in the reader's language.
pub(super) fn course_title(l: Language, r: &Requirement) -> &str {
    match l {
        Language::Vietnamese => &r.course_title,
        Language::English => &r.course_title_english,
    }
}
