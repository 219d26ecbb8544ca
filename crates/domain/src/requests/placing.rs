//! Placing people in the runs of a course: by choice, by distance, by seats.

use std::collections::BTreeMap;

use crate::ids::{RequestId, RunId, UnitId};

words! {
    /// How far a person has to go, in steps between administrative units: the records know no coordinates.
    Distance {
        /// The class is held in the unit of the organisation.
        Here = "here",
        /// It is held elsewhere in the district.
        District = "district",
        /// It is held farther away, or for the whole province.
        Far = "far",
    }
}

/// Where somebody is, or something is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The district it is, or lies in; none for the province, and since districts ended.
    pub district: Option<UnitId>,
}

/// How far it is from one place to another.
#[must_use]
pub fn distance(from: Place, to: Place) -> Distance {
    if from.unit == to.unit {
        Distance::Here
    } else if from.district.is_some() && from.district == to.district {
        Distance::District
    } else {
        Distance::Far
    }
}

/// Somebody who is to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeable {
    /// Their request. Earlier requests have smaller identifiers.
    pub request: RequestId,
    /// The runs they chose, the first choice first, with how far each is.
    pub choices: Vec<(RunId, Distance)>,
}

/// Why somebody is proposed for a run, or for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is the choice of this number, from 1; every earlier one is full.
    Choice(usize),
    /// Every run that they chose is full.
    Full,
}

/// What is proposed for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// Their request.
    pub request: RequestId,
    /// The run, when there is a seat.
    pub run: Option<RunId>,
    /// Why.
    pub why: Why,
}

/// Proposes a run for everybody, in the order of `people`. `seats` are the free seats of each run.
///
/// In rounds: first choices fill the runs, then second ones what is left, then third ones. Where more ask in a round than
/// there are seats, who is nearer goes first, then who asked first. So nobody gets a run that they did not choose, no run
/// gets more people than it has seats, nobody is left out while a run they chose has one, and no two people would both
/// rather have the other's run: each of the two would have been turned away, in an earlier round than the other came in.
#[must_use]
pub fn propose(people: &[Placeable], seats: &BTreeMap<RunId, i64>) -> Vec<Proposal> {
    let mut left = seats.clone();
    let mut placed: BTreeMap<RequestId, (RunId, usize)> = BTreeMap::new();
    let rounds = people.iter().map(|person| person.choices.len()).max().unwrap_or(0);
    for round in 0..rounds {
        let waiting = people.iter().filter(|person| !placed.contains_key(&person.request));
        let mut asking: Vec<(Distance, RequestId, RunId)> = waiting
            .filter_map(|person| person.choices.get(round).map(|(run, distance)| (*distance, person.request, *run)))
            .collect();
        asking.sort_unstable();
        for (_, request, run) in asking {
            if let Some(free) = left.get_mut(&run).filter(|free| **free > 0) {
                *free -= 1;
                placed.insert(request, (run, round + 1));
            }
        }
    }
    let proposal = |person: &Placeable| match placed.get(&person.request) {
        Some((run, choice)) => Proposal { request: person.request, run: Some(*run), why: Why::Choice(*choice) },
        None => Proposal { request: person.request, run: None, why: Why::Full },
    };
    people.iter().map(proposal).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use Distance::{District, Far, Here};

    fn run(n: u128) -> RunId {
        RunId(Uuid::from_u128(n))
    }

    fn person(n: u128, choices: &[(u128, Distance)]) -> Placeable {
        Placeable {
            request: RequestId(Uuid::from_u128(n)),
            choices: choices.iter().map(|(n, distance)| (run(*n), *distance)).collect(),
        }
    }

    #[test]
    fn distance_is_counted_in_units() {
        let id = |n| UnitId(Uuid::from_u128(n));
        let place = |unit, district: Option<u128>| Place { unit: id(unit), district: district.map(id) };
        for (from, to, expected) in [
            (place(11, Some(1)), place(11, Some(1)), Here),
            (place(11, Some(1)), place(12, Some(1)), District),
            (place(11, Some(1)), place(1, Some(1)), District),
            (place(11, Some(1)), place(21, Some(2)), Far),
            (place(11, None), place(12, None), Far),
            (place(11, Some(1)), place(9, None), Far),
        ] {
            assert_eq!(distance(from, to), expected);
        }
    }

    #[test]
    fn choice_then_distance_then_time() {
        // Two seats in run 1, one in run 2.
        let seats = BTreeMap::from([(run(1), 2), (run(2), 1)]);
        let people = [
            person(1, &[(1, Far), (2, Here)]),
            person(2, &[(1, Here)]),
            person(3, &[(1, District), (2, Far)]),
            person(4, &[(2, Far)]),
            person(5, &[(1, Far)]),
        ];
        let told: Vec<_> = propose(&people, &seats).into_iter().map(|one| (one.run, one.why)).collect();
        assert_eq!(
            told,
            [
                (None, Why::Full),
                (Some(run(1)), Why::Choice(1)),
                (Some(run(1)), Why::Choice(1)),
                (Some(run(2)), Why::Choice(1)),
                (None, Why::Full),
            ],
            "nearer ones took run 1; run 2 went to who chose it first, however near the other is"
        );
        let more = BTreeMap::from([(run(1), 2), (run(2), 2)]);
        assert_eq!(propose(&people, &more)[0].why, Why::Choice(2));
        assert_eq!(propose(&people, &BTreeMap::new()).iter().filter(|one| one.run.is_some()).count(), 0);
    }

    proptest! {
        #[test]
        fn whoever_asks_for_what(
            seats in prop::collection::vec(0i64..4, 1..5),
            wishes in prop::collection::vec((prop::collection::vec((0usize..5, 0usize..3), 1..4), any::<u16>()), 0..24),
        ) {
            let free: BTreeMap<RunId, i64> = seats.iter().enumerate().map(|(n, seats)| (run(n as u128), *seats)).collect();
            let people: Vec<Placeable> = wishes.iter().enumerate().map(|(n, (choices, salt))| {
                let mut chosen: Vec<(u128, Distance)> = Vec::new();
                for (run, far) in choices {
                    if chosen.iter().all(|(known, _)| *known != *run as u128) {
                        chosen.push((*run as u128, Distance::ALL[*far]));
                    }
                }
                person((u128::from(*salt) << 8) + n as u128, &chosen)
            }).collect();
            let proposals = propose(&people, &free);
            prop_assert_eq!(&proposals, &propose(&people, &free), "the same people get the same proposal");

            let rank = |person: &Placeable, run: Option<RunId>| {
                run.map_or(usize::MAX, |run| person.choices.iter().position(|(known, _)| *known == run).unwrap_or(usize::MAX))
            };
            let taken = |run: RunId| proposals.iter().filter(|one| one.run == Some(run)).count() as i64;
            for run in free.keys() {
                prop_assert!(taken(*run) <= free[run], "never over the seats");
            }
            for (person, one) in people.iter().zip(&proposals) {
                prop_assert!(one.run.is_none() || rank(person, one.run) != usize::MAX, "never a run that was not chosen");
                for (run, _) in &person.choices[..rank(person, one.run).min(person.choices.len())] {
                    prop_assert!(taken(*run) == free.get(run).copied().unwrap_or(0), "every better choice is full");
                }
            }
            for (a, of_a) in people.iter().zip(&proposals) {
                for (b, of_b) in people.iter().zip(&proposals) {
                    let a_would = of_b.run.is_some() && rank(a, of_b.run) < rank(a, of_a.run);
                    let b_would = of_a.run.is_some() && rank(b, of_a.run) < rank(b, of_b.run);
                    prop_assert!(!(a_would && b_would), "no swap of two would improve both");
                }
            }
        }
    }
}
