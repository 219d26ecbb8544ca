//! Clashes against a model that looks at every quarter of an hour.

use chrono::Duration;
use proptest::prelude::*;

use super::*;
use crate::time::{instant, parse_day, parse_time};

const DAY: &str = "01/07/2019"; // a Monday

fn at(quarter: i64) -> DateTime<Utc> {
    instant(parse_day(DAY).unwrap(), parse_time("7:00").unwrap()) + Duration::minutes(15 * quarter)
}

fn place(id: u128, from: i64, length: i64) -> Place {
    Place { id: Some(SessionId(Uuid::from_u128(id))), starts: at(from), ends: at(from + length) }
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn held(id: u128, from: i64, length: i64, room: u128, trainers: &[u128]) -> Held {
    Held {
        place: place(id, from, length),
        half_day: HalfDay::Morning,
        room: (room > 0).then(|| RoomId(Uuid::from_u128(room))),
        trainers: trainers.iter().copied().map(person).collect(),
    }
}

fn neighbour(held: Held, participants: &[u128]) -> Neighbour {
    Neighbour {
        place: held.place,
        run: "Lớp khác".into(),
        room: held.room,
        trainers: held.trainers,
        participants: participants.iter().copied().map(person).collect(),
    }
}

fn course() -> CourseId {
    CourseId(Uuid::from_u128(1))
}

fn kinds(sessions: &[Held], around: &Surroundings) -> Vec<ClashKind> {
    clashes(course(), 40, sessions, around).into_iter().map(|clash| clash.kind).collect()
}

#[test]
fn touching_ends_are_no_clash() {
    let ours = [held(1, 0, 4, 7, &[3])];
    let around = |from| Surroundings { neighbours: vec![neighbour(held(2, from, 4, 7, &[3]), &[5])], ..Surroundings::default() };
    assert_eq!(kinds(&ours, &around(4)), []);
    assert_eq!(kinds(&ours, &around(3)), [ClashKind::TrainerTwice, ClashKind::RoomTwice, ClashKind::ParticipantTwice]);
}

#[test]
fn what_is_known_of_rooms_and_trainers_counts_and_what_is_not_known_does_not() {
    let ours = [held(1, 0, 4, 7, &[3])];
    let mut around = Surroundings::default();
    assert_eq!(kinds(&ours, &around), [], "a trainer and a room of whom nothing is known");
    around.rooms.insert(RoomId(Uuid::from_u128(7)), ("Phòng 2".into(), 39));
    around.trainers.insert(person(3), Trainer { courses: Some(BTreeSet::new()), ..Trainer::default() });
    assert_eq!(kinds(&ours, &around), [ClashKind::RoomTooSmall, ClashKind::NotQualified]);
    around.rooms.insert(RoomId(Uuid::from_u128(7)), ("Phòng 2".into(), 40));
    let known = |half_days: &[(u8, HalfDay)], absences: &[(&str, &str)]| Trainer {
        courses: Some([course()].into()),
        half_days: half_days.iter().copied().collect(),
        absences: absences.iter().map(|(from, to)| (parse_day(from).unwrap(), parse_day(to).unwrap())).collect(),
    };
    for (trainer, expected) in [
        (known(&[], &[]), None),
        (known(&[(1, HalfDay::Morning)], &[]), None),
        (known(&[(1, HalfDay::Afternoon), (2, HalfDay::Morning)], &[]), Some(ClashKind::NotAsked)),
        (known(&[], &[("28/06/2019", "30/06/2019")]), None),
        (known(&[], &[("28/06/2019", "01/07/2019")]), Some(ClashKind::Away)),
        (known(&[(2, HalfDay::Morning)], &[("01/07/2019", "01/07/2019")]), Some(ClashKind::Away)),
    ] {
        around.trainers.insert(person(3), trainer);
        assert_eq!(kinds(&ours, &around), Vec::from_iter(expected));
    }
}

#[test]
fn an_answer_holds_from_both_sides_until_something_moves() {
    let around = Surroundings { neighbours: vec![neighbour(held(2, 1, 4, 0, &[3]), &[])], ..Surroundings::default() };
    let clash = clashes(course(), 40, &[held(1, 0, 4, 0, &[3])], &around).remove(0);
    let answered = Answered {
        kind: clash.kind,
        subject: clash.subject,
        session: (clash.session.unwrap().id, clash.session.map(|place| place.starts)),
        other: (clash.other.unwrap().id, clash.other.map(|place| place.starts)),
        seats: None,
    };
    assert!(answered.covers(&clash));
    let from_there = Clash { session: clash.other, other: clash.session, ..clash.clone() };
    assert!(answered.covers(&from_there));
    let moved = Clash { session: Some(place(1, 2, 4)), ..clash.clone() };
    assert!(!answered.covers(&moved) && moved.key() != clash.key());
    assert!(!answered.covers(&Clash { subject: Uuid::from_u128(9), ..clash.clone() }));
    assert!(!answered.covers(&Clash { kind: ClashKind::RoomTwice, ..clash }));
}

#[test]
fn seats_that_changed_are_answered_for_anew() {
    let around =
        Surroundings { rooms: [(RoomId(Uuid::from_u128(7)), ("Phòng 2".into(), 30))].into(), ..Surroundings::default() };
    let small = |capacity| clashes(course(), capacity, &[held(1, 0, 4, 7, &[])], &around).remove(0);
    let clash = small(40);
    let answered =
        Answered { kind: clash.kind, subject: clash.subject, session: (None, None), other: (None, None), seats: clash.seats };
    assert!(answered.covers(&clash) && !answered.covers(&small(41)));
    assert_ne!(clash.key(), small(41).key());
}

type Drawn = (i64, i64, u128, Vec<u128>, Vec<u128>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let people = || proptest::collection::btree_set(1..4_u128, 0..3).prop_map(|set| set.into_iter().collect::<Vec<_>>());
    (0..20_i64, 1..6_i64, 0..3_u128, people(), people())
}

proptest! {
    /// The model asks of every quarter of an hour who and what is in two sessions.
    #[test]
    fn every_clash_is_one_that_a_clock_sees(ours in proptest::collection::vec(drawn(), 0..4), theirs in proptest::collection::vec(drawn(), 0..5)) {
        let sessions: Vec<Held> = ours.iter().enumerate().map(|(n, (from, length, room, trainers, _))| held(n as u128 + 1, *from, *length, *room, trainers)).collect();
        let neighbours = theirs.iter().enumerate().map(|(n, (from, length, room, trainers, participants))| {
            neighbour(held(n as u128 + 100, *from, *length, *room, trainers), participants)
        }).collect();
        let around = Surroundings { neighbours, ..Surroundings::default() };
        let found: BTreeSet<_> = clashes(course(), 40, &sessions, &around).into_iter()
            .map(|clash| (clash.kind, clash.subject, clash.session.and_then(|s| s.id), clash.other.and_then(|s| s.id))).collect();

        let mut model = BTreeSet::new();
        for quarter in 0..30 {
            let now = |place: &Place| place.starts <= at(quarter) && at(quarter) < place.ends;
            for ours in sessions.iter().filter(|held| now(&held.place)) {
                for theirs in around.neighbours.iter().filter(|other| now(&other.place)) {
                    let mut add = |kind, subject| { model.insert((kind, subject, ours.place.id, theirs.place.id)); };
                    for trainer in &ours.trainers { if theirs.trainers.contains(trainer) { add(ClashKind::TrainerTwice, trainer.0); } }
                    if let (Some(one), Some(two)) = (ours.room, theirs.room) && one == two { add(ClashKind::RoomTwice, one.0); }
                    for participant in &theirs.participants { add(ClashKind::ParticipantTwice, participant.0); }
                }
            }
        }
        prop_assert_eq!(found, model);
    }
}
