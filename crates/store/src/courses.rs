//! The catalogue.

pub mod prerequisites;

use chrono::{DateTime, Utc};
use domain::courses::{Audience, CompletionRule, Topic};
use domain::ids::CourseId;
use domain::runs::HalfDay;

use crate::{Records, StoreResult, Work};

statements! {
    LIST = "SELECT id, code, title, title_english, summary, summary_english, topic, audience, hours, capacity, minimum, usual_sessions,
        usual_half_days, min_attendance, late_counts, excused_counts, rule_version, position, substitution_hours FROM course ORDER BY position, code";
    FIND = "SELECT id, code, title, title_english, summary, summary_english, topic, audience, hours, capacity, minimum, usual_sessions,
        usual_half_days, min_attendance, late_counts, excused_counts, rule_version, position, substitution_hours FROM course WHERE id = $1";
    ADD = "INSERT INTO course (id, code, title, title_english, summary, summary_english, topic, audience, hours, capacity,
        min_attendance, late_counts, excused_counts, rule_version, position, created_at, minimum, usual_sessions, usual_half_days,
        substitution_hours)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT (code) DO NOTHING";
    CHANGE = "UPDATE course SET code = $2, title = $3, title_english = $4, summary = $5, summary_english = $6, topic = $7,
        audience = $8, hours = $9, capacity = $10, min_attendance = $11, late_counts = $12, excused_counts = $13, rule_version = $14,
        minimum = $16, usual_sessions = $17, usual_half_days = $18, substitution_hours = $19 WHERE id = $1 AND rule_version = $15";
    BY_CODE = "SELECT id FROM course WHERE code = $1";
    LAST_POSITION = "SELECT CAST(COALESCE(MAX(position), 0) AS BIGINT) FROM course";
}

/// An entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Course {
    /// Its identifier.
    pub id: CourseId,
    /// A short code for people, for example `ENT-4`.
    pub code: String,
    /// Its title in Vietnamese.
    pub title: String,
    /// Its title in English.
    pub title_english: String,
    /// What it teaches, in Vietnamese.
    pub summary: String,
    /// What it teaches, in English.
    pub summary_english: String,
    /// Its topic.
    pub topic: Topic,
    /// Whom it is for.
    pub audience: Audience,
    /// Hours of teaching.
    pub hours: i64,
    /// Seats that a run of it usually has.
    pub capacity: i64,
    /// From how many people on a run of it is usually held; 0 when that does not matter.
    pub minimum: i64,
    /// How many sessions a run of it usually has; none when its hours decide.
    pub usual_sessions: Option<i64>,
    /// Words of the half-days they are usually held on, with commas between; read them by [`Course::half_days`].
    pub usual_half_days: String,
    /// The least share of sessions, in percent.
    pub min_attendance: i64,
    /// How much a late session counts, in percent.
    pub late_counts: i64,
    /// How much an excused session counts, in percent.
    pub excused_counts: i64,
    /// The version of the completion rule.
    pub rule_version: i64,
    /// Where it stands in the catalogue.
    pub position: i64,
    /// How many hours before the first session a participant can be replaced at the latest; 0: until it begins.
    pub substitution_hours: i64,
}

impl Course {
    /// On which half-days of a day its sessions are usually held; none means morning and afternoon.
    #[must_use]
    pub fn half_days(&self) -> Vec<HalfDay> {
        self.usual_half_days.split(',').filter_map(|word| word.parse().ok()).collect()
    }

    /// When a participant has completed a run of this course.
    #[must_use]
    pub fn rule(&self) -> CompletionRule {
        CompletionRule {
            version: self.rule_version,
            min_attendance: self.min_attendance,
            late_counts: self.late_counts,
            excused_counts: self.excused_counts,
        }
    }
}

/// The whole catalogue, in its order.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn list(records: &mut impl Records) -> StoreResult<Vec<Course>> {
    fetch_all!(records, LIST)
}

/// One course.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: CourseId) -> StoreResult<Option<Course>> {
    fetch_optional!(records, FIND, id)
}

/// Adds a course; false when its code exists already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, course: &Course, now: DateTime<Utc>) -> StoreResult<bool> {
    let c = course;
    let added = execute!(
        work,
        ADD,
        c.id,
        &c.code,
        &c.title,
        &c.title_english,
        &c.summary,
        &c.summary_english,
        c.topic,
        c.audience,
        c.hours,
        c.capacity,
        c.min_attendance,
        c.late_counts,
        c.excused_counts,
        c.rule_version,
        c.position,
        now,
        c.minimum,
        c.usual_sessions,
        &c.usual_half_days,
        c.substitution_hours
    )?;
    Ok(added == 1)
}

/// Changes a course whose rule still has the version `known`; false when it is another one by now.
///
/// # Errors
/// [`crate::StoreError::Database`]; a code that another course has is a duplicate.
pub async fn change(work: &mut Work, course: &Course, known: i64) -> StoreResult<bool> {
    let c = course;
    let changed = execute!(
        work,
        CHANGE,
        c.id,
        &c.code,
        &c.title,
        &c.title_english,
        &c.summary,
        &c.summary_english,
        c.topic,
        c.audience,
        c.hours,
        c.capacity,
        c.min_attendance,
        c.late_counts,
        c.excused_counts,
        c.rule_version,
        known,
        c.minimum,
        c.usual_sessions,
        &c.usual_half_days,
        c.substitution_hours
    )?;
    Ok(changed == 1)
}

/// The course with this code.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn by_code(records: &mut impl Records, code: &str) -> StoreResult<Option<CourseId>> {
    let row: Option<(CourseId,)> = fetch_optional!(records, BY_CODE, code)?;
    Ok(row.map(|(id,)| id))
}

/// Where the last course of the catalogue stands.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn last_position(records: &mut impl Records) -> StoreResult<i64> {
    fetch_value!(records, LAST_POSITION)
}
