//! Seats: whether a run takes more people.

use chrono::NaiveDate;

use crate::Refusal;
use crate::courses::Audience;
use crate::organisations::OrganisationKind;
use crate::runs::RunState;

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
    /// Seats taken, counted under the lock.
    pub taken: i64,
}

impl Seats {
    /// Whether people of an organisation may enrol at all on `today`.
    ///
    /// # Errors
    /// [`Refusal::NotPublished`], [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::DeadlinePassed`],
    /// [`Refusal::WrongAudience`].
    pub fn open_to(&self, kind: OrganisationKind, today: NaiveDate) -> Result<(), Refusal> {
        match self.state {
            RunState::Draft => return Err(Refusal::NotPublished),
            RunState::Cancelled => return Err(Refusal::RunCancelled),
            RunState::Closed => return Err(Refusal::RunClosed),
            RunState::Published => {}
        }
        if today > self.deadline {
            return Err(Refusal::DeadlinePassed { deadline: self.deadline });
        }
        if kind.belongs_to(self.audience) { Ok(()) } else { Err(Refusal::WrongAudience) }
    }

    /// Whether `asked` more people fit.
    ///
    /// # Errors
    /// [`Refusal::Full`].
    pub fn take(&self, asked: i64) -> Result<(), Refusal> {
        let left = (self.capacity - self.taken).max(0);
        if asked <= left { Ok(()) } else { Err(Refusal::Full { left, asked }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(state: RunState, taken: i64) -> Seats {
        Seats { state, audience: Audience::Organisations, deadline: "2019-07-01".parse().unwrap(), capacity: 40, taken }
    }

    #[test]
    fn seats_are_taken_up_to_the_last_and_no_further() {
        assert_eq!(seats(RunState::Published, 38).take(2), Ok(()));
        assert_eq!(seats(RunState::Published, 39).take(2), Err(Refusal::Full { left: 1, asked: 2 }));
        assert_eq!(seats(RunState::Published, 41).take(1), Err(Refusal::Full { left: 0, asked: 1 }));
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
