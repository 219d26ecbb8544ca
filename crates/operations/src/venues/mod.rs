//! Venues and their rooms: who plans runs reads them, who keeps the catalogue changes them.

mod change;
mod rooms;

use std::collections::BTreeMap;

use chrono::Utc;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::VenueId;
use domain::policy::{Action, Target, may_everywhere, may_somewhere};
use domain::text::fold;
use store::Records;
use store::units::Unit;

pub use change::{add, bring_back, change, retire};
pub use rooms::{add_room, bring_room_back, change_room, retire_room, venue_of};
pub use store::venues::{Booked, Room, Venue};

use crate::{Office, Outcome, require};

/// A venue with its rooms.
#[derive(Debug, Clone)]
pub struct Line {
    /// The venue.
    pub venue: Venue,
    /// Its rooms in use, by name.
    pub rooms: Vec<Room>,
}

impl Line {
    /// Seats of all its rooms in use.
    #[must_use]
    pub fn seats(&self) -> i64 {
        self.rooms.iter().map(|room| room.capacity).sum()
    }
}

/// Venues by unit and name, and what their reader may do.
#[derive(Debug, Clone)]
pub struct List {
    /// The venues.
    pub lines: Vec<Line>,
    /// Whether the reader may change them.
    pub may_change: bool,
}

/// The venues whose name, unit or address holds `wanted`, without regard to tones; retired ones too.
///
/// # Errors
/// [`Refusal::NotFound`] for who plans no runs; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor, wanted: &str) -> Outcome<List> {
    require_reader(actor)?;
    let mut records = office.database.read().await?;
    let mut rooms: BTreeMap<VenueId, Vec<Room>> = BTreeMap::new();
    for room in store::venues::all_rooms(&mut records).await?.into_iter().filter(|room| room.retired_at.is_none()) {
        rooms.entry(room.venue_id).or_default().push(room);
    }
    let wanted = fold(wanted);
    let says = |venue: &Venue| fold(&format!("{} {} {}", venue.name, venue.unit_title(), venue.address));
    let found = store::venues::list(&mut records).await?.into_iter().filter(|venue| says(venue).contains(&wanted));
    let lines = found.map(|venue| Line { rooms: rooms.remove(&venue.id).unwrap_or_default(), venue }).collect();
    Ok(List { lines, may_change: may_everywhere(actor, Action::KeepCatalogue) })
}

/// One venue as its reader sees it.
#[derive(Debug, Clone)]
pub struct VenueView {
    /// The venue.
    pub venue: Venue,
    /// Its rooms by name, retired ones too.
    pub rooms: Vec<Room>,
    /// What is booked in them from today on. Drafts only for who sees the drafts of the whole province.
    pub booked: Vec<Booked>,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// One venue.
///
/// # Errors
/// [`Refusal::NotFound`]; [`store::StoreError::Database`].
pub async fn show(office: &Office, actor: &Actor, id: VenueId) -> Outcome<VenueView> {
    require_reader(actor)?;
    let mut records = office.database.read().await?;
    let venue = store::venues::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let mut booked = store::venues::booked(&mut records, id, office.today()).await?;
    if !may_everywhere(actor, Action::SeeRun) {
        booked.retain(|session| session.published_at.is_some());
    }
    let rooms = store::venues::rooms(&mut records, id).await?;
    Ok(VenueView { venue, rooms, booked, may_change: may_everywhere(actor, Action::KeepCatalogue) })
}

/// The units a venue may lie in: those that live today, by code.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`store::StoreError::Database`].
pub async fn units(office: &Office, actor: &Actor) -> Outcome<Vec<Unit>> {
    require_keeper(actor)?;
    Ok(store::units::on_day(&mut office.database.read().await?, office.today()).await?)
}

fn require_reader(actor: &Actor) -> Outcome<()> {
    let reads = may_somewhere(actor, Action::PlanRun) || may_everywhere(actor, Action::KeepCatalogue);
    if reads { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

fn require_keeper(actor: &Actor) -> Outcome<()> {
    require(actor, Action::KeepCatalogue, &Target::default())
}

/// Refuses while any of these sessions has not ended.
fn require_nothing_ahead<'b>(booked: impl Iterator<Item = &'b Booked>, now: chrono::DateTime<Utc>) -> Outcome<()> {
    let ahead = booked.filter(|session| session.ends_at > now);
    let ahead: Vec<_> = ahead.take(10).map(|session| (session.day, named(session))).collect();
    if ahead.is_empty() { Ok(()) } else { Err(Refusal::RoomBooked { sessions: ahead }.into()) }
}

fn named(session: &Booked) -> String {
    [session.course_title.as_str(), session.run_name.as_str()]
        .into_iter()
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Whether a venue is in use, as it must be for its rooms to change.
async fn require_in_use(records: &mut impl Records, id: VenueId) -> Outcome<Venue> {
    let venue = store::venues::find(records, id).await?.ok_or(Refusal::NotFound)?;
    if venue.retired_at.is_some() { Err(Refusal::ChangedMeanwhile.into()) } else { Ok(venue) }
}
