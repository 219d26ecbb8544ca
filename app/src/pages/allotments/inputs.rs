//! The inputs of one line: seats, and a day.

use domain::accounts::Language;
use leptos::prelude::*;

use crate::Form;
use crate::components::{day_kind, field_id, row_fault};

/// How many seats.
pub(super) fn seats(l: Language, form: &Form, name: &str, label: String) -> impl IntoView + use<> {
    let faulty = form.faults.of(name).next().is_some();
    view! {
        <input id=field_id(name) name=name.to_owned() type="text" inputmode="numeric" class="short" autocomplete="off"
            value=form.get(name).to_owned() aria-label=label aria-invalid=faulty.then_some("true")/>
        {row_fault(l, form, name)}
    }
}

/// Until when.
pub(super) fn day(l: Language, form: &Form, name: &str, label: String) -> impl IntoView + use<> {
    let faulty = form.faults.of(name).next().is_some();
    let typed = form.get(name).to_owned();
    view! {
        <input id=field_id(name) name=name.to_owned() type=day_kind(&typed) value=typed aria-label=label
            aria-invalid=faulty.then_some("true")/>
        {row_fault(l, form, name)}
    }
}

/// What is sent again as it is.
pub(super) fn hidden(name: String, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=name value=value.to_owned()/> }
}
