//! Lists of people as files: what their columns are, the import of many people, and the file given back with reasons.

mod columns;
mod import;
mod progress;
mod reasons;

use axum::extract::DefaultBodyLimit;
use chrono::{DateTime, Utc};
use documents::spreadsheets::rosters::Why;
use domain::accounts::Language;
use domain::enrolments::roster::RepairKind;
use domain::rosters::{ColumnUse, sheet_and_row};
use domain::time::{local_day, show_day};
use operations::rosters::{Notes, Stretches};

use crate::Routes;
use crate::wording::{enrolments, rosters as say};

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

/// Rows, stretches of them and names in a note, at most.
const NAMED: usize = 40;

/// What is to be known of how a list was read: that its columns were as before, what was not read, and what was put right.
pub(in crate::pages) fn notes(l: Language, notes: &Notes, as_on: Option<DateTime<Utc>>) -> Vec<String> {
    let names = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let others = |why: Why| {
        let rows: Vec<_> = notes.passed_over.iter().filter(|row| row.why == why).collect();
        let shown = rows.iter().take(NAMED).map(|row| format!("{} “{}”", place(notes, row.number), row.text));
        let more = rows.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| say::and_more(l, more));
        (!rows.is_empty()).then(|| shown.chain(more).collect::<Vec<_>>().join("; "))
    };
    let repairs = notes.repairs.iter().filter_map(|(kind, rows)| {
        let what = match kind {
            RepairKind::ZeroPutBack => say::zeros_put_back(l),
            RepairKind::Renumbered => say::numbers_changed(l),
            RepairKind::YearOnly => say::years_only(l),
            RepairKind::DayCounted => say::days_counted(l),
            RepairKind::CenturyPutBefore => say::centuries_put_before(l),
            RepairKind::WrittenOut => say::numbers_written_out(l),
        };
        Some(say::put_right(l, what, &stretches(l, notes, rows)?))
    });
    [
        as_on.map(|at| say::read_as_on(l, &show_day(local_day(at)))),
        names(&notes.sheets).map(|names| say::sheets_read(l, notes.sheets.len(), &names)),
        names(&notes.unread_sheets).map(|names| say::not_read_sheets(l, &names)),
        names(&notes.hidden_sheets).map(|names| say::not_read_hidden_sheets(l, &names)),
        names(&notes.unknown).map(|names| say::not_read_columns(l, &names)),
        stretches(l, notes, &notes.hidden).map(|rows| say::not_read_hidden(l, &rows)),
        others(Why::Sum).map(|rows| say::not_read_sums(l, &rows)),
        others(Why::Part).map(|rows| say::not_read_parts(l, &rows)),
        others(Why::Ending).map(|rows| say::not_read_endings(l, &rows)),
        (notes.more > 0).then(|| say::and_more(l, notes.more)),
    ]
    .into_iter()
    .flatten()
    .chain(repairs)
    .collect()
}

/// Rows as "4–6, 9", of several sheets each with its name.
fn stretches(l: Language, notes: &Notes, stretches: &Stretches) -> Option<String> {
    let mut said = String::new();
    let mut last_sheet = "";
    for (from, to) in stretches.iter().take(NAMED) {
        let sheet = notes.sheet(*from);
        if !said.is_empty() {
            said.push_str(if sheet == last_sheet { ", " } else { "; " });
        }
        if sheet != last_sheet {
            said.push_str(&format!("{sheet}: "));
        }
        last_sheet = sheet;
        let (from, to) = (sheet_and_row(*from).1, sheet_and_row(*to).1);
        said.push_str(&if from == to { from.to_string() } else { format!("{from}–{to}") });
    }
    let more: usize = stretches.iter().skip(NAMED).map(|(from, to)| to - from + 1).sum();
    if more > 0 {
        said.push_str(&format!(", {}", say::and_more(l, more)));
    }
    (!said.is_empty()).then_some(said)
}

/// Where a row stands: its number, after the name of its sheet where the list has several.
fn place(notes: &Notes, number: usize) -> String {
    let (sheet, row) = (notes.sheet(number), sheet_and_row(number).1);
    if sheet.is_empty() { row.to_string() } else { format!("{sheet}: {row}") }
}

/// What a row is called: by its number, and by its sheet where the list has several.
pub(in crate::pages) fn row_name(l: Language, sheet: &str, number: usize) -> String {
    let (_, row) = sheet_and_row(number);
    if sheet.is_empty() { enrolments::row(l, row) } else { say::row_of_sheet(l, sheet, row) }
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
