//! The form of a planner, for new and for known runs. It works with plain submits: "add a session" draws it again with
//! one more row, and nothing that was typed is lost.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::{Days, NaiveDate};
use domain::Faults;
use domain::accounts::Language;
use domain::courses::Audience;
use domain::ids::{PlanLineId, RunId};
use domain::requests::Approval;
use domain::runs::{Clash, HalfDay, PlanForm, RunState, SessionForm};
use domain::time::parse_day;
use domain::units::UnitLevel;
use leptos::prelude::*;
use operations::holidays::Holiday;
use operations::runs::{self, Choices, Shown};

use super::{clashes, laying};
use crate::components::{CheckBox, FaultSummary, SelectField, TextArea, TextField, called, day_kind, field_id, row_fault};
use crate::pages::calendar::title;
use crate::pages::holidays;
use crate::wording::{choices as names, plans, refusals, requests, runs as say, shell, timetables};
use crate::{Context, Form, Problem};

/// The fields of a run besides its sessions.
fn fields(plan: &mut PlanForm) -> [(&'static str, &mut String); 14] {
    [
        ("course", &mut plan.course),
        ("name", &mut plan.name),
        ("audience", &mut plan.audience),
        ("selection_year", &mut plan.selection_year),
        ("unit", &mut plan.unit),
        ("room", &mut plan.room),
        ("venue", &mut plan.venue),
        ("capacity", &mut plan.capacity),
        ("minimum", &mut plan.minimum),
        ("enrolment_deadline", &mut plan.enrolment_deadline),
        ("approval", &mut plan.approval),
        ("asks_again", &mut plan.asks_again),
        ("note", &mut plan.note),
        ("plan_line", &mut plan.plan_line),
    ]
}

/// The fields of a session besides its trainers.
fn session_fields(session: &mut SessionForm) -> [(&'static str, &mut String); 8] {
    [
        ("id", &mut session.id),
        ("day", &mut session.day),
        ("half_day", &mut session.half_day),
        ("starts", &mut session.starts),
        ("ends", &mut session.ends),
        ("room", &mut session.room),
        ("venue", &mut session.venue),
        ("topic", &mut session.topic),
    ]
}

/// What was typed.
pub(super) fn read(form: &Form) -> PlanForm {
    let mut plan = PlanForm::default();
    for (name, value) in fields(&mut plan) {
        form.get(name).clone_into(value);
    }
    for n in 0..form.rows("sessions") {
        let mut session = SessionForm::default();
        for (name, value) in session_fields(&mut session) {
            form.get(&format!("sessions.{n}.{name}")).clone_into(value);
        }
        session.trainers = form.all(&format!("sessions.{n}.trainers")).map(ToOwned::to_owned).collect();
        plan.sessions.push(session.with_usual_hours());
    }
    plan
}

/// The same as the fields of a form.
pub(super) fn written(plan: &PlanForm) -> Form {
    let mut plan = plan.clone();
    let mut all: Vec<(String, String)> =
        fields(&mut plan).into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
    for (n, session) in plan.sessions.iter_mut().enumerate() {
        let own = session_fields(session).into_iter().map(|(name, value)| (format!("sessions.{n}.{name}"), value.clone()));
        all.extend(own);
    }
    // A day field of a browser shows days as browsers write them.
    for (name, value) in &mut all {
        if (name == "enrolment_deadline" || name.ends_with(".day"))
            && let Ok(day) = parse_day(value)
        {
            *value = day.to_string();
        }
    }
    Form::filled(all)
}

/// The fields of a plan that is drawn again, with what was typed of a pattern, which belongs to no run.
pub(super) fn redrawn(plan: &PlanForm, form: &Form) -> Form {
    let plan = written(plan);
    let pattern = form.fields().filter(|(name, _)| name.starts_with(laying::PREFIX));
    Form::filled(plan.fields().chain(pattern))
}

/// Adds, removes or lays out sessions when that button was pressed; then the form is to be drawn again, with these faults.
pub(super) fn press(form: &Form, plan: &mut PlanForm, today: NaiveDate, holidays: &[Holiday]) -> Option<Faults> {
    match form.get("do").split_once('.') {
        Some(("remove", n)) => {
            if let Ok(n) = n.parse::<usize>()
                && n < plan.sessions.len()
            {
                plan.sessions.remove(n);
            }
            Some(Faults::default())
        }
        _ if form.get("do") == "check" => Some(Faults::default()),
        _ if form.get("do") == "detach" => {
            plan.plan_line.clear();
            Some(Faults::default())
        }
        _ if form.get("do") == "lay_out" => Some(laying::lay_out(form, plan, holidays)),
        _ if form.get("do") == "add" => {
            let next = plan.sessions.last().map_or_else(|| SessionForm::first(today + Days::new(14)), SessionForm::next);
            plan.sessions.push(SessionForm { id: String::new(), ..next });
            Some(Faults::default())
        }
        _ => None,
    }
}

/// The clashes of what was typed, as far as it can be read.
pub(super) async fn clashing(context: &Context, run: Option<RunId>, plan: &PlanForm) -> Result<Vec<Clash>, Problem> {
    let Ok(plan) = plan.parse() else { return Ok(Vec::new()) };
    Ok(runs::clashes_of_plan(&context.office, context.actor()?, run, &plan).await?)
}

/// The page with the form, and what clashes; for a run that is known, `shown` is it.
pub(super) fn page(
    context: &Context,
    choices: &Choices,
    shown: Option<&Shown>,
    (plan, clashes): (&PlanForm, &[Clash]),
    form: Form,
) -> Response {
    let l = context.language;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(if shown.is_some() { say::edit(l) } else { say::new(l) }, || {
        let action = shown.map_or_else(|| "/runs/new".to_owned(), |shown| format!("/runs/{}/edit", shown.run.id));
        let is_public = shown.is_some_and(|shown| shown.run.state() == RunState::Published);
        let save = match shown {
            None => say::save_draft(l),
            Some(_) if is_public => timetables::save_change(l),
            Some(_) => say::save(l),
        };
        let rows = (0..plan.sessions.len()).map(|n| session(l, &form, choices, plan, n)).collect_view();
        let sequence = shown.map(|_| view! { <input type="hidden" name="sequence" value=form.get("sequence").to_owned()/> });
        let without: Vec<_> = form.faults.of("sessions").map(|refusal| refusals::say(l, refusal)).collect();
        let without = (!without.is_empty()).then(|| view! { <p class="fault">{without.join(" ")}</p> });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=action class="plan" novalidate>
                // The first button is the one that Enter presses: it has to be the harmless one.
                <button class="hidden" name="do" value="save" tabindex="-1">{say::save(l)}</button>
                {sequence}
                {of_line(l, &form)}
                {about(l, &form, choices)}
                <section id=field_id("sessions")>
                    <h2>{say::sessions(l)}</h2>
                    <p class="meta">{say::hours_hint(l)}</p>
                    {without}
                    {laying::fields(l, &form, plan)}
                    {rows}
                    <p><button class="quiet" name="do" value="add">{say::add_session(l)}</button></p>
                </section>
                {found(l, &form, clashes)}
                {is_public.then(|| view! { <p class="meta">{timetables::save_change_why(l)}</p> })}
                <p class="actions">
                    <button name="do" value="save">{save}</button>
                    <button class="quiet" name="do" value="check">{timetables::look_for_clashes(l)}</button>
                </p>
            </form>
        }
    });
    let page = page.crumb("/runs", shell::runs(l));
    let page = match shown {
        Some(shown) => page.crumb(format!("/runs/{}", shown.run.id), title(l, &shown.run)),
        None => page,
    };
    page.status(status).into_response()
}

/// What clashes, once somebody looked for it or something does.
fn found(l: Language, form: &Form, found: &[Clash]) -> Option<AnyView> {
    if found.is_empty() {
        let looked = form.get("do") == "check" && form.faults.is_empty();
        return looked.then(|| view! { <p class="notice">{timetables::no_clash(l)}</p> }.into_any());
    }
    let section = view! {
        <section class="notice warn">
            <h2>{timetables::clashes(l)}</h2>
            <p>{timetables::clashes_while_editing(l)}</p>
            {clashes::list(l, found)}
        </section>
    };
    Some(section.into_any())
}

/// The rooms that can be chosen: each with its seats.
pub(super) fn rooms(l: Language, choices: &Choices) -> Vec<(String, String)> {
    choices.rooms.iter().map(|room| (room.id.to_string(), timetables::room_seats(l, &room.full_title(), room.capacity))).collect()
}

/// The line of the annual plan that the run is made from, and the way out of it.
fn of_line(l: Language, form: &Form) -> Option<impl IntoView + use<>> {
    let line = form.get("plan_line").to_owned();
    let fault = row_fault(l, form, "plan_line");
    (!line.is_empty()).then(|| {
        // What was typed in the place of an identifier leads nowhere.
        let link =
            line.parse::<PlanLineId>().ok().map(|id| view! { <a href=format!("/plans/lines/{id}")>{plans::see_line(l)}</a> });
        view! {
            <section class="panel" id=field_id("plan_line")>
                <input type="hidden" name="plan_line" value=line.clone()/>
                <p>{plans::of_a_line(l)}" "{link}</p>
                {fault}
                <button class="link" name="do" value="detach">{plans::detach(l)}</button>
            </section>
        }
    })
}

fn about(l: Language, form: &Form, choices: &Choices) -> impl IntoView + use<> {
    let courses = choices.courses.iter().map(|course| {
        let title = if l == Language::Vietnamese { &course.title } else { &course.title_english };
        (course.id.to_string(), format!("{} · {title}", course.code))
    });
    let audiences = Audience::ALL.iter().map(|a| (a.to_string(), names::audience(l, *a).to_owned())).collect();
    let mut units: Vec<_> = choices.units.iter().collect();
    units.sort_by_key(|unit| UnitLevel::ALL.iter().position(|level| *level == unit.level));
    let units = units.into_iter().map(|unit| (unit.id.to_string(), unit.full_title())).collect();
    let years = choices.years.iter().map(|year| (year.to_string(), say::selected_in(l, *year))).collect();
    let approvals = Approval::ALL.iter().map(|a| (a.to_string(), requests::approval_word(l, *a).to_owned())).collect();
    let choose = say::choose(l);
    view! {
        <SelectField language=l form=form name="course" label=say::course(l) choices=courses.collect() empty=choose.to_owned()/>
        <TextField language=l form=form name="name" label=say::name(l) hint=say::name_hint(l)/>
        <div class="row">
            <SelectField language=l form=form name="audience" label=say::audience(l) choices=audiences/>
            <SelectField language=l form=form name="selection_year" label=say::selection_year(l) choices=years
                empty=say::no_limit(l).to_owned() hint=say::selection_year_hint(l)/>
        </div>
        <div class="row">
            <TextField language=l form=form name="capacity" label=say::capacity(l) kind="number"/>
            <TextField language=l form=form name="minimum" label=timetables::minimum(l) hint=timetables::minimum_hint(l) kind="number"/>
            <TextField language=l form=form name="enrolment_deadline" label=say::deadline(l) hint=say::deadline_hint(l)
                kind=day_kind(form.get("enrolment_deadline"))/>
        </div>
        <div class="row">
            <SelectField language=l form=form name="unit" label=say::unit(l) choices=units empty=choose.to_owned()/>
            <SelectField language=l form=form name="room" label=timetables::room(l) choices=rooms(l, choices)
                empty=timetables::room_elsewhere(l).to_owned()/>
            <TextField language=l form=form name="venue" label=say::venue(l) hint=timetables::venue_hint(l)/>
        </div>
        <div class="row">
            <SelectField language=l form=form name="approval" label=requests::approval(l) choices=approvals hint=requests::approval_hint(l)/>
            <CheckBox form=form name="asks_again" label=requests::asks_again(l)/>
        </div>
        <TextArea language=l form=form name="note" label=say::note(l)/>
    }
}

/// One session as a row.
fn session(l: Language, form: &Form, choices: &Choices, plan: &PlanForm, n: usize) -> impl IntoView + use<> {
    let name = |field: &str| format!("sessions.{n}.{field}");
    let half_days = HalfDay::ALL.iter().map(|half| (half.to_string(), names::half_day(l, *half).to_owned())).collect();
    let taught_by: Vec<&str> =
        plan.sessions[n].trainers.iter().map(String::as_str).filter(|trainer| !trainer.is_empty()).collect();
    let places = taught_by.len().saturating_add(1).max(2);
    let trainers = (0..places).map(|place| trainer(l, form, choices, &name("trainers"), taught_by.get(place).copied(), place));
    let trainers: Vec<_> = trainers.collect();
    let number = n + 1;
    let labels = [
        ("day", say::day(l).to_owned()),
        ("half_day", say::half_day(l).to_owned()),
        ("starts", say::starts(l).to_owned()),
        ("ends", say::ends(l).to_owned()),
        ("trainers", say::trainer(l, 1)),
        ("topic", say::topic(l).to_owned()),
        ("room", timetables::room(l).to_owned()),
        ("venue", say::session_venue(l).to_owned()),
    ];
    for (field, label) in labels {
        called(&name(field), &format!("{} – {label}", say::session(l, number)));
    }
    let day = parse_day(&plan.sessions[n].day).ok();
    let holiday = choices.holidays.iter().find(|holiday| Some(holiday.day) == day);
    let holiday = holiday.map(|holiday| view! { <p class="warn">{say::on_holiday(l, holidays::name(l, holiday))}</p> });
    view! {
        <fieldset class="session">
            <legend>{say::session(l, number)}</legend>
            {holiday}
            <input type="hidden" name=name("id") value=form.get(&name("id")).to_owned()/>
            <div class="row">
                <TextField language=l form=form name=name("day") label=say::day(l) kind=day_kind(form.get(&name("day")))/>
                <SelectField language=l form=form name=name("half_day") label=say::half_day(l) choices=half_days/>
                <TextField language=l form=form name=name("starts") label=say::starts(l)/>
                <TextField language=l form=form name=name("ends") label=say::ends(l)/>
            </div>
            <div class="row">{trainers}</div>
            <div class="row">
                <TextField language=l form=form name=name("topic") label=say::topic(l)/>
                <SelectField language=l form=form name=name("room") label=timetables::room(l) choices=rooms(l, choices)
                    empty=timetables::room_of_class(l).to_owned()/>
                <TextField language=l form=form name=name("venue") label=say::session_venue(l) hint=say::session_venue_hint(l)/>
            </div>
            <button class="link" name="do" value=format!("remove.{n}")>{say::remove_session(l, number)}</button>
        </fieldset>
    }
}

/// A place for a trainer of a session. All places of a session have one name; faults stand at the first.
fn trainer(l: Language, form: &Form, choices: &Choices, name: &str, chosen: Option<&str>, place: usize) -> impl IntoView + use<> {
    let id = if place == 0 { field_id(name) } else { format!("{}-{place}", field_id(name)) };
    let faults: Vec<_> = form.faults.of(name).filter(|_| place == 0).map(|refusal| refusals::say(l, refusal)).collect();
    let is_faulty = !faults.is_empty();
    let note = format!("{id}-fault");
    let options = choices
        .trainers
        .iter()
        .map(|(person, full_name)| {
            let person = person.to_string();
            let selected = chosen == Some(person.as_str());
            view! { <option value=person selected=selected>{full_name.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{say::trainer(l, place + 1)}</label>
            <select id=id name=name.to_owned() aria-invalid=is_faulty.then_some("true")
                aria-describedby=is_faulty.then(|| note.clone())>
                <option value="">{say::no_trainer(l)}</option>
                {options}
            </select>
            {is_faulty.then(|| view! { <p class="fault" id=note.clone()>{faults.join(" ")}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adding_and_removing_a_row_loses_nothing() {
        let typed = "name=L%E1%BB%9Bp+3&sessions.0.day=2%2F7%2F2019&sessions.0.half_day=morning&sessions.0.starts=8h&sessions.0.ends=\
             &sessions.0.trainers=a&sessions.0.trainers=&sessions.0.topic=Bi%E1%BB%83u+03&do=";
        let today = "2019-06-12".parse().unwrap();
        let form = Form::parse(format!("{typed}add").as_bytes());
        let mut plan = read(&form);
        assert_eq!(press(&form, &mut plan, today, &[]), Some(Faults::default()));
        let again = written(&plan);
        assert_eq!(
            (again.get("name"), again.get("sessions.0.topic"), again.get("sessions.0.starts")),
            ("Lớp 3", "Biểu 03", "8h")
        );
        assert_eq!((again.get("sessions.0.day"), again.get("sessions.0.ends")), ("2019-07-02", "11:30"));
        assert_eq!((again.get("sessions.1.half_day"), again.get("sessions.1.starts")), ("afternoon", "13:30"));
        assert_eq!(plan.sessions[1].trainers, plan.sessions[0].trainers);

        let form = Form::parse(format!("{typed}remove.0").as_bytes());
        let mut plan = read(&form);
        assert!(press(&form, &mut plan, today, &[]).is_some() && plan.sessions.is_empty());
        let form = Form::parse(format!("{typed}save").as_bytes());
        assert_eq!(press(&form, &mut read(&form), today, &[]), None);
    }

    #[test]
    fn sessions_are_laid_out_and_a_fault_of_the_pattern_changes_nothing() {
        let typed = "name=L%E1%BB%9Bp+3&sessions.0.day=2%2F7%2F2019&sessions.0.half_day=morning&sessions.0.trainers=a\
             &pattern.first=2019-07-04&pattern.weekdays=thu&pattern.weekdays=fri&pattern.half_days=morning&do=lay_out&pattern.sessions=";
        let today = "2019-06-12".parse().unwrap();
        let form = Form::parse(format!("{typed}3").as_bytes());
        let mut plan = read(&form);
        assert_eq!(press(&form, &mut plan, today, &[]), Some(Faults::default()));
        let days: Vec<_> = plan.sessions.iter().map(|session| session.day.as_str()).collect();
        assert_eq!(days, ["2019-07-04", "2019-07-05", "2019-07-11"]);
        assert!(plan.sessions.iter().all(|session| session.trainers == ["a"]));
        let again = redrawn(&plan, &form);
        assert_eq!((again.all("pattern.weekdays").count(), again.get("name")), (2, "Lớp 3"));

        let form = Form::parse(format!("{typed}many").as_bytes());
        let mut plan = read(&form);
        let faults = press(&form, &mut plan, today, &[]).unwrap();
        assert_eq!((faults.0.len(), faults.0[0].field.as_str(), plan.sessions.len()), (1, "pattern.sessions", 1));
    }
}
