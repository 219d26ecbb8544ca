//! The cells of a sheet of forms: what they are called, what they say, and the inputs in which they are corrected.

use domain::accounts::Language;
use domain::registrations::spreadsheet::{GROUP, ORGANISATION, PRODUCT_NAME, TAX_CODE};
use domain::registrations::{FieldKind, FormField};
use leptos::prelude::*;
use operations::registrations::{ReviewedForm, SheetReview};

use super::inputs::{input, with_typed};
use crate::Form;
use crate::components::{SelectField, TextField};
use crate::wording::{form_words, registration_sheets as words, registrations as say};

/// What a cell is called.
pub(super) fn subject(l: Language, name: &str) -> String {
    match name {
        ORGANISATION => say::organisation(l).to_owned(),
        TAX_CODE => words::tax_code(l).to_owned(),
        name => form_words::subject(l, name),
    }
}

/// What a cell says, as people read it.
pub(super) fn said(l: Language, name: &str, text: &str) -> String {
    match FormField::named(name).map(FormField::kind) {
        Some(FieldKind::One(known) | FieldKind::Any(known)) => {
            let each = |word: &str| if known.contains(&word) { form_words::choice(l, word) } else { word.to_owned() };
            if text.split(' ').all(|word| known.contains(&word)) {
                text.split(' ').map(each).collect::<Vec<_>>().join(", ")
            } else {
                text.to_owned()
            }
        }
        _ => text.to_owned(),
    }
}

/// A cell that is sent again as it is.
pub(super) fn hidden(place: usize, name: &str, text: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("rows.{place}.{name}") value=text.to_owned()/> }
}

/// The inputs for the cells of a row that have a fault, each with the name of its cell.
pub(super) fn correcting(l: Language, review: &SheetReview, place: usize, form: &ReviewedForm) -> Vec<(String, AnyView)> {
    let mut names: Vec<&str> = Vec::new();
    for fault in &form.checked.faults.0 {
        // Either of the two says who it is.
        let wanted = if fault.field == TAX_CODE { &[ORGANISATION, TAX_CODE][..] } else { &[fault.field.as_str()][..] };
        let wanted = if fault.field == ORGANISATION { &[ORGANISATION, TAX_CODE][..] } else { wanted };
        names.extend(wanted.iter().filter(|name| !names.contains(name)).copied().collect::<Vec<_>>());
    }
    let at = |name: &str| format!("rows.{place}.{name}");
    let mut typed = Form::filled(names.iter().map(|name| (at(name), form.checked.row.cell(name))));
    for fault in &form.checked.faults.0 {
        typed.faults.add(at(&fault.field), fault.refusal.clone());
    }
    names.into_iter().map(|name| (name.to_owned(), correct(l, review, &typed, name, at(name)))).collect()
}

fn correct(l: Language, review: &SheetReview, typed: &Form, name: &str, at: String) -> AnyView {
    let label = subject(l, name);
    match (name, FormField::named(name)) {
        (GROUP, _) => {
            let groups = review.groups.iter().map(|(id, label)| (id.to_string(), label.clone())).collect();
            let groups = with_typed(typed.get(&at), groups);
            let (empty, hint) = (say::choose(l).to_owned(), words::in_file(l, typed.get(&at)));
            view! { <SelectField language=l form=typed name=at label=label choices=groups empty=empty hint=hint/> }.into_any()
        }
        (ORGANISATION | TAX_CODE | PRODUCT_NAME, _) | (_, None) => {
            view! { <TextField language=l form=typed name=at label=label/> }.into_any()
        }
        (_, Some(field)) => {
            // A choice cannot show what stands in the file beside what it offers.
            let is_chosen = matches!(field.kind(), FieldKind::One(_) | FieldKind::Any(_));
            let hint = if is_chosen { words::in_file(l, typed.get(&at)) } else { String::new() };
            input(l, typed, &at, field, hint)
        }
    }
}
