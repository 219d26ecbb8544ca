//! Completion: a decision with its inputs, made by the course's rule and kept.

use serde::{Deserialize, Serialize};

use crate::attendance::MarkStatus;
use crate::courses::CompletionRule;

words! {
    /// What was decided.
    Outcome {
        /// Hoàn thành.
        Completed = "completed",
        /// Chưa hoàn thành.
        NotCompleted = "not_completed",
    }
}

/// What a decision was made from, kept with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Inputs {
    /// Sessions of the run.
    pub sessions: i64,
    /// Sessions marked present.
    pub present: i64,
    /// Sessions marked late.
    pub late: i64,
    /// Sessions marked excused.
    pub excused: i64,
    /// Sessions marked absent.
    pub absent: i64,
}

impl Inputs {
    /// Counts the marks of one participant over `sessions` sessions.
    #[must_use]
    pub fn count(sessions: i64, marks: &[MarkStatus]) -> Inputs {
        let of = |status| marks.iter().filter(|mark| **mark == status).map(|_| 1).sum();
        Inputs {
            sessions,
            present: of(MarkStatus::Present),
            late: of(MarkStatus::Late),
            excused: of(MarkStatus::Excused),
            absent: of(MarkStatus::Absent),
        }
    }

    /// Sessions without any mark.
    #[must_use]
    pub fn unmarked(&self) -> i64 {
        self.sessions - self.present - self.late - self.excused - self.absent
    }

    /// Attendance in hundredths of a percent of the sessions, 0 when there are none.
    #[must_use]
    pub fn share(&self, rule: &CompletionRule) -> i64 {
        if self.sessions == 0 {
            return 0;
        }
        let counted = self.present * 100 + self.late * rule.late_counts + self.excused * rule.excused_counts;
        counted * 100 / self.sessions
    }

    /// What the rule says. A run without sessions completes nobody.
    #[must_use]
    pub fn decide(&self, rule: &CompletionRule) -> Outcome {
        // Compared as products, so that 80 % of 6 sessions is exactly 4.8 and not a rounded share.
        let counted = self.present * 100 + self.late * rule.late_counts + self.excused * rule.excused_counts;
        if self.sessions > 0 && counted >= rule.min_attendance * self.sessions {
            Outcome::Completed
        } else {
            Outcome::NotCompleted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULE: CompletionRule = CompletionRule { version: 1, min_attendance: 80, late_counts: 100, excused_counts: 0 };

    fn inputs(present: i64, late: i64, excused: i64, absent: i64) -> Inputs {
        Inputs { sessions: present + late + excused + absent, present, late, excused, absent }
    }

    #[test]
    fn the_share_of_sessions_decides() {
        for (case, outcome) in [
            (inputs(5, 0, 0, 0), Outcome::Completed),
            (inputs(4, 0, 0, 1), Outcome::Completed),
            (inputs(3, 1, 0, 1), Outcome::Completed),
            (inputs(3, 0, 1, 1), Outcome::NotCompleted),
            (inputs(4, 0, 0, 2), Outcome::NotCompleted),
            (inputs(0, 0, 0, 0), Outcome::NotCompleted),
        ] {
            assert_eq!(case.decide(&RULE), outcome, "{case:?}");
        }
        let half = CompletionRule { late_counts: 50, ..RULE };
        assert_eq!(inputs(3, 1, 0, 1).decide(&half), Outcome::NotCompleted);
        assert_eq!(inputs(3, 1, 0, 1).share(&half), 7000);
    }

    proptest! {
        #[test]
        fn being_there_more_never_hurts(present in 0..40i64, late in 0..10i64, excused in 0..10i64, absent in 1..40i64) {
            let before = inputs(present, late, excused, absent);
            let after = Inputs { present: present + 1, absent: absent - 1, ..before };
            prop_assert!(before.decide(&RULE) == Outcome::NotCompleted || after.decide(&RULE) == Outcome::Completed);
        }
    }
}
