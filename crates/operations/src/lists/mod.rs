//! Lists of forms: a unit draws one up, freezes and forwards it; the province accepts or returns it.
//!
//! A list is held before its forms, and forms in the order of their identifiers, so that two deeds wait for each other
//! instead of in a circle.

mod answer;
mod compose;
mod freeze;
mod send;
mod show;

use documents::papers;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ForwardingListId, UnitId};
use domain::policy::Action;
use domain::registrations::Step;
use serde_json::json;
use store::Work;
use store::registrations::Registration;

pub use answer::{accept, replace, send_back};
pub use compose::{BeginCommand, Change, begin, compose};
pub use freeze::freeze;
pub use send::{discard, forward};
pub use show::{Lists, May, Prospect, Shown, list, paper, prospect, sees_units, show, units};
pub use store::forwarding::{ForwardingList, ListedForm, UnitWithForms};

use crate::registrations::{StepCommand, take_step};
use crate::{Office, Outcome, require, unit_target};

/// A list as somebody had it before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The list.
    pub id: ForwardingListId,
    /// Its version on their page.
    pub version: i64,
}

/// A list that the actor may do `action` with, held against others, as they had it before them.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and outside the actor's scope; [`Refusal::ChangedMeanwhile`].
async fn held(work: &mut Work, actor: &Actor, action: Action, seen: Seen) -> Outcome<ForwardingList> {
    store::forwarding::lock(work, seen.id).await?;
    let list = store::forwarding::find(work, seen.id).await?.ok_or(Refusal::NotFound)?;
    require(actor, action, &unit_target(work, list.unit_id).await?)?;
    if list.version == seen.version { Ok(list) } else { Err(Refusal::ChangedMeanwhile.into()) }
}

/// The forms of a list in its order, all of them held against others.
async fn held_forms(work: &mut Work, list: ForwardingListId) -> Outcome<Vec<Registration>> {
    let order = store::forwarding::order(work, list).await?;
    let mut sorted = order.clone();
    sorted.sort();
    for id in sorted {
        store::registrations::lock(work, id).await?;
    }
    let mut forms = Vec::with_capacity(order.len());
    for id in order {
        forms.push(store::registrations::find(work, id).await?.ok_or(Refusal::NotFound)?);
    }
    Ok(forms)
}

/// Takes the same step with every form of a list.
async fn step_all(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    (list, forms): (ForwardingListId, &[Registration]),
    (step, reason): (Step, &str),
) -> Outcome<()> {
    let command = StepCommand { reason, list: Some(list), ..StepCommand::plain(step) };
    for form in forms {
        take_step(office, work, actor, form, &command).await?;
    }
    Ok(())
}

/// Notes a deed in the log.
async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, list: ForwardingListId, forms: usize) -> Outcome<()> {
    let detail = json!({ "forms": forms });
    Ok(office.log(work, Some(actor.account), verb, ("forwarding_list", list.0), &detail).await?)
}

/// What is frozen of a list.
///
/// # Errors
/// [`store::StoreError::Text`] when it was tampered with beyond reading.
pub(crate) fn printed(text: &str) -> Outcome<papers::ForwardingList> {
    Ok(serde_json::from_str(text).map_err(store::StoreError::from)?)
}

/// Whether a form belongs to the unit and year of a list.
fn belongs(form: &Registration, unit: UnitId, year: i64) -> bool {
    form.unit_id == unit && form.year == year
}
