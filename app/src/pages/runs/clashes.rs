//! Clashes as they are shown, and the fields with which somebody answers for them.

use domain::accounts::Language;
use domain::runs::{Answers, Clash};
use domain::time::show_instant;
use leptos::prelude::*;
use operations::runs::Answer;

use crate::Form;
use crate::components::TextArea;
use crate::wording::timetables as say;

/// What stands in the way, as a list.
pub(super) fn list(l: Language, clashes: &[Clash]) -> impl IntoView + use<> {
    let lines = clashes.iter().map(|clash| view! { <li>{say::clash(l, clash)}</li> }).collect_view();
    view! { <ul class="clashes">{lines}</ul> }
}

/// What stands in the way of publishing, with the reason for publishing in spite of it; nothing when nothing does.
pub(super) fn answer_fields(l: Language, form: &Form, clashes: &[Clash]) -> Option<impl IntoView + use<>> {
    if clashes.is_empty() {
        return None;
    }
    let keys = clashes.iter().map(|clash| view! { <input type="hidden" name="clash" value=clash.key()/> }).collect_view();
    Some(view! {
        <section class="notice warn" id="clashes">
            <h3>{say::clashes(l)}</h3>
            <p>{say::clashes_lead(l)}</p>
            {list(l, clashes)}
            {keys}
            <TextArea language=l form=form name="reason" label=say::answer(l) hint=say::answer_hint(l)/>
        </section>
    })
}

/// What was answered. Without a reason nothing was: somebody who only pressed the button has answered for nothing.
pub(super) fn read(form: &Form) -> Answers {
    let reason = form.get("reason").to_owned();
    let keys = if reason.trim().is_empty() { Default::default() } else { form.all("clash").map(ToOwned::to_owned).collect() };
    Answers { keys, reason }
}

/// The clashes that somebody answered for: who, when, why.
pub(super) fn answered(l: Language, answers: &[Answer]) -> Option<impl IntoView + use<>> {
    if answers.is_empty() {
        return None;
    }
    let mut lines: Vec<String> =
        answers.iter().map(|answer| say::answered_by(l, &answer.by, &show_instant(answer.at), &answer.reason)).collect();
    lines.dedup();
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    Some(view! { <section><h3>{say::answered(l)}</h3><ul>{lines}</ul></section> })
}
