//! The annual plan: its lines beside what was delivered of them, changing them, and the runs that are made from them.

mod change;
mod show;
mod spreadsheet;

use domain::accounts::Actor;
use domain::ids::{CourseId, PlanLineId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::{Faults, Refusal};
use store::plans::Viewer;
use store::programmes::ProgrammeYear;
use store::{Records, Work};

pub use change::{Choices, add, change, choices, remove};
pub use show::{Plan, ShownLine, YearOfPlan, line, plan, years};
pub use spreadsheet::{
    Changes, FILE_LIMIT, Fate, ImportedLines, ReadPlan, ReviewedLine, SheetReview, SheetRow, import, preview, read_plan, sheet,
};
pub use store::plans::Line;

use crate::{Office, Outcome, unit_target};

/// Answers [`Refusal::NotFound`] to who writes no plan.
fn keeps(actor: &Actor) -> Outcome<()> {
    if may_everywhere(actor, Action::KeepPlan) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// Whose eyes read, or [`Refusal::NotFound`] for who sees no plan.
fn viewer(office: &Office, actor: &Actor) -> Outcome<Viewer> {
    if !may_somewhere(actor, Action::SeePlan) {
        return Err(Refusal::NotFound.into());
    }
    let everywhere = may_everywhere(actor, Action::SeePlan);
    Ok(Viewer { everywhere, account: actor.account, today: office.today() })
}

/// Every line of a year, for rules that look at all of them.
async fn all_lines(office: &Office, records: &mut impl Records, actor: &Actor, year: &ProgrammeYear) -> Outcome<Vec<Line>> {
    let viewer = Viewer { everywhere: true, account: actor.account, today: office.today() };
    Ok(store::plans::of_year(records, year.id, &viewer).await?)
}

/// The programme of a year, or [`Refusal::NotFound`].
async fn programme(records: &mut impl Records, year: i64) -> Outcome<ProgrammeYear> {
    Ok(store::programmes::find(records, year).await?.ok_or(Refusal::NotFound)?)
}

/// Whether `actor` sees a line: what is planned for the whole province is seen by all who see plans, what is planned for a
/// unit by those in whose scope it lies.
async fn sees(records: &mut impl Records, actor: &Actor, line: &Line) -> Outcome<bool> {
    let target = match line.unit_id {
        Some(unit) => unit_target(records, unit).await?,
        None => return Ok(may_somewhere(actor, Action::SeePlan)),
    };
    Ok(may(actor, Action::SeePlan, &target))
}

/// A line of the plan that `actor` sees.
async fn seen(records: &mut impl Records, actor: &Actor, id: PlanLineId) -> Outcome<Line> {
    let line = store::plans::find(records, id).await?.filter(|line| line.removed_at.is_none()).ok_or(Refusal::NotFound)?;
    if sees(records, actor, &line).await? { Ok(line) } else { Err(Refusal::NotFound.into()) }
}

/// The code of a line, for who sees it.
pub(crate) async fn seen_code(records: &mut impl Records, actor: &Actor, id: PlanLineId) -> Outcome<Option<String>> {
    match seen(records, actor, id).await {
        Ok(line) => Ok(Some(line.code())),
        Err(failure) if failure.is(&Refusal::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Holds the line that a run is to be made from, so that it stays in the plan and keeps its course, and finds out whether
/// `actor` sees it and whether it is for this course.
pub(crate) async fn hold_for_run(
    work: &mut Work,
    actor: &Actor,
    id: PlanLineId,
    course: CourseId,
    faults: &mut Faults,
) -> Outcome<()> {
    store::plans::lock(work, id).await?;
    match seen(work, actor, id).await {
        Ok(line) if line.course_id == course => Ok(()),
        Ok(_) => {
            faults.add("course", Refusal::LineOfAnotherCourse);
            Ok(())
        }
        Err(failure) if failure.is(&Refusal::NotFound) => {
            faults.add("plan_line", Refusal::NotAChoice);
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

/// Whether a run that was made from a line is still of its course.
pub(crate) async fn keeps_course(work: &mut Work, id: PlanLineId, course: CourseId, faults: &mut Faults) -> Outcome<()> {
    store::plans::lock(work, id).await?;
    if store::plans::find(work, id).await?.is_some_and(|line| line.course_id != course) {
        faults.add("course", Refusal::LineOfAnotherCourse);
    }
    Ok(())
}
