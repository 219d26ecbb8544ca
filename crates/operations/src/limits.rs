//! How often something may be tried: a burst, then one try in a while. Kept in memory, by the clock of the office.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Refusal;

/// Above so many keys those that are at rest are forgotten.
const KEYS: usize = 10_000;

/// A limit on tries, each kept apart by its key: `burst` at once, then one in `every`.
#[derive(Debug)]
pub struct Limit {
    burst: i32,
    every: TimeDelta,
    /// By key, the instant at which its burst is whole again.
    rests_at: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Limit {
    /// A limit nobody has met yet.
    #[must_use]
    pub fn new(burst: i32, every: TimeDelta) -> Limit {
        Limit { burst, every, rests_at: Mutex::new(HashMap::new()) }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// [`Refusal::TooManyAttempts`], and the try is not counted.
    pub fn take(&self, key: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let mut rests_at = self.rests_at.lock().unwrap_or_else(PoisonError::into_inner);
        if rests_at.len() > KEYS {
            rests_at.retain(|_, at| *at > now);
        }
        let from = rests_at.get(key).copied().unwrap_or(now).max(now);
        let wait = from - now - self.every * (self.burst - 1);
        if wait > TimeDelta::zero() {
            let seconds = u64::try_from(wait.num_milliseconds()).unwrap_or(0).div_ceil(1000);
            return Err(Refusal::TooManyAttempts { seconds });
        }
        rests_at.insert(key.to_owned(), from + self.every);
        Ok(())
    }

    /// Gives a try back: it turned out to be rightful, and a hall of officers behind one address is no attack.
    pub fn give_back(&self, key: &str) {
        let mut rests_at = self.rests_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = rests_at.get_mut(key) {
            *at -= self.every;
        }
    }
}

/// The limits of one office.
#[derive(Debug)]
pub struct Limits {
    /// On guesses from one address: ten, then ten a minute.
    pub by_address: Limit,
    /// On guesses at one account: five, then one in half a minute.
    pub by_name: Limit,
    /// On look-ups of certificates from one address: thirty, then thirty a minute.
    pub look_ups: Limit,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            by_address: Limit::new(10, TimeDelta::seconds(6)),
            by_name: Limit::new(5, TimeDelta::seconds(30)),
            look_ups: Limit::new(30, TimeDelta::seconds(2)),
        }
    }
}

/// The key of a client: its address, or for IPv6 the network of 64 bits that one household or office is given.
#[must_use]
pub fn client_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", u128::from(address) >> 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_in_a_while() {
        let limit = Limit::new(3, TimeDelta::seconds(10));
        let start = DateTime::UNIX_EPOCH;
        for _ in 0..3 {
            assert_eq!(limit.take("a", start), Ok(()));
        }
        assert_eq!(limit.take("a", start), Err(Refusal::TooManyAttempts { seconds: 10 }));
        assert_eq!(limit.take("b", start), Ok(()), "another key is another matter");
        assert_eq!(limit.take("a", start + TimeDelta::seconds(9)), Err(Refusal::TooManyAttempts { seconds: 1 }));
        assert_eq!(limit.take("a", start + TimeDelta::seconds(10)), Ok(()));
        assert!(limit.take("a", start + TimeDelta::seconds(10)).is_err());
        limit.give_back("a");
        assert_eq!(limit.take("a", start + TimeDelta::seconds(10)), Ok(()));
        for _ in 0..3 {
            assert_eq!(limit.take("a", start + TimeDelta::hours(1)), Ok(()));
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let key = |text: &str| client_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
