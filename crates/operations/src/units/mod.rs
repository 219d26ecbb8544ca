//! Units that change: where organisations lie when the successions of their units leave that open.

mod place;

use std::collections::BTreeSet;

use domain::ids::{OrganisationId, UnitId};
use domain::units::{SuccessionKind, covers};
use store::Work;
use store::placements::Placement;

pub use place::{PlaceCommand, place, undo};

use crate::Outcome;

/// What was said of a unit in which an organisation lay.
pub(crate) fn answer(placements: &[Placement], organisation: OrganisationId, at: UnitId) -> Option<UnitId> {
    let mut said = placements.iter().filter(|placement| placement.organisation_id == organisation);
    said.find(|placement| placement.place_id == at).map(|placement| placement.unit_id)
}

/// Works out anew which units cover which: for everybody, and for each organisation of which somebody said where it lies.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(crate) async fn store_covers(work: &mut Work) -> Outcome<()> {
    store::units::clear_covers(work).await?;
    let replaced = replaced(work).await?;
    let everybody = covers_with(work, &replaced).await?;
    for (unit, covered) in &everybody {
        store::units::add_cover(work, *unit, *covered).await?;
    }
    for organisation in store::placements::placed(work).await? {
        store_own_covers(work, organisation).await?;
    }
    Ok(())
}

/// Works out anew what units cover for one organisation alone. What was said of a unit holds until the law says it all.
async fn store_own_covers(work: &mut Work, organisation: OrganisationId) -> Outcome<()> {
    let placements = store::placements::of_organisation(work, organisation).await?;
    let mut own = Vec::new();
    if !placements.is_empty() {
        let replaced = replaced(work).await?;
        let is_open = |placement: &&Placement| !replaced.iter().any(|(old, _)| *old == placement.place_id);
        let said = placements.iter().filter(is_open).map(|placement| (placement.place_id, placement.unit_id));
        let everybody: BTreeSet<_> = covers_with(work, &replaced).await?.into_iter().collect();
        own = covers_with(work, &replaced.iter().copied().chain(said).collect::<Vec<_>>()).await?;
        own.retain(|pair| !everybody.contains(pair));
    }
    Ok(store::placements::set_covers(work, organisation, &own).await?)
}

/// Units that went into others as a whole: old unit, new unit.
async fn replaced(work: &mut Work) -> Outcome<Vec<(UnitId, UnitId)>> {
    let successions = store::units::successions(work).await?;
    let whole =
        |(old, new, kind): (UnitId, Option<UnitId>, SuccessionKind)| Some((old, new.filter(|_| kind == SuccessionKind::Full)?));
    Ok(successions.into_iter().filter_map(whole).collect())
}

/// Which unit covers which, when these went into others as a whole.
async fn covers_with(work: &mut Work, replaced: &[(UnitId, UnitId)]) -> Outcome<Vec<(UnitId, UnitId)>> {
    let units = store::units::all(work).await?;
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    let belongs: Vec<(UnitId, UnitId)> = units.iter().filter_map(|unit| Some((unit.id, unit.parent_id?))).collect();
    Ok(covers(&ids, &belongs, replaced))
}
