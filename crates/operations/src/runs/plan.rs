//! What drafting and changing a run share: a plan against the records, and a run as a form.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};
use domain::accounts::Actor;
use domain::courses::Audience;
use domain::ids::{PersonId, RunId, SessionId};
use domain::policy::{Action, may_somewhere};
use domain::runs::{PlanForm, RunPlan, SessionForm, SessionPlan};
use domain::time::{local_day, local_time, show_time};
use domain::{Faults, Refusal};
use store::Records;
use store::courses::Course;
use store::holidays::Holiday;
use store::runs::{RunFields, Session};
use store::units::Unit;

use super::Shown;
use crate::{Office, Outcome};

/// What a planner chooses from.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The catalogue.
    pub courses: Vec<Course>,
    /// The units that live today, by code.
    pub units: Vec<Unit>,
    /// Who can teach, by given name.
    pub trainers: Vec<(PersonId, String)>,
    /// Holidays of two years from today on.
    pub holidays: Vec<Holiday>,
    /// The years that have a programme, the latest first.
    pub years: Vec<i64>,
}

/// What a planner chooses from.
///
/// # Errors
/// [`Refusal::NotFound`] for those who plan nothing.
pub async fn choices(office: &Office, actor: &Actor) -> Outcome<Choices> {
    if !may_somewhere(actor, Action::PlanRun) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    Ok(Choices {
        courses: store::courses::list(&mut records).await?,
        units: store::units::on_day(&mut records, office.today()).await?,
        trainers: store::runs::can_train(&mut records, office.today()).await?,
        holidays: store::holidays::between(&mut records, office.today(), office.today() + Days::new(732)).await?,
        years: store::programmes::years(&mut records).await?.into_iter().map(|year| year.year).collect(),
    })
}

/// A run as the form that changes it.
#[must_use]
pub fn form_of(shown: &Shown) -> PlanForm {
    let run = &shown.run;
    let sessions = shown.sessions.iter().map(|(session, trainers)| SessionForm {
        id: session.id.to_string(),
        day: session.day.to_string(),
        half_day: session.half_day.to_string(),
        starts: show_time(local_time(session.starts_at)),
        ends: show_time(local_time(session.ends_at)),
        venue: session.venue.clone(),
        topic: session.topic.clone(),
        trainers: trainers.iter().map(|(id, _)| id.to_string()).collect(),
    });
    PlanForm {
        course: run.course_id.to_string(),
        name: run.name.clone(),
        audience: run.audience.to_string(),
        selection_year: run.selection_year.map(|year| year.to_string()).unwrap_or_default(),
        unit: run.unit_id.to_string(),
        venue: run.venue.clone(),
        capacity: run.capacity.to_string(),
        enrolment_deadline: run.enrolment_deadline.to_string(),
        note: run.note.clone(),
        sessions: sessions.collect(),
    }
}

/// Checks a plan against the records: its course, its unit on the day it starts, that the year of the selection has a
/// programme, and that its trainers can teach.
/// Trainers in `known` taught the run before and may go on.
pub(super) async fn check_records(
    office: &Office,
    records: &mut impl Records,
    plan: &RunPlan,
    known: &[PersonId],
    faults: &mut Faults,
) -> Outcome<()> {
    match store::courses::find(records, plan.course).await? {
        None => faults.add("course", Refusal::NotAChoice),
        // A course for officers alone is not held for cooperatives, and the other way round.
        Some(course) if course.audience != Audience::Everyone && course.audience != plan.audience => {
            faults.add("audience", Refusal::WrongAudience);
        }
        Some(_) => {}
    }
    let starts = plan.sessions.iter().map(|session| session.day).min().unwrap_or_else(|| office.today());
    let unit = store::units::find(records, plan.unit).await?;
    if !unit.is_some_and(|unit| unit.valid_from.is_none_or(|from| from <= starts) && unit.valid_to.is_none_or(|to| starts < to)) {
        faults.add("unit", Refusal::UnknownUnit);
    }
    if let Some(year) = plan.selection_year
        && store::programmes::find(records, year).await?.is_none()
    {
        faults.add("selection_year", Refusal::NoProgramme { year });
    }
    let trainers: BTreeSet<PersonId> = store::runs::can_train(records, office.today())
        .await?
        .into_iter()
        .map(|(id, _)| id)
        .chain(known.iter().copied())
        .collect();
    for (n, session) in plan.sessions.iter().enumerate() {
        if session.trainers.iter().any(|trainer| !trainers.contains(trainer)) {
            faults.add(format!("sessions.{n}.trainers"), Refusal::NotAChoice);
        }
    }
    Ok(())
}

/// When a session starts and ends.
type Instants = (DateTime<Utc>, DateTime<Utc>);

/// Holds the time of trainers, and finds out who of them is promised elsewhere. `sessions` are the instants of each
/// session with its trainers.
pub(super) async fn check_trainers(
    work: &mut store::Work,
    run: RunId,
    sessions: &[(Instants, Vec<PersonId>)],
    faults: &mut Faults,
) -> Outcome<()> {
    // Always in the same order, so that two planners never wait for each other.
    let everybody: BTreeSet<PersonId> = sessions.iter().flat_map(|(_, trainers)| trainers.iter().copied()).collect();
    for trainer in everybody {
        store::runs::lock_trainer(work, trainer).await?;
    }
    for (n, (instants, trainers)) in sessions.iter().enumerate() {
        for trainer in trainers {
            if let Some(name) = store::runs::busy(work, *trainer, *instants, run).await? {
                let refusal = Refusal::TrainerBusy { trainer: name, day: local_day(instants.0) };
                faults.add(format!("sessions.{n}.trainers"), refusal);
            }
        }
    }
    Ok(())
}

/// The fields of a run as the store takes them.
pub(super) fn fields(plan: &RunPlan) -> RunFields<'_> {
    RunFields {
        course: plan.course,
        name: &plan.name,
        audience: plan.audience,
        selection_year: plan.selection_year,
        unit: plan.unit,
        venue: &plan.venue,
        capacity: plan.capacity,
        enrolment_deadline: plan.enrolment_deadline,
        note: &plan.note,
    }
}

/// A planned session as the store takes it.
pub(super) fn session(run: RunId, id: SessionId, planned: &SessionPlan) -> Session {
    let (starts_at, ends_at) = planned.instants();
    Session {
        id,
        run_id: run,
        day: planned.day,
        half_day: planned.half_day,
        starts_at,
        ends_at,
        venue: planned.venue.clone(),
        topic: planned.topic.clone(),
    }
}
