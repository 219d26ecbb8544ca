//! People: added to an organisation, shown, put right.

mod duplicates;
mod edit;
mod evidence;
mod list;
mod merge;
mod new;
mod number;
pub(super) mod show;
mod training;

use domain::people::{Birth, Sex};

use crate::{Context, Form, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/organisations/{id}/people/new", new::show)
        .post("/organisations/{id}/people/new", new::add)
        .get("/people", list::show)
        .post("/people", list::find)
        .get("/people/duplicates", duplicates::show)
        .post("/people/distinct/{id}/withdraw", duplicates::take_back)
        .post("/people/merges/{id}/undo", merge::undo)
        .get("/people/{id}", show::show)
        .post("/people/{id}/distinct", duplicates::tell_apart)
        .get("/people/{id}/merge", merge::show)
        .post("/people/{id}/merge", merge::merge)
        .post("/people/{id}/number", number::show)
        .get("/people/{id}/edit", edit::show)
        .post("/people/{id}/edit", edit::change)
        .post("/people/{id}/memberships/{organisation}/end", show::end_membership)
}

/// The most characters of a position.
const POSITION_LIMIT: usize = 120;

/// A date or year of birth, or nothing; the outer `None` is a fault.
fn birth(context: &Context, form: &mut Form) -> Option<Option<Birth>> {
    let typed = form.get("birth").trim();
    if typed.is_empty() {
        return Some(None);
    }
    let read = Birth::read(typed, context.office.today());
    form.faults.take("birth", read).map(Some)
}

/// The choices of sex, with their words.
fn sexes(l: domain::accounts::Language) -> Vec<(String, String)> {
    Sex::ALL.iter().map(|sex| (sex.to_string(), crate::wording::choices::sex(l, *sex).to_owned())).collect()
}
