//! The list of a planner.

use domain::Refusal;
use domain::accounts::{Actor, Role};
use domain::policy::{Action, Reach, may_everywhere, may_somewhere, reach};
use store::runs::{Planned, Run};

use crate::{Office, Outcome};

/// Every run whose drafts and participants the actor may see, by first day.
///
/// # Errors
/// [`Refusal::NotFound`] for those who see none at all.
pub async fn list(office: &Office, actor: &Actor) -> Outcome<Vec<Run>> {
    if !may_somewhere(actor, Action::SeeRun) {
        return Err(Refusal::NotFound.into());
    }
    let reaches = |role: &Role| reach(*role, Action::SeeRun) == Reach::OwnRuns;
    let which = Planned {
        all: may_everywhere(actor, Action::SeeRun),
        own: actor.grants.iter().any(|grant| reaches(&grant.role)).then_some(actor.person),
        account: actor.account,
    };
    let mut records = office.database.read().await?;
    Ok(store::runs::planned(&mut records, &which, office.today()).await?)
}
