//! Runs: dated classes of a course, made of sessions.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::courses::Audience;
use crate::ids::{CourseId, PersonId, PlanLineId, RoomId, SessionId, UnitId};
use crate::requests::Approval;
use crate::{Faults, Refusal, time};

mod change;
mod clashes;
mod copies;
mod form;
mod pattern;
mod timetable;
mod title;

pub use change::{Before, check_change, check_publication};
pub use clashes::{Answered, Answers, Clash, ClashKind, Held, Neighbour, Place, Surroundings, Trainer, clashes};
pub use copies::{COPIES, CopyForm, copied_field, days_from};
pub use form::{PlanForm, SessionForm};
pub use pattern::{Pattern, PatternForm, WEEKDAYS, laid_out};
pub use timetable::{Change, Slot, Timetable, Told};
pub use title::title;

/// The most sessions of a run.
pub const SESSIONS: usize = 60;

words! {
    /// Where a run stands.
    RunState {
        /// Seen by planners only.
        Draft = "draft",
        /// On the public calendar, open or not for enrolment.
        Published = "published",
        /// Its completion was decided.
        Closed = "closed",
        /// Called off, with a reason.
        Cancelled = "cancelled",
    }
}

impl RunState {
    /// Where a run stands, from its records of publication, closure and cancellation.
    #[must_use]
    pub fn of(published: Option<DateTime<Utc>>, closed: Option<DateTime<Utc>>, cancelled: Option<DateTime<Utc>>) -> RunState {
        match (published, closed, cancelled) {
            (_, _, Some(_)) => RunState::Cancelled,
            (_, Some(_), None) => RunState::Closed,
            (Some(_), None, None) => RunState::Published,
            (None, None, None) => RunState::Draft,
        }
    }
}

words! {
    /// The half-day of a session (buổi).
    HalfDay {
        /// Sáng.
        Morning = "morning",
        /// Chiều.
        Afternoon = "afternoon",
        /// Tối.
        Evening = "evening",
    }
}

impl HalfDay {
    /// The usual hours of an office: what a new session is offered with.
    #[must_use]
    pub fn usual_hours(self) -> (NaiveTime, NaiveTime) {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
        match self {
            HalfDay::Morning => (at(7, 30), at(11, 30)),
            HalfDay::Afternoon => (at(13, 30), at(17, 0)),
            HalfDay::Evening => (at(18, 30), at(21, 0)),
        }
    }
}

/// What calendar programs know a session by: in the feed and in every invitation the same, for ever.
#[must_use]
pub fn calendar_uid(session: SessionId) -> String {
    format!("{session}@ocop-training")
}

/// A run as it is planned: what the form of a planner holds once it is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPlan {
    /// What is taught.
    pub course: CourseId,
    /// What tells this run from others of its course, for example "Lớp 3".
    pub name: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Of organisations only those with a product selected in this year; none when every one may take part.
    pub selection_year: Option<i64>,
    /// The unit it is held in and for.
    pub unit: UnitId,
    /// The room it is held in, if that is one of the register.
    pub room: Option<RoomId>,
    /// Where it is held, as it is printed.
    pub venue: String,
    /// Seats, 1 to 1,000.
    pub capacity: i64,
    /// From how many people on it is held, 0 to 1,000.
    pub minimum: i64,
    /// The last day on which one can enrol.
    pub enrolment_deadline: NaiveDate,
    /// Who must approve before somebody takes a place in it.
    pub approval: Approval,
    /// Whether a request that was approved is decided on anew when it is changed.
    pub asks_again: bool,
    /// Anything else participants should know.
    pub note: String,
    /// The line of the annual plan it is made from.
    pub plan_line: Option<PlanLineId>,
    /// Its sessions, in order of time.
    pub sessions: Vec<SessionPlan>,
}

/// One half-day of a planned run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionPlan {
    /// The session that this changes; none for a new one.
    pub id: Option<SessionId>,
    /// Its local day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// Local time at which it starts.
    pub starts: NaiveTime,
    /// Local time at which it ends.
    pub ends: NaiveTime,
    /// Its room, when not that of the run.
    pub room: Option<RoomId>,
    /// Where it is held, when not where the run is.
    pub venue: String,
    /// What is taught in it.
    pub topic: String,
    /// Who teaches it.
    pub trainers: Vec<PersonId>,
}

impl SessionPlan {
    /// Its first and last instant.
    #[must_use]
    pub fn instants(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (time::instant(self.day, self.starts), time::instant(self.day, self.ends))
    }

    /// The room it is held in: its own, or that of its run unless it is held elsewhere.
    #[must_use]
    pub fn room_in(&self, run: Option<RoomId>) -> Option<RoomId> {
        self.room.or(if self.venue.is_empty() { run } else { None })
    }
}

/// Checks what can be checked without looking at records. Fields are named `sessions.N.…` as in the form.
#[must_use]
pub fn check_plan(plan: &RunPlan) -> Faults {
    let mut faults = Faults::default();
    // Officers have no products: a rule that half of the participants cannot meet would be none.
    if plan.selection_year.is_some() && plan.audience != Audience::Organisations {
        faults.add("selection_year", Refusal::SelectionOfOthers);
    }
    if plan.minimum > plan.capacity {
        faults.add("minimum", Refusal::MinimumAboveCapacity);
    }
    if plan.sessions.is_empty() {
        faults.add("sessions", Refusal::NoSession);
    }
    for (n, session) in plan.sessions.iter().enumerate() {
        if session.ends <= session.starts {
            faults.add(format!("sessions.{n}.ends"), Refusal::SessionEndsBeforeStart);
            continue;
        }
        let overlaps =
            |other: &SessionPlan| other.day == session.day && other.starts < session.ends && session.starts < other.ends;
        if plan.sessions[..n].iter().any(overlaps) {
            faults.add(format!("sessions.{n}.starts"), Refusal::SessionsOverlap);
        }
    }
    if plan.sessions.iter().any(|session| session.day < plan.enrolment_deadline) {
        faults.add("enrolment_deadline", Refusal::DeadlineAfterStart);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn session(day: &str, starts: &str, ends: &str) -> SessionPlan {
        SessionPlan {
            id: None,
            day: time::parse_day(day).unwrap(),
            half_day: HalfDay::Morning,
            starts: time::parse_time(starts).unwrap(),
            ends: time::parse_time(ends).unwrap(),
            room: None,
            venue: String::new(),
            topic: String::new(),
            trainers: vec![],
        }
    }

    fn plan(deadline: &str, sessions: Vec<SessionPlan>) -> RunPlan {
        RunPlan {
            course: CourseId(Uuid::nil()),
            name: String::new(),
            audience: Audience::Everyone,
            selection_year: None,
            unit: UnitId(Uuid::nil()),
            room: None,
            venue: String::new(),
            capacity: 40,
            minimum: 0,
            enrolment_deadline: time::parse_day(deadline).unwrap(),
            approval: Approval::None,
            asks_again: false,
            note: String::new(),
            plan_line: None,
            sessions,
        }
    }

    fn faults(deadline: &str, sessions: Vec<SessionPlan>) -> Vec<String> {
        told(&plan(deadline, sessions))
    }

    fn told(plan: &RunPlan) -> Vec<String> {
        check_plan(plan).0.into_iter().map(|fault| format!("{}: {:?}", fault.field, fault.refusal)).collect()
    }

    #[test]
    fn only_organisations_have_selected_products() {
        for (audience, selection_year, allowed) in [
            (Audience::Organisations, Some(2019), true),
            (Audience::Organisations, None, true),
            (Audience::Officers, None, true),
            (Audience::Officers, Some(2019), false),
            (Audience::Everyone, Some(2019), false),
        ] {
            let plan = RunPlan { audience, selection_year, ..plan("01/07/2019", vec![session("2/7/2019", "7:30", "11:30")]) };
            let expected: &[&str] = if allowed { &[] } else { &["selection_year: SelectionOfOthers"] };
            assert_eq!(told(&plan), expected, "{audience} {selection_year:?}");
        }
    }

    #[test]
    fn a_run_is_held_with_no_more_people_than_it_has_seats_for() {
        let plan = RunPlan { minimum: 41, ..plan("01/07/2019", vec![session("2/7/2019", "7:30", "11:30")]) };
        assert_eq!(told(&plan), ["minimum: MinimumAboveCapacity"]);
        assert!(told(&RunPlan { minimum: 40, ..plan }).is_empty());
    }

    #[test]
    fn a_session_is_in_the_room_of_its_run_unless_it_says_otherwise() {
        let room = |n| Some(RoomId(Uuid::from_u128(n)));
        let here = session("2/7/2019", "7:30", "11:30");
        assert_eq!(here.room_in(room(1)), room(1));
        assert_eq!(SessionPlan { room: room(2), venue: "Phòng 2".into(), ..here.clone() }.room_in(room(1)), room(2));
        assert_eq!(SessionPlan { venue: "Ruộng sản xuất".into(), ..here }.room_in(room(1)), None);
    }

    #[test]
    fn plans_are_checked_as_a_whole() {
        let none: Vec<String> = vec![];
        assert_eq!(faults("01/07/2019", vec![session("2/7/2019", "7:30", "11:30"), session("2/7/2019", "11:30", "17:00")]), none);
        assert_eq!(faults("01/07/2019", vec![]), ["sessions: NoSession"]);
        assert_eq!(faults("03/07/2019", vec![session("2/7/2019", "7:30", "11:30")]), ["enrolment_deadline: DeadlineAfterStart"]);
        assert_eq!(
            faults("01/07/2019", vec![session("2/7/2019", "7:30", "11:30"), session("2/7/2019", "11:00", "11:00")]),
            ["sessions.1.ends: SessionEndsBeforeStart"]
        );
        assert_eq!(
            faults("01/07/2019", vec![session("2/7/2019", "7:30", "11:30"), session("2/7/2019", "11:00", "12:00")]),
            ["sessions.1.starts: SessionsOverlap"]
        );
    }
}
