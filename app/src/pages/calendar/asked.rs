//! What a reader asks of a calendar: which days, looked at how, and narrowed to what.

use chrono::NaiveDate;
use domain::calendar::{Part, Span, View};
use domain::courses::{Addressee, Topic};
use domain::ids::{PersonId, UnitId, VenueId};
use operations::calendar::Filter;

use crate::Form;

/// What is asked for. Whatever cannot be read is as if it had not been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whether it is somebody's own calendar, which is narrowed by [`Asked::part`] alone.
    pub is_own: bool,
    pub span: Span,
    /// The present day: the span around it goes unsaid in addresses.
    pub today: NaiveDate,
    pub topic: Option<Topic>,
    pub audience: Option<Addressee>,
    pub unit: Option<UnitId>,
    pub venue: Option<VenueId>,
    pub trainer: Option<PersonId>,
    pub part: Option<Part>,
}

impl Asked {
    /// What is asked of the public calendar.
    pub(super) fn read(form: &Form, today: NaiveDate) -> Asked {
        Asked {
            topic: form.get("topic").parse().ok(),
            audience: form.get("audience").parse().ok(),
            unit: form.get("unit").parse().ok(),
            venue: form.get("venue").parse().ok(),
            trainer: form.get("trainer").parse().ok(),
            ..Asked::plain(form, today, false)
        }
    }

    /// What is asked of somebody's own calendar.
    pub(super) fn read_own(form: &Form, today: NaiveDate) -> Asked {
        Asked { part: form.get("part").parse().ok(), ..Asked::plain(form, today, true) }
    }

    fn plain(form: &Form, today: NaiveDate, is_own: bool) -> Asked {
        let view = form.get("view").parse().unwrap_or(View::Agenda);
        let span = Span::read(view, form.get(field(view))).unwrap_or_else(|| Span::around(view, today));
        Asked { is_own, span, today, topic: None, audience: None, unit: None, venue: None, trainer: None, part: None }
    }

    pub(super) fn filter(&self) -> Filter {
        self.filter_between(self.span.start(), self.span.end())
    }

    /// The same narrowing of other days.
    pub(super) fn filter_between(&self, from: NaiveDate, to: NaiveDate) -> Filter {
        let Asked { topic, audience, unit, venue, trainer, .. } = *self;
        Filter { from, to, topic, audience, unit, venue, trainer }
    }

    pub(super) fn at(&self, span: Span) -> Asked {
        Asked { span, ..*self }
    }

    /// The same looked at in another way.
    pub(super) fn seen_as(&self, view: View) -> Asked {
        self.at(self.span.seen_as(view, self.today))
    }

    /// The same around a day.
    pub(super) fn around(&self, day: NaiveDate) -> Asked {
        self.at(Span::around(self.span.view(), day))
    }

    /// Whether anything narrows it.
    pub(super) fn is_narrow(&self) -> bool {
        self.narrowing().iter().any(|(_, value)| value.is_some())
    }

    /// Everything of the same days.
    pub(super) fn widened(&self) -> Asked {
        Asked { topic: None, audience: None, unit: None, venue: None, trainer: None, part: None, ..*self }
    }

    /// The one address of this calendar.
    pub(super) fn path(&self) -> String {
        let view = self.span.view();
        let is_now = self.span == Span::around(view, self.today);
        let first =
            [(field(view), (!is_now).then(|| self.span.word())), ("view", (view != View::Agenda).then(|| view.to_string()))];
        with_query(if self.is_own { "/my/calendar" } else { "/calendar" }, &first, &self.narrowing())
    }

    /// The address of the feed with the same narrowing.
    pub(super) fn feed(&self) -> String {
        with_query("/calendar.ics", &[], &self.narrowing())
    }

    fn narrowing(&self) -> [(&'static str, Option<String>); 6] {
        [
            ("topic", self.topic.map(|topic| topic.to_string())),
            ("audience", self.audience.map(|audience| audience.to_string())),
            ("unit", self.unit.map(|unit| unit.to_string())),
            ("venue", self.venue.map(|venue| venue.to_string())),
            ("trainer", self.trainer.map(|trainer| trainer.to_string())),
            ("part", self.part.map(|part| part.to_string())),
        ]
    }
}

/// The field that names the days of a view.
pub(super) fn field(view: View) -> &'static str {
    if view == View::Week { "week" } else { "month" }
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
        let venue = "venue=00000000-0000-7000-8000-000000000001&trainer=00000000-0000-7000-8000-000000000002";
        for query in [
            "",
            "month=2019-07",
            "audience=selected",
            "view=week",
            "week=2019-W27&view=week",
            "month=2018-12&view=month&topic=market&audience=officers",
            venue,
        ] {
            let path = of(query).path();
            assert_eq!(path, if query.is_empty() { "/calendar".into() } else { format!("/calendar?{query}") });
        }
        for query in [
            "month=2019-06",
            "month=x&topic=y&unit=z&venue=x&trainer=y&audience=everyone&view=list",
            "month=9999-01",
            "part=unit",
        ] {
            assert_eq!(of(query).path(), "/calendar", "{query}");
        }
        assert_eq!(of("week=2019-W24&view=week").path(), "/calendar?view=week", "the present week goes unsaid");
        assert_eq!(of("month=2019-07&view=week").path(), "/calendar?view=week", "a month is no week");
        let december = of("month=2019-12");
        assert_eq!(december.at(december.span.after()).path(), "/calendar?month=2020-01");
        assert_eq!(of("month=2019-07&topic=market").seen_as(View::Week).path(), "/calendar?week=2019-W27&view=week&topic=market");
        assert_eq!(of("month=2019-07&topic=market").feed(), "/calendar.ics?topic=market");
        let filter = of("month=2019-02").filter();
        assert_eq!((filter.from, filter.to), ("2019-02-01".parse().unwrap(), "2019-03-01".parse().unwrap()));
        let own = |query: &str| Asked::read_own(&Form::parse(query.as_bytes()), today).path();
        assert_eq!(own("view=month&part=teaching&topic=market"), "/my/calendar?view=month&part=teaching");
        assert_eq!(own(""), "/my/calendar");
    }
}
