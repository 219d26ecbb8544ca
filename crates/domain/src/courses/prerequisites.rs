//! Prerequisites: what a person must have completed before a course.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::CourseId;
use crate::text::whole_number;
use crate::{Faults, Refusal};

/// The most groups a course may have.
pub const PREREQUISITE_GROUPS: usize = 3;

/// A group of courses of which any one has to be completed. All groups of a course have to be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite {
    /// Its courses, at least one.
    pub any_of: Vec<CourseId>,
    /// For how many years a completed course counts, until the day the run begins; none when it counts for ever.
    pub within_years: Option<i64>,
}

/// What was typed about a group; a group without courses is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrerequisiteForm {
    /// The courses that were ticked, as they were sent.
    pub any_of: Vec<String>,
    /// The years, as typed.
    pub within_years: String,
}

impl PrerequisiteForm {
    /// The groups that name a course. Faults are noted of `prerequisites.N.any_of` and `prerequisites.N.within_years`.
    pub(super) fn parse_all(forms: &[PrerequisiteForm], faults: &mut Faults) -> Vec<Prerequisite> {
        let mut groups = Vec::new();
        for (n, form) in forms.iter().enumerate().filter(|(_, form)| !form.any_of.is_empty()) {
            let mut any_of: Vec<CourseId> = form.any_of.iter().filter_map(|typed| typed.parse().ok()).collect();
            if any_of.len() != form.any_of.len() {
                faults.add(format!("prerequisites.{n}.any_of"), Refusal::NotAChoice);
            }
            any_of.dedup();
            let within_years = match form.within_years.trim() {
                "" => None,
                typed => faults.take(format!("prerequisites.{n}.within_years"), whole_number(typed, 1, 50)),
            };
            groups.push(Prerequisite { any_of, within_years });
        }
        groups
    }
}

impl From<&Prerequisite> for PrerequisiteForm {
    fn from(group: &Prerequisite) -> PrerequisiteForm {
        PrerequisiteForm {
            any_of: group.any_of.iter().map(ToString::to_string).collect(),
            within_years: group.within_years.map(|years| years.to_string()).unwrap_or_default(),
        }
    }
}

/// A course that a person completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completed {
    /// The course.
    pub course: CourseId,
    /// The last day of the run.
    pub on: NaiveDate,
}

/// A group that a person does not meet, in words that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The titles of its courses, Vietnamese and English.
    pub any_of: Vec<(String, String)>,
    /// For how many years they count.
    pub within_years: Option<i64>,
    /// The last day on which what the person completed counted; none when nothing of it was completed.
    pub lapsed_on: Option<NaiveDate>,
}

/// The groups that are not met on the day a run begins, by their place among `groups`, each with the last day on which
/// something counted that counts no more.
#[must_use]
pub fn lacking(groups: &[Prerequisite], completed: &[Completed], begins: NaiveDate) -> Vec<(usize, Option<NaiveDate>)> {
    let unmet = |(n, group): (usize, &Prerequisite)| {
        let mut done = completed.iter().filter(|done| group.any_of.contains(&done.course)).peekable();
        let years = match (done.peek(), group.within_years) {
            (None, _) => return Some((n, None)),
            (Some(_), None) => return None,
            (Some(_), Some(years)) => years,
        };
        let months = Months::new(u32::try_from(years).unwrap_or(0).saturating_mul(12));
        let counts_until = done.filter_map(|done| done.on.checked_add_months(months)).max()?;
        (counts_until < begins).then_some((n, Some(counts_until)))
    };
    groups.iter().enumerate().filter_map(unmet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn course(n: u128) -> CourseId {
        CourseId(Uuid::from_u128(n))
    }

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn group(any_of: &[u128], within_years: Option<i64>) -> Prerequisite {
        Prerequisite { any_of: any_of.iter().map(|n| course(*n)).collect(), within_years }
    }

    /// The cases of hitobito's `precondition_checker_spec`: missing, met, any of several, several groups, lapsed, and the
    /// last day on which it counts.
    #[test]
    fn every_group_needs_one_of_its_courses_that_still_counts() {
        let begins = on("2019-07-02");
        let done = |n, day| Completed { course: course(n), on: on(day) };
        let old = [done(1, "2010-05-03")];
        let edge = [done(1, "2017-07-02")];
        let late = [done(1, "2017-07-01")];
        let both = [done(1, "2012-01-01"), done(2, "2019-01-01")];
        type Case<'c> = (&'c [Prerequisite], &'c [Completed], Vec<(usize, Option<NaiveDate>)>);
        let cases: [Case<'_>; 9] = [
            (&[], &[], vec![]),
            (&[group(&[1], None)], &[], vec![(0, None)]),
            (&[group(&[1], None)], &old, vec![]),
            (&[group(&[2, 1], None)], &old, vec![]),
            (&[group(&[1], None), group(&[2], None)], &old, vec![(1, None)]),
            (&[group(&[1], Some(2))], &old, vec![(0, Some(on("2012-05-03")))]),
            (&[group(&[1], Some(2))], &edge, vec![]),
            (&[group(&[1], Some(2))], &late, vec![(0, Some(on("2019-07-01")))]),
            (&[group(&[1, 2], Some(1)), group(&[1], Some(3))], &both, vec![(1, Some(on("2015-01-01")))]),
        ];
        for (groups, completed, expected) in cases {
            assert_eq!(lacking(groups, completed, begins), expected, "{groups:?} {completed:?}");
        }
    }

    #[test]
    fn a_form_of_groups_says_what_is_wrong_with_each() {
        let id = course(7).to_string();
        let forms = [
            PrerequisiteForm { any_of: vec![id.clone()], within_years: " 3 ".into() },
            PrerequisiteForm { any_of: vec![], within_years: "x".into() },
            PrerequisiteForm { any_of: vec![id, "ENT-4".into()], within_years: "51".into() },
        ];
        let mut faults = Faults::default();
        let groups = PrerequisiteForm::parse_all(&forms, &mut faults);
        assert_eq!(groups[0], group(&[7], Some(3)));
        assert_eq!(PrerequisiteForm::parse_all(&[PrerequisiteForm::from(&groups[0])], &mut Faults::default())[0], groups[0]);
        let fields: Vec<_> = faults.0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["prerequisites.2.any_of", "prerequisites.2.within_years"]);
    }
}
