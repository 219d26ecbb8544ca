//! The one path that stores marks.

use chrono::SubsecRound as _;
use domain::accounts::Actor;
use domain::attendance::{Mark, MarkCommand, MarkSource, MarkStatus, Marked, NewMark, register_open};
use domain::ids::{MarkId, SessionId};
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::runs::{Run, Session};

use crate::{Office, Outcome};

/// Stores marks of a session: all that can be, or none at all when the command is refused.
///
/// A mark that says what holds already, and one whose nonce was stored before, change nothing. A mark made over another
/// one than holds now is given back among the conflicts: somebody else was faster, and its maker has to look again.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such session, `actor` may not mark it, or somebody in the list does not take
/// part; what [`register_open`] refuses; [`Refusal::TooLong`] for a note.
pub async fn mark(office: &Office, actor: &Actor, command: &MarkCommand) -> Outcome<Marked> {
    let mut records = office.database.read().await?;
    super::session(&mut records, actor, command.session).await?;
    drop(records);
    let mut faults = Faults::default();
    let notes: Vec<_> =
        command.marks.iter().map(|mark| faults.take(format!("note.{}", mark.enrolment), mark.clean_note()).flatten()).collect();
    if !faults.is_empty() {
        return Err(faults.into());
    }

    let mut work = office.database.begin().await?;
    let (run, session) = hold(office, &mut work, command.session).await?;
    let mut marked = Marked { marks: Vec::new(), conflicts: Vec::new(), stored: 0, counts: Default::default() };
    for (new, note) in command.marks.iter().zip(notes) {
        if !store::attendance::is_live(&mut work, new.enrolment, run.id).await? {
            return Err(Refusal::NotFound.into());
        }
        let current = store::attendance::current(&mut work, session.id, new.enrolment).await?;
        let holds = match current {
            Some(current) if is_same(&mut work, &session, &current, new, note.as_deref()).await? => current,
            Some(current) if new.seen != Some(current.id) => {
                marked.conflicts.push(new.enrolment);
                current
            }
            // A place that was seen with a mark has one: marks are never taken away.
            None if new.seen.is_some() => return Err(Refusal::NotFound.into()),
            current => {
                marked.stored += 1;
                add(office, &mut work, actor, command, (new, note), current.map(|mark| mark.id)).await?
            }
        };
        marked.marks.push(holds);
    }
    marked.counts = store::attendance::count(&mut work, run.id, session.id).await?;
    if marked.stored > 0 {
        let detail = json!({ "stored": marked.stored, "source": command.source });
        office.log(&mut work, Some(actor.account), "attendance_marked", ("session", session.id.0), &detail).await?;
    }
    work.commit().await?;
    Ok(marked)
}

/// Marks everybody present who has no mark yet. Marks that were made stay as they are.
///
/// # Errors
/// Those of [`mark`].
pub async fn mark_everyone_present(office: &Office, actor: &Actor, session: SessionId, source: MarkSource) -> Outcome<Marked> {
    let register = super::register(office, actor, session).await?;
    let marks = register
        .rows
        .iter()
        .filter(|row| row.mark.is_none())
        .map(|row| NewMark {
            enrolment: row.enrolment,
            status: MarkStatus::Present,
            note: None,
            nonce: office.secret(),
            client_time: None,
            seen: None,
        })
        .collect();
    mark(office, actor, &MarkCommand { session, marks, source }).await
}

/// Holds the run of a session against other officers, and looks again whether its register is open.
pub(crate) async fn hold(office: &Office, work: &mut Work, id: SessionId) -> Outcome<(Run, Session)> {
    let session = store::runs::session(work, id).await?.ok_or(Refusal::NotFound)?;
    store::runs::lock(work, session.run_id).await?;
    // Read again under the lock: it may just have been called off.
    let session = store::runs::session(work, id).await?.ok_or(Refusal::NotFound)?;
    if session.cancellation_reason.is_some() {
        return Err(Refusal::SessionCancelled.into());
    }
    let run = store::runs::find(work, session.run_id).await?.ok_or(Refusal::NotFound)?;
    register_open(run.state(), session.day, office.today())?;
    Ok((run, session))
}

/// Whether `new` adds nothing: it says what holds, or it is a mark that arrived before and is sent once more.
async fn is_same(work: &mut Work, session: &Session, current: &Mark, new: &NewMark, note: Option<&str>) -> Outcome<bool> {
    if current.status == new.status && current.note.as_deref() == note {
        return Ok(true);
    }
    match store::attendance::by_nonce(work, &new.nonce).await? {
        Some(of) => Ok(of == (session.id, new.enrolment)),
        None => Ok(false),
    }
}

async fn add(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    command: &MarkCommand,
    (new, note): (&NewMark, Option<String>),
    replaces: Option<MarkId>,
) -> Outcome<Mark> {
    let (id, now) = (MarkId(office.id()), office.now());
    let stored = store::attendance::NewMark {
        id,
        session: command.session,
        enrolment: new.enrolment,
        status: new.status,
        note: note.as_deref(),
        source: command.source,
        nonce: &new.nonce,
        client_time: new.client_time.map(|time| time.trunc_subsecs(3)),
        now,
        by: actor.account,
        replaces,
    };
    match store::attendance::add(work, &stored).await {
        // The nonce was used elsewhere.
        Err(error) if error.is_duplicate() => return Err(Refusal::NotFound.into()),
        outcome => outcome?,
    }
    Ok(Mark { id, enrolment: new.enrolment, status: new.status, note, at: now, by: actor.name.clone() })
}
