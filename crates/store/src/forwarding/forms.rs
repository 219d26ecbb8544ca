//! The forms of a list, and those that could join it.

use chrono::NaiveDate;
use domain::ids::{AccountId, ForwardingListId, ProgrammeYearId, RegistrationId, UnitId};
use domain::lists::Hindrance;
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use domain::selections::Knowledge;

use crate::error::expect_rows;
use crate::registrations::stands;
use crate::{Records, StoreResult, Work};

/// What is read of a form in a list or beside one. $1 is the list; another open list that holds the form is named. `$state`
/// says where it stands.
macro_rules! form_columns {
    ($state:expr) => {
        concat!("SELECT r.id, r.number, r.product_name, r.organisation_name, r.organisation_kind, p.kind AS place_kind, p.name AS place_name,
         g.industry, g.name AS group_name, g.subgroup, r.completeness, r.is_feasible, r.score, ", $state, " AS state,
         (SELECT o.list_id FROM forwarding_entry o JOIN forwarding_list f ON f.id = o.list_id
             WHERE o.registration_id = r.id AND o.list_id <> $1 AND f.frozen_at IS NULL AND f.discarded_at IS NULL ORDER BY o.list_id LIMIT 1) AS other_list
         FROM registration r JOIN unit p ON p.id = r.place_id LEFT JOIN product_group g ON g.id = r.group_id ")
    };
}

statements! {
    FORMS = concat!(form_columns!(stands!("$2")), "JOIN forwarding_entry e ON e.registration_id = r.id WHERE e.list_id = $1 ORDER BY e.position, r.id");
    ORDER_OF = "SELECT registration_id FROM forwarding_entry WHERE list_id = $1 ORDER BY position, registration_id";
    CANDIDATES = concat!(form_columns!("r.state"), "WHERE r.unit_id = $2 AND r.year_id = $3 AND r.state IN ('submitted', 'returned', 'complete', 'evaluated')
        AND NOT EXISTS (SELECT 1 FROM forwarding_entry e WHERE e.list_id = $1 AND e.registration_id = r.id) ORDER BY r.number, r.id LIMIT 1000");
    ADD_FORM = "INSERT INTO forwarding_entry (list_id, registration_id, position)
        VALUES ($1, $2, (SELECT COALESCE(MAX(e.position), 0) + 1 FROM forwarding_entry e WHERE e.list_id = $1))";
    REMOVE_FORM = "DELETE FROM forwarding_entry WHERE list_id = $1 AND registration_id = $2";
    PLACE_FORM = "UPDATE forwarding_entry SET position = $3 WHERE list_id = $1 AND registration_id = $2";
    OPEN_LIST_OF = "SELECT f.id FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        WHERE e.registration_id = $1 AND f.frozen_at IS NULL AND f.discarded_at IS NULL ORDER BY f.id LIMIT 1";
    WAITING_LIST_OF = "SELECT f.id FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        WHERE e.registration_id = $1 AND f.forwarded_at IS NOT NULL AND f.accepted_at IS NULL AND f.returned_at IS NULL ORDER BY f.id LIMIT 1";
    UNITS_WITH_FORMS = "SELECT r.unit_id, u.kind AS unit_kind, u.name AS unit_name, y.year,
        CAST(SUM(CASE WHEN r.state = 'evaluated' AND r.is_feasible = TRUE AND NOT EXISTS (SELECT 1 FROM forwarding_entry e
            JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id AND f.frozen_at IS NULL AND f.discarded_at IS NULL)
            THEN 1 ELSE 0 END) AS BIGINT) AS ready, CAST(COUNT(*) AS BIGINT) AS forms
        FROM registration r JOIN unit u ON u.id = r.unit_id JOIN programme_year y ON y.id = r.year_id
        WHERE r.state IN ('submitted', 'returned', 'complete', 'evaluated') AND ($1 = TRUE OR EXISTS (SELECT 1 FROM role_grant g
            JOIN unit_cover c ON c.unit_id = g.unit_id WHERE g.account_id = $2 AND c.covered_id = r.unit_id AND g.role = 'unit_officer'
            AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)))
        GROUP BY r.unit_id, u.kind, u.name, u.code, y.year ORDER BY y.year DESC, u.code, r.unit_id";
}

/// A form in a list, or one that could join it, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedForm {
    /// The form.
    pub id: RegistrationId,
    /// Its number among those the unit received.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// The kind of the place where the organisation lies.
    pub place_kind: String,
    /// The name of that place.
    pub place_name: String,
    /// The product's industry.
    pub industry: Option<String>,
    /// The product's group.
    pub group_name: Option<String>,
    /// The product's subgroup.
    pub subgroup: Option<String>,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Whether most evaluators hold it to be feasible.
    pub is_feasible: Option<bool>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// Another list being drawn up that holds it.
    pub other_list: Option<ForwardingListId>,
}

impl ListedForm {
    /// Where the organisation lies: `Xã Xuân Lập`.
    #[must_use]
    pub fn place_title(&self) -> String {
        format!("{} {}", self.place_kind, self.place_name)
    }

    /// The narrowest name of the product's group; empty when nobody said it.
    #[must_use]
    pub fn group_title(&self) -> &str {
        let names = [&self.subgroup, &self.group_name, &self.industry];
        names.into_iter().flatten().find(|name| !name.is_empty()).map_or("", String::as_str)
    }

    /// What keeps it from being frozen in a list; none when it is ready.
    #[must_use]
    pub fn hindrance(&self) -> Option<Hindrance> {
        match (self.state, self.is_feasible) {
            (State::Returned | State::Draft, _) => Some(Hindrance::WithOrganisation),
            (State::Evaluated, Some(true)) => self.other_list.map(|_| Hindrance::InAnotherList),
            (State::Evaluated, _) => Some(Hindrance::NotFeasible),
            _ => Some(Hindrance::NotEvaluated),
        }
    }
}

/// A unit that has forms on their way to a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitWithForms {
    /// The unit.
    pub unit_id: UnitId,
    /// Its kind.
    pub unit_kind: String,
    /// Its name.
    pub unit_name: String,
    /// The programme year of the forms.
    pub year: i64,
    /// How many could be listed now.
    pub ready: i64,
    /// How many are on their way, those that are ready among them.
    pub forms: i64,
}

/// Which forms stand in a list, in its order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn order(records: &mut impl Records, list: ForwardingListId) -> StoreResult<Vec<RegistrationId>> {
    let rows: Vec<(RegistrationId,)> = fetch_all!(records, ORDER_OF, list)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The forms of a list, in its order, each where it is known to stand.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forms(records: &mut impl Records, list: ForwardingListId, knowledge: Knowledge) -> StoreResult<Vec<ListedForm>> {
    fetch_all!(records, FORMS, list, knowledge.is_of_prepared())
}

/// The forms of a unit and year that are on their way to a list and not in this one, by number; 1,000 at most.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn candidates(
    records: &mut impl Records,
    list: ForwardingListId,
    unit: UnitId,
    year: ProgrammeYearId,
) -> StoreResult<Vec<ListedForm>> {
    fetch_all!(records, CANDIDATES, list, unit, year)
}

/// Puts a form at the end of a list.
///
/// # Errors
/// [`crate::StoreError::Database`]; a form that is there already is a duplicate.
pub async fn add_form(work: &mut Work, list: ForwardingListId, form: RegistrationId) -> StoreResult<()> {
    execute!(work, ADD_FORM, list, form)?;
    Ok(())
}

/// Takes a form out of a list; false when it was not there.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove_form(work: &mut Work, list: ForwardingListId, form: RegistrationId) -> StoreResult<bool> {
    Ok(execute!(work, REMOVE_FORM, list, form)? == 1)
}

/// Gives a form its place in a list, from 1.
///
/// # Errors
/// [`crate::StoreError::Rows`] when it is not there.
pub async fn place_form(work: &mut Work, list: ForwardingListId, form: RegistrationId, position: i64) -> StoreResult<()> {
    let touched = execute!(work, PLACE_FORM, list, form, position)?;
    expect_rows("PLACE_FORM", 1, touched)
}

/// The list being drawn up that holds a form. Hold the form while asking.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn open_list_of(records: &mut impl Records, form: RegistrationId) -> StoreResult<Option<ForwardingListId>> {
    let row: Option<(ForwardingListId,)> = fetch_optional!(records, OPEN_LIST_OF, form)?;
    Ok(row.map(|(id,)| id))
}

/// The list that holds a form and that the province has not answered yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn waiting_list_of(records: &mut impl Records, form: RegistrationId) -> StoreResult<Option<ForwardingListId>> {
    let row: Option<(ForwardingListId,)> = fetch_optional!(records, WAITING_LIST_OF, form)?;
    Ok(row.map(|(id,)| id))
}

/// The units in which an account may draw up lists and that have forms on their way, the latest year first. `everywhere`
/// says that it reviews in the whole province.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units_with_forms(
    records: &mut impl Records,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<UnitWithForms>> {
    fetch_all!(records, UNITS_WITH_FORMS, everywhere, account, today)
}
