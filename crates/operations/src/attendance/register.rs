//! The register of a session, and the sessions of a run with their counts.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::{Counts, Mark, register_open};
use domain::ids::{EnrolmentId, RunId, SessionId, WalkInId};
use domain::policy::Action;
use domain::time::local_day;
use domain::walk_ins::Heads;
use store::head_counts::HeadCount;
use store::runs::{Run, Session};
use store::walk_ins::{WalkIn, WalkInMark};

use crate::enrolments::in_name_order;
use crate::{Office, Outcome, require};

/// The register of one session.
#[derive(Debug, Clone)]
pub struct Register {
    /// The run.
    pub run: Run,
    /// The session.
    pub session: Session,
    /// Its number among the sessions of the run, from 1.
    pub number: usize,
    /// Everybody who takes part, by given name.
    pub rows: Vec<RegisterRow>,
    /// How many have which mark.
    pub counts: Counts,
    /// Who left the run after attendance of this session had been marked, by given name.
    pub left: Vec<Left>,
    /// Who came without a place and of whom it is open who they are, by given name.
    pub walk_ins: Vec<WalkInRow>,
    /// The heads that were counted of those whose names will never be known.
    pub heads: Option<HeadCount>,
    /// Why it takes no marks today, if so.
    pub closed: Option<Refusal>,
}

/// Somebody who left a run midway: what was marked of them stays.
#[derive(Debug, Clone)]
pub struct Left {
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// Their mark in the session.
    pub mark: Mark,
    /// The day on which they left.
    pub left_on: NaiveDate,
}

/// A walk-in in a session.
#[derive(Debug, Clone)]
pub struct WalkInRow {
    /// The walk-in.
    pub walk_in: WalkIn,
    /// Their mark in the session.
    pub mark: Option<WalkInMark>,
}

/// One person of a register.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    /// Their place in the run.
    pub enrolment: EnrolmentId,
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// The mark that holds.
    pub mark: Option<Mark>,
}

/// The sessions of a run with their counts.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// The run.
    pub run: Run,
    /// Its sessions, in order of time.
    pub sessions: Vec<SessionCount>,
    /// How many people came without a place of whom it is open who they are.
    pub open_walk_ins: usize,
    /// How many did in all.
    pub walk_ins: usize,
}

/// A session with its counts.
#[derive(Debug, Clone)]
pub struct SessionCount {
    /// The session.
    pub session: Session,
    /// How many have which mark.
    pub counts: Counts,
    /// The heads that were counted of those whose names will never be known. They are in no other number.
    pub heads: Option<Heads>,
    /// Why it takes no marks today, if so.
    pub closed: Option<Refusal>,
}

/// The register of a session.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none or `actor` may not mark it.
pub async fn register(office: &Office, actor: &Actor, id: SessionId) -> Outcome<Register> {
    let mut records = office.database.read().await?;
    let (run, session) = super::session(&mut records, actor, id).await?;
    let sessions = store::runs::sessions(&mut records, run.id).await?;
    let people = store::enrolments::live_of_run(&mut records, run.id).await?;
    let mut marks: HashMap<EnrolmentId, Mark> =
        store::attendance::of_session(&mut records, id).await?.into_iter().map(|mark| (mark.enrolment, mark)).collect();
    let left = store::enrolments::left_run(&mut records, run.id).await?.into_iter().filter_map(|left| {
        let left_on = local_day(left.withdrawn_at?);
        Some(Left { mark: marks.remove(&left.id)?, name: left.person_name, organisation: left.organisation_name, left_on })
    });
    let left = left.collect();
    let mut rows: Vec<RegisterRow> = people
        .into_iter()
        .map(|person| RegisterRow {
            enrolment: person.id,
            name: person.person_name,
            organisation: person.organisation_name,
            mark: marks.remove(&person.id),
        })
        .collect();
    in_name_order(&mut rows, |row| &row.name);
    let mut walk_in_marks: HashMap<WalkInId, WalkInMark> =
        store::walk_ins::marks_of_session(&mut records, id).await?.into_iter().map(|mark| (mark.walk_in_id, mark)).collect();
    let walk_ins = store::walk_ins::of_run(&mut records, run.id).await?.into_iter().filter(WalkIn::is_open);
    let walk_ins = walk_ins.map(|walk_in| WalkInRow { mark: walk_in_marks.remove(&walk_in.id), walk_in }).collect();
    let heads = store::head_counts::current(&mut records, id).await?;
    let counts = Counts::of(rows.len() as i64, rows.iter().filter_map(|row| Some((row.mark.as_ref()?.status, 1))));
    Ok(Register {
        closed: if session.cancellation_reason.is_some() {
            Some(Refusal::SessionCancelled)
        } else {
            register_open(run.state(), session.day, office.today()).err()
        },
        number: sessions.iter().position(|other| other.id == id).map_or(1, |n| n + 1),
        run,
        session,
        rows,
        counts,
        left,
        walk_ins,
        heads,
    })
}

/// The sessions of a run with their counts.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none or `actor` may not mark its attendance.
pub async fn of_run(office: &Office, actor: &Actor, id: RunId) -> Outcome<Attendance> {
    let mut records = office.database.read().await?;
    let (run, target) = crate::runs::target(&mut records, id).await?;
    require(actor, Action::MarkAttendance, &target)?;
    let mut counts: HashMap<SessionId, Vec<_>> = HashMap::new();
    for (session, status, count) in store::attendance::count_of_run(&mut records, id).await? {
        counts.entry(session).or_default().push((status, count));
    }
    let heads = super::heads::of_run(&mut records, id).await?;
    let walk_ins = store::walk_ins::of_run(&mut records, id).await?;
    let sessions = store::runs::sessions(&mut records, id)
        .await?
        .into_iter()
        .map(|session| SessionCount {
            counts: Counts::of(run.taken, counts.remove(&session.id).unwrap_or_default()),
            heads: heads.get(&session.id).copied(),
            closed: register_open(run.state(), session.day, office.today()).err(),
            session,
        })
        .collect();
    let open_walk_ins = walk_ins.iter().filter(|walk_in| walk_in.is_open()).count();
    Ok(Attendance { run, sessions, open_walk_ins, walk_ins: walk_ins.len() })
}
