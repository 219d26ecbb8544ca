//! Venues that are written down, put right, taken out of use and into it again.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::VenueId;
use domain::text::fold;
use domain::venues::VenuePlan;
use serde_json::json;
use store::Work;
use store::venues::Venue;

use super::{require_keeper, require_nothing_ahead};
use crate::{Failure, Office, Outcome};

/// Writes a venue down.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::UnknownUnit`] of `unit` for one that does not
/// live today; [`Refusal::AlreadyExists`] of `name` when the unit has a venue of this name; [`store::StoreError`].
pub async fn add(office: &Office, actor: &Actor, plan: &VenuePlan) -> Outcome<VenueId> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    let venue = planned(VenueId(office.id()), plan);
    require_living_unit(office, &mut work, &venue).await?;
    require_own_name(&mut work, &venue).await?;
    store::venues::add(&mut work, &venue, actor.account, office.now()).await?;
    log(office, &mut work, actor, "venue_added", &venue).await?;
    work.commit().await?;
    Ok(venue.id)
}

/// Changes what is known of a venue.
///
/// # Errors
/// As for [`add`]; a unit that has ended since may stay.
pub async fn change(office: &Office, actor: &Actor, id: VenueId, plan: &VenuePlan) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    store::venues::lock(&mut work, id).await?;
    let known = store::venues::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let venue = planned(id, plan);
    if venue.unit_id != known.unit_id {
        require_living_unit(office, &mut work, &venue).await?;
    }
    require_own_name(&mut work, &venue).await?;
    store::venues::change(&mut work, &venue).await?;
    log(office, &mut work, actor, "venue_changed", &venue).await?;
    Ok(work.commit().await?)
}

/// Takes a venue out of use. What was held there stays as it was.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::RoomBooked`] while its rooms have sessions
/// ahead; [`Refusal::ChangedMeanwhile`] when it is out of use; [`store::StoreError`].
pub async fn retire(office: &Office, actor: &Actor, id: VenueId) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    store::venues::lock(&mut work, id).await?;
    let venue = store::venues::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    // Whoever books a room holds it: afterwards nobody can have booked one unseen.
    let mut rooms: Vec<_> = store::venues::rooms(&mut work, id).await?.into_iter().map(|room| room.id).collect();
    rooms.sort();
    for room in rooms {
        store::venues::lock_room(&mut work, room).await?;
    }
    let booked = store::venues::booked(&mut work, id, office.today()).await?;
    require_nothing_ahead(booked.iter(), office.now())?;
    if !store::venues::retire(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "venue_retired", &venue).await?;
    Ok(work.commit().await?)
}

/// Takes a venue into use again.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::ChangedMeanwhile`] when it is in use;
/// [`store::StoreError`].
pub async fn bring_back(office: &Office, actor: &Actor, id: VenueId) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    let venue = store::venues::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !store::venues::bring_back(&mut work, id).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "venue_brought_back", &venue).await?;
    Ok(work.commit().await?)
}

fn planned(id: VenueId, plan: &VenuePlan) -> Venue {
    let plan = plan.clone();
    Venue {
        id,
        name: plan.name,
        unit_id: plan.unit,
        unit_kind: String::new(),
        unit_name: String::new(),
        parent_kind: None,
        parent_name: None,
        address: plan.address,
        map_link: plan.map_link,
        equipment: plan.equipment,
        retired_at: None,
    }
}

async fn require_living_unit(office: &Office, work: &mut Work, venue: &Venue) -> Outcome<()> {
    let unit = store::units::find(work, venue.unit_id).await?;
    let lives = unit.is_some_and(|unit| unit.lives_on(office.today()));
    if lives { Ok(()) } else { Err(Failure::field("unit", Refusal::UnknownUnit)) }
}

/// A unit has no two venues of one name, however it is typed: a planner could not tell them apart.
async fn require_own_name(work: &mut Work, venue: &Venue) -> Outcome<()> {
    let same = |other: &Venue| other.id != venue.id && other.unit_id == venue.unit_id && fold(&other.name) == fold(&venue.name);
    if store::venues::list(work).await?.iter().any(same) {
        return Err(Failure::field("name", Refusal::AlreadyExists));
    }
    Ok(())
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, venue: &Venue) -> Outcome<()> {
    Ok(office.log(work, Some(actor.account), verb, ("venue", venue.id.0), &json!({ "name": venue.name })).await?)
}
