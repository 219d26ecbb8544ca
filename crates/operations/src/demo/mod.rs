//! Demonstration data: an invented half-year of the province's training and selection, made through the same operations that people
//! use, by an office whose clock is moved from day to day. What it leaves is what six weeks of work would leave, so
//! `doctor` finds nothing in it.

mod approvals;
mod calendars;
mod clerk;
mod door;
mod doubles;
mod forms;
mod house;
mod lists;
mod plan;
mod products;
mod registers;
mod rosters;
mod seats;
mod selected;
mod story;
mod typed;
mod wishes;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::Refusal;

use crate::{Clock, Office, Outcome};

/// Fills an empty house.
///
/// # Errors
/// [`Refusal::AlreadyExists`] when there are people in it; [`crate::Failure`] of the operations it is made with.
pub async fn fill(office: &Office) -> Outcome<()> {
    let mut records = office.database.read().await?;
    if store::people::count(&mut records).await? > 0 {
        return Err(Refusal::AlreadyExists.into());
    }
    drop(records);
    let clock = MovedClock(Arc::new(Mutex::new(office.now())));
    let past = Past { today: office.today(), office: office.at(Arc::new(clock.clone())), clock };
    let people = house::build(&past).await?;
    forms::districts(&past, &people).await?;
    forms::communes(&past, &people).await?;
    registers::places(&past, &people).await?;
    let plan = plan::write(&past, &people).await?;
    wishes::ask(&past, &people).await?;
    story::tell(&past, &people, &plan).await?;
    door::tell(&past, &people).await?;
    calendars::tell(&past, &people).await?;
    selected::train(&past, &people, &plan).await?;
    wishes::invite(&past, &people).await?;
    doubles::enter(&past, &people).await?;
    seats::keep(&past, &people).await?;
    approvals::tell(&past, &people).await?;
    registers::keep(&past, &people).await?;
    rosters::send(&past, &people).await
}

/// A clock that is moved by hand.
#[derive(Debug, Clone)]
struct MovedClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The office as it was, and the day from which days are counted.
struct Past {
    office: Office,
    clock: MovedClock,
    today: NaiveDate,
}

impl Past {
    /// The local day `days` from today.
    fn day(&self, days: i64) -> NaiveDate {
        self.today + chrono::TimeDelta::days(days)
    }

    /// Moves the clock to nine in the evening of the day `days` from today, when the sessions of that day are over.
    fn go(&self, days: i64) {
        self.go_to(self.day(days));
    }

    /// Moves the clock to nine in the evening of a day.
    fn go_to(&self, day: NaiveDate) {
        let evening = NaiveTime::from_hms_opt(21, 0, 0).unwrap_or(NaiveTime::MIN);
        *self.clock.0.lock().unwrap_or_else(PoisonError::into_inner) = domain::time::instant(day, evening);
    }
}
