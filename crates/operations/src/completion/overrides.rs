//! The decisions of a closed run, and overriding one of them.

use domain::Refusal;
use domain::accounts::Actor;
use domain::completion::{Outcome as Decided, Override};
use domain::ids::RunId;
use domain::policy::Action;
use domain::runs::RunState;
use serde_json::json;
use store::completion::{Decision, NewOverride};
use store::enrolments::Enrolment;
use store::runs::Run;

use crate::{Failure, Office, Outcome, require};

/// The decisions of a closed run.
#[derive(Debug, Clone)]
pub struct Completion {
    /// The run.
    pub run: Run,
    /// Its decisions, by given name.
    pub decisions: Vec<Decision>,
    /// Who left midway, by given name: they did not complete it, and nothing was decided on them.
    pub left: Vec<Enrolment>,
}

/// Overrides one decision of a closed run.
#[derive(Debug, Clone)]
pub struct OverrideCommand {
    /// The run.
    pub run: RunId,
    /// Whose decision, what holds instead, and why.
    pub new: Override,
}

/// The decisions of a closed run.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such run, `actor` may not close it, or it is not closed.
pub async fn of_run(office: &Office, actor: &Actor, id: RunId) -> Outcome<Completion> {
    let mut records = office.database.read().await?;
    let (run, target) = crate::runs::target(&mut records, id).await?;
    require(actor, Action::CloseRun, &target)?;
    if run.state() != RunState::Closed {
        return Err(Refusal::NotFound.into());
    }
    let decisions = store::completion::of_run(&mut records, id).await?;
    let left = store::enrolments::left_run(&mut records, id).await?;
    Ok(Completion { run, decisions, left })
}

/// Says otherwise than a decision, with a reason. Saying what holds already changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such decision or `actor` may not close the run; [`Refusal::CertificateIssued`]
/// when a valid certificate says that the person completed the run; [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub async fn override_decision(office: &Office, actor: &Actor, command: &OverrideCommand) -> Outcome<()> {
    let mut records = office.database.read().await?;
    let (_, target) = crate::runs::target(&mut records, command.run).await?;
    require(actor, Action::CloseRun, &target)?;
    drop(records);
    let new = &command.new;
    let reason = new.clean_reason().map_err(|refusal| Failure::field("reason", refusal))?;

    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, command.run).await?;
    let decision = store::completion::of_enrolment(&mut work, command.run, new.enrolment).await?.ok_or(Refusal::NotFound)?;
    if decision.outcome() == new.outcome {
        return Ok(());
    }
    if decision.certificate.is_some() && new.outcome == Decided::NotCompleted {
        return Err(Failure::field("outcome", Refusal::CertificateIssued));
    }
    let stored = NewOverride {
        id: office.id(),
        decision: decision.id,
        outcome: new.outcome,
        reason: &reason,
        now: office.now(),
        by: actor.account,
        replaces: decision.override_id,
    };
    store::completion::add_override(&mut work, &stored).await?;
    let detail = json!({ "enrolment": new.enrolment, "outcome": new.outcome, "before": decision.outcome() });
    office.log(&mut work, Some(actor.account), "completion_overridden", ("run", command.run.0), &detail).await?;
    work.commit().await?;
    Ok(())
}
