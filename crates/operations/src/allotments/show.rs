//! What was promised, for who plans a run, for who divides what a unit was promised, and for who names people.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::Holder;
use domain::ids::{AllotmentId, OrganisationId, RunId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::runs::RunState;
use store::Work;
use store::allotments::Allotment;
use store::organisations::Organisation;
use store::runs::Run;

use super::{holds, open, whole_ledger};
use crate::{Office, Outcome, notices, require, runs};

/// An allotment with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// The allotment.
    pub allotment: Allotment,
    /// Seats that have a name, are offered, or were divided on.
    pub gone: i64,
    /// Seats that still wait for a name; of a unit those that were not divided.
    pub rest: i64,
    /// How many people of its organisation have a place, by it or otherwise; of a unit 0.
    pub places: i64,
}

/// Everything that was promised of a run.
#[derive(Debug, Clone)]
pub struct Table {
    /// The run.
    pub run: Run,
    /// What lasts, as it was made; shares of a unit's seats are not among it.
    pub lines: Vec<TableLine>,
    /// What was divided from a unit's seats and lasts.
    pub shares: Vec<TableLine>,
    /// What has ended, the last first.
    pub ended: Vec<Allotment>,
    /// Seats that are promised and wait for a name.
    pub promised: i64,
    /// Seats that are held by offers.
    pub offered: i64,
    /// Seats that are nobody's.
    pub free: i64,
    /// Why nothing can be promised any more.
    pub closed: Option<Refusal>,
}

/// What was promised of a run, for those who plan it.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn table(office: &Office, actor: &Actor, run: RunId) -> Outcome<Table> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    require(actor, Action::PlanRun, &target)?;
    let ledger = whole_ledger(&mut records, &run, office.now()).await?;
    let places: BTreeMap<OrganisationId, i64> =
        store::allotments::places_of_all(&mut records, run.id).await?.into_iter().collect();
    let (mut lines, mut shares, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    for allotment in store::allotments::of_run(&mut records, run.id).await? {
        if !ledger.promise(allotment.id).is_some_and(|promise| ledger.lasts(promise)) {
            ended.push(allotment);
            continue;
        }
        let line = TableLine {
            gone: ledger.gone(allotment.id),
            rest: ledger.rest(allotment.id),
            places: allotment.organisation_id.and_then(|id| places.get(&id)).copied().unwrap_or(0),
            allotment,
        };
        if line.allotment.parent_id.is_none() { lines.push(line) } else { shares.push(line) }
    }
    ended.reverse();
    let closed = open(&run, office.now()).err();
    let (promised, offered, free) = (ledger.promised(), ledger.offered(), ledger.free());
    Ok(Table { run, lines, shares, ended, promised, offered, free, closed })
}

/// What a unit was promised of a run, with how it is divided.
#[derive(Debug, Clone)]
pub struct Shares {
    /// The run.
    pub run: Run,
    /// What the unit was promised.
    pub whole: TableLine,
    /// How it is divided, as it was.
    pub shares: Vec<TableLine>,
    /// Other organisations of the unit that can get a share, by name, each with how many people it has in the run.
    pub others: Vec<(Organisation, i64)>,
    /// Why nothing can be divided any more.
    pub closed: Option<Refusal>,
}

/// What a unit was promised, for those who divide it: who keeps the unit, once the run is published, and who plans the run.
///
/// # Errors
/// [`Refusal::NotFound`] for others, and for what no unit was promised.
pub async fn shares(office: &Office, actor: &Actor, id: AllotmentId, wanted: &str) -> Outcome<Shares> {
    let mut records = office.database.read().await?;
    let known = store::allotments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let unit = known.unit_id.ok_or(Refusal::NotFound)?;
    let (run, target) = runs::target(&mut records, known.run_id).await?;
    let keeps = run.state() != RunState::Draft && holds(&mut records, actor, &known).await?;
    if !keeps && !may(actor, Action::PlanRun, &target) {
        return Err(Refusal::NotFound.into());
    }
    let ledger = whole_ledger(&mut records, &run, office.now()).await?;
    let places: BTreeMap<OrganisationId, i64> =
        store::allotments::places_of_all(&mut records, run.id).await?.into_iter().collect();
    let of = |id: Option<OrganisationId>| id.and_then(|id| places.get(&id)).copied().unwrap_or(0);
    let line = |allotment: Allotment| TableLine {
        gone: ledger.gone(allotment.id),
        rest: ledger.rest(allotment.id),
        places: of(allotment.organisation_id),
        allotment,
    };
    let lasts = |one: &Allotment| ledger.promise(one.id).is_some_and(|promise| ledger.lasts(promise));
    let all = store::allotments::of_run(&mut records, run.id).await?;
    let shares: Vec<TableLine> = all.into_iter().filter(|one| one.parent_id == Some(id) && lasts(one)).map(line).collect();
    let has: BTreeSet<OrganisationId> = shares.iter().filter_map(|share| share.allotment.organisation_id).collect();
    // A planner of one run may see no organisations; who sees some sees those of the unit among them.
    let everywhere = may_everywhere(actor, Action::SeePeople);
    let mut others = Vec::new();
    for organisation in store::organisations::search(&mut records, wanted, everywhere, actor.account, office.today()).await? {
        let fits = organisation.kind.belongs_to(run.audience) && !has.contains(&organisation.id);
        if fits && store::units::covering(&mut records, organisation.unit_id).await?.contains(&unit) {
            let places = of(Some(organisation.id));
            others.push((organisation, places));
        }
    }
    let closed = open(&run, office.now()).err().or_else(|| (!lasts(&known)).then_some(Refusal::AllotmentEnded));
    Ok(Shares { whole: line(known), shares, others, closed, run })
}

/// Seats that wait for somebody's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPromise {
    /// The allotment.
    pub allotment: Allotment,
    /// Seats that still wait for a name.
    pub rest: i64,
    /// Whether its reader divides it among organisations.
    pub divides: bool,
}

/// What lasts of what was promised to the organisations and units that somebody acts for, of a published run.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn own(office: &Office, actor: &Actor, run: &Run) -> Outcome<Vec<OwnPromise>> {
    // Where every promised seat has its name, nothing waits for anybody.
    if run.state() != RunState::Published || run.promised == 0 || !may_somewhere(actor, Action::Enrol) {
        return Ok(Vec::new());
    }
    let mut records = office.database.read().await?;
    let ledger = whole_ledger(&mut records, run, office.now()).await?;
    let mut promises = Vec::new();
    for allotment in store::allotments::of_run(&mut records, run.id).await? {
        let lasts = ledger.promise(allotment.id).is_some_and(|promise| ledger.lasts(promise));
        // Who acts everywhere looks at the table.
        if lasts && !may_everywhere(actor, Action::Enrol) && holds(&mut records, actor, &allotment).await? {
            let (rest, divides) = (ledger.rest(allotment.id), allotment.unit_id.is_some());
            promises.push(OwnPromise { allotment, rest, divides });
        }
    }
    Ok(promises)
}

/// How many people of an organisation a run still takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// Seats that there are for them, whom nobody who waits comes before.
    seats: i64,
    /// The most people of one organisation, and how many of this one have a place or are offered one.
    limit: Option<(i64, i64)>,
}

impl Room {
    /// How many more of them can take a place: the tighter of both counts.
    pub(crate) fn left(&self) -> i64 {
        self.limit.map_or(self.seats, |(limit, taken)| self.seats.min((limit - taken).max(0)))
    }

    /// Checks that so many more can.
    ///
    /// # Errors
    /// [`Refusal::OrganisationLimit`], [`Refusal::Full`].
    pub(crate) fn takes(&self, asked: i64) -> Result<(), Refusal> {
        match self.limit {
            Some((limit, taken)) if asked > 0 && taken + asked > limit => Err(Refusal::OrganisationLimit { limit, taken }),
            _ if asked > self.seats => Err(Refusal::Full { left: self.seats, asked }),
            _ => Ok(()),
        }
    }
}

/// The room that a run has for people of an organisation. Where it is read under the lock, it is what they get.
pub(crate) async fn room_for(
    records: &mut impl store::Records,
    run: &Run,
    organisation: &Organisation,
    now: chrono::DateTime<chrono::Utc>,
) -> Outcome<Room> {
    let ledger = super::ledger(records, run, now).await?;
    let claimant = super::claimant(records, &ledger, organisation).await?;
    let limit = super::below_limit(records, run, organisation.id, now).await?;
    Ok(Room { seats: ledger.seats_for(&claimant), limit })
}

/// One allotment with its run, for those who may give it back.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn one(office: &Office, actor: &Actor, id: AllotmentId) -> Outcome<(Allotment, Run)> {
    let mut records = office.database.read().await?;
    let known = store::allotments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, target) = runs::target(&mut records, known.run_id).await?;
    let visible = run.state() != RunState::Draft && holds(&mut records, actor, &known).await?;
    if visible || may(actor, Action::PlanRun, &target) { Ok((known, run)) } else { Err(Refusal::NotFound.into()) }
}

/// Tells everybody who was promised seats of a run that it is published now.
pub(crate) async fn tell_promised(office: &Office, work: &mut Work, run: &Run) -> Outcome<()> {
    let promised: Vec<AllotmentId> = store::allotments::of_run(work, run.id)
        .await?
        .into_iter()
        .filter(|known| known.ended_at.is_none())
        .map(|known| known.id)
        .collect();
    notices::seats_promised(office, work, run, &promised).await
}

/// The name of a unit or organisation, for who plans the run; none when there is no such.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not plan the run.
pub async fn holder_name(office: &Office, actor: &Actor, run: RunId, holder: Holder) -> Outcome<Option<String>> {
    let mut records = office.database.read().await?;
    let (_, target) = runs::target(&mut records, run).await?;
    require(actor, Action::PlanRun, &target)?;
    Ok(match holder {
        Holder::Unit(unit) => store::units::find(&mut records, unit).await?.map(|unit| unit.title()),
        Holder::Organisation(id) => store::organisations::find(&mut records, id).await?.map(|known| known.name),
    })
}

/// Units that live today and organisations of a name, each with its name and the unit it lies in, as far as somebody who
/// plans runs sees them.
///
/// # Errors
/// [`Refusal::NotFound`] for who plans none.
pub async fn holders(office: &Office, actor: &Actor, wanted: &str) -> Outcome<Vec<(Holder, String, String)>> {
    if !may_somewhere(actor, Action::PlanRun) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let folded = domain::text::fold(wanted);
    let units = store::units::on_day(&mut records, office.today()).await?;
    let units = units.into_iter().filter(|unit| domain::text::fold(&unit.title()).contains(&folded));
    let units = units.take(20).map(|unit| (Holder::Unit(unit.id), unit.full_title(), String::new()));
    let everywhere = may_everywhere(actor, Action::SeePeople);
    let organisations = store::organisations::search(&mut records, wanted, everywhere, actor.account, office.today()).await?;
    let organisation = |one: Organisation| (Holder::Organisation(one.id), one.name.clone(), one.unit_title());
    Ok(units.chain(organisations.into_iter().take(50).map(organisation)).collect())
}
