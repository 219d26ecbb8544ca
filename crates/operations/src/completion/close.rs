//! Closing a run: the decisions that were shown are stored, once.

use std::collections::HashMap;

use domain::accounts::Actor;
use domain::completion::{CloseCommand, Outcome as Decided};
use domain::ids::{DecisionId, EnrolmentId, RunId};
use domain::policy::Action;
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::completion::{NewDecision, NewOverride};

use super::preview::{Preview, PreviewRow, decide};
use crate::{Office, Outcome, require};

/// What holds instead of a decision, and why.
type Overrides = HashMap<EnrolmentId, (Decided, String)>;

/// Decides for everybody who takes part, and closes the run.
///
/// An override that says what the rule says is no override, and is left out.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such run, `actor` may not close it, or somebody overridden does not take part;
/// what [`domain::completion::may_close`] refuses; [`Refusal::MarksMissing`] unless that is accepted;
/// [`Refusal::ChangedMeanwhile`] when the decisions are others than those shown; [`Refusal::ReasonMissing`] and
/// [`Refusal::TooLong`] at `reason.ENROLMENT`.
pub async fn close(office: &Office, actor: &Actor, command: &CloseCommand) -> Outcome<()> {
    let mut records = office.database.read().await?;
    let (_, target) = crate::runs::target(&mut records, command.run).await?;
    require(actor, Action::CloseRun, &target)?;
    drop(records);

    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, command.run).await?;
    let preview = decide(&mut work, command.run, office.now()).await?;
    let overrides = check(&preview, command)?;
    for row in &preview.rows {
        store(office, &mut work, actor, command.run, row, overrides.get(&row.enrolment)).await?;
    }
    if !store::runs::close(&mut work, command.run, actor.account, office.now()).await? {
        return Err(Refusal::RunClosed.into());
    }
    let detail = json!({
        "people": preview.rows.len(),
        "completed_by_rule": preview.completed_count(),
        "overrides": overrides.len(),
        "missing_marks": preview.missing_count(),
        "rule": preview.rule,
    });
    office.log(&mut work, Some(actor.account), "run_closed", ("run", command.run.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    Ok(())
}

/// Everything that closing can be refused for, and the overrides that say something.
fn check(preview: &Preview, command: &CloseCommand) -> Outcome<Overrides> {
    if let Some(hindrance) = &preview.hindrance {
        return Err(hindrance.clone().into());
    }
    if preview.fingerprint != command.seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let mut faults = Faults::default();
    let count = preview.missing_count();
    if count > 0 && !command.accept_unmarked_as_absent {
        faults.add("accept_unmarked", Refusal::MarksMissing { count });
    }
    let mut overrides = Overrides::new();
    for new in &command.overrides {
        let row = preview.rows.iter().find(|row| row.enrolment == new.enrolment).ok_or(Refusal::NotFound)?;
        if row.outcome == new.outcome {
            continue;
        }
        if let Some(reason) = faults.take(format!("reason.{}", new.enrolment), new.clean_reason()) {
            overrides.insert(new.enrolment, (new.outcome, reason));
        }
    }
    if faults.is_empty() { Ok(overrides) } else { Err(faults.into()) }
}

async fn store(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    run: RunId,
    row: &PreviewRow,
    overridden: Option<&(Decided, String)>,
) -> Outcome<()> {
    let (now, by) = (office.now(), actor.account);
    let decision = NewDecision { id: DecisionId(office.id()), run, enrolment: row.enrolment, basis: row.basis, now, by };
    store::completion::add(work, &decision).await?;
    if let Some((outcome, reason)) = overridden {
        let new = NewOverride { id: office.id(), decision: decision.id, outcome: *outcome, reason, now, by, replaces: None };
        store::completion::add_override(work, &new).await?;
    }
    Ok(())
}
