//! Product registration forms: written, submitted, reviewed, and on their way to a selection.

mod begin;
mod dossier;
mod evaluate;
mod review;
mod show;
mod spreadsheet;
mod step;
mod submit;

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{RegistrationId, UnitId};
use domain::policy::Target;
use domain::registrations::State;
use domain::selections::Knowledge;
use store::Records;
use store::units::Unit;

pub use begin::{BeginCommand, SaveCommand, begin, save};
pub use dossier::{NewFile, attach, detach, file, receive_item};
pub use evaluate::evaluate;
pub use review::{PRODUCT_SUBJECTS, ReturnCommand, complete, mark_duplicate, send_back};
pub use show::{Judged, Listed, May, Shown, Training, list, show};
pub use spreadsheet::{
    Changes, FILE_LIMIT, Fate, ImportedForms, ReadForms, ReviewedForm, SheetReview, SheetRow, import, preview, read_forms,
    template,
};
pub use step::{StepCommand, take_step};
pub use store::attachments::Attachment;
pub use store::registrations::{Registration, RegistrationEvent, RegistrationLine, Remark, Wanted};
pub use submit::{submit, withdraw};

use crate::{Outcome, unit_target};

/// What the policy asks about a form, with the form: it lies in the unit that receives it, in the place of its
/// organisation, and where a person said that this lies now, so officers of all these see it.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none; [`store::StoreError::Database`].
pub async fn target(records: &mut impl Records, id: RegistrationId) -> Outcome<(Registration, Target)> {
    let registration = store::registrations::find(records, id).await?.ok_or(Refusal::NotFound)?;
    let mut target = unit_target(records, registration.unit_id).await?;
    target.covered_by.extend(store::units::covering(records, registration.place_id).await?);
    let (organisation, place) = (registration.organisation_id, registration.place_id);
    target.covered_by.extend(store::placements::covering(records, organisation, place).await?);
    target.organisation = Some(registration.organisation_id);
    Ok((registration, target))
}

/// What the policy asks about who reviews a form: officers of the unit that receives it, and of what replaced that.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn review_target(records: &mut impl Records, registration: &Registration) -> Outcome<Target> {
    unit_target(records, registration.unit_id).await
}

/// Where a form stands, as far as the actor may know: every refusal that names a state names this one.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(crate) async fn known_state(records: &mut impl Records, actor: &Actor, registration: &Registration) -> Outcome<State> {
    if !registration.state.is_decided() {
        return Ok(registration.state);
    }
    Ok(store::registrations::known_state(records, registration.id, Knowledge::of(actor)).await?)
}

/// Whether the form is still as somebody had it before them when they decided. Once the province has it there is nothing
/// to decide, and not even its version tells that a decision is being prepared.
///
/// # Errors
/// [`Refusal::NotInThisState`], [`Refusal::ChangedMeanwhile`].
async fn seen(records: &mut impl Records, actor: &Actor, registration: &Registration, version: i64) -> Outcome<()> {
    if registration.state.is_with_province() {
        let state = known_state(records, actor, registration).await?;
        return Err(Refusal::NotInThisState { state }.into());
    }
    if registration.version == version { Ok(()) } else { Err(Refusal::ChangedMeanwhile.into()) }
}

/// The unit that receives the forms of a place on a day: the one unit of the level that receives then which has the
/// place in its scope (domain.md §1.3).
///
/// # Errors
/// [`Refusal::NoReceivingUnit`] where the successions leave it open: a person has to say in which commune the
/// organisation lies; [`store::StoreError::Database`].
pub async fn receiving_unit(records: &mut impl Records, place: UnitId, day: NaiveDate) -> Outcome<Unit> {
    let level = store::programmes::level_on(records, day).await?.ok_or(Refusal::NoReceivingUnit)?;
    let mut units = store::programmes::covering_at(records, place, level.level, day).await?;
    match (units.pop(), units.is_empty()) {
        (Some(unit), true) => Ok(unit),
        _ => Err(Refusal::NoReceivingUnit.into()),
    }
}
