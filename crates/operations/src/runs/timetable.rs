//! Timetables in the words of their day, and their versions.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{PersonId, PublicationId, RunId};
use domain::policy::Action;
use domain::runs::{Change, RunPlan, Slot, Timetable};
use store::runs::publications::Publication;
use store::{Records, StoreError, Work};

use super::target;
use crate::{Office, Outcome, require};

/// What a plan promises, in words.
pub(super) async fn timetable(records: &mut impl Records, plan: &RunPlan) -> Outcome<Timetable> {
    let course = store::courses::find(records, plan.course).await?.ok_or(Refusal::NotFound)?;
    let unit = store::units::find(records, plan.unit).await?.ok_or(Refusal::NotFound)?;
    let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
    for person in plan.sessions.iter().flat_map(|session| &session.trainers) {
        if !names.contains_key(person) {
            let found = store::people::find(records, *person).await?.ok_or(Refusal::NotFound)?;
            names.insert(*person, found.full_name.to_string());
        }
    }
    let mut sessions: Vec<Slot> = plan
        .sessions
        .iter()
        .map(|session| Slot {
            id: session.id,
            day: session.day,
            half_day: session.half_day,
            starts: session.starts,
            ends: session.ends,
            venue: if session.venue.is_empty() { plan.venue.clone() } else { session.venue.clone() },
            topic: session.topic.clone(),
            trainers: session.trainers.iter().map(|id| (*id, names.get(id).cloned().unwrap_or_default())).collect(),
        })
        .collect();
    sessions.sort_by_key(|slot| (slot.day, slot.starts));
    Ok(Timetable {
        course: format!("{} · {}", course.code, course.title),
        name: plan.name.clone(),
        audience: plan.audience,
        selection_year: plan.selection_year,
        unit: unit.full_title(),
        venue: plan.venue.clone(),
        capacity: plan.capacity,
        minimum: plan.minimum,
        enrolment_deadline: plan.enrolment_deadline,
        note: plan.note.clone(),
        sessions,
    })
}

/// Keeps a timetable as the next version of its run.
pub(super) async fn keep(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    run: RunId,
    timetable: &Timetable,
    note: &str,
) -> Outcome<()> {
    let text = serde_json::to_string(timetable).map_err(StoreError::from)?;
    let id = PublicationId(office.id());
    store::runs::publications::add(work, (id, run), &text, note, actor.account, office.now()).await?;
    Ok(())
}

/// A version of a run, with what it changed.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number, when it was published and by whom.
    pub publication: Publication,
    /// The timetable.
    pub timetable: Timetable,
    /// What changed since the version before; nothing for the first.
    pub changes: Vec<Change>,
}

/// The versions of a run, the last first; for those who may see its drafts.
///
/// # Errors
/// [`Refusal::NotFound`]; [`StoreError`] when a version cannot be read.
pub async fn versions(office: &Office, actor: &Actor, id: RunId) -> Outcome<Vec<Version>> {
    let mut records = office.database.read().await?;
    let (_, run) = target(&mut records, id).await?;
    require(actor, Action::SeeRun, &run)?;
    let mut versions: Vec<Version> = Vec::new();
    for publication in store::runs::publications::of_run(&mut records, id).await? {
        let timetable: Timetable = serde_json::from_str(&publication.timetable).map_err(StoreError::from)?;
        let changes = versions.last().map(|before| before.timetable.changes(&timetable)).unwrap_or_default();
        versions.push(Version { publication, timetable, changes });
    }
    versions.reverse();
    Ok(versions)
}
