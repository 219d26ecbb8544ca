//! The province's table of forwarded products, and what it decided on them.

pub mod decisions;

pub use decisions::{
    DecidedProduct, Decision, PublicProduct, add_decision, by_number, decisions_of_year, find_decision, lock_decision, outcomes,
    public, public_years, publish,
};

use chrono::NaiveDate;
use domain::ids::{ForwardingListId, ProgrammeYearId, RegistrationId, SelectionDecisionId, UnitId};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use domain::selections::{PAGE, SelectionSort};

use crate::registrations::units_of;
use crate::units::Unit;
use crate::{Records, StoreResult};

/// Narrows to the forwarded products of a year and a filter. Who lies in the unit since a person said so is named by
/// form: the index that all of this is read from does not know organisations. What people said is little: SQLite is told by
/// the cross join to begin there.
macro_rules! wanted {
    () => {
        "r.year_id = $1 AND r.state IN ('forwarded', 'selected', 'not_selected') AND (r.state = $2 OR $2 IS NULL)
         AND (r.organisation_kind = $3 OR $3 IS NULL)
         AND (r.group_id IN (SELECT q.id FROM product_group q WHERE q.industry = $4) OR $4 IS NULL)
         AND (r.unit_id IN (SELECT c.covered_id FROM unit_cover c WHERE c.unit_id = $5)
             OR r.place_id IN (SELECT c.covered_id FROM unit_cover c WHERE c.unit_id = $5)
             OR r.id IN (SELECT f.id FROM organisation_cover c CROSS JOIN registration f WHERE c.unit_id = $5
                 AND f.organisation_id = c.organisation_id AND f.place_id = c.covered_id) OR $5 IS NULL)
         AND ($6 = '%' OR r.search_text LIKE $6 ESCAPE '\\')"
    };
}

/// A page in an order. The identifiers of the page are found first, and only then what is shown of them; what an order
/// does not ask for is left out by the databases, since every join there is an outer one.
macro_rules! page {
    ($order:literal) => {
        concat!(
            "SELECT r.id, r.version, r.number, r.product_name, r.organisation_name, r.organisation_kind, r.unit_id, u.kind AS unit_kind,
             u.name AS unit_name, g.industry, g.name AS group_name, g.subgroup, r.score, r.completeness, r.is_feasible, r.state,
             (SELECT f.id FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id
                 AND f.forwarded_at IS NOT NULL AND f.returned_at IS NULL ORDER BY f.id DESC LIMIT 1) AS list_id,
             (SELECT CAST(COUNT(*) AS BIGINT) FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id
                 AND f.forwarded_at IS NOT NULL AND f.accepted_at IS NULL AND f.returned_at IS NULL) AS waiting,
             (SELECT d.id FROM registration_event e JOIN selection_decision d ON d.id = e.decision_id WHERE e.registration_id = r.id
                 ORDER BY e.number DESC LIMIT 1) AS decision_id,
             (SELECT d.number FROM registration_event e JOIN selection_decision d ON d.id = e.decision_id WHERE e.registration_id = r.id
                 ORDER BY e.number DESC LIMIT 1) AS decision_number
             FROM (SELECT r.id FROM registration r LEFT JOIN unit u ON u.id = r.unit_id LEFT JOIN product_group g ON g.id = r.group_id WHERE ",
            wanted!(),
            " ORDER BY ", $order, ", r.id LIMIT $7 OFFSET $8) k
             JOIN registration r ON r.id = k.id JOIN unit u ON u.id = r.unit_id LEFT JOIN product_group g ON g.id = r.group_id
             ORDER BY ", $order, ", r.id"
        )
    };
}

statements! {
    BY_UNIT = page!("u.code, r.unit_id, r.number");
    BY_UNIT_REVERSED = page!("u.code DESC, r.unit_id DESC, r.number DESC");
    BY_PRODUCT = page!("r.product_name COLLATE \"vi\"");
    BY_PRODUCT_REVERSED = page!("r.product_name COLLATE \"vi\" DESC");
    BY_ORGANISATION = page!("r.organisation_name COLLATE \"vi\"");
    BY_ORGANISATION_REVERSED = page!("r.organisation_name COLLATE \"vi\" DESC");
    BY_KIND = page!("r.organisation_kind, u.code");
    BY_KIND_REVERSED = page!("r.organisation_kind DESC, u.code");
    BY_GROUP = page!("COALESCE(g.position, 0), u.code");
    BY_GROUP_REVERSED = page!("COALESCE(g.position, 0) DESC, u.code");
    // Who was not scored comes last either way down, first the other way up.
    BY_SCORE = page!("COALESCE(r.score, -1) DESC");
    BY_SCORE_REVERSED = page!("COALESCE(r.score, -1)");
    BY_COMPLETENESS = page!("r.completeness DESC, u.code");
    BY_COMPLETENESS_REVERSED = page!("r.completeness, u.code");
    BY_STATE = page!("r.state, u.code");
    BY_STATE_REVERSED = page!("r.state DESC, u.code");
    COUNT = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM registration r WHERE ", wanted!());
    TALLY = "SELECT r.state, CAST(COUNT(*) AS BIGINT) FROM registration r WHERE r.year_id = $1
        AND r.state IN ('forwarded', 'selected', 'not_selected') GROUP BY r.state";
    UNITS = units_of!("r.year_id = $1 AND r.state IN ('forwarded', 'selected', 'not_selected')", "$2");
}

/// What part of the table is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of organisations of this kind.
    pub kind: Option<OrganisationKind>,
    /// Only of this industry.
    pub industry: Option<String>,
    /// Only from the scope of this unit.
    pub unit: Option<UnitId>,
    /// Only with this in the product's or organisation's name, whatever the tones.
    pub text: String,
    /// By what it is sorted.
    pub sort: SelectionSort,
    /// Whether the other way round.
    pub reversed: bool,
    /// Which page, from 1.
    pub page: i64,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted {
            state: None,
            kind: None,
            industry: None,
            unit: None,
            text: String::new(),
            sort: SelectionSort::Unit,
            reversed: false,
            page: 1,
        }
    }
}

/// A forwarded product.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Forwarded {
    /// Its form.
    pub id: RegistrationId,
    /// The version of the form that is shown.
    pub version: i64,
    /// Its number among those the unit received.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// The unit that received it.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// The product's industry.
    pub industry: Option<String>,
    /// The product's group.
    pub group_name: Option<String>,
    /// The product's subgroup.
    pub subgroup: Option<String>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Whether most evaluators hold it to be feasible.
    pub is_feasible: Option<bool>,
    /// Where it stands.
    pub state: State,
    /// The list it came with.
    pub list_id: Option<ForwardingListId>,
    /// How many lists that hold it wait for an answer.
    pub waiting: i64,
    /// The last decision on it.
    pub decision_id: Option<SelectionDecisionId>,
    /// The number of that decision.
    pub decision_number: Option<String>,
}

impl Forwarded {
    /// The unit that received it: `Huyện Thọ Xuân`.
    #[must_use]
    pub fn unit_title(&self) -> String {
        format!("{} {}", self.unit_kind, self.unit_name)
    }

    /// The narrowest name of the product's group; empty when nobody said it.
    #[must_use]
    pub fn group_title(&self) -> &str {
        let names = [&self.subgroup, &self.group_name, &self.industry];
        names.into_iter().flatten().find(|name| !name.is_empty()).map_or("", String::as_str)
    }
}

/// A page of the table: [`PAGE`] rows at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn page(records: &mut impl Records, year: ProgrammeYearId, wanted: &Wanted) -> StoreResult<Vec<Forwarded>> {
    rows(records, year, wanted, PAGE, (wanted.page - 1).max(0) * PAGE).await
}

/// The whole table, for a spreadsheet; 20,000 rows at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn all(records: &mut impl Records, year: ProgrammeYearId, wanted: &Wanted) -> StoreResult<Vec<Forwarded>> {
    rows(records, year, wanted, 20_000, 0).await
}

async fn rows(
    records: &mut impl Records,
    year: ProgrammeYearId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> StoreResult<Vec<Forwarded>> {
    let statement = match (wanted.sort, wanted.reversed) {
        (SelectionSort::Unit, false) => BY_UNIT,
        (SelectionSort::Unit, true) => BY_UNIT_REVERSED,
        (SelectionSort::Product, false) => BY_PRODUCT,
        (SelectionSort::Product, true) => BY_PRODUCT_REVERSED,
        (SelectionSort::Organisation, false) => BY_ORGANISATION,
        (SelectionSort::Organisation, true) => BY_ORGANISATION_REVERSED,
        (SelectionSort::Kind, false) => BY_KIND,
        (SelectionSort::Kind, true) => BY_KIND_REVERSED,
        (SelectionSort::Group, false) => BY_GROUP,
        (SelectionSort::Group, true) => BY_GROUP_REVERSED,
        (SelectionSort::Score, false) => BY_SCORE,
        (SelectionSort::Score, true) => BY_SCORE_REVERSED,
        (SelectionSort::Completeness, false) => BY_COMPLETENESS,
        (SelectionSort::Completeness, true) => BY_COMPLETENESS_REVERSED,
        (SelectionSort::State, false) => BY_STATE,
        (SelectionSort::State, true) => BY_STATE_REVERSED,
    };
    let (w, text) = (wanted, domain::text::like_pattern(&wanted.text));
    fetch_all!(records, statement, year, w.state, w.kind, w.industry.as_deref(), w.unit, &text, limit, offset)
}

/// How many products the filter finds.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn count(records: &mut impl Records, year: ProgrammeYearId, wanted: &Wanted) -> StoreResult<i64> {
    let (w, text) = (wanted, domain::text::like_pattern(&wanted.text));
    fetch_value!(records, COUNT, year, w.state, w.kind, w.industry.as_deref(), w.unit, &text)
}

/// How many products of a year are forwarded, selected and not selected.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn tally(records: &mut impl Records, year: ProgrammeYearId) -> StoreResult<Vec<(State, i64)>> {
    fetch_all!(records, TALLY, year)
}

/// The units under which the products of a year are found, by code: those whose products came, and those of today.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units(records: &mut impl Records, year: ProgrammeYearId, today: NaiveDate) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, UNITS, year, today)
}
