//! `GET /demand.xlsx`: every wish that the page counts, one a row.

use axum::response::Response;
use documents::spreadsheets::tables::{Table, Value};
use domain::time::{local_day, show_day};
use operations::interests::{self, Interest};

use super::{demand, months};
use crate::downloads::heading;
use crate::wording::interests as say;
use crate::{Context, Form, Problem, downloads};

pub(super) async fn download(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let demand = interests::demand(&context.office, context.actor()?, demand::asked(&form)?).await?;
    let row = |wish: &Interest| {
        vec![
            Value::Text(wish.organisation_name.clone()),
            Value::Text(wish.unit_title()),
            Value::Text(format!("{} · {}", wish.course_code, wish.title(l))),
            Value::Integer(wish.people),
            Value::Text(months(l, wish)),
            Value::Text(wish.note.clone()),
            Value::Date(local_day(wish.said_at)),
            Value::Text(say::standing(l, wish.standing()).to_owned()),
            Value::Integer(wish.enrolled),
        ]
    };
    let now = context.office.now();
    let table = Table {
        title: say::demand(l).to_owned(),
        subtitles: vec![say::as_of(l, &show_day(context.office.today()))],
        sheet: say::sheet(l).to_owned(),
        headings: vec![
            heading(say::organisation(l), 32.0),
            heading(say::unit(l), 28.0),
            heading(say::course(l), 40.0),
            heading(say::people_head(l), 10.0),
            heading(say::months(l), 26.0),
            heading(say::note(l), 34.0),
            heading(say::said_head(l), 12.0),
            heading(say::standing_head(l), 16.0),
            heading(say::enrolled(l), 12.0),
        ],
        rows: demand.wishes.iter().map(row).collect(),
    };
    downloads::xlsx(say::demand(l), &table, now)
}
