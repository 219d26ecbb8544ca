//! Rooms that are written down, put right, taken out of use and into it again.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{RoomId, VenueId};
use domain::venues::RoomPlan;
use serde_json::json;
use store::Work;
use store::venues::Room;

use super::{require_in_use, require_keeper, require_nothing_ahead};
use crate::{Failure, Office, Outcome};

/// The venue that a room belongs to, for who keeps the catalogue.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn venue_of(office: &Office, actor: &Actor, id: RoomId) -> Outcome<VenueId> {
    require_keeper(actor)?;
    let room = store::venues::room(&mut office.database.read().await?, id).await?;
    Ok(room.ok_or(Refusal::NotFound)?.venue_id)
}

/// Adds a room to a venue in use.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::ChangedMeanwhile`] when the venue is out of
/// use; [`Refusal::AlreadyExists`] of `name`; [`store::StoreError`].
pub async fn add_room(office: &Office, actor: &Actor, venue: VenueId, plan: &RoomPlan) -> Outcome<RoomId> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    store::venues::lock(&mut work, venue).await?;
    require_in_use(&mut work, venue).await?;
    let room = planned(RoomId(office.id()), venue, plan);
    if !store::venues::add_room(&mut work, &room).await? {
        return Err(Failure::field("name", Refusal::AlreadyExists));
    }
    log(office, &mut work, actor, "room_added", &room).await?;
    work.commit().await?;
    Ok(room.id)
}

/// Changes what is known of a room.
///
/// # Errors
/// As for [`add_room`].
pub async fn change_room(office: &Office, actor: &Actor, id: RoomId, plan: &RoomPlan) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    let known = held(&mut work, id).await?;
    let room = planned(id, known.venue_id, plan);
    store::venues::change_room(&mut work, &room)
        .await
        .map_err(|error| if error.is_duplicate() { Failure::field("name", Refusal::AlreadyExists) } else { error.into() })?;
    log(office, &mut work, actor, "room_changed", &room).await?;
    Ok(work.commit().await?)
}

/// Takes a room out of use. What was held there stays as it was.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::RoomBooked`] while it has sessions ahead;
/// [`Refusal::ChangedMeanwhile`] when it is out of use; [`store::StoreError`].
pub async fn retire_room(office: &Office, actor: &Actor, id: RoomId) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    let room = held(&mut work, id).await?;
    let booked = store::venues::booked(&mut work, room.venue_id, office.today()).await?;
    require_nothing_ahead(booked.iter().filter(|session| session.room_id == id), office.now())?;
    if !store::venues::retire_room(&mut work, id, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "room_retired", &room).await?;
    Ok(work.commit().await?)
}

/// Takes a room into use again.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::ChangedMeanwhile`] when it is in use, or its
/// venue is not; [`store::StoreError`].
pub async fn bring_room_back(office: &Office, actor: &Actor, id: RoomId) -> Outcome<()> {
    require_keeper(actor)?;
    let mut work = office.database.begin().await?;
    let room = held(&mut work, id).await?;
    require_in_use(&mut work, room.venue_id).await?;
    if !store::venues::bring_room_back(&mut work, id).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "room_brought_back", &room).await?;
    Ok(work.commit().await?)
}

/// The room, held against who books it.
async fn held(work: &mut Work, id: RoomId) -> Outcome<Room> {
    store::venues::lock_room(work, id).await?;
    Ok(store::venues::room(work, id).await?.ok_or(Refusal::NotFound)?)
}

fn planned(id: RoomId, venue_id: VenueId, plan: &RoomPlan) -> Room {
    let plan = plan.clone();
    Room { id, venue_id, name: plan.name, capacity: plan.capacity, equipment: plan.equipment, retired_at: None }
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, room: &Room) -> Outcome<()> {
    let detail = json!({ "venue": room.venue_id, "name": room.name, "capacity": room.capacity });
    Ok(office.log(work, Some(actor.account), verb, ("room", room.id.0), &detail).await?)
}
