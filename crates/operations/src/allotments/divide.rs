//! An officer of a unit divides what the unit was promised among its organisations.

use std::collections::BTreeSet;

use domain::accounts::Actor;
use domain::allotments::Ending;
use domain::enrolments::{Holder, Promise};
use domain::ids::{AllotmentId, OrganisationId, RunId};
use domain::policy::{Action, may};
use domain::runs::RunState;
use domain::waiting::given;
use domain::{Faults, Refusal};
use serde_json::json;
use store::allotments::{Allotment, NewAllotment};

use super::end::{end_with_shares, run_out, tell_of_end};
use super::{holds, open, whole_ledger};
use crate::{Failure, Office, Outcome, notices, runs, waiting};

/// What an organisation gets of the seats of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The version of its share that was seen; none when it had none.
    pub seen: Option<i64>,
    /// How many seats; 0 takes back what is not named.
    pub seats: i64,
}

/// The seats of a unit are divided. Who is not among the shares keeps what they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivideCommand {
    /// What the unit was promised.
    pub allotment: AllotmentId,
    /// Who gets what of it. Faults name them `shares.N` in this order.
    pub shares: Vec<Share>,
    /// Why something is taken back; needed when something is.
    pub reason: String,
}

/// Divides seats, all shares or none. A share is kept as long as the seats of the unit are. Organisations are told what they
/// get, and what is taken back from them. Gives the run.
///
/// # Errors
/// [`Refusal::NotFound`] for who neither keeps the unit nor plans the run, and for what no unit was promised;
/// [`Refusal::AllotmentEnded`]; [`Refusal::RunCancelled`], [`Refusal::RunClosed`], [`Refusal::DeadlinePassed`]; of
/// `shares.N.seats` [`Refusal::OfAnotherUnit`], [`Refusal::WrongAudience`], [`Refusal::PromisedTwice`],
/// [`Refusal::AllotmentBelowNamed`]; [`Refusal::NotSoManySeats`] when the sum is above what the unit was promised;
/// [`Refusal::ChangedMeanwhile`]; [`Refusal::ReasonMissing`] of `reason`.
pub async fn divide(office: &Office, actor: &Actor, command: &DivideCommand) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let known = store::allotments::find(&mut work, command.allotment).await?.ok_or(Refusal::NotFound)?;
    let unit = known.unit_id.ok_or(Refusal::NotFound)?;
    store::runs::lock(&mut work, known.run_id).await?;
    let (run, target) = runs::target(&mut work, known.run_id).await?;
    let divides = run.state() == RunState::Published && holds(&mut work, actor, &known).await?;
    if !divides && !may(actor, Action::PlanRun, &target) {
        return Err(Refusal::NotFound.into());
    }
    open(&run, office.now())?;
    run_out(office, &mut work, &run).await?;
    let all = store::allotments::of_run(&mut work, run.id).await?;
    let whole = all.iter().find(|one| one.id == known.id && one.ended_at.is_none()).ok_or(Refusal::AllotmentEnded)?;
    let shares: Vec<&Allotment> = all.iter().filter(|one| one.parent_id == Some(whole.id) && one.ended_at.is_none()).collect();

    let mut after = whole_ledger(&mut work, &run, office.now()).await?;
    let free = after.rest(whole.id);
    let (mut faults, mut seen, mut steps, mut asked) = (Faults::default(), BTreeSet::new(), Vec::new(), 0);
    for (n, share) in command.shares.iter().enumerate() {
        let field = format!("shares.{n}.seats");
        if !seen.insert(share.organisation) {
            faults.add(field.clone(), Refusal::PromisedTwice);
        }
        let before = shares.iter().find(|one| one.organisation_id == Some(share.organisation));
        if before.map(|one| one.version) != share.seen {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if before.map_or(0, |one| one.seats) == share.seats {
            continue;
        }
        let id = before.map_or_else(|| AllotmentId(office.id()), |one| one.id);
        match after.promises.iter_mut().find(|promise| promise.id == id) {
            Some(promise) if share.seats == 0 => promise.is_ended = true,
            Some(promise) => promise.seats = share.seats,
            None => {
                let organisation = store::organisations::find(&mut work, share.organisation).await?.ok_or(Refusal::NotFound)?;
                if !store::units::covering(&mut work, organisation.unit_id).await?.contains(&unit) {
                    faults.add(field.clone(), Refusal::OfAnotherUnit);
                } else if !organisation.kind.belongs_to(run.audience) {
                    faults.add(field.clone(), Refusal::WrongAudience);
                }
                after.promises.push(Promise {
                    id,
                    holder: Holder::Organisation(share.organisation),
                    parent: Some(whole.id),
                    seats: share.seats,
                    until: whole.until_day,
                    is_ended: false,
                    named: 0,
                });
            }
        }
        asked += share.seats - before.map_or(0, |one| one.seats);
        if share.seats > 0 {
            faults.take(field, after.covers(id));
        }
        steps.push((id, share, before.map_or(0, |one| one.version)));
    }
    if steps.iter().any(|(_, share, _)| share.seats == 0) {
        faults.take("reason", given(&command.reason));
    }
    if after.covers(whole.id).is_err() {
        faults.add("", Refusal::NotSoManySeats { left: free, asked });
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }

    let (now, mut promised, mut ended) = (office.now(), Vec::new(), Vec::new());
    for (id, share, version) in &steps {
        if share.seats == 0 {
            let reason = given(&command.reason).map_err(|refusal| Failure::field("reason", refusal))?;
            ended.extend(end_with_shares(&mut work, *id, Ending::Withdrawn, &reason, Some(actor.account), now).await?);
            continue;
        }
        if *version == 0 {
            let holder = Holder::Organisation(share.organisation);
            let new = NewAllotment { id: *id, run: run.id, holder, parent: Some(whole.id) };
            store::allotments::add(&mut work, &new, actor.account, now).await?;
        }
        let stated = (share.seats, whole.until_day);
        store::allotments::state(&mut work, (*id, version + 1), stated, actor.account, now).await?;
        promised.push(*id);
    }
    let told: Vec<_> = steps.iter().map(|(id, share, _)| json!({ "allotment": id, "seats": share.seats })).collect();
    let detail = json!({ "allotment": whole.id, "shares": told });
    office.log(&mut work, Some(actor.account), "seats_divided", ("run", run.id.0), &detail).await?;
    if run.state() == RunState::Published {
        notices::seats_promised(office, &mut work, &run, &promised).await?;
    }
    tell_of_end(office, &mut work, &run, &ended, &given(&command.reason).unwrap_or_default()).await?;
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(run.id)
}
