//! The fields one person is entered in: on the form, and in the preview of a list.

use std::collections::BTreeMap;

use domain::accounts::Language;
use domain::enrolments::roster::{CheckedRow, Field, Repair, RepairKind, Row};
use domain::people::Sex;
use leptos::prelude::*;

use crate::Form;
use crate::components::{called, field_id};
use crate::wording::{choices, enrolments as words, refusals, rosters};

/// A row as it was posted.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    /// Its place in the form: its fields are named `rows.N.…`.
    pub place: usize,
    /// Whether it is to be left out.
    pub left_out: bool,
    /// What was typed, with its number in the list.
    pub row: Row,
}

/// The rows of a form, in order. Empty ones stay, since the page shows them again.
pub fn posted(form: &Form) -> Vec<Posted> {
    let mut rows: BTreeMap<usize, Posted> = BTreeMap::new();
    for (name, value) in form.fields() {
        let Some((place, field)) = name.strip_prefix("rows.").and_then(|rest| rest.split_once('.')) else { continue };
        let Ok(place) = place.parse::<usize>() else { continue };
        let posted = rows.entry(place).or_insert_with(|| Posted {
            place,
            row: Row { number: place + 1, ..Row::default() },
            left_out: false,
        });
        match field {
            "number" => posted.row.number = value.parse().unwrap_or(posted.row.number),
            "sheet" => value.clone_into(&mut posted.row.sheet),
            "left_out" => posted.left_out = true,
            _ => {
                if let (Ok(field), false) = (field.parse::<Field>(), value.trim().is_empty()) {
                    posted.row.cells.insert(field, value.to_owned());
                }
            }
        }
    }
    rows.into_values().collect()
}

/// What a field of a person is called.
pub const fn label(l: Language, field: Field) -> &'static str {
    match field {
        Field::FullName => words::full_name(l),
        Field::Birth | Field::BirthMale | Field::BirthFemale => words::birth(l),
        Field::Sex => words::sex(l),
        Field::CitizenId => words::citizen_id(l),
        Field::Phone => words::phone(l),
        Field::Email => words::email(l),
        Field::Position => words::position(l),
        Field::Organisation => rosters::organisation(l),
        Field::TaxCode => rosters::tax_code(l),
        Field::Unit => rosters::unit(l),
    }
}

/// What was put right without asking, as a sentence.
pub fn repair(l: Language, repair: &Repair) -> String {
    let (typed, stored) = (&repair.typed, &repair.stored);
    match repair.kind {
        RepairKind::ZeroPutBack => words::zero_put_back(l, typed, stored),
        RepairKind::Renumbered => words::renumbered(l, typed, stored),
        RepairKind::YearOnly => words::year_only(l).to_owned(),
        RepairKind::DayCounted => rosters::day_counted(l, typed, stored),
        RepairKind::CenturyPutBefore => rosters::century_put_before(l, typed, stored),
        RepairKind::WrittenOut => rosters::written_out(l, typed, stored),
    }
}

/// The fields of one person, with what was typed and what is wrong with it. `who` is what the row is called.
pub fn inputs(l: Language, place: usize, who: &str, row: &CheckedRow, show_faulty_value: bool) -> impl IntoView + use<> {
    Field::TYPED.map(|field| input(l, place, who, row, field, show_faulty_value)).into_iter().collect_view()
}

/// One field of a person.
pub fn input(
    l: Language,
    place: usize,
    who: &str,
    row: &CheckedRow,
    field: Field,
    show_faulty_value: bool,
) -> impl IntoView + use<> {
    let name = format!("rows.{place}.{field}");
    called(&name, &format!("{who} – {}", label(l, field)));
    let id = field_id(&name);
    let sentences: Vec<String> = row
        .faults
        .iter()
        .filter(|fault| fault.field == field)
        .map(|fault| match fault.value.as_str() {
            value if show_faulty_value && !value.is_empty() => words::was_typed(l, value, &refusals::say(l, &fault.refusal)),
            _ => refusals::say(l, &fault.refusal),
        })
        .collect();
    let is_faulty = (!sentences.is_empty()).then_some("true");
    let described = is_faulty.map(|_| format!("{id}-fault"));
    let fault = is_faulty.map(|_| view! { <p class="fault" id=format!("{id}-fault")>{sentences.join(" ")}</p> });
    let value = row.text(field).to_owned();
    let control = if field == Field::Sex {
        let chosen = Sex::read(&value).ok();
        let options = Sex::ALL.iter().map(|sex| {
            view! { <option value=sex.as_str() selected=chosen == Some(*sex)>{choices::sex(l, *sex)}</option> }
        });
        let options = options.collect_view();
        view! {
            <select id=id.clone() name=name aria-describedby=described aria-invalid=is_faulty>
                <option value="">{words::not_said(l)}</option>
                {options}
            </select>
        }
        .into_any()
    } else {
        let (kind, numeric) = match field {
            Field::Phone => ("tel", None),
            // Browsers would refuse what the house can repair or explain better.
            Field::CitizenId => ("text", Some("numeric")),
            _ => ("text", None),
        };
        view! {
            <input id=id.clone() name=name type=kind value=value inputmode=numeric autocomplete="off"
                aria-describedby=described aria-invalid=is_faulty/>
        }
        .into_any()
    };
    view! { <div class="field"><label for=id>{label(l, field)}</label>{control}{fault}</div> }
}
