//! What was delivered of the plan, and sums of it.

use std::ops::AddAssign;

/// What was delivered of a line, or of several.
///
/// A run counts for the line it was made from, wherever and whenever it was held in the end. It is *held* once it is
/// published, not called off, and its last session is over. Its *participants* are the places that were not withdrawn of
/// people who were marked present or late at least once, or who completed it all the same (an override may say so); who
/// comes to two runs counts twice, as plans count. *Completed* are those of them whose completion was decided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Runs made from the line and not called off: drafts, those to come, and those that were held.
    pub made: i64,
    /// Runs that were held.
    pub held: i64,
    /// Participants of the runs that were held.
    pub participants: i64,
    /// How many of them completed their run.
    pub completed: i64,
}

impl AddAssign for Delivered {
    fn add_assign(&mut self, other: Delivered) {
        self.made += other.made;
        self.held += other.held;
        self.participants += other.participants;
        self.completed += other.completed;
    }
}

/// What several lines plan, beside what was delivered of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many lines.
    pub lines: i64,
    /// Planned runs.
    pub runs: i64,
    /// Planned participants.
    pub participants: i64,
    /// Planned money, đồng.
    pub budget: i64,
    /// What was delivered.
    pub delivered: Delivered,
}

impl Sum {
    /// Takes in one more line.
    pub fn add(&mut self, (runs, participants, budget): (i64, i64, i64), delivered: Delivered) {
        self.lines += 1;
        self.runs += runs;
        self.participants += participants;
        self.budget += budget;
        self.delivered += delivered;
    }

    /// The share of planned participants that took part, in percent, rounded down; more than 100 when more came than were
    /// planned, none when nobody was.
    #[must_use]
    pub const fn percent(&self) -> Option<i64> {
        if self.participants > 0 { Some(self.delivered.participants * 100 / self.participants) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_take_in_every_line() {
        let mut sum = Sum::default();
        assert_eq!(sum.percent(), None);
        sum.add((2, 80, 1_000_000), Delivered { made: 2, held: 1, participants: 39, completed: 30 });
        sum.add((1, 40, 0), Delivered { made: 1, held: 1, participants: 45, completed: 45 });
        let delivered = Delivered { made: 3, held: 2, participants: 84, completed: 75 };
        assert_eq!(sum, Sum { lines: 2, runs: 3, participants: 120, budget: 1_000_000, delivered });
        assert_eq!(sum.percent(), Some(70));
    }
}
