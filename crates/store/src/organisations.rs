//! Organisations whose people are trained.

pub mod history;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, OrganisationId, UnitId};
use domain::organisations::{OrganisationKind, TaxCode};
use domain::people::PhoneNumber;

use crate::error::expect_rows;
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
    CHANGE = "UPDATE organisation SET kind = $2, name = $3, tax_code = $4, unit_id = $5, address = $6, phone = $7, search_text = $8
        WHERE id = $1";
    BY_TAX_CODE = "SELECT id FROM organisation WHERE tax_code = $1";
    LOCK_ORGANISATION = "SELECT id FROM organisation WHERE id = $1 FOR NO KEY UPDATE";
    OF_NAME = "SELECT id, name, unit_id FROM organisation WHERE search_text LIKE $1 ESCAPE '\\'";
    NAMED = "SELECT id, name FROM organisation WHERE search_text LIKE $1 ESCAPE '\\' AND unit_id = $2 AND kind = $3";
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
    execute!(work, ADD, o.id, o.kind, &o.name, &o.tax_code, o.unit_id, &o.address, &o.phone, search_text(o), now)?;
    Ok(())
}

/// Holds an organisation against other units of work that add to its people.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: OrganisationId) -> StoreResult<()> {
    work.lock(LOCK_ORGANISATION, id.0).await
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
    let rows: Vec<(OrganisationId, String)> = fetch_all!(records, NAMED, domain::text::like_pattern(name), unit, kind)?;
    // "HTX Xuân" is found in "HTX Xuân Lập" and is not it.
    let wanted = domain::text::fold(name);
    Ok(rows.into_iter().find(|(_, known)| domain::text::fold(known) == wanted).map(|(id, _)| id))
}

/// The organisations of this name, without regard to tones and hats, in `unit` when one is given.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_name(records: &mut impl Records, name: &str, unit: Option<UnitId>) -> StoreResult<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId, String, UnitId)> = fetch_all!(records, OF_NAME, domain::text::like_pattern(name))?;
    let wanted = domain::text::fold(name);
    let fits = |known: &str, lies_in: UnitId| domain::text::fold(known) == wanted && unit.is_none_or(|unit| unit == lies_in);
    Ok(rows.into_iter().filter(|(_, known, lies_in)| fits(known, *lies_in)).map(|(id, ..)| id).collect())
}

/// The organisation with this tax code.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_tax_code(records: &mut impl Records, code: &TaxCode) -> StoreResult<Option<OrganisationId>> {
    let row: Option<(OrganisationId,)> = fetch_optional!(records, BY_TAX_CODE, code)?;
    Ok(row.map(|(id,)| id))
}

/// Changes an organisation.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none; a tax code that exists already is a duplicate.
pub async fn change(work: &mut Work, organisation: &Organisation) -> StoreResult<()> {
    let o = organisation;
    let touched = execute!(work, CHANGE, o.id, o.kind, &o.name, &o.tax_code, o.unit_id, &o.address, &o.phone, search_text(o))?;
    expect_rows("CHANGE", 1, touched)
}

fn search_text(organisation: &Organisation) -> String {
    let o = organisation;
    domain::text::fold(&format!("{} {}", o.name, o.tax_code.as_ref().map_or("", TaxCode::as_str)))
}
