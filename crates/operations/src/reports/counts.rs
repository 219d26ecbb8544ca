//! The numbers of a board.

use domain::requirements::Standing;

/// How many stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All of them.
    pub subjects: i64,
    /// Completed everything that is required.
    pub completed: i64,
    /// Have a place for everything that they have not completed.
    pub on_the_way: i64,
    /// Lack something without having a place for it.
    pub missing: i64,
    /// Of those that have not completed everything, how many are past a deadline.
    pub overdue: i64,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, standing: Standing, is_overdue: bool) {
        self.subjects += 1;
        match standing {
            Standing::Completed => self.completed += 1,
            Standing::OnTheWay => self.on_the_way += 1,
            Standing::Missing => self.missing += 1,
        }
        self.overdue += i64::from(is_overdue);
    }

    /// The share that completed everything, in percent, rounded down so that 100 means all; none when there is nobody.
    #[must_use]
    pub fn percent(&self) -> Option<i64> {
        (self.subjects > 0).then(|| self.completed * 100 / self.subjects)
    }
}
