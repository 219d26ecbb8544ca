//! Required training: who must have completed what by when, and where somebody stands with it.

use chrono::{Datelike as _, NaiveDate};

use crate::courses::{Addressee, Audience};
use crate::ids::CourseId;
use crate::{Faults, Refusal};

/// A requirement as it is typed: it belongs to the year of its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequirement {
    /// What must be completed.
    pub course: CourseId,
    /// By whom: officers each for themselves, organisations by one person each; of these perhaps only those with a product
    /// selected in the year of the deadline.
    pub of: Addressee,
    /// The last day.
    pub deadline: NaiveDate,
}

impl NewRequirement {
    /// The year it belongs to.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.deadline.year()
    }

    /// Checks it against whom the course is for, and whether its year has a programme in which products are selected.
    ///
    /// # Errors
    /// Of `audience`: [`Refusal::CourseForOthers`]; [`Refusal::NoProgramme`], since it would be required of nobody.
    pub fn check(&self, course: Audience, has_programme: bool) -> Result<(), Faults> {
        let mut faults = Faults::default();
        if course != Audience::Everyone && course != self.of.audience() {
            faults.add("audience", Refusal::CourseForOthers);
        } else if self.of.selected_only() && !has_programme {
            faults.add("audience", Refusal::NoProgramme { year: self.year().into() });
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

words! {
    /// Where somebody stands with required training.
    Standing {
        /// Hoàn thành.
        Completed = "completed",
        /// Đang học: has a place in a run that is not closed.
        OnTheWay = "on_the_way",
        /// Còn thiếu.
        Missing = "missing",
    }
}

/// How far somebody got with one required course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The last day of the first run that was completed.
    pub completed_on: Option<NaiveDate>,
    /// Whether there is a place in a run that is not closed.
    pub has_place: bool,
}

impl Progress {
    /// Where that leaves them.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (self.completed_on, self.has_place) {
            (Some(_), _) => Standing::Completed,
            (None, true) => Standing::OnTheWay,
            (None, false) => Standing::Missing,
        }
    }

    /// Whether the deadline passed before it was completed, or passed without that.
    #[must_use]
    pub fn is_late(&self, deadline: NaiveDate, today: NaiveDate) -> bool {
        self.completed_on.unwrap_or(today) > deadline
    }
}

/// Where somebody stands with everything that is required: as far as with what they are furthest from.
#[must_use]
pub fn overall(standings: impl IntoIterator<Item = Standing>) -> Standing {
    standings.into_iter().max().unwrap_or(Standing::Completed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_furthest_course_decides() {
        use Standing::{Completed, Missing, OnTheWay};
        assert_eq!(overall([Completed, OnTheWay, Missing]), Missing);
        assert_eq!(overall([Completed, OnTheWay]), OnTheWay);
        assert_eq!(overall([Completed, Completed]), Completed);
    }

    #[test]
    fn late_is_after_the_deadline() {
        let on = |day: &str| day.parse::<NaiveDate>().unwrap();
        let (deadline, before, after) = (on("2019-09-30"), on("2019-09-30"), on("2019-10-01"));
        let done = |day| Progress { completed_on: Some(day), has_place: false };
        assert!(!done(before).is_late(deadline, after));
        assert!(done(after).is_late(deadline, after));
        assert!(!Progress::default().is_late(deadline, before));
        assert!(Progress { completed_on: None, has_place: true }.is_late(deadline, after));
    }

    #[test]
    fn requirements_fit_their_course() {
        let requirement =
            |of| NewRequirement { course: CourseId(uuid::Uuid::nil()), of, deadline: "2019-09-30".parse().unwrap() };
        assert_eq!(requirement(Addressee::Officers).year(), 2019);
        for (of, course, has_programme, refusal) in [
            (Addressee::Officers, Audience::Everyone, false, None),
            (Addressee::Officers, Audience::Organisations, false, Some(Refusal::CourseForOthers)),
            (Addressee::Organisations, Audience::Organisations, false, None),
            (Addressee::Organisations, Audience::Officers, true, Some(Refusal::CourseForOthers)),
            (Addressee::Selected, Audience::Organisations, true, None),
            (Addressee::Selected, Audience::Everyone, false, Some(Refusal::NoProgramme { year: 2019 })),
            (Addressee::Selected, Audience::Officers, true, Some(Refusal::CourseForOthers)),
        ] {
            let faults = requirement(of).check(course, has_programme).err().unwrap_or_default();
            assert_eq!(faults.of("audience").next(), refusal.as_ref(), "{of} {course} {has_programme}");
        }
    }
}
