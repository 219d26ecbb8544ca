//! Marks on their way from a screen to the office: kept until the office has answered for each.
//!
//! A mark that was tried keeps its nonce and what its maker had seen, and is sent again just so: an answer that was lost
//! on the way must not turn one mark into two, nor a retry into a conflict with itself. A mark that was not tried yet
//! is replaced by a newer one for the same person.

use std::collections::VecDeque;

use domain::attendance::NewMark;
use domain::ids::{EnrolmentId, MarkId};

/// The most marks sent at once.
const BATCH: usize = 100;

/// Marks that the office has not answered for.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// Made, not tried: at most one for each person.
    waiting: Vec<NewMark>,
    /// Tried at least once, oldest first.
    tried: VecDeque<NewMark>,
    /// How many of `tried` are on the way now.
    on_the_way: usize,
    /// After a refusal marks go one by one, so that a bad one does not hold up the others.
    is_careful: bool,
}

impl Queue {
    /// Takes in a mark that was just made.
    pub(super) fn made(&mut self, mark: NewMark) {
        self.waiting.retain(|other| other.enrolment != mark.enrolment);
        self.waiting.push(mark);
    }

    /// How many marks the office has not answered for.
    pub(super) fn unsent(&self) -> usize {
        self.waiting.len() + self.tried.len()
    }

    /// Whether a mark of this person was made and not yet answered for.
    pub(super) fn holds(&self, enrolment: EnrolmentId) -> bool {
        self.waiting.iter().chain(&self.tried).any(|mark| mark.enrolment == enrolment)
    }

    /// What to send now; none while something is on the way, or when there is nothing. `seen` says which mark the screen
    /// shows for a person.
    pub(super) fn next(&mut self, seen: impl Fn(EnrolmentId) -> Option<MarkId>) -> Option<Vec<NewMark>> {
        if self.on_the_way > 0 {
            return None;
        }
        if self.tried.is_empty() {
            let ready = self.waiting.drain(..self.waiting.len().min(BATCH));
            self.tried.extend(ready.map(|mark| NewMark { seen: seen(mark.enrolment), ..mark }));
        }
        self.on_the_way = if self.is_careful { self.tried.len().min(1) } else { self.tried.len() };
        (self.on_the_way > 0).then(|| self.tried.iter().take(self.on_the_way).cloned().collect())
    }

    /// The office answered: what was on the way is done.
    pub(super) fn answered(&mut self) {
        self.tried.drain(..self.on_the_way);
        self.on_the_way = 0;
        self.is_careful &= !self.tried.is_empty();
    }

    /// The line or the office failed: what was on the way is sent again.
    pub(super) fn failed(&mut self) {
        self.on_the_way = 0;
    }

    /// The office refused. Of several marks each is tried alone; one that was alone is given up and returned.
    pub(super) fn refused(&mut self) -> Option<NewMark> {
        let alone = self.on_the_way == 1;
        self.on_the_way = 0;
        self.is_careful = true;
        if alone { self.tried.pop_front() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attendance::MarkStatus;
    use uuid::Uuid;

    fn mark(person: u128, status: MarkStatus, nonce: &str) -> NewMark {
        let enrolment = EnrolmentId(Uuid::from_u128(person));
        NewMark { enrolment, status, note: None, nonce: nonce.into(), client_time: None, seen: None }
    }

    fn nonces(marks: Option<Vec<NewMark>>) -> Vec<String> {
        marks.into_iter().flatten().map(|mark| mark.nonce).collect()
    }

    #[test]
    fn a_lost_answer_makes_neither_two_marks_nor_a_conflict() {
        let mut queue = Queue::default();
        queue.made(mark(1, MarkStatus::Present, "a"));
        queue.made(mark(1, MarkStatus::Late, "b"));
        assert_eq!(nonces(queue.next(|_| None)), ["b"], "one that was not tried is replaced");
        queue.made(mark(1, MarkStatus::Absent, "c"));
        assert_eq!(queue.next(|_| None), None, "one at a time");
        queue.failed();
        assert_eq!(nonces(queue.next(|_| None)), ["b"], "one that was tried is sent again, the same");
        queue.answered();
        let known = MarkId(Uuid::from_u128(9));
        let last = queue.next(|_| Some(known)).unwrap();
        assert_eq!((last[0].nonce.as_str(), last[0].seen), ("c", Some(known)), "seen is what the answer said");
        assert!(queue.holds(last[0].enrolment));
        queue.answered();
        assert_eq!(queue.unsent(), 0);
    }

    #[test]
    fn a_refused_mark_does_not_hold_up_the_others() {
        let mut queue = Queue::default();
        for (person, nonce) in [(1, "a"), (2, "bad"), (3, "c")] {
            queue.made(mark(person, MarkStatus::Present, nonce));
        }
        assert_eq!(nonces(queue.next(|_| None)), ["a", "bad", "c"]);
        assert_eq!(queue.refused(), None);
        assert_eq!(nonces(queue.next(|_| None)), ["a"]);
        queue.answered();
        assert_eq!(nonces(queue.next(|_| None)), ["bad"]);
        assert_eq!(queue.refused().map(|mark| mark.nonce).as_deref(), Some("bad"));
        assert_eq!(nonces(queue.next(|_| None)), ["c"]);
        queue.answered();
        assert_eq!((queue.unsent(), queue.next(|_| None)), (0, None));
    }
}
