//! Seats are proposed by a rule, to be looked at and put right by hand before anything is promised.

use chrono::Datelike as _;
use domain::accounts::Actor;
use domain::allotments::{Asked, Rule, share_out};
use domain::enrolments::Holder;
use domain::ids::RunId;
use domain::interests::Standing;
use domain::policy::{Action, may_everywhere};
use store::Records;
use store::interests::Which;
use store::runs::Run;

use super::whole_ledger;
use crate::programmes::level_seen;
use crate::{Office, Outcome, require, runs};

/// What somebody would be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// For whom.
    pub holder: Holder,
    /// Their name.
    pub name: String,
    /// How many seats.
    pub seats: i64,
}

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who would be promised what, by name.
    pub lines: Vec<Proposed>,
    /// The sum.
    pub sum: i64,
    /// How many seats can be promised in all: those that are free, and those that wait for a name already.
    pub seats: i64,
}

/// What a rule comes to for a run. Nothing is promised yet.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who does not plan the run.
pub async fn propose(office: &Office, actor: &Actor, run: RunId, asked: &Asked) -> Outcome<Proposal> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    require(actor, Action::PlanRun, &target)?;
    let ledger = whole_ledger(&mut records, &run, office.now()).await?;
    let seats = ledger.free() + ledger.promised();
    let lines = match asked.rule {
        Rule::EachUnit => each_unit(office, &mut records, asked.seats).await?,
        Rule::EachSelected => each_selected(office, &mut records, &run, asked.seats).await?,
        Rule::ByDemand => by_demand(office, &mut records, actor, &run, (seats, asked.seats)).await?,
    };
    Ok(Proposal { sum: lines.iter().map(|line| line.seats).sum(), lines, seats })
}

/// As many for each unit of the level that receives forms today.
async fn each_unit(office: &Office, records: &mut impl Records, seats: i64) -> Outcome<Vec<Proposed>> {
    let level = level_seen(records, office.today()).await?;
    let units = store::units::on_day(records, office.today()).await?.into_iter().filter(|unit| unit.level == level);
    let mut lines: Vec<Proposed> =
        units.map(|unit| Proposed { holder: Holder::Unit(unit.id), name: unit.title(), seats }).collect();
    lines.sort_by(|a, b| store::vietnamese_order(&a.name, &b.name));
    Ok(lines)
}

/// As many for each organisation with a selected product: of the year the run is narrowed to, else of this one.
async fn each_selected(office: &Office, records: &mut impl Records, run: &Run, seats: i64) -> Outcome<Vec<Proposed>> {
    let year = run.selection_year.unwrap_or_else(|| i64::from(office.today().year()));
    let selected = store::allotments::selected(records, year).await?;
    let fits = selected.into_iter().filter(|(_, _, kind)| kind.belongs_to(run.audience));
    let mut lines: Vec<Proposed> = fits.map(|(id, name, _)| Proposed { holder: Holder::Organisation(id), name, seats }).collect();
    lines.sort_by(|a, b| store::vietnamese_order(&a.name, &b.name));
    Ok(lines)
}

/// For each organisation what it asked for, at most `most`, as far as the seats go; those who asked first are first around.
async fn by_demand(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    run: &Run,
    (seats, most): (i64, i64),
) -> Outcome<Vec<Proposed>> {
    let which = Which {
        course: Some(run.course_id),
        unit: None,
        everywhere: may_everywhere(actor, Action::SeeDemand),
        account: actor.account,
        today: office.today(),
    };
    let mut wishes = store::interests::live(records, &which).await?;
    wishes.retain(|wish| wish.standing() == Standing::Open && wish.organisation_kind.belongs_to(run.audience));
    wishes.sort_by_key(|wish| (wish.said_at, wish.id));
    let asked: Vec<i64> = wishes.iter().map(|wish| wish.people).collect();
    let shares = share_out(seats, most, &asked);
    let line = |(wish, seats): (store::interests::Interest, i64)| Proposed {
        holder: Holder::Organisation(wish.organisation_id),
        name: wish.organisation_name,
        seats,
    };
    Ok(wishes.into_iter().zip(shares).filter(|(_, seats)| *seats > 0).map(line).collect())
}
