//! Venues, their rooms, and what is booked in them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, RoomId, RunId, SessionId, UnitId, VenueId};
use domain::runs::HalfDay;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is read of a venue wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! venue_columns {
    () => {
        "SELECT v.id, v.name, v.unit_id, u.kind AS unit_kind, u.name AS unit_name, p.kind AS parent_kind, p.name AS parent_name,
         v.address, v.map_link, v.equipment, v.retired_at
         FROM venue v JOIN unit u ON u.id = v.unit_id LEFT JOIN unit p ON p.id = u.parent_id "
    };
}

statements! {
    LIST = concat!(venue_columns!(), "ORDER BY u.code, u.id, v.name COLLATE \"vi\", v.id LIMIT 2000");
    FIND = concat!(venue_columns!(), "WHERE v.id = $1");
    ADD = "INSERT INTO venue (id, name, unit_id, address, map_link, equipment, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE = "UPDATE venue SET name = $2, unit_id = $3, address = $4, map_link = $5, equipment = $6 WHERE id = $1";
    RETIRE = "UPDATE venue SET retired_at = $2, retired_by = $3 WHERE id = $1 AND retired_at IS NULL";
    BRING_BACK = "UPDATE venue SET retired_at = NULL, retired_by = NULL WHERE id = $1 AND retired_at IS NOT NULL";
    LOCK_VENUE = "SELECT id FROM venue WHERE id = $1 FOR UPDATE";
    ALL_ROOMS = "SELECT id, venue_id, name, capacity, equipment, retired_at FROM room ORDER BY venue_id, name COLLATE \"vi\", id";
    ROOMS = "SELECT id, venue_id, name, capacity, equipment, retired_at FROM room WHERE venue_id = $1 ORDER BY name COLLATE \"vi\", id";
    ROOM = "SELECT id, venue_id, name, capacity, equipment, retired_at FROM room WHERE id = $1";
    ADD_ROOM = "INSERT INTO room (id, venue_id, name, capacity, equipment) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (venue_id, name) DO NOTHING";
    CHANGE_ROOM = "UPDATE room SET name = $2, capacity = $3, equipment = $4 WHERE id = $1";
    RETIRE_ROOM = "UPDATE room SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL";
    BRING_ROOM_BACK = "UPDATE room SET retired_at = NULL WHERE id = $1 AND retired_at IS NOT NULL";
    LOCK_ROOM = "SELECT id FROM room WHERE id = $1 FOR UPDATE";
    BOOKED = "SELECT m.id AS room_id, m.name AS room_name, s.id AS session_id, s.day, s.half_day, s.starts_at, s.ends_at, r.id AS run_id,
            c.title AS course_title, c.title_english AS course_title_english, r.name AS run_name, r.published_at
        FROM session s JOIN room m ON m.id = s.room_id JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id
        WHERE m.venue_id = $1 AND s.day >= $2 AND s.cancelled_at IS NULL AND r.cancelled_at IS NULL
        ORDER BY s.starts_at, m.name COLLATE \"vi\", s.id";
}

/// A place where sessions are held.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Venue {
    /// Its identifier.
    pub id: VenueId,
    /// Its name.
    pub name: String,
    /// The unit it lies in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    #[sqlx(default)]
    pub unit_kind: String,
    /// The name of that unit.
    #[sqlx(default)]
    pub unit_name: String,
    /// The kind of the unit above.
    #[sqlx(default)]
    pub parent_kind: Option<String>,
    /// The name of the unit above.
    #[sqlx(default)]
    pub parent_name: Option<String>,
    /// Its address below the unit; may be empty.
    pub address: String,
    /// Where a map shows it, `https://…`; may be empty.
    pub map_link: String,
    /// What it has for all its rooms; may be empty.
    pub equipment: String,
    /// When it was last used; none while it is.
    pub retired_at: Option<DateTime<Utc>>,
}

impl Venue {
    /// Its unit, with the district when there is one: `Xã Xuân Lập, huyện Thọ Xuân`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        match (&self.parent_kind, &self.parent_name) {
            (Some(kind), Some(name)) if kind != "Tỉnh" => {
                format!("{} {}, {} {name}", self.unit_kind, self.unit_name, kind.to_lowercase())
            }
            _ => format!("{} {}", self.unit_kind, self.unit_name),
        }
    }
}

/// A room of a venue.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Room {
    /// Its identifier.
    pub id: RoomId,
    /// The venue it belongs to.
    pub venue_id: VenueId,
    /// What it is called there.
    pub name: String,
    /// How many people it seats.
    pub capacity: i64,
    /// What it has; may be empty.
    pub equipment: String,
    /// When it was last used; none while it is.
    pub retired_at: Option<DateTime<Utc>>,
}

/// A session that a room is booked for.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Booked {
    /// The room.
    pub room_id: RoomId,
    /// The name of the room.
    pub room_name: String,
    /// The session.
    pub session_id: SessionId,
    /// Its local day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The run it belongs to.
    pub run_id: RunId,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// What tells the run from others of its course.
    pub run_name: String,
    /// When the run was published; none for a draft.
    pub published_at: Option<DateTime<Utc>>,
}

/// Every venue, by unit and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn list(records: &mut impl Records) -> StoreResult<Vec<Venue>> {
    fetch_all!(records, LIST)
}

/// One venue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: VenueId) -> StoreResult<Option<Venue>> {
    fetch_optional!(records, FIND, id)
}

/// Adds a venue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, venue: &Venue, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let v = venue;
    execute!(work, ADD, v.id, &v.name, v.unit_id, &v.address, &v.map_link, &v.equipment, now, by)?;
    Ok(())
}

/// Changes what is known of a venue.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn change(work: &mut Work, venue: &Venue) -> StoreResult<()> {
    let v = venue;
    let touched = execute!(work, CHANGE, v.id, &v.name, v.unit_id, &v.address, &v.map_link, &v.equipment)?;
    expect_rows("CHANGE", 1, touched)
}

/// Takes a venue out of use; false when it is already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn retire(work: &mut Work, id: VenueId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, RETIRE, id, now, by)? == 1)
}

/// Takes a venue into use again; false when it is in use.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn bring_back(work: &mut Work, id: VenueId) -> StoreResult<bool> {
    Ok(execute!(work, BRING_BACK, id)? == 1)
}

/// Holds a venue against other units of work that change it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: VenueId) -> StoreResult<()> {
    work.lock(LOCK_VENUE, id.0).await
}

/// Every room, by venue and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn all_rooms(records: &mut impl Records) -> StoreResult<Vec<Room>> {
    fetch_all!(records, ALL_ROOMS)
}

/// The rooms of a venue, by name; retired ones too.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn rooms(records: &mut impl Records, venue: VenueId) -> StoreResult<Vec<Room>> {
    fetch_all!(records, ROOMS, venue)
}

/// One room.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn room(records: &mut impl Records, id: RoomId) -> StoreResult<Option<Room>> {
    fetch_optional!(records, ROOM, id)
}

/// Adds a room; false when its venue has one of this name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_room(work: &mut Work, room: &Room) -> StoreResult<bool> {
    Ok(execute!(work, ADD_ROOM, room.id, room.venue_id, &room.name, room.capacity, &room.equipment)? == 1)
}

/// Changes what is known of a room.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none; a name that another room of its venue has is a duplicate.
pub async fn change_room(work: &mut Work, room: &Room) -> StoreResult<()> {
    let touched = execute!(work, CHANGE_ROOM, room.id, &room.name, room.capacity, &room.equipment)?;
    expect_rows("CHANGE_ROOM", 1, touched)
}

/// Takes a room out of use; false when it is already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn retire_room(work: &mut Work, id: RoomId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, RETIRE_ROOM, id, now)? == 1)
}

/// Takes a room into use again; false when it is in use.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn bring_room_back(work: &mut Work, id: RoomId) -> StoreResult<bool> {
    Ok(execute!(work, BRING_ROOM_BACK, id)? == 1)
}

/// Holds a room against other units of work that book or retire it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock_room(work: &mut Work, id: RoomId) -> StoreResult<()> {
    work.lock(LOCK_ROOM, id.0).await
}

/// What is booked in the rooms of a venue from a day on, in order of time; drafts too, nothing that was called off.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn booked(records: &mut impl Records, venue: VenueId, from: NaiveDate) -> StoreResult<Vec<Booked>> {
    fetch_all!(records, BOOKED, venue, from)
}
