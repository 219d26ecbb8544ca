//! Attendance: registers of sessions, and the one path that stores marks.

mod mark;
mod register;
mod sheet;

pub use mark::{mark, mark_everyone_present};
pub use register::{Attendance, Register, RegisterRow, SessionCount, of_run, register};
pub use sheet::signature_sheet;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::SessionId;
use domain::policy::Action;
use store::Records;
use store::runs::{Run, Session};

use crate::{Outcome, require};

/// The session with its run, when `actor` may mark its attendance.
async fn session(records: &mut impl Records, actor: &Actor, id: SessionId) -> Outcome<(Run, Session)> {
    let session = store::runs::session(records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, target) = crate::runs::target(records, session.run_id).await?;
    require(actor, Action::MarkAttendance, &target)?;
    Ok((run, session))
}
