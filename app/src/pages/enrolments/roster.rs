//! `/runs/{id}/roster.pdf` and `.xlsx`: who takes part in a run or in a group of it, to print and to keep.

use axum::response::Response;
use documents::spreadsheets::tables::{Table, Value};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::show_instant;
use operations::enrolments::{self, PaperQuestion, RosterLine};

use super::id;
use crate::downloads::heading;
use crate::wording::{choices, places as words};
use crate::{Context, Form, Path, Problem, downloads};

pub(super) async fn pdf(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    let run: RunId = id(&run)?;
    let pdf = enrolments::roster_pdf(&context.office, context.actor()?, run, question(&query)?).await?;
    Ok(downloads::pdf("danh-sach-hoc-vien", pdf))
}

pub(super) async fn xlsx(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    let l = context.language;
    let run: RunId = id(&run)?;
    let paper = enrolments::roster_paper(&context.office, context.actor()?, run, question(&query)?).await?;
    let now = context.office.now();
    let mut subtitles = vec![paper.run.title(l)];
    subtitles.extend(paper.group.as_ref().map(|group| words::roster_of(l, group)));
    subtitles.push(show_instant(now));
    let table = Table {
        title: words::roster_title(l).to_owned(),
        subtitles,
        sheet: words::roster_title(l).to_owned(),
        headings: vec![
            heading(words::number(l), 6.0),
            heading(words::full_name(l), 30.0),
            heading(words::sex(l), 10.0),
            heading(words::birth(l), 14.0),
            heading(words::organisation(l), 36.0),
            heading(words::unit(l), 24.0),
            heading(words::position(l), 20.0),
            heading(words::phone(l), 16.0),
        ],
        rows: (1..).zip(&paper.lines).map(|(number, line)| row(l, number, line)).collect(),
    };
    downloads::xlsx("danh-sach-hoc-vien", &table, now)
}

fn row(l: Language, number: i64, line: &RosterLine) -> Vec<Value> {
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Value::Empty, Value::Text);
    let place = &line.enrolment;
    vec![
        Value::Integer(number),
        Value::Text(place.person_name.clone()),
        text(line.sex.map(|sex| choices::sex(l, sex).to_owned())),
        place.birth_date.map_or_else(|| text(place.birth_year.map(|year| year.to_string())), Value::Date),
        Value::Text(place.organisation_name.clone()),
        Value::Text(line.unit.clone()),
        text(place.position.clone()),
        text(line.phone.clone()),
    ]
}

/// Which group was asked for: `organisation-ID`, `unit-ID`, or nothing for everybody.
fn question(query: &Form) -> Result<PaperQuestion, Problem> {
    let group = query.get("group");
    Ok(match (group.strip_prefix("organisation-"), group.strip_prefix("unit-")) {
        (Some(organisation), _) => PaperQuestion { organisation: Some(id(organisation)?), unit: None },
        (None, Some(unit)) => PaperQuestion { organisation: None, unit: Some(id(unit)?) },
        (None, None) if group.is_empty() => PaperQuestion::default(),
        (None, None) => return Err(Problem::NotFound),
    })
}
