//! The plan as its readers see it: planned beside delivered, by line, by quarter, in all.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::ids::PlanLineId;
use domain::plans::{Delivered, Sum};
use domain::policy::{Action, may_everywhere, may_somewhere};
use domain::runs::RunState;
use store::Records;
use store::plans::{Line, Viewer};
use store::programmes::ProgrammeYear;
use store::runs::Run;

use super::{programme, seen, viewer};
use crate::{Office, Outcome};

/// The plan of a year, as far as its reader sees it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The programme year.
    pub year: ProgrammeYear,
    /// Its lines by quarter and catalogue, each with what was delivered of it.
    pub lines: Vec<(Line, Delivered)>,
    /// What the lines of each quarter plan, beside what was delivered of them, whenever that was.
    pub quarters: [Sum; 4],
    /// The same of all lines.
    pub total: Sum,
    /// Whether the reader may write it.
    pub may_keep: bool,
    /// Whether the reader may make runs from its lines.
    pub may_plan: bool,
}

/// A year with the plan of it, in numbers.
#[derive(Debug, Clone)]
pub struct YearOfPlan {
    /// The year.
    pub year: i64,
    /// All its lines that the reader sees.
    pub total: Sum,
}

/// One line with the runs that were made from it.
#[derive(Debug, Clone)]
pub struct ShownLine {
    /// The line.
    pub line: Line,
    /// What was delivered of it.
    pub delivered: Delivered,
    /// The runs made from it that the reader may know of: drafts only for those who see drafts.
    pub runs: Vec<Run>,
    /// How many runs were made from it in all: while there are any, the line stays in the plan.
    pub made: i64,
    /// Whether the reader may change it.
    pub may_keep: bool,
    /// Whether the reader may make a run from it.
    pub may_plan: bool,
}

/// Every programme year with the numbers of its plan, the latest first.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who sees no plan.
pub async fn years(office: &Office, actor: &Actor) -> Outcome<Vec<YearOfPlan>> {
    let viewer = viewer(office, actor)?;
    let mut records = office.database.read().await?;
    let mut years = Vec::new();
    for year in store::programmes::years(&mut records).await? {
        let lines = lines(office, &mut records, &year, &viewer).await?;
        years.push(YearOfPlan { year: year.year, total: sum(lines.iter()) });
    }
    Ok(years)
}

/// The plan of a year.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who sees no plan, and for a year without a programme.
pub async fn plan(office: &Office, actor: &Actor, year: i64) -> Outcome<Plan> {
    let viewer = viewer(office, actor)?;
    let mut records = office.database.read().await?;
    let year = programme(&mut records, year).await?;
    let lines = lines(office, &mut records, &year, &viewer).await?;
    let of = |quarter: i64| sum(lines.iter().filter(move |(line, _)| line.quarter == quarter));
    Ok(Plan {
        year,
        quarters: [of(1), of(2), of(3), of(4)],
        total: sum(lines.iter()),
        lines,
        may_keep: may_everywhere(actor, Action::KeepPlan),
        may_plan: may_somewhere(actor, Action::PlanRun),
    })
}

/// One line.
///
/// # Errors
/// [`domain::Refusal::NotFound`] outside the reader's scope, and once it was taken out of the plan.
pub async fn line(office: &Office, actor: &Actor, id: PlanLineId) -> Outcome<ShownLine> {
    let mut records = office.database.read().await?;
    let line = seen(&mut records, actor, id).await?;
    let delivered = store::plans::delivered(&mut records, line.year_id, office.now()).await?;
    let delivered = delivered.into_iter().find(|(of, _)| *of == id).map(|(_, delivered)| delivered).unwrap_or_default();
    let mut runs = Vec::new();
    for run in store::plans::runs(&mut records, id).await? {
        if run.state() != RunState::Draft || sees_draft(&mut records, actor, &run).await? {
            runs.push(run);
        }
    }
    Ok(ShownLine {
        line,
        delivered,
        runs,
        made: store::plans::runs_made(&mut records, id).await?,
        may_keep: may_everywhere(actor, Action::KeepPlan),
        may_plan: may_somewhere(actor, Action::PlanRun),
    })
}

async fn sees_draft(records: &mut impl Records, actor: &Actor, run: &Run) -> Outcome<bool> {
    let (_, target) = crate::runs::target(records, run.id).await?;
    Ok(domain::policy::may(actor, Action::SeeRun, &target))
}

/// The lines that somebody sees, each with what was delivered of it.
async fn lines(
    office: &Office,
    records: &mut impl Records,
    year: &ProgrammeYear,
    viewer: &Viewer,
) -> Outcome<Vec<(Line, Delivered)>> {
    let delivered = store::plans::delivered(records, year.id, office.now()).await?;
    let delivered: BTreeMap<PlanLineId, Delivered> = delivered.into_iter().collect();
    let lines = store::plans::of_year(records, year.id, viewer).await?;
    let beside = |line: Line| {
        let delivered = delivered.get(&line.id).copied().unwrap_or_default();
        (line, delivered)
    };
    Ok(lines.into_iter().map(beside).collect())
}

fn sum<'l>(lines: impl Iterator<Item = &'l (Line, Delivered)>) -> Sum {
    let mut sum = Sum::default();
    for (line, delivered) in lines {
        sum.add((line.planned_runs, line.planned_participants, line.budget), *delivered);
    }
    sum
}
