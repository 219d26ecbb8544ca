//! Seats: whether a run takes more people.

use chrono::{DateTime, NaiveDate, Utc};

use crate::Refusal;
use crate::courses::Audience;
use crate::organisations::OrganisationKind;
use crate::runs::RunState;
use crate::time::end_of;

/// The first instant at which seats of a run are kept for nobody any more, by whatever was promised or offered: its last day
/// for enrolling is over, or its first session, if it has one, has begun.
#[must_use]
pub fn keeping_ends(deadline: NaiveDate, begins: Option<DateTime<Utc>>) -> DateTime<Utc> {
    begins.map_or(end_of(deadline), |begins| begins.min(end_of(deadline)))
}

/// What decides whether a run takes more people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// Where the run stands.
    pub state: RunState,
    /// Whom it is for.
    pub audience: Audience,
    /// The last day on which one can enrol.
    pub deadline: NaiveDate,
    /// Seats in all.
    pub capacity: i64,
    /// Seats taken.
    pub taken: i64,
    /// Seats kept for others: promised with a name to come, or held by an offer.
    pub kept: i64,
}

impl Seats {
    /// Whether people of an organisation may enrol at all on `today`.
    ///
    /// # Errors
    /// [`Refusal::NotPublished`], [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::DeadlinePassed`],
    /// [`Refusal::WrongAudience`].
    pub fn open_to(&self, kind: OrganisationKind, today: NaiveDate) -> Result<(), Refusal> {
        self.open_now(today)?;
        if kind.belongs_to(self.audience) { Ok(()) } else { Err(Refusal::WrongAudience) }
    }

    /// Whether anybody at all may enrol on `today`.
    ///
    /// # Errors
    /// [`Refusal::NotPublished`], [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::DeadlinePassed`].
    pub fn open_now(&self, today: NaiveDate) -> Result<(), Refusal> {
        match self.state {
            RunState::Draft => return Err(Refusal::NotPublished),
            RunState::Cancelled => return Err(Refusal::RunCancelled),
            RunState::Closed => return Err(Refusal::RunClosed),
            RunState::Published => {}
        }
        if today > self.deadline {
            return Err(Refusal::DeadlinePassed { deadline: self.deadline });
        }
        Ok(())
    }

    /// Seats that are nobody's. For one's own organisation there may be more: see [`super::Ledger::seats_for`].
    #[must_use]
    pub const fn left(&self) -> i64 {
        let left = self.capacity - self.taken - self.kept;
        if left > 0 { left } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(state: RunState, taken: i64) -> Seats {
        Seats { state, audience: Audience::Organisations, deadline: "2019-07-01".parse().unwrap(), capacity: 40, taken, kept: 0 }
    }

    #[test]
    fn seats_are_kept_until_the_deadline_is_over_or_the_class_begins() {
        let deadline: NaiveDate = "2019-07-01".parse().unwrap();
        let hours = |hours| end_of(deadline) + chrono::Duration::hours(hours);
        for (begins, expected) in [(None, 0), (Some(9), 0), (Some(0), 0), (Some(-16), -16), (Some(-40), -40)] {
            assert_eq!(keeping_ends(deadline, begins.map(hours)), hours(expected), "{begins:?}");
        }
    }

    #[test]
    fn what_is_kept_for_others_is_not_left() {
        let left = |taken, kept| Seats { kept, ..seats(RunState::Published, taken) }.left();
        assert_eq!((left(38, 0), left(30, 8), left(30, 10), left(41, 0)), (2, 2, 0, 0));
    }

    #[test]
    fn state_deadline_and_audience_hold() {
        let on = |day: &str| day.parse::<NaiveDate>().unwrap();
        let open = seats(RunState::Published, 0);
        assert_eq!(open.open_to(OrganisationKind::Household, on("2019-07-01")), Ok(()));
        assert_eq!(
            open.open_to(OrganisationKind::Household, on("2019-07-02")),
            Err(Refusal::DeadlinePassed { deadline: on("2019-07-01") })
        );
        assert_eq!(open.open_to(OrganisationKind::StateBody, on("2019-07-01")), Err(Refusal::WrongAudience));
        for (state, refusal) in [
            (RunState::Draft, Refusal::NotPublished),
            (RunState::Cancelled, Refusal::RunCancelled),
            (RunState::Closed, Refusal::RunClosed),
        ] {
            assert_eq!(seats(state, 0).open_to(OrganisationKind::Household, on("2019-07-01")), Err(refusal));
        }
    }
}
