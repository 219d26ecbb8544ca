//! What drafting and changing a run share: a plan against the records, and a run as a form.

use std::collections::BTreeSet;

use chrono::Days;
use domain::accounts::Actor;
use domain::courses::Audience;
use domain::ids::{PersonId, RoomId, RunId, SessionId};
use domain::policy::{Action, may_somewhere};
use domain::runs::{PlanForm, RunPlan, SessionPlan};
use domain::time::local_time;
use domain::{Faults, Refusal};
use store::Records;
use store::courses::Course;
use store::holidays::Holiday;
use store::rooms::Room;
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
    /// The rooms that can be booked, by unit and venue.
    pub rooms: Vec<Room>,
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
        rooms: store::rooms::bookable(&mut records).await?,
        years: store::programmes::years(&mut records).await?.into_iter().map(|year| year.year).collect(),
    })
}

/// A run as the plan that made it. Sessions that were cancelled are not part of it.
#[must_use]
pub fn plan_of(shown: &Shown) -> RunPlan {
    let run = &shown.run;
    let held = shown.sessions.iter().filter(|(session, _)| session.cancellation_reason.is_none());
    let sessions = held.map(|(session, trainers)| SessionPlan {
        id: Some(session.id),
        day: session.day,
        half_day: session.half_day,
        starts: local_time(session.starts_at),
        ends: local_time(session.ends_at),
        // A session without a place of its own is where its run is, room and all.
        room: session.room_id.filter(|_| !session.venue.is_empty()),
        venue: session.venue.clone(),
        topic: session.topic.clone(),
        trainers: trainers.iter().map(|(id, _)| *id).collect(),
    });
    RunPlan {
        course: run.course_id,
        name: run.name.clone(),
        audience: run.audience,
        selection_year: run.selection_year,
        unit: run.unit_id,
        plan_line: run.plan_line_id,
        room: run.room_id,
        venue: run.venue.clone(),
        capacity: run.capacity,
        minimum: run.minimum,
        enrolment_deadline: run.enrolment_deadline,
        approval: run.approval,
        asks_again: run.asks_again,
        note: run.note.clone(),
        sessions: sessions.collect(),
    }
}

/// A run as the form that changes it, or makes another like it.
#[must_use]
pub fn form_of(shown: &Shown) -> PlanForm {
    PlanForm::from(&plan_of(shown))
}

/// Writes into a plan what the rooms of the register are called: that is what is printed, later names or not. Rooms in `known`
/// were chosen before and may be kept.
pub(super) async fn settle(records: &mut impl Records, plan: &mut RunPlan, known: &[RoomId], faults: &mut Faults) -> Outcome<()> {
    let bookable = store::rooms::bookable(records).await?;
    let places = plan.sessions.iter_mut().enumerate();
    let places = places.map(|(n, session)| (format!("sessions.{n}.room"), session.room, &mut session.venue));
    for (field, room, venue) in std::iter::once(("room".to_owned(), plan.room, &mut plan.venue)).chain(places) {
        let Some(room) = room else { continue };
        match bookable.iter().find(|known| known.id == room) {
            Some(found) => *venue = found.title(),
            None if known.contains(&room) => {
                let found = store::rooms::find(records, room).await?.ok_or(Refusal::NotAChoice)?;
                *venue = found.title();
            }
            None => faults.add(field, Refusal::NotAChoice),
        }
    }
    Ok(())
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

/// The fields of a run as the store takes them.
pub(super) fn fields(plan: &RunPlan) -> RunFields<'_> {
    RunFields {
        course: plan.course,
        name: &plan.name,
        audience: plan.audience,
        selection_year: plan.selection_year,
        unit: plan.unit,
        room: plan.room,
        venue: &plan.venue,
        capacity: plan.capacity,
        minimum: plan.minimum,
        enrolment_deadline: plan.enrolment_deadline,
        approval: plan.approval,
        asks_again: plan.asks_again,
        note: &plan.note,
    }
}

/// A planned session of a run in `room`, as the store takes it.
pub(super) fn session(run: RunId, id: SessionId, planned: &SessionPlan, room: Option<RoomId>) -> Session {
    let (starts_at, ends_at) = planned.instants();
    Session {
        id,
        run_id: run,
        day: planned.day,
        half_day: planned.half_day,
        starts_at,
        ends_at,
        room_id: planned.room_in(room),
        venue: planned.venue.clone(),
        topic: planned.topic.clone(),
        cancellation_reason: None,
    }
}
