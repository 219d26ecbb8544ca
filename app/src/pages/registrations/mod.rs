//! Product registration forms: filled in, sent, reviewed.

mod content;
mod deeds;
mod dossier;
mod edit;
mod evaluation;
mod files;
mod inputs;
mod list;
mod new;
mod preview;
mod send_back;
mod sheet_cells;
mod show;
mod spreadsheet;

use axum::extract::DefaultBodyLimit;
use domain::accounts::{Actor, Language};
use domain::policy::{Action, may_everywhere};
use domain::registrations::State;
use domain::registrations::spreadsheet::TEXT_LIMIT;
use domain::time::show_day;
use leptos::prelude::*;
use operations::lists::sees_units;
use operations::registrations::Registration;
use store::units::Unit;

use crate::Routes;
use crate::page::Page;
use crate::problem::faults;
use crate::wording::{choices, registrations as say, year_board};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .with(uploads())
        .get("/registrations", list::show)
        .get("/registrations/new", new::show)
        .get("/registrations/spreadsheet", spreadsheet::show)
        .get("/registrations/template.xlsx", spreadsheet::template)
        .post("/registrations/new", new::begin)
        .get("/registrations/{id}", show::show)
        .get("/registrations/{id}/edit", edit::show)
        .post("/registrations/{id}/edit", edit::save)
        .post("/registrations/{id}/submit", deeds::submit)
        .post("/registrations/{id}/withdraw", deeds::withdraw)
        .post("/registrations/{id}/complete", deeds::complete)
        .post("/registrations/{id}/duplicate", deeds::mark_duplicate)
        .post("/registrations/{id}/evaluate", deeds::evaluate)
        .post("/registrations/{id}/receipts", deeds::receive_item)
        .get("/registrations/{id}/return", send_back::show)
        .post("/registrations/{id}/return", send_back::send_back)
        .get("/attachments/{id}", files::download)
        .post("/attachments/{id}/remove", files::remove)
}

/// The routes by which files and what stands in them come in.
fn uploads() -> Routes {
    // A file may be larger than a form. The pages count as they read, and can say what was too large.
    let files = Routes::new()
        .post("/registrations/{id}/files", files::attach)
        .post("/registrations/spreadsheet", spreadsheet::upload)
        .layered(|router| router.layer(DefaultBodyLimit::disable()));
    // What is looked through is as much as a sheet may hold, and letters outside ASCII take three characters a byte.
    let confirm = Routes::new()
        .post("/registrations/spreadsheet/confirm", preview::confirm)
        .layered(|router| router.layer(DefaultBodyLimit::max(4 * TEXT_LIMIT)));
    files.with(confirm)
}

/// The stages of a form's way, for who sees more of it than forms: the forms, lists of them, the selection.
pub(super) fn stages(l: Language, actor: &Actor, here: &'static str) -> Option<impl IntoView + use<>> {
    let stages = [
        (true, "/registrations", say::stage_forms(l)),
        (sees_units(actor), "/programmes/board", year_board::stage(l)),
        (sees_units(actor), "/lists", say::stage_lists(l)),
        (may_everywhere(actor, Action::SelectProducts), "/selections", say::stage_selection(l)),
    ];
    let seen: Vec<_> = stages.into_iter().filter(|(seen, ..)| *seen).collect();
    (seen.len() > 1).then(|| {
        let links = seen.into_iter().map(|(_, path, name)| {
            let current = (path == here).then_some("page");
            view! { <a class="chip" href=path aria-current=current>{name}</a> }
        });
        view! { <nav class="chips" aria-label=say::stages(l)>{links.collect_view()}</nav> }
    })
}

/// Lays the way to a page of a form.
fn below_form<'c>(page: Page<'c>, l: Language, registration: &Registration) -> Page<'c> {
    page.crumb("/registrations", say::title(l))
        .crumb(format!("/registrations/{}", registration.id), registration.product_name.clone())
}

/// A unit that forms are found under, with its last day when it is no more.
pub(super) fn unit_name(l: Language, unit: &Unit) -> String {
    match unit.valid_to.and_then(|to| to.pred_opt()) {
        Some(last) => say::unit_until(l, &unit.full_title(), &show_day(last)),
        None => unit.full_title(),
    }
}

/// The state of a form as a tag.
pub(super) fn state_tag(l: Language, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Selected => "tag good",
        State::Returned | State::NotSelected => "tag bad",
        State::Submitted | State::Complete | State::Evaluated | State::Listed | State::Forwarded => "tag warn",
        State::Draft | State::Withdrawn | State::Duplicate => "tag",
    };
    view! { <span class=class>{choices::registration_state(l, state)}</span> }
}

/// Hundredths of points as `80,5` or `80.5`; empty when there are none.
pub(super) fn points(l: Language, score: Option<i64>) -> String {
    let Some(score) = score else { return String::new() };
    let text = format!("{}.{:02}", score / 100, score % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match l {
        Language::Vietnamese => text.replace('.', ","),
        Language::English => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lose_their_empty_end() {
        assert_eq!(points(Language::Vietnamese, Some(8050)), "80,5");
        assert_eq!(points(Language::English, Some(10_000)), "100");
        assert_eq!(points(Language::English, Some(1)), "0.01");
        assert_eq!(points(Language::English, None), "");
    }
}
