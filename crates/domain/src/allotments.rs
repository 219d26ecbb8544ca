//! Allotments: seats of a run that are promised to organisations and units, names to come.

use chrono::NaiveDate;

use crate::text::whole_number;
use crate::time::parse_day;
use crate::{Faults, Refusal};

/// The most seats that can be promised at once: the most that a run can have.
pub const MOST_SEATS: i64 = 1000;

words! {
    /// How an allotment ended.
    Ending {
        /// Its last day passed.
        Expired = "expired",
        /// Its holder gave it back.
        Returned = "returned",
        /// Who had promised it took it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// By which rule seats are proposed.
    Rule {
        /// As many for each unit that receives forms.
        EachUnit = "each_unit",
        /// As many for each organisation with a product selected in the year.
        EachSelected = "each_selected",
        /// For each organisation as many as it asked for, at most so many, as far as the seats go.
        ByDemand = "by_demand",
    }
}

/// What a planner asks to be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// By which rule.
    pub rule: Rule,
    /// For each, 1 to [`MOST_SEATS`]; by demand the most for each.
    pub seats: i64,
    /// The last day on which they are kept.
    pub until: NaiveDate,
}

impl Asked {
    /// Reads what was typed; `deadline` is the last day on which one can enrol.
    ///
    /// # Errors
    /// Faults of `rule`, `seats` and `until`.
    pub fn parse((rule, seats, until): (&str, &str, &str), (today, deadline): (NaiveDate, NaiveDate)) -> Result<Asked, Faults> {
        let mut faults = Faults::default();
        let rule = faults.take("rule", rule.parse());
        let seats = faults.take("seats", whole_number(seats, 1, MOST_SEATS));
        let until = faults.take("until", last_day(until, today, deadline));
        match (rule, seats, until) {
            (Some(rule), Some(seats), Some(until)) => Ok(Asked { rule, seats, until }),
            _ => Err(faults),
        }
    }
}

/// Reads how many seats are promised: nothing typed and 0 are none.
///
/// # Errors
/// [`Refusal::NotANumber`].
pub fn seats(typed: &str) -> Result<i64, Refusal> {
    if typed.trim().is_empty() { Ok(0) } else { whole_number(typed, 0, MOST_SEATS) }
}

/// Reads until when seats are kept: from today to the last day on which one can enrol.
///
/// # Errors
/// [`Refusal::NotADay`], [`Refusal::DayInThePast`]; [`Refusal::DeadlinePassed`] for a day after the last one.
pub fn last_day(typed: &str, today: NaiveDate, deadline: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = parse_day(typed)?;
    if day < today {
        Err(Refusal::DayInThePast)
    } else if day > deadline {
        Err(Refusal::DeadlinePassed { deadline })
    } else {
        Ok(day)
    }
}

/// Shares `free` seats out by what was asked for: seat by seat around, so that nobody gets a second before everybody has
/// one who asked for it; at most `most` each. Whoever asked first is first around.
#[must_use]
pub fn share_out(free: i64, most: i64, asked: &[i64]) -> Vec<i64> {
    let mut shares = vec![0; asked.len()];
    let mut left = free;
    for round in 1..=most.min(free) {
        for (share, asked) in shares.iter_mut().zip(asked) {
            if left > 0 && *asked >= round {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_no_seat_and_not_no_limit() {
        assert_eq!((seats(""), seats(" 0 "), seats("12")), (Ok(0), Ok(0), Ok(12)));
        for typed in ["-1", "1001", "ba"] {
            assert_eq!(seats(typed), Err(Refusal::NotANumber { least: 0, most: 1000 }), "{typed}");
        }
    }

    #[test]
    fn seats_are_kept_from_today_to_the_deadline() {
        let (today, deadline) = (day("2019-06-12"), day("2019-07-01"));
        for (typed, expected) in [
            ("12/06/2019", Ok(today)),
            ("1/7/2019", Ok(deadline)),
            ("11/06/2019", Err(Refusal::DayInThePast)),
            ("02/07/2019", Err(Refusal::DeadlinePassed { deadline })),
            ("", Err(Refusal::NotADay)),
        ] {
            assert_eq!(last_day(typed, today, deadline), expected, "{typed}");
        }
        let fields: Vec<_> =
            Asked::parse(("all", "0", "x"), (today, deadline)).unwrap_err().0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["rule", "seats", "until"]);
    }

    #[test]
    fn nobody_gets_a_second_seat_before_everybody_has_one() {
        assert_eq!(share_out(5, 2, &[3, 1, 4]), [2, 1, 2]);
        assert_eq!(share_out(4, 9, &[3, 1, 4]), [2, 1, 1], "who asked first is first around");
        assert_eq!(share_out(0, 9, &[3, 1]), [0, 0]);
        assert_eq!(share_out(100, 9, &[3, 20]), [3, 9]);
    }

    proptest! {
        #[test]
        fn shares_never_exceed_what_there_is_or_was_asked(free in 0i64..50, most in 1i64..8, asked in prop::collection::vec(0i64..12, 0..12)) {
            let shares = share_out(free, most, &asked);
            let wanted: i64 = asked.iter().map(|asked| (*asked).min(most)).sum();
            prop_assert_eq!(shares.iter().sum::<i64>(), wanted.min(free));
            prop_assert!(shares.iter().zip(&asked).all(|(share, asked)| *share <= *asked && *share <= most));
            let least = shares.iter().zip(&asked).filter(|(share, asked)| *share < (*asked).min(&most)).map(|(share, _)| *share).min();
            prop_assert!(least.is_none_or(|least| shares.iter().all(|share| *share <= least + 1)));
        }
    }
}
