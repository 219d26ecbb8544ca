//! Clashes: what stands in the way of a timetable, and what somebody answered for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::HalfDay;
use crate::ids::{CourseId, PersonId, RoomId, SessionId};
use crate::time::local_day;

words! {
    /// What kind of clash it is.
    ClashKind {
        /// A trainer teaches elsewhere at the time.
        TrainerTwice = "trainer_twice",
        /// A room is taken at the time.
        RoomTwice = "room_twice",
        /// A participant takes part elsewhere at the time.
        ParticipantTwice = "participant_twice",
        /// A room has fewer seats than the run.
        RoomTooSmall = "room_too_small",
        /// A trainer is not known to be qualified for the course.
        NotQualified = "not_qualified",
        /// A trainer is away on the day.
        Away = "away",
        /// A trainer is not to be asked on such a half-day.
        NotAsked = "not_asked",
    }
}

/// One thing that stands in the way of publishing a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// What kind it is.
    pub kind: ClashKind,
    /// The person or room in two places, too small, away or not qualified.
    pub subject: Uuid,
    /// What the subject is called.
    pub name: String,
    /// The session it happens in; none when it concerns the whole run.
    pub session: Option<Place>,
    /// The session of another run at the same time.
    pub other: Option<Place>,
    /// The other run, by course and name; empty without one.
    pub other_run: String,
    /// Seats of the run and of its room, when the room is too small.
    pub seats: Option<(i64, i64)>,
}

/// A session in time. A session that is not stored yet has no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The session.
    pub id: Option<SessionId>,
    /// When it starts.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
}

impl Place {
    /// Whether both take place at some instant: touching ends do not.
    #[must_use]
    pub fn overlaps(&self, other: &Place) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }

    fn is(&self, session: Option<SessionId>, starts: Option<DateTime<Utc>>) -> bool {
        self.id.is_some() && self.id == session && Some(self.starts) == starts
    }
}

impl Clash {
    /// What a form calls it by. Whatever changes of the clash changes it too, so that nobody answers for what they did not see.
    #[must_use]
    pub fn key(&self) -> String {
        let at = |place: Option<Place>| place.map_or(0, |place| place.starts.timestamp());
        let other = self.other.and_then(|other| other.id).map_or_else(Uuid::nil, |id| id.0);
        let seats = self.seats.map_or_else(String::new, |(wanted, there)| format!(".{wanted}.{there}"));
        format!("{}.{}.{}.{other}.{}{seats}", self.kind, self.subject, at(self.session), at(self.other))
    }

    /// The day on which it happens; none when it concerns the whole run.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.session.map(|session| local_day(session.starts))
    }
}

/// A clash that somebody published in spite of, as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What kind it was.
    pub kind: ClashKind,
    /// The person or room.
    pub subject: Uuid,
    /// The session and when it started.
    pub session: (Option<SessionId>, Option<DateTime<Utc>>),
    /// The session of the other run and when it started.
    pub other: (Option<SessionId>, Option<DateTime<Utc>>),
    /// Seats of the run and of its room.
    pub seats: Option<(i64, i64)>,
}

impl Answered {
    /// Whether it speaks of this clash: the same subject in the same sessions at the same times, from whichever side. A
    /// session that moved has to be answered for anew.
    #[must_use]
    pub fn covers(&self, clash: &Clash) -> bool {
        if (self.kind, self.subject) != (clash.kind, clash.subject) {
            return false;
        }
        match (clash.session, clash.other) {
            (None, _) => self.session.0.is_none() && self.seats == clash.seats,
            (Some(session), None) => session.is(self.session.0, self.session.1),
            (Some(session), Some(other)) => {
                let one_way = session.is(self.session.0, self.session.1) && other.is(self.other.0, self.other.1);
                one_way || (other.is(self.session.0, self.session.1) && session.is(self.other.0, self.other.1))
            }
        }
    }
}

/// What somebody answers for: the clashes they were shown, and why the timetable is published in spite of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The keys of the clashes.
    pub keys: BTreeSet<String>,
    /// Why.
    pub reason: String,
}

/// A session of the run that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// When.
    pub place: Place,
    /// Its half-day.
    pub half_day: HalfDay,
    /// The room it is held in, if that is one of the register.
    pub room: Option<RoomId>,
    /// Who teaches it.
    pub trainers: Vec<PersonId>,
}

/// A session of another run around that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// When.
    pub place: Place,
    /// Its run, by course and name.
    pub run: String,
    /// The room it is held in.
    pub room: Option<RoomId>,
    /// Who teaches it.
    pub trainers: Vec<PersonId>,
    /// Those of our participants who take part in it.
    pub participants: Vec<PersonId>,
}

/// What is known of a trainer. Of whom nothing is known, nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trainer {
    /// The courses they are qualified for; none when that was never recorded.
    pub courses: Option<BTreeSet<CourseId>>,
    /// When they can be asked; at all times when it is empty.
    pub half_days: BTreeSet<(u8, HalfDay)>,
    /// First and last days of their absences.
    pub absences: Vec<(NaiveDate, NaiveDate)>,
}

impl Trainer {
    fn can_be_asked(&self, weekday: Weekday, half_day: HalfDay) -> bool {
        let number = u8::try_from(weekday.number_from_monday()).unwrap_or_default();
        self.half_days.is_empty() || self.half_days.contains(&(number, half_day))
    }

    fn is_away(&self, day: NaiveDate) -> bool {
        self.absences.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }
}

/// Everything around a run that may clash with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Sessions of other runs on the same days.
    pub neighbours: Vec<Neighbour>,
    /// What rooms are called, and how many people they hold.
    pub rooms: BTreeMap<RoomId, (String, i64)>,
    /// What people are called.
    pub names: BTreeMap<PersonId, String>,
    /// What is known of trainers.
    pub trainers: BTreeMap<PersonId, Trainer>,
}

/// Every clash of a run of `course` with `capacity` seats, in order of time; what concerns the whole run comes first.
#[must_use]
pub fn clashes(course: CourseId, capacity: i64, sessions: &[Held], around: &Surroundings) -> Vec<Clash> {
    let mut found = of_the_run(course, capacity, sessions, around);
    for held in sessions {
        of_trainers(held, around, &mut found);
        for neighbour in around.neighbours.iter().filter(|neighbour| neighbour.place.overlaps(&held.place)) {
            let clash = |kind, subject, name: String| Clash {
                kind,
                subject,
                name,
                session: Some(held.place),
                other: Some(neighbour.place),
                other_run: neighbour.run.clone(),
                seats: None,
            };
            let both = held.trainers.iter().filter(|trainer| neighbour.trainers.contains(trainer));
            found.extend(both.map(|trainer| clash(ClashKind::TrainerTwice, trainer.0, around.name(*trainer))));
            if let Some(room) = held.room.filter(|room| neighbour.room == Some(*room)) {
                found.push(clash(ClashKind::RoomTwice, room.0, around.room(room).0));
            }
            let people = neighbour.participants.iter();
            found.extend(people.map(|person| clash(ClashKind::ParticipantTwice, person.0, around.name(*person))));
        }
    }
    found
}

fn of_the_run(course: CourseId, capacity: i64, sessions: &[Held], around: &Surroundings) -> Vec<Clash> {
    let whole =
        |kind, subject, name, seats| Clash { kind, subject, name, session: None, other: None, other_run: String::new(), seats };
    let rooms: BTreeSet<RoomId> = sessions.iter().filter_map(|held| held.room).collect();
    let small = rooms.into_iter().map(|room| (room, around.room(room))).filter(|(_, (_, seats))| *seats < capacity);
    let small = small.map(|(room, (name, seats))| whole(ClashKind::RoomTooSmall, room.0, name, Some((capacity, seats))));
    let teach: BTreeSet<PersonId> = sessions.iter().flat_map(|held| held.trainers.iter().copied()).collect();
    let unqualified = teach.into_iter().filter(|person| {
        let courses = around.trainers.get(person).and_then(|trainer| trainer.courses.as_ref());
        courses.is_some_and(|courses| !courses.contains(&course))
    });
    let unqualified = unqualified.map(|person| whole(ClashKind::NotQualified, person.0, around.name(person), None));
    small.chain(unqualified).collect()
}

fn of_trainers(held: &Held, around: &Surroundings, found: &mut Vec<Clash>) {
    let day = local_day(held.place.starts);
    for person in &held.trainers {
        let Some(trainer) = around.trainers.get(person) else { continue };
        let kind = if trainer.is_away(day) {
            ClashKind::Away
        } else if trainer.can_be_asked(day.weekday(), held.half_day) {
            continue;
        } else {
            ClashKind::NotAsked
        };
        found.push(Clash {
            kind,
            subject: person.0,
            name: around.name(*person),
            session: Some(held.place),
            other: None,
            other_run: String::new(),
            seats: None,
        });
    }
}

impl Surroundings {
    fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }

    /// A room that is not known holds everybody: nothing is refused for what is not known.
    fn room(&self, room: RoomId) -> (String, i64) {
        self.rooms.get(&room).cloned().unwrap_or((String::new(), i64::MAX))
    }
}

#[cfg(test)]
mod tests;
