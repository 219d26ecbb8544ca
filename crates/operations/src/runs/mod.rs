//! Runs: planning, publishing and showing them.

mod cancel;
mod change;
mod clashes;
mod copies;
mod draft;
mod list;
mod plan;
mod prepare;
mod publish;
mod show;
mod timetable;

use std::collections::BTreeSet;

use domain::Refusal;
use domain::ids::{PersonId, RunId};
use domain::policy::Target;
use store::{Records, Work};

pub use cancel::{cancel, cancel_session, session_to_cancel};
pub use change::{ChangeCommand, change};
pub use clashes::{answered, clashes, clashes_of_plan};
pub use copies::{copy, to_copy};
pub use draft::draft;
pub use list::list;
pub use plan::{Choices, choices, form_of, plan_of};
pub use prepare::{Prepared, discard, form_to_change, is_changing, prepare, prepared, release};
pub use publish::publish;
pub use show::{May, Shown, show};
pub use store::rooms::Room;
pub use store::runs::clashes::Answer;
pub use store::runs::{Run, Session};
pub use timetable::{Version, versions};

use crate::{Outcome, unit_target};

/// What the policy asks about a run, with the run.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none; [`store::StoreError::Database`].
pub async fn target(records: &mut impl Records, id: RunId) -> Outcome<(Run, Target)> {
    let run = store::runs::find(records, id).await?.ok_or(Refusal::NotFound)?;
    let mut people: BTreeSet<PersonId> =
        store::runs::trainers(records, id).await?.into_iter().map(|trainer| trainer.person_id).collect();
    people.insert(run.created_by_person);
    let target = Target { run_by: people.into_iter().collect(), ..unit_target(records, run.unit_id).await? };
    Ok((run, target))
}

/// Holds runs, always in the same order, so that two units of work never wait for each other in a circle. Runs come before
/// requests: the one path on which places are taken holds the run, too, before it looks for who may take one.
pub(crate) async fn hold(work: &mut Work, runs: impl IntoIterator<Item = &RunId>) -> Outcome<()> {
    for run in runs.into_iter().collect::<BTreeSet<_>>() {
        store::runs::lock(work, *run).await?;
    }
    Ok(())
}
