//! Adding and changing a course.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::Language;
use domain::courses::{Audience, CourseForm, CoursePlan, PREREQUISITE_GROUPS, PrerequisiteForm, Topic};
use domain::ids::CourseId;
use domain::policy::{Action, may_everywhere};
use domain::runs::HalfDay;
use leptos::prelude::*;
use operations::courses::{Course, Group};
use operations::{Failure, courses};

use crate::components::{FaultSummary, SelectField, TextArea, TextField, called, field_id, row_fault};
use crate::pages::runs::id_of;
use crate::wording::{choices, courses as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn new(context: Context) -> Result<Response, Problem> {
    if !may_everywhere(context.actor()?, Action::KeepCatalogue) {
        return Err(Problem::NotFound);
    }
    // The usual internal rule; no official one exists.
    let usual = [("hours", "8"), ("capacity", "40"), ("min_attendance", "80"), ("late_counts", "100"), ("excused_counts", "0")];
    let known = courses::list(&context.office).await?;
    Ok(page(&context, None, &known, Form::filled(usual)))
}

pub(super) async fn add(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    if !may_everywhere(actor, Action::KeepCatalogue) {
        return Err(Problem::NotFound);
    }
    let outcome = match read(&form).parse() {
        Ok(plan) => courses::add(&context.office, actor, &plan).await.map(drop),
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see("/courses?done=added")),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            let known = courses::list(&context.office).await?;
            Ok(page(&context, None, &known, form))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let course = courses::show(&context.office, context.actor()?, id_of(&id)?).await?;
    let form = written(&course, &courses::prerequisites(&context.office, course.id).await?);
    let known = courses::list(&context.office).await?;
    Ok(page(&context, Some(&course), &known, form))
}

pub(super) async fn change(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let id: CourseId = id_of(&id)?;
    let course = courses::show(&context.office, actor, id).await?;
    let known = form.get("rule_version").parse().unwrap_or(-1);
    let outcome = match read(&form).parse() {
        Ok(plan) => courses::change(&context.office, actor, id, known, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see("/courses?done=changed")),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            let known = courses::list(&context.office).await?;
            Ok(page(&context, Some(&course), &known, form))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn fields(course: &mut CourseForm) -> [(&'static str, &mut String); 15] {
    [
        ("code", &mut course.code),
        ("title", &mut course.title),
        ("title_english", &mut course.title_english),
        ("summary", &mut course.summary),
        ("summary_english", &mut course.summary_english),
        ("topic", &mut course.topic),
        ("audience", &mut course.audience),
        ("hours", &mut course.hours),
        ("capacity", &mut course.capacity),
        ("minimum", &mut course.minimum),
        ("usual_sessions", &mut course.usual_sessions),
        ("min_attendance", &mut course.min_attendance),
        ("late_counts", &mut course.late_counts),
        ("excused_counts", &mut course.excused_counts),
        ("substitution_hours", &mut course.substitution_hours),
    ]
}

fn read(form: &Form) -> CourseForm {
    let mut course = CourseForm::default();
    for (name, value) in fields(&mut course) {
        form.get(name).clone_into(value);
    }
    course.usual_half_days = form.all("usual_half_days").map(ToOwned::to_owned).collect();
    let group = |n: usize| PrerequisiteForm {
        any_of: form.all(&format!("prerequisites.{n}.any_of")).map(ToOwned::to_owned).collect(),
        within_years: form.get(&format!("prerequisites.{n}.within_years")).to_owned(),
    };
    course.prerequisites = (0..PREREQUISITE_GROUPS).map(group).collect();
    course
}

fn written(course: &Course, groups: &[Group]) -> Form {
    let mut typed = CourseForm::from(&CoursePlan {
        code: course.code.clone(),
        title: course.title.clone(),
        title_english: course.title_english.clone(),
        summary: course.summary.clone(),
        summary_english: course.summary_english.clone(),
        topic: course.topic,
        audience: course.audience,
        hours: course.hours,
        capacity: course.capacity,
        minimum: course.minimum,
        usual_sessions: course.usual_sessions,
        usual_half_days: course.half_days(),
        min_attendance: course.min_attendance,
        late_counts: course.late_counts,
        excused_counts: course.excused_counts,
        substitution_hours: course.substitution_hours,
        prerequisites: groups.iter().map(|group| group.rule.clone()).collect(),
    });
    let groups = std::mem::take(&mut typed.prerequisites);
    let half_days: Vec<_> = typed.usual_half_days.iter().map(|word| ("usual_half_days", word.clone())).collect();
    let mut form = Form::filled(fields(&mut typed).map(|(name, value)| (name, value.clone())).into_iter().chain(half_days));
    form.set("rule_version", course.rule_version.to_string());
    for (n, group) in groups.into_iter().enumerate() {
        form.add(&format!("prerequisites.{n}.any_of"), group.any_of);
        form.set(&format!("prerequisites.{n}.within_years"), group.within_years);
    }
    form
}

fn page(context: &Context, course: Option<&Course>, known: &[Course], form: Form) -> Response {
    let l = context.language;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(if course.is_some() { say::edit(l) } else { say::new(l) }, || {
        let action = course.map_or_else(|| "/courses/new".to_owned(), |course| format!("/courses/{}", course.id));
        let version = course.map(|course| {
            view! {
                <input type="hidden" name="rule_version" value=form.get("rule_version").to_owned()/>
                <p class="meta">{say::rule_version(l, course.rule_version)}</p>
            }
        });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=action novalidate>
                {about(l, &form)}
                <h2>{say::rule(l)}</h2>
                {version}
                <div class="row">
                    <TextField language=l form=&form name="min_attendance" label=say::min_attendance(l) kind="number"/>
                    <TextField language=l form=&form name="late_counts" label=say::late_counts(l) kind="number"/>
                    <TextField language=l form=&form name="excused_counts" label=say::excused_counts(l) kind="number"/>
                </div>
                <h2>{say::before_it(l)}</h2>
                <p class="hint">{say::before_it_hint(l)}</p>
                {before(l, &form, course, known)}
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
        }
    });
    page.crumb("/manage", shell::manage(l)).crumb("/courses", say::title(l)).status(status).into_response()
}

/// The groups of courses that are required before this one; those that are empty stay shut.
fn before(l: Language, form: &Form, course: Option<&Course>, known: &[Course]) -> impl IntoView + use<> {
    let group = |n: usize| {
        let (field, years) = (format!("prerequisites.{n}.any_of"), format!("prerequisites.{n}.within_years"));
        called(&field, &say::group(l, n + 1));
        called(&years, &format!("{} – {}", say::group(l, n + 1), say::within_years(l)));
        let ticked: Vec<&str> = form.all(&field).collect();
        let boxes =
            known.iter().filter(|known| course.is_none_or(|course| course.id != known.id)).enumerate().map(|(m, known)| {
                let id = if m == 0 { field_id(&field) } else { format!("{}-{m}", field_id(&field)) };
                let value = known.id.to_string();
                let checked = ticked.contains(&value.as_str());
                let title = match l {
                    Language::Vietnamese => &known.title,
                    Language::English => &known.title_english,
                };
                view! {
                    <span class="check">
                        <input id=id.clone() name=field.clone() type="checkbox" value=value checked=checked/>
                        <label for=id>{format!("{} · {title}", known.code)}</label>
                    </span>
                }
            });
        let boxes = boxes.collect_view();
        view! {
            <details class="panel" open=!ticked.is_empty()>
                <summary>{say::group(l, n + 1)}</summary>
                <fieldset class="field"><legend class="hidden">{say::group(l, n + 1)}</legend>
                    <div class="boxes">{boxes}</div>
                    {row_fault(l, form, &field)}
                </fieldset>
                <TextField language=l form=form name=years label=say::within_years(l) hint=say::within_years_hint(l) kind="number"/>
            </details>
        }
    };
    (0..PREREQUISITE_GROUPS).map(group).collect_view()
}

fn about(l: Language, form: &Form) -> impl IntoView + use<> {
    let topics = Topic::ALL.iter().map(|topic| (topic.to_string(), choices::topic(l, *topic).to_owned())).collect();
    let audiences = Audience::ALL.iter().map(|a| (a.to_string(), choices::audience(l, *a).to_owned())).collect();
    let half_days = HalfDay::ALL.iter().enumerate().map(|(n, half)| {
        let id = if n == 0 { field_id("usual_half_days") } else { format!("{}-{n}", field_id("usual_half_days")) };
        let checked = form.all("usual_half_days").any(|typed| typed == half.as_str());
        view! {
            <span class="check">
                <input id=id.clone() name="usual_half_days" type="checkbox" value=half.as_str() checked=checked/>
                <label for=id>{choices::half_day(l, *half)}</label>
            </span>
        }
    });
    let half_days = half_days.collect_view();
    called("usual_half_days", say::usual_half_days(l));
    view! {
        <TextField language=l form=form name="code" label=say::code(l) hint=say::code_hint(l)/>
        <TextField language=l form=form name="title" label=say::name(l)/>
        <TextField language=l form=form name="title_english" label=say::name_english(l)/>
        <TextArea language=l form=form name="summary" label=say::summary(l)/>
        <TextArea language=l form=form name="summary_english" label=say::summary_english(l)/>
        <div class="row">
            <SelectField language=l form=form name="topic" label=say::topic(l) choices=topics/>
            <SelectField language=l form=form name="audience" label=say::audience(l) choices=audiences/>
            <TextField language=l form=form name="hours" label=say::hours(l) kind="number"/>
            <TextField language=l form=form name="capacity" label=say::capacity(l) kind="number"/>
            <TextField language=l form=form name="minimum" label=say::minimum(l) hint=say::minimum_hint(l) kind="number"/>
            <TextField language=l form=form name="substitution_hours" label=say::substitution_hours(l)
                hint=say::substitution_hours_hint(l) kind="number"/>
        </div>
        <h2>{say::pattern(l)}</h2>
        <div class="row">
            <TextField language=l form=form name="usual_sessions" label=say::usual_sessions(l) hint=say::usual_sessions_hint(l)
                kind="number"/>
            <fieldset class="field"><legend>{say::usual_half_days(l)}</legend>
                <div class="boxes">{half_days}</div>
                <small class="hint">{say::usual_half_days_hint(l)}</small>
                {row_fault(l, form, "usual_half_days")}
            </fieldset>
        </div>
    }
}
