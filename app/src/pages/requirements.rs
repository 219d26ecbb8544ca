//! `/requirements`: what is required of whom by when.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::Datelike as _;
use domain::accounts::Language;
use domain::courses::Addressee;
use domain::requirements::NewRequirement;
use domain::time::show_day;
use leptos::prelude::*;
use operations::{Failure, requirements};
use store::courses::Course;
use store::requirements::Requirement;

use crate::components::{EmptyState, FaultSummary, SelectField, TextField};
use crate::wording::{choices, requirements as say, shell};
use crate::{Context, Form, Path, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/requirements", show).post("/requirements", add).post("/requirements/{requirement}/remove", remove)
}

async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let year =
        if form.has("year") { form.get("year").parse().map_err(|_| Problem::NotFound)? } else { context.office.today().year() };
    render(&context, year.into(), Form::default()).await
}

async fn add(context: Context, mut form: Form) -> Result<Response, Problem> {
    let (course, of, deadline) = (form.id("course"), form.value("audience"), form.day("deadline"));
    let actor = context.actor()?;
    if let (Some(course), Some(of), Some(deadline)) = (course, of, deadline) {
        let new = NewRequirement { course, of, deadline };
        match requirements::add(&context.office, actor, &new).await {
            Ok(_) => return Ok(Context::see(&format!("/requirements?year={}", new.year()))),
            Err(failure @ Failure::Refused(_)) if failure.is(&domain::Refusal::NotFound) => return Err(failure.into()),
            Err(Failure::Refused(faults)) => form.faults = faults,
            Err(failure) => return Err(failure.into()),
        }
    }
    let year = deadline.map_or_else(|| context.office.today().year(), |day| day.year());
    render(&context, year.into(), form).await
}

async fn remove(context: Context, Path(requirement): Path<String>, _: Form) -> Result<Response, Problem> {
    let id = requirement.parse().map_err(|_| Problem::NotFound)?;
    let removed = requirements::remove(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/requirements?year={}", removed.year)))
}

async fn render(context: &Context, year: i64, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let known = requirements::list(&context.office, context.actor()?, year).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::title(l), move || {
        let (requirements, years, courses) = (known.requirements, known.years, known.courses);
        let chips = years.into_iter().map(|one| {
            let current = (one == year).then_some("page");
            view! { <li><a class="chip" href=format!("/requirements?year={one}") aria-current=current>{say::year(l, one)}</a></li> }
        });
        let chips = chips.collect_view();
        let faults = form.faults.clone();
        view! {
            <p class="lead">{say::lead(l)}</p>
            <FaultSummary language=l faults=faults/>
            <ul class="chips">{chips}</ul>
            <h2>{say::year(l, year)}</h2>
            {list(l, year, &requirements)}
            {adding(l, &courses, &form)}
        }
    });
    Ok(page.crumb("/manage", shell::manage(l)).status(status).into_response())
}

fn list(l: Language, year: i64, requirements: &[Requirement]) -> AnyView {
    if requirements.is_empty() {
        return view! { <EmptyState title=say::empty_title(l, year) advice=say::empty(l)>""</EmptyState> }.into_any();
    }
    let rows = requirements
        .iter()
        .map(|r| {
            let title = title(l, &r.course_title, &r.course_title_english);
            let audience = required_of(l, r);
            view! {
                <tr>
                    <th scope="row">{title.clone()}</th>
                    <td>{audience}</td>
                    <td>{show_day(r.deadline)}</td>
                    <td class="n"><form method="post" action=format!("/requirements/{}/remove", r.id)>
                        <button class="link" aria-label=say::remove_course(l, &title, audience)>{say::remove(l)}</button>
                    </form></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::course(l)}</th><th scope="col">{say::audience(l)}</th>
                <th scope="col">{say::deadline(l)}</th><td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        <p class="actions"><a class="button quiet" href=format!("/board?year={year}")>{say::board(l)}</a></p>
    }
    .into_any()
}

/// Of whom a course is required.
fn required_of(l: Language, r: &Requirement) -> &'static str {
    Addressee::of(r.audience, r.selected_only).map_or_else(|| choices::audience(l, r.audience), |one| choices::addressee(l, one))
}

fn adding(l: Language, courses: &[Course], form: &Form) -> AnyView {
    let courses = courses.iter().map(|course| {
        let title = title(l, &course.title, &course.title_english);
        (course.id.to_string(), format!("{} · {title}", course.code))
    });
    let courses = courses.collect();
    let audiences = Addressee::ALL.iter().map(|one| (one.to_string(), choices::addressee(l, *one).to_owned())).collect();
    view! {
        <h2>{say::add_title(l)}</h2>
        <form method="post" action="/requirements">
            <SelectField language=l form=form name="course" label=say::course(l) choices=courses empty=say::choose(l).to_owned()/>
            <SelectField language=l form=form name="audience" label=say::audience(l) choices=audiences
                hint=say::selected_hint(l)/>
            <TextField language=l form=form name="deadline" label=say::deadline(l) kind="date" hint=say::deadline_hint(l) required=true/>
            <button>{say::add(l)}</button>
        </form>
    }
    .into_any()
}

fn title(l: Language, vietnamese: &str, english: &str) -> String {
    match l {
        Language::Vietnamese => vietnamese.to_owned(),
        Language::English => english.to_owned(),
    }
}
