//! Walk-ins: who came to a session without a place in its run, and who they turn out to be.

mod answer;
mod list;
mod mark;
mod note;

pub use answer::{Found, Matched, dismiss, match_walk_in, undo};
pub use list::{Candidate, Shown, WalkIns, named, of_run, one};
pub use mark::{NewMark, mark};
pub use note::{NoteCommand, note};
pub use store::walk_ins::{Likely, WalkIn, WalkInMark};

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::WalkInId;
use domain::policy::Action;
use store::Records;
use store::runs::Run;

use crate::{Outcome, require, runs};

/// A walk-in with the run, for somebody who may mark its attendance.
async fn found(records: &mut impl Records, actor: &Actor, id: WalkInId) -> Outcome<(WalkIn, Run)> {
    let walk_in = store::walk_ins::find(records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, target) = runs::target(records, walk_in.run_id).await?;
    require(actor, Action::MarkAttendance, &target)?;
    Ok((walk_in, run))
}
