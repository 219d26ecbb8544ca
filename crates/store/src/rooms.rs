//! Rooms that can be booked.

use domain::ids::{RoomId, UnitId};

use crate::{Records, StoreResult};

statements! {
    BOOKABLE = "SELECT r.id, r.name, r.capacity, v.name AS venue_name, v.unit_id, u.kind AS unit_kind, u.name AS unit_name
        FROM room r JOIN venue v ON v.id = r.venue_id JOIN unit u ON u.id = v.unit_id WHERE r.retired_at IS NULL AND v.retired_at IS NULL
        ORDER BY u.name COLLATE \"vi\", v.name COLLATE \"vi\", r.name COLLATE \"vi\", r.id";
    FIND = "SELECT r.id, r.name, r.capacity, v.name AS venue_name, v.unit_id, u.kind AS unit_kind, u.name AS unit_name
        FROM room r JOIN venue v ON v.id = r.venue_id JOIN unit u ON u.id = v.unit_id WHERE r.id = $1";
}

/// A room with where it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Room {
    /// Its identifier.
    pub id: RoomId,
    /// What it is called: `Phòng 2`.
    pub name: String,
    /// How many people it holds.
    pub capacity: i64,
    /// The venue it belongs to.
    pub venue_name: String,
    /// The unit that the venue lies in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
}

impl Room {
    /// Where it is, as it is printed: `Phòng 2, Nhà văn hóa huyện`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {}", self.name, self.venue_name)
    }

    /// Where it is, told from rooms of the same name elsewhere: `Phòng 2, Nhà văn hóa, Xã Xuân Lập`.
    #[must_use]
    pub fn full_title(&self) -> String {
        format!("{}, {} {}", self.title(), self.unit_kind, self.unit_name)
    }
}

/// The rooms that can be booked, by unit and venue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn bookable(records: &mut impl Records) -> StoreResult<Vec<Room>> {
    fetch_all!(records, BOOKABLE)
}

/// One room, be it retired.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RoomId) -> StoreResult<Option<Room>> {
    fetch_optional!(records, FIND, id)
}
