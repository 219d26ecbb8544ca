//! Pieces that many pages share: fields with their faults, notes, empty states, meters.

mod code;
mod labels;
mod leave_out;

use domain::accounts::Language;
use domain::{Faults, Refusal};
use leptos::prelude::*;

use crate::Form;
use crate::wording::{refusals, shell};

pub use code::CodePage;
pub(crate) use labels::called;
pub use leave_out::LeaveOut;

/// The summary at the head of a form that came back: every fault, each linked to its field (GOV.UK's pattern) and, where
/// the page has several fields, after the name of it.
#[component]
pub fn FaultSummary(
    /// The reader's language.
    language: Language,
    /// What is wrong.
    faults: Faults,
    /// What a field is called, where the fields themselves do not say it.
    #[prop(optional)]
    naming: Option<fn(Language, &str) -> String>,
) -> impl IntoView {
    // Rendered when the whole page is made: only then are the names of the fields below it known.
    (!faults.is_empty()).then_some(move || {
        let lines = faults
            .0
            .iter()
            .map(|fault| {
                let sentence = refusals::say(language, &fault.refusal);
                let name = match naming {
                    _ if fault.field.is_empty() => None,
                    Some(name) => Some(name(language, &fault.field)),
                    None => labels::of(&fault.field),
                };
                let sentence = name.map_or_else(|| sentence.clone(), |name| format!("{name}: {sentence}"));
                if fault.field.is_empty() {
                    view! { <li>{sentence}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{}", field_id(&fault.field))>{sentence}</a></li> }.into_any()
                }
            })
            .collect_view();
        view! {
            <div class="faults" role="alert">
                <h2>{shell::faults_title(language)}</h2>
                <ul>{lines}</ul>
            </div>
        }
    })
}

/// The id of a field's input, from its name.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}

/// The kind of a field for a day: one that a browser's own field could not show is shown as it was typed.
#[must_use]
pub fn day_kind(typed: &str) -> &'static str {
    if typed.is_empty() || typed.parse::<chrono::NaiveDate>().is_ok() { "date" } else { "text" }
}

/// What stands beside a field: its hint and its faults, and what ties them to the input for who cannot see them.
fn beside(
    language: Language,
    form: &Form,
    (name, label): (&str, &str),
    hint: &str,
) -> (Option<String>, bool, impl IntoView + use<>) {
    called(name, label);
    let faults: Vec<String> = form.faults.of(name).map(|refusal: &Refusal| refusals::say(language, refusal)).collect();
    let id = field_id(name);
    let described = [(!hint.is_empty()).then(|| format!("{id}-hint")), (!faults.is_empty()).then(|| format!("{id}-fault"))]
        .into_iter()
        .flatten();
    let described = described.collect::<Vec<_>>().join(" ");
    let is_faulty = !faults.is_empty();
    let hint = (!hint.is_empty()).then(|| view! { <small class="hint" id=format!("{id}-hint")>{hint.to_owned()}</small> });
    let faults = is_faulty.then(|| view! { <p class="fault" id=format!("{id}-fault")>{faults.join(" ")}</p> });
    ((!described.is_empty()).then_some(described), is_faulty, view! { {hint}{faults} })
}

/// One line of text with its label, what was typed, and its faults.
#[component]
pub fn TextField<'f>(
    /// The reader's language.
    language: Language,
    /// The form it stands in, with what was typed.
    form: &'f Form,
    /// The name of the field.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// `text`, `password`, `date`, `time`, `number`, `email`, `tel`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: String,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether a value is needed; the server decides, this only says so.
    #[prop(optional)]
    required: bool,
) -> impl IntoView + use<> {
    let (described, is_faulty, notes) = beside(language, form, (&name, &label), &hint);
    // A password never comes back.
    let value = if kind == "password" { String::new() } else { form.get(&name).to_owned() };
    let numeric = (kind == "number").then_some("numeric");
    let kind = if kind == "number" { "text" } else { kind };
    view! {
        <div class="field">
            <label for=field_id(&name)>{label}</label>
            <input id=field_id(&name) name=name.clone() type=kind value=value autocomplete=autocomplete inputmode=numeric
                required=required aria-describedby=described aria-invalid=is_faulty.then_some("true")/>
            {notes}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea<'f>(
    /// The reader's language.
    language: Language,
    /// The form it stands in.
    form: &'f Form,
    /// The name of the field.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView + use<> {
    let (described, is_faulty, notes) = beside(language, form, (&name, &label), &hint);
    view! {
        <div class="field">
            <label for=field_id(&name)>{label}</label>
            <textarea id=field_id(&name) name=name.clone() rows="3" aria-describedby=described
                aria-invalid=is_faulty.then_some("true")>{form.get(&name).to_owned()}</textarea>
            {notes}
        </div>
    }
}

/// One of several choices.
#[component]
pub fn SelectField<'f>(
    /// The reader's language.
    language: Language,
    /// The form it stands in.
    form: &'f Form,
    /// The name of the field.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// Value and text of each choice.
    choices: Vec<(String, String)>,
    /// The text of the empty choice; none when there is no empty choice.
    #[prop(optional, into)]
    empty: Option<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView + use<> {
    let (described, is_faulty, notes) = beside(language, form, (&name, &label), &hint);
    let chosen = form.get(&name).to_owned();
    let empty = empty.map(|text| view! { <option value="">{text}</option> });
    let choices = choices
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=field_id(&name)>{label}</label>
            <select id=field_id(&name) name=name.clone() aria-describedby=described aria-invalid=is_faulty.then_some("true")>
                {empty}{choices}
            </select>
            {notes}
        </div>
    }
}

/// A box to tick.
#[component]
pub fn CheckBox<'f>(
    /// The form it stands in.
    form: &'f Form,
    /// The name of the field.
    #[prop(into)]
    name: String,
    /// What ticking it says.
    #[prop(into)]
    label: String,
) -> impl IntoView + use<> {
    called(&name, &label);
    view! {
        <div class="field check">
            <input id=field_id(&name) name=name.clone() type="checkbox" value="yes" checked=form.has(&name)/>
            <label for=field_id(&name)>{label}</label>
        </div>
    }
}

/// What is wrong with one row of a table, for the row itself.
pub(crate) fn row_fault(language: Language, form: &Form, name: &str) -> Option<impl IntoView + use<>> {
    let sentences: Vec<String> = form.faults.of(name).map(|refusal| refusals::say(language, refusal)).collect();
    let id = format!("{}-fault", field_id(name));
    (!sentences.is_empty()).then(|| view! { <p class="fault" id=id>{sentences.join(" ")}</p> })
}

/// What stands where a list is empty: what this is, and what to do next.
#[component]
pub fn EmptyState(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    advice: String,
    /// A link that does it.
    children: Children,
) -> impl IntoView {
    view! { <div class="empty"><h2>{title}</h2><p>{advice}</p>{children()}</div> }
}

/// A bar that is filled to a share; the numbers themselves stand beside it.
#[component]
pub fn Meter(
    /// How much.
    value: i64,
    /// Of how much.
    of: i64,
) -> impl IntoView {
    // Widths are classes in steps of 5 %, since a strict policy allows no style attributes.
    let step = if of <= 0 { 0 } else { (value.clamp(0, of) * 20 + of / 2) / of };
    view! { <span class="meter" aria-hidden="true"><i class=format!("w{}", step * 5)></i></span> }
}

/// A message after a deed: what happened, in one sentence.
#[component]
pub fn Notice(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <p class="notice" role="status">{text}</p> }
}
