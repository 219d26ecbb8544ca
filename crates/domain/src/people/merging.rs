//! Two records of one person become one: what it goes on with.

use serde::{Deserialize, Serialize};

words! {
    /// One of two records that lie side by side.
    Side {
        /// The record that goes on.
        Kept = "kept",
        /// The record that leads to it from now on.
        Absorbed = "absorbed",
    }
}

/// Whose values the record that goes on is to have. Where the chosen side knows nothing, the other's value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Whose name.
    pub name: Side,
    /// Whose birth.
    pub birth: Side,
    /// Whose sex.
    pub sex: Side,
    /// Whose telephone number.
    pub phone: Side,
    /// Whose e-mail address.
    pub email: Side,
    /// Whose citizen number.
    pub number: Side,
}

impl Default for Choices {
    fn default() -> Choices {
        let kept = Side::Kept;
        Choices { name: kept, birth: kept, sex: kept, phone: kept, email: kept, number: kept }
    }
}

impl Side {
    /// The value of this side, or of the other where this one has none.
    #[must_use]
    pub fn of<T>(self, kept: Option<T>, absorbed: Option<T>) -> Option<T> {
        match self {
            Side::Kept => kept.or(absorbed),
            Side::Absorbed => absorbed.or(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_does_not_know_the_other_says() {
        assert_eq!(Side::Kept.of(Some(1), Some(2)), Some(1));
        assert_eq!(Side::Absorbed.of(Some(1), Some(2)), Some(2));
        assert_eq!(Side::Absorbed.of(Some(1), None), Some(1));
        assert_eq!(Side::Kept.of(None, Some(2)), Some(2));
    }
}
