//! What the selection leads to: a class for those whose product was selected, which is required of them, and one who is
//! let in without.

use chrono::{Datelike as _, NaiveDate};
use domain::Refusal;
use domain::accounts::Actor;
use domain::courses::{Addressee, Audience};
use domain::enrolments::EnrolmentSource;
use domain::ids::CourseId;
use domain::requirements::NewRequirement;
use domain::runs::{Answers, HalfDay, RunPlan, SessionPlan};

use super::Past;
use super::house::People;
use super::plan::Lines;
use crate::enrolments::{EnrolCommand, Enrollee};
use crate::{Outcome, enrolments, requirements, runs};

/// The course that only those with a selected product need: the financial plan of their business.
const COURSE: &str = "ENT-5";

/// The organisation that is let in by mistake, by its place among the invented ones: one without a form.
const MISTAKEN: usize = 20;

/// Plans and publishes the class, requires its course, and lets in the maker of a product that was not selected.
pub(super) async fn train(past: &Past, people: &People, lines: &Lines) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    past.go(-3);
    let courses = store::courses::list(&mut office.database.read().await?).await?;
    let course = courses.iter().find(|course| course.code == COURSE).ok_or(Refusal::NotFound)?.id;
    let last_day = NaiveDate::from_ymd_opt(past.today.year(), 12, 31).unwrap_or(past.today);
    // It counts for the year of its last day, and products are selected in this one.
    let new = NewRequirement { course, of: Addressee::Selected, deadline: past.day(40).min(last_day) };
    requirements::add(office, officer, &new).await?;

    let trainer = people.trainers.first().ok_or(Refusal::NotFound)?;
    let run =
        runs::draft(office, trainer, &RunPlan { plan_line: lines.of_selected(), ..plan(past, people, course, trainer) }).await?;
    runs::publish(office, trainer, run, &Answers::default()).await?;
    let organisation = *people.organisations.get(2).ok_or(Refusal::NotFound)?;
    let reason = "Đang liên kết tiêu thụ với hai chủ thể được chọn; cần cùng lập kế hoạch tài chính.";
    enrolments::except(office, officer, run, organisation, reason).await?;
    let members = store::people::members(&mut office.database.read().await?, organisation, past.today).await?;
    let sent = members.iter().take(1).map(|member| Enrollee::Member(member.person.id)).collect();
    let command = EnrolCommand { run, organisation, people: sent, source: EnrolmentSource::Form };
    enrolments::enrol(office, officer, command).await?;
    // An exception that was a mistake, put right at once.
    let other = *people.organisations.get(MISTAKEN).ok_or(Refusal::NotFound)?;
    let mistaken = enrolments::except(office, officer, run, other, "Theo đề nghị của địa phương.").await?;
    enrolments::withdraw_exception(office, officer, mistaken, "Ghi nhầm đơn vị: địa phương đề nghị cho đơn vị khác.").await?;
    Ok(())
}

fn plan(past: &Past, people: &People, course: CourseId, trainer: &Actor) -> RunPlan {
    let day = past.day(18);
    let session = |half_day: HalfDay| {
        let (starts, ends) = half_day.usual_hours();
        let (venue, topic) = (String::new(), String::new());
        SessionPlan { id: None, day, half_day, starts, ends, room: None, venue, topic, trainers: vec![trainer.person] }
    };
    RunPlan {
        course,
        name: "Lớp 2".into(),
        audience: Audience::Organisations,
        selection_year: Some(past.today.year().into()),
        unit: people.province,
        room: None,
        venue: "Hội trường Văn phòng Điều phối".into(),
        capacity: 30,
        minimum: 0,
        enrolment_deadline: past.day(15),
        approval: domain::requests::Approval::None,
        asks_again: false,
        note: String::new(),
        plan_line: None,
        sessions: vec![session(HalfDay::Morning)],
    }
}
