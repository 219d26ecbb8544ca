//! Exceptions: an organisation without a selected product may take part in a run for those with one. Nothing of them is
//! lost: one that is withdrawn stays, with who did it, when and why.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ExceptionId, OrganisationId, RunId};
use domain::policy::{Action, Target, may};
use domain::registrations::REASON_LIMIT;
use domain::runs::RunState;
use domain::text::paragraphs;
use serde_json::json;
use store::eligibility::Exception;
use store::runs::Run;

use super::{Candidate, eligibilities, eligibility};
use crate::{Failure, Office, Outcome, notices, organisation_target, require, runs};

/// The exceptions of a run.
#[derive(Debug, Clone)]
pub struct Exceptions {
    /// The run.
    pub run: Run,
    /// What was granted, in order, what was withdrawn since among it.
    pub granted: Vec<Exception>,
    /// Whether the actor may grant another, and withdraw those that hold.
    pub may_grant: bool,
}

/// The exceptions of a run, for those who see everybody in it.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn exceptions(office: &Office, actor: &Actor, run: RunId) -> Outcome<Exceptions> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    require(actor, Action::SeeRun, &target)?;
    let is_open = run.selection_year.is_some() && open(&run).is_ok();
    Ok(Exceptions {
        granted: store::eligibility::exceptions(&mut records, run.id).await?,
        may_grant: is_open && may(actor, Action::SelectProducts, &Target::default()),
        run,
    })
}

/// The organisations of this name or tax code, by name, each with whether an exception can be granted to it; 200 at most.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products.
pub async fn who_may_be_excepted(office: &Office, actor: &Actor, run: RunId, wanted: &str) -> Outcome<Vec<Candidate>> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    let run = store::runs::find(&mut records, run).await?.ok_or(Refusal::NotFound)?;
    let eligibility = eligibilities(&mut records, &run).await?;
    let found = store::organisations::search(&mut records, wanted, true, actor.account, office.today()).await?;
    let candidate = |organisation: store::organisations::Organisation| Candidate {
        refusal: eligibility(organisation.id).except(organisation.kind).err(),
        organisation,
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Grants an exception, with its reason.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products; [`Refusal::RunClosed`], [`Refusal::RunCancelled`]; what
/// [`domain::enrolments::Eligibility::except`] refuses; [`Refusal::ReasonMissing`] and [`Refusal::TooLong`] of `reason`.
pub async fn except(
    office: &Office,
    actor: &Actor,
    run: RunId,
    organisation: OrganisationId,
    reason: &str,
) -> Outcome<ExceptionId> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut work = office.database.begin().await?;
    let (organisation, _) = organisation_target(&mut work, organisation).await?;
    // Held, so that nobody opens or closes the run meanwhile.
    store::runs::lock(&mut work, run).await?;
    let run = store::runs::find(&mut work, run).await?.ok_or(Refusal::NotFound)?;
    open(&run)?;
    eligibility(&mut work, &run, organisation.id).await?.except(organisation.kind)?;
    let reason = parse_reason(reason)?;
    let id = ExceptionId(office.id());
    if !store::eligibility::add_exception(&mut work, id, (run.id, organisation.id), &reason, actor.account, office.now()).await? {
        return Err(Refusal::AlreadyExists.into());
    }
    let detail = json!({ "exception": id, "organisation": organisation.id, "reason": reason });
    office.log(&mut work, Some(actor.account), "exception_granted", ("run", run.id.0), &detail).await?;
    // Nobody but its planners knows of a draft: who is let into one is told when it is published.
    if run.state() == RunState::Published {
        let granted = store::eligibility::find_exception(&mut work, id).await?.ok_or(Refusal::NotFound)?;
        notices::exception_granted(office, &mut work, &run, &granted).await?;
    }
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(id)
}

/// One exception with its run, for those who may withdraw it.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who does not select products.
pub async fn exception(office: &Office, actor: &Actor, id: ExceptionId) -> Outcome<(Exception, Run)> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    let exception = store::eligibility::find_exception(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let run = store::runs::find(&mut records, exception.run_id).await?.ok_or(Refusal::NotFound)?;
    Ok((exception, run))
}

/// Withdraws an exception, with a reason: nobody more is enrolled by it. Who was enrolled by it keeps the place, since
/// that was right when it happened.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who does not select products; [`Refusal::ExceptionWithdrawn`] when
/// it was done already; [`Refusal::RunClosed`], [`Refusal::RunCancelled`]; [`Refusal::ReasonMissing`] and
/// [`Refusal::TooLong`] of `reason`.
pub async fn withdraw_exception(office: &Office, actor: &Actor, id: ExceptionId, reason: &str) -> Outcome<RunId> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut work = office.database.begin().await?;
    let known = store::eligibility::find_exception(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    // Held, so that nobody is enrolled by it meanwhile.
    store::runs::lock(&mut work, known.run_id).await?;
    let run = store::runs::find(&mut work, known.run_id).await?.ok_or(Refusal::NotFound)?;
    let known = store::eligibility::find_exception(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !known.is_live() {
        return Err(Refusal::ExceptionWithdrawn.into());
    }
    open(&run)?;
    let reason = parse_reason(reason)?;
    if !store::eligibility::withdraw_exception(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::ExceptionWithdrawn.into());
    }
    let detail = json!({ "exception": id, "organisation": known.organisation_id, "reason": reason });
    office.log(&mut work, Some(actor.account), "exception_withdrawn", ("run", run.id.0), &detail).await?;
    if run.state() == RunState::Published {
        notices::exception_withdrawn(office, &mut work, &run, &known, &reason).await?;
    }
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(run.id)
}

/// Whether exceptions of a run still mean something.
fn open(run: &Run) -> Result<(), Refusal> {
    match run.state() {
        RunState::Closed => Err(Refusal::RunClosed),
        RunState::Cancelled => Err(Refusal::RunCancelled),
        RunState::Draft | RunState::Published => Ok(()),
    }
}

/// A reason that says something.
fn parse_reason(typed: &str) -> Outcome<String> {
    let reason = paragraphs(typed, REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() { Err(Failure::field("reason", Refusal::ReasonMissing)) } else { Ok(reason) }
}
