//! The waiting list of a run, and what is offered to those on it.

use chrono::{DateTime, Duration, Utc};

use crate::Refusal;
use crate::text::{paragraphs, whole_number};
use crate::{Faults, accounts};

/// How long an offer holds a seat.
pub const OFFER_LASTS: Duration = Duration::hours(48);

/// The largest priority. Nobody has more than 0 until a planner says so.
pub const PRIORITIES: i64 = 9;

/// The most characters of a reason.
pub const REASON_LIMIT: usize = 500;

words! {
    /// How somebody left the waiting list.
    Departure {
        /// They have a place.
        Placed = "placed",
        /// They, or whoever answers for them, took their name off.
        Withdrawn = "withdrawn",
        /// They declined the seat they were offered.
        Declined = "declined",
        /// They did not answer in time.
        Expired = "expired",
    }
}

words! {
    /// What became of an offer.
    Answer {
        /// The seat was taken.
        Accepted = "accepted",
        /// The seat was declined.
        Declined = "declined",
        /// Nobody answered in time.
        Expired = "expired",
        /// The person left the list, or got a place another way.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// The way on which an offer was answered.
    Way {
        /// By the link of a letter.
        Link = "link",
        /// By the code, typed or read over the telephone.
        Code = "code",
        /// On a screen of somebody who is signed in.
        Screen = "screen",
    }
}

/// The first instant at which an offer made now holds no more: none is made once seats of the run are kept for nobody any
/// more, which `ends` is the first instant of ([`crate::enrolments::keeping_ends`]).
#[must_use]
pub fn expires(now: DateTime<Utc>, ends: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (now < ends).then(|| ends.min(now + OFFER_LASTS))
}

/// A short code out of a secret: eight letters and digits that are hard to misread, in two groups.
#[must_use]
pub fn short_code(secret: &str) -> String {
    let code: String = accounts::slip_code(secret).chars().take(8).collect();
    let (first, second) = code.split_at(code.len() / 2);
    format!("{first}-{second}")
}

/// Who comes before those who came earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// 0 to [`PRIORITIES`]; the larger comes first.
    pub priority: i64,
    /// Why.
    pub reason: String,
}

impl Priority {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Faults of `priority` and `reason`.
    pub fn parse(priority: &str, reason: &str) -> Result<Priority, Faults> {
        let mut faults = Faults::default();
        let priority = faults.take("priority", whole_number(priority, 0, PRIORITIES));
        let reason = faults.take("reason", given(reason));
        match (priority, reason) {
            (Some(priority), Some(reason)) => Ok(Priority { priority, reason }),
            _ => Err(faults),
        }
    }
}

/// A reason that says something.
///
/// # Errors
/// [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub fn given(reason: &str) -> Result<String, Refusal> {
    let reason = paragraphs(reason, REASON_LIMIT)?;
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrolments::keeping_ends;
    use crate::time::end_of;

    fn at(day: &str, hour: i64) -> DateTime<Utc> {
        end_of(day.parse().unwrap()) - Duration::days(1) + Duration::hours(hour)
    }

    #[test]
    fn an_offer_lasts_two_days_and_never_beyond_the_deadline_or_into_the_class() {
        let deadline = "2019-07-01".parse().unwrap();
        let later = Some(at("2019-07-03", 8));
        let that_day = Some(at("2019-07-01", 9));
        for (now, begins, expected) in [
            (at("2019-06-12", 8), later, Some(at("2019-06-14", 8))),
            (at("2019-06-30", 8), later, Some(at("2019-07-02", 0))),
            (at("2019-07-01", 23), later, Some(at("2019-07-02", 0))),
            (at("2019-07-02", 0), later, None),
            (at("2019-06-30", 8), that_day, Some(at("2019-07-01", 9))),
            (at("2019-07-01", 8), that_day, Some(at("2019-07-01", 9))),
            (at("2019-07-01", 9), that_day, None),
        ] {
            assert_eq!(expires(now, keeping_ends(deadline, begins)), expected, "{now} {begins:?}");
        }
    }

    #[test]
    fn a_code_is_short_and_read_however_it_is_typed() {
        let code = short_code("k7m29xqa000000000000000000");
        assert_eq!(code, "k7m2-9xqa");
        assert_eq!(accounts::slip_code(" K7M2 9xqA "), accounts::slip_code(&code));
    }

    #[test]
    fn a_priority_says_why() {
        let fields = |faults: Faults| faults.0.into_iter().map(|fault| fault.field).collect::<Vec<_>>();
        assert_eq!(fields(Priority::parse("10", " ").unwrap_err()), ["priority", "reason"]);
        assert_eq!(fields(Priority::parse("-1", "Xa").unwrap_err()), ["priority"]);
        assert_eq!(Priority::parse("3", "Hộ nghèo").unwrap(), Priority { priority: 3, reason: "Hộ nghèo".into() });
    }
}
