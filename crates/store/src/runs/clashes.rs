//! What is around a run that may clash with it, and the clashes that somebody answered for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccountId, CourseId, PersonId, RoomId, RunId, SessionId};
use domain::runs::{Answered, Clash, ClashKind, HalfDay, Neighbour, Place, Surroundings, Trainer};
use uuid::Uuid;

use crate::{Records, StoreResult, Work};

/// Narrows to sessions `s` of day $1 that take place in published runs other than $2.
macro_rules! elsewhere {
    () => {
        "s.day = $1 AND s.run_id <> $2 AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL"
    };
}

statements! {
    // Enrolments refer to people: a lock that leaves keys alone does not hold them up.
    LOCK_PERSON = "SELECT id FROM person WHERE id = $1 FOR NO KEY UPDATE";
    LOCK_ROOM = "SELECT id FROM room WHERE id = $1 FOR NO KEY UPDATE";
    LOCK_PARTICIPANTS = "SELECT id FROM person WHERE id IN (SELECT person_id FROM enrolment WHERE run_id = $1 AND withdrawn_at IS NULL)
        ORDER BY id FOR NO KEY UPDATE";
    NEIGHBOURS = concat!("SELECT s.id, s.starts_at, s.ends_at, s.room_id, c.title AS course_title, r.name AS run_name FROM held_session s
        JOIN run r ON r.id = s.run_id JOIN course c ON c.id = r.course_id WHERE ", elsewhere!());
    THEIR_TRAINERS = concat!("SELECT t.session_id, t.person_id FROM held_session s JOIN run r ON r.id = s.run_id
        JOIN session_trainer t ON t.session_id = s.id WHERE ", elsewhere!());
    // People who take part in both, or are to: $3 is empty unless somebody is about to be enrolled.
    OUR_PARTICIPANTS = concat!("SELECT s.id, e.person_id, p.full_name FROM enrolment e JOIN enrolment o ON o.person_id = e.person_id
        AND o.run_id <> e.run_id AND o.withdrawn_at IS NULL JOIN held_session s ON s.run_id = o.run_id JOIN run r ON r.id = s.run_id
        JOIN person p ON p.id = e.person_id WHERE e.run_id = $2 AND e.withdrawn_at IS NULL AND ", elsewhere!());
    // The first session of another run that a person takes part in at the time of a session of run $2.
    BUSY = "SELECT c.title AS course_title, r.name AS run_name, s.day FROM held_session h JOIN held_session s ON s.day = h.day
            AND s.run_id <> h.run_id AND s.starts_at < h.ends_at AND s.ends_at > h.starts_at
        JOIN run r ON r.id = s.run_id AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL JOIN course c ON c.id = r.course_id
        JOIN enrolment e ON e.run_id = r.id AND e.person_id = $1 AND e.withdrawn_at IS NULL
        WHERE h.run_id = $2 ORDER BY s.starts_at, s.id LIMIT 1";
    ROOM = "SELECT r.id, r.name, v.name AS venue_name, r.capacity FROM room r JOIN venue v ON v.id = r.venue_id WHERE r.id = $1";
    NAME = "SELECT full_name FROM person WHERE id = $1";
    TRAINER = "SELECT person_id FROM trainer WHERE person_id = $1";
    COURSES = "SELECT course_id FROM trainer_course WHERE person_id = $1";
    HALF_DAYS = "SELECT weekday, half_day FROM trainer_half_day WHERE person_id = $1";
    ABSENCES = "SELECT first_day, last_day FROM trainer_absence WHERE person_id = $1 AND withdrawn_at IS NULL AND last_day >= $2";
    ANSWER = "INSERT INTO clash_override (id, run_id, kind, subject_id, session_id, starts_at, other_session_id, other_starts_at, seats,
        room_seats, reason, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // From either side: who published the other run in spite of it has answered too.
    ANSWERED = "SELECT DISTINCT a.id, a.kind, a.subject_id, a.session_id, a.starts_at, a.other_session_id, a.other_starts_at, a.seats, a.room_seats,
            a.reason, a.created_at, p.full_name AS created_by_name
        FROM clash_override a JOIN account c ON c.id = a.created_by JOIN person p ON p.id = c.person_id
        LEFT JOIN session o ON o.id = a.other_session_id WHERE a.run_id = $1 OR o.run_id = $1 ORDER BY a.created_at, a.id";
}

/// Holds the time of people and rooms, and of everybody who takes part in a run, against other units of work. Always in the
/// same order, so that two planners never wait for each other.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, run: RunId, people: &BTreeSet<PersonId>, rooms: &BTreeSet<RoomId>) -> StoreResult<()> {
    for room in rooms {
        work.lock(LOCK_ROOM, room.0).await?;
    }
    for person in people {
        work.lock(LOCK_PERSON, person.0).await?;
    }
    work.lock(LOCK_PARTICIPANTS, run.0).await
}

/// Holds the time of one person who is about to be enrolled.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock_person(work: &mut Work, person: PersonId) -> StoreResult<()> {
    work.lock(LOCK_PERSON, person.0).await
}

/// Where a person is at the time of a session of `run`: another run, by course and name, and the day.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn busy(records: &mut impl Records, person: PersonId, run: RunId) -> StoreResult<Option<(String, NaiveDate)>> {
    let row: Option<(String, String, NaiveDate)> = fetch_optional!(records, BUSY, person, run)?;
    Ok(row.map(|(course, run, day)| (title(&course, &run), day)))
}

fn title(course: &str, run: &str) -> String {
    format!("{course} – {run}")
}

/// Everything around sessions of `run` on these days, by these trainers, in these rooms.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn surroundings(
    records: &mut impl Records,
    run: RunId,
    days: &BTreeSet<NaiveDate>,
    trainers: &BTreeSet<PersonId>,
    rooms: &BTreeSet<RoomId>,
) -> StoreResult<Surroundings> {
    let mut around = Surroundings::default();
    for day in days {
        neighbours(records, run, *day, &mut around).await?;
    }
    for room in rooms {
        let row: Option<(RoomId, String, String, i64)> = fetch_optional!(records, ROOM, *room)?;
        around.rooms.extend(row.map(|(id, name, venue, seats)| (id, (format!("{name}, {venue}"), seats))));
    }
    let first = days.first().copied().unwrap_or_default();
    for person in trainers {
        let name: Option<(String,)> = fetch_optional!(records, NAME, *person)?;
        around.names.extend(name.map(|(name,)| (*person, name)));
        let known: Option<(PersonId,)> = fetch_optional!(records, TRAINER, *person)?;
        let courses: Vec<(CourseId,)> = fetch_all!(records, COURSES, *person)?;
        let half_days: Vec<(i64, HalfDay)> = fetch_all!(records, HALF_DAYS, *person)?;
        let absences = fetch_all!(records, ABSENCES, *person, first)?;
        let half_days = half_days.into_iter().filter_map(|(day, half)| Some((u8::try_from(day).ok()?, half))).collect();
        let courses = known.map(|_| courses.into_iter().map(|(course,)| course).collect());
        around.trainers.insert(*person, Trainer { courses, half_days, absences });
    }
    Ok(around)
}

async fn neighbours(records: &mut impl Records, run: RunId, day: NaiveDate, around: &mut Surroundings) -> StoreResult<()> {
    type Row = (SessionId, DateTime<Utc>, DateTime<Utc>, Option<RoomId>, String, String);
    let rows: Vec<Row> = fetch_all!(records, NEIGHBOURS, day, run)?;
    let mut found: BTreeMap<SessionId, Neighbour> = BTreeMap::new();
    for (id, starts, ends, room, course, name) in rows {
        let place = Place { id: Some(id), starts, ends };
        let run = title(&course, &name);
        found.insert(id, Neighbour { place, run, room, trainers: Vec::new(), participants: Vec::new() });
    }
    let teach: Vec<(SessionId, PersonId)> = fetch_all!(records, THEIR_TRAINERS, day, run)?;
    for (session, trainer) in teach {
        found.entry(session).and_modify(|one| one.trainers.push(trainer));
    }
    let take_part: Vec<(SessionId, PersonId, String)> = fetch_all!(records, OUR_PARTICIPANTS, day, run)?;
    for (session, person, name) in take_part {
        found.entry(session).and_modify(|one| one.participants.push(person));
        around.names.insert(person, name);
    }
    around.neighbours.extend(found.into_values());
    Ok(())
}

/// A clash that somebody answered for, with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it was.
    pub clash: Answered,
    /// Why the timetable was published in spite of it.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct AnswerRow {
    kind: ClashKind,
    subject_id: Uuid,
    session_id: Option<SessionId>,
    starts_at: Option<DateTime<Utc>>,
    other_session_id: Option<SessionId>,
    other_starts_at: Option<DateTime<Utc>>,
    seats: Option<i64>,
    room_seats: Option<i64>,
    reason: String,
    created_at: DateTime<Utc>,
    created_by_name: String,
}

/// The clashes of a run that somebody answered for, from either side, in order of time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn answered(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Answer>> {
    let rows: Vec<AnswerRow> = fetch_all!(records, ANSWERED, run)?;
    let answer = |row: AnswerRow| Answer {
        clash: Answered {
            kind: row.kind,
            subject: row.subject_id,
            session: (row.session_id, row.starts_at),
            other: (row.other_session_id, row.other_starts_at),
            seats: row.seats.zip(row.room_seats),
        },
        reason: row.reason,
        at: row.created_at,
        by: row.created_by_name,
    };
    Ok(rows.into_iter().map(answer).collect())
}

/// Keeps that somebody answers for a clash.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn answer(
    work: &mut Work,
    (id, run): (Uuid, RunId),
    clash: &Clash,
    reason: &str,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let at = |place: Option<Place>| (place.and_then(|place| place.id), place.map(|place| place.starts));
    let ((session, starts), (other, other_starts)) = (at(clash.session), at(clash.other));
    let (seats, room_seats) = (clash.seats.map(|(seats, _)| seats), clash.seats.map(|(_, there)| there));
    execute!(
        work,
        ANSWER,
        id,
        run,
        clash.kind,
        clash.subject,
        session,
        starts,
        other,
        other_starts,
        seats,
        room_seats,
        reason,
        now,
        by
    )?;
    Ok(())
}
