//! `/sessions/{id}/register`: who was there, as a plain form. Where scripts run, an island saves each mark as it is made.

use std::collections::{HashMap, HashSet};

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::{Actor, Language};
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NOTE_LIMIT, NewMark};
use domain::ids::{EnrolmentId, SessionId};
use domain::time::{local_time, show_day, show_time};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::attendance::{self, Register, RegisterRow};
use operations::{Failure, Office};

use super::door;
use crate::components::{EmptyState, FaultSummary, Notice, field_id};
use crate::islands::register::{RegisterIsland, RegisterWords};
use crate::wording::{attendance as words, choices, door as doors, refusals, shell, trainers};
use crate::{Context, Form, Path, Problem};

/// What a form that was sent says of one person, and what it showed of them when it was made.
#[derive(Debug, Default)]
struct Sent<'f> {
    mark: &'f str,
    note: &'f str,
    /// The mark that was shown: its identifier, status and note.
    was: &'f str,
}

/// What the page says besides what is stored: what was typed, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What was typed into the register.
    form: Form,
    /// Whose marks somebody else made meanwhile.
    conflicts: HashSet<EnrolmentId>,
    /// What happened just before.
    notice: Option<String>,
    /// What was typed at the door.
    pub(super) door: Form,
    /// What happened at the door just before.
    pub(super) door_notice: Option<String>,
}

impl Said {
    /// What is said at the door.
    pub(super) fn at_door(door: Form, door_notice: Option<String>) -> Said {
        Said { door, door_notice, ..Said::default() }
    }
}

/// How many marks were stored.
pub(super) fn stored(l: Language, count: usize) -> String {
    if count == 0 { words::nothing_new(l).to_owned() } else { words::stored(l, count) }
}

pub(super) async fn show(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let register = open(&context, &id).await?;
    let l = context.language;
    let notice = form.has("saved").then(|| stored(l, form.get("saved").parse().unwrap_or(0)));
    let said = Said { notice, ..Said::at_door(Form::default(), door::notice(l, &form)) };
    Ok(page(&context, register, said))
}

pub(super) async fn save(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let register = open(&context, &id).await?;
    let session = register.session.id;
    let marks = read(&context.office, &form)?;
    match store(&context.office, context.actor()?, session, marks, form.get("deed") == "everyone").await {
        Ok((count, conflicts)) if conflicts.is_empty() => {
            Ok(Context::see(&format!("/sessions/{session}/register?saved={count}")))
        }
        Ok((_, conflicts)) => {
            // What the others made is shown instead of what was sent; the rest is stored.
            let mut form = Form::default();
            form.faults.add("", Refusal::ChangedMeanwhile);
            Ok(page(&context, open(&context, &id).await?, Said { form, conflicts, ..Said::default() }))
        }
        Err(Failure::Refused(faults)) if !Failure::Refused(faults.clone()).is(&Refusal::NotFound) => {
            form.faults = faults;
            Ok(page(&context, register, Said { form, ..Said::default() }))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn open(context: &Context, id: &str) -> Result<Register, Problem> {
    let id: SessionId = id.parse().map_err(|_| Problem::NotFound)?;
    Ok(attendance::register(&context.office, context.actor()?, id).await?)
}

/// Stores the marks that were chosen, then marks everybody else present if asked to: how many were new, and whose were
/// not stored because somebody else was faster.
async fn store(
    office: &Office,
    actor: &Actor,
    session: SessionId,
    marks: Vec<NewMark>,
    everyone: bool,
) -> operations::Outcome<(usize, HashSet<EnrolmentId>)> {
    let command = MarkCommand { session, marks, source: MarkSource::Form };
    let marked = attendance::mark(office, actor, &command).await?;
    let mut count = marked.stored;
    if everyone {
        count += attendance::mark_everyone_present(office, actor, session, MarkSource::Form).await?.stored;
    }
    Ok((count, marked.conflicts.into_iter().collect()))
}

/// The marks that somebody chose or changed in the form: those that say what was shown are left out.
fn read(office: &Office, form: &Form) -> Result<Vec<NewMark>, Problem> {
    let mut sent: HashMap<&str, Sent<'_>> = HashMap::new();
    for (name, value) in form.fields() {
        let Some((field, person)) = name.split_once('.') else { continue };
        let sent = sent.entry(person).or_default();
        match field {
            "mark" => sent.mark = value,
            "note" => sent.note = value.trim(),
            "was" => sent.was = value,
            _ => {}
        }
    }
    let changed = sent.into_iter().filter(|(_, sent)| !sent.mark.is_empty()).map(|(person, sent)| {
        let mut was = sent.was.splitn(3, ' ');
        let seen = was.next().and_then(|id| id.parse().ok());
        if seen.is_some() && was.next() == Some(sent.mark) && was.next().unwrap_or_default() == sent.note {
            return Ok(None);
        }
        Ok(Some(NewMark {
            enrolment: person.parse().map_err(|_| Problem::NotFound)?,
            status: sent.mark.parse().map_err(|_| Problem::NotFound)?,
            note: Some(sent.note.to_owned()),
            // A form that is sent twice says what holds already; it needs nothing more to be one of a kind.
            nonce: office.secret(),
            client_time: None,
            seen,
        }))
    });
    changed.filter_map(Result::transpose).collect()
}

pub(super) fn page(context: &Context, register: Register, said: Said) -> Response {
    let l = context.language;
    let is_faulty = !said.form.faults.is_empty() || !said.door.faults.is_empty();
    let status = if is_faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let is_open = register.closed.is_none();
    let (number, run_id, session_id) = (register.number, register.session.run_id, register.session.id);
    let title = words::register_title(l, number, show_day(register.session.day));
    let is_empty = register.rows.is_empty();
    let nonce = context.office.secret();
    let content = move || {
        let session = &register.session;
        let times = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
        let lead = format!("{} · {} {times}", register.run.title(l), choices::half_day(l, session.half_day));
        let door = door::view(l, &register, &said, nonce);
        let to_door = is_open.then(|| view! { <p class="no-print"><a href="#door">{doors::to_door(l)}</a></p> });
        view! {
            <p class="lead">{lead}</p>
            <FaultSummary language=l faults=said.form.faults.clone()/>
            {said.notice.clone().map(|text| view! { <Notice text/> })}
            {register.closed.as_ref().map(|refusal| view! { <Notice text=refusals::say(l, refusal)/> })}
            {to_door}
            {people(l, &register, &said)}
            {door}
            <p class="actions">
                <a href=format!("/sessions/{session_id}/sheet.pdf")>{words::sheet(l)}</a>
                <a href=format!("/sessions/{session_id}/teaching")>{trainers::teaching(l)}</a>
            </p>
        }
    };
    let page = context
        .page(title, content)
        .crumb("/runs", shell::runs(l))
        .crumb(format!("/runs/{run_id}/attendance"), words::title(l))
        .status(status);
    if is_open && !is_empty { page.with_island().into_response() } else { page.into_response() }
}

/// The register itself: who has a place, each with their mark.
fn people(l: Language, register: &Register, said: &Said) -> AnyView {
    let (id, is_open) = (register.session.id, register.closed.is_none());
    let rows = register.rows.iter().map(|row| person(l, row, &said.form, said.conflicts.contains(&row.enrolment), is_open));
    let rows = rows.collect_view();
    if register.rows.is_empty() {
        let run = format!("/runs/{}", register.run.id);
        return view! {
            <EmptyState title=words::nobody_title(l) advice=words::nobody(l)>
                <a class="button quiet" href=run>{words::to_run(l)}</a>
            </EmptyState>
        }
        .into_any();
    }
    if !is_open {
        return view! { <div class="people marking">{rows}</div> }.into_any();
    }
    view! {
        <p class="keys hint">{words::keys(l)}</p>
        <form id="register" class="people marking" method="post" action=format!("/sessions/{id}/register") autocomplete="off">
            {rows}
            <RegisterIsland session=id counts=register.counts words=island_words(l)/>
        </form>
    }
    .into_any()
}

/// One person: four large buttons to choose from, and a note.
fn person(l: Language, row: &RegisterRow, form: &Form, is_conflict: bool, is_open: bool) -> impl IntoView + use<> {
    let id = row.enrolment;
    let mark = row.mark.as_ref();
    let stored = mark.map_or("", |mark| mark.status.as_str());
    let note_field = format!("note.{id}");
    let note = mark.and_then(|mark| mark.note.clone()).unwrap_or_default();
    let was = mark.map(|mark| format!("{} {} {note}", mark.id, mark.status)).unwrap_or_default();
    let by = mark.map(|mark| format!("{} · {}", show_time(local_time(mark.at)), mark.by)).unwrap_or_default();
    let state = match mark {
        Some(mark) if is_conflict => words::conflict(l, &mark.by, choices::mark_status(l, mark.status)),
        _ => by,
    };
    let chosen = match form.get(&format!("mark.{id}")) {
        "" => stored.to_owned(),
        typed => typed.to_owned(),
    };
    let typed = if form.has(&note_field) { form.get(&note_field).to_owned() } else { note.clone() };
    let faults = said(l, &form.faults, &note_field);
    let buttons = MarkStatus::ALL
        .iter()
        .map(|status| {
            let checked = chosen == status.as_str();
            view! {
                <label class=status.as_str()>
                    <input type="radio" name=format!("mark.{id}") value=status.as_str() checked=checked disabled=!is_open/>
                    <span>{if *status == MarkStatus::Late { words::late(l) } else { choices::mark_status(l, *status) }}</span>
                </label>
            }
        })
        .collect_view();
    let data_state = if is_conflict { "conflict" } else { "" };
    view! {
        <div class="person" id=format!("p-{id}") data-enrolment=id.to_string() data-mark=mark.map(|mark| mark.id.to_string())
            data-status=stored data-note=note data-state=data_state>
            <div class="name" id=format!("n-{id}")>{row.name.clone()}<small>{row.organisation.clone()}</small></div>
            <div class="marks" role="radiogroup" aria-labelledby=format!("n-{id}")>{buttons}</div>
            <input class="note" type="text" id=field_id(&note_field) name=note_field maxlength=NOTE_LIMIT.to_string() value=typed
                placeholder=words::note(l) aria-label=format!("{}: {}", words::note(l), row.name) disabled=!is_open/>
            <small class="state" aria-live="polite">{state}</small>
            {faults}
            <input type="hidden" name=format!("was.{id}") value=was/>
        </div>
    }
}

fn said(l: Language, faults: &Faults, field: &str) -> Option<impl IntoView + use<>> {
    let sentences: Vec<String> = faults.of(field).map(|refusal| refusals::say(l, refusal)).collect();
    (!sentences.is_empty()).then(|| view! { <p class="fault">{sentences.join(" ")}</p> })
}

fn island_words(l: Language) -> RegisterWords {
    RegisterWords {
        counted: words::counted(l, "{marked}", "{people}"),
        saved: words::saved(l).into(),
        saving: words::saving(l).into(),
        waiting: words::waiting(l).into(),
        signed_out: words::signed_out(l).into(),
        conflict: words::conflict(l, "{by}", "{status}"),
        everyone: words::everyone(l).into(),
        save: words::save(l).into(),
        statuses: MarkStatus::ALL.iter().map(|status| choices::mark_status(l, *status).to_owned()).collect(),
        keys: words::key_letters(l).into(),
    }
}
