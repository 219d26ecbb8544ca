//! The form of a planner: what was typed, kept as it was typed, until all of it is a [`RunPlan`].

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{HalfDay, RunPlan, SESSIONS, SessionPlan, check_plan};
use crate::ids::RoomId;
use crate::requests::Approval;
use crate::text::{line, optional_line, paragraphs, whole_number};
use crate::time::{parse_day, parse_time, show_time};
use crate::{Faults, Refusal};

/// What a planner typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanForm {
    /// The identifier of the course.
    pub course: String,
    /// What tells the run from others of its course.
    pub name: String,
    /// For whom it is, as a word.
    pub audience: String,
    /// The year of the selection it is narrowed to; empty when it is not.
    pub selection_year: String,
    /// The identifier of the unit.
    pub unit: String,
    /// The identifier of its room; empty when that is none of the register.
    pub room: String,
    /// Where it is held, when that is none of the register.
    pub venue: String,
    /// Seats.
    pub capacity: String,
    /// From how many people on it is held; empty when that does not matter.
    pub minimum: String,
    /// The last day on which one can enrol.
    pub enrolment_deadline: String,
    /// Who must approve, as a word; empty when nobody must.
    #[serde(default)]
    pub approval: String,
    /// Whether what was approved is decided on anew when it is changed: `yes`, or empty.
    #[serde(default)]
    pub asks_again: String,
    /// Anything else.
    pub note: String,
    /// The identifier of the line of the annual plan it is made from; empty when it is not.
    #[serde(default)]
    pub plan_line: String,
    /// Its sessions as they stand in the form.
    pub sessions: Vec<SessionForm>,
}

/// What a planner typed about one session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionForm {
    /// The identifier of the session that this changes; empty for a new one.
    pub id: String,
    /// Its day.
    pub day: String,
    /// Its half-day, as a word.
    pub half_day: String,
    /// When it starts.
    pub starts: String,
    /// When it ends.
    pub ends: String,
    /// The identifier of its room, when not that of the run.
    pub room: String,
    /// Where, when not where the run is.
    pub venue: String,
    /// What is taught.
    pub topic: String,
    /// Identifiers of who teaches it; empty ones are places not taken.
    pub trainers: Vec<String>,
}

impl PlanForm {
    /// Makes it the plan of another run: its sessions are new ones, and all its days go on by whole weeks until the first
    /// is not before `earliest`.
    pub fn move_ahead(&mut self, earliest: NaiveDate) {
        let first = self.sessions.iter().filter_map(|session| parse_day(&session.day).ok()).min();
        let behind = first.map_or(0, |first| (earliest - first).num_days());
        let by = Duration::days(7 * ((behind.max(0) + 6) / 7));
        let moved = |day: &str| parse_day(day).map_or_else(|_| day.to_owned(), |day| (day + by).to_string());
        self.enrolment_deadline = moved(&self.enrolment_deadline);
        for session in &mut self.sessions {
            session.id.clear();
            session.day = moved(&session.day);
        }
    }
}

impl SessionForm {
    /// A session as it is first offered: the morning of a day, in the usual hours. Days are written as browsers send them.
    #[must_use]
    pub fn first(day: NaiveDate) -> SessionForm {
        SessionForm { day: day.to_string(), half_day: HalfDay::Morning.to_string(), ..SessionForm::default() }.with_usual_hours()
    }

    /// The session that is offered after this one: the afternoon after a morning, else the next morning; same trainers.
    #[must_use]
    pub fn next(&self) -> SessionForm {
        let day = parse_day(&self.day).ok();
        let (day, half_day) = match self.half_day.parse() {
            Ok(HalfDay::Morning) => (day, HalfDay::Afternoon),
            _ => (day.map(|day| day + Duration::days(1)), HalfDay::Morning),
        };
        SessionForm {
            day: day.map(|day| day.to_string()).unwrap_or_default(),
            half_day: half_day.to_string(),
            room: self.room.clone(),
            venue: self.venue.clone(),
            trainers: self.trainers.clone(),
            ..SessionForm::default()
        }
        .with_usual_hours()
    }

    /// Hours that were left out, or are the usual ones of another half-day, become the usual ones of this half-day:
    /// who changes "sáng" to "chiều" need not type the hours.
    #[must_use]
    pub fn with_usual_hours(mut self) -> SessionForm {
        let Ok(half_day) = self.half_day.parse::<HalfDay>() else { return self };
        let typed = (parse_time(&self.starts).ok(), parse_time(&self.ends).ok());
        let of_another = HalfDay::ALL.iter().any(|other| {
            let (starts, ends) = other.usual_hours();
            typed == (Some(starts), Some(ends))
        });
        let (starts, ends) = half_day.usual_hours();
        if of_another || self.starts.trim().is_empty() {
            self.starts = show_time(starts);
        }
        if of_another || self.ends.trim().is_empty() {
            self.ends = show_time(ends);
        }
        self
    }

    fn parse(&self, n: usize, faults: &mut Faults) -> Option<SessionPlan> {
        let field = |name: &str| format!("sessions.{n}.{name}");
        let form = self.clone().with_usual_hours();
        let id = match form.id.trim() {
            "" => Some(None),
            id => faults.take(field("day"), id.parse().map(Some).map_err(|_| Refusal::NotFound)),
        };
        let day = faults.take(field("day"), required(&form.day).and_then(parse_day));
        let half_day = faults.take(field("half_day"), form.half_day.parse());
        let starts = faults.take(field("starts"), parse_time(&form.starts));
        let ends = faults.take(field("ends"), parse_time(&form.ends));
        let room = faults.take(field("room"), room(&form.room));
        let venue = faults.take(field("venue"), optional_line(&form.venue, 200));
        let topic = faults.take(field("topic"), optional_line(&form.topic, 200));
        let mut trainers = Vec::new();
        for trainer in form.trainers.iter().filter(|trainer| !trainer.trim().is_empty()) {
            let trainer = faults.take(field("trainers"), trainer.parse().map_err(|_| Refusal::NotAChoice));
            trainers.extend(trainer.filter(|trainer| !trainers.contains(trainer)));
        }
        Some(SessionPlan {
            id: id?,
            day: day?,
            half_day: half_day?,
            starts: starts?,
            ends: ends?,
            room: room?,
            venue: venue?,
            topic: topic?,
            trainers,
        })
    }
}

impl From<&RunPlan> for PlanForm {
    /// A plan as the form that changes it.
    fn from(plan: &RunPlan) -> PlanForm {
        let room = |room: Option<RoomId>| room.map(|room| room.to_string()).unwrap_or_default();
        // A place of the register is named by its room alone.
        let venue = |room: Option<RoomId>, venue: &str| if room.is_some() { String::new() } else { venue.to_owned() };
        let session = |session: &SessionPlan| SessionForm {
            id: session.id.map(|id| id.to_string()).unwrap_or_default(),
            day: session.day.to_string(),
            half_day: session.half_day.to_string(),
            starts: show_time(session.starts),
            ends: show_time(session.ends),
            room: room(session.room),
            venue: venue(session.room, &session.venue),
            topic: session.topic.clone(),
            trainers: session.trainers.iter().map(ToString::to_string).collect(),
        };
        PlanForm {
            course: plan.course.to_string(),
            name: plan.name.clone(),
            audience: plan.audience.to_string(),
            selection_year: plan.selection_year.map(|year| year.to_string()).unwrap_or_default(),
            unit: plan.unit.to_string(),
            plan_line: plan.plan_line.map(|line| line.to_string()).unwrap_or_default(),
            room: room(plan.room),
            venue: venue(plan.room, &plan.venue),
            capacity: plan.capacity.to_string(),
            minimum: plan.minimum.to_string(),
            enrolment_deadline: plan.enrolment_deadline.to_string(),
            approval: plan.approval.to_string(),
            asks_again: if plan.asks_again { "yes".into() } else { String::new() },
            note: plan.note.clone(),
            sessions: plan.sessions.iter().map(session).collect(),
        }
    }
}

impl PlanForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields: `name`, `sessions.0.starts`.
    pub fn parse(&self) -> Result<RunPlan, Faults> {
        let mut faults = Faults::default();
        let course = faults.take("course", self.course.parse().map_err(|_| Refusal::NotAChoice));
        let name = faults.take("name", line(&self.name, 100));
        let audience = faults.take("audience", self.audience.parse());
        let selection_year = match self.selection_year.trim() {
            "" => Some(None),
            year => faults.take("selection_year", year.parse().map(Some).map_err(|_| Refusal::NotAChoice)),
        };
        let unit = faults.take("unit", self.unit.parse().map_err(|_| Refusal::NotAChoice));
        let room = faults.take("room", room(&self.room));
        // What a room of the register is called is known.
        let place = if self.room.trim().is_empty() { line(&self.venue, 200) } else { optional_line(&self.venue, 200) };
        let venue = faults.take("venue", place);
        let capacity = faults.take("capacity", whole_number(&self.capacity, 1, 1000));
        let minimum = if self.minimum.trim().is_empty() { "0" } else { &self.minimum };
        let minimum = faults.take("minimum", whole_number(minimum, 0, 1000));
        let deadline = faults.take("enrolment_deadline", required(&self.enrolment_deadline).and_then(parse_day));
        let approval = match self.approval.trim() {
            "" => Some(Approval::None),
            word => faults.take("approval", word.parse()),
        };
        let note = faults.take("note", paragraphs(&self.note, 2000));
        let plan_line = match self.plan_line.trim() {
            "" => Some(None),
            line => faults.take("plan_line", line.parse().map(Some).map_err(|_| Refusal::NotAChoice)),
        };
        if self.sessions.len() > SESSIONS {
            faults.add("sessions", Refusal::NotANumber { least: 1, most: SESSIONS as i64 });
        }
        let sessions: Vec<Option<SessionPlan>> =
            self.sessions.iter().take(SESSIONS).enumerate().map(|(n, session)| session.parse(n, &mut faults)).collect();
        let plan = (|| {
            Some(RunPlan {
                course: course?,
                name: name?,
                audience: audience?,
                selection_year: selection_year?,
                unit: unit?,
                room: room?,
                venue: venue?,
                capacity: capacity?,
                minimum: minimum?,
                enrolment_deadline: deadline?,
                approval: approval?,
                asks_again: self.asks_again == "yes",
                note: note?,
                plan_line: plan_line?,
                sessions: sessions.into_iter().collect::<Option<_>>()?,
            })
        })();
        match plan {
            Some(plan) if faults.is_empty() => {
                let faults = check_plan(&plan);
                if faults.is_empty() { Ok(plan) } else { Err(faults) }
            }
            _ => Err(faults),
        }
    }
}

/// The room that was chosen; none when nothing was.
pub(super) fn room(typed: &str) -> Result<Option<RoomId>, Refusal> {
    match typed.trim() {
        "" => Ok(None),
        room => room.parse().map(Some).map_err(|_| Refusal::NotAChoice),
    }
}

fn required(typed: &str) -> Result<&str, Refusal> {
    if typed.trim().is_empty() { Err(Refusal::Missing) } else { Ok(typed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;
    use crate::time::show_day;
    use uuid::Uuid;

    fn form() -> PlanForm {
        let id = Uuid::from_u128(1).to_string();
        PlanForm {
            course: id.clone(),
            name: " Lớp 3".into(),
            audience: "organisations".into(),
            selection_year: "2019".into(),
            unit: id,
            room: String::new(),
            venue: "Nhà văn hóa huyện".into(),
            capacity: "40".into(),
            minimum: String::new(),
            enrolment_deadline: "1/7/2019".into(),
            approval: "unit".into(),
            asks_again: "yes".into(),
            note: String::new(),
            plan_line: String::new(),
            sessions: vec![SessionForm::first("2019-07-02".parse().unwrap())],
        }
    }

    #[test]
    fn a_filled_form_is_a_plan() {
        let mut form = form();
        let trainer = Uuid::from_u128(9).to_string();
        form.sessions[0].trainers = vec![trainer.clone(), String::new(), trainer];
        form.sessions.push(form.sessions[0].next());
        form.sessions.push(form.sessions[1].next());
        let plan = form.parse().unwrap();
        assert_eq!((plan.name.as_str(), plan.selection_year), ("Lớp 3", Some(2019)));
        assert_eq!((plan.approval, plan.asks_again), (Approval::Unit, true));
        let days: Vec<_> = plan.sessions.iter().map(|s| (show_day(s.day), s.half_day, show_time(s.starts))).collect();
        assert_eq!(
            days,
            [
                ("02/07/2019".to_owned(), HalfDay::Morning, "07:30".to_owned()),
                ("02/07/2019".to_owned(), HalfDay::Afternoon, "13:30".to_owned()),
                ("03/07/2019".to_owned(), HalfDay::Morning, "07:30".to_owned()),
            ]
        );
        assert_eq!(plan.sessions[2].trainers, [PersonId(Uuid::from_u128(9))], "carried along, once");
        assert_eq!(PlanForm::from(&plan).parse(), Ok(plan));
    }

    #[test]
    fn a_room_of_the_register_says_where_it_is() {
        let mut form = PlanForm { room: Uuid::from_u128(7).to_string(), venue: String::new(), ..form() };
        form.sessions[0].room = Uuid::from_u128(8).to_string();
        let mut plan = form.parse().unwrap();
        assert_eq!(plan.room, Some(RoomId(Uuid::from_u128(7))));
        plan.venue = "Phòng 2, Nhà văn hóa".into();
        let again = PlanForm::from(&plan);
        assert_eq!((again.room, again.venue.as_str()), (form.room.clone(), ""));
        form.sessions[0].room = "x".into();
        assert_eq!(form.parse().unwrap_err().0[0].field, "sessions.0.room");
    }

    #[test]
    fn hours_follow_the_half_day_unless_somebody_chose_them() {
        let mut session = SessionForm::first("2019-07-02".parse().unwrap());
        session.half_day = "afternoon".into();
        let followed = session.clone().with_usual_hours();
        assert_eq!((followed.starts.as_str(), followed.ends.as_str()), ("13:30", "17:00"));
        session.starts = "14:00".into();
        session.ends = String::new();
        let chosen = session.with_usual_hours();
        assert_eq!((chosen.starts.as_str(), chosen.ends.as_str()), ("14:00", "17:00"));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let empty = PlanForm { sessions: vec![SessionForm::default()], ..PlanForm::default() };
        let fields: Vec<_> = empty.parse().unwrap_err().0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(
            fields,
            [
                "course",
                "name",
                "audience",
                "unit",
                "venue",
                "capacity",
                "enrolment_deadline",
                "sessions.0.day",
                "sessions.0.half_day",
                "sessions.0.starts",
                "sessions.0.ends"
            ]
        );
        let no_year = PlanForm { selection_year: "x".into(), ..form() };
        assert_eq!(no_year.parse().unwrap_err().of("selection_year").next(), Some(&Refusal::NotAChoice));
        assert_eq!(PlanForm { selection_year: " ".into(), ..form() }.parse().unwrap().selection_year, None);
        let many = PlanForm { sessions: vec![SessionForm::default(); 500], ..form() };
        assert!(many.parse().unwrap_err().of("sessions").next().is_some());
    }

    #[test]
    fn a_run_like_another_lies_ahead_on_the_same_weekdays() {
        let session = |day: &str| SessionForm { id: "a".into(), day: day.into(), ..SessionForm::default() };
        let mut plan = PlanForm {
            enrolment_deadline: "2019-06-29".into(),
            sessions: vec![session("2019-07-02"), session("03/07/2019"), session("?")],
            ..PlanForm::default()
        };
        plan.move_ahead("2019-07-10".parse().unwrap());
        let days: Vec<_> = plan.sessions.iter().map(|session| (session.id.as_str(), session.day.as_str())).collect();
        assert_eq!(days, [("", "2019-07-16"), ("", "2019-07-17"), ("", "?")]);
        assert_eq!(plan.enrolment_deadline, "2019-07-13");
        plan.move_ahead("2019-07-16".parse().unwrap());
        assert_eq!(plan.sessions[0].day, "2019-07-16", "what lies ahead stays");
    }
}
