//! Organisations whose people are trained.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, OrganisationId, UnitId};
use domain::organisations::{OrganisationKind, TaxCode};
use domain::people::PhoneNumber;

use crate::{Records, StoreResult, Work};

statements! {
    ADD = "INSERT INTO organisation (id, kind, name, tax_code, unit_id, address, phone, search_text, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT o.id, o.kind, o.name, o.tax_code, o.unit_id, o.address, o.phone, u.kind AS unit_kind, u.name AS unit_name,
        p.kind AS parent_kind, p.name AS parent_name
        FROM organisation o JOIN unit u ON u.id = o.unit_id LEFT JOIN unit p ON p.id = u.parent_id WHERE o.id = $1";
    // The scope of an account is read from its grants of today; $2 is true for those who see the whole province.
    SEARCH = "SELECT o.id, o.kind, o.name, o.tax_code, o.unit_id, o.address, o.phone, u.kind AS unit_kind, u.name AS unit_name,
        p.kind AS parent_kind, p.name AS parent_name
        FROM organisation o JOIN unit u ON u.id = o.unit_id LEFT JOIN unit p ON p.id = u.parent_id
        WHERE o.search_text LIKE $1 ESCAPE '\\' AND ($2 = TRUE
            OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover c ON c.unit_id = g.unit_id
                WHERE g.account_id = $3 AND c.covered_id = o.unit_id AND g.role IN ('unit_officer', 'manager')
                  AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4))
            OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $3 AND g.organisation_id = o.id
                  AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4)))
        ORDER BY o.name COLLATE \"vi\", o.id LIMIT 200";
    NAMED = "SELECT id FROM organisation WHERE search_text LIKE $1 ESCAPE '\\' AND unit_id = $2 AND kind = $3";
}

/// An organisation with where it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Organisation {
    /// Its identifier.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its name as it writes it.
    pub name: String,
    /// Its tax code; households may have none.
    pub tax_code: Option<TaxCode>,
    /// The unit it lies in, as it was when that was written down.
    pub unit_id: UnitId,
    /// Its address below the unit.
    pub address: Option<String>,
    /// Its telephone number.
    pub phone: Option<PhoneNumber>,
    /// The kind of its unit.
    #[sqlx(default)]
    pub unit_kind: String,
    /// The name of its unit.
    #[sqlx(default)]
    pub unit_name: String,
    /// The kind of the unit above.
    #[sqlx(default)]
    pub parent_kind: Option<String>,
    /// The name of the unit above.
    #[sqlx(default)]
    pub parent_name: Option<String>,
}

impl Organisation {
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

/// Adds an organisation.
///
/// # Errors
/// [`crate::StoreError::Database`]; a tax code that exists already is a duplicate.
pub async fn add(work: &mut Work, organisation: &Organisation, now: DateTime<Utc>) -> StoreResult<()> {
    let o = organisation;
    let search_text = domain::text::fold(&format!("{} {}", o.name, o.tax_code.as_ref().map_or("", TaxCode::as_str)));
    execute!(work, ADD, o.id, o.kind, &o.name, &o.tax_code, o.unit_id, &o.address, &o.phone, search_text, now)?;
    Ok(())
}

/// One organisation.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: OrganisationId) -> StoreResult<Option<Organisation>> {
    fetch_optional!(records, FIND, id)
}

/// The organisations whose name or tax code holds `wanted`, of those the account sees on `today`; 200 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn search(
    records: &mut impl Records,
    wanted: &str,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<Organisation>> {
    fetch_all!(records, SEARCH, domain::text::like_pattern(wanted), everywhere, account, today)
}

/// Whether an organisation of this name and kind is known in the unit already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn named(
    records: &mut impl Records,
    name: &str,
    unit: UnitId,
    kind: OrganisationKind,
) -> StoreResult<Option<OrganisationId>> {
    let row: Option<(OrganisationId,)> = fetch_optional!(records, NAMED, domain::text::like_pattern(name), unit, kind)?;
    Ok(row.map(|(id,)| id))
}
