//! `GET /selections/{year}/table.xlsx`: everything that the filter finds, in its order.

use axum::response::Response;
use documents::spreadsheets::tables::{Table, Value};
use domain::accounts::Language;
use domain::time::show_instant;
use operations::selections::{self, Forwarded};

use super::asked;
use crate::downloads::{heading, xlsx};
use crate::wording::{choices, selections as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn download(context: Context, Path(year): Path<i64>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let rows = selections::whole_table(&context.office, context.actor()?, year, &asked::read(&form)).await?;
    let now = context.office.now();
    let found = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let table = Table {
        title: say::title(l, year),
        subtitles: vec![format!("{} · {}", say::found(l, found), show_instant(now))],
        sheet: say::selection(l).to_owned(),
        headings: vec![
            heading(say::unit(l), 24.0),
            heading(say::form_number(l), 9.0),
            heading(say::product(l), 32.0),
            heading(say::organisation(l), 32.0),
            heading(say::kind(l), 16.0),
            heading(say::industry(l), 24.0),
            heading(say::group(l), 26.0),
            heading(say::score(l), 9.0),
            heading(say::completeness(l), 10.0),
            heading(say::state(l), 16.0),
            heading(say::decision(l), 18.0),
        ],
        rows: rows.iter().map(|product| row(l, product)).collect(),
    };
    xlsx(&format!("lua-chon-{year}"), &table, now)
}

fn row(l: Language, product: &Forwarded) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    vec![
        Value::Text(product.unit_title()),
        product.number.map_or(Value::Empty, Value::Integer),
        text(&product.product_name),
        text(&product.organisation_name),
        text(choices::organisation_kind(l, product.organisation_kind)),
        text(product.industry.as_deref().unwrap_or_default()),
        text(product.group_title()),
        product.score.map_or(Value::Empty, |score| Value::Decimal(score as f64 / 100.0)),
        Value::Percent(product.completeness as f64 / 100.0),
        text(choices::registration_state(l, product.state)),
        product.decision_number.as_deref().map_or(Value::Empty, text),
    ]
}
