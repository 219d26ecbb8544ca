//! What happened at the door of the demonstration: somebody came without a place and it is open who it is, somebody else was
//! a guest, heads were counted; one person was replaced, and a course requires another.

use domain::Refusal;
use domain::courses::{CoursePlan, Prerequisite};
use domain::ids::RunId;
use domain::runs::RunState;
use domain::walk_ins::{Heads, WalkInForm};

use super::Past;
use super::house::People;
use crate::enrolments::{Enrollee, SubstituteCommand};
use crate::walk_ins::NoteCommand;
use crate::{Outcome, attendance, courses, enrolments, runs, walk_ins};

/// Tells it, after the classes were held and filled.
pub(super) async fn tell(past: &Past, people: &People) -> Outcome<()> {
    past.go(-5);
    let held = run(past, people, "ENT-3", "Lớp 1").await?;
    door(past, people, held).await?;
    past.go(-1);
    let coming = run(past, people, "ENT-4", "Lớp 2").await?;
    replace(past, people, coming).await?;
    require(past, people).await
}

async fn run(past: &Past, people: &People, course: &str, name: &str) -> Outcome<RunId> {
    let planned = runs::list(&past.office, &people.officer).await?;
    let is_meant = |run: &&runs::Run| run.course_code == course && run.name == name && run.state() == RunState::Published;
    Ok(planned.iter().find(is_meant).ok_or(Refusal::NotFound)?.id)
}

/// Two came without a place: of one it is open who it is, the other was a guest. A group had no time to write names.
async fn door(past: &Past, people: &People, run: RunId) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let sessions = store::runs::sessions(&mut office.database.read().await?, run).await?;
    let session = sessions.first().ok_or(Refusal::NoSession)?.id;
    for (full_name, sex, birth_year, organisation) in
        [("Nguyễn Thị Thêm", "female", "1984", "Tổ hợp tác mắm Ba Làng"), ("Trần Văn Tới", "male", "1979", "")]
    {
        let form = WalkInForm {
            full_name: full_name.into(),
            sex: sex.into(),
            birth_year: birth_year.into(),
            organisation: organisation.into(),
            ..WalkInForm::default()
        };
        let entry = form.parse(office.today())?;
        let id = walk_ins::note(office, officer, &NoteCommand { session, entry, nonce: office.secret() }).await?;
        if organisation.is_empty() {
            walk_ins::dismiss(office, officer, id, "Khách của xã, chỉ dự một buổi.").await?;
        }
    }
    attendance::count_heads(office, officer, session, Heads { women: 6, men: 4 }).await
}

/// Of the first organisation with somebody else to send, the first participant is replaced.
async fn replace(past: &Past, people: &People, run: RunId) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let live = store::enrolments::live_of_run(&mut office.database.read().await?, run).await?;
    for place in live {
        let shown = enrolments::to_substitute(office, officer, place.id).await?;
        if let (Some(other), None) = (shown.members.first(), shown.refusal) {
            let reason = "Bận vụ thu hoạch.".into();
            let command = SubstituteCommand { enrolment: place.id, instead: Enrollee::Member(other.person.id), reason };
            enrolments::substitute(office, officer, &command).await?;
            return Ok(());
        }
    }
    Ok(())
}

/// Grading is taught to officers who learnt of the programme within three years.
async fn require(past: &Past, people: &People) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let known = courses::list(office).await?;
    let course = |code: &str| known.iter().find(|course| course.code == code).cloned().ok_or(Refusal::NotFound);
    let (before, grading) = (course("OFF-1")?, course("OFF-3")?);
    let (id, version) = (grading.id, grading.rule_version);
    let plan = CoursePlan {
        usual_half_days: grading.half_days(),
        code: grading.code,
        title: grading.title,
        title_english: grading.title_english,
        summary: grading.summary,
        summary_english: grading.summary_english,
        topic: grading.topic,
        audience: grading.audience,
        hours: grading.hours,
        capacity: grading.capacity,
        minimum: grading.minimum,
        usual_sessions: grading.usual_sessions,
        min_attendance: grading.min_attendance,
        late_counts: grading.late_counts,
        excused_counts: grading.excused_counts,
        substitution_hours: grading.substitution_hours,
        prerequisites: vec![Prerequisite { any_of: vec![before.id], within_years: Some(3) }],
    };
    courses::change(office, officer, id, version, &plan).await
}
