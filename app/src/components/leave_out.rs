//! Leaving a row of an uploaded sheet out.

use domain::accounts::Language;
use leptos::prelude::*;

use super::field_id;
use crate::wording::enrolments as words;

/// The box that leaves a row out: its field is named `rows.N.left_out`.
#[component]
pub fn LeaveOut(
    /// The reader's language.
    language: Language,
    /// The place of the row in the form.
    place: usize,
    /// Whether it is left out.
    checked: bool,
) -> impl IntoView {
    let name = format!("rows.{place}.left_out");
    view! {
        <div class="field check">
            <input id=field_id(&name) name=name.clone() type="checkbox" value="yes" checked=checked/>
            <label for=field_id(&name)>{words::leave_out(language)}</label>
        </div>
    }
}
