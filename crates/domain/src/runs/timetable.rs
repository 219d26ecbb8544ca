//! Timetables as they are published, version by version: what changed from one to the next, and who has to be told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::HalfDay;
use crate::courses::Audience;
use crate::ids::{PersonId, SessionId};

/// A session with its time and place.
type Promise<'t> = (Option<SessionId>, NaiveDate, NaiveTime, NaiveTime, &'t str);

/// Everything that a published timetable promises, in the words of its day: later names change none of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// The course, by code and Vietnamese title.
    pub course: String,
    /// What tells the run from others of its course.
    pub name: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Of organisations only those with a product selected in this year.
    pub selection_year: Option<i64>,
    /// The unit it is held in.
    pub unit: String,
    /// Where it is held.
    pub venue: String,
    /// Seats.
    pub capacity: i64,
    /// From how many people on it is held.
    pub minimum: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Anything else participants should know.
    pub note: String,
    /// Its sessions, in order of time; cancelled ones are not among them.
    pub sessions: Vec<Slot>,
}

/// A session of a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The session; none while it is planned only.
    pub id: Option<SessionId>,
    /// Its day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// When it starts.
    pub starts: NaiveTime,
    /// When it ends.
    pub ends: NaiveTime,
    /// Where it is held.
    pub venue: String,
    /// What is taught.
    pub topic: String,
    /// Who teaches it: identifier and name.
    pub trainers: Vec<(PersonId, String)>,
}

impl Slot {
    fn when(&self) -> (NaiveDate, NaiveTime, NaiveTime) {
        (self.day, self.starts, self.ends)
    }

    /// The names of who teaches it.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.trainers.iter().map(|(_, name)| name.clone()).collect()
    }
}

/// One difference between two timetables. Sessions are numbered from 1: as they were when they stay or go, as they will be
/// when they are new.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what it holds: what was, and what will be")]
pub enum Change {
    /// Another course.
    Course { from: String, to: String },
    /// Another name.
    Name { from: String, to: String },
    /// For others.
    Audience { from: (Audience, Option<i64>), to: (Audience, Option<i64>) },
    /// In another unit.
    Unit { from: String, to: String },
    /// At another place.
    Venue { from: String, to: String },
    /// More or fewer seats.
    Capacity { from: i64, to: i64 },
    /// From more or fewer people on.
    Minimum { from: i64, to: i64 },
    /// Another last day for enrolling.
    Deadline { from: NaiveDate, to: NaiveDate },
    /// Another note.
    Note { to: String },
    /// A session at another time.
    Moved { number: usize, from: Slot, to: Slot },
    /// A session at another place.
    Place { number: usize, from: String, to: String },
    /// A session about something else.
    Topic { number: usize, from: String, to: String },
    /// A session by others.
    Trainers { number: usize, from: Vec<String>, to: Vec<String> },
    /// A session more.
    Added { number: usize, slot: Slot },
    /// A session fewer.
    Removed { number: usize, slot: Slot },
}

/// Whom a change concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Everybody who takes part: day, time or place of a session is another one, or a session came or went.
    pub participants: bool,
    /// Those who teach: a session of theirs changed so, or became or stopped being theirs.
    pub trainers: BTreeSet<PersonId>,
}

impl Timetable {
    /// What is different in `next`, the run first, then session by session. Nothing when they promise the same.
    #[must_use]
    pub fn changes(&self, next: &Timetable) -> Vec<Change> {
        let mut changes = self.changes_of_run(next);
        for (number, (slot, after)) in self.paired(next).enumerate() {
            let number = number + 1;
            let Some(after) = after else {
                changes.push(Change::Removed { number, slot: slot.clone() });
                continue;
            };
            if slot.when() != after.when() {
                changes.push(Change::Moved { number, from: slot.clone(), to: after.clone() });
            } else if slot.venue != after.venue && (&slot.venue, &after.venue) != (&self.venue, &next.venue) {
                // What moves with its run was said of the run.
                changes.push(Change::Place { number, from: slot.venue.clone(), to: after.venue.clone() });
            }
            if slot.topic != after.topic {
                changes.push(Change::Topic { number, from: slot.topic.clone(), to: after.topic.clone() });
            }
            if slot.people() != after.people() {
                changes.push(Change::Trainers { number, from: slot.names(), to: after.names() });
            }
        }
        let added = next.sessions.iter().enumerate().filter(|(_, slot)| self.same(slot).is_none());
        changes.extend(added.map(|(n, slot)| Change::Added { number: n + 1, slot: slot.clone() }));
        changes
    }

    fn changes_of_run(&self, next: &Timetable) -> Vec<Change> {
        let text = |from: &String, to: &String| (from != to).then(|| (from.clone(), to.clone()));
        let addressed = |table: &Timetable| (table.audience, table.selection_year);
        let number = |from: i64, to: i64| (from != to).then_some((from, to));
        [
            text(&self.course, &next.course).map(|(from, to)| Change::Course { from, to }),
            text(&self.name, &next.name).map(|(from, to)| Change::Name { from, to }),
            (addressed(self) != addressed(next)).then(|| Change::Audience { from: addressed(self), to: addressed(next) }),
            text(&self.unit, &next.unit).map(|(from, to)| Change::Unit { from, to }),
            text(&self.venue, &next.venue).map(|(from, to)| Change::Venue { from, to }),
            number(self.capacity, next.capacity).map(|(from, to)| Change::Capacity { from, to }),
            number(self.minimum, next.minimum).map(|(from, to)| Change::Minimum { from, to }),
            (self.enrolment_deadline != next.enrolment_deadline)
                .then_some(Change::Deadline { from: self.enrolment_deadline, to: next.enrolment_deadline }),
            text(&self.note, &next.note).map(|(_, to)| Change::Note { to }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Who has to be told when `next` takes the place of this. Whoever is not concerned hears nothing.
    #[must_use]
    pub fn told(&self, next: &Timetable) -> Told {
        let promise = |slot: &Slot| (slot.when(), slot.venue.clone());
        let stays = |(slot, after): (&Slot, Option<&Slot>)| after.is_some_and(|after| promise(slot) == promise(after));
        let participants = self.sessions.len() != next.sessions.len() || !self.paired(next).all(stays);
        let (before, after) = (self.teaching(), next.teaching());
        let everybody: BTreeSet<PersonId> = before.keys().chain(after.keys()).copied().collect();
        let trainers = everybody.into_iter().filter(|person| before.get(person) != after.get(person)).collect();
        Told { participants, trainers }
    }

    /// What each trainer teaches: session, time and place.
    fn teaching(&self) -> BTreeMap<PersonId, Vec<Promise<'_>>> {
        let mut teaching: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for slot in &self.sessions {
            for (person, _) in &slot.trainers {
                teaching.entry(*person).or_default().push((slot.id, slot.day, slot.starts, slot.ends, slot.venue.as_str()));
            }
        }
        teaching
    }

    fn paired<'t>(&'t self, next: &'t Timetable) -> impl Iterator<Item = (&'t Slot, Option<&'t Slot>)> {
        self.sessions.iter().map(|slot| (slot, next.same(slot)))
    }

    fn same(&self, slot: &Slot) -> Option<&Slot> {
        self.sessions.iter().find(|known| known.id.is_some() && known.id == slot.id)
    }
}

impl Slot {
    fn people(&self) -> BTreeSet<PersonId> {
        self.trainers.iter().map(|(person, _)| *person).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{parse_day, parse_time};
    use uuid::Uuid;

    fn person(n: u128) -> (PersonId, String) {
        (PersonId(Uuid::from_u128(n)), format!("Giảng viên {n}"))
    }

    fn slot(id: u128, day: &str, trainers: &[u128]) -> Slot {
        Slot {
            id: (id > 0).then(|| SessionId(Uuid::from_u128(id))),
            day: parse_day(day).unwrap(),
            half_day: HalfDay::Morning,
            starts: parse_time("7:30").unwrap(),
            ends: parse_time("11:30").unwrap(),
            venue: "Hội trường".into(),
            topic: String::new(),
            trainers: trainers.iter().copied().map(person).collect(),
        }
    }

    fn table() -> Timetable {
        Timetable {
            course: "ENT-1 · Lập kế hoạch kinh doanh".into(),
            name: "Lớp 1".into(),
            audience: Audience::Organisations,
            selection_year: None,
            unit: "Huyện Thọ Xuân".into(),
            venue: "Hội trường".into(),
            capacity: 40,
            minimum: 10,
            enrolment_deadline: parse_day("01/06/2019").unwrap(),
            note: String::new(),
            sessions: vec![slot(1, "12/06/2019", &[5]), slot(2, "13/06/2019", &[6]), slot(3, "14/06/2019", &[5, 6])],
        }
    }

    /// The changes, and who is told, after `change`.
    fn after(change: impl FnOnce(&mut Timetable)) -> (Vec<Change>, bool, Vec<u128>) {
        let mut next = table();
        change(&mut next);
        let told = table().told(&next);
        let trainers = told.trainers.into_iter().map(|person| person.0.as_u128()).collect();
        (table().changes(&next), told.participants, trainers)
    }

    #[test]
    fn what_promises_the_same_changes_nothing_and_tells_nobody() {
        assert_eq!(after(|_| ()), (vec![], false, vec![]));
    }

    #[test]
    fn what_is_not_about_time_or_place_is_told_to_nobody() {
        let (changes, participants, trainers) = after(|next| {
            (next.capacity, next.minimum, next.note) = (50, 12, "Mang theo máy tính".into());
            next.sessions[1].topic = "Chi phí".into();
        });
        assert!(
            matches!(
                &changes[..],
                [
                    Change::Capacity { from: 40, to: 50 },
                    Change::Minimum { .. },
                    Change::Note { .. },
                    Change::Topic { number: 2, .. }
                ]
            ),
            "{changes:?}"
        );
        assert_eq!((participants, trainers), (false, vec![]));
    }

    #[test]
    fn a_moved_session_concerns_participants_and_its_own_trainers() {
        let (changes, participants, trainers) = after(|next| next.sessions[1].day = parse_day("15/06/2019").unwrap());
        assert!(matches!(&changes[..], [Change::Moved { number: 2, .. }]), "{changes:?}");
        assert_eq!((participants, trainers), (true, vec![6]));
    }

    #[test]
    fn another_trainer_is_told_to_trainers_alone() {
        let (changes, participants, trainers) = after(|next| next.sessions[1].trainers = vec![person(7)]);
        assert!(matches!(&changes[..], [Change::Trainers { number: 2, .. }]), "{changes:?}");
        assert_eq!((participants, trainers), (false, vec![6, 7]));
    }

    #[test]
    fn a_run_that_moves_is_said_once() {
        let (changes, participants, trainers) = after(|next| {
            next.venue = "Nhà văn hóa".into();
            for slot in &mut next.sessions {
                slot.venue = "Nhà văn hóa".into();
            }
            next.sessions[2].venue = "Phòng B".into();
        });
        assert!(matches!(&changes[..], [Change::Venue { .. }, Change::Place { number: 3, .. }]), "{changes:?}");
        assert_eq!((participants, trainers), (true, vec![5, 6]));
    }

    #[test]
    fn sessions_that_come_and_go_are_numbered_where_they_stand() {
        let (changes, participants, trainers) = after(|next| {
            next.sessions.remove(0);
            next.sessions.push(slot(0, "16/06/2019", &[8]));
        });
        assert!(matches!(&changes[..], [Change::Removed { number: 1, .. }, Change::Added { number: 3, .. }]), "{changes:?}");
        assert_eq!((participants, trainers), (true, vec![5, 8]));
    }
}
