//! Exceptions: an organisation without a selected product may take part in a run for those with one. Only added to.

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
use crate::{Failure, Office, Outcome, organisation_target, require, runs};

/// The exceptions of a run.
#[derive(Debug, Clone)]
pub struct Exceptions {
    /// The run.
    pub run: Run,
    /// What was granted, in order.
    pub granted: Vec<Exception>,
    /// Whether the actor may grant another.
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
    let is_open = run.selection_year.is_some() && matches!(run.state(), RunState::Draft | RunState::Published);
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
    match run.state() {
        RunState::Closed => return Err(Refusal::RunClosed.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Draft | RunState::Published => {}
    }
    eligibility(&mut work, &run, organisation.id).await?.except(organisation.kind)?;
    let reason = paragraphs(reason, REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    let id = ExceptionId(office.id());
    if !store::eligibility::add_exception(&mut work, id, (run.id, organisation.id), &reason, actor.account, office.now()).await? {
        return Err(Refusal::AlreadyExists.into());
    }
    let detail = json!({ "exception": id, "organisation": organisation.id, "reason": reason });
    office.log(&mut work, Some(actor.account), "exception_granted", ("run", run.id.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}
