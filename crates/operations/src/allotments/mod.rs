//! Allotments: seats of a run that are promised to organisations and units, names to come.

mod allot;
mod divide;
mod end;
mod propose;
mod show;

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::{Actor, Grant, Role, Scope};
use domain::enrolments::{Claimant, Hold, Ledger, Promise};
use domain::ids::OrganisationId;
use domain::policy::{Action, Target, may};
use domain::runs::RunState;
use store::organisations::Organisation;
use store::runs::Run;
use store::{Records, StoreResult};

pub use allot::{AllotCommand, Line, allot, set_limit};
pub use divide::{DivideCommand, Share, divide};
pub use end::give_back;
pub(crate) use end::run_out;
pub use propose::{Proposal, Proposed, propose};
pub use show::{OwnPromise, Shares, Table, TableLine, holder_name, holders, one, own, shares, table};
pub(crate) use show::{room_for, tell_promised};
pub use store::allotments::Allotment;

use crate::{Outcome, unit_target};

/// Everything that decides on the seats of a run; read under its lock where seats are consumed. `run` has just been read.
pub(crate) async fn ledger(records: &mut impl Records, run: &Run, now: DateTime<Utc>) -> StoreResult<Ledger> {
    // What is kept for others stands with the run: where nothing is, nothing needs to be looked up.
    if run.promised == 0 && run.offered == 0 {
        return Ok(counted(run, (Vec::new(), Vec::new()), now));
    }
    whole_ledger(records, run, now).await
}

/// The same with every allotment, also where no seat is kept by them.
async fn whole_ledger(records: &mut impl Records, run: &Run, now: DateTime<Utc>) -> StoreResult<Ledger> {
    let promises = store::allotments::of_run(records, run.id).await?.iter().filter_map(Allotment::promise).collect();
    let holds = store::allotments::holds(records, run.id).await?;
    Ok(counted(run, (promises, holds), now))
}

fn counted(run: &Run, (promises, holds): (Vec<Promise>, Vec<Hold>), now: DateTime<Utc>) -> Ledger {
    Ledger { capacity: run.capacity, taken: run.taken, promises, holds, ends: run.keeping_ends(), now }
}

/// How people of an organisation stand to what was promised.
pub(crate) async fn claimant(records: &mut impl Records, ledger: &Ledger, organisation: &Organisation) -> StoreResult<Claimant> {
    claimant_of(records, ledger, organisation.id, organisation.unit_id).await
}

/// The same of an organisation that lies in `unit`.
pub(crate) async fn claimant_of(
    records: &mut impl Records,
    ledger: &Ledger,
    organisation: OrganisationId,
    unit: domain::ids::UnitId,
) -> StoreResult<Claimant> {
    let units = if ledger.promises.is_empty() { Vec::new() } else { store::units::covering(records, unit).await? };
    Ok(Claimant { organisation, units })
}

/// The most people of an organisation that a run takes, and how many have a place or are offered one; none when it has no
/// limit.
pub(crate) async fn below_limit(
    records: &mut impl Records,
    run: &Run,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> StoreResult<Option<(i64, i64)>> {
    let Some(limit) = run.organisation_limit else { return Ok(None) };
    let places = store::allotments::places(records, run.id, organisation).await?;
    Ok(Some((limit, places + store::waiting::offered(records, run.id, organisation, now).await?)))
}

/// Whether seats of a run can still be promised: as long as what is promised would be kept.
fn open(run: &Run, now: DateTime<Utc>) -> Result<(), Refusal> {
    match run.state() {
        RunState::Cancelled => Err(Refusal::RunCancelled),
        RunState::Closed => Err(Refusal::RunClosed),
        RunState::Draft | RunState::Published if now >= run.keeping_ends() => {
            Err(Refusal::DeadlinePassed { deadline: run.enrolment_deadline })
        }
        RunState::Draft | RunState::Published => Ok(()),
    }
}

/// Whether somebody acts for whom an allotment was promised to: who may enrol everybody it can name.
async fn holds(records: &mut impl Records, actor: &Actor, allotment: &Allotment) -> Outcome<bool> {
    let target: Target = match (allotment.unit_id, allotment.organisation_id) {
        (Some(unit), _) => unit_target(records, unit).await?,
        (None, Some(organisation)) => crate::organisation_target(records, organisation).await?.1,
        (None, None) => return Ok(false),
    };
    Ok(may(actor, Action::Enrol, &target))
}

/// Whether somebody speaks for whom an allotment was promised to: an organisation's representatives, and the officers of a
/// unit. Officers may enrol people of the organisations in their unit, and are none of them.
async fn speaks_for(records: &mut impl Records, actor: &Actor, allotment: &Allotment) -> Outcome<bool> {
    match allotment.organisation_id {
        Some(organisation) => {
            let own = Grant { role: Role::Representative, scope: Scope::Organisation(organisation) };
            Ok(actor.grants.contains(&own))
        }
        None => holds(records, actor, allotment).await,
    }
}
