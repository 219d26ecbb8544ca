//! `/sessions/{id}/teaching`: who was to teach a session, who really did, for how many minutes and in whose place.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::SessionId;
use domain::time::{local_time, show_day, show_instant, show_time};
use domain::trainers::TeachingForm;
use leptos::prelude::*;
use operations::trainers::{self, Record, TeachingRow, TeachingView};

use crate::components::{FaultSummary, Notice, SelectField, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::{attendance, choices, refusals, shell, trainers as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<SessionId>, form: Form) -> Result<Response, Problem> {
    let view = trainers::teaching(&context.office, context.actor()?, id).await?;
    let l = context.language;
    let saved = form.has("saved").then(|| match form.get("saved").parse() {
        Ok(0) | Err(_) => say::nothing_new(l).to_owned(),
        Ok(count) => say::stored(l, count),
    });
    Ok(page(&context, &view, written(&view), saved, StatusCode::OK))
}

pub(super) async fn record(context: Context, Path(id): Path<SessionId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let view = trainers::teaching(&context.office, actor, id).await?;
    // A form that does not say what it was made from is one that is out of date.
    let seen = form.get("seen").parse().unwrap_or(usize::MAX);
    let outcome = match TeachingForm::parse(&read(&form)) {
        Ok(rows) => trainers::record(&context.office, actor, id, seen, &rows).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(count) => Ok(Context::see(&format!("/sessions/{id}/teaching?saved={count}"))),
        Err(failure) => {
            let (mut form, status) = with_faults(form, failure)?;
            // What is shown beside it is what counts by now.
            form.set("seen", view.records.len().to_string());
            Ok(page(&context, &view, form, None, status))
        }
    }
}

fn name(n: usize, field: &str) -> String {
    format!("teaching.{n}.{field}")
}

fn read(form: &Form) -> Vec<TeachingForm> {
    let row = |n| TeachingForm {
        person: form.get(&name(n, "person")).to_owned(),
        minutes: form.get(&name(n, "minutes")).to_owned(),
        stood_in_for: form.get(&name(n, "stood_in_for")).to_owned(),
        note: form.get(&name(n, "note")).to_owned(),
    };
    (0..form.rows("teaching")).map(row).collect()
}

/// What is known, or offered, as the fields of the form: the length of the session until something is recorded, and an
/// empty row for somebody else at its end.
fn written(view: &TeachingView) -> Form {
    let mut form = Form::default();
    for (n, row) in view.rows.iter().enumerate() {
        // Who was planned and is not said to have taught, while others are, did not.
        let unsaid = if view.records.is_empty() { view.length() } else { 0 };
        let last = row.last.as_ref();
        form.set(&name(n, "person"), row.person.to_string());
        form.set(&name(n, "minutes"), last.map_or(unsaid, |last| last.minutes).to_string());
        form.set(&name(n, "note"), last.map(|last| last.note.clone()).unwrap_or_default());
        let in_place_of = last.and_then(|last| last.stood_in_for).map(|person| person.to_string());
        form.set(&name(n, "stood_in_for"), in_place_of.unwrap_or_default());
    }
    form.set(&name(view.rows.len(), "minutes"), view.length().to_string());
    form.set("seen", view.records.len().to_string());
    form
}

fn page(context: &Context, view: &TeachingView, form: Form, saved: Option<String>, status: StatusCode) -> Response {
    let l = context.language;
    let session = &view.session;
    let title = say::teaching_title(l, view.number, show_day(session.day));
    let page = context.page(title, || {
        let times = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
        let lead = format!("{} · {} {times}", view.run.title(l), choices::half_day(l, session.half_day));
        let form_or_why = match &view.closed {
            Some(refusal) => view! { <Notice text=refusals::say(l, refusal)/> }.into_any(),
            None => fields(l, view, &form).into_any(),
        };
        view! {
            <p class="lead">{lead}</p>
            {saved.map(|text| view! { <Notice text/> })}
            <FaultSummary language=l faults=form.faults.clone()/>
            {form_or_why}
            {history(l, view)}
            <p><a href=format!("/sessions/{}/register", session.id)>{attendance::title(l)}</a></p>
        }
    });
    page.crumb("/runs", shell::runs(l))
        .crumb(format!("/runs/{}/attendance", session.run_id), attendance::title(l))
        .status(status)
        .into_response()
}

fn fields(l: Language, view: &TeachingView, form: &Form) -> impl IntoView + use<> {
    let unrecorded = view.records.is_empty().then(|| view! { <p class="notice">{say::nothing_recorded(l)}</p> });
    let rows = view.rows.iter().enumerate().map(|(n, row)| known(l, view, form, n, row)).collect_view();
    let n = view.rows.len();
    let people = view.others.iter().map(|(person, name)| (person.to_string(), name.clone())).collect::<Vec<_>>();
    let another = (!people.is_empty()).then(|| {
        view! {
            <fieldset class="session">
                <legend>{say::another(l)}</legend>
                <SelectField language=l form=form name=name(n, "person") label=say::person(l) choices=people
                    empty=say::choose(l).to_owned()/>
                {given(l, view, form, n, None)}
            </fieldset>
        }
    });
    view! {
        <p>{say::teaching_lead(l)}" "{say::length(l, say::hours(l, view.length()))}</p>
        {unrecorded}
        <form method="post" action=format!("/sessions/{}/teaching", view.session.id) novalidate>
            <input type="hidden" name="seen" value=form.get("seen").to_owned()/>
            {rows}
            {another}
            <p class="actions"><button>{say::save(l)}</button></p>
        </form>
    }
}

/// Somebody who was to teach, or did.
fn known(l: Language, view: &TeachingView, form: &Form, n: usize, row: &TeachingRow) -> impl IntoView + use<> {
    let planned = row.planned.then(|| view! { " "<span class="tag">{say::planned_trainer(l)}</span> });
    view! {
        <fieldset class="session">
            <legend>{row.name.clone()}{planned}</legend>
            <input type="hidden" name=name(n, "person") value=row.person.to_string()/>
            {given(l, view, form, n, Some(row))}
        </fieldset>
    }
}

fn given(l: Language, view: &TeachingView, form: &Form, n: usize, row: Option<&TeachingRow>) -> impl IntoView + use<> {
    let others = view.missing().into_iter().filter(|(person, _)| row.is_none_or(|row| row.person != *person));
    let others: Vec<(String, String)> = others.map(|(person, name)| (person.to_string(), name)).collect();
    let stood_in = (!others.is_empty()).then(|| {
        view! {
            <SelectField language=l form=form name=name(n, "stood_in_for") label=say::stood_in_for(l) choices=others
                empty=say::nobody(l).to_owned()/>
        }
    });
    view! {
        <div class="row">
            <TextField language=l form=form name=name(n, "minutes") label=say::minutes(l) kind="number"/>
            {stood_in}
            <TextField language=l form=form name=name(n, "note") label=say::teaching_note(l)/>
        </div>
    }
}

/// Everything that was said, the latest first.
fn history(l: Language, view: &TeachingView) -> Option<impl IntoView + use<>> {
    let lines = view.records.iter().rev().map(|record| {
        let counts = view.rows.iter().any(|row| row.last.as_ref() == Some(record));
        line(l, record, counts)
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h2>{say::history(l)}</h2>
                <p class="hint">{say::history_hint(l)}</p>
                <ul class="history">{lines}</ul>
            </section>
        }
    })
}

fn line(l: Language, record: &Record, counts: bool) -> impl IntoView + use<> {
    let stood_in = record.stood_in_name.as_deref().map(|name| say::in_place_of(l, name)).unwrap_or_default();
    let said = [format!("{}: {}", record.full_name, say::hours(l, record.minutes)), stood_in, record.note.clone()];
    let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let by = say::recorded_by(l, show_instant(record.recorded_at), &record.recorded_by);
    let tag = counts.then(|| view! { " "<span class="tag good">{say::counts(l)}</span> });
    view! { <li>{said}{tag}<small class="hint">{by}</small></li> }
}
