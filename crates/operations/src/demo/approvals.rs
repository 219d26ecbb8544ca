//! Two classes of one course that give places by approval, and the requests for them: one in each state that waits for somebody.

use domain::Refusal;
use domain::courses::Audience;
use domain::enrolments::EnrolmentSource;
use domain::ids::{OrganisationId, RequestId, RunId};
use domain::requests::{Approval, Ruling};
use domain::runs::{Answers, HalfDay, RunPlan, SessionPlan};

use super::Past;
use super::house::People;
use crate::enrolments::{EnrolCommand, Enrollee};
use crate::requests::{self, AskCommand, DecideCommand};
use crate::{Outcome, runs};

const COURSE: &str = "ENT-5";

/// The classes: their name, the organisation in whose commune each is held, its day, its seats.
const CLASSES: [(&str, usize, i64, i64); 2] = [("Lớp xã", 0, 20, 3), ("Lớp cụm xã", 4, 27, 4)];

/// Who asks: the organisation and the member by their places, and whether the second class is the first choice.
const ASKED: [(usize, usize, bool); 7] =
    [(0, 3, false), (0, 4, false), (4, 1, true), (8, 1, false), (12, 1, false), (16, 1, true), (20, 1, false)];

/// Plans the classes, asks, and decides on some.
pub(super) async fn tell(past: &Past, people: &People) -> Outcome<()> {
    past.go(-2);
    let mut classes = Vec::new();
    for class in &CLASSES {
        classes.push(plan(past, people, class).await?);
    }
    let mut requests = Vec::new();
    for (organisation, member, turned) in ASKED {
        let mut choices = classes.clone();
        if turned {
            choices.reverse();
        }
        let organisation = *people.organisations.get(organisation).ok_or(Refusal::NotFound)?;
        requests.push(ask(past, people, organisation, member, &choices).await?);
    }
    past.go(-1);
    // The first waits for its commune, the second came back; the others wait for the province, but for one that has a place.
    for (n, request) in requests.iter().enumerate().skip(1) {
        let (ruling, reason) =
            if n == 1 { (Ruling::Return, "Ghi rõ sản phẩm của đơn vị.") } else { (Ruling::Approve, "") };
        decide(past, people, *request, 1, ruling, reason).await?;
    }
    decide(past, people, requests[2], 2, Ruling::Approve, "").await
}

async fn plan(past: &Past, people: &People, (name, near, day, capacity): &(&str, usize, i64, i64)) -> Outcome<RunId> {
    let office = &past.office;
    let trainer = people.trainers.first().ok_or(Refusal::NotFound)?;
    let mut records = office.database.read().await?;
    let course = store::courses::list(&mut records).await?.into_iter().find(|course| course.code == COURSE);
    let near = people.organisations.get(*near).ok_or(Refusal::NotFound)?;
    let near = store::organisations::find(&mut records, *near).await?.ok_or(Refusal::NotFound)?;
    drop(records);
    let (starts, ends) = HalfDay::Morning.usual_hours();
    let session = SessionPlan {
        id: None,
        day: past.day(*day),
        half_day: HalfDay::Morning,
        starts,
        ends,
        room: None,
        venue: String::new(),
        topic: super::calendars::topic(COURSE, 0).into(),
        trainers: vec![trainer.person],
    };
    let plan = RunPlan {
        course: course.ok_or(Refusal::NotFound)?.id,
        name: (*name).into(),
        audience: Audience::Organisations,
        selection_year: None,
        unit: near.unit_id,
        room: None,
        venue: "Nhà văn hóa xã".into(),
        capacity: *capacity,
        minimum: 0,
        enrolment_deadline: past.day(*day - 5),
        approval: Approval::UnitAndProvince,
        asks_again: true,
        note: String::new(),
        plan_line: None,
        sessions: vec![session],
    };
    let run = runs::draft(office, &people.officer, &plan).await?;
    runs::publish(office, &people.officer, run, &Answers::default()).await?;
    Ok(run)
}

async fn ask(past: &Past, people: &People, organisation: OrganisationId, member: usize, choices: &[RunId]) -> Outcome<RequestId> {
    let office = &past.office;
    let members = store::people::members(&mut office.database.read().await?, organisation, past.today).await?;
    // Small households have nobody but their head.
    let person = members.get(member).or(members.first()).ok_or(Refusal::NotFound)?.person.id;
    let people_asked = vec![Enrollee::Member(person)];
    let list = EnrolCommand { run: choices[0], organisation, people: people_asked, source: EnrolmentSource::Form };
    let command = AskCommand { list, others: choices[1..].to_vec(), note: String::new() };
    let asked = requests::ask(office, &people.officer, &command).await?;
    Ok(*asked.requests.first().ok_or(Refusal::NotFound)?)
}

async fn decide(past: &Past, people: &People, request: RequestId, seen: i64, ruling: Ruling, reason: &str) -> Outcome<()> {
    let command = DecideCommand { request, seen, ruling, reason: reason.into() };
    requests::decide(&past.office, &people.officer, &command).await?;
    Ok(())
}
