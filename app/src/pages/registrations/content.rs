//! What a form says, to be read.

use domain::accounts::Language;
use domain::registrations::{Content, FieldKind, FormField, RESULT_ROWS, RegistrationKind, ResultColumn, Section};
use domain::time::{parse_day, show_day};
use leptos::prelude::*;
use operations::registrations::Shown;

use crate::wording::{form_words, registrations as say};

/// The sections of a form of this kind, in the order of the paper.
pub(super) fn sections(kind: RegistrationKind) -> impl Iterator<Item = Section> {
    Section::ALL.iter().copied().filter(move |section| fields(kind, *section).next().is_some())
}

/// The fields of a section.
pub(super) fn fields(kind: RegistrationKind, section: Section) -> impl Iterator<Item = FormField> {
    FormField::of(kind).filter(move |field| field.section() == section)
}

/// Whether anything was typed into a field.
pub(super) fn is_filled(content: &Content, field: FormField) -> bool {
    match field.kind() {
        FieldKind::Results => results(content).next().is_some(),
        _ => !content.get(field).is_empty(),
    }
}

/// The years of the table of results that hold something.
fn results(content: &Content) -> impl Iterator<Item = usize> {
    (0..RESULT_ROWS).filter(|row| ResultColumn::ALL.iter().any(|column| !content.result(*row, *column).is_empty()))
}

/// What was typed into a field, as people read it.
pub(super) fn value(l: Language, content: &Content, field: FormField) -> String {
    let typed = content.get(field);
    match field.kind() {
        FieldKind::One(_) | FieldKind::Any(_) => {
            content.chosen(field).map(|word| form_words::choice(l, word)).collect::<Vec<_>>().join(", ")
        }
        FieldKind::Day => parse_day(typed).map_or_else(|_| typed.to_owned(), show_day),
        FieldKind::Results => results(content).map(|row| result_line(l, content, row)).collect::<Vec<_>>().join("\n"),
        _ => typed.to_owned(),
    }
}

/// A year of the table of results in one line.
fn result_line(l: Language, content: &Content, row: usize) -> String {
    let cells = ResultColumn::ALL.iter().map(|column| (form_words::column(l, *column), content.result(row, *column).to_owned()));
    let profit = content.profit(row).map(|profit| (say::profit(l), domain::text::show_amount(profit)));
    let said = cells.chain(profit).filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}: {value}"));
    said.collect::<Vec<_>>().join(" · ")
}

/// Everything that was typed, by section; a section is folded away until it is wanted, which for who reviews the form is
/// at once.
pub(super) fn reading(l: Language, known: &Shown) -> AnyView {
    let kind = known.registration.kind;
    let reviews = known.may.send_back;
    let blocks = sections(kind).map(|section| {
        let lines: Vec<_> = fields(kind, section).filter(|field| is_filled(&known.content, *field)).collect();
        let lines = if lines.is_empty() {
            view! { <p class="soft">{say::section_empty(l)}</p> }.into_any()
        } else {
            let lines = lines.into_iter().map(|field| {
                view! { <dt>{form_words::field(l, field)}</dt><dd class="lines">{value(l, &known.content, field)}</dd> }
            });
            view! { <dl>{lines.collect_view()}</dl> }.into_any()
        };
        let training = (section == FormField::OtherTraining.section()).then(|| training(l, known));
        view! { <details class="fold" open=reviews><summary>{form_words::section(l, section)}</summary>{lines}{training}</details> }
    });
    view! { <section><h2>{say::content(l)}</h2>{blocks.collect_view()}</section> }.into_any()
}

/// Which training the organisation received: from our own records, so that nobody types it.
pub(super) fn training(l: Language, known: &Shown) -> AnyView {
    let lines = known.training.iter().map(|one| {
        let line = say::training_line(l, &one.title, &show_day(one.ended_on), one.people);
        view! { <li>{line}</li> }
    });
    let lines = lines.collect_view();
    let content = if known.training.is_empty() {
        view! { <p class="soft">{say::training_none(l)}</p> }.into_any()
    } else {
        view! { <ul>{lines}</ul> }.into_any()
    };
    view! { <h3>{say::training(l)}</h3>{content} }.into_any()
}
