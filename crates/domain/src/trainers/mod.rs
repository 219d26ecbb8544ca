//! Trainers as a register: what is known of who teaches, when they can be asked, when they are away, what they gave.

mod teaching;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::ids::CourseId;
use crate::runs::{HalfDay, WEEKDAYS};
use crate::text::{optional_line, paragraphs};
use crate::time::parse_day;
use crate::{Faults, Refusal};

pub use teaching::{TeachingForm, TeachingPlan, check_held};

/// What was typed about a trainer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in TrainerPlan")]
pub struct TrainerForm {
    pub employer: String,
    pub rank: String,
    pub note: String,
    pub courses: Vec<String>,
}

/// What is known of a trainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainerPlan {
    /// Who employs them; may be empty.
    pub employer: String,
    /// Their academic title or post (học hàm, chức danh), by which fees are set; may be empty.
    pub rank: String,
    /// What else the office notes; not for everybody.
    pub note: String,
    /// The courses they are qualified to teach, each once.
    pub courses: Vec<CourseId>,
}

impl TrainerForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<TrainerPlan, Faults> {
        let mut faults = Faults::default();
        let employer = faults.take("employer", optional_line(&self.employer, 200));
        let rank = faults.take("rank", optional_line(&self.rank, 100));
        let note = faults.take("note", paragraphs(&self.note, 1000));
        let mut courses: Vec<CourseId> = Vec::new();
        for typed in &self.courses {
            let course = faults.take("courses", typed.parse().map_err(|_| Refusal::NotAChoice));
            courses.extend(course.filter(|course| !courses.contains(course)));
        }
        let plan = (|| Some(TrainerPlan { employer: employer?, rank: rank?, note: note?, courses }))();
        plan.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

/// A half-day of every week.
pub type WeeklyHalfDay = (Weekday, HalfDay);

/// The word that a half-day of the week is sent as: `mon.morning`.
#[must_use]
pub fn weekly_word((day, half_day): WeeklyHalfDay) -> String {
    let day = WEEKDAYS.iter().find(|(known, _)| *known == day).map_or("", |(_, word)| word);
    format!("{day}.{half_day}")
}

/// Every half-day of a week, in order.
pub fn whole_week() -> impl Iterator<Item = WeeklyHalfDay> {
    WEEKDAYS.iter().flat_map(|(day, _)| HalfDay::ALL.iter().map(|half_day| (*day, *half_day)))
}

/// The half-days that were ticked, in the order of the week, each once.
///
/// # Errors
/// [`Refusal::NotAChoice`] for a word that no form sends.
pub fn read_week<'t>(typed: impl Iterator<Item = &'t str>) -> Result<Vec<WeeklyHalfDay>, Refusal> {
    let typed: Vec<&str> = typed.collect();
    let words: Vec<(String, WeeklyHalfDay)> = whole_week().map(|half_day| (weekly_word(half_day), half_day)).collect();
    if typed.iter().any(|word| words.iter().all(|(known, _)| known != word)) {
        return Err(Refusal::NotAChoice);
    }
    Ok(words.into_iter().filter(|(word, _)| typed.contains(&word.as_str())).map(|(_, half_day)| half_day).collect())
}

/// What was typed about an absence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in AbsencePlan")]
pub struct AbsenceForm {
    pub first_day: String,
    pub last_day: String,
    pub reason: String,
}

/// Days on which a trainer is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsencePlan {
    /// The first day away.
    pub first_day: NaiveDate,
    /// The last day away: the first one when none was typed.
    pub last_day: NaiveDate,
    /// Why; may be empty, and is not for everybody.
    pub reason: String,
}

impl AbsenceForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<AbsencePlan, Faults> {
        let mut faults = Faults::default();
        let first = faults.take("first_day", parse_day(&self.first_day));
        let last = if self.last_day.trim().is_empty() { first } else { faults.take("last_day", parse_day(&self.last_day)) };
        let reason = faults.take("reason", optional_line(&self.reason, 200));
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            faults.add("last_day", Refusal::ClosesBeforeOpening);
        }
        let plan = (|| Some(AbsencePlan { first_day: first?, last_day: last?, reason: reason? }))();
        plan.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_week_is_read_in_its_order() {
        assert_eq!(whole_week().count(), 21);
        let typed = ["fri.evening", "mon.morning", "fri.evening"];
        let read = read_week(typed.into_iter()).unwrap();
        assert_eq!(read, [(Weekday::Mon, HalfDay::Morning), (Weekday::Fri, HalfDay::Evening)]);
        assert_eq!(read_week(std::iter::empty()), Ok(vec![]));
        for wrong in ["mon", "mon.night", "", "2.morning"] {
            assert_eq!(read_week([wrong].into_iter()), Err(Refusal::NotAChoice), "{wrong}");
        }
        let all: Vec<String> = whole_week().map(weekly_word).collect();
        assert_eq!(read_week(all.iter().map(String::as_str)).unwrap(), whole_week().collect::<Vec<_>>());
    }

    #[test]
    fn an_absence_has_two_ends() {
        let typed = |first: &str, last: &str| {
            AbsenceForm { first_day: first.into(), last_day: last.into(), reason: " Đi  công tác".into() }.parse()
        };
        let plan = typed("01/07/2019", "2019-07-03").unwrap();
        assert_eq!((plan.first_day.to_string(), plan.last_day.to_string()), ("2019-07-01".into(), "2019-07-03".into()));
        assert_eq!(plan.reason, "Đi công tác");
        assert_eq!(typed("01/07/2019", "").unwrap().last_day.to_string(), "2019-07-01", "one day");
        assert!(typed("02/07/2019", "01/07/2019").unwrap_err().of("last_day").eq([&Refusal::ClosesBeforeOpening]));
        let faults = typed("mai", "kia").unwrap_err();
        assert_eq!(faults.0.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["first_day", "last_day"]);
    }

    #[test]
    fn courses_are_kept_once() {
        let (a, b) = (Uuid::from_u128(1).to_string(), Uuid::from_u128(2).to_string());
        let form = TrainerForm { courses: vec![a.clone(), b, a], ..TrainerForm::default() };
        assert_eq!(form.parse().unwrap().courses, [CourseId(Uuid::from_u128(1)), CourseId(Uuid::from_u128(2))]);
        let wrong = TrainerForm { courses: vec!["x".into()], rank: "x".repeat(101), ..form };
        assert_eq!(wrong.parse().unwrap_err().0.len(), 2);
    }
}
