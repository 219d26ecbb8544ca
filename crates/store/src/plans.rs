//! The annual plan: its lines, and what was delivered of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::courses::Audience;
use domain::ids::{AccountId, CourseId, PlanLineId, ProgrammeYearId, RunId, UnitId};
use domain::plans::{Delivered, LinePlan, PlanAudience, line_code};

use crate::error::expect_rows;
use crate::runs::{Run, run_columns};
use crate::{Records, StoreResult, Work};

/// What is read of a line wherever one is shown. `WHERE` and `ORDER BY` follow.
macro_rules! line_columns {
    () => {
        "SELECT l.id, l.year_id, y.year, l.number, l.course_id, c.code AS course_code, c.title AS course_title,
         c.title_english AS course_title_english, c.audience AS course_audience, l.audience, l.quarter, l.planned_runs, l.planned_participants,
         l.unit_id, u.kind AS unit_kind, u.name AS unit_name, p.kind AS parent_kind, p.name AS parent_name, l.place, l.budget, l.note,
         l.version, l.removed_at
         FROM plan_line l JOIN programme_year y ON y.id = l.year_id JOIN course c ON c.id = l.course_id
         LEFT JOIN unit u ON u.id = l.unit_id LEFT JOIN unit p ON p.id = u.parent_id "
    };
}

statements! {
    FIND = concat!(line_columns!(), "WHERE l.id = $1");
    LOCK_LINE = "SELECT id FROM plan_line WHERE id = $1 FOR UPDATE";
    // $2: the whole province; else what is planned for all of it, and what lies in the scope of the grants of $3 on day $4.
    OF_YEAR = concat!(line_columns!(), "WHERE l.year_id = $1 AND l.removed_at IS NULL AND ($2 = TRUE OR l.unit_id IS NULL
        OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id
            WHERE g.account_id = $3 AND v.covered_id = l.unit_id AND g.role IN ('trainer', 'unit_officer', 'manager')
              AND g.valid_from <= $4 AND (g.valid_to IS NULL OR g.valid_to >= $4)))
        ORDER BY l.quarter, c.position, c.code, l.number");
    NEXT_NUMBER = "SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM plan_line WHERE year_id = $1";
    ADD = "INSERT INTO plan_line (id, year_id, number, course_id, audience, quarter, planned_runs, planned_participants, unit_id, place,
        budget, note, version, created_at, created_by, changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14, $13, $14)";
    CHANGE = "UPDATE plan_line SET course_id = $3, audience = $4, quarter = $5, planned_runs = $6, planned_participants = $7, unit_id = $8,
        place = $9, budget = $10, note = $11, version = version + 1, changed_at = $12, changed_by = $13
        WHERE id = $1 AND version = $2 AND removed_at IS NULL";
    REMOVE = "UPDATE plan_line SET removed_at = $3, removed_by = $4 WHERE id = $1 AND version = $2 AND removed_at IS NULL";
    RUNS_MADE = "SELECT CAST(COUNT(*) AS BIGINT) FROM run WHERE plan_line_id = $1";
    RUNS = concat!(run_columns!(), "WHERE r.plan_line_id = $1 ORDER BY first_day, r.name, r.id");
    SET_LINE = "UPDATE run SET plan_line_id = $2 WHERE id = $1";
    // What counts as delivered is said at domain::plans::Delivered; $2 is now.
    DELIVERED = "SELECT d.line_id, CAST(COUNT(*) AS BIGINT) AS made, CAST(SUM(d.held) AS BIGINT) AS held,
            CAST(SUM(d.held * d.participants) AS BIGINT) AS participants, CAST(SUM(d.held * d.completed) AS BIGINT) AS completed
        FROM (SELECT r.plan_line_id AS line_id,
            CASE WHEN r.published_at IS NOT NULL AND EXISTS (SELECT 1 FROM session s WHERE s.run_id = r.id AND s.cancelled_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM session s WHERE s.run_id = r.id AND s.cancelled_at IS NULL AND s.ends_at > $2)
                THEN 1 ELSE 0 END AS held,
            (SELECT COUNT(*) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL AND (
                EXISTS (SELECT 1 FROM current_mark m WHERE m.enrolment_id = e.id AND m.status IN ('present', 'late'))
                OR EXISTS (SELECT 1 FROM completion k WHERE k.enrolment_id = e.id AND k.outcome = 'completed'))) AS participants,
            (SELECT COUNT(*) FROM enrolment e JOIN completion k ON k.enrolment_id = e.id AND k.outcome = 'completed'
                WHERE e.run_id = r.id AND e.withdrawn_at IS NULL) AS completed
            FROM run r JOIN plan_line l ON l.id = r.plan_line_id WHERE l.year_id = $1 AND r.cancelled_at IS NULL) d
        GROUP BY d.line_id";
}

/// A line of the plan with what lists show of its course and unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Its identifier.
    pub id: PlanLineId,
    /// The programme year it belongs to.
    pub year_id: ProgrammeYearId,
    /// That year.
    pub year: i64,
    /// Its number in the year.
    pub number: i64,
    /// What is taught.
    pub course_id: CourseId,
    /// The code of its course.
    pub course_code: String,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// Whom the course is for.
    pub course_audience: Audience,
    /// Whom the line is for.
    pub audience: PlanAudience,
    /// The quarter, 1 to 4.
    pub quarter: i64,
    /// How many runs are planned.
    pub planned_runs: i64,
    /// How many people are planned, in all runs together.
    pub planned_participants: i64,
    /// The unit it is held in and for; none for the whole province.
    pub unit_id: Option<UnitId>,
    /// The kind of that unit.
    pub unit_kind: Option<String>,
    /// The name of that unit.
    pub unit_name: Option<String>,
    /// The kind of the unit above.
    pub parent_kind: Option<String>,
    /// The name of the unit above.
    pub parent_name: Option<String>,
    /// Where, in words; may be empty.
    pub place: String,
    /// Planned money, đồng.
    pub budget: i64,
    /// Anything else.
    pub note: String,
    /// Counts up with every change.
    pub version: i64,
    /// When it was taken out of the plan.
    pub removed_at: Option<DateTime<Utc>>,
}

impl Line {
    /// What people call it: `2026-07`.
    #[must_use]
    pub fn code(&self) -> String {
        line_code(self.year, self.number)
    }

    /// The title of its course in the language of its reader.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.course_title,
            Language::English => &self.course_title_english,
        }
    }

    /// Its unit, with the district when there is one; none for the whole province.
    #[must_use]
    pub fn unit_title(&self) -> Option<String> {
        let (kind, name) = (self.unit_kind.as_ref()?, self.unit_name.as_ref()?);
        Some(match (&self.parent_kind, &self.parent_name) {
            (Some(above), Some(district)) if above != "Tỉnh" => format!("{kind} {name}, {} {district}", above.to_lowercase()),
            _ => format!("{kind} {name}"),
        })
    }

    /// What it plans.
    #[must_use]
    pub fn plan(&self) -> LinePlan {
        LinePlan {
            course: self.course_id,
            audience: self.audience,
            quarter: self.quarter,
            runs: self.planned_runs,
            participants: self.planned_participants,
            unit: self.unit_id,
            place: self.place.clone(),
            budget: self.budget,
            note: self.note.clone(),
        }
    }
}

/// Whose eyes read the plan.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// Whether they see the whole province.
    pub everywhere: bool,
    /// The account.
    pub account: AccountId,
    /// The day on which its grants hold.
    pub today: NaiveDate,
}

/// One line, also one that was taken out of the plan.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: PlanLineId) -> StoreResult<Option<Line>> {
    fetch_optional!(records, FIND, id)
}

/// Holds a line against other units of work. Read it again after it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: PlanLineId) -> StoreResult<()> {
    work.lock(LOCK_LINE, id.0).await
}

/// The lines of a year that somebody sees, by quarter and catalogue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_year(records: &mut impl Records, year: ProgrammeYearId, viewer: &Viewer) -> StoreResult<Vec<Line>> {
    fetch_all!(records, OF_YEAR, year, viewer.everywhere, viewer.account, viewer.today)
}

/// The number that the next line of a year gets. Hold the year before.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn next_number(records: &mut impl Records, year: ProgrammeYearId) -> StoreResult<i64> {
    fetch_value!(records, NEXT_NUMBER, year)
}

/// Adds a line.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(
    work: &mut Work,
    id: PlanLineId,
    (year, number): (ProgrammeYearId, i64),
    plan: &LinePlan,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let p = plan;
    let (runs, people) = (p.runs, p.participants);
    execute!(
        work, ADD, id, year, number, p.course, p.audience, p.quarter, runs, people, p.unit, &p.place, p.budget, &p.note, now, by
    )?;
    Ok(())
}

/// Changes a line of this version; false when it has another or was taken out of the plan.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn change(
    work: &mut Work,
    (id, version): (PlanLineId, i64),
    plan: &LinePlan,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<bool> {
    let p = plan;
    let (runs, people) = (p.runs, p.participants);
    let touched = execute!(
        work, CHANGE, id, version, p.course, p.audience, p.quarter, runs, people, p.unit, &p.place, p.budget, &p.note, now, by
    )?;
    Ok(touched == 1)
}

/// Takes a line of this version out of the plan; false when it has another or was taken out already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn remove(work: &mut Work, (id, version): (PlanLineId, i64), by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, REMOVE, id, version, now, by)? == 1)
}

/// How many runs were made from a line, those that were called off among them.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs_made(records: &mut impl Records, id: PlanLineId) -> StoreResult<i64> {
    fetch_value!(records, RUNS_MADE, id)
}

/// The runs made from a line, by their first day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs(records: &mut impl Records, id: PlanLineId) -> StoreResult<Vec<Run>> {
    fetch_all!(records, RUNS, id)
}

/// Says which line a run is made from.
///
/// # Errors
/// [`crate::StoreError::Rows`] when there is no such run.
pub async fn set_line_of_run(work: &mut Work, run: RunId, line: Option<PlanLineId>) -> StoreResult<()> {
    let touched = execute!(work, SET_LINE, run, line)?;
    expect_rows("SET_LINE", 1, touched)
}

/// What was delivered of the lines of a year until now; lines without runs are not in it.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn delivered(
    records: &mut impl Records,
    year: ProgrammeYearId,
    now: DateTime<Utc>,
) -> StoreResult<Vec<(PlanLineId, Delivered)>> {
    let rows: Vec<(PlanLineId, i64, i64, i64, i64)> = fetch_all!(records, DELIVERED, year, now)?;
    let delivered = |(id, made, held, participants, completed)| (id, Delivered { made, held, participants, completed });
    Ok(rows.into_iter().map(delivered).collect())
}
