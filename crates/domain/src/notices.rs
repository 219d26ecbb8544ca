//! Letters in the outbox: when one that could not be sent is tried again.

use chrono::Duration;

/// How long to wait after the `attempt`th failure (the first is 1); none when it is time to give up, after three days.
#[must_use]
pub fn retry_after(attempt: i64) -> Option<Duration> {
    match attempt {
        ..=1 => Some(Duration::minutes(1)),
        2 => Some(Duration::minutes(5)),
        3 => Some(Duration::minutes(30)),
        4 => Some(Duration::hours(2)),
        5 => Some(Duration::hours(6)),
        6..=10 => Some(Duration::hours(12)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_for_three_days() {
        let waits: Vec<Duration> = (1..).map_while(retry_after).collect();
        assert!(waits.is_sorted());
        let total: Duration = waits.iter().sum();
        assert!(Duration::hours(60) < total && total < Duration::hours(72), "{total}");
        assert_eq!(retry_after(waits.len() as i64 + 1), None);
    }
}
