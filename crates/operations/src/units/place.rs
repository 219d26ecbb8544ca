//! Saying where an organisation lies when the successions of its unit leave that open, and taking it back.

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, PlacementId, UnitId};
use domain::policy::Action;
use domain::units::{Seen, Why};
use serde_json::json;
use store::Work;
use store::placements::NewPlacement;

use super::{answer, store_own_covers};
use crate::programmes::level_seen;
use crate::{Failure, Office, Outcome, require, unit_target};

/// Where an organisation lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCommand {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The unit that was divided, or of which nobody knows what it became.
    pub at: UnitId,
    /// Where the organisation lies now.
    pub unit: UnitId,
    /// The day on which the question came up: the units of a later one may leave other questions open.
    pub seen_on: NaiveDate,
}

/// Says where an organisation lies that has forms from a unit whose successions leave that open. Whatever the law says
/// stays as it is.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review forms in the old unit, and when its successions leave nothing open for a
/// form of the organisation; [`Refusal::NotAChoice`] of `unit` when it does not come into question;
/// [`Refusal::ChangedMeanwhile`] when somebody said it already.
pub async fn place(office: &Office, actor: &Actor, command: &PlaceCommand) -> Outcome<()> {
    let c = command;
    let mut work = office.database.begin().await?;
    store::placements::lock(&mut work, c.organisation).await?;
    require(actor, Action::ReviewRegistrations, &unit_target(&mut work, c.at).await?)?;
    let known = store::placements::of_organisation(&mut work, c.organisation).await?;
    if answer(&known, c.organisation, c.at).is_some() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let choices = choices(&mut work, c, &known).await?.ok_or(Refusal::NotFound)?;
    if !choices.contains(&c.unit) {
        return Err(Failure::field("unit", Refusal::NotAChoice));
    }
    let new = NewPlacement {
        id: PlacementId(office.id()),
        organisation: c.organisation,
        place: c.at,
        unit: c.unit,
        now: office.now(),
        by: actor.account,
    };
    if !store::placements::add(&mut work, &new).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    store_own_covers(&mut work, c.organisation).await?;
    let detail = json!({ "place": c.at, "unit": c.unit });
    office.log(&mut work, Some(actor.account), "organisation_placed", ("organisation", c.organisation.0), &detail).await?;
    Ok(work.commit().await?)
}

/// Takes back where an organisation lies: the question is open again.
///
/// # Errors
/// [`Refusal::NotFound`] when nothing of this kind holds, and for who does not review forms in the old unit.
pub async fn undo(office: &Office, actor: &Actor, id: PlacementId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let known = store::placements::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::ReviewRegistrations, &unit_target(&mut work, known.place_id).await?)?;
    store::placements::lock(&mut work, known.organisation_id).await?;
    store::placements::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    store::placements::undo(&mut work, id, actor.account, office.now()).await?;
    store_own_covers(&mut work, known.organisation_id).await?;
    let detail = json!({ "place": known.place_id, "unit": known.unit_id });
    let subject = ("organisation", known.organisation_id.0);
    office.log(&mut work, Some(actor.account), "organisation_placement_undone", subject, &detail).await?;
    Ok(work.commit().await?)
}

/// The units that come into question where the way of any form of the organisation ends; none when none ends there.
async fn choices(work: &mut Work, c: &PlaceCommand, known: &[store::placements::Placement]) -> Outcome<Option<Vec<UnitId>>> {
    let (_, atlas) = store::units::atlas(work).await?;
    let level = level_seen(work, c.seen_on).await?;
    for form in store::registrations::of_organisation(work, c.organisation).await? {
        let said = |at| answer(known, c.organisation, at);
        match atlas.counted(form.unit_id, form.place_id, level, c.seen_on, said) {
            Seen::Open(fork) if fork.at == c.at && fork.why != Why::Later => return Ok(Some(fork.choices)),
            _ => {}
        }
    }
    Ok(None)
}
