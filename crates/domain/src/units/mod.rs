//! Administrative units of the province, each in one period of its life.

mod seen;

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::UnitId;

pub use seen::{Atlas, Fork, Life, Seen, Succession, Why};

words! {
    /// The tier of a unit. Districts ended on 01/07/2025 (203/2025/QH15).
    UnitLevel {
        /// Tỉnh.
        Province = "province",
        /// Huyện, thị xã, thành phố thuộc tỉnh.
        District = "district",
        /// Xã, phường, thị trấn.
        Commune = "commune",
    }
}

words! {
    /// Whether all of a unit went into its successor.
    SuccessionKind {
        /// The whole unit.
        Full = "full",
        /// A part: a person has to say which.
        Partial = "partial",
    }
}

/// Whose business lies in whose scope: a unit covers itself, what lies below it, and what it fully replaced, with all
/// that lies below that. Partial successions cover nothing: where the people went is for a human to say.
///
/// `parents` are (unit, parent), `replaced` are (old unit, new unit) of full successions.
#[must_use]
pub fn covers(units: &[UnitId], parents: &[(UnitId, UnitId)], replaced: &[(UnitId, UnitId)]) -> Vec<(UnitId, UnitId)> {
    let mut below: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for (inner, outer) in parents.iter().chain(replaced) {
        below.entry(*outer).or_default().push(*inner);
    }
    let mut pairs = Vec::new();
    for unit in units {
        let mut seen = BTreeSet::from([*unit]);
        let mut waiting = vec![*unit];
        while let Some(outer) = waiting.pop() {
            for inner in below.get(&outer).into_iter().flatten() {
                if seen.insert(*inner) {
                    waiting.push(*inner);
                }
            }
        }
        pairs.extend(seen.into_iter().map(|covered| (*unit, covered)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: u128) -> UnitId {
        UnitId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_unit_covers_what_is_below_and_what_it_replaced() {
        let [province, district, old, new] = [1, 2, 3, 4].map(unit);
        let pairs =
            covers(&[province, district, old, new], &[(district, province), (old, district), (new, province)], &[(old, new)]);
        let of = |u| pairs.iter().filter(|(outer, _)| *outer == u).map(|(_, inner)| *inner).collect::<Vec<_>>();
        assert_eq!(of(province), [province, district, old, new]);
        assert_eq!(of(district), [district, old]);
        assert_eq!(of(new), [old, new]);
        assert_eq!(of(old), [old]);
    }
}
