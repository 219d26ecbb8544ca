//! Completion: a decision with its inputs, made by the course's rule and kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::attendance::MarkStatus;
use crate::courses::CompletionRule;
use crate::ids::{EnrolmentId, RunId};
use crate::runs::RunState;
use crate::{Refusal, text};

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

    /// Sessions without any mark. They count like absence, and stay told from it.
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

/// What a decision rests on, kept with it as it was: the counted marks and the rule itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The counted marks.
    pub inputs: Inputs,
    /// The rule of the course.
    pub rule: CompletionRule,
}

impl Basis {
    /// What follows from it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.inputs.decide(&self.rule)
    }
}

/// Another outcome than the rule gives, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Whose outcome.
    pub enrolment: EnrolmentId,
    /// What holds instead.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
}

/// The most characters of a reason.
pub const REASON_LIMIT: usize = 500;

impl Override {
    /// The reason as it is stored.
    ///
    /// # Errors
    /// [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
    pub fn clean_reason(&self) -> Result<String, Refusal> {
        let reason = text::normalise(&self.reason);
        match reason.chars().count() {
            0 => Err(Refusal::ReasonMissing),
            1..=REASON_LIMIT => Ok(reason),
            _ => Err(Refusal::TooLong { limit: REASON_LIMIT }),
        }
    }
}

/// Closes a run.
#[derive(Debug, Clone)]
pub struct CloseCommand {
    /// The run.
    pub run: RunId,
    /// Outcomes other than those of the rule.
    pub overrides: Vec<Override>,
    /// Whether missing marks may stay missing, and count like absence.
    pub accept_unmarked_as_absent: bool,
    /// The fingerprint of the decisions that were shown.
    pub seen: String,
}

/// Whether a run whose last session ends at `ends` can be closed.
///
/// # Errors
/// [`Refusal::NotPublished`], [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::NotEnded`].
pub fn may_close(state: RunState, ends: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Refusal> {
    match (state, ends) {
        (RunState::Draft, _) => Err(Refusal::NotPublished),
        (RunState::Cancelled, _) => Err(Refusal::RunCancelled),
        (RunState::Closed, _) => Err(Refusal::RunClosed),
        (RunState::Published, None) => Err(Refusal::NoSession),
        (RunState::Published, Some(ends)) if now < ends => Err(Refusal::NotEnded { last: crate::time::local_day(ends) }),
        (RunState::Published, Some(_)) => Ok(()),
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

    #[test]
    fn a_run_is_closed_once_it_has_ended() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let ends = at("2019-07-02T10:00:00Z");
        assert_eq!(may_close(RunState::Published, Some(ends), ends), Ok(()));
        let last = "2019-07-02".parse().unwrap();
        assert_eq!(may_close(RunState::Published, Some(ends), at("2019-07-02T09:59:59Z")), Err(Refusal::NotEnded { last }));
        assert_eq!(may_close(RunState::Published, None, ends), Err(Refusal::NoSession));
        for (state, refusal) in [
            (RunState::Draft, Refusal::NotPublished),
            (RunState::Cancelled, Refusal::RunCancelled),
            (RunState::Closed, Refusal::RunClosed),
        ] {
            assert_eq!(may_close(state, Some(ends), ends), Err(refusal));
        }
    }

    #[test]
    fn an_override_needs_its_reason() {
        let reason = |reason: &str| {
            Override { enrolment: EnrolmentId(uuid::Uuid::nil()), outcome: Outcome::Completed, reason: reason.into() }
                .clean_reason()
        };
        assert_eq!(reason(" \t"), Err(Refusal::ReasonMissing));
        assert_eq!(reason(" Học bù "), Ok("Học bù".into()));
        assert_eq!(reason(&"a".repeat(501)), Err(Refusal::TooLong { limit: REASON_LIMIT }));
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
