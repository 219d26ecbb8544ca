//! `/trainers.xlsx?year=`: what each trainer gave in a year, class by class with a sum for each; payment is made from it.

use axum::response::Response;
use chrono::Datelike as _;
use documents::spreadsheets::tables::{Table, Value};
use domain::accounts::Language;
use domain::time::show_instant;
use operations::trainers::{self, Sum, Taught, Trainer, sums};

use super::class;
use crate::downloads::heading;
use crate::wording::trainers as say;
use crate::{Context, Form, Problem, downloads};

pub(super) async fn download(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let year = match form.get("year") {
        "" => context.office.today().year(),
        typed => typed.parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or(Problem::NotFound)?,
    };
    let now = context.office.now();
    let given = trainers::hours(&context.office, actor, year).await?;
    let table = Table {
        title: say::sheet_title(l, year),
        subtitles: vec![show_instant(now), say::sheet_note(l).to_owned()],
        sheet: say::sheet(l).to_owned(),
        headings: vec![
            heading(say::name(l), 28.0),
            heading(say::employer(l), 30.0),
            heading(say::rank(l), 20.0),
            heading(say::class(l), 40.0),
            heading(say::unit(l), 22.0),
            heading(say::sessions(l), 10.0),
            heading(say::recorded_hours(l), 14.0),
            heading(say::planned_hours(l), 14.0),
            heading(say::total_hours(l), 12.0),
        ],
        rows: given.iter().flat_map(|(trainer, taught)| rows(l, trainer, taught)).collect(),
    };
    downloads::xlsx(&format!("gio-giang-day-{year}"), &table, now)
}

/// A row for each class of a trainer, in order of time, and their sum.
fn rows(l: Language, trainer: &Trainer, taught: &[Taught]) -> Vec<Vec<Value>> {
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let row = |name: &str, class: &str, unit: &str, sum: Sum| {
        let hours = |minutes: i64| Value::Decimal(minutes as f64 / 60.0);
        let mut row = vec![text(name), text(&trainer.employer), text(&trainer.rank), text(class), text(unit)];
        row.push(Value::Integer(sum.sessions));
        row.extend([sum.recorded, sum.planned, sum.minutes()].map(hours));
        row
    };
    let by_run = sums(taught, |one| one.run_id);
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (n, one) in taught.iter().enumerate() {
        if taught[..n].iter().all(|other| other.run_id != one.run_id) {
            let sum = by_run.get(&one.run_id).copied().unwrap_or_default();
            rows.push(row(&trainer.full_name, &class(l, one), &format!("{} {}", one.unit_kind, one.unit_name), sum));
        }
    }
    let all = sums(taught, |_| ()).remove(&()).unwrap_or_default();
    rows.push(row(&say::sum_of(l, &trainer.full_name), "", "", all));
    rows
}
