//! Enrolments: people of organisations take and give back places in runs.

mod enrol;
mod list;
mod preview;
mod questions;
mod withdraw;

pub use enrol::{EnrolCommand, Enrollee, Placed, Receipt, enrol};
pub use list::{FILE_LIMIT, read_list, template};
pub use preview::{Review, RowNote, preview};
pub use questions::{Choice, MemberChoice, Roster, choice, of_organisation, one, organisations, roster};
pub use store::enrolments::{Enrolment, EnrolmentInRun};
pub use store::runs::Run;
pub use withdraw::withdraw;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, RunId};
use domain::policy::{Action, may};
use domain::runs::RunState;
use store::Records;
use store::organisations::Organisation;

use crate::{Outcome, organisation_target, require, runs};

/// The run and the organisation of somebody who may enrol its people. A draft is seen by its planners only.
async fn admitted(
    records: &mut impl Records,
    actor: &Actor,
    run: RunId,
    organisation: OrganisationId,
) -> Outcome<(Run, Organisation)> {
    let (organisation, target) = organisation_target(records, organisation).await?;
    require(actor, Action::Enrol, &target)?;
    Ok((visible(records, actor, run).await?, organisation))
}

/// A run that `actor` may know of.
async fn visible(records: &mut impl Records, actor: &Actor, run: RunId) -> Outcome<Run> {
    let found = store::runs::find(records, run).await?.ok_or(Refusal::NotFound)?;
    if found.state() == RunState::Draft {
        let (_, target) = runs::target(records, run).await?;
        require(actor, Action::SeeRun, &target)?;
    }
    Ok(found)
}

/// Whether `actor` sees everybody who takes part in a run.
async fn sees_everybody(records: &mut impl Records, actor: &Actor, run: RunId) -> Outcome<bool> {
    let (_, target) = runs::target(records, run).await?;
    Ok(may(actor, Action::SeeRun, &target))
}
