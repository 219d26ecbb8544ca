//! The foot of a register: how many are marked and, in a browser that runs scripts, how many marks are on their way.
//!
//! The register itself is a plain form. Where scripts run, this island takes it over: each mark is saved as it is made,
//! and kept until the office has answered for it.

#![allow(missing_docs, reason = "the macro `island` writes a struct of its own without a docstring")]

use domain::attendance::Counts;
use domain::ids::SessionId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The sentences of the foot, in the reader's language. `{…}` are filled in on the screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegisterWords {
    /// `{marked} / {people} đã ghi`.
    pub counted: String,
    /// Everything is stored.
    pub saved: String,
    /// Marks are on their way.
    pub saving: String,
    /// `{count}` marks could not be sent; they are kept and tried again.
    pub waiting: String,
    /// `{count}` marks are kept, but somebody has to sign in again.
    pub signed_out: String,
    /// `{by}` made the mark `{status}` meanwhile.
    pub conflict: String,
    /// The button that marks everybody else present.
    pub everyone: String,
    /// The button that saves.
    pub save: String,
    /// The names of the four marks, in reading order.
    pub statuses: Vec<String>,
    /// The keys of the four marks, in reading order.
    pub keys: String,
}

/// How the line to the office is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a screen that took over leaves `Plain`"))]
pub(super) enum Line {
    /// No script has taken over: the form is sent as a whole.
    Plain,
    /// Nothing is wrong.
    Good,
    /// The office did not answer.
    Broken,
    /// The office does not know any more who this is.
    SignedOut,
    /// The office refused a mark, and said why.
    Refused(String),
}

/// What the foot shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foot {
    /// Marks stored in this session.
    pub(super) counts: RwSignal<Counts>,
    /// Marks that the office has not answered for.
    pub(super) unsent: RwSignal<usize>,
    /// How the line is.
    pub(super) line: RwSignal<Line>,
}

impl Foot {
    fn says(self, words: &RegisterWords) -> String {
        let count = self.unsent.get();
        match self.line.get() {
            Line::Plain => String::new(),
            Line::Good if count > 0 => words.saving.clone(),
            Line::Good => words.saved.clone(),
            Line::Broken => words.waiting.replace("{count}", &count.to_string()),
            Line::SignedOut => words.signed_out.replace("{count}", &count.to_string()),
            Line::Refused(sentence) => sentence,
        }
    }
}

/// The foot of a register, with its two buttons.
#[island]
pub fn RegisterIsland(
    /// The session whose register this is.
    session: SessionId,
    /// How many have which mark.
    counts: Counts,
    /// Its sentences.
    words: RegisterWords,
) -> impl IntoView {
    let foot = Foot { counts: RwSignal::new(counts), unsent: RwSignal::new(0), line: RwSignal::new(Line::Plain) };
    #[cfg(feature = "hydrate")]
    {
        let words = words.clone();
        Effect::new(move |_| super::screen::take_over(session, &words, foot));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = session;
    let counted = {
        let words = words.clone();
        move || {
            let counts = foot.counts.get();
            words.counted.replace("{marked}", &counts.marked().to_string()).replace("{people}", &counts.people.to_string())
        }
    };
    let is_done = move || foot.line.get() != Line::Plain && foot.unsent.get() == 0;
    let is_complete = move || foot.counts.with(|counts| counts.marked() >= counts.people);
    let is_troubled = move || matches!(foot.line.get(), Line::Broken | Line::SignedOut | Line::Refused(_));
    let (everyone, save) = (words.everyone.clone(), words.save.clone());
    view! {
        <div class="stick">
            <p class="counted">{counted}</p>
            <p class="line" class:troubled=is_troubled role="status">{move || foot.says(&words)}</p>
            <button class="quiet" name="deed" value="everyone" disabled=is_complete>{everyone}</button>
            <button name="deed" value="save" hidden=is_done>{save}</button>
        </div>
    }
}
