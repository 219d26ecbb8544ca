//! Marks of walk-ins, in chains like those of participants, until it is known who they are.

use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::MarkStatus;
use domain::ids::{SessionId, WalkInId, WalkInMarkId};
use serde_json::json;
use store::walk_ins::WalkInMark;

use crate::{Office, Outcome, attendance};

/// A mark to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMark {
    /// Whose.
    pub walk_in: WalkInId,
    /// What it says.
    pub status: MarkStatus,
    /// The mark that its maker saw there.
    pub seen: Option<WalkInMarkId>,
}

/// Stores marks of walk-ins in a session, all or none; how many were new. One that says what holds changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such session, `actor` may not mark it, or somebody in the list did not come to its
/// run; what [`domain::attendance::register_open`] refuses; [`Refusal::WalkInAnswered`] for who has a place since;
/// [`Refusal::ChangedMeanwhile`] when somebody else made another mark.
pub async fn mark(office: &Office, actor: &Actor, id: SessionId, marks: &[NewMark]) -> Outcome<usize> {
    let mut records = office.database.read().await?;
    attendance::session(&mut records, actor, id).await?;
    drop(records);

    let mut work = office.database.begin().await?;
    let (run, session) = attendance::hold(office, &mut work, id).await?;
    let known = store::walk_ins::marks_of_session(&mut work, session.id).await?;
    let mut stored = 0;
    for new in marks {
        let walk_in = store::walk_ins::find(&mut work, new.walk_in).await?.ok_or(Refusal::NotFound)?;
        if walk_in.run_id != run.id {
            return Err(Refusal::NotFound.into());
        }
        if !walk_in.is_open() {
            return Err(Refusal::WalkInAnswered.into());
        }
        let holds = known.iter().find(|mark| mark.walk_in_id == new.walk_in);
        if holds.is_some_and(|mark| mark.status == new.status) {
            continue;
        }
        let replaces = holds.map(|mark| mark.id);
        if replaces != new.seen {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mark = WalkInMark {
            id: WalkInMarkId(office.id()),
            walk_in_id: new.walk_in,
            session_id: session.id,
            status: new.status,
            marked_at: office.now(),
            marked_by: actor.account,
        };
        store::walk_ins::add_mark(&mut work, &mark, replaces).await?;
        stored += 1;
    }
    if stored > 0 {
        office.log(&mut work, Some(actor.account), "walk_ins_marked", ("session", id.0), &json!({ "stored": stored })).await?;
    }
    work.commit().await?;
    Ok(stored)
}
