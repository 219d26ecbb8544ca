//! `/holidays`: days on which no class is laid out.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::Datelike as _;
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::HolidayId;
use domain::time::show_day;
use leptos::prelude::*;
use operations::Failure;
use operations::holidays::{self, Holiday, NewHoliday};

use crate::components::{EmptyState, FaultSummary, Notice, TextField, day_kind};
use crate::wording::{holidays as say, shell};
use crate::{Context, Form, Path, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/holidays", show).post("/holidays", add).post("/holidays/{id}/remove", remove)
}

async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let year =
        if form.has("year") { form.get("year").parse().map_err(|_| Problem::NotFound)? } else { context.office.today().year() };
    render(&context, year, form).await
}

async fn add(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let year = context.office.today().year();
    // Who may not keep holidays learns nothing of the form's faults.
    holidays::list(&context.office, actor, year).await?;
    let (day, name) = (form.day("day"), form.required("name", 100));
    let (name_english, basis) = (form.optional("name_english", 100), form.optional("basis", 100));
    let shown = day.map_or(year, |day| day.year());
    if let (Some(day), Some(name), Some(name_english), Some(basis)) = (day, name, name_english, basis) {
        match holidays::add(&context.office, actor, NewHoliday { day, name, name_english, basis }).await {
            Ok(()) => return Ok(Context::see(&format!("/holidays?year={shown}&saved=yes"))),
            Err(failure) if failure.is(&Refusal::NotFound) => return Err(failure.into()),
            Err(Failure::Refused(faults)) => form.faults = faults,
            Err(failure) => return Err(failure.into()),
        }
    }
    render(&context, shown, form).await
}

async fn remove(context: Context, Path(id): Path<HolidayId>, _: Form) -> Result<Response, Problem> {
    let removed = holidays::remove(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/holidays?year={}&saved=yes", removed.day.year())))
}

async fn render(context: &Context, year: i32, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let known = holidays::list(&context.office, context.actor()?, year).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::title(l), || {
        let saved = form.has("saved").then(|| view! { <Notice text=say::saved(l)/> });
        let chips = (year - 1..=year + 1).map(|one| {
            let current = (one == year).then_some("page");
            view! { <li><a class="chip" href=format!("/holidays?year={one}") aria-current=current>{one}</a></li> }
        });
        let chips = chips.collect_view();
        view! {
            {saved}
            <p class="lead">{say::lead(l)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <ul class="chips">{chips}</ul>
            <h2>{say::year(l, year)}</h2>
            {list(l, year, &known)}
            <h2>{say::add_title(l)}</h2>
            <form method="post" action="/holidays" novalidate>
                <div class="row">
                    <TextField language=l form=&form name="day" label=say::day(l) kind=day_kind(form.get("day"))/>
                    <TextField language=l form=&form name="name" label=say::name(l)/>
                </div>
                <div class="row">
                    <TextField language=l form=&form name="name_english" label=say::name_english(l) hint=say::name_english_hint(l)/>
                    <TextField language=l form=&form name="basis" label=say::basis(l)/>
                </div>
                <p class="actions"><button>{say::add(l)}</button></p>
            </form>
        }
    });
    Ok(page.crumb("/manage", shell::manage(l)).status(status).into_response())
}

fn list(l: Language, year: i32, known: &[Holiday]) -> AnyView {
    if known.is_empty() {
        return view! { <EmptyState title=say::none(l, year) advice=say::none_advice(l)>""</EmptyState> }.into_any();
    }
    let rows = known.iter().map(|holiday| {
        let day = show_day(holiday.day);
        let name = name(l, holiday);
        view! {
            <tr>
                <th scope="row">{day.clone()}</th>
                <td>{name.to_owned()}</td>
                <td>{holiday.basis.clone()}</td>
                <td class="n"><form method="post" action=format!("/holidays/{}/remove", holiday.id)>
                    <button class="link" aria-label=say::remove_day(l, &day, name)>{say::remove(l)}</button>
                </form></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::day(l)}</th><th scope="col">{say::name(l)}</th><th scope="col">{say::basis(l)}</th><td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// What is celebrated, in the reader's language.
pub(super) fn name(l: Language, holiday: &Holiday) -> &str {
    if l == Language::English { &holiday.name_english } else { &holiday.name }
}
