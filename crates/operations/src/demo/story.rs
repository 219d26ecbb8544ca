//! What happened in the demonstration: three classes that were held, one that is held today, and those to come.

use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::completion::CloseCommand;
use domain::courses::{Addressee, Audience};
use domain::enrolments::EnrolmentSource;
use domain::ids::{OrganisationId, RunId};
use domain::runs::{Answers, HalfDay, RunPlan, SessionPlan};
use store::courses::Course;

use super::Past;
use super::house::People;
use super::plan::Lines;
use crate::certificates::BookForm;
use crate::completion::close as close_run;
use crate::enrolments::{EnrolCommand, Enrollee};
use crate::{Outcome, attendance, certificates, completion, enrolments, requirements, runs};
use domain::requirements::NewRequirement;

/// A class of the demonstration. Days are counted from today.
struct Class {
    course: &'static str,
    name: &'static str,
    /// Where; a room of the register is booked.
    venue: &'static str,
    first_day: i64,
    days: i64,
    capacity: i64,
    /// How many organisations or bodies send people, and how many each.
    takers: (usize, usize),
}

const fn class(
    course: &'static str,
    name: &'static str,
    venue: &'static str,
    (first_day, days): (i64, i64),
    capacity: i64,
    takers: (usize, usize),
) -> Class {
    Class { course, name, venue, first_day, days, capacity, takers }
}

/// Held and closed: these gave certificates.
const CLOSED: [Class; 2] = [
    class("ENT-4", "Lớp 1", "Phòng 201, Trung tâm Hội nghị tỉnh", (-30, 2), 40, (10, 2)),
    class("OFF-1", "Lớp 1", "Hội trường, Văn phòng Điều phối nông thôn mới tỉnh", (-20, 1), 60, (7, 2)),
];

/// Held, and waiting to be closed.
const HELD: Class = class("ENT-3", "Lớp 1", "Nhà văn hóa trung tâm", (-6, 2), 45, (12, 1));

/// Held today.
const TODAY: Class = class("ENT-5", "Lớp 1", "Hội trường UBND xã", (0, 1), 45, (14, 2));

/// To come.
const COMING: [Class; 7] = [
    class("ENT-4", "Lớp 2", "Phòng 201, Trung tâm Hội nghị tỉnh", (3, 2), 40, (16, 2)),
    class("ENT-3", "Lớp 2", "Nhà văn hóa trung tâm", (5, 2), 12, (12, 1)),
    class("ENT-6", "Lớp 1", "Trung tâm Khuyến nông tỉnh", (9, 1), 45, (6, 1)),
    class("OFF-2", "Lớp 1", "Hội trường, Văn phòng Điều phối nông thôn mới tỉnh", (12, 1), 60, (5, 2)),
    class("ENT-2", "Lớp 1", "Hội trường UBND xã", (16, 1), 45, (3, 1)),
    class("ENT-1", "Lớp 1", "Trung tâm Chính trị", (25, 1), 45, (0, 0)),
    class("OFF-3", "Lớp 1", "Hội trường, Văn phòng Điều phối nông thôn mới tỉnh", (33, 1), 60, (0, 0)),
];

/// Tells the story from six weeks ago to this morning.
pub(super) async fn tell(past: &Past, people: &People, plan: &Lines) -> Outcome<()> {
    let teller = Teller { past, people, plan, courses: store::courses::list(&mut past.office.database.read().await?).await? };
    past.go(-45);
    teller.sign_the_book().await?;
    teller.require_courses().await?;
    let mut closed = Vec::new();
    for class in &CLOSED {
        closed.push((class, teller.published(class).await?));
    }
    let held = teller.published(&HELD).await?;
    past.go(-36);
    for (class, run) in &closed {
        teller.fill(class, *run).await?;
    }
    for (class, run) in &closed {
        past.go(class.first_day + class.days);
        teller.mark(*run).await?;
        teller.close(*run).await?;
        certificates::issue(&past.office, &people.officer, *run).await?;
        certificates::print_waiting(&past.office, *run).await?;
    }
    past.go(HELD.first_day - 3);
    teller.fill(&HELD, held).await?;
    past.go(HELD.first_day + HELD.days);
    teller.mark(held).await?;

    past.go(-3);
    let today = teller.published(&TODAY).await?;
    teller.fill(&TODAY, today).await?;
    for class in &COMING {
        let run = teller.published(class).await?;
        teller.fill(class, run).await?;
    }
    let cancelled = teller.published(&class("ENT-6", "Lớp 2", "Trung tâm Khuyến nông tỉnh", (11, 1), 45, (0, 0))).await?;
    runs::cancel(&past.office, &people.officer, cancelled, "Trùng lịch hội nghị của tỉnh, học viên chuyển sang lớp 1.").await?;
    teller.draft(&class("ENT-4", "Lớp 3", "Hội trường UBND xã", (40, 2), 40, (0, 0))).await?;
    Ok(())
}

struct Teller<'t> {
    past: &'t Past,
    people: &'t People,
    plan: &'t Lines,
    courses: Vec<Course>,
}

impl Teller<'_> {
    fn trainer(&self) -> Outcome<&Actor> {
        Ok(self.people.trainers.first().ok_or(Refusal::NotFound)?)
    }

    async fn sign_the_book(&self) -> Outcome<()> {
        let (office, officer) = (&self.past.office, &self.people.officer);
        for book in certificates::books(office, officer).await? {
            let form = BookForm {
                superior: book.superior,
                issuer: book.issuer,
                place: book.place,
                signatory_post: book.signatory_post,
                signatory_name: "Lê Minh Đức".into(),
            };
            certificates::change_book(office, officer, book.id, &form).await?;
        }
        Ok(())
    }

    async fn require_courses(&self) -> Outcome<()> {
        for (code, of, days) in
            [("ENT-4", Addressee::Organisations, 20), ("ENT-3", Addressee::Organisations, -2), ("OFF-1", Addressee::Officers, 10)]
        {
            let new = NewRequirement { course: self.course(code)?.id, of, deadline: self.past.day(days) };
            requirements::add(&self.past.office, &self.people.officer, &new).await?;
        }
        Ok(())
    }

    fn course(&self, code: &str) -> Outcome<&Course> {
        Ok(self.courses.iter().find(|course| course.code == code).ok_or(Refusal::NotFound)?)
    }

    async fn draft(&self, class: &Class) -> Outcome<RunId> {
        let course = self.course(class.course)?;
        let rooms = store::rooms::bookable(&mut self.past.office.database.read().await?).await?;
        let room = rooms.iter().find(|room| room.title() == class.venue).map(|room| room.id);
        let first = self.past.day(class.first_day);
        let halves = if course.hours <= 4 { 1 } else { 2 };
        let mut sessions = Vec::new();
        for n in 0..class.days {
            for half_day in HalfDay::ALL.iter().copied().take(halves) {
                let (starts, ends) = half_day.usual_hours();
                let trainer = &self.people.trainers[sessions.len() % self.people.trainers.len()];
                sessions.push(SessionPlan {
                    id: None,
                    day: first + chrono::TimeDelta::days(n),
                    half_day,
                    starts,
                    ends,
                    room: None,
                    venue: String::new(),
                    topic: super::calendars::topic(class.course, sessions.len()).into(),
                    trainers: vec![trainer.person],
                });
            }
        }
        let plan = RunPlan {
            course: course.id,
            name: class.name.into(),
            audience: course.audience,
            selection_year: None,
            unit: self.people.province,
            room,
            venue: class.venue.into(),
            capacity: class.capacity,
            minimum: 0,
            enrolment_deadline: first - chrono::TimeDelta::days(1),
            approval: domain::requests::Approval::None,
            asks_again: false,
            note: String::new(),
            plan_line: self.plan.of(class.course),
            sessions,
        };
        runs::draft(&self.past.office, self.trainer()?, &plan).await
    }

    async fn published(&self, class: &Class) -> Outcome<RunId> {
        let run = self.draft(class).await?;
        runs::publish(&self.past.office, self.trainer()?, run, &Answers::default()).await?;
        Ok(run)
    }

    /// Enrols the first people of the first organisations or bodies.
    async fn fill(&self, class: &Class, run: RunId) -> Outcome<()> {
        let senders = match self.course(class.course)?.audience {
            Audience::Officers => &self.people.bodies,
            Audience::Organisations | Audience::Everyone => &self.people.organisations,
        };
        // The first organisation belongs to the representative of the sign-in page, who still has somebody to enrol.
        let skipped = usize::from(class.first_day > 0);
        for organisation in senders.iter().skip(skipped).take(class.takers.0) {
            self.enrol(run, *organisation, class.takers.1).await?;
        }
        Ok(())
    }

    async fn enrol(&self, run: RunId, organisation: OrganisationId, count: usize) -> Outcome<()> {
        let mut records = self.past.office.database.read().await?;
        let members = store::people::members(&mut records, organisation, self.past.today).await?;
        drop(records);
        let people = members.iter().take(count).map(|member| Enrollee::Member(member.person.id)).collect();
        let command = EnrolCommand { run, organisation, people, source: EnrolmentSource::Form };
        enrolments::enrol(&self.past.office, &self.people.officer, command).await?;
        Ok(())
    }

    /// Marks every session: most people present, some late, a few absent or excused.
    async fn mark(&self, run: RunId) -> Outcome<()> {
        let office = &self.past.office;
        let mut records = office.database.read().await?;
        let sessions = store::runs::sessions(&mut records, run).await?;
        let enrolments = store::enrolments::live_of_run(&mut records, run).await?;
        drop(records);
        for (s, session) in sessions.iter().enumerate() {
            let marks = enrolments.iter().enumerate().map(|(e, enrolment)| NewMark {
                enrolment: enrolment.id,
                status: status(e, s),
                note: None,
                nonce: office.secret(),
                client_time: None,
                seen: None,
            });
            let command = MarkCommand { session: session.id, marks: marks.collect(), source: MarkSource::Form };
            attendance::mark(office, &self.people.officer, &command).await?;
        }
        Ok(())
    }

    async fn close(&self, run: RunId) -> Outcome<()> {
        let (office, officer) = (&self.past.office, &self.people.officer);
        let seen = completion::preview(office, officer, run).await?.fingerprint;
        let command = CloseCommand { run, overrides: Vec::new(), accept_unmarked_as_absent: false, seen };
        close_run(office, officer, &command).await
    }
}

/// Person `e` in session `s`: every ninth person misses much, some are late or excused once.
fn status(e: usize, s: usize) -> MarkStatus {
    match (e % 9, s) {
        (8, _) => MarkStatus::Absent,
        (5, 0) => MarkStatus::Late,
        (6, 1) => MarkStatus::Excused,
        _ => MarkStatus::Present,
    }
}
