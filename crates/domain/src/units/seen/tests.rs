//! The rule by a table, and by histories that are made up.

use proptest::prelude::*;

use super::super::covers;
use super::*;

fn unit(n: u128) -> UnitId {
    UnitId(uuid::Uuid::from_u128(n))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn life(n: u128, level: UnitLevel, parent: Option<u128>, from: &str, to: &str) -> Life {
    Life { id: unit(n), level, parent: parent.map(unit), from: from.parse().ok(), to: to.parse().ok() }
}

fn became(old: u128, new: Option<u128>, kind: SuccessionKind) -> Succession {
    Succession { old: unit(old), new: new.map(unit), kind }
}

/// A province (1) with a district (2, renamed to 3 in 2020, ended in 2025) and another (4). Communes: 10 and 11 merged
/// into 12 in 2019-12; 13 lived on from the beginning; 14 ended in 2019-12 and nobody knows where it went. In 2025, 12
/// went into 20 as a whole, 13 was divided between 20 and 21, and 15 of the other district became 21.
fn atlas() -> (Vec<Life>, Vec<Succession>) {
    use SuccessionKind::{Full, Partial};
    use UnitLevel::{Commune, District, Province};
    (
        vec![
            life(1, Province, None, "", ""),
            life(2, District, Some(1), "", "2020-06-01"),
            life(3, District, Some(1), "2020-06-01", "2025-07-01"),
            life(4, District, Some(1), "", "2025-07-01"),
            life(10, Commune, Some(2), "", "2019-12-01"),
            life(11, Commune, Some(2), "", "2019-12-01"),
            life(12, Commune, Some(2), "2019-12-01", "2025-07-01"),
            life(13, Commune, Some(2), "", "2025-07-01"),
            life(14, Commune, Some(2), "", "2019-12-01"),
            life(15, Commune, Some(4), "", "2025-07-01"),
            life(20, Commune, Some(1), "2025-07-01", ""),
            life(21, Commune, Some(1), "2025-07-01", ""),
        ],
        vec![
            became(2, Some(3), Full),
            became(10, Some(12), Full),
            became(11, Some(12), Full),
            became(12, Some(20), Full),
            became(13, Some(20), Partial),
            became(13, Some(21), Partial),
            became(14, None, Full),
            became(15, Some(21), Full),
        ],
    )
}

fn seen(place: u128, level: UnitLevel, on: &str, decided: &[(u128, u128)]) -> Seen {
    let (lives, successions) = atlas();
    let answer = |at: UnitId| decided.iter().find(|(fork, _)| unit(*fork) == at).map(|(_, to)| unit(*to));
    Atlas::new(&lives, &successions).seen(unit(place), level, day(on), answer)
}

fn open(at: u128, why: Why, choices: &[u128]) -> Seen {
    Seen::Open(Fork { at: unit(at), why, choices: choices.iter().copied().map(unit).collect() })
}

#[test]
fn what_went_on_as_a_whole_is_followed() {
    use UnitLevel::{Commune, District};
    for (place, level, on, expected) in [
        (10, Commune, "2019-06-12", 10),
        (10, District, "2019-06-12", 2),
        (10, Commune, "2019-12-01", 12),
        (10, District, "2019-12-31", 2),
        (10, District, "2021-01-01", 3),
        (13, District, "2021-01-01", 3),
        (10, Commune, "2025-06-30", 12),
        (10, Commune, "2025-07-01", 20),
        (2, District, "2024-01-01", 3),
        (15, Commune, "2026-01-01", 21),
        (20, UnitLevel::Province, "2026-01-01", 1),
    ] {
        assert_eq!(seen(place, level, on, &[]), Seen::In(unit(expected)), "{place} {level} {on}");
    }
}

#[test]
fn what_was_divided_or_is_not_known_is_for_a_person_to_say() {
    use UnitLevel::{Commune, District};
    assert_eq!(seen(13, Commune, "2026-01-01", &[]), open(13, Why::Divided, &[20, 21]));
    assert_eq!(seen(13, Commune, "2026-01-01", &[(13, 21)]), Seen::In(unit(21)));
    assert_eq!(seen(13, Commune, "2020-01-01", &[(13, 21)]), Seen::In(unit(13)), "before it was divided");
    assert_eq!(seen(10, Commune, "2026-01-01", &[(10, 13), (12, 21)]), Seen::In(unit(20)), "where the law says it all");
    assert_eq!(seen(14, Commune, "2019-12-31", &[]), open(14, Why::Unknown, &[12, 13]), "what lay beside it that day");
    assert_eq!(seen(14, Commune, "2026-01-01", &[(14, 12)]), Seen::In(unit(20)));
    assert_eq!(seen(14, Commune, "2026-01-01", &[(14, 13)]), open(13, Why::Divided, &[20, 21]), "one fork leads to another");
    assert_eq!(seen(14, District, "2019-12-31", &[]), open(14, Why::Unknown, &[12, 13]), "not even its district is guessed");
    assert_eq!(seen(99, Commune, "2026-01-01", &[]), open(99, Why::Unknown, &[]));
}

#[test]
fn a_tier_that_ended_leads_to_what_its_parts_became() {
    use UnitLevel::{Commune, District};
    assert_eq!(seen(2, Commune, "2026-01-01", &[]), open(3, Why::Unknown, &[20, 21]));
    assert_eq!(seen(4, District, "2026-01-01", &[]), open(4, Why::Unknown, &[21]));
    assert_eq!(seen(4, Commune, "2026-01-01", &[(4, 21)]), Seen::In(unit(21)));
    assert_eq!(seen(2, Commune, "2019-06-12", &[]), open(2, Why::Above, &[10, 11, 13, 14]));
    assert_eq!(seen(2, Commune, "2026-01-01", &[(3, 20)]), Seen::In(unit(20)));
}

#[test]
fn what_began_later_is_not_put_into_an_older_unit() {
    use UnitLevel::{Commune, District};
    assert_eq!(seen(20, Commune, "2019-06-12", &[]), open(20, Why::Later, &[10, 11, 13]));
    assert_eq!(seen(21, District, "2021-01-01", &[]), open(21, Why::Later, &[13, 15]));
}

#[test]
fn damaged_records_end() {
    let lives = [life(1, UnitLevel::Commune, None, "", "2020-01-01"), life(2, UnitLevel::Commune, None, "", "2020-01-01")];
    let circle = [became(1, Some(2), SuccessionKind::Full), became(2, Some(1), SuccessionKind::Full)];
    let found = Atlas::new(&lives, &circle).seen(unit(1), UnitLevel::Commune, day("2021-01-01"), |_| None);
    assert_eq!(found, open(1, Why::Unknown, &[]));
}

/// Years of reforms: in each, some of the living communes end. Each goes into one that is new or stays, is divided
/// between two of these, or nobody knows.
fn history() -> impl Strategy<Value = (Vec<Life>, Vec<Succession>)> {
    let reform = prop::collection::vec((any::<prop::sample::Index>(), 0u8..4, any::<prop::sample::Index>(), any::<bool>()), 0..6);
    prop::collection::vec(reform, 1..5).prop_map(|reforms| {
        let mut lives: Vec<Life> = (10..18).map(|n| life(n, UnitLevel::Commune, Some(1), "", "")).collect();
        lives.push(life(1, UnitLevel::Province, None, "", ""));
        let mut successions = Vec::new();
        for (year, reform) in (2019i32..).zip(reforms) {
            let at = NaiveDate::from_ymd_opt(year, 7, 1).unwrap();
            let new: Vec<u128> = (0..3).map(|n| (year as u128) * 100 + n).collect();
            let living: Vec<usize> =
                (0..lives.len()).filter(|n| lives[*n].to.is_none() && lives[*n].level == UnitLevel::Commune).collect();
            let ending: BTreeSet<usize> = reform.iter().map(|(which, ..)| *which.get(&living)).collect();
            let staying: Vec<UnitId> = living.iter().filter(|n| !ending.contains(n)).map(|n| lives[*n].id).collect();
            lives.extend(new.iter().map(|n| Life { from: Some(at), ..life(*n, UnitLevel::Commune, Some(1), "", "") }));
            let targets: Vec<UnitId> = new.iter().map(|n| unit(*n)).chain(staying).collect();
            for (n, (_, kind, target, _)) in ending.iter().zip(&reform) {
                lives[*n].to = Some(at);
                let (old, first) = (lives[*n].id, *target.get(&targets));
                let other = targets.iter().copied().find(|other| *other != first).unwrap();
                match kind {
                    0 => successions.push(Succession { old, new: None, kind: SuccessionKind::Full }),
                    1 => successions.extend([first, other].map(|new| Succession {
                        old,
                        new: Some(new),
                        kind: SuccessionKind::Partial,
                    })),
                    _ => successions.push(Succession { old, new: Some(first), kind: SuccessionKind::Full }),
                }
            }
        }
        (lives, successions)
    })
}

proptest! {
    #[test]
    fn nothing_is_guessed_and_nothing_is_lost((lives, successions) in history(), start in any::<prop::sample::Index>(), years in 0i32..7) {
        let atlas = Atlas::new(&lives, &successions);
        let on = NaiveDate::from_ymd_opt(2019 + years, 1, 1).unwrap();
        let place = *start.get(&lives);
        let find = |id: UnitId| lives.iter().find(|life| life.id == id).unwrap();
        match atlas.seen(place.id, UnitLevel::Commune, on, |_| None) {
            Seen::In(found) => {
                prop_assert!(find(found).lives_on(on));
                // The same answer as the scopes of officers give: who counts something also sees it.
                let ids: Vec<UnitId> = lives.iter().map(|life| life.id).collect();
                let parents: Vec<_> = lives.iter().filter_map(|life| Some((life.id, life.parent?))).collect();
                let whole = |s: &Succession| Some((s.old, s.new.filter(|_| s.kind == SuccessionKind::Full)?));
                let replaced: Vec<_> = successions.iter().filter_map(whole).collect();
                prop_assert!(covers(&ids, &parents, &replaced).contains(&(found, place.id)));
                // By any day between, the way leads to the same end.
                for year in 2019..=on.format("%Y").to_string().parse().unwrap() {
                    let between = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
                    if let Seen::In(half) = atlas.seen(place.id, UnitLevel::Commune, between, |_| None) {
                        prop_assert_eq!(atlas.seen(half, UnitLevel::Commune, on, |_| None), Seen::In(found));
                    }
                }
            }
            Seen::Open(fork) if fork.why == Why::Later => prop_assert!(!find(place.id).has_begun(on)),
            Seen::Open(fork) if fork.why == Why::Above => prop_assert_eq!(fork.at, unit(1)),
            Seen::Open(fork) => {
                prop_assert!(find(fork.at).to.is_some_and(|to| to <= on));
                // Whatever a person says, the fork is behind; and deciding on every fork leads somewhere.
                let mut decided = BTreeMap::new();
                let mut now = Seen::Open(fork);
                while let Seen::Open(fork) = now {
                    prop_assert!(!fork.choices.is_empty(), "{:?}", fork);
                    prop_assert!(decided.insert(fork.at, *start.get(&fork.choices)).is_none(), "asked twice");
                    now = atlas.seen(place.id, UnitLevel::Commune, on, |at| decided.get(&at).copied());
                }
            }
        }
    }
}
