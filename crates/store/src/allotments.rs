//! Seats promised to organisations and units, names to come.

use chrono::{DateTime, NaiveDate, Utc};
use domain::allotments::Ending;
use domain::enrolments::{Hold, Holder, Promise};
use domain::ids::{AccountId, AllotmentId, EnrolmentId, OrganisationId, RunId, UnitId};

use domain::organisations::OrganisationKind;

use crate::error::expect_rows;
use crate::{Records, StoreResult, Work};

/// What is read of an allotment `a`. `WHERE` and `ORDER BY` follow.
macro_rules! allotments {
    () => {
        "SELECT a.id, a.run_id, a.unit_id, a.organisation_id, a.parent_id, a.seats, a.until_day, a.version, a.created_at, a.ended_at,
         n.ended_how, n.end_reason, u.kind AS unit_kind, u.name AS unit_name, o.name AS organisation_name,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.allotment_id = a.id AND e.withdrawn_at IS NULL) AS named
         FROM current_allotment a JOIN allotment n ON n.id = a.id LEFT JOIN organisation o ON o.id = a.organisation_id
         JOIN unit u ON u.id = COALESCE(a.unit_id, o.unit_id) "
    };
}

statements! {
    FIND = concat!(allotments!(), "WHERE a.id = $1");
    OF_RUN = concat!(allotments!(), "WHERE a.run_id = $1 ORDER BY a.created_at, a.id");
    HOLDS = "SELECT f.allotment_id, f.expires_at FROM waiting_entry w JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL
        WHERE w.run_id = $1";
    ADD = "INSERT INTO allotment (id, run_id, unit_id, organisation_id, parent_id, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    STATE = "INSERT INTO allotment_statement (allotment_id, number, seats, until_day, stated_at, stated_by) VALUES ($1, $2, $3, $4, $5, $6)";
    END = "UPDATE allotment SET ended_at = $2, ended_by = $3, ended_how = $4, end_reason = $5 WHERE id = $1 AND ended_at IS NULL";
    NAME = "UPDATE enrolment SET allotment_id = $2 WHERE id = $1 AND allotment_id IS NULL AND withdrawn_at IS NULL";
    OF_PLACE = "SELECT allotment_id FROM enrolment WHERE id = $1";
    // How many people of an organisation have a place in a run.
    PLACES = "SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment WHERE run_id = $1 AND organisation_id = $2 AND withdrawn_at IS NULL";
    PLACES_OF_ALL = "SELECT organisation_id, CAST(COUNT(*) AS BIGINT) FROM enrolment WHERE run_id = $1 AND withdrawn_at IS NULL GROUP BY organisation_id";
    // Whom seats of a run can be promised to without asking further: organisations of its audience whose product was selected.
    SELECTED = "SELECT DISTINCT o.id, o.name, o.kind FROM selected_product s JOIN organisation o ON o.id = s.organisation_id
        WHERE s.year = $1 AND o.kind <> 'state_body' ORDER BY o.name, o.id";
    SET_LIMIT = "INSERT INTO run_limit (run_id, number, per_organisation, set_at, set_by)
        SELECT $1, COALESCE(MAX(l.number), 0) + 1, $2, $3, $4 FROM run_limit l WHERE l.run_id = $1";
    // Runs in which something has run out that nobody said so of: by its own end, or since nothing of the run is kept any more.
    RUN_OUT = "SELECT w.run_id FROM offer f JOIN waiting_entry w ON w.id = f.entry_id JOIN run r ON r.id = w.run_id
        WHERE f.answer IS NULL AND (f.expires_at <= $1 OR r.enrolment_deadline < $2
            OR EXISTS (SELECT 1 FROM held_session s WHERE s.run_id = r.id AND s.starts_at <= $1))
        UNION SELECT a.run_id FROM current_allotment a WHERE a.ended_at IS NULL AND (a.until_day < $2
            OR EXISTS (SELECT 1 FROM held_session s WHERE s.run_id = a.run_id AND s.starts_at <= $1))";
    // Whom the holders of a run's seats are: the organisation, or who keeps a unit.
    OFFICERS = "SELECT DISTINCT p.email, c.language FROM role_grant g JOIN account c ON c.id = g.account_id AND c.disabled_at IS NULL
        JOIN person p ON p.id = c.person_id WHERE g.unit_id = $1 AND g.role = 'unit_officer'
        AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2) AND p.email IS NOT NULL ORDER BY p.email, c.language";
}

/// Seats of a run that were promised, as they were last stated.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Allotment {
    /// Its identifier.
    pub id: AllotmentId,
    /// The run.
    pub run_id: RunId,
    /// The unit they were promised to.
    pub unit_id: Option<UnitId>,
    /// The organisation they were promised to.
    pub organisation_id: Option<OrganisationId>,
    /// The allotment of a unit that it was divided from.
    pub parent_id: Option<AllotmentId>,
    /// How many, the named ones among them.
    pub seats: i64,
    /// The last day on which they are kept: of a share that of its unit's seats, and none after the last one for enrolling.
    pub until_day: NaiveDate,
    /// How often it was stated.
    pub version: i64,
    /// When it was first.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub ended_how: Option<Ending>,
    /// Why it ended; empty when its last day passed.
    pub end_reason: Option<String>,
    /// The kind of the unit, or of that of the organisation.
    pub unit_kind: String,
    /// The name of the unit, or of that of the organisation.
    pub unit_name: String,
    /// The name of the organisation.
    pub organisation_name: Option<String>,
    /// How many people have a place by it.
    pub named: i64,
}

impl Allotment {
    /// For whom the seats are.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        match (self.unit_id, self.organisation_id) {
            (Some(unit), None) => Some(Holder::Unit(unit)),
            (None, Some(organisation)) => Some(Holder::Organisation(organisation)),
            _ => None,
        }
    }

    /// Its holder's name: `Huyện Thọ Xuân`, `HTX Xuân Lập`.
    #[must_use]
    pub fn holder_name(&self) -> String {
        self.organisation_name.clone().unwrap_or_else(|| self.unit_title())
    }

    /// The unit it is for, or in which its organisation lies.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }

    /// What the rule of seats asks of it.
    #[must_use]
    pub fn promise(&self) -> Option<Promise> {
        Some(Promise {
            id: self.id,
            holder: self.holder()?,
            parent: self.parent_id,
            seats: self.seats,
            until: self.until_day,
            is_ended: self.ended_at.is_some(),
            named: self.named,
        })
    }
}

/// One allotment.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: AllotmentId) -> StoreResult<Option<Allotment>> {
    fetch_optional!(records, FIND, id)
}

/// The allotments of a run, as they were made, those that ended among them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_run(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Allotment>> {
    fetch_all!(records, OF_RUN, run)
}

/// The seats of a run that offers hold which nobody answered.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn holds(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Hold>> {
    let rows: Vec<(Option<AllotmentId>, DateTime<Utc>)> = fetch_all!(records, HOLDS, run)?;
    Ok(rows.into_iter().map(|(allotment, expires_at)| Hold { allotment, expires_at }).collect())
}

/// An allotment that is about to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewAllotment {
    /// Its identifier.
    pub id: AllotmentId,
    /// The run.
    pub run: RunId,
    /// For whom.
    pub holder: Holder,
    /// The allotment of a unit that it is divided from.
    pub parent: Option<AllotmentId>,
}

/// Adds an allotment; how many seats it is of is stated next.
///
/// # Errors
/// [`crate::StoreError::Database`]; a second one for the same holder is a duplicate.
pub async fn add(work: &mut Work, new: &NewAllotment, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let (unit, organisation) = match new.holder {
        Holder::Unit(unit) => (Some(unit), None),
        Holder::Organisation(organisation) => (None, Some(organisation)),
    };
    execute!(work, ADD, new.id, new.run, unit, organisation, new.parent, now, by)?;
    Ok(())
}

/// States how many seats an allotment is of and until when they are kept, for the `number`th time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn state(
    work: &mut Work,
    (id, number): (AllotmentId, i64),
    (seats, until): (i64, NaiveDate),
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, STATE, id, number, seats, until, now, by)?;
    Ok(())
}

/// Ends an allotment; false when it had ended. Nobody ends it when its last day passed.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn end(
    work: &mut Work,
    id: AllotmentId,
    how: Ending,
    reason: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, END, id, at, by, how, reason)? == 1)
}

/// Notes that somebody has a place by an allotment.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such live place, or it was noted otherwise.
pub async fn name(work: &mut Work, enrolment: EnrolmentId, allotment: AllotmentId) -> StoreResult<()> {
    let touched = execute!(work, NAME, enrolment, allotment)?;
    expect_rows("NAME", 1, touched)
}

/// The allotment that a place is of, live or withdrawn; none when its seat was nobody's.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_place(records: &mut impl Records, enrolment: EnrolmentId) -> StoreResult<Option<AllotmentId>> {
    let row: Option<(Option<AllotmentId>,)> = fetch_optional!(records, OF_PLACE, enrolment)?;
    Ok(row.and_then(|(allotment,)| allotment))
}

/// How many people of an organisation have a place in a run.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn places(records: &mut impl Records, run: RunId, organisation: OrganisationId) -> StoreResult<i64> {
    fetch_value!(records, PLACES, run, organisation)
}

/// The same of every organisation that has people in it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn places_of_all(records: &mut impl Records, run: RunId) -> StoreResult<Vec<(OrganisationId, i64)>> {
    fetch_all!(records, PLACES_OF_ALL, run)
}

/// The organisations with a product that published decisions select in a year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn selected(records: &mut impl Records, year: i64) -> StoreResult<Vec<(OrganisationId, String, OrganisationKind)>> {
    fetch_all!(records, SELECTED, year)
}

/// Says how many people of one organisation a run takes at most, or that there is no such limit.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_limit(work: &mut Work, run: RunId, limit: Option<i64>, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    execute!(work, SET_LIMIT, run, limit, now, by)?;
    Ok(())
}

/// Runs with offers or allotments that have run out and are not marked so.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn run_out(records: &mut impl Records, now: DateTime<Utc>, today: NaiveDate) -> StoreResult<Vec<RunId>> {
    let rows: Vec<(RunId,)> = fetch_all!(records, RUN_OUT, now, today)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The officers of a unit who have an address.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn officers(records: &mut impl Records, unit: UnitId, today: NaiveDate) -> StoreResult<Vec<crate::notices::Reader>> {
    fetch_all!(records, OFFICERS, unit, today)
}
