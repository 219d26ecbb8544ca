//! Required training of a year: listing, adding, removing.

use domain::accounts::Actor;
use domain::ids::RequirementId;
use domain::policy::{Action, Target};
use domain::requirements::NewRequirement;
use serde_json::json;
use store::courses::Course;
use store::requirements::Requirement;

use crate::{Failure, Office, Outcome, Refusal, require};

/// What is required in a year, and what is needed to change it.
#[derive(Debug, Clone)]
pub struct Known {
    /// The requirements of the year.
    pub requirements: Vec<Requirement>,
    /// The years that have any, the latest first.
    pub years: Vec<i64>,
    /// The courses that can be required.
    pub courses: Vec<Course>,
}

/// The requirements of a year.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor, year: i64) -> Outcome<Known> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut records = office.database.read().await?;
    Ok(Known {
        requirements: store::requirements::of_year(&mut records, year).await?,
        years: store::requirements::years(&mut records).await?,
        courses: store::courses::list(&mut records).await?,
    })
}

/// Requires a course of an audience until a day.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::NotAChoice`] for an unknown course;
/// [`Refusal::CourseForOthers`]; [`Refusal::NoProgramme`]; [`Refusal::AlreadyExists`]; [`store::StoreError`].
pub async fn add(office: &Office, actor: &Actor, new: &NewRequirement) -> Outcome<RequirementId> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    let course = store::courses::find(&mut work, new.course).await?;
    let course = course.ok_or_else(|| Failure::field("course", Refusal::NotAChoice))?;
    let has_programme = store::programmes::find(&mut work, new.year().into()).await?.is_some();
    new.check(course.audience, has_programme)?;
    let requirement = Requirement {
        id: RequirementId(office.id()),
        year: new.year().into(),
        course_id: course.id,
        course_code: course.code,
        course_title: course.title,
        course_title_english: course.title_english,
        audience: new.of.audience(),
        selected_only: new.of.selected_only(),
        deadline: new.deadline,
    };
    if !store::requirements::add(&mut work, &requirement, actor.account, office.now()).await? {
        return Err(Failure::field("course", Refusal::AlreadyExists));
    }
    log(office, &mut work, actor, "requirement_added", &requirement).await?;
    work.commit().await?;
    Ok(requirement.id)
}

/// Requires a course no longer; gives what was required.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such requirement or for who does not keep the catalogue; [`store::StoreError`].
pub async fn remove(office: &Office, actor: &Actor, id: RequirementId) -> Outcome<Requirement> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    let requirement = store::requirements::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !store::requirements::remove(&mut work, id).await? {
        return Err(Refusal::NotFound.into());
    }
    log(office, &mut work, actor, "requirement_removed", &requirement).await?;
    work.commit().await?;
    Ok(requirement)
}

async fn log(office: &Office, work: &mut store::Work, actor: &Actor, verb: &str, r: &Requirement) -> Outcome<()> {
    let detail =
        json!({ "course": r.course_code, "audience": r.audience, "selected_only": r.selected_only, "deadline": r.deadline });
    Ok(office.log(work, Some(actor.account), verb, ("requirement", r.id.0), &detail).await?)
}
