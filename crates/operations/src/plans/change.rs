//! Writing the plan: adding a line, changing it, taking it out. A line that comes in a sheet takes the same path.

use domain::accounts::Actor;
use domain::ids::{PlanLineId, UnitId};
use domain::plans::{LinePlan, check_line_change};
use domain::units::UnitLevel;
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::courses::Course;
use store::plans::Line;
use store::programmes::ProgrammeYear;
use store::units::Unit;

use super::{all_lines, keeps, programme};
use crate::{Failure, Office, Outcome};

/// What a line of the plan chooses from.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The catalogue.
    pub courses: Vec<Course>,
    /// The units below the province that live today, by code.
    pub units: Vec<Unit>,
}

/// What a line of the plan of a year chooses from.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a year without a programme.
pub async fn choices(office: &Office, actor: &Actor, year: i64) -> Outcome<Choices> {
    keeps(actor)?;
    let mut records = office.database.read().await?;
    programme(&mut records, year).await?;
    let units = store::units::on_day(&mut records, office.today()).await?;
    Ok(Choices {
        courses: store::courses::list(&mut records).await?,
        units: units.into_iter().filter(|unit| unit.level != UnitLevel::Province).collect(),
    })
}

/// Adds a line to the plan of a year.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a year without a programme; [`Refusal::NotAChoice`] and
/// [`Refusal::UnknownUnit`] for what is not to be chosen; [`Refusal::CourseForOthers`]; [`Refusal::AlreadyPlanned`].
pub async fn add(office: &Office, actor: &Actor, year: i64, plan: &LinePlan) -> Outcome<PlanLineId> {
    keeps(actor)?;
    let mut work = office.database.begin().await?;
    let year = programme(&mut work, year).await?;
    store::programmes::lock(&mut work, year.id).await?;
    check_planned_once(office, &mut work, actor, &year, None, plan).await?;
    let id = add_within(office, &mut work, actor, &year, plan).await?;
    work.commit().await?;
    Ok(id)
}

/// The same within a unit of work that holds the year and knows that nothing is planned twice.
pub(super) async fn add_within(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    year: &ProgrammeYear,
    plan: &LinePlan,
) -> Outcome<PlanLineId> {
    check(office, work, None, plan).await?;
    let id = PlanLineId(office.id());
    let number = store::plans::next_number(work, year.id).await?;
    store::plans::add(work, id, (year.id, number), plan, actor.account, office.now()).await?;
    log(office, work, actor, "plan_line_added", id, plan).await?;
    Ok(id)
}

/// Makes a line what the plan says. `version` is the one of the line that was seen.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a line that is not in it; [`Refusal::ChangedMeanwhile`] when
/// somebody was faster; [`Refusal::LineHasRuns`] of `course`; what [`add`] refuses.
pub async fn change(office: &Office, actor: &Actor, (id, version): (PlanLineId, i64), plan: &LinePlan) -> Outcome<()> {
    keeps(actor)?;
    let mut work = office.database.begin().await?;
    let line = live(&mut work, id).await?;
    let year = programme(&mut work, line.year).await?;
    store::programmes::lock(&mut work, year.id).await?;
    check_planned_once(office, &mut work, actor, &year, Some(id), plan).await?;
    change_within(office, &mut work, actor, (id, version), plan).await?;
    Ok(work.commit().await?)
}

/// The same within a unit of work that holds the year and knows that nothing is planned twice.
pub(super) async fn change_within(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    (id, version): (PlanLineId, i64),
    plan: &LinePlan,
) -> Outcome<()> {
    // Held, so that no run is made from it meanwhile.
    store::plans::lock(work, id).await?;
    let line = live(work, id).await?;
    if line.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let faults = check_line_change(&line.plan(), plan, store::plans::runs_made(work, id).await?);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    check(office, work, Some(&line), plan).await?;
    if !store::plans::change(work, (id, version), plan, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, work, actor, "plan_line_changed", id, plan).await
}

/// Takes a line out of the plan; gives its year. `version` is the one of the line that was seen.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a line that is not in it; [`Refusal::ChangedMeanwhile`];
/// [`Refusal::LineHasRuns`]: what was delivered would have no plan beside it.
pub async fn remove(office: &Office, actor: &Actor, (id, version): (PlanLineId, i64)) -> Outcome<i64> {
    keeps(actor)?;
    let mut work = office.database.begin().await?;
    store::plans::lock(&mut work, id).await?;
    let line = live(&mut work, id).await?;
    if line.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let count = store::plans::runs_made(&mut work, id).await?;
    if count > 0 {
        return Err(Refusal::LineHasRuns { count }.into());
    }
    if !store::plans::remove(&mut work, (id, version), actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "plan_line_removed", id, &line.plan()).await?;
    work.commit().await?;
    Ok(line.year)
}

async fn live(work: &mut Work, id: PlanLineId) -> Outcome<Line> {
    let line = store::plans::find(work, id).await?.filter(|line| line.removed_at.is_none());
    Ok(line.ok_or(Refusal::NotFound)?)
}

/// Checks a line against the records. What stood in it before may stay, though it could not be chosen today.
async fn check(office: &Office, work: &mut Work, before: Option<&Line>, plan: &LinePlan) -> Outcome<()> {
    let mut faults = Faults::default();
    match store::courses::find(work, plan.course).await? {
        None => faults.add("course", Refusal::NotAChoice),
        Some(course) => {
            faults.take("audience", plan.fits(course.audience));
        }
    }
    if let Some(unit) = plan.unit.filter(|unit| before.and_then(|line| line.unit_id) != Some(*unit)) {
        faults.take("unit", check_unit(office, work, unit).await?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Refused(faults)) }
}

/// Answers [`Refusal::AlreadyPlanned`] when another line of the year plans the same. Hold the year before.
async fn check_planned_once(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    year: &ProgrammeYear,
    own: Option<PlanLineId>,
    plan: &LinePlan,
) -> Outcome<()> {
    let key = plan.key();
    let others = all_lines(office, work, actor, year).await?;
    match others.iter().find(|line| Some(line.id) != own && line.plan().key() == key) {
        Some(line) => Err(Refusal::AlreadyPlanned { line: line.code() }.into()),
        None => Ok(()),
    }
}

async fn check_unit(office: &Office, work: &mut Work, unit: UnitId) -> Outcome<Result<(), Refusal>> {
    let found = store::units::find(work, unit).await?;
    let fits = found.is_some_and(|unit| unit.level != UnitLevel::Province && unit.lives_on(office.today()));
    Ok(if fits { Ok(()) } else { Err(Refusal::UnknownUnit) })
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, id: PlanLineId, plan: &LinePlan) -> Outcome<()> {
    let p = plan;
    let detail = json!({
        "course": p.course, "audience": p.audience, "quarter": p.quarter, "runs": p.runs, "participants": p.participants,
        "unit": p.unit, "place": p.place, "budget": p.budget, "note": p.note,
    });
    Ok(office.log(work, Some(actor.account), verb, ("plan_line", id.0), &detail).await?)
}
