//! Letters to those who teach.

use std::collections::BTreeSet;

use domain::ids::PersonId;
use domain::runs::{Slot, Timetable};
use domain::time::instant;
use store::Work;
use store::runs::Run;

use super::{Letter, RunFacts, SessionFacts, enqueue};
use crate::{Office, Outcome};

/// Tells everybody who teaches a run that it is published, with the sessions that are theirs.
///
/// # Errors
/// [`store::StoreError`].
pub async fn teaching_planned(office: &Office, work: &mut Work, run: &Run, timetable: &Timetable) -> Outcome<()> {
    let nothing = Timetable { sessions: Vec::new(), ..timetable.clone() };
    let everybody = timetable.sessions.iter().flat_map(|slot| slot.trainers.iter().map(|(person, _)| *person)).collect();
    teaching_changed(office, work, run, (&nothing, timetable), &everybody).await
}

/// Tells these trainers what they teach now, and what no longer. `run` is as it is now: its sequence has counted up.
///
/// # Errors
/// [`store::StoreError`].
pub async fn teaching_changed(
    office: &Office,
    work: &mut Work,
    run: &Run,
    (before, after): (&Timetable, &Timetable),
    trainers: &BTreeSet<PersonId>,
) -> Outcome<()> {
    for trainer in trainers {
        let Some(reader) = store::notices::of_person(work, *trainer).await? else { continue };
        let theirs = |table: &Timetable| -> Vec<SessionFacts> {
            table.sessions.iter().filter(|slot| slot.trainers.iter().any(|(id, _)| id == trainer)).filter_map(facts).collect()
        };
        let sessions = theirs(after);
        let released = theirs(before).into_iter().filter(|old| sessions.iter().all(|new| new.id != old.id)).collect();
        let letter = Letter::TeachingChanged { run: RunFacts { sessions, ..RunFacts::of(run, &[]) }, released };
        let key = format!("teaching_changed/{}/{}/{trainer}", run.id, run.sequence);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells those who were to teach a run that it was called off. `run` is as it is now.
///
/// # Errors
/// [`store::StoreError`].
pub async fn teaching_cancelled(office: &Office, work: &mut Work, run: &Run) -> Outcome<()> {
    let sessions = store::runs::sessions(work, run.id).await?;
    let teach = store::runs::trainers(work, run.id).await?;
    let everybody: BTreeSet<PersonId> = teach.iter().map(|one| one.person_id).collect();
    for trainer in everybody {
        let Some(reader) = store::notices::of_person(work, trainer).await? else { continue };
        let theirs = |session: &store::runs::Session| teach.iter().any(|t| t.session_id == session.id && t.person_id == trainer);
        let sessions: Vec<_> = sessions.iter().filter(|session| theirs(session)).cloned().collect();
        let reason = run.cancellation_reason.clone().unwrap_or_default();
        let letter = Letter::TeachingCancelled { run: RunFacts::of(run, &sessions), reason };
        let key = format!("teaching_cancelled/{}/{trainer}", run.id);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

fn facts(slot: &Slot) -> Option<SessionFacts> {
    let (starts, ends) = (instant(slot.day, slot.starts), instant(slot.day, slot.ends));
    Some(SessionFacts { id: slot.id?, starts, ends, venue: slot.venue.clone(), topic: slot.topic.clone() })
}
