//! `/runs/{id}/copies`: the same class in several places at once. It works with plain submits, as the form of a run does.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::Days;
use domain::accounts::Language;
use domain::ids::RunId;
use domain::runs::{COPIES, CopyForm, PlanForm};
use domain::time::parse_day;
use domain::units::UnitLevel;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::Failure;
use operations::runs::{self, Choices, Shown, form_of};

use super::form::rooms;
use super::id_of;
use crate::components::{CheckBox, FaultSummary, SelectField, TextField, day_kind};
use crate::pages::calendar::title;
use crate::wording::{copies as say, shell, timetables};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let (shown, choices) = open(&context, &id).await?;
    let mut like = form_of(&shown);
    like.move_ahead(context.office.today() + Days::new(7));
    let first = offered(&like);
    let rows = vec![first.clone(), next(&first)];
    Ok(page(&context, &choices, &shown, &rows, Faults::default()))
}

pub(super) async fn save(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let (shown, choices) = open(&context, &id).await?;
    let mut rows = read(&form);
    if press(&form, &mut rows) {
        return Ok(page(&context, &choices, &shown, &rows, Faults::default()));
    }
    match runs::copy(&context.office, context.actor()?, shown.run.id, &rows).await {
        Ok(drafts) => Ok(Context::see(&format!("/runs?state=draft&copied={}", drafts.len()))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => Ok(page(&context, &choices, &shown, &rows, faults)),
        Err(failure) => Err(failure.into()),
    }
}

async fn open(context: &Context, id: &str) -> Result<(Shown, Choices), Problem> {
    let (actor, id): (_, RunId) = (context.actor()?, id_of(id)?);
    let shown = runs::to_copy(&context.office, actor, id).await?;
    Ok((shown, runs::choices(&context.office, actor).await?))
}

fn name(n: usize, field: &str) -> String {
    format!("copies.{n}.{field}")
}

/// The first row: named after the run, on its days moved ahead.
fn offered(like: &PlanForm) -> CopyForm {
    let first = like.sessions.iter().filter_map(|session| parse_day(&session.day).ok()).min();
    CopyForm {
        name: next_name(&like.name),
        first_day: first.map(|day| day.to_string()).unwrap_or_default(),
        ..CopyForm::default()
    }
}

/// The row that is offered after another: the next name, the same day.
fn next(row: &CopyForm) -> CopyForm {
    CopyForm { name: next_name(&row.name), first_day: row.first_day.clone(), ..CopyForm::default() }
}

/// `Lớp 4` after `Lớp 3`; a name that ends in no number is left as it is.
fn next_name(name: &str) -> String {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (words, number) = name.split_at(name.len() - digits);
    number.parse::<u32>().ok().and_then(|number| number.checked_add(1)).map_or_else(|| name.to_owned(), |n| format!("{words}{n}"))
}

fn read(form: &Form) -> Vec<CopyForm> {
    let row = |n| CopyForm {
        name: form.get(&name(n, "name")).to_owned(),
        unit: form.get(&name(n, "unit")).to_owned(),
        room: form.get(&name(n, "room")).to_owned(),
        venue: form.get(&name(n, "venue")).to_owned(),
        first_day: form.get(&name(n, "first_day")).to_owned(),
        keeps_trainers: form.has(&name(n, "keeps_trainers")),
    };
    (0..form.rows("copies")).map(row).collect()
}

fn written(rows: &[CopyForm]) -> Form {
    let mut form = Form::default();
    for (n, row) in rows.iter().enumerate() {
        form.set(&name(n, "name"), row.name.clone());
        form.set(&name(n, "unit"), row.unit.clone());
        form.set(&name(n, "room"), row.room.clone());
        form.set(&name(n, "venue"), row.venue.clone());
        // A day field of a browser shows days as browsers write them.
        form.set(&name(n, "first_day"), parse_day(&row.first_day).map_or_else(|_| row.first_day.clone(), |day| day.to_string()));
        if row.keeps_trainers {
            form.set(&name(n, "keeps_trainers"), "yes");
        }
    }
    form
}

/// Adds or removes a row when that button was pressed; then the form is to be drawn again.
fn press(form: &Form, rows: &mut Vec<CopyForm>) -> bool {
    match form.get("do").split_once('.') {
        Some(("remove", n)) => {
            if let Ok(n) = n.parse::<usize>()
                && n < rows.len()
            {
                rows.remove(n);
            }
            true
        }
        _ if form.get("do") == "add" => {
            if rows.len() < COPIES {
                let next = rows.last().map(next).unwrap_or_default();
                rows.push(next);
            }
            true
        }
        _ => false,
    }
}

fn page(context: &Context, choices: &Choices, shown: &Shown, rows: &[CopyForm], faults: Faults) -> Response {
    let l = context.language;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut form = written(rows);
    form.faults = faults;
    let (id, count) = (shown.run.id, rows.len());
    let page = context.page(say::title(l), || {
        let mut units: Vec<_> = choices.units.iter().collect();
        units.sort_by_key(|unit| UnitLevel::ALL.iter().position(|level| *level == unit.level));
        let units: Vec<(String, String)> = units.into_iter().map(|unit| (unit.id.to_string(), unit.full_title())).collect();
        let rooms = rooms(l, choices);
        let rows = (0..count).map(|n| place(l, &form, &units, &rooms, n)).collect_view();
        view! {
            <p class="lead">{title(l, &shown.run)}</p>
            <p>{say::lead(l)}" "{say::days(l)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=format!("/runs/{id}/copies") class="plan" novalidate>
                // The first button is the one that Enter presses: it has to be the harmless one.
                <button class="hidden" name="do" value="save" tabindex="-1">{say::save(l, count)}</button>
                {rows}
                <p><button class="quiet" name="do" value="add">{say::add(l)}</button></p>
                <p class="actions"><button name="do" value="save">{say::save(l, count)}</button></p>
            </form>
        }
    });
    page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), title(l, &shown.run)).status(status).into_response()
}

fn place(l: Language, form: &Form, units: &[(String, String)], rooms: &[(String, String)], n: usize) -> impl IntoView + use<> {
    let number = n + 1;
    view! {
        <fieldset class="session">
            <legend>{say::place(l, number)}</legend>
            <div class="row">
                <TextField language=l form=form name=name(n, "name") label=say::name(l)/>
                <TextField language=l form=form name=name(n, "first_day") label=say::first_day(l)
                    kind=day_kind(form.get(&name(n, "first_day")))/>
            </div>
            <div class="row">
                <SelectField language=l form=form name=name(n, "unit") label=say::unit(l) choices=units.to_vec()
                    empty=say::choose(l).to_owned()/>
                <SelectField language=l form=form name=name(n, "room") label=timetables::room(l) choices=rooms.to_vec()
                    empty=timetables::room_elsewhere(l).to_owned()/>
                <TextField language=l form=form name=name(n, "venue") label=say::venue(l) hint=timetables::venue_hint(l)/>
            </div>
            <CheckBox form=form name=name(n, "keeps_trainers") label=say::keeps_trainers(l)/>
            <button class="link" name="do" value=format!("remove.{n}")>{say::remove(l, number)}</button>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_up() {
        for (name, next) in
            [("Lớp 3", "Lớp 4"), ("Lớp 9", "Lớp 10"), ("Lớp tối", "Lớp tối"), ("", ""), ("4294967295", "4294967295")]
        {
            assert_eq!(next_name(name), next);
        }
    }

    #[test]
    fn adding_and_removing_a_row_loses_nothing() {
        let typed =
            "copies.0.name=L%E1%BB%9Bp+2&copies.0.first_day=16%2F7%2F2019&copies.0.keeps_trainers=yes&copies.1.name=B&do=";
        let form = Form::parse(format!("{typed}add").as_bytes());
        let mut rows = read(&form);
        assert!(press(&form, &mut rows) && rows.len() == 3);
        let again = written(&rows);
        assert_eq!((again.get("copies.0.name"), again.get("copies.0.first_day")), ("Lớp 2", "2019-07-16"));
        assert!(again.has("copies.0.keeps_trainers") && !again.has("copies.1.keeps_trainers"));
        let form = Form::parse(format!("{typed}remove.0").as_bytes());
        let mut rows = read(&form);
        assert!(press(&form, &mut rows) && rows.len() == 1 && rows[0].name == "B");
        let form = Form::parse(format!("{typed}save").as_bytes());
        assert!(!press(&form, &mut read(&form)));
    }
}
