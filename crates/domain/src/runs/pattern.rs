//! How the sessions of a run are laid out from a first day: three whole days, or Tuesday and Thursday evenings.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{HalfDay, SESSIONS, SessionForm};
use crate::text::whole_number;
use crate::time::parse_day;
use crate::{Faults, Refusal};

/// The days of a week, Monday first, with the words they are sent as.
pub const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// The most days that are looked through for sessions: two years.
pub(super) const HORIZON: u64 = 732;

/// Which days and half-days of a week sessions are held on, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The first day on which there may be a session.
    pub first: NaiveDate,
    /// Days of the week with sessions.
    pub weekdays: Vec<Weekday>,
    /// Half-days with sessions, in the order of the day.
    pub half_days: Vec<HalfDay>,
    /// How many sessions there are.
    pub sessions: usize,
}

impl Pattern {
    /// The sessions: from the first day on, every half-day of the pattern on every day of the pattern that is no holiday,
    /// until there are enough.
    ///
    /// # Errors
    /// [`Refusal::PatternTooLong`] when two years do not hold them.
    pub fn lay_out(&self, holidays: &BTreeSet<NaiveDate>) -> Result<Vec<(NaiveDate, HalfDay)>, Refusal> {
        let days = self.first.iter_days().take(usize::try_from(HORIZON).unwrap_or(usize::MAX));
        let held = days.filter(|day| self.weekdays.contains(&day.weekday()) && !holidays.contains(day));
        let laid: Vec<_> =
            held.flat_map(|day| self.half_days.iter().map(move |half_day| (day, *half_day))).take(self.sessions).collect();
        if laid.len() == self.sessions { Ok(laid) } else { Err(Refusal::PatternTooLong) }
    }
}

/// What was typed about a pattern. Faults are named `pattern.first`, `pattern.weekdays`, `pattern.half_days`,
/// `pattern.sessions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternForm {
    /// The first day.
    pub first: String,
    /// Words of [`WEEKDAYS`].
    pub weekdays: Vec<String>,
    /// Words of [`HalfDay`].
    pub half_days: Vec<String>,
    /// How many sessions.
    pub sessions: String,
}

impl PatternForm {
    /// The pattern, or every fault at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<Pattern, Faults> {
        let mut faults = Faults::default();
        let first = faults.take("pattern.first", parse_day(&self.first));
        let sessions = whole_number(&self.sessions, 1, i64::try_from(SESSIONS).unwrap_or(i64::MAX));
        let sessions = faults.take("pattern.sessions", sessions);
        // In the order of the week and of the day, whatever order they came in; a word twice counts once.
        let weekdays: Vec<Weekday> =
            WEEKDAYS.iter().filter(|(_, word)| self.weekdays.iter().any(|typed| typed == word)).map(|(day, _)| *day).collect();
        let half_days: Vec<HalfDay> = HalfDay::ALL
            .iter()
            .copied()
            .filter(|half_day| self.half_days.iter().any(|typed| typed == half_day.as_str()))
            .collect();
        for (field, is_empty) in [("pattern.weekdays", weekdays.is_empty()), ("pattern.half_days", half_days.is_empty())] {
            if is_empty {
                faults.add(field, Refusal::NothingChosen);
            }
        }
        match (first, sessions) {
            (Some(first), Some(sessions)) if faults.is_empty() => {
                Ok(Pattern { first, weekdays, half_days, sessions: usize::try_from(sessions).unwrap_or(0) })
            }
            _ => Err(faults),
        }
    }
}

/// Sessions as a form shows them, at the usual hours, each with the trainers and the venue of the one that stood in its
/// place: who lays a run out anew does not choose its trainers anew.
#[must_use]
pub fn laid_out(sessions: &[(NaiveDate, HalfDay)], before: &[SessionForm]) -> Vec<SessionForm> {
    let like = |n: usize| before.get(n).or_else(|| before.last());
    sessions
        .iter()
        .enumerate()
        .map(|(n, (day, half_day))| {
            SessionForm {
                id: before.get(n).map(|session| session.id.clone()).unwrap_or_default(),
                day: day.to_string(),
                half_day: half_day.to_string(),
                venue: like(n).map(|session| session.venue.clone()).unwrap_or_default(),
                topic: before.get(n).map(|session| session.topic.clone()).unwrap_or_default(),
                trainers: like(n).map(|session| session.trainers.clone()).unwrap_or_default(),
                ..SessionForm::default()
            }
            .with_usual_hours()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn pattern(first: &str, weekdays: &[Weekday], half_days: &[HalfDay], sessions: usize) -> Pattern {
        Pattern { first: day(first), weekdays: weekdays.to_vec(), half_days: half_days.to_vec(), sessions }
    }

    fn said(laid: &[(NaiveDate, HalfDay)]) -> Vec<String> {
        laid.iter().map(|(day, half)| format!("{day} {half}")).collect()
    }

    #[test]
    fn three_days_are_six_sessions_and_tet_is_left_out() {
        let whole = [HalfDay::Morning, HalfDay::Afternoon];
        let working = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        let block = pattern("2019-07-04", &working, &whole, 6).lay_out(&BTreeSet::new()).unwrap();
        assert_eq!(
            said(&block),
            [
                "2019-07-04 morning",
                "2019-07-04 afternoon",
                "2019-07-05 morning",
                "2019-07-05 afternoon",
                "2019-07-08 morning",
                "2019-07-08 afternoon"
            ]
        );
        let tet: BTreeSet<NaiveDate> = (4..=8).map(|d| NaiveDate::from_ymd_opt(2019, 2, d).unwrap()).collect();
        let evenings = pattern("2019-01-29", &[Weekday::Tue, Weekday::Thu], &[HalfDay::Evening], 4).lay_out(&tet).unwrap();
        assert_eq!(said(&evenings), ["2019-01-29 evening", "2019-01-31 evening", "2019-02-12 evening", "2019-02-14 evening"]);
    }

    #[test]
    fn what_two_years_do_not_hold_is_refused() {
        let holidays: BTreeSet<NaiveDate> = day("2019-01-01").iter_days().take(800).collect();
        let never = pattern("2019-01-01", &[Weekday::Mon], &[HalfDay::Morning], 1);
        assert_eq!(never.lay_out(&holidays), Err(Refusal::PatternTooLong));
    }

    #[test]
    fn a_form_says_all_its_faults() {
        let nothing = PatternForm { sessions: "0".into(), ..PatternForm::default() };
        let faults = nothing.parse().unwrap_err();
        let named: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(named, ["pattern.first", "pattern.sessions", "pattern.weekdays", "pattern.half_days"]);
        let typed = PatternForm {
            first: "04/07/2019".into(),
            weekdays: vec!["thu".into(), "mon".into(), "thu".into()],
            half_days: vec!["afternoon".into(), "morning".into()],
            sessions: "6".into(),
        };
        let whole = [HalfDay::Morning, HalfDay::Afternoon];
        assert_eq!(typed.parse(), Ok(pattern("2019-07-04", &[Weekday::Mon, Weekday::Thu], &whole, 6)));
    }

    #[test]
    fn laying_out_anew_keeps_who_teaches() {
        let before = [
            SessionForm { id: "a".into(), trainers: vec!["x".into()], topic: "Biểu 03".into(), ..SessionForm::default() },
            SessionForm { id: "b".into(), trainers: vec!["y".into()], venue: "Phòng 2".into(), ..SessionForm::default() },
        ];
        let sessions = [
            (day("2019-07-04"), HalfDay::Morning),
            (day("2019-07-04"), HalfDay::Afternoon),
            (day("2019-07-05"), HalfDay::Morning),
        ];
        let laid = laid_out(&sessions, &before);
        let told: Vec<_> =
            laid.iter().map(|s| (s.id.as_str(), s.trainers[0].as_str(), s.topic.as_str(), s.starts.as_str())).collect();
        assert_eq!(told, [("a", "x", "Biểu 03", "07:30"), ("b", "y", "", "13:30"), ("", "y", "", "07:30")]);
    }

    proptest! {
        /// Against the plainest model: look at every half-day of two years in turn.
        #[test]
        fn every_half_day_that_fits_is_taken_and_no_other(
            start in 0_u64..4000, weekdays in 1_u8..128, halves in 1_u8..8, sessions in 1_usize..60, off in proptest::collection::vec(0_u64..200, 0..40),
        ) {
            let first = day("2017-01-01") + chrono::Days::new(start);
            let weekdays: Vec<Weekday> = WEEKDAYS.iter().enumerate().filter(|(n, _)| weekdays & (1 << n) != 0).map(|(_, (day, _))| *day).collect();
            let half_days: Vec<HalfDay> = HalfDay::ALL.iter().copied().enumerate().filter(|(n, _)| halves & (1 << n) != 0).map(|(_, half)| half).collect();
            let holidays: BTreeSet<NaiveDate> = off.into_iter().map(|n| first + chrono::Days::new(n)).collect();
            let mut model = Vec::new();
            for n in 0..HORIZON {
                let today = first + chrono::Days::new(n);
                for half in HalfDay::ALL {
                    let fits = weekdays.contains(&today.weekday()) && half_days.contains(half) && !holidays.contains(&today);
                    if fits && model.len() < sessions {
                        model.push((today, *half));
                    }
                }
            }
            let laid = Pattern { first, weekdays, half_days, sessions }.lay_out(&holidays);
            if model.len() == sessions {
                prop_assert_eq!(laid, Ok(model));
            } else {
                prop_assert_eq!(laid, Err(Refusal::PatternTooLong));
            }
        }
    }
}
