//! The catalogue.

use domain::Refusal;
use domain::accounts::Actor;
use domain::courses::CoursePlan;
use domain::ids::CourseId;
use domain::policy::{Action, Target};
use serde_json::json;
use store::Work;
pub use store::courses::Course;
pub use store::courses::prerequisites::Group;

use crate::{Failure, Office, Outcome, require};

/// The whole catalogue, in its order. Everybody may know what can be taught.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn list(office: &Office) -> Outcome<Vec<Course>> {
    let mut records = office.database.read().await?;
    Ok(store::courses::list(&mut records).await?)
}

/// One course, for those who keep the catalogue.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn show(office: &Office, actor: &Actor, id: CourseId) -> Outcome<Course> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut records = office.database.read().await?;
    Ok(store::courses::find(&mut records, id).await?.ok_or(Refusal::NotFound)?)
}

/// What has to be completed before a course. Everybody may know.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn prerequisites(office: &Office, id: CourseId) -> Outcome<Vec<Group>> {
    let mut records = office.database.read().await?;
    Ok(store::courses::prerequisites::of_course(&mut records, id).await?)
}

/// Adds a course at the end of the catalogue.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep the catalogue; [`Refusal::AlreadyExists`] when another course has
/// its code; [`Refusal::NotAChoice`] for a prerequisite that there is not.
pub async fn add(office: &Office, actor: &Actor, plan: &CoursePlan) -> Outcome<CourseId> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    let id = CourseId(office.id());
    let position = store::courses::last_position(&mut work).await? + 1;
    let course = course(id, plan, 1, position);
    if !store::courses::add(&mut work, &course, office.now()).await? {
        return Err(Failure::field("code", Refusal::AlreadyExists));
    }
    require_before(&mut work, id, plan).await?;
    let detail = json!({ "code": plan.code, "prerequisites": plan.prerequisites });
    office.log(&mut work, Some(actor.account), "course_added", ("course", id.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a course whose completion rule had the version `known` when it was read. Another rule gets the next
/// version; what was decided before keeps the version it was decided under.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep the catalogue; [`Refusal::AlreadyExists`] when another course has
/// its code; [`Refusal::ChangedMeanwhile`] when somebody else changed the rule; [`Refusal::RequiresItself`];
/// [`Refusal::NotAChoice`] for a prerequisite that there is not.
pub async fn change(office: &Office, actor: &Actor, id: CourseId, known: i64, plan: &CoursePlan) -> Outcome<()> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    let before = store::courses::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if store::courses::by_code(&mut work, &plan.code).await?.is_some_and(|other| other != id) {
        return Err(Failure::field("code", Refusal::AlreadyExists));
    }
    let rule = plan.rule_after(before.rule());
    let course = course(id, plan, rule.version, before.position);
    if !store::courses::change(&mut work, &course, known).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    require_before(&mut work, id, plan).await?;
    let detail = json!({ "rule_before": before.rule(), "rule": rule, "prerequisites": plan.prerequisites });
    office.log(&mut work, Some(actor.account), "course_changed", ("course", id.0), &detail).await?;
    // Its title and hours stand on the calendar.
    office.commit_to_calendar(work).await?;
    Ok(())
}

/// Replaces what has to be completed before a course. What was checked by the groups before stays as it was.
async fn require_before(work: &mut Work, id: CourseId, plan: &CoursePlan) -> Outcome<()> {
    let known = store::courses::list(work).await?;
    for (n, group) in plan.prerequisites.iter().enumerate() {
        let field = || format!("prerequisites.{n}.any_of");
        if group.any_of.contains(&id) {
            return Err(Failure::field(field(), Refusal::RequiresItself));
        }
        if group.any_of.iter().any(|required| known.iter().all(|course| course.id != *required)) {
            return Err(Failure::field(field(), Refusal::NotAChoice));
        }
    }
    Ok(store::courses::prerequisites::replace(work, id, &plan.prerequisites).await?)
}

fn course(id: CourseId, plan: &CoursePlan, rule_version: i64, position: i64) -> Course {
    let p = plan.clone();
    Course {
        id,
        code: p.code,
        title: p.title,
        title_english: p.title_english,
        summary: p.summary,
        summary_english: p.summary_english,
        topic: p.topic,
        audience: p.audience,
        hours: p.hours,
        capacity: p.capacity,
        minimum: p.minimum,
        usual_sessions: p.usual_sessions,
        usual_half_days: p.usual_half_days.iter().map(|half_day| half_day.as_str()).collect::<Vec<_>>().join(","),
        min_attendance: p.min_attendance,
        late_counts: p.late_counts,
        excused_counts: p.excused_counts,
        rule_version,
        position,
        substitution_hours: p.substitution_hours,
    }
}
