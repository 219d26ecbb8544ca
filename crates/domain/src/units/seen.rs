//! Old records as seen on another day: what became of the unit that something lay in (domain.md §3).
//!
//! Where the whole of a unit went into another, the records follow. Where it was divided, or nobody knows what it
//! became, a person has to say: nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{SuccessionKind, UnitLevel};
use crate::ids::UnitId;

/// A unit in one period of its life. Official codes are reused, so it is known by its identifier alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// Its identifier.
    pub id: UnitId,
    /// Its tier.
    pub level: UnitLevel,
    /// The unit it belonged to when the period began.
    pub parent: Option<UnitId>,
    /// Its first day; none when it is older than the records.
    pub from: Option<NaiveDate>,
    /// The first day on which it was no more; none while it lives.
    pub to: Option<NaiveDate>,
}

impl Life {
    fn has_begun(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day)
    }

    fn lives_on(&self, day: NaiveDate) -> bool {
        self.has_begun(day) && self.to.is_none_or(|to| day < to)
    }
}

/// What a unit became, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// The unit that ended.
    pub old: UnitId,
    /// Where it went; none when that is not known.
    pub new: Option<UnitId>,
    /// Whether all of it went there.
    pub kind: SuccessionKind,
}

words! {
    /// Why it is not known where something lies on a day.
    Why {
        /// The unit was divided.
        Divided = "divided",
        /// The records do not say what became of the unit.
        Unknown = "unknown",
        /// It lies in a unit above the level that is asked for, and nobody said in which part of it.
        Above = "above",
        /// The unit did not exist on that day yet.
        Later = "later",
    }
}

/// Where the way of a unit is not known any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The unit at which a person has to decide.
    pub at: UnitId,
    /// Why.
    pub why: Why,
    /// Units that come into question, each once; empty when any does. Of [`Why::Later`], what it was made of.
    pub choices: Vec<UnitId>,
}

/// Where something lies on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// In this unit.
    In(UnitId),
    /// That is not known.
    Open(Fork),
}

/// Every unit in every period, and what they became.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    lives: BTreeMap<UnitId, Life>,
    after: BTreeMap<UnitId, Vec<Succession>>,
    before: BTreeMap<UnitId, Vec<UnitId>>,
    below: BTreeMap<UnitId, Vec<UnitId>>,
}

impl Atlas {
    /// An atlas of these units.
    #[must_use]
    pub fn new(lives: &[Life], successions: &[Succession]) -> Atlas {
        let mut atlas = Atlas { lives: lives.iter().map(|life| (life.id, *life)).collect(), ..Atlas::default() };
        for succession in successions {
            atlas.after.entry(succession.old).or_default().push(*succession);
            if let Some(new) = succession.new {
                atlas.before.entry(new).or_default().push(succession.old);
            }
        }
        for life in lives {
            if let Some(parent) = life.parent {
                atlas.below.entry(parent).or_default().push(life.id);
            }
        }
        atlas
    }

    /// In which unit of `level` something lies on `day` that was noted as lying in `unit`. `decided` gives what a person
    /// said of a fork; it is not asked where the law says it all.
    pub fn seen(&self, unit: UnitId, level: UnitLevel, day: NaiveDate, decided: impl Fn(UnitId) -> Option<UnitId>) -> Seen {
        let mut here = unit;
        // A circle can only come from damaged records; it ends where it began.
        let mut passed = BTreeSet::new();
        while passed.insert(here) {
            here = match self.on(here, day, &decided) {
                Seen::In(here) => here,
                open @ Seen::Open(_) => return open,
            };
            let Some(life) = self.lives.get(&here) else { break };
            if life.level == level {
                return Seen::In(here);
            }
            let next = if life.level > level { life.parent } else { decided(here) };
            let Some(next) = next else { return Seen::Open(self.above(life, level, day)) };
            here = next;
        }
        Seen::Open(Fork { at: here, why: Why::Unknown, choices: Vec::new() })
    }

    /// The unit of `level` under which a form is counted on `day`: the one that received it, while that or what all of it
    /// became is of this level; else the one in which its organisation lies.
    pub fn counted(
        &self,
        received_by: UnitId,
        place: UnitId,
        level: UnitLevel,
        day: NaiveDate,
        decided: impl Fn(UnitId) -> Option<UnitId>,
    ) -> Seen {
        let is_of_level = |unit: &UnitId| self.lives.get(unit).is_some_and(|life| life.level == level);
        match self.on(received_by, day, &|_| None) {
            Seen::In(unit) if is_of_level(&received_by) && is_of_level(&unit) => Seen::In(unit),
            _ => self.seen(place, level, day, decided),
        }
    }

    /// What a unit is on a day: itself, or what all of it became.
    fn on(&self, unit: UnitId, day: NaiveDate, decided: &impl Fn(UnitId) -> Option<UnitId>) -> Seen {
        let mut here = unit;
        let mut passed = BTreeSet::new();
        while passed.insert(here) {
            let Some(life) = self.lives.get(&here) else { break };
            if life.lives_on(day) {
                return Seen::In(here);
            }
            if !life.has_begun(day) {
                let choices = self.alive_before(here, day);
                return Seen::Open(Fork { at: here, why: Why::Later, choices });
            }
            match self.whole_successor(here).or_else(|| decided(here)) {
                Some(next) => here = next,
                None => return Seen::Open(self.fork(life)),
            }
        }
        Seen::Open(Fork { at: here, why: Why::Unknown, choices: Vec::new() })
    }

    /// The one unit that a whole unit went into.
    fn whole_successor(&self, unit: UnitId) -> Option<UnitId> {
        match self.after.get(&unit).map(Vec::as_slice) {
            Some([Succession { new: Some(new), kind: SuccessionKind::Full, .. }]) => Some(*new),
            _ => None,
        }
    }

    /// What a person has to decide about a unit that ended.
    fn fork(&self, life: &Life) -> Fork {
        let after = self.after.get(&life.id).map(Vec::as_slice).unwrap_or_default();
        let known = self.sorted(after.iter().filter_map(|succession| succession.new));
        if !known.is_empty() && after.iter().all(|succession| succession.new.is_some()) {
            return Fork { at: life.id, why: Why::Divided, choices: known };
        }
        let Some(ended) = life.to else { return Fork { at: life.id, why: Why::Unknown, choices: known } };
        // A tier that ended had parts: what these became. Else whatever lay beside it in the same unit on that day.
        let parts = self.sorted(self.parts(life, ended));
        let beside = || {
            let parent = |life: &Life| life.parent.map(|parent| self.on(parent, ended, &|_| None));
            let home = parent(life);
            let is_beside = |other: &&Life| other.level == life.level && other.lives_on(ended) && parent(other) == home;
            self.sorted(self.lives.values().filter(is_beside).map(|other| other.id))
        };
        Fork { at: life.id, why: Why::Unknown, choices: if parts.is_empty() { beside() } else { parts } }
    }

    /// What the units below one became on the day it ended.
    fn parts(&self, life: &Life, ended: NaiveDate) -> BTreeSet<UnitId> {
        let mut parts = BTreeSet::new();
        let mut homes = vec![life.id];
        while let Some(home) = homes.pop() {
            // What was named otherwise earlier, with all of it, counts as the same unit.
            homes.extend(self.before.get(&home).into_iter().flatten().filter(|old| self.whole_successor(**old) == Some(home)));
            for part in self.below.get(&home).into_iter().flatten() {
                match self.on(*part, ended, &|_| None) {
                    Seen::In(unit) => _ = parts.insert(unit),
                    Seen::Open(Fork { why: Why::Divided, choices, .. }) => parts.extend(choices),
                    Seen::Open(_) => {}
                }
            }
        }
        parts
    }

    /// Something lies in a unit above `level`: any part of it that lives on the day comes into question.
    fn above(&self, life: &Life, level: UnitLevel, day: NaiveDate) -> Fork {
        let choices = if life.level < level {
            let lives = |id: &UnitId| self.lives.get(id).is_some_and(|below| below.level == level && below.lives_on(day));
            self.sorted(self.parts(life, day).into_iter().filter(lives))
        } else {
            Vec::new()
        };
        Fork { at: life.id, why: Why::Above, choices }
    }

    /// What a unit that began later was made of, as far as that lived on the day.
    fn alive_before(&self, unit: UnitId, day: NaiveDate) -> Vec<UnitId> {
        let (mut alive, mut passed, mut waiting) = (Vec::new(), BTreeSet::from([unit]), vec![unit]);
        while let Some(next) = waiting.pop() {
            for old in self.before.get(&next).into_iter().flatten().filter(|old| passed.insert(**old)) {
                match self.lives.get(old) {
                    Some(life) if life.lives_on(day) => alive.push(*old),
                    Some(_) => waiting.push(*old),
                    None => {}
                }
            }
        }
        self.sorted(alive)
    }

    fn sorted(&self, units: impl IntoIterator<Item = UnitId>) -> Vec<UnitId> {
        let known: BTreeSet<UnitId> = units.into_iter().filter(|unit| self.lives.contains_key(unit)).collect();
        known.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
