//! The public calendar: what everybody may see of published runs, cancelled ones among them.

use chrono::NaiveDate;
use domain::courses::{Addressee, Audience, Topic};
use domain::ids::{RunId, UnitId};

use crate::runs::{Run, Session, run_columns, session_columns};
use crate::{Records, StoreResult};

/// Narrows to published runs of a filter with a session `s` from $1 to before $2.
macro_rules! on_calendar {
    () => {
        "r.published_at IS NOT NULL AND s.day >= $1 AND s.day < $2 AND (c.topic = $3 OR $3 IS NULL)
         AND (r.audience = $4 OR r.audience = 'everyone' OR $4 IS NULL)
         AND (EXISTS (SELECT 1 FROM unit_cover v WHERE v.unit_id = $5 AND v.covered_id = r.unit_id) OR $5 IS NULL)
         AND (r.selection_year IS NOT NULL OR $6 = FALSE)"
    };
}

statements! {
    RUNS = concat!(run_columns!(), "WHERE r.id IN (SELECT s.run_id FROM session s WHERE s.run_id = r.id AND ", on_calendar!(), ")
        ORDER BY first_day, c.position, r.name, r.id");
    SESSIONS = concat!(session_columns!(), "FROM session s
        JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id WHERE ", on_calendar!(), " ORDER BY s.starts_at, s.id");
    TRAINERS = concat!("SELECT s.run_id, p.full_name FROM session_trainer t JOIN session s ON s.id = t.session_id
        JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id JOIN person p ON p.id = t.person_id WHERE ", on_calendar!(), "
        GROUP BY s.run_id, p.id, p.full_name, p.given_name ORDER BY p.given_name COLLATE \"vi\", p.full_name COLLATE \"vi\"");
    NEXT = concat!("SELECT MIN(s.day) FROM session s JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id
        WHERE r.cancelled_at IS NULL AND s.cancelled_at IS NULL AND ", on_calendar!());
    UNITS = "SELECT u.id, u.kind, u.name FROM unit u
        WHERE EXISTS (SELECT 1 FROM run r WHERE r.unit_id = u.id AND r.published_at IS NOT NULL) ORDER BY u.level DESC, u.name COLLATE \"vi\", u.code";
}

/// What part of the calendar is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// Only runs of courses of this topic.
    pub topic: Option<Topic>,
    /// Only runs that these can take; for selected organisations those that are for them alone.
    pub audience: Option<Addressee>,
    /// Only runs in this unit or one that it covers.
    pub unit: Option<UnitId>,
}

impl Filter {
    /// The audience of the runs, and whether they are for selected organisations alone.
    fn addressed(&self) -> (Option<Audience>, bool) {
        (self.audience.map(Addressee::audience), self.audience.is_some_and(Addressee::selected_only))
    }
}

/// The runs of a filter, by their first day. Every run has a session in the period; others of it may lie outside.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<Run>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, RUNS, f.from, f.to, f.topic, audience, f.unit, selected)
}

/// The sessions of a filter, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn sessions(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<Session>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, SESSIONS, f.from, f.to, f.topic, audience, f.unit, selected)
}

/// Who teaches in the period: run and name, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn trainers(records: &mut impl Records, filter: &Filter) -> StoreResult<Vec<(RunId, String)>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_all!(records, TRAINERS, f.from, f.to, f.topic, audience, f.unit, selected)
}

/// The units that runs on the calendar are held in: identifier, kind and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units(records: &mut impl Records) -> StoreResult<Vec<(UnitId, String, String)>> {
    fetch_all!(records, UNITS)
}

/// The first day of a filter on which a session takes place.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn first_day(records: &mut impl Records, filter: &Filter) -> StoreResult<Option<NaiveDate>> {
    let (f, (audience, selected)) = (filter, filter.addressed());
    fetch_value!(records, NEXT, f.from, f.to, f.topic, audience, f.unit, selected)
}
