//! What has to be completed before a course, and what people completed.

use chrono::NaiveDate;
use domain::courses::{Completed, Prerequisite};
use domain::ids::{CourseId, PersonId};

use crate::{Records, StoreResult, Work};

statements! {
    OF_COURSE = "SELECT g.number, g.within_years, p.required_id, c.title, c.title_english
        FROM prerequisite_group g JOIN course_prerequisite p ON p.course_id = g.course_id AND p.group_number = g.number
        JOIN course c ON c.id = p.required_id WHERE g.course_id = $1 ORDER BY g.number, c.position, c.code";
    // Counted as reports count: the decision that holds, on a place that was kept; the last day of the run.
    COMPLETED = "SELECT r.course_id, MAX(s.day) AS ended_on FROM completion k JOIN enrolment e ON e.id = k.enrolment_id
        JOIN run r ON r.id = e.run_id JOIN held_session s ON s.run_id = r.id
        WHERE e.person_id = $1 AND e.withdrawn_at IS NULL AND k.outcome = 'completed' GROUP BY r.id, r.course_id";
    FORGET_COURSES = "DELETE FROM course_prerequisite WHERE course_id = $1";
    FORGET_GROUPS = "DELETE FROM prerequisite_group WHERE course_id = $1";
    ADD_GROUP = "INSERT INTO prerequisite_group (course_id, number, within_years) VALUES ($1, $2, $3)";
    ADD_COURSE = "INSERT INTO course_prerequisite (course_id, group_number, required_id) VALUES ($1, $2, $3)";
}

/// A group of a course, with the titles of what it requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The rule.
    pub rule: Prerequisite,
    /// The titles of its courses, Vietnamese and English, in the order of the rule.
    pub titles: Vec<(String, String)>,
}

/// The groups of a course.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_course(records: &mut impl Records, course: CourseId) -> StoreResult<Vec<Group>> {
    let rows: Vec<(i64, Option<i64>, CourseId, String, String)> = fetch_all!(records, OF_COURSE, course)?;
    let mut groups: Vec<(i64, Group)> = Vec::new();
    for (number, within_years, required, title, title_english) in rows {
        if groups.last().is_none_or(|(last, _)| *last != number) {
            let rule = Prerequisite { any_of: Vec::new(), within_years };
            groups.push((number, Group { rule, titles: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.rule.any_of.push(required);
            group.titles.push((title, title_english));
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// Replaces the groups of a course.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn replace(work: &mut Work, course: CourseId, groups: &[Prerequisite]) -> StoreResult<()> {
    execute!(work, FORGET_COURSES, course)?;
    execute!(work, FORGET_GROUPS, course)?;
    for (number, group) in (1_i64..).zip(groups) {
        execute!(work, ADD_GROUP, course, number, group.within_years)?;
        for required in &group.any_of {
            execute!(work, ADD_COURSE, course, number, *required)?;
        }
    }
    Ok(())
}

/// What a person completed, each run with its last day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn completed(records: &mut impl Records, person: PersonId) -> StoreResult<Vec<Completed>> {
    let rows: Vec<(CourseId, NaiveDate)> = fetch_all!(records, COMPLETED, person)?;
    Ok(rows.into_iter().map(|(course, on)| Completed { course, on }).collect())
}
