//! Demand: what organisations would like their people to be taught, before there is a class of it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::courses::Audience;
use crate::organisations::OrganisationKind;
use crate::text::{paragraphs, whole_number};
use crate::{Faults, Refusal};

/// How many months ahead, this one among them, can be preferred.
pub const MONTHS_AHEAD: u32 = 12;

/// A month of a year. Written as `2019-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Month {
        Month { year: day.year(), month: day.month() }
    }

    /// The months that can be preferred on `today`: this one and those that follow.
    #[must_use]
    pub fn ahead(today: NaiveDate) -> Vec<Month> {
        (0..MONTHS_AHEAD).filter_map(|n| today.with_day(1)?.checked_add_months(Months::new(n))).map(Month::of).collect()
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, 1)
    }

    /// As people write it: `7/2019`.
    #[must_use]
    pub fn show(self) -> String {
        format!("{}/{}", self.month, self.year)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Month, Refusal> {
        let (year, month) = text.split_once('-').ok_or(Refusal::NotAChoice)?;
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            if plain { text.parse::<u32>().map_err(|_| Refusal::NotAChoice) } else { Err(Refusal::NotAChoice) }
        };
        let (year, month) = (number(year, 4)?, number(month, 2)?);
        let year = i32::try_from(year).map_err(|_| Refusal::NotAChoice)?;
        NaiveDate::from_ymd_opt(year, month, 1).map(Month::of).ok_or(Refusal::NotAChoice)
    }
}

/// Months as they are stored: in order, with blanks between.
#[must_use]
pub fn write_months(months: &BTreeSet<Month>) -> String {
    months.iter().map(Month::to_string).collect::<Vec<_>>().join(" ")
}

/// Months as they were stored; what is none is left out.
#[must_use]
pub fn read_months(stored: &str) -> BTreeSet<Month> {
    stored.split(' ').filter_map(|month| month.parse().ok()).collect()
}

/// What an organisation would like, once what was typed is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// For how many people, 1 to 1,000.
    pub people: i64,
    /// When it would suit; any time when it is empty.
    pub months: BTreeSet<Month>,
    /// Anything else.
    pub note: String,
}

/// What was typed of a wish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishForm {
    /// For how many people.
    pub people: String,
    /// The months that were ticked.
    pub months: Vec<String>,
    /// Anything else.
    pub note: String,
}

impl WishForm {
    /// The wish, or every fault of the form at once. Months can be preferred that lie ahead of `today`.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self, today: NaiveDate) -> Result<Wish, Faults> {
        let mut faults = Faults::default();
        let people = faults.take("people", whole_number(&self.people, 1, 1000));
        let offered = Month::ahead(today);
        let known = |month: &String| month.parse().ok().filter(|month| offered.contains(month)).ok_or(Refusal::NotAChoice);
        let months = faults.take("months", self.months.iter().map(known).collect::<Result<BTreeSet<Month>, Refusal>>());
        let note = faults.take("note", paragraphs(&self.note, 1000));
        match (people, months, note) {
            (Some(people), Some(months), Some(note)) => Ok(Wish { people, months, note }),
            _ => Err(faults),
        }
    }
}

words! {
    /// Where a wish stands.
    Standing {
        /// Nobody was enrolled since it was last said.
        Open = "open",
        /// People of the organisation were enrolled in a run of the course since it was last said.
        Met = "met",
    }
}

impl Standing {
    /// Where a wish stands when so many people of the organisation hold a live place in a run of the course, one that was
    /// not called off, that they took after the wish was last said. One is enough: how many more the organisation needs it
    /// knows best, and says by saying its wish again, which opens it.
    #[must_use]
    pub const fn of(enrolled_since: i64) -> Standing {
        if enrolled_since > 0 { Standing::Met } else { Standing::Open }
    }
}

/// Whether organisations of this kind can ask for a course that is for these people.
///
/// # Errors
/// [`Refusal::CourseForOthers`].
pub fn may_ask(kind: OrganisationKind, course: Audience) -> Result<(), Refusal> {
    if kind.belongs_to(course) { Ok(()) } else { Err(Refusal::CourseForOthers) }
}

/// How many people would like each of these months, by the months they prefer; who prefers several is counted in each.
#[must_use]
pub fn by_month<'w>(months: &[Month], wishes: impl Iterator<Item = (i64, &'w BTreeSet<Month>)>) -> Vec<i64> {
    let mut sums = vec![0; months.len()];
    for (people, preferred) in wishes {
        for (month, sum) in months.iter().zip(&mut sums) {
            if preferred.contains(month) {
                *sum += people;
            }
        }
    }
    sums
}

/// The month that most people would like, the earliest of several; none when nobody prefers any.
#[must_use]
pub fn best_month(months: &[Month], sums: &[i64]) -> Option<Month> {
    let most = sums.iter().copied().max().filter(|most| *most > 0)?;
    months.iter().zip(sums).find(|(_, sum)| **sum == most).map(|(month, _)| *month)
}

/// How strongly a number is shown beside the largest, 0 to 4: 0 for nobody, at least 1 for anybody.
#[must_use]
pub fn heat(number: i64, most: i64) -> i64 {
    if number <= 0 || most <= 0 { 0 } else { (number * 4 + most - 1) / most }.min(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_of_months_lies_ahead_from_any_day() {
        for (today, first, last) in
            [("2019-06-12", "2019-06", "2020-05"), ("2019-12-31", "2019-12", "2020-11"), ("2020-02-29", "2020-02", "2021-01")]
        {
            let ahead = Month::ahead(day(today));
            assert_eq!((ahead.len(), ahead[0], ahead[11]), (12, month(first), month(last)));
            assert!(ahead.is_sorted());
        }
        for text in ["", "2019", "2019-13", "2019-0", "2019-7", "19-07", "+019-07", "2019-07-01"] {
            assert_eq!(text.parse::<Month>(), Err(Refusal::NotAChoice), "{text}");
        }
        assert_eq!((month("2019-07").show(), month("2019-07").first_day()), ("7/2019".into(), Some(day("2019-07-01"))));
    }

    #[test]
    fn months_are_stored_in_order_each_once() {
        let months = BTreeSet::from([month("2019-11"), month("2019-07"), month("2020-01")]);
        assert_eq!(write_months(&months), "2019-07 2019-11 2020-01");
        assert_eq!(read_months(&write_months(&months)), months);
        assert_eq!(read_months(""), BTreeSet::new());
    }

    #[test]
    fn every_fault_of_a_wish_is_told_at_once() {
        let today = day("2019-06-12");
        let form = WishForm { people: "0".into(), months: vec!["2019-05".into()], note: "x".repeat(1001) };
        let fields: Vec<_> = form.parse(today).unwrap_err().0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["people", "months", "note"]);
        let form = WishForm { people: "5".into(), months: vec!["2020-05".into(), "2019-06".into()], note: " a ".into() };
        let wish = form.parse(today).unwrap();
        assert_eq!((wish.people, write_months(&wish.months).as_str(), wish.note.as_str()), (5, "2019-06 2020-05", "a"));
        assert!(form.parse(day("2019-07-01")).is_err(), "June is over");
        assert!(WishForm { months: vec![], ..form }.parse(day("2019-07-01")).unwrap().months.is_empty());
    }

    #[test]
    fn one_person_enrolled_meets_a_wish() {
        assert_eq!([Standing::of(0), Standing::of(1), Standing::of(9)], [Standing::Open, Standing::Met, Standing::Met]);
    }

    #[test]
    fn the_month_that_most_would_like_is_found() {
        let months = Month::ahead(day("2019-06-12"));
        let (june, july) = (BTreeSet::from([months[0]]), BTreeSet::from([months[0], months[1]]));
        let late = BTreeSet::from([months[11]]);
        let sums = by_month(&months, [(2, &june), (3, &july), (5, &late), (9, &BTreeSet::new())].into_iter());
        assert_eq!((sums[0], sums[1], sums[11], sums.iter().sum::<i64>()), (5, 3, 5, 13));
        assert_eq!(best_month(&months, &sums), Some(months[0]), "the earliest of those with as many");
        assert_eq!(best_month(&months, &[0; 12]), None);
    }

    #[test]
    fn heat_is_seen_as_soon_as_there_is_any() {
        let heats: Vec<_> = [0, 1, 25, 26, 50, 75, 76, 100].map(|number| heat(number, 100)).into();
        assert_eq!(heats, [0, 1, 1, 2, 2, 3, 4, 4]);
        assert_eq!((heat(3, 0), heat(200, 100)), (0, 4));
    }

    #[test]
    fn officers_ask_for_their_own_courses() {
        assert_eq!(may_ask(OrganisationKind::Cooperative, Audience::Organisations), Ok(()));
        assert_eq!(may_ask(OrganisationKind::StateBody, Audience::Everyone), Ok(()));
        assert_eq!(may_ask(OrganisationKind::StateBody, Audience::Organisations), Err(Refusal::CourseForOthers));
    }
}
