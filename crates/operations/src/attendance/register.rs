//! The register of a session, and the sessions of a run with their counts.

use std::collections::HashMap;

use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::{Counts, Mark, register_open};
use domain::ids::{EnrolmentId, RunId, SessionId};
use domain::policy::Action;
use store::runs::{Run, Session};

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
    /// Why it takes no marks today, if so.
    pub closed: Option<Refusal>,
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
}

/// A session with its counts.
#[derive(Debug, Clone)]
pub struct SessionCount {
    /// The session.
    pub session: Session,
    /// How many have which mark.
    pub counts: Counts,
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
    let rows: Vec<RegisterRow> = people
        .into_iter()
        .map(|person| RegisterRow {
            enrolment: person.id,
            name: person.person_name,
            organisation: person.organisation_name,
            mark: marks.remove(&person.id),
        })
        .collect();
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
    let sessions = store::runs::sessions(&mut records, id)
        .await?
        .into_iter()
        .map(|session| SessionCount {
            counts: Counts::of(run.taken, counts.remove(&session.id).unwrap_or_default()),
            closed: register_open(run.state(), session.day, office.today()).err(),
            session,
        })
        .collect();
    Ok(Attendance { run, sessions })
}
