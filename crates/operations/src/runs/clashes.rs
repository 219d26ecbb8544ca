//! Clashes: shown while a run is planned, refused when it is published unless somebody answers for them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::accounts::Actor;
use domain::ids::{CourseId, PersonId, RoomId, RunId};
use domain::policy::{Action, may_somewhere};
use domain::runs::{Answers, Clash, Held, Place, RunPlan, clashes as clashing};
use domain::text::paragraphs;
use domain::{Faults, Refusal};
use store::runs::clashes::Answer;
use store::{Records, Work};

use super::show;
use crate::{Failure, Office, Outcome, runs};

/// The most characters of a reason.
const REASON: usize = 500;

/// What is looked at: a run, as it is or as it is to be.
pub(super) struct Look {
    run: RunId,
    course: CourseId,
    capacity: i64,
    sessions: Vec<Held>,
}

impl Look {
    /// A plan for a run. What is over is no clash any more.
    pub(super) fn new(run: RunId, plan: &RunPlan, now: DateTime<Utc>) -> Look {
        let held = plan.sessions.iter().map(|session| {
            let (starts, ends) = session.instants();
            let place = Place { id: session.id, starts, ends };
            Held { place, half_day: session.half_day, room: session.room_in(plan.room), trainers: session.trainers.clone() }
        });
        let sessions = held.filter(|held| held.place.ends > now).collect();
        Look { run, course: plan.course, capacity: plan.capacity, sessions }
    }

    fn trainers(&self) -> BTreeSet<PersonId> {
        self.sessions.iter().flat_map(|held| held.trainers.iter().copied()).collect()
    }

    fn rooms(&self) -> BTreeSet<RoomId> {
        self.sessions.iter().filter_map(|held| held.room).collect()
    }

    /// The clashes that nobody has answered for.
    pub(super) async fn open(&self, records: &mut impl Records) -> Outcome<Vec<Clash>> {
        let days = self.sessions.iter().map(|held| domain::time::local_day(held.place.starts)).collect();
        let around = store::runs::clashes::surroundings(records, self.run, &days, &self.trainers(), &self.rooms()).await?;
        let mut found = clashing(self.course, self.capacity, &self.sessions, &around);
        if !found.is_empty() {
            let answered = store::runs::clashes::answered(records, self.run).await?;
            found.retain(|clash| !answered.iter().any(|answer| answer.clash.covers(clash)));
        }
        Ok(found)
    }

    /// Holds everybody's time, and refuses what clashes unless it is answered for. Gives what is to be kept by [`keep`] once
    /// the sessions are stored.
    ///
    /// # Errors
    /// [`Refusal::Clash`] as `clashes`; [`Refusal::ReasonMissing`] as `reason`.
    pub(super) async fn check(&self, work: &mut Work, answers: &Answers) -> Outcome<(Vec<Clash>, String)> {
        store::runs::clashes::lock(work, self.run, &self.trainers(), &self.rooms()).await?;
        let (answered, open): (Vec<Clash>, Vec<Clash>) =
            self.open(work).await?.into_iter().partition(|clash| answers.keys.contains(&clash.key()));
        let mut faults = Faults::default();
        for clash in open {
            faults.add("clashes", Refusal::Clash(Box::new(clash)));
        }
        let reason = faults.take("reason", paragraphs(&answers.reason, REASON)).unwrap_or_default();
        if !answered.is_empty() && reason.is_empty() && faults.is_empty() {
            return Err(Failure::field("reason", Refusal::ReasonMissing));
        }
        if faults.is_empty() { Ok((answered, reason)) } else { Err(faults.into()) }
    }
}

/// Keeps who answered for these clashes, and why.
pub(super) async fn keep(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    run: RunId,
    (answered, reason): &(Vec<Clash>, String),
) -> Outcome<()> {
    for clash in answered {
        let id = office.id();
        store::runs::clashes::answer(work, (id, run), clash, reason, actor.account, office.now()).await?;
    }
    Ok(())
}

/// The clashes of a run as it stands, that nobody has answered for; for those who plan it.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn clashes(office: &Office, actor: &Actor, id: RunId) -> Outcome<Vec<Clash>> {
    let shown = show(office, Some(actor), id).await?;
    if !shown.may.change {
        return Err(Refusal::NotFound.into());
    }
    clashes_of_plan(office, actor, Some(id), &runs::plan_of(&shown)).await
}

/// The clashes that a plan would have: of a run that is known, or of a new one.
///
/// # Errors
/// [`Refusal::NotFound`] for those who plan nothing.
pub async fn clashes_of_plan(office: &Office, actor: &Actor, run: Option<RunId>, plan: &RunPlan) -> Outcome<Vec<Clash>> {
    if !may_somewhere(actor, Action::PlanRun) {
        return Err(Refusal::NotFound.into());
    }
    let run = run.unwrap_or_else(|| RunId(office.id()));
    let mut records = office.database.read().await?;
    Look::new(run, plan, office.now()).open(&mut records).await
}

/// The clashes of a run that somebody answered for, for those who may see its participants.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn answered(office: &Office, actor: &Actor, id: RunId) -> Outcome<Vec<Answer>> {
    let mut records = office.database.read().await?;
    let (_, target) = runs::target(&mut records, id).await?;
    crate::require(actor, Action::SeeRun, &target)?;
    Ok(store::runs::clashes::answered(&mut records, id).await?)
}
