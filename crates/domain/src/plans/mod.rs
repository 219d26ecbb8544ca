//! The annual plan: which courses a programme year means to hold, for whom, when, where, for how much money; and what
//! was delivered of it.

use chrono::{Datelike as _, NaiveDate};

use crate::courses::Audience;
use crate::ids::{CourseId, UnitId};
use crate::text::fold;
use crate::{Faults, Refusal};

mod delivered;
mod form;
pub mod spreadsheet;

pub use delivered::{Delivered, Sum};
pub use form::LineForm;

/// The quarters of a year.
pub const QUARTERS: [i64; 4] = [1, 2, 3, 4];

words! {
    /// Whom a line of the plan is for.
    PlanAudience {
        /// Every organisation.
        Organisations = "organisations",
        /// Organisations with a product selected in the year of the plan.
        Selected = "selected",
        /// State officers.
        Officers = "officers",
        /// Both.
        Everyone = "everyone",
    }
}

impl PlanAudience {
    /// The audience of the runs that are made from the line.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            PlanAudience::Organisations | PlanAudience::Selected => Audience::Organisations,
            PlanAudience::Officers => Audience::Officers,
            PlanAudience::Everyone => Audience::Everyone,
        }
    }

    /// Whether a selected product is needed.
    #[must_use]
    pub const fn selected_only(self) -> bool {
        matches!(self, PlanAudience::Selected)
    }
}

impl From<Audience> for PlanAudience {
    fn from(audience: Audience) -> PlanAudience {
        match audience {
            Audience::Organisations => PlanAudience::Organisations,
            Audience::Officers => PlanAudience::Officers,
            Audience::Everyone => PlanAudience::Everyone,
        }
    }
}

/// A line of the plan, once what was typed is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePlan {
    /// What is taught.
    pub course: CourseId,
    /// Whom it is for.
    pub audience: PlanAudience,
    /// The quarter in which it is to be held, 1 to 4.
    pub quarter: i64,
    /// How many runs, 1 to 200.
    pub runs: i64,
    /// How many people in all of them, each run counted, 1 to 100,000.
    pub participants: i64,
    /// The unit it is held in and for; none for the whole province.
    pub unit: Option<UnitId>,
    /// Where, in words; may be empty.
    pub place: String,
    /// What it may cost, đồng; 0 when no money is planned.
    pub budget: i64,
    /// Anything else.
    pub note: String,
}

/// What tells a line from the others of its year: two lines with the same would plan the same thing twice.
pub type LineKey = (CourseId, PlanAudience, i64, Option<UnitId>, String);

impl LinePlan {
    /// What tells it from the other lines of its year. Places are compared without tones and hats.
    #[must_use]
    pub fn key(&self) -> LineKey {
        (self.course, self.audience, self.quarter, self.unit, fold(&self.place))
    }

    /// Seats of one run: its share of the people, rounded up; 1 to 1,000.
    #[must_use]
    pub fn seats(&self) -> i64 {
        let runs = self.runs.max(1);
        ((self.participants + runs - 1) / runs).clamp(1, 1000)
    }

    /// Whether the course can be held for these people.
    ///
    /// # Errors
    /// [`Refusal::CourseForOthers`].
    pub fn fits(&self, course: Audience) -> Result<(), Refusal> {
        if course == Audience::Everyone || course == self.audience.audience() { Ok(()) } else { Err(Refusal::CourseForOthers) }
    }
}

/// What people call a line: the year and its number in it, `2026-07`.
#[must_use]
pub fn line_code(year: i64, number: i64) -> String {
    format!("{year}-{number:02}")
}

/// The year and the number of a code that [`line_code`] wrote, if it is one.
#[must_use]
pub fn parse_code(text: &str) -> Option<(i64, i64)> {
    let (year, number) = text.trim().split_once(['-', '–'])?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
    Some((digits(year.trim())?, digits(number.trim())?)).filter(|(_, number)| *number > 0)
}

/// The first day of a quarter; none when there is no such quarter.
#[must_use]
pub fn first_day(year: i64, quarter: i64) -> Option<NaiveDate> {
    let month = u32::try_from(quarter).ok().filter(|quarter| (1..=4).contains(quarter))? * 3 - 2;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1)
}

/// The quarter that a day lies in.
#[must_use]
pub fn quarter_of(day: NaiveDate) -> i64 {
    i64::from(day.month0() / 3) + 1
}

/// Whether a line may change to `after` once `runs` were made from it: these are of its course, and stay so.
#[must_use]
pub fn check_line_change(before: &LinePlan, after: &LinePlan, runs: i64) -> Faults {
    let mut faults = Faults::default();
    if runs > 0 && before.course != after.course {
        faults.add("course", Refusal::LineHasRuns { count: runs });
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line() -> LinePlan {
        LinePlan {
            course: CourseId(Uuid::from_u128(1)),
            audience: PlanAudience::Selected,
            quarter: 2,
            runs: 3,
            participants: 100,
            unit: None,
            place: "Hội trường".into(),
            budget: 0,
            note: String::new(),
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        assert_eq!(line_code(2026, 7), "2026-07");
        assert_eq!(line_code(2026, 123), "2026-123");
        for (text, read) in [("2026-07", Some((2026, 7))), (" 2026 – 7 ", Some((2026, 7))), ("2026-123", Some((2026, 123)))] {
            assert_eq!(parse_code(text), read, "{text}");
        }
        for text in ["", "7", "2026-", "-7", "2026-x", "2026-0", "a-1", "2026--1"] {
            assert_eq!(parse_code(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_lies_in_the_quarter_that_began_before_it() {
        let mut day = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
        while day.year() == 2019 {
            let quarter = quarter_of(day);
            assert!(first_day(2019, quarter).unwrap() <= day);
            assert!(first_day(2019, quarter + 1).is_none_or(|next| day < next));
            day = day.succ_opt().unwrap();
        }
        assert_eq!((first_day(2019, 0), first_day(2019, 5), first_day(-1_000_000, 1)), (None, None, None));
    }

    #[test]
    fn the_same_thing_is_planned_once() {
        let other = LinePlan { place: "HOI TRUONG".into(), runs: 9, budget: 5, note: "x".into(), ..line() };
        assert_eq!(line().key(), other.key());
        for other in [
            LinePlan { quarter: 3, ..line() },
            LinePlan { audience: PlanAudience::Organisations, ..line() },
            LinePlan { unit: Some(UnitId(Uuid::from_u128(1))), ..line() },
            LinePlan { place: String::new(), ..line() },
        ] {
            assert_ne!(line().key(), other.key());
        }
    }

    #[test]
    fn seats_hold_everybody_who_is_planned() {
        for (runs, participants, seats) in [(3, 100, 34), (1, 40, 40), (200, 1, 1), (1, 100_000, 1000)] {
            assert_eq!(LinePlan { runs, participants, ..line() }.seats(), seats);
        }
    }

    #[test]
    fn a_line_keeps_the_course_of_its_runs() {
        let after = LinePlan { course: CourseId(Uuid::from_u128(2)), ..line() };
        assert!(check_line_change(&line(), &after, 0).is_empty());
        assert!(check_line_change(&line(), &LinePlan { quarter: 4, ..line() }, 2).is_empty());
        assert_eq!(check_line_change(&line(), &after, 2).of("course").next(), Some(&Refusal::LineHasRuns { count: 2 }));
    }

    #[test]
    fn courses_of_others_are_not_planned_for_them() {
        assert_eq!(line().fits(Audience::Organisations), Ok(()));
        assert_eq!(line().fits(Audience::Everyone), Ok(()));
        assert_eq!(line().fits(Audience::Officers), Err(Refusal::CourseForOthers));
        for audience in Audience::ALL {
            assert_eq!(PlanAudience::from(*audience).audience(), *audience);
        }
    }
}
