//! What may be published, and what may still change once people rely on a run.

use chrono::{DateTime, Utc};

use super::{RunPlan, RunState, SessionPlan};
use crate::courses::Audience;
use crate::enrolments::capacity_fits;
use crate::ids::{CourseId, SessionId};
use crate::{Faults, Refusal};

/// A run as it stands before it is changed, read under the lock.
#[derive(Debug, Clone)]
pub struct Before {
    /// Where it stands.
    pub state: RunState,
    /// What is taught.
    pub course: CourseId,
    /// Whom it is for.
    pub audience: Audience,
    /// The year of the selection it is narrowed to.
    pub selection_year: Option<i64>,
    /// Seats taken.
    pub taken: i64,
    /// Seats promised with a name to come.
    pub promised: i64,
    /// Seats held by offers to those who wait.
    pub offered: i64,
    /// Its sessions that take place: identifier, first and last instant.
    pub sessions: Vec<(SessionId, DateTime<Utc>, DateTime<Utc>)>,
    /// Sessions of which attendance has been marked.
    pub marked: Vec<SessionId>,
}

impl Before {
    fn moves(&self, session: &SessionPlan) -> bool {
        let known = self.sessions.iter().find(|(id, ..)| Some(*id) == session.id);
        known.is_none_or(|(_, starts, ends)| (*starts, *ends) != session.instants())
    }
}

/// Checks a change against what was promised: seats that are taken, sessions that were marked, the past.
#[must_use]
pub fn check_change(before: &Before, plan: &RunPlan, now: DateTime<Utc>) -> Faults {
    let mut faults = Faults::default();
    match before.state {
        RunState::Cancelled => return Refusal::RunCancelled.into(),
        RunState::Closed => return Refusal::RunClosed.into(),
        RunState::Draft | RunState::Published => {}
    }
    faults.take("capacity", capacity_fits(plan.capacity, before.taken, before.promised, before.offered));
    if before.taken > 0 && plan.course != before.course {
        faults.add("course", Refusal::HasParticipants);
    }
    if before.taken > 0 && plan.audience != before.audience && plan.audience != Audience::Everyone {
        faults.add("audience", Refusal::HasParticipants);
    }
    // Opening it to others takes nothing from anybody; narrowing it would.
    if before.taken > 0 && plan.selection_year != before.selection_year && plan.selection_year.is_some() {
        faults.add("selection_year", Refusal::HasParticipants);
    }
    if before.marked.iter().any(|id| !plan.sessions.iter().any(|session| session.id == Some(*id))) {
        faults.add("sessions", Refusal::SessionMarked);
    }
    for (n, session) in plan.sessions.iter().enumerate().filter(|(_, session)| before.moves(session)) {
        if session.id.is_some_and(|id| before.marked.contains(&id)) {
            faults.add(format!("sessions.{n}.day"), Refusal::SessionMarked);
        } else if before.state == RunState::Published && session.instants().0 < now {
            faults.add(format!("sessions.{n}.day"), Refusal::SessionInThePast);
        }
    }
    faults
}

/// Checks that a draft can be shown to everybody: it has sessions, none has begun, and one can enrol until then.
///
/// `sessions` are the first instants, `deadline` the first instant of the last day for enrolling.
///
/// # Errors
/// [`Refusal::NoSession`], [`Refusal::SessionInThePast`], [`Refusal::DeadlineAfterStart`].
pub fn check_publication(sessions: &[DateTime<Utc>], deadline: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let first = sessions.iter().min().ok_or(Refusal::NoSession)?;
    if *first < now {
        return Err(Refusal::SessionInThePast);
    }
    if *first < deadline { Err(Refusal::DeadlineAfterStart) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UnitId;
    use crate::runs::HalfDay;
    use crate::time::{instant, parse_day, parse_time};
    use uuid::Uuid;

    fn at(day: &str, time: &str) -> DateTime<Utc> {
        instant(parse_day(day).unwrap(), parse_time(time).unwrap())
    }

    fn session(id: u128, day: &str) -> SessionPlan {
        SessionPlan {
            id: (id > 0).then(|| SessionId(Uuid::from_u128(id))),
            day: parse_day(day).unwrap(),
            half_day: HalfDay::Morning,
            starts: parse_time("7:30").unwrap(),
            ends: parse_time("11:30").unwrap(),
            room: None,
            venue: String::new(),
            topic: String::new(),
            trainers: vec![],
        }
    }

    fn plan() -> RunPlan {
        RunPlan {
            course: CourseId(Uuid::from_u128(1)),
            name: "Lớp 1".into(),
            audience: Audience::Organisations,
            selection_year: Some(2019),
            unit: UnitId(Uuid::nil()),
            room: None,
            venue: "Hội trường".into(),
            capacity: 40,
            minimum: 0,
            enrolment_deadline: parse_day("01/07/2019").unwrap(),
            approval: crate::requests::Approval::None,
            asks_again: false,
            note: String::new(),
            plan_line: None,
            sessions: vec![session(1, "02/07/2019"), session(2, "03/07/2019")],
        }
    }

    fn before() -> Before {
        let known = |n: u128, day: &str| (SessionId(Uuid::from_u128(n)), at(day, "7:30"), at(day, "11:30"));
        Before {
            state: RunState::Published,
            course: CourseId(Uuid::from_u128(1)),
            audience: Audience::Organisations,
            selection_year: Some(2019),
            taken: 12,
            promised: 0,
            offered: 0,
            sessions: vec![known(1, "02/07/2019"), known(2, "03/07/2019")],
            marked: vec![SessionId(Uuid::from_u128(1))],
        }
    }

    fn told(change: impl FnOnce(&mut Before, &mut RunPlan)) -> Vec<String> {
        let (mut before, mut plan) = (before(), plan());
        change(&mut before, &mut plan);
        let faults = check_change(&before, &plan, at("02/07/2019", "12:00"));
        faults.0.into_iter().map(|fault| format!("{}: {:?}", fault.field, fault.refusal)).collect()
    }

    #[test]
    fn what_people_rely_on_stays() {
        let none: Vec<String> = vec![];
        assert_eq!(told(|_, _| ()), none);
        assert_eq!(told(|_, plan| plan.capacity = 12), none);
        assert_eq!(told(|_, plan| plan.capacity = 11), ["capacity: CapacityBelowTaken { taken: 12 }"]);
        let held = |before: &mut Before, plan: &mut RunPlan| (before.promised, before.offered, plan.capacity) = (3, 1, 15);
        assert_eq!(told(held), ["capacity: CapacityBelowHeld { taken: 12, promised: 3, offered: 1 }"]);
        assert_eq!(told(|_, plan| plan.course = CourseId(Uuid::nil())), ["course: HasParticipants"]);
        assert_eq!(told(|_, plan| plan.audience = Audience::Officers), ["audience: HasParticipants"]);
        assert_eq!(told(|_, plan| plan.audience = Audience::Everyone), none);
        assert_eq!(told(|_, plan| plan.selection_year = None), none);
        assert_eq!(told(|_, plan| plan.selection_year = Some(2018)), ["selection_year: HasParticipants"]);
        assert_eq!(told(|before, _| before.selection_year = None), ["selection_year: HasParticipants"]);
        assert_eq!(told(|before, _| (before.selection_year, before.taken) = (None, 0)), none);
        assert_eq!(told(|_, plan| drop(plan.sessions.remove(0))), ["sessions: SessionMarked"]);
        assert_eq!(told(|_, plan| plan.sessions[0] = session(1, "04/07/2019")), ["sessions.0.day: SessionMarked"]);
        assert_eq!(told(|_, plan| plan.sessions[1] = session(2, "01/07/2019")), ["sessions.1.day: SessionInThePast"]);
        assert_eq!(told(|_, plan| drop(plan.sessions.remove(1))), none);
        assert_eq!(told(|before, _| before.state = RunState::Closed), [": RunClosed"]);
        assert_eq!(told(|before, _| before.state = RunState::Cancelled), [": RunCancelled"]);
    }

    #[test]
    fn a_draft_may_still_lie_in_the_past() {
        let mut plan = plan();
        plan.sessions[1] = session(2, "01/07/2019");
        assert!(check_change(&Before { state: RunState::Draft, ..before() }, &plan, at("02/07/2019", "12:00")).is_empty());
    }

    #[test]
    fn only_what_lies_ahead_is_published() {
        let starts = [at("02/07/2019", "7:30"), at("01/07/2019", "13:30")];
        let day = |day: &str| at(day, "0:00");
        assert_eq!(check_publication(&[], day("01/07/2019"), day("01/06/2019")), Err(Refusal::NoSession));
        assert_eq!(check_publication(&starts, day("01/07/2019"), day("01/06/2019")), Ok(()));
        assert_eq!(check_publication(&starts, day("02/07/2019"), day("01/06/2019")), Err(Refusal::DeadlineAfterStart));
        assert_eq!(check_publication(&starts, day("01/07/2019"), day("02/07/2019")), Err(Refusal::SessionInThePast));
    }
}
