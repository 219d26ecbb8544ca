//! The inputs of a form's fields.

use domain::accounts::Language;
use domain::registrations::{FieldKind, FormField, RESULT_ROWS, ResultColumn};
use leptos::prelude::*;

use crate::Form;
use crate::components::{SelectField, TextArea, TextField, day_kind, field_id};
use crate::wording::{form_words, refusals, registrations as say};

/// The input of a field under a name: its own, or one within a row of a sheet.
pub(super) fn input(l: Language, form: &Form, name: &str, field: FormField, hint: String) -> AnyView {
    let label = form_words::field(l, field);
    let text = |kind: &'static str, hint: String| {
        view! { <TextField language=l form=form name=name label=label hint=hint kind=kind/> }.into_any()
    };
    match field.kind() {
        FieldKind::Line(_) | FieldKind::Name => text("text", hint),
        FieldKind::Day => text(day_kind(form.get(name)), hint),
        FieldKind::Phone => text("tel", hint),
        FieldKind::Email => text("email", hint),
        FieldKind::Amount => text("number", hint),
        FieldKind::Paragraphs(_) => view! { <TextArea language=l form=form name=name label=label hint=hint/> }.into_any(),
        FieldKind::One(words) => {
            let choices = words.iter().map(|word| ((*word).to_owned(), form_words::choice(l, word))).collect();
            let choices = with_typed(form.get(name), choices);
            let empty = say::choose(l).to_owned();
            view! { <SelectField language=l form=form name=name label=label choices=choices empty=empty hint=hint/> }.into_any()
        }
        FieldKind::Any(words) => ticks(l, form, name, field, words, &hint),
        FieldKind::Results => results(l, form, &hint),
    }
}

/// What can be chosen, with what stands in a file before it: it is no choice, and going on without it is one.
pub(super) fn with_typed(typed: &str, mut choices: Vec<(String, String)>) -> Vec<(String, String)> {
    if !typed.is_empty() && choices.iter().all(|(value, _)| value != typed) {
        choices.insert(0, (typed.to_owned(), typed.to_owned()));
    }
    choices
}

/// Any of several words: a box for each.
fn ticks(l: Language, form: &Form, name: &str, field: FormField, words: &[&'static str], hint: &str) -> AnyView {
    let boxes = words.iter().enumerate().map(|(n, word)| {
        let id = if n == 0 { field_id(name) } else { format!("{}-{n}", field_id(name)) };
        let checked = form.all(name).any(|chosen| chosen == *word);
        view! {
            <div class="check">
                <input id=id.clone() name=name.to_owned() type="checkbox" value=*word checked=checked/>
                <label for=id>{form_words::choice(l, word)}</label>
            </div>
        }
    });
    let faults: Vec<String> = form.faults.of(name).map(|refusal| refusals::say(l, refusal)).collect();
    let fault = (!faults.is_empty()).then(|| view! { <p class="fault">{faults.join(" ")}</p> });
    let hint = (!hint.is_empty()).then(|| view! { <small class="hint">{hint.to_owned()}</small> });
    view! { <fieldset class="field"><legend>{form_words::field(l, field)}</legend>{boxes.collect_view()}{hint}{fault}</fieldset> }
        .into_any()
}

/// The table of results, a row of fields for each year.
fn results(l: Language, form: &Form, hint: &str) -> AnyView {
    let rows = (0..RESULT_ROWS).map(|row| {
        let cells = ResultColumn::ALL.iter().map(|column| {
            let name = format!("results.{row}.{column}");
            view! { <TextField language=l form=form name=name label=form_words::column(l, *column) kind="number"/> }
        });
        view! { <fieldset><legend>{say::results_row(l, row + 1)}</legend><div class="row">{cells.collect_view()}</div></fieldset> }
    });
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint">{hint.to_owned()}</p> });
    let id = field_id(FormField::Results.as_str());
    view! { <h3 id=id>{form_words::field(l, FormField::Results)}</h3>{hint}{rows.collect_view()} }.into_any()
}
