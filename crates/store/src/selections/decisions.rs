//! Decisions on forwarded products: what each says, and what everybody may read of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, OrganisationId, ProgrammeYearId, RegistrationId, SelectionDecisionId};
use domain::registrations::Step;

use crate::{Records, StoreResult, Work};

/// What is read of a decision wherever one is shown. Of several outcomes of one form in one decision the last counts.
macro_rules! decision_columns {
    () => {
        "SELECT d.id, d.year_id, y.year, d.number, d.decided_on, d.created_at, d.published_at,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM registration_event e WHERE e.decision_id = d.id) AS events,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM registration_event e WHERE e.decision_id = d.id AND e.step = 'select' AND NOT EXISTS
             (SELECT 1 FROM registration_event n WHERE n.registration_id = e.registration_id AND n.decision_id = d.id AND n.number > e.number)) AS selected,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM registration_event e WHERE e.decision_id = d.id AND e.step = 'reject' AND NOT EXISTS
             (SELECT 1 FROM registration_event n WHERE n.registration_id = e.registration_id AND n.decision_id = d.id AND n.number > e.number)) AS rejected
         FROM selection_decision d JOIN programme_year y ON y.id = d.year_id "
    };
}

statements! {
    ADD_DECISION = "INSERT INTO selection_decision (id, year_id, number, decided_on, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (year_id, number) DO NOTHING";
    FIND_DECISION = concat!(decision_columns!(), "WHERE d.id = $1");
    BY_NUMBER = concat!(decision_columns!(), "WHERE d.year_id = $1 AND d.number = $2");
    OF_YEAR = concat!(decision_columns!(), "WHERE d.year_id = $1 ORDER BY d.decided_on DESC, d.created_at DESC, d.id");
    LOCK_DECISION = "SELECT id FROM selection_decision WHERE id = $1 FOR UPDATE";
    PUBLISH = "UPDATE selection_decision SET published_at = $2, published_by = $3 WHERE id = $1 AND published_at IS NULL";
    OUTCOMES = "SELECT r.id, r.organisation_id, r.organisation_name, r.product_name, u.kind AS unit_kind, u.name AS unit_name, e.step, e.reason,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM registration_event n WHERE n.registration_id = r.id AND n.number > e.number
            AND n.decision_id IS NOT NULL AND n.decision_id <> e.decision_id) AS later,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM registration_event n JOIN selection_decision m ON m.id = n.decision_id AND m.published_at IS NOT NULL
            WHERE n.registration_id = r.id AND n.number > e.number AND n.decision_id <> e.decision_id) AS later_published
        FROM registration_event e JOIN registration r ON r.id = e.registration_id JOIN unit u ON u.id = r.unit_id
        WHERE e.decision_id = $1 AND NOT EXISTS (SELECT 1 FROM registration_event n WHERE n.registration_id = e.registration_id
            AND n.decision_id = e.decision_id AND n.number > e.number)
        ORDER BY CASE WHEN e.step = 'select' THEN 0 ELSE 1 END, u.code, r.number, r.id";
    // What the last published decision on a product says counts in public, whatever is being decided behind it.
    PUBLIC = "SELECT r.product_name, r.organisation_name, p.kind AS place_kind, p.name AS place_name, o.kind AS parent_kind,
        o.name AS parent_name, g.industry, d.number, d.decided_on
        FROM selected_product s JOIN selection_decision d ON d.id = s.decision_id
        JOIN registration r ON r.id = s.registration_id JOIN unit p ON p.id = r.place_id LEFT JOIN unit o ON o.id = p.parent_id
        LEFT JOIN product_group g ON g.id = r.group_id
        WHERE s.year = $1
        ORDER BY COALESCE(g.position, 1000), r.product_name COLLATE \"vi\", r.id";
    PUBLIC_YEARS = "SELECT y.year FROM programme_year y WHERE EXISTS (SELECT 1 FROM selection_decision d JOIN registration_event e ON e.decision_id = d.id
        WHERE d.year_id = y.id AND d.published_at IS NOT NULL AND e.step = 'select') ORDER BY y.year DESC";
}

/// A decision on forwarded products.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Decision {
    /// Its identifier.
    pub id: SelectionDecisionId,
    /// The programme year it is for.
    pub year_id: ProgrammeYearId,
    /// That year.
    pub year: i64,
    /// Its number.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// When it was first recorded.
    pub created_at: DateTime<Utc>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// How often something was recorded with it: counts up with every change.
    pub events: i64,
    /// How many products it selects.
    pub selected: i64,
    /// How many products it does not select.
    pub rejected: i64,
}

/// What a decision says of a product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DecidedProduct {
    /// Its form.
    pub id: RegistrationId,
    /// Who makes it.
    pub organisation_id: OrganisationId,
    /// The organisation's name when the form was sent.
    pub organisation_name: String,
    /// The product.
    pub product_name: String,
    /// The kind of the unit that received the form.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// [`Step::Select`] or [`Step::Reject`].
    pub step: Step,
    /// Why.
    pub reason: String,
    /// How often other decisions came after this one.
    pub later: i64,
    /// How many of these are published.
    pub later_published: i64,
}

impl DecidedProduct {
    /// Whether it was selected.
    #[must_use]
    pub fn is_selected(&self) -> bool {
        self.step == Step::Select
    }

    /// The unit that received the form: `Huyện Thọ Xuân`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }
}

/// What everybody may read of a selected product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicProduct {
    /// The product.
    pub product_name: String,
    /// The organisation's name when the form was sent.
    pub organisation_name: String,
    place_kind: String,
    place_name: String,
    parent_kind: Option<String>,
    parent_name: Option<String>,
    /// Its industry.
    pub industry: Option<String>,
    /// The number of the decision that selected it.
    pub number: String,
    /// The day of that decision.
    pub decided_on: NaiveDate,
}

impl PublicProduct {
    /// Where the organisation lay, with the district where there was one: `Xã Xuân Lập, huyện Thọ Xuân`.
    #[must_use]
    pub fn place(&self) -> String {
        let place = format!("{} {}", self.place_kind, self.place_name);
        match (&self.parent_kind, &self.parent_name) {
            (Some(kind), Some(name)) if kind != "Tỉnh" => format!("{place}, {} {name}", kind.to_lowercase()),
            _ => place,
        }
    }
}

/// Records a decision; false when the year has one of this number.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_decision(
    work: &mut Work,
    id: SelectionDecisionId,
    year: ProgrammeYearId,
    (number, decided_on): (&str, NaiveDate),
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    Ok(execute!(work, ADD_DECISION, id, year, number, decided_on, now, by)? == 1)
}

/// One decision.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find_decision(records: &mut impl Records, id: SelectionDecisionId) -> StoreResult<Option<Decision>> {
    fetch_optional!(records, FIND_DECISION, id)
}

/// The decision of this number in a year.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_number(records: &mut impl Records, year: ProgrammeYearId, number: &str) -> StoreResult<Option<Decision>> {
    fetch_optional!(records, BY_NUMBER, year, number)
}

/// The decisions of a year, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn decisions_of_year(records: &mut impl Records, year: ProgrammeYearId) -> StoreResult<Vec<Decision>> {
    fetch_all!(records, OF_YEAR, year)
}

/// Holds a decision against others who add to it or publish it. Decisions are held before the forms they decide on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock_decision(work: &mut Work, id: SelectionDecisionId) -> StoreResult<()> {
    work.lock(LOCK_DECISION, id.0).await
}

/// Publishes a decision; false when it was published already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn publish(work: &mut Work, id: SelectionDecisionId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, PUBLISH, id, now, by)? == 1)
}

/// What a decision says of each product, those it selects first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn outcomes(records: &mut impl Records, id: SelectionDecisionId) -> StoreResult<Vec<DecidedProduct>> {
    fetch_all!(records, OUTCOMES, id)
}

/// The products of a year that published decisions select.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn public(records: &mut impl Records, year: i64) -> StoreResult<Vec<PublicProduct>> {
    fetch_all!(records, PUBLIC, year)
}

/// The years of which something was published, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn public_years(records: &mut impl Records) -> StoreResult<Vec<i64>> {
    let rows: Vec<(i64,)> = fetch_all!(records, PUBLIC_YEARS)?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}
