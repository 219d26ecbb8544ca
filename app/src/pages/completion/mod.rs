//! Completion: closing a run, and the decisions of a closed one.

mod close;
mod decisions;

use domain::accounts::Language;
use domain::completion::{Basis, Outcome};
use leptos::prelude::*;

use crate::Routes;
use crate::wording::{choices, completion as words};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/close", close::show)
        .post("/runs/{id}/close", close::save)
        .get("/runs/{id}/completion", decisions::show)
        .post("/runs/{id}/completion", decisions::save)
}

/// What a decision rests on, in words: `2 có mặt, 1 vắng`.
fn attended(l: Language, basis: &Basis) -> String {
    let inputs = &basis.inputs;
    let counts = [
        (inputs.present, words::present(l)),
        (inputs.late, words::late(l)),
        (inputs.excused, words::excused(l)),
        (inputs.absent, words::absent(l)),
        (inputs.unmarked(), words::unmarked(l)),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    counts.collect::<Vec<_>>().join(", ")
}

/// The share of sessions: `83,3 %`.
fn share(l: Language, basis: &Basis) -> String {
    let share = basis.inputs.share(&basis.rule);
    let mark = match l {
        Language::Vietnamese => ',',
        Language::English => '.',
    };
    match (share / 100, share % 100 / 10) {
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}{mark}{tenth} %"),
    }
}

/// An outcome as a tag.
fn badge(l: Language, outcome: Outcome) -> impl IntoView + use<> {
    let class = if outcome == Outcome::Completed { "tag good" } else { "tag" };
    view! { <span class=class>{choices::outcome(l, outcome)}</span> }
}
