//! What is written of forms.

use chrono::NaiveDate;
use domain::ids::{AccountId, RegistrationId, RemarkId};

use super::{NewEvent, Registration, Remark};
use crate::error::expect_rows;
use crate::{StoreResult, Work};

statements! {
    ADD = "INSERT INTO registration (id, year_id, organisation_id, unit_id, place_id, organisation_name, organisation_kind, kind, source,
        product_name, search_text, group_id, content, completeness, state, state_at, version, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'draft', $15, 1, $15, $16)";
    LOCK_FORM = "SELECT id FROM registration WHERE id = $1 FOR UPDATE";
    SAVE = "UPDATE registration SET product_name = $3, search_text = $4, group_id = $5, content = $6, completeness = $7, kind = $8,
        version = version + 1 WHERE id = $1 AND version = $2 AND state IN ('draft', 'returned')";
    SET_COMPLETENESS = "UPDATE registration SET completeness = $2 WHERE id = $1";
    // The version the decision was made on stands in the condition: of two deeds at once, one finds nothing to change.
    STEP = "UPDATE registration SET state = $3, state_at = $4, due_on = $5, duplicate_of = $6, version = version + 1 WHERE id = $1 AND version = $2";
    // A form that comes back keeps its number, its unit and the day it first came; what is copied of the organisation is new.
    REFRESH = "UPDATE registration SET place_id = $2, organisation_name = $3, organisation_kind = $4, search_text = $5 WHERE id = $1";
    RECEIVE = "UPDATE registration SET unit_id = $2, received_on = $3,
        number = (SELECT COALESCE(MAX(o.number), 0) + 1 FROM registration o WHERE o.unit_id = $2 AND o.year_id = registration.year_id)
        WHERE id = $1 AND number IS NULL";
    SET_RESULT = "UPDATE registration SET is_feasible = $2, score = $3 WHERE id = $1";
    ADD_EVENT = "INSERT INTO registration_event (id, registration_id, number, step, state, reason, due_on, list_id, decision_id, happened_at, happened_by)
        VALUES ($1, $2, (SELECT COALESCE(MAX(e.number), 0) + 1 FROM registration_event e WHERE e.registration_id = $2), $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_REMARK = "INSERT INTO registration_remark (id, event_id, subject, remark) VALUES ($1, $2, $3, $4)";
}

/// Adds a draft. Its history begins with an event of its own.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, registration: &Registration, by: AccountId) -> StoreResult<()> {
    let r = registration;
    execute!(
        work,
        ADD,
        r.id,
        r.year_id,
        r.organisation_id,
        r.unit_id,
        r.place_id,
        &r.organisation_name,
        r.organisation_kind,
        r.kind,
        r.source,
        &r.product_name,
        search_text(&r.product_name, &r.organisation_name),
        r.group_id,
        &r.content,
        r.completeness,
        r.created_at,
        by
    )?;
    Ok(())
}

fn search_text(product: &str, organisation: &str) -> String {
    domain::text::fold(&format!("{product} {organisation}"))
}

/// Holds a form against other units of work until this one ends.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: RegistrationId) -> StoreResult<()> {
    work.lock(LOCK_FORM, id.0).await
}

/// Keeps what was typed: `registration` as it is to be, with the version it was read in. False when it changed since, or
/// is no longer open.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn save(work: &mut Work, registration: &Registration) -> StoreResult<bool> {
    let r = registration;
    let search = search_text(&r.product_name, &r.organisation_name);
    let saved = execute!(work, SAVE, r.id, r.version, &r.product_name, search, r.group_id, &r.content, r.completeness, r.kind)?;
    Ok(saved == 1)
}

/// Notes how complete a form is after its dossier changed, in percent.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn set_completeness(work: &mut Work, id: RegistrationId, percent: i64) -> StoreResult<()> {
    let touched = execute!(work, SET_COMPLETENESS, id, percent)?;
    expect_rows("SET_COMPLETENESS", 1, touched)
}

/// Takes a step: the form, as it was read in `version`, goes into the event's state, and the event is added. False when
/// the form changed since.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn step(work: &mut Work, id: RegistrationId, version: i64, event: &NewEvent<'_>) -> StoreResult<bool> {
    let e = event;
    if execute!(work, STEP, id, version, e.state, e.now, e.due_on, e.duplicate_of)? != 1 {
        return Ok(false);
    }
    add_event(work, id, e).await?;
    Ok(true)
}

/// Adds a line to the history alone: the first of a draft.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_event(work: &mut Work, id: RegistrationId, event: &NewEvent<'_>) -> StoreResult<()> {
    let e = event;
    execute!(work, ADD_EVENT, e.id, id, e.step, e.state, e.reason, e.due_on, e.list, e.decision, e.now, e.by)?;
    Ok(())
}

/// Keeps the organisation as it is now, and numbers a form among those its unit receives. One that has its number keeps
/// that, its unit and its day. Hold the programme year while doing so.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn receive(work: &mut Work, registration: &Registration, received_on: NaiveDate) -> StoreResult<()> {
    let r = registration;
    let search = search_text(&r.product_name, &r.organisation_name);
    let touched = execute!(work, REFRESH, r.id, r.place_id, &r.organisation_name, r.organisation_kind, search)?;
    expect_rows("REFRESH", 1, touched)?;
    execute!(work, RECEIVE, r.id, r.unit_id, received_on)?;
    Ok(())
}

/// Notes what the evaluators think of a form: whether most hold it to be feasible, and their mean total.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is none.
pub async fn set_result(work: &mut Work, id: RegistrationId, is_feasible: Option<bool>, score: Option<i64>) -> StoreResult<()> {
    let touched = execute!(work, SET_RESULT, id, is_feasible, score)?;
    expect_rows("SET_RESULT", 1, touched)
}

/// Adds what is to be put right to a return.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_remark(work: &mut Work, id: RemarkId, remark: &Remark) -> StoreResult<()> {
    execute!(work, ADD_REMARK, id, remark.event_id, &remark.subject, &remark.remark)?;
    Ok(())
}
