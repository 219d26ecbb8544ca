//! What is read of forms.

use chrono::NaiveDate;
use domain::ids::{AccountId, OrganisationId, RegistrationId};
use domain::registrations::State;
use domain::selections::Knowledge;

use super::{
    Registration, RegistrationEvent, RegistrationLine, Remark, Wanted, in_sight, lies_in, stands, stands_since, units_of,
};
use crate::units::Unit;
use crate::{Records, StoreResult};

statements! {
    FIND = "SELECT r.id, r.year_id, y.year, r.organisation_id, r.unit_id, r.place_id, r.organisation_name, r.organisation_kind, r.kind, r.source,
        r.number, r.product_name, r.group_id, r.content, r.completeness, r.state, r.state_at, r.due_on, r.is_feasible, r.score, r.duplicate_of,
        r.version, r.received_on, r.created_at FROM registration r JOIN programme_year y ON y.id = r.year_id WHERE r.id = $1";
    OF_ORGANISATION = "SELECT r.id, r.year_id, y.year, r.organisation_id, r.unit_id, r.place_id, r.organisation_name, r.organisation_kind, r.kind, r.source,
        r.number, r.product_name, r.group_id, r.content, r.completeness, r.state, r.state_at, r.due_on, r.is_feasible, r.score, r.duplicate_of,
        r.version, r.received_on, r.created_at FROM registration r JOIN programme_year y ON y.id = r.year_id
        WHERE r.organisation_id = $1 ORDER BY y.year DESC, r.created_at DESC, r.id";
    // Seen on day $8, what lies in a unit that lived then does not lie in the one that took it in later. $9: whether
    // decisions are known that are being prepared.
    SEARCH = concat!("SELECT r.id, y.year, r.organisation_id, r.organisation_name, r.organisation_kind, r.unit_id, r.number, r.product_name, r.completeness, ", stands!("$9"), " AS state, ",
        stands_since!("$9"), " AS state_at, r.due_on, r.is_feasible, r.score FROM registration r JOIN programme_year y ON y.id = r.year_id
        WHERE ", in_sight!(), " AND (CAST($4 AS BIGINT) IS NULL OR y.year = $4) AND (CAST($5 AS TEXT) IS NULL OR ", stands!("$9"), " = $5) AND r.search_text LIKE $6 ESCAPE '\\'
        AND (", lies_in!("$7"), " OR $7 IS NULL)
        AND (CAST($8 AS DATE) IS NULL OR NOT EXISTS (SELECT 1 FROM unit w JOIN unit_cover d ON d.unit_id = w.id JOIN unit v ON v.id = d.covered_id
            WHERE w.id = $7 AND v.id <> w.id AND v.level = w.level AND (v.valid_from IS NULL OR v.valid_from <= $8)
            AND (v.valid_to IS NULL OR v.valid_to > $8) AND ", lies_in!("v.id"), "))
        ORDER BY state_at DESC, r.id LIMIT 201");
    UNITS_SEEN = units_of!(in_sight!(), "$3");
    KNOWN_STATE = concat!("SELECT ", stands!("$2"), " FROM registration r WHERE r.id = $1");
    HISTORY = "SELECT e.id, e.number, e.step, e.state, e.reason, e.due_on, e.list_id, f.number AS list_number, e.decision_id,
        d.number AS decision_number, d.published_at AS decision_published_at, e.happened_at, e.happened_by, p.full_name AS happened_by_name
        FROM registration_event e JOIN account a ON a.id = e.happened_by JOIN person p ON p.id = a.person_id
        LEFT JOIN forwarding_list f ON f.id = e.list_id LEFT JOIN selection_decision d ON d.id = e.decision_id
        WHERE e.registration_id = $1 ORDER BY e.number";
    REMARKS = "SELECT m.event_id, m.subject, m.remark FROM registration_remark m JOIN registration_event e ON e.id = m.event_id
        WHERE e.registration_id = $1 ORDER BY e.number, m.id";
}

/// One form.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: RegistrationId) -> StoreResult<Option<Registration>> {
    fetch_optional!(records, FIND, id)
}

/// The forms of an organisation, the latest first.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<Registration>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}

/// The forms that an account may see, the latest step first; 201 at most, so that who shows 200 knows of more.
/// `everywhere` says that it sees the whole province. Each stands where it is known to stand.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn search(
    records: &mut impl Records,
    wanted: &Wanted,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
    knowledge: Knowledge,
) -> StoreResult<Vec<RegistrationLine>> {
    let text = domain::text::like_pattern(&wanted.text);
    let w = wanted;
    let (state, prepared) = (w.state.map(State::as_str), knowledge.is_of_prepared());
    fetch_all!(records, SEARCH, everywhere, account, today, w.year, state, text, w.unit, w.seen_on, prepared)
}

/// The units under which the forms that an account may see are found: those that received them, and those of today, some
/// of these since a person said where an organisation lies.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units_seen(
    records: &mut impl Records,
    everywhere: bool,
    account: AccountId,
    today: NaiveDate,
) -> StoreResult<Vec<Unit>> {
    fetch_all!(records, UNITS_SEEN, everywhere, account, today)
}

/// Where a form stands for who knows this much of decisions.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn known_state(records: &mut impl Records, id: RegistrationId, knowledge: Knowledge) -> StoreResult<State> {
    fetch_value!(records, KNOWN_STATE, id, knowledge.is_of_prepared())
}

/// The history of a form, from its beginning.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn history(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<RegistrationEvent>> {
    fetch_all!(records, HISTORY, id)
}

/// What was to be put right in every return of a form, from the first on.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remarks(records: &mut impl Records, id: RegistrationId) -> StoreResult<Vec<Remark>> {
    fetch_all!(records, REMARKS, id)
}
