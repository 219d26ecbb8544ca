//! At the door of a session: who comes without a place, and heads that are counted. Plain forms below the register.

use axum::response::Response;
use domain::accounts::Language;
use domain::attendance::MarkStatus;
use domain::ids::SessionId;
use domain::people::Sex;
use domain::time::{show_day, show_instant};
use domain::walk_ins::{Heads, ORGANISATION_LIMIT, WalkInForm};
use leptos::prelude::*;
use operations::attendance::{self, Register, WalkInRow};
use operations::walk_ins::{self, NewMark, NoteCommand};

use super::register::{self, Said};
use crate::components::{FaultSummary, Notice, TextField, called, field_id};
use crate::problem::faults;
use crate::wording::{attendance as attendance_words, choices, door as words};
use crate::{Context, Form, Path, Problem};

/// `POST /sessions/{id}/walk-ins`: somebody is written down.
pub(super) async fn note(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let register = register::open(&context, &id).await?;
    let session = register.session.id;
    let typed = WalkInForm {
        full_name: form.get("full_name").into(),
        sex: form.get("sex").into(),
        birth_year: form.get("birth_year").into(),
        organisation: form.get("organisation").into(),
        phone: form.get("phone").into(),
        status: form.get("status").into(),
    };
    let outcome = match typed.parse(context.office.today()) {
        Ok(entry) => {
            let nonce = Some(form.get("nonce")).filter(|nonce| !nonce.is_empty()).map(ToOwned::to_owned);
            let command = NoteCommand { session, entry, nonce: nonce.unwrap_or_else(|| context.office.secret()) };
            walk_ins::note(&context.office, context.actor()?, &command).await.map(drop)
        }
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/sessions/{session}/register?came=yes#door"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(register::page(&context, register, Said::at_door(form, None)))
        }
    }
}

/// `POST /sessions/{id}/walk-ins/marks`: marks of those who were written down.
pub(super) async fn marks(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let register = register::open(&context, &id).await?;
    let session = register.session.id;
    let mut marks = Vec::new();
    for (walk_in, status) in form.fields().filter_map(|(name, value)| Some((name.strip_prefix("mark.")?, value))) {
        let mut was = form.get(&format!("was.{walk_in}")).split(' ');
        let seen = was.next().and_then(|id| id.parse().ok());
        if seen.is_some() && was.next() == Some(status) {
            continue;
        }
        let walk_in = walk_in.parse().map_err(|_| Problem::NotFound)?;
        marks.push(NewMark { walk_in, status: status.parse().map_err(|_| Problem::NotFound)?, seen });
    }
    match walk_ins::mark(&context.office, context.actor()?, session, &marks).await {
        Ok(count) => Ok(Context::see(&format!("/sessions/{session}/register?door={count}#door"))),
        Err(failure) => {
            let mut fresh = Form::default();
            fresh.faults.0.extend(faults(failure)?.0);
            Ok(register::page(&context, register::open(&context, &id).await?, Said::at_door(fresh, None)))
        }
    }
}

/// `POST /sessions/{id}/heads`: women and men without names.
pub(super) async fn heads(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let register = register::open(&context, &id).await?;
    let session = register.session.id;
    let outcome = match Heads::parse(form.get("women"), form.get("men")) {
        Ok(heads) => attendance::count_heads(&context.office, context.actor()?, session, heads).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/sessions/{session}/register?counted=yes#door"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            Ok(register::page(&context, register, Said::at_door(form, None)))
        }
    }
}

/// What stands below the register. What came of a deed at the door is said here, where the page opens after it.
pub(super) fn view(l: Language, register: &Register, said: &Said, nonce: String) -> AnyView {
    let form = &said.door;
    let (id, run) = (register.session.id, &register.run);
    let is_open = register.closed.is_none();
    let left = left(l, register);
    let full = (is_open && run.taken >= run.capacity).then(|| view! { <p class="notice">{words::full(l, run.capacity)}</p> });
    let known = (!register.walk_ins.is_empty()).then(|| known(l, id, &register.walk_ins, is_open));
    let add = is_open.then(|| add(l, register, form, nonce));
    let count = register.walk_ins.len();
    let link = if count > 0 { words::match_them(l, count) } else { words::see_them(l).to_owned() };
    let heads = heads_form(l, register, form, is_open);
    view! {
        <section id="door" class="no-print">
            {left}
            <h2>{words::title(l)}</h2>
            <FaultSummary language=l faults=form.faults.clone()/>
            {said.door_notice.clone().map(|text| view! { <Notice text/> })}
            {is_open.then(|| view! { <p class="hint">{words::lead(l)}</p> })}
            {full}
            {known}
            {add}
            <p><a href=format!("/runs/{}/walk-ins", run.id)>{link}</a></p>
            {heads}
        </section>
    }
    .into_any()
}

/// Who left midway: what was marked of them stays to be seen.
fn left(l: Language, register: &Register) -> Option<impl IntoView + use<>> {
    let lines = register.left.iter().map(|left| {
        let mark = choices::mark_status(l, left.mark.status);
        view! { <li>{words::left(l, &left.name, &left.organisation, mark, show_day(left.left_on))}</li> }
    });
    let lines = lines.collect_view();
    (!register.left.is_empty()).then(|| view! { <h2>{words::left_title(l)}</h2><ul>{lines}</ul> })
}

/// Who was written down, with four large buttons to choose from.
fn known(l: Language, session: SessionId, rows: &[WalkInRow], is_open: bool) -> AnyView {
    let rows = rows.iter().map(|row| {
        let id = row.walk_in.id;
        let was = row.mark.as_ref().map(|mark| format!("{} {}", mark.id, mark.status)).unwrap_or_default();
        let chosen = row.mark.as_ref().map(|mark| mark.status);
        let said = [
            Some(row.walk_in.organisation_name.clone()),
            row.walk_in.birth_year.map(|year| year.to_string()),
            row.walk_in.phone.clone(),
        ];
        let said = said.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        let buttons = MarkStatus::ALL.iter().map(|status| {
            let checked = chosen == Some(*status);
            view! {
                <label class=status.as_str()>
                    <input type="radio" name=format!("mark.{id}") value=status.as_str() checked=checked disabled=!is_open/>
                    <span>{if *status == MarkStatus::Late { attendance_words::late(l) } else { choices::mark_status(l, *status) }}</span>
                </label>
            }
        });
        let buttons = buttons.collect_view();
        view! {
            <div class="person">
                <div class="name" id=format!("w-{id}")>{row.walk_in.person_name.clone()}<small>{said}</small></div>
                <div class="marks" role="radiogroup" aria-labelledby=format!("w-{id}")>{buttons}</div>
                <input type="hidden" name=format!("was.{id}") value=was/>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <form class="people" method="post" action=format!("/sessions/{session}/walk-ins/marks#door") autocomplete="off">
            {rows}
            {is_open.then(|| view! { <p class="actions"><button class="quiet">{words::save_marks(l)}</button></p> })}
        </form>
    }
    .into_any()
}

/// The form with which somebody is written down: the name is enough, one press marks them.
fn add(l: Language, register: &Register, form: &Form, nonce: String) -> AnyView {
    let mut organisations: Vec<&str> = register.rows.iter().map(|row| row.organisation.as_str()).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let organisations = organisations.into_iter().map(|name| view! { <option value=name.to_owned()></option> }).collect_view();
    let sexes = Sex::ALL.iter().map(|sex| {
        let checked = form.get("sex") == sex.as_str();
        view! {
            <label><input type="radio" name="sex" value=sex.as_str() checked=checked/><span>{choices::sex(l, *sex)}</span></label>
        }
    });
    let sexes = sexes.collect_view();
    let is_open = form.has("full_name");
    called("organisation", words::organisation(l));
    called("sex", words::sex(l));
    view! {
        <details class="panel" open=is_open>
            <summary>{words::add(l)}</summary>
            <form method="post" action=format!("/sessions/{}/walk-ins#door", register.session.id) autocomplete="off">
                <input type="hidden" name="nonce" value=nonce/>
                <p class="hint">{words::only_name(l)}</p>
                <TextField language=l form=form name="full_name" label=words::full_name(l)/>
                <fieldset class="field"><legend>{words::sex(l)}</legend><div class="marks">{sexes}</div></fieldset>
                <div class="row">
                    <TextField language=l form=form name="birth_year" label=words::birth_year(l) kind="number"/>
                    <TextField language=l form=form name="phone" label=words::phone(l) kind="tel"/>
                </div>
                <div class="field">
                    <label for=field_id("organisation")>{words::organisation(l)}</label>
                    <input id=field_id("organisation") name="organisation" type="text" list="organisations"
                        maxlength=ORGANISATION_LIMIT.to_string() value=form.get("organisation").to_owned()/>
                    <datalist id="organisations">{organisations}</datalist>
                </div>
                <p class="actions">
                    <button name="status" value="present">{words::add_present(l)}</button>
                    <button class="quiet" name="status" value="late">{words::add_late(l)}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// Women and men whose names will never be known.
fn heads_form(l: Language, register: &Register, form: &Form, is_open: bool) -> Option<AnyView> {
    let known = register.heads.as_ref();
    let said = known.map(|count| {
        let by = words::counted_by(l, &count.counted_by, show_instant(count.counted_at));
        view! { <p><strong>{words::heads(l, count.women, count.men)}</strong>" "<small class="soft">{by}</small></p> }
    });
    if !is_open {
        return said.map(|said| view! { <h2>{words::heads_title(l)}</h2>{said} }.into_any());
    }
    let mut filled = form.clone();
    for (name, value) in [("women", known.map(|count| count.women)), ("men", known.map(|count| count.men))] {
        if !form.has(name) {
            filled.set(name, value.map(|value| value.to_string()).unwrap_or_default());
        }
    }
    Some(
        view! {
            <h2>{words::heads_title(l)}</h2>
            <p class="hint">{words::heads_lead(l)}</p>
            {said}
            <form method="post" action=format!("/sessions/{}/heads#door", register.session.id) autocomplete="off">
                <div class="row">
                    <TextField language=l form=&filled name="women" label=words::women(l) kind="number"/>
                    <TextField language=l form=&filled name="men" label=words::men(l) kind="number"/>
                </div>
                <p class="actions"><button class="quiet">{words::save_heads(l)}</button></p>
            </form>
        }
        .into_any(),
    )
}

/// What happened at the door just before.
pub(super) fn notice(l: Language, query: &Form) -> Option<String> {
    match query.get("door").parse() {
        Ok(count) => Some(register::stored(l, count)),
        Err(_) if query.has("came") => Some(words::noted(l).to_owned()),
        Err(_) => query.has("counted").then(|| words::heads_saved(l).to_owned()),
    }
}

/// The heads of a session, beside its marks.
pub(super) fn beside(l: Language, heads: Option<Heads>) -> Option<impl IntoView + use<>> {
    heads.filter(|heads| heads.all() > 0).map(|heads| view! { <small>{words::heads(l, heads.women, heads.men)}</small> })
}

/// The way to the walk-ins of a run, where there are any.
pub(super) fn way(l: Language, attendance: &attendance::Attendance) -> Option<impl IntoView + use<>> {
    let (run, open) = (attendance.run.id, attendance.open_walk_ins);
    let text = if open > 0 { words::match_them(l, open) } else { words::see_them(l).to_owned() };
    (attendance.walk_ins > 0).then(|| view! { <p><a href=format!("/runs/{run}/walk-ins")>{text}</a></p> })
}

/// Who left midway, on the pages of completion; and who is still to be found out about.
pub(crate) fn left_midway(l: Language, left: &[operations::enrolments::Enrolment], open_walk_ins: usize) -> AnyView {
    let lines = left
        .iter()
        .map(|left| view! { <li>{left.person_name.clone()}" "<small class="soft">{left.organisation_name.clone()}</small></li> });
    let lines = lines.collect_view();
    let left = (!left.is_empty()).then(|| view! { <p>{words::left_not_completed(l)}</p><ul>{lines}</ul> });
    let open = (open_walk_ins > 0).then(|| view! { <Notice text=words::still_open(l, open_walk_ins)/> });
    view! { {open}{left} }.into_any()
}
