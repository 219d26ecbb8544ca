//! The rows of an uploaded list in its preview: one line where nothing is wrong, else what is wrong open to be corrected.

use domain::accounts::Language;
use domain::enrolments::roster::{CheckedRow, Field};
use domain::people::{CitizenId, Sex};
use leptos::prelude::*;
use operations::enrolments::RowNote;

use super::person::{Posted, input, label, repair};
use crate::components::{LeaveOut, field_id};
use crate::pages::rosters::row_name;
use crate::wording::{choices, enrolments as words};

/// The most rows that the summary names.
const NAMED: usize = 20;

/// Which rows are wrong in what, each with the way to the first field of it.
pub(super) fn faulty(l: Language, rows: &[(usize, &CheckedRow)]) -> impl IntoView + use<> {
    let faulty: Vec<_> = rows.iter().filter(|(_, row)| !row.faults.is_empty()).collect();
    let lines = faulty.iter().take(NAMED).map(|(place, row)| {
        let fields = wrong(row);
        let names = fields.iter().map(|field| label(l, *field)).collect::<Vec<_>>().join(", ");
        let first = fields.first().map(|field| format!("#{}", field_id(&format!("rows.{place}.{field}"))));
        view! { <li><a href=first>{words::row_wrong(l, &row_name(l, &row.sheet, row.number), &names)}</a></li> }
    });
    let lines = lines.collect_view();
    let more = (faulty.len() > NAMED).then(|| view! { <li>"…"</li> });
    view! { <ul>{lines}{more}</ul> }
}

/// The fields of a row with something wrong in them, in the order of the form.
fn wrong(row: &CheckedRow) -> Vec<Field> {
    Field::TYPED.into_iter().filter(|field| row.faults.iter().any(|fault| fault.field == *field)).collect()
}

pub(super) fn kept(l: Language, place: usize, row: &CheckedRow, note: Option<RowNote>) -> impl IntoView + use<> {
    let body = if row.faults.is_empty() {
        view! { {compact(l, row)}{row.typed.iter().map(|(field, text)| hidden(place, *field, text)).collect_view()} }.into_any()
    } else {
        to_correct(l, place, row).into_any()
    };
    let note = note.map(|note| {
        let (kind, text) = match note {
            RowNote::New => ("tag", words::row_new(l)),
            RowNote::Resembling(_) => ("tag warn", words::row_resembling(l)),
            RowNote::Known(_) => ("tag good", words::row_known(l)),
            RowNote::AlreadyEnrolled(_) => ("tag warn", words::row_already(l)),
            RowNote::Offered(_) => ("tag good", words::row_offered(l)),
        };
        let whom = match note {
            RowNote::Resembling(Some(person)) => Some(person),
            _ => None,
        };
        // In a window of its own: the rows that were corrected here stay.
        let whom = whom.map(|person| {
            view! { " "<a href=format!("/people/{person}") target="_blank" rel="noopener">{words::row_whom(l)}</a> }
        });
        view! { <span class=kind>{text}</span>{whom} }
    });
    let bad = (!row.faults.is_empty()).then(|| view! { <span class="tag bad">{words::faults(l, row.faults.len())}</span> });
    let repairs = row.repairs.iter().map(|put_right| view! { <li>{repair(l, put_right)}</li> });
    let repairs = repairs.collect_view();
    let repairs = (!row.repairs.is_empty()).then(|| view! { <ul class="hint">{repairs}</ul> });
    view! {
        <fieldset class="panel">
            <legend>{row_name(l, &row.sheet, row.number)}" "{note}{bad}</legend>
            <input type="hidden" name=format!("rows.{place}.number") value=row.number.to_string()/>
            {sheet(place, &row.sheet)}
            {body}
            {repairs}
            <LeaveOut language=l place=place checked=false/>
        </fieldset>
    }
}

/// The fields with a fault open, the others as what stands in them, with the way to change that, too.
fn to_correct(l: Language, place: usize, row: &CheckedRow) -> impl IntoView + use<> {
    // What was put right stands in its field as it will be stored, as the note below says.
    let mut row = row.clone();
    let wrong = wrong(&row);
    for put_right in std::mem::take(&mut row.repairs) {
        if !put_right.stored.is_empty() && !wrong.contains(&put_right.field) {
            row.typed.insert(put_right.field, put_right.stored);
        }
    }
    let who = row_name(l, &row.sheet, row.number);
    let fields = |fields: Vec<Field>| fields.into_iter().map(|field| input(l, place, &who, &row, field, true)).collect_view();
    let others: Vec<Field> = Field::TYPED.into_iter().filter(|field| !wrong.contains(field)).collect();
    let name = others.contains(&Field::FullName).then(|| view! { <strong>{row.text(Field::FullName).to_owned()}</strong>" " });
    let known = others.iter().filter(|field| **field != Field::FullName).map(|field| shown(l, &row, *field));
    let known = known.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <p>{name}<span class="soft">{known}</span></p>
        <div class="row newcomer">{fields(wrong)}</div>
        <details class="fold">
            <summary>{words::correct_others(l)}</summary>
            <div class="row newcomer">{fields(others)}</div>
        </details>
    }
}

/// What stands in a field, citizen numbers masked.
fn shown(l: Language, row: &CheckedRow, field: Field) -> String {
    let typed = row.text(field);
    match field {
        Field::Sex => Sex::read(typed).map_or_else(|_| typed.to_owned(), |sex| choices::sex(l, sex).to_owned()),
        Field::CitizenId => typed.parse().map_or_else(|_| typed.to_owned(), |number: CitizenId| number.masked()),
        _ => typed.to_owned(),
    }
}

/// A row that is to be left out keeps what was typed, so that it can come back.
pub(super) fn left_out(l: Language, posted: &Posted) -> impl IntoView + use<> {
    let place = posted.place;
    let name = posted.row.cells.get(&Field::FullName).cloned().unwrap_or_default();
    let cells = posted.row.cells.iter().map(|(field, text)| hidden(place, *field, text)).collect_view();
    view! {
        <fieldset class="panel">
            <legend>{row_name(l, &posted.row.sheet, posted.row.number)}" "<span class="tag">{words::left_out(l)}</span></legend>
            <input type="hidden" name=format!("rows.{place}.number") value=posted.row.number.to_string()/>
            {sheet(place, &posted.row.sheet)}
            <p class="struck">{name}</p>
            {cells}
            <LeaveOut language=l place=place checked=true/>
        </fieldset>
    }
}

fn hidden(place: usize, field: Field, text: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("rows.{place}.{field}") value=text.to_owned()/> }
}

/// The sheet of a row, where the list has several.
fn sheet(place: usize, sheet: &str) -> impl IntoView + use<> {
    (!sheet.is_empty()).then(|| view! { <input type="hidden" name=format!("rows.{place}.sheet") value=sheet.to_owned()/> })
}

/// A row without a fault in one line: what will be stored, citizen numbers masked.
fn compact(l: Language, row: &CheckedRow) -> impl IntoView + use<> {
    let person = row.person.as_ref();
    let name = person.map(|person| person.full_name.to_string());
    let particulars = person.map(|person| {
        [
            person.birth.map(|birth| birth.to_string()),
            person.sex.map(|sex: Sex| choices::sex(l, sex).to_owned()),
            person.citizen_id.as_ref().map(|number| number.masked()),
            person.phone.as_ref().map(ToString::to_string),
            person.email.as_ref().map(ToString::to_string),
            person.position.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
    });
    view! { <p><strong>{name}</strong>" "<span class="soft">{particulars}</span></p> }
}
