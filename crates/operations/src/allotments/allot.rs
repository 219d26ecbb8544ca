//! A planner promises seats: the whole table at once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::allotments::Ending;
use domain::enrolments::{Holder, Ledger, Promise};
use domain::ids::{AllotmentId, RunId};
use domain::policy::Action;
use domain::runs::RunState;
use domain::waiting::given;
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::allotments::{Allotment, NewAllotment};
use store::runs::Run;

use super::end::{Ended, end_with_shares, run_out, tell_of_end};
use super::{open, whole_ledger};
use crate::{Failure, Office, Outcome, notices, require, runs, waiting};

/// What somebody is to be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// For whom.
    pub holder: Holder,
    /// The version of the allotment that was seen; none when there was none.
    pub seen: Option<i64>,
    /// How many seats; 0 takes back what is not named.
    pub seats: i64,
    /// The last day on which they are kept.
    pub until: NaiveDate,
}

/// Seats of a run are promised. Who is not among the lines keeps what was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllotCommand {
    /// The run.
    pub run: RunId,
    /// Who is promised what. Faults name them `lines.N` in this order.
    pub lines: Vec<Line>,
    /// Why something is taken back; needed when something is.
    pub reason: String,
}

/// What a line does to what was promised.
struct Step {
    line: usize,
    id: AllotmentId,
    before: Option<Allotment>,
}

/// Promises seats, for the first time or otherwise than before, all lines or none; then the waiting list moves into what
/// came back. Holders are told what they are promised and what is taken back from them, when the run is published. Gives how
/// many allotments changed.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not plan the run; [`Refusal::RunCancelled`], [`Refusal::RunClosed`],
/// [`Refusal::DeadlinePassed`]; of `lines.N.until` [`Refusal::DayInThePast`] and [`Refusal::DeadlinePassed`]; of
/// `lines.N.holder` [`Refusal::UnknownUnit`], [`Refusal::UnknownOrganisation`], [`Refusal::WrongAudience`],
/// [`Refusal::PromisedTwice`]; of `lines.N.seats` [`Refusal::AllotmentBelowNamed`]; [`Refusal::NotSoManySeats`] when the
/// sum is above the seats; [`Refusal::ChangedMeanwhile`]; [`Refusal::ReasonMissing`] of `reason`.
pub async fn allot(office: &Office, actor: &Actor, command: &AllotCommand) -> Outcome<usize> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, command.run).await?;
    let (run, target) = runs::target(&mut work, command.run).await?;
    require(actor, Action::PlanRun, &target)?;
    open(&run, office.now())?;
    run_out(office, &mut work, &run).await?;
    let live = store::allotments::of_run(&mut work, run.id).await?.into_iter().filter(|known| known.ended_at.is_none());
    let (shares, live): (Vec<Allotment>, Vec<Allotment>) = live.partition(|known| known.parent_id.is_some());
    let steps = steps(office, command, &live)?;
    check(office, &mut work, &run, command, &steps).await?;

    let (mut promised, mut ended) = (Vec::new(), Vec::new());
    for step in &steps {
        match keep(office, &mut work, actor, &run, command, step).await? {
            Kept::Promised(id) => {
                promised.push(id);
                // A share lasts as long as the seats of its unit: who has one learns of another day.
                let other_day = step.before.as_ref().is_some_and(|known| known.until_day != command.lines[step.line].until);
                promised.extend(shares.iter().filter(|one| other_day && one.parent_id == Some(id)).map(|one| one.id));
            }
            Kept::Ended(over) => ended.extend(over),
        }
    }
    if !steps.is_empty() {
        let told: Vec<_> =
            steps.iter().map(|step| json!({ "allotment": step.id, "seats": command.lines[step.line].seats })).collect();
        office.log(&mut work, Some(actor.account), "seats_allotted", ("run", run.id.0), &json!({ "lines": told })).await?;
        if run.state() == RunState::Published {
            notices::seats_promised(office, &mut work, &run, &promised).await?;
        }
        tell_of_end(office, &mut work, &run, &ended, &given(&command.reason).unwrap_or_default()).await?;
    }
    // What ran out a moment ago frees seats too, whether or not anything is promised otherwise.
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(steps.len())
}

/// What is to be changed, of what was seen.
fn steps(office: &Office, command: &AllotCommand, live: &[Allotment]) -> Outcome<Vec<Step>> {
    let (mut steps, mut faults, mut seen) = (Vec::new(), Faults::default(), BTreeSet::new());
    for (n, line) in command.lines.iter().enumerate() {
        if !seen.insert(line.holder) {
            faults.add(format!("lines.{n}.holder"), Refusal::PromisedTwice);
        }
        let before = live.iter().find(|known| known.holder() == Some(line.holder)).cloned();
        if before.as_ref().map(|known| known.version) != line.seen {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        match before {
            None if line.seats == 0 => {}
            None => steps.push(Step { line: n, id: AllotmentId(office.id()), before: None }),
            Some(known) if line.seats > 0 && (known.seats, known.until_day) == (line.seats, line.until) => {}
            Some(known) => steps.push(Step { line: n, id: known.id, before: Some(known) }),
        }
    }
    if faults.is_empty() { Ok(steps) } else { Err(faults.into()) }
}

/// Checks the days, the holders and the seats, everything at once.
async fn check(office: &Office, work: &mut Work, run: &Run, command: &AllotCommand, steps: &[Step]) -> Outcome<()> {
    let mut faults = Faults::default();
    let mut after = whole_ledger(work, run, office.now()).await?;
    let mut asked = 0;
    for step in steps {
        let line = &command.lines[step.line];
        let field = |name: &str| format!("lines.{}.{name}", step.line);
        if line.seats > 0 {
            faults.take(field("until"), last_day(line.until, office.today(), run.enrolment_deadline));
        }
        if step.before.is_none()
            && let Err(refusal) = may_hold(work, run, line.holder).await?
        {
            faults.add(field("holder"), refusal);
        }
        asked += (line.seats - step.before.as_ref().map_or(0, |known| known.seats)).max(0);
        apply(&mut after, step, line);
        if line.seats > 0 {
            faults.take(field("seats"), after.covers(step.id));
        }
    }
    if steps.iter().any(|step| command.lines[step.line].seats == 0) {
        faults.take("reason", given(&command.reason));
    }
    faults.take("", after.check(asked));
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn apply(ledger: &mut Ledger, step: &Step, line: &Line) {
    let (seats, until) = (line.seats, line.until);
    match ledger.promises.iter_mut().find(|promise| promise.id == step.id) {
        Some(promise) if seats == 0 => promise.is_ended = true,
        Some(promise) => (promise.seats, promise.until) = (seats, until),
        None => ledger.promises.push(Promise {
            id: step.id,
            holder: line.holder,
            parent: None,
            seats,
            until,
            is_ended: false,
            named: 0,
        }),
    }
}

fn last_day(until: NaiveDate, today: NaiveDate, deadline: NaiveDate) -> Result<(), Refusal> {
    if until < today {
        Err(Refusal::DayInThePast)
    } else if until > deadline {
        Err(Refusal::DeadlinePassed { deadline })
    } else {
        Ok(())
    }
}

/// Whether seats of a run can be promised to somebody.
async fn may_hold(work: &mut Work, run: &Run, holder: Holder) -> Outcome<Result<(), Refusal>> {
    Ok(match holder {
        Holder::Unit(unit) => store::units::find(work, unit).await?.map(drop).ok_or(Refusal::UnknownUnit),
        Holder::Organisation(id) => match store::organisations::find(work, id).await? {
            None => Err(Refusal::UnknownOrganisation),
            Some(known) if known.kind.belongs_to(run.audience) => Ok(()),
            Some(_) => Err(Refusal::WrongAudience),
        },
    })
}

/// What became of a line.
enum Kept {
    /// Seats are promised by it.
    Promised(AllotmentId),
    /// What was promised has ended, with what was divided from it.
    Ended(Vec<Ended>),
}

/// Writes one line down.
async fn keep(office: &Office, work: &mut Work, actor: &Actor, run: &Run, command: &AllotCommand, step: &Step) -> Outcome<Kept> {
    let (line, now) = (&command.lines[step.line], office.now());
    if line.seats == 0 {
        let reason = given(&command.reason).map_err(|refusal| Failure::field("reason", refusal))?;
        let ended = end_with_shares(work, step.id, Ending::Withdrawn, &reason, Some(actor.account), now).await?;
        return Ok(Kept::Ended(ended));
    }
    if step.before.is_none() {
        let new = NewAllotment { id: step.id, run: run.id, holder: line.holder, parent: None };
        store::allotments::add(work, &new, actor.account, now).await?;
    }
    let number = step.before.as_ref().map_or(1, |known| known.version + 1);
    store::allotments::state(work, (step.id, number), (line.seats, line.until), actor.account, now).await?;
    Ok(Kept::Promised(step.id))
}

/// Says how many people of one organisation a run takes at most, promised seats among them; none when that is not limited.
/// Who has a place keeps it.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not plan the run; [`Refusal::RunCancelled`], [`Refusal::RunClosed`],
/// [`Refusal::DeadlinePassed`]; [`Refusal::NotANumber`] of `limit`, also for 0: nobody could enrol then.
pub async fn set_limit(office: &Office, actor: &Actor, run: RunId, limit: Option<i64>) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, run).await?;
    let (run, target) = runs::target(&mut work, run).await?;
    require(actor, Action::PlanRun, &target)?;
    open(&run, office.now())?;
    if limit.is_some_and(|limit| !(1..=domain::allotments::MOST_SEATS).contains(&limit)) {
        return Err(Failure::field("limit", Refusal::NotANumber { least: 1, most: domain::allotments::MOST_SEATS }));
    }
    if run.organisation_limit == limit {
        return Ok(());
    }
    store::allotments::set_limit(&mut work, run.id, limit, actor.account, office.now()).await?;
    office.log(&mut work, Some(actor.account), "organisation_limit_set", ("run", run.id.0), &json!({ "limit": limit })).await?;
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(())
}
