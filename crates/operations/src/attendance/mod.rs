//! Attendance: registers of sessions, and the one path that stores marks.

mod heads;
mod mark;
mod register;
mod sheet;

pub use heads::count_heads;
pub use mark::{mark, mark_everyone_present};
pub use register::{Attendance, Left, Register, RegisterRow, SessionCount, WalkInRow, of_run, register};
pub use sheet::signature_sheet;
pub use store::head_counts::HeadCount;

pub(crate) use mark::hold;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::SessionId;
use domain::policy::Action;
use store::Records;
use store::runs::{Run, Session};

use crate::{Outcome, require};

/// The session with its run, when `actor` may mark its attendance.
pub(crate) async fn session(records: &mut impl Records, actor: &Actor, id: SessionId) -> Outcome<(Run, Session)> {
    let session = store::runs::session(records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, target) = crate::runs::target(records, session.run_id).await?;
    require(actor, Action::MarkAttendance, &target)?;
    Ok((run, session))
}
