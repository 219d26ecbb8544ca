//! `GET /board.xlsx`: what the page shows, as a spreadsheet: the numbers by unit, or the names.

use axum::response::Response;
use documents::spreadsheets::tables::{Heading, Table, Value};
use domain::accounts::Language;
use domain::requirements::Standing;
use domain::time::show_instant;
use operations::reports::{self, Board, Counts};
use store::requirements::Requirement;

use super::{Asked, id, names, unit};
use crate::downloads::heading;
use crate::wording::{board as say, choices};
use crate::{Context, Form, Problem, downloads};

pub(super) async fn download(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let (asked, _) = Asked::read(&context, &form).await?;
    let board = reports::board(&context.office, actor, &asked.question(id(form.get("unit"))?)).await?;
    let (headings, rows) = if asked.wants_names() || board.rows.is_empty() {
        (name_headings(l, &asked, &board), name_rows(l, &asked, &board))
    } else {
        (number_headings(l, &asked), number_rows(l, &board))
    };
    let now = context.office.now();
    let table = Table {
        title: say::title(l).to_owned(),
        subtitles: vec![
            say::lead(l, asked.year, &board.unit.full_title(), &show_instant(now)),
            choices::audience(l, asked.audience).to_owned(),
        ],
        sheet: say::progress(l).to_owned(),
        headings,
        rows,
    };
    downloads::xlsx(&format!("tien-do-{}", asked.year), &table, now)
}

fn number_headings(l: Language, asked: &Asked) -> Vec<Heading> {
    let mut headings = vec![heading(say::unit(l), 32.0), heading(unit::subjects(l, asked.audience), 12.0)];
    headings.extend(Standing::ALL.iter().map(|standing| heading(choices::standing(l, *standing), 14.0)));
    headings.extend([heading(say::overdue(l), 12.0), heading(say::progress(l), 12.0)]);
    headings
}

fn number_rows(l: Language, board: &Board) -> Vec<Vec<Value>> {
    let row = |title: String, counts: &Counts| {
        let share =
            if counts.subjects == 0 { Value::Empty } else { Value::Percent(counts.completed as f64 / counts.subjects as f64) };
        let mut row = vec![Value::Text(title)];
        let numbers = [counts.subjects, counts.completed, counts.on_the_way, counts.missing, counts.overdue];
        row.extend(numbers.map(Value::Integer));
        row.push(share);
        row
    };
    let title =
        |unit: Option<&store::units::Unit>| unit.map_or_else(|| say::directly(l, &board.unit.title()), store::units::Unit::title);
    let mut rows: Vec<_> = board.rows.iter().map(|one| row(title(one.unit.as_ref()), &one.counts)).collect();
    rows.push(row(say::total(l).to_owned(), &board.total));
    if board.courses.len() > 1 {
        rows.push(vec![Value::Text(say::by_course(l).to_owned())]);
        let title = |r: &Requirement| format!("{} ({})", names::course_title(l, r), names::heading_note(l, r));
        rows.extend(board.courses.iter().map(|(requirement, counts)| row(title(requirement), counts)));
    }
    rows
}

fn name_headings(l: Language, asked: &Asked, board: &Board) -> Vec<Heading> {
    let mut headings = vec![
        heading(say::name(l), 32.0),
        heading(unit_of(l), 28.0),
        heading(say::unit(l), 24.0),
        heading(say::standing(l), 16.0),
    ];
    let course = |r: &Requirement| heading(format!("{} ({})", names::course_title(l, r), names::heading_note(l, r)), 30.0);
    headings.extend(names::counting(asked, board).iter().map(course));
    headings
}

/// The organisation of an officer, or the organisation itself.
fn unit_of(l: Language) -> String {
    format!("{} / {}", say::organisations(l), say::organisation(l))
}

fn name_rows(l: Language, asked: &Asked, board: &Board) -> Vec<Vec<Value>> {
    let requirements = names::counting(asked, board);
    let row = |line: &reports::Line| {
        let subject = &line.subject;
        let mut row = vec![
            Value::Text(subject.name.clone()),
            Value::Text(subject.organisation_name.clone()),
            Value::Text(subject.unit_title()),
            Value::Text(choices::standing(l, line.standing).to_owned()),
        ];
        let progress = line.progress.iter().zip(&requirements);
        row.extend(progress.map(|(progress, r)| Value::Text(names::words(l, progress.as_ref(), r, board.today))));
        row
    };
    board.lines.iter().map(row).collect()
}
