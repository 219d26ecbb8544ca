//! Somebody who came without a place is written down, and marked at once.

use std::collections::BTreeSet;

use domain::accounts::Actor;
use domain::ids::{OrganisationId, RunId, SessionId, WalkInId, WalkInMarkId};
use domain::walk_ins::WalkInEntry;
use domain::{Refusal, text};
use serde_json::json;
use store::Records;
use store::walk_ins::{NewWalkIn, WalkInMark};

use crate::{Office, Outcome, attendance};

/// Writes somebody down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCommand {
    /// The session they came to.
    pub session: SessionId,
    /// What they said of themselves.
    pub entry: WalkInEntry,
    /// What makes it one of a kind: the same form sent again is the same walk-in.
    pub nonce: String,
}

/// Writes down somebody who came to a session without a place in its run. It takes no seat, however many there are.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such session or `actor` may not mark it; what
/// [`domain::attendance::register_open`] refuses; [`Refusal::SessionCancelled`].
pub async fn note(office: &Office, actor: &Actor, command: &NoteCommand) -> Outcome<WalkInId> {
    let mut records = office.database.read().await?;
    attendance::session(&mut records, actor, command.session).await?;
    drop(records);

    let mut work = office.database.begin().await?;
    let (run, session) = attendance::hold(office, &mut work, command.session).await?;
    if let Some(known) = store::walk_ins::by_nonce(&mut work, &command.nonce, session.id).await? {
        return Ok(known);
    }
    let (id, now, by) = (WalkInId(office.id()), office.now(), actor.account);
    let entry = &command.entry;
    let organisation = named(&mut work, run.id, &entry.organisation).await?;
    let new = NewWalkIn { id, run: run.id, session: session.id, entry, organisation, nonce: &command.nonce, now, by };
    match store::walk_ins::add(&mut work, &new).await {
        // The nonce was used elsewhere.
        Err(error) if error.is_duplicate() => return Err(Refusal::NotFound.into()),
        outcome => outcome?,
    }
    let mark = WalkInMark {
        id: WalkInMarkId(office.id()),
        walk_in_id: id,
        session_id: session.id,
        status: entry.status,
        marked_at: now,
        marked_by: by,
    };
    store::walk_ins::add_mark(&mut work, &mark, None).await?;
    let detail = json!({ "run": run.id, "session": session.id, "status": entry.status });
    office.log(&mut work, Some(by), "walk_in_noted", ("walk_in", id.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// The one organisation of this name among those that send people to the run.
async fn named(records: &mut impl Records, run: RunId, name: &str) -> Outcome<Option<OrganisationId>> {
    let wanted = text::fold(name);
    let live = store::enrolments::live_of_run(records, run).await?;
    let same = live.iter().filter(|place| text::fold(&place.organisation_name) == wanted);
    let same: BTreeSet<OrganisationId> = same.map(|place| place.organisation_id).collect();
    Ok(same.first().copied().filter(|_| same.len() == 1 && !wanted.is_empty()))
}
