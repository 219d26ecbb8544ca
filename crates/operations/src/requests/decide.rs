//! Deciding on requests: each by itself, with who, when and why, and the organisation is told.

use domain::accounts::Actor;
use domain::ids::RequestId;
use domain::registrations::REASON_LIMIT;
use domain::requests::{Level, Ruling, State, Step};
use domain::text::paragraphs;
use domain::{Faults, Refusal};
use serde_json::json;
use store::organisations::Organisation;
use store::requests::Request;
use store::runs::Run;
use uuid::Uuid;

use super::seat::{leave, seat};
use super::{Advance, advance, decides, decides_at, held, known_to};
use crate::notices::Told;
use crate::{Failure, Office, Outcome, notices, waiting};

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideCommand {
    /// The request.
    pub request: RequestId,
    /// Its version that was seen.
    pub seen: i64,
    /// What is decided.
    pub ruling: Ruling,
    /// Why; needed when it is not approved.
    pub reason: String,
}

/// What became of a request.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The request as it stands now.
    pub request: Request,
    /// The run in which the person has a place by it.
    pub run: Option<Run>,
    /// Why there is no place where they asked for one, when all approved it. With a run, they keep the place they had.
    pub no_seat: Option<Faults>,
}

/// Decides on one request at the level it waits for. The last approval gives a place in the run of the first choice that has
/// a seat, and takes the one that the person had elsewhere; without any it stays approved, or they keep what they had. Refusing gives back a place that the person still has from before.
///
/// # Errors
/// [`Refusal::NotFound`] for who may not know of it; [`Refusal::RequestInState`] when it does not wait for the actor;
/// [`Refusal::ChangedMeanwhile`] when somebody was faster; [`Refusal::ReasonMissing`] and [`Refusal::TooLong`] of `reason`;
/// [`Refusal::DeadlinePassed`] when no run it asks for takes people any more.
pub async fn decide(office: &Office, actor: &Actor, command: &DecideCommand) -> Outcome<Decided> {
    let decided = repeated(office, actor, command, office.id()).await;
    office.mail_waiting.notify_one();
    decided
}

/// A line of the report on several requests.
#[derive(Debug, Clone)]
pub struct Line {
    /// The request.
    pub request: RequestId,
    /// Whose it is, where the actor may know of it.
    pub known: Option<Request>,
    /// What became of it, or why nothing did.
    pub outcome: Result<Decided, Faults>,
}

/// Approves several requests, each by itself: one that is refused keeps no other back, and none inherits what was decided on
/// another. An organisation gets one letter about all of its own. Gives a line for each, in the order of `chosen`, which
/// are requests with the version that was seen.
///
/// # Errors
/// [`Refusal::NothingChosen`]; [`store::StoreError`], and then those before it are decided on.
pub async fn approve_all(office: &Office, actor: &Actor, chosen: &[(RequestId, i64)]) -> Outcome<Vec<Line>> {
    if chosen.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let deed = office.id();
    let mut lines = Vec::with_capacity(chosen.len());
    for (request, seen) in chosen {
        let command = DecideCommand { request: *request, seen: *seen, ruling: Ruling::Approve, reason: String::new() };
        let outcome = match repeated(office, actor, &command, deed).await {
            Ok(decided) => Ok(decided),
            Err(Failure::Refused(faults)) => Err(faults),
            Err(failure) => return Err(failure),
        };
        let known = match &outcome {
            Ok(decided) => Some(decided.request.clone()),
            Err(faults) if faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound) => None,
            Err(_) => store::requests::find(&mut office.database.read().await?, *request).await?,
        };
        lines.push(Line { request: *request, known, outcome });
    }
    office.mail_waiting.notify_one();
    Ok(lines)
}

/// Decides, and tries again what the database gave up for others' sake.
async fn repeated(office: &Office, actor: &Actor, command: &DecideCommand, deed: Uuid) -> Outcome<Decided> {
    const ATTEMPTS: usize = 3;
    for _ in 1..ATTEMPTS {
        match attempt(office, actor, command, deed).await {
            Err(Failure::Store(error)) if error.is_transient() => {
                tracing::info!(%error, "a decision is tried again");
            }
            outcome => return outcome,
        }
    }
    attempt(office, actor, command, deed).await
}

async fn attempt(office: &Office, actor: &Actor, command: &DecideCommand, deed: Uuid) -> Outcome<Decided> {
    let mut work = office.database.begin().await?;
    let (mut request, runs) = held(&mut work, command.request, &[]).await?;
    let (organisation, target) = known_to(&mut work, actor, &request).await?;
    if request.version != command.seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let state = request.state;
    let level = decides(actor, &target, &request).or_else(|| last_word(actor, &target, &request, command.ruling));
    let level = level.ok_or(Refusal::RequestInState { state })?;
    let reason = reason(command)?;
    if command.ruling == Ruling::Approve {
        still_open(office, &organisation, &runs)?;
    }
    let step = Step { kind: command.ruling.step(), level: Some(level), needs: None };
    let advanced = Advance { step, ..Advance::new(step.kind, actor.account, &reason) };
    advance(office, &mut work, &mut request, advanced).await?;

    let (mut run, mut no_seat) = (None, None);
    match request.state {
        State::Approved => {
            let seat = seat(office, &mut work, actor, &mut request, &runs).await?;
            (run, no_seat) = (seat.run, seat.refused);
        }
        State::Refused => {
            if let Some(run) = leave(office, &mut work, actor, &mut request).await? {
                waiting::promote(office, &mut work, run).await?;
            }
        }
        _ => {}
    }
    let detail =
        json!({ "ruling": command.ruling, "level": level, "state": request.state, "run": run.as_ref().map(|run| run.id) });
    office.log(&mut work, Some(actor.account), "request_decided", ("request", request.id.0), &detail).await?;
    let told = Told { run: run.as_ref(), no_seat: no_seat.as_ref(), reason: &reason, after: None };
    notices::request_decided(office, &mut work, deed, &request, told).await?;
    // Whatever was decided, a seat may have come free, or gone to somebody who waits.
    office.commit_to_calendar(work).await?;
    Ok(Decided { request, run, no_seat })
}

/// Who waits for a seat in vain is told so by the level that had the last word.
fn last_word(actor: &Actor, target: &domain::policy::Target, request: &Request, ruling: Ruling) -> Option<Level> {
    if request.state != State::Approved || ruling != Ruling::Refuse {
        return None;
    }
    request.needs.levels().last().copied().filter(|level| decides_at(actor, target, *level))
}

/// Nothing is approved once nobody can be placed any more: says why the first choice takes nobody.
fn still_open(office: &Office, organisation: &Organisation, runs: &[Run]) -> Result<(), Refusal> {
    let open: Vec<Result<(), Refusal>> = runs.iter().map(|run| run.seats().open_to(organisation.kind, office.today())).collect();
    if open.iter().any(Result::is_ok) { Ok(()) } else { open.into_iter().next().unwrap_or(Ok(())) }
}

fn reason(command: &DecideCommand) -> Outcome<String> {
    let reason = paragraphs(&command.reason, REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() && command.ruling.needs_reason() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    Ok(reason)
}
