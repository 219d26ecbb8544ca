//! What the board of a programme year is counted from.

use chrono::NaiveDate;
use domain::ids::{AccountId, OrganisationId, ProgrammeYearId, UnitId};
use domain::registrations::State;
use domain::selections::Knowledge;

use crate::registrations::{lies_in, stands};
use crate::{Records, StoreResult};

/// Narrows to the forms of year $1 that account $3 sees on day $4: all of them when $2 says so, else those in the units of
/// its grants. Who only represents organisations sees none.
macro_rules! seen {
    () => {
        concat!(
            "r.year_id = $1 AND ($2 = TRUE OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $3 AND g.role IN ('unit_officer', 'manager')
                AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4) AND ",
            lies_in!("g.unit_id"),
            "))"
        )
    };
}

statements! {
    // By the place of the columns: `state` alone would be the column of the table.
    COUNTS = concat!("SELECT r.unit_id, r.place_id, ", stands!("$5"), " AS state, CAST(COUNT(*) AS BIGINT) AS forms FROM registration r
        WHERE ", seen!(), " GROUP BY 1, 2, 3");
    COUNTS_AT = concat!("SELECT r.organisation_id, ", stands!("$5"), " AS state, MAX(r.organisation_name) AS organisation_name,
        CAST(COUNT(*) AS BIGINT) AS forms FROM registration r WHERE r.unit_id = $6 AND r.place_id = $7 AND ", seen!(), "
        GROUP BY 1, 2 ORDER BY 1");
}

/// How many forms that one unit received from one place stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// The unit that received them.
    pub unit_id: UnitId,
    /// Where their organisations lay.
    pub place_id: UnitId,
    /// Where they stand.
    pub state: State,
    /// How many.
    pub forms: i64,
}

/// The same of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OrganisationCount {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name when it sent its forms.
    pub organisation_name: String,
    /// Where they stand.
    pub state: State,
    /// How many.
    pub forms: i64,
}

/// Whose eyes count, in which year.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// The programme year.
    pub year: ProgrammeYearId,
    /// Whether it sees the whole province.
    pub everywhere: bool,
    /// The account.
    pub account: AccountId,
    /// The day on which its grants hold.
    pub today: NaiveDate,
    /// What it knows of decisions.
    pub knowledge: Knowledge,
}

/// How many forms stand where, by the unit that received them and the place they came from.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn counts(records: &mut impl Records, viewer: &Viewer) -> StoreResult<Vec<CountRow>> {
    let v = viewer;
    fetch_all!(records, COUNTS, v.year, v.everywhere, v.account, v.today, v.knowledge.is_of_prepared())
}

/// The same of each organisation of one place, whose forms one unit received; in order of the organisations.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn counts_at(
    records: &mut impl Records,
    viewer: &Viewer,
    unit: UnitId,
    place: UnitId,
) -> StoreResult<Vec<OrganisationCount>> {
    let v = viewer;
    fetch_all!(records, COUNTS_AT, v.year, v.everywhere, v.account, v.today, v.knowledge.is_of_prepared(), unit, place)
}
