//! What a reader asks of the calendar: a month, a narrower choice, a list or a grid.

use chrono::{Datelike as _, Months, NaiveDate};
use domain::courses::{Addressee, Topic};
use domain::ids::UnitId;
use operations::runs::Filter;

use crate::Form;

/// What is asked for. Whatever cannot be read is as if it had not been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The first day of the present month, which goes unsaid in addresses.
    pub this_month: NaiveDate,
    pub topic: Option<Topic>,
    pub audience: Option<Addressee>,
    pub unit: Option<UnitId>,
    pub as_grid: bool,
}

impl Asked {
    pub(super) fn read(form: &Form, today: NaiveDate) -> Asked {
        let this_month = first_of(today);
        let month = NaiveDate::parse_from_str(&format!("{}-01", form.get("month")), "%Y-%m-%d").ok();
        Asked {
            month: month.filter(|month| (2000..2200).contains(&month.year())).unwrap_or(this_month),
            this_month,
            topic: form.get("topic").parse().ok(),
            audience: form.get("audience").parse().ok(),
            unit: form.get("unit").parse().ok(),
            as_grid: form.get("view") == "grid",
        }
    }

    pub(super) fn filter(&self) -> Filter {
        Filter { from: self.month, to: self.other_month(1).month, topic: self.topic, audience: self.audience, unit: self.unit }
    }

    /// The same of the month before (-1) or after (1).
    pub(super) fn other_month(&self, step: i32) -> Asked {
        let months = Months::new(step.unsigned_abs());
        let moved = if step < 0 { self.month.checked_sub_months(months) } else { self.month.checked_add_months(months) };
        Asked { month: moved.unwrap_or(self.month), ..*self }
    }

    pub(super) fn of_month(&self, day: NaiveDate) -> Asked {
        Asked { month: first_of(day), ..*self }
    }

    /// Whether anything narrows the calendar.
    pub(super) fn is_narrow(&self) -> bool {
        self.topic.is_some() || self.audience.is_some() || self.unit.is_some()
    }

    /// Everything of the month, as a list or grid.
    pub(super) fn widened(&self) -> Asked {
        Asked { topic: None, audience: None, unit: None, ..*self }
    }

    /// The month as a browser's month field has it.
    pub(super) fn month_word(&self) -> String {
        self.month.format("%Y-%m").to_string()
    }

    /// The one address of this calendar.
    pub(super) fn path(&self) -> String {
        let month = (self.month != self.this_month).then(|| self.month_word());
        with_query("/calendar", &[("month", month), ("view", self.as_grid.then(|| "grid".to_owned()))], &self.narrowing())
    }

    /// The address of the feed with the same narrowing.
    pub(super) fn feed(&self) -> String {
        with_query("/calendar.ics", &[], &self.narrowing())
    }

    fn narrowing(&self) -> [(&'static str, Option<String>); 3] {
        [
            ("topic", self.topic.map(|topic| topic.to_string())),
            ("audience", self.audience.map(|audience| audience.to_string())),
            ("unit", self.unit.map(|unit| unit.to_string())),
        ]
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Every value is a word of ours, so nothing needs an escape.
fn with_query(path: &str, first: &[(&str, Option<String>)], then: &[(&str, Option<String>)]) -> String {
    let said = first.iter().chain(then).filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)));
    let query = said.collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_what_it_asks_are_one() {
        let today = "2019-06-12".parse().unwrap();
        let of = |query: &str| Asked::read(&Form::parse(query.as_bytes()), today);
        for query in ["", "month=2019-07", "audience=selected", "month=2018-12&view=grid&topic=market&audience=officers"] {
            let path = of(query).path();
            assert_eq!(path, if query.is_empty() { "/calendar".into() } else { format!("/calendar?{query}") });
        }
        for query in ["month=2019-06", "month=x&topic=y&unit=z&audience=everyone&view=list", "month=9999-01"] {
            assert_eq!(of(query).path(), "/calendar", "{query}");
        }
        assert_eq!(of("month=2019-12").other_month(1).path(), "/calendar?month=2020-01");
        assert_eq!(of("month=2019-07&topic=market").feed(), "/calendar.ics?topic=market");
        let filter = of("month=2019-02").filter();
        assert_eq!((filter.from, filter.to), ("2019-02-01".parse().unwrap(), "2019-03-01".parse().unwrap()));
    }
}
