//! What one page of a calendar shows: a month as a list or as a grid, or a week.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

words! {
    /// How a calendar is looked at.
    View {
        /// A month, one class below the other.
        Agenda = "agenda",
        /// A week, one day below the other.
        Week = "week",
        /// A month as a grid of weeks.
        Month = "month",
    }
}

words! {
    /// Why a session stands in somebody's own calendar.
    Part {
        /// They teach it.
        Teaching = "teaching",
        /// They take part in it.
        Attending = "attending",
        /// People of an organisation they represent take part in it.
        Organisation = "organisation",
        /// It is held in a unit they are an officer or manager of.
        Unit = "unit",
    }
}

words! {
    /// What a secret address of a feed gives.
    FeedKind {
        /// What its owner teaches and attends.
        Person = "person",
        /// What its owner teaches.
        Teaching = "teaching",
        /// What people of an organisation that its owner represents attend.
        Organisation = "organisation",
    }
}

/// The days that one page of a calendar shows, between the years 2000 and 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    view: View,
    start: NaiveDate,
}

impl Span {
    /// The month or week that a day lies in; days out of range move to its edge.
    #[must_use]
    pub fn around(view: View, day: NaiveDate) -> Span {
        let least = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN);
        let most = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap_or(NaiveDate::MAX);
        let day = day.clamp(least, most);
        let start = if view == View::Week { monday_of(day) } else { day.with_day(1).unwrap_or(day) };
        Span { view, start }
    }

    /// Reads what [`Span::word`] wrote, in that spelling alone.
    #[must_use]
    pub fn read(view: View, word: &str) -> Option<Span> {
        let start = match view {
            View::Week => {
                let (year, week) = word.split_once("-W")?;
                NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?
            }
            View::Agenda | View::Month => NaiveDate::parse_from_str(&format!("{word}-01"), "%Y-%m-%d").ok()?,
        };
        Some(Span::around(view, start)).filter(|span| span.start == start && span.word() == word)
    }

    /// The month or week as a browser's own field has it: `2019-07`, `2019-W27`.
    #[must_use]
    pub fn word(&self) -> String {
        if self.view == View::Week { self.start.format("%G-W%V").to_string() } else { self.start.format("%Y-%m").to_string() }
    }

    /// How it is looked at.
    #[must_use]
    pub fn view(&self) -> View {
        self.view
    }

    /// Its first day.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The day after its last.
    #[must_use]
    pub fn end(&self) -> NaiveDate {
        let end = if self.view == View::Week {
            self.start.checked_add_days(Days::new(7))
        } else {
            self.start.checked_add_months(Months::new(1))
        };
        end.unwrap_or(self.start)
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.start..self.end()).contains(&day)
    }

    /// The span before it; at the edge of the range the same.
    #[must_use]
    pub fn before(&self) -> Span {
        Span::around(self.view, self.start.pred_opt().unwrap_or(self.start))
    }

    /// The span after it; at the edge of the range the same.
    #[must_use]
    pub fn after(&self) -> Span {
        Span::around(self.view, self.end())
    }

    /// About the same days looked at in another way: around today when it lies in them, else around their start. The
    /// month of a week is the one that most of its days lie in.
    #[must_use]
    pub fn seen_as(&self, view: View, today: NaiveDate) -> Span {
        let middle = if self.view == View::Week { self.start + Days::new(3) } else { self.start };
        Span::around(view, if self.holds(today) { today } else { middle })
    }

    /// Its weeks from Monday to Sunday; a day that is not in it is none.
    #[must_use]
    pub fn weeks(&self) -> Vec<[Option<NaiveDate>; 7]> {
        let first = monday_of(self.start);
        let mondays = (0..6).map(|week| first + Days::new(week * 7)).take_while(|monday| *monday < self.end());
        mondays.map(|monday| [0, 1, 2, 3, 4, 5, 6].map(|n| Some(monday + Days::new(n)).filter(|day| self.holds(*day)))).collect()
    }
}

/// The Monday on or before a day.
#[must_use]
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_span_has_one_spelling() {
        for (view, word, start, end) in [
            (View::Month, "2019-07", "2019-07-01", "2019-08-01"),
            (View::Agenda, "2020-02", "2020-02-01", "2020-03-01"),
            (View::Week, "2019-W27", "2019-07-01", "2019-07-08"),
            (View::Week, "2020-W53", "2020-12-28", "2021-01-04"),
        ] {
            let span = Span::read(view, word).unwrap();
            assert_eq!((span.start(), span.end(), span.word().as_str()), (day(start), day(end), word));
        }
        for (view, word) in [
            (View::Month, ""),
            (View::Month, "2019-7"),
            (View::Month, "+2019-07"),
            (View::Month, "2019-13"),
            (View::Month, "1999-12"),
            (View::Month, "2200-01"),
            (View::Month, "2019-W27"),
            (View::Week, "2019-W7"),
            (View::Week, "2019-W53"),
            (View::Week, "2019-07"),
            (View::Week, "2019-W+7"),
        ] {
            assert_eq!(Span::read(view, word), None, "{word}");
        }
    }

    #[test]
    fn views_change_to_the_days_that_are_looked_at() {
        let july = Span::read(View::Month, "2019-07").unwrap();
        assert_eq!(july.seen_as(View::Week, day("2019-07-17")).word(), "2019-W29");
        assert_eq!(july.seen_as(View::Week, day("2019-06-12")).word(), "2019-W27");
        let week = Span::read(View::Week, "2019-W31").unwrap();
        assert_eq!(week.seen_as(View::Month, day("2019-06-12")).word(), "2019-08", "29/7 to 4/8 has four days of August");
        assert_eq!(week.seen_as(View::Agenda, day("2019-07-30")).word(), "2019-07");
    }

    /// Every day between two, one by one.
    fn days(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let mut days = vec![];
        let mut day = from;
        while day < to {
            days.push(day);
            day = day.succ_opt().unwrap();
        }
        days
    }

    proptest! {
        #[test]
        fn grids_are_what_counting_days_gives(offset in 0_u64..73_040, view in 0_usize..3) {
            let some = day("2000-01-03") + Days::new(offset);
            let span = Span::around(View::ALL[view], some);
            // The model: every day of two months around, kept when it has the same month, or the same ISO week.
            let around = days(some - Days::new(40), some + Days::new(40));
            let same = |other: &NaiveDate| match span.view() {
                View::Week => other.iso_week() == some.iso_week(),
                View::Agenda | View::Month => (other.year(), other.month()) == (some.year(), some.month()),
            };
            let model: Vec<NaiveDate> = around.into_iter().filter(same).collect();
            prop_assert_eq!(&days(span.start(), span.end()), &model);
            let weeks = span.weeks();
            let shown: Vec<NaiveDate> = weeks.iter().flatten().flatten().copied().collect();
            prop_assert_eq!(&shown, &model, "each day once, in order");
            for week in &weeks {
                prop_assert!(week.iter().any(Option::is_some), "no empty week");
                for (n, day) in week.iter().enumerate() {
                    prop_assert!(day.is_none_or(|day| day.weekday().num_days_from_monday() as usize == n));
                }
            }
            prop_assert!(span.holds(some));
            prop_assert_eq!(Span::read(span.view(), &span.word()), Some(span));
        }

        #[test]
        fn spans_follow_each_other_without_a_gap(offset in 400_u64..72_000, view in 0_usize..3) {
            let span = Span::around(View::ALL[view], day("2000-01-01") + Days::new(offset));
            prop_assert_eq!(span.after().start(), span.end());
            prop_assert_eq!(span.before().end(), span.start());
            prop_assert_eq!(span.after().before(), span);
        }
    }
}
