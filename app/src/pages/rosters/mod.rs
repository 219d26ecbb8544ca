//! Lists of people as files: what their columns are, the import of many people, and the file given back with reasons.

mod columns;
mod import;
mod progress;
mod reasons;

use axum::extract::DefaultBodyLimit;
use domain::accounts::Language;
use domain::rosters::ColumnUse;
use domain::time::{local_day, show_day};
use operations::rosters::List;

use crate::Routes;
use crate::wording::rosters as say;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    // A file may be larger than a form. The page counts as it reads, and can say what was too large.
    let upload = Routes::new().post("/people/import", import::send).layered(|router| router.layer(DefaultBodyLimit::disable()));
    Routes::new()
        .get("/people/import", import::show)
        .get("/people/import/template.xlsx", import::template)
        .get("/people/import/{id}", progress::show)
        .post("/people/import/{id}", progress::confirm)
        .get("/uploads/{id}/columns", columns::show)
        .post("/uploads/{id}/columns", columns::save)
        .get("/uploads/{id}/reasons.xlsx", reasons::download)
        .with(upload)
}

/// Rows that are named in a note, at most.
const NAMED: usize = 12;

/// What is to be known of how a list was read: that its columns were as before, and what was not read.
pub(in crate::pages) fn notes(l: Language, list: &List) -> Vec<String> {
    use documents::spreadsheets::rosters::Why;
    let named = |texts: Vec<String>, between: &str| {
        let more = if texts.len() > NAMED { "…" } else { "" };
        let shown = texts.into_iter().take(NAMED).collect::<Vec<_>>().join(between);
        (!shown.is_empty()).then(|| format!("{shown}{more}"))
    };
    let (hidden, others): (Vec<_>, Vec<_>) = list.passed_over.iter().partition(|row| row.why == Why::Hidden);
    let hidden = named(hidden.iter().map(|row| row.number.to_string()).collect(), ", ");
    let others = named(others.iter().map(|row| format!("{} “{}”", row.number, row.text)).collect(), "; ");
    [
        list.as_on.map(|at| say::read_as_on(l, &show_day(local_day(at)))),
        named(list.unknown.iter().filter(|heading| !heading.is_empty()).cloned().collect(), ", ")
            .map(|names| say::not_read_columns(l, &names)),
        hidden.map(|rows| say::not_read_hidden(l, &rows)),
        others.map(|rows| say::not_read_others(l, &rows)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a column is used for, in words.
const fn use_name(l: Language, is: ColumnUse) -> &'static str {
    match is {
        ColumnUse::Number => say::use_number(l),
        ColumnUse::FullName => say::use_full_name(l),
        ColumnUse::FamilyName => say::use_family_name(l),
        ColumnUse::Birth => say::use_birth(l),
        ColumnUse::BirthMale => say::use_birth_male(l),
        ColumnUse::BirthFemale => say::use_birth_female(l),
        ColumnUse::Sex => say::use_sex(l),
        ColumnUse::Male => say::use_male(l),
        ColumnUse::Female => say::use_female(l),
        ColumnUse::CitizenId => say::use_citizen_id(l),
        ColumnUse::Phone => say::use_phone(l),
        ColumnUse::Email => say::use_email(l),
        ColumnUse::Position => say::use_position(l),
        ColumnUse::Organisation => say::use_organisation(l),
        ColumnUse::TaxCode => say::use_tax_code(l),
        ColumnUse::Unit => say::use_unit(l),
        ColumnUse::Note => say::use_note(l),
    }
}
