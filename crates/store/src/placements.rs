//! Where organisations lie when the successions of their units leave that open: what a person said.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, OrganisationId, PlacementId, UnitId};

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is read of a decision. `WHERE` and `ORDER BY` follow.
macro_rules! placement_columns {
    () => {
        "SELECT p.id, p.organisation_id, o.name AS organisation_name, p.place_id, p.unit_id, p.decided_at, n.full_name AS decided_by
         FROM unit_placement p JOIN organisation o ON o.id = p.organisation_id JOIN account a ON a.id = p.decided_by
         JOIN person n ON n.id = a.person_id "
    };
}

statements! {
    LIVE = concat!(placement_columns!(), "WHERE p.undone_at IS NULL ORDER BY p.decided_at DESC, p.id");
    OF_ORGANISATION = concat!(placement_columns!(), "WHERE p.organisation_id = $1 AND p.undone_at IS NULL ORDER BY p.decided_at, p.id");
    FIND = concat!(placement_columns!(), "WHERE p.id = $1 AND p.undone_at IS NULL");
    LOCK_ORGANISATION = "SELECT id FROM organisation WHERE id = $1 FOR UPDATE";
    ADD = "INSERT INTO unit_placement (id, organisation_id, place_id, unit_id, decided_at, decided_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING";
    UNDO = "UPDATE unit_placement SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL";
    CLEAR_COVERS = "DELETE FROM organisation_cover WHERE organisation_id = $1";
    ADD_COVER = "INSERT INTO organisation_cover (organisation_id, covered_id, unit_id) VALUES ($1, $2, $3)";
    COVERING = "SELECT unit_id FROM organisation_cover WHERE organisation_id = $1 AND covered_id = $2";
    PLACED = "SELECT DISTINCT organisation_id FROM unit_placement WHERE undone_at IS NULL";
}

/// What a person said.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Placement {
    /// Its identifier.
    pub id: PlacementId,
    /// Whose place it is.
    pub organisation_id: OrganisationId,
    /// The organisation's name as it is today.
    pub organisation_name: String,
    /// The unit that was divided, or of which nobody knows what it became.
    pub place_id: UnitId,
    /// Where the organisation lies now.
    pub unit_id: UnitId,
    /// When it was said.
    pub decided_at: DateTime<Utc>,
    /// Who said it.
    pub decided_by: String,
}

/// What is stored of a new decision.
#[derive(Debug, Clone, Copy)]
pub struct NewPlacement {
    /// Its identifier.
    pub id: PlacementId,
    /// Whose place it is.
    pub organisation: OrganisationId,
    /// The unit that was divided, or of which nobody knows what it became.
    pub place: UnitId,
    /// Where the organisation lies now.
    pub unit: UnitId,
    /// When it is said.
    pub now: DateTime<Utc>,
    /// Who says it.
    pub by: AccountId,
}

/// Every decision that holds, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live(records: &mut impl Records) -> StoreResult<Vec<Placement>> {
    fetch_all!(records, LIVE)
}

/// The decisions that hold of an organisation, the first one first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<Placement>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}

/// A decision that holds.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: PlacementId) -> StoreResult<Option<Placement>> {
    fetch_optional!(records, FIND, id)
}

/// Organisations of which any decision holds.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn placed(records: &mut impl Records) -> StoreResult<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = fetch_all!(records, PLACED)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Holds an organisation against others who say where it lies.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, organisation: OrganisationId) -> StoreResult<()> {
    work.lock(LOCK_ORGANISATION, organisation.0).await
}

/// Adds a decision; false when one about this organisation and unit holds already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, new: &NewPlacement) -> StoreResult<bool> {
    Ok(execute!(work, ADD, new.id, new.organisation, new.place, new.unit, new.now, new.by)? == 1)
}

/// Ends a decision, which stays on record.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it does not hold.
pub async fn undo(work: &mut Work, id: PlacementId, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let touched = execute!(work, UNDO, id, now, by)?;
    expect_rows("UNDO", 1, touched)
}

/// Puts other (unit, covered unit) pairs in the place of those that hold for an organisation alone.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_covers(work: &mut Work, organisation: OrganisationId, covers: &[(UnitId, UnitId)]) -> StoreResult<()> {
    execute!(work, CLEAR_COVERS, organisation)?;
    for (unit, covered) in covers {
        execute!(work, ADD_COVER, organisation, covered, unit)?;
    }
    Ok(())
}

/// Units whose scope holds `place` for this organisation alone.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn covering(records: &mut impl Records, organisation: OrganisationId, place: UnitId) -> StoreResult<Vec<UnitId>> {
    let rows: Vec<(UnitId,)> = fetch_all!(records, COVERING, organisation, place)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
