//! A frozen list as files: the paper with its forms, and the table.

use axum::response::Response;
use documents::papers::RegistrationForm;
use documents::spreadsheets::tables::{Table, Value};
use domain::accounts::Language;
use domain::ids::ForwardingListId;
use domain::time::show_day;
use operations::lists;

use crate::downloads::{heading, pdf, xlsx};
use crate::wording::{choices, form_words, lists as say, registrations};
use crate::{Context, Path, Problem};

/// `GET /lists/{id}/paper.pdf`.
pub(super) async fn paper(context: Context, Path(id): Path<ForwardingListId>) -> Result<Response, Problem> {
    let (number, bytes) = lists::paper(&context.office, context.actor()?, id).await?;
    Ok(pdf(&format!("danh-sach-{number}"), bytes))
}

/// `GET /lists/{id}/list.xlsx`: what was frozen, as the paper has it.
pub(super) async fn table(context: Context, Path(id): Path<ForwardingListId>) -> Result<Response, Problem> {
    let l = context.language;
    let known = lists::show(&context.office, context.actor()?, id).await?;
    let printed = known.printed.ok_or(Problem::NotFound)?;
    let post = printed.signatory_post.replace('\n', " ");
    let table = Table {
        title: say::number(l, &printed.number),
        subtitles: vec![
            say::sheet_lead(l, &known.list.unit_title(), printed.year),
            say::sheet_signed(l, &show_day(printed.signed_on), &post, &printed.signatory_name),
        ],
        sheet: say::list(l).to_owned(),
        headings: vec![
            heading("#", 5.0),
            heading(say::form_number(l), 9.0),
            heading(say::received_on(l), 12.0),
            heading(say::product(l), 32.0),
            heading(registrations::kind(l), 22.0),
            heading(say::group(l), 26.0),
            heading(say::organisation(l), 32.0),
            heading(say::kind(l), 16.0),
            heading(say::place(l), 40.0),
            heading(say::score(l), 9.0),
        ],
        rows: (1..).zip(&printed.forms).map(|(place, form)| row(l, place, form)).collect(),
    };
    xlsx(&format!("danh-sach-{}", printed.number), &table, context.office.now())
}

fn row(l: Language, place: i64, form: &RegistrationForm) -> Vec<Value> {
    vec![
        Value::Integer(place),
        form.number.map_or(Value::Empty, Value::Integer),
        form.received_on.map_or(Value::Empty, Value::Date),
        Value::Text(form.product.clone()),
        Value::Text(form_words::kind(l, form.kind).to_owned()),
        Value::Text(form.group.clone()),
        Value::Text(form.organisation.clone()),
        Value::Text(choices::organisation_kind(l, form.organisation_kind).to_owned()),
        Value::Text(form.address.clone()),
        form.score.map_or(Value::Empty, |score| Value::Decimal(score as f64 / 100.0)),
    ]
}
