//! The one path on which a form goes from one state to the next.

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ForwardingListId, RegistrationEventId, RegistrationId, SelectionDecisionId};
use domain::registrations::Step;
use serde_json::json;
use store::Work;
use store::registrations::{NewEvent, Registration};

use super::known_state;
use crate::{Office, Outcome};

/// What is done to a form, and what belongs to it.
#[derive(Debug, Clone)]
pub struct StepCommand<'a> {
    /// What is done.
    pub step: Step,
    /// Why; may be empty where the step needs no reason.
    pub reason: &'a str,
    /// By when a returned form has to come back.
    pub due_on: Option<NaiveDate>,
    /// The form that a duplicate repeats.
    pub duplicate_of: Option<RegistrationId>,
    /// The list it happens with.
    pub list: Option<ForwardingListId>,
    /// The decision it happens by.
    pub decision: Option<SelectionDecisionId>,
}

impl StepCommand<'_> {
    /// A step that needs nothing else.
    #[must_use]
    pub const fn plain(step: Step) -> StepCommand<'static> {
        StepCommand { step, reason: "", due_on: None, duplicate_of: None, list: None, decision: None }
    }
}

/// Takes a step with a form as the caller read it: into the next state, a line in its history, a line in the log. The
/// caller asked the policy, and commits. Gives the event.
///
/// # Errors
/// [`Refusal::NotInThisState`] when the step is not possible from where the form stands, [`Refusal::ChangedMeanwhile`]
/// when the form changed since it was read: of two officers at once, the second is told.
pub async fn take_step(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    registration: &Registration,
    command: &StepCommand<'_>,
) -> Outcome<RegistrationEventId> {
    let Ok(state) = registration.state.after(command.step) else {
        let state = known_state(work, actor, registration).await?;
        return Err(Refusal::NotInThisState { state }.into());
    };
    let event = NewEvent {
        id: RegistrationEventId(office.id()),
        step: command.step,
        state,
        reason: command.reason,
        due_on: command.due_on,
        duplicate_of: command.duplicate_of,
        list: command.list,
        decision: command.decision,
        now: office.now(),
        by: actor.account,
    };
    if !store::registrations::step(work, registration.id, registration.version, &event).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let detail = json!({ "step": command.step, "from": registration.state, "to": state });
    office.log(work, Some(actor.account), "registration_stepped", ("registration", registration.id.0), &detail).await?;
    Ok(event.id)
}
