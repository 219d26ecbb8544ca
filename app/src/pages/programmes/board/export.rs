//! `GET /programmes/{year}/board.xlsx`: the table of the board as a spreadsheet, every state in its column.

use axum::response::Response;
use documents::spreadsheets::tables::{Table, Value};
use domain::registrations::State;
use domain::time::{show_day, show_instant};
use operations::programmes::{self, StateCounts};

use super::seen_on;
use crate::downloads::{heading, xlsx};
use crate::wording::{choices, year_board as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn download(context: Context, Path(year): Path<i64>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let day = seen_on(&form).map_err(Problem::Refused)?;
    let board = programmes::board(&context.office, actor, year, day).await?;
    let mut headings = vec![heading(say::unit(l), 32.0)];
    headings.extend(State::ALL.iter().map(|state| heading(choices::registration_state(l, *state), 14.0)));
    headings.push(heading(say::all(l), 10.0));
    let row = |title: String, counts: &StateCounts| {
        let mut row = vec![Value::Text(title)];
        row.extend(State::ALL.iter().map(|state| Value::Integer(counts.of(*state))));
        row.push(Value::Integer(counts.total()));
        row
    };
    let mut rows: Vec<_> = board.rows.iter().map(|unit| row(unit.unit.full_title(), &unit.counts)).collect();
    if board.open_counts.total() > 0 {
        rows.push(row(say::to_be_decided(l).to_owned(), &board.open_counts));
    }
    rows.push(row(say::total(l).to_owned(), &board.total));
    let now = context.office.now();
    let table = Table {
        title: say::title(l, year),
        subtitles: vec![format!("{}: {}", say::seen_on(l), show_day(board.seen_on)), say::lead(l, &show_instant(now))],
        sheet: year.to_string(),
        headings,
        rows,
    };
    xlsx(&format!("phieu-theo-don-vi-{year}-{}", board.seen_on), &table, now)
}
