//! Who really taught a session: said by who marks its attendance, each time anew and never changed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::Actor;
use domain::ids::{PersonId, SessionId, TeachingId};
use domain::policy::Action;
use domain::trainers::{TeachingPlan, check_held};
use domain::{Faults, Refusal};
use serde_json::json;
use store::Records;
use store::runs::{Run, Session};
use store::teaching::{NewRecord, Record};

use crate::{Office, Outcome, require};

/// Somebody of whom it can be said what they taught in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeachingRow {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they were to teach.
    pub planned: bool,
    /// What counts: the last that was said of them.
    pub last: Option<Record>,
}

/// A session with who was to teach it and what was said of who did.
#[derive(Debug, Clone)]
pub struct TeachingView {
    /// The run.
    pub run: Run,
    /// The session.
    pub session: Session,
    /// Its number among the sessions of the run, from 1.
    pub number: usize,
    /// Who was to teach, then who else did.
    pub rows: Vec<TeachingRow>,
    /// Who else can have taught, by given name.
    pub others: Vec<(PersonId, String)>,
    /// Everything that was said, in the order it was said.
    pub records: Vec<Record>,
    /// Why nothing can be said now, if so.
    pub closed: Option<Refusal>,
}

impl TeachingView {
    /// Its length in minutes.
    #[must_use]
    pub fn length(&self) -> i64 {
        (self.session.ends_at - self.session.starts_at).num_minutes()
    }

    /// In whose place one can have taught: who was to teach, and who was said to be replaced before.
    #[must_use]
    pub fn missing(&self) -> Vec<(PersonId, String)> {
        let planned = self.rows.iter().filter(|row| row.planned).map(|row| (row.person, row.name.clone()));
        let mut missing: Vec<(PersonId, String)> = planned.collect();
        for record in &self.records {
            if let (Some(person), Some(name)) = (record.stood_in_for, &record.stood_in_name)
                && missing.iter().all(|(known, _)| *known != person)
            {
                missing.push((person, name.clone()));
            }
        }
        missing
    }
}

/// Who taught a session.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none or `actor` may not mark its attendance.
pub async fn teaching(office: &Office, actor: &Actor, id: SessionId) -> Outcome<TeachingView> {
    view(office, &mut office.database.read().await?, actor, id).await
}

/// Stores what `rows` say where that is news; gives how many records were new. `seen` is how many there were when the
/// form was made.
///
/// # Errors
/// [`Refusal::NotFound`] as for [`teaching`]; why nothing can be said of the session; [`Refusal::ChangedMeanwhile`] when
/// somebody else was faster; [`Refusal::NotAChoice`] of `teaching.N.person` and `teaching.N.stood_in_for`.
pub async fn record(office: &Office, actor: &Actor, id: SessionId, seen: usize, rows: &[TeachingPlan]) -> Outcome<usize> {
    let mut work = office.database.begin().await?;
    let session = store::runs::session(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    store::runs::lock(&mut work, session.run_id).await?;
    let view = view(office, &mut work, actor, id).await?;
    if let Some(refusal) = view.closed {
        return Err(refusal.into());
    }
    if view.records.len() != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    check(&view, rows)?;

    let now = after(office.now(), &view.records);
    let mut stored = 0;
    for plan in rows {
        let last = view.rows.iter().find(|row| row.person == plan.person).and_then(|row| row.last.as_ref());
        let says = (plan.minutes, plan.stood_in_for, plan.note.as_str());
        if last.is_some_and(|last| (last.minutes, last.stood_in_for, last.note.as_str()) == says) {
            continue;
        }
        let record = NewRecord {
            id: TeachingId(office.id()),
            session: id,
            person: plan.person,
            minutes: plan.minutes,
            stood_in_for: plan.stood_in_for,
            note: &plan.note,
            now,
            by: actor.account,
        };
        store::teaching::add(&mut work, &record).await?;
        stored += 1;
    }
    if stored > 0 {
        office.log(&mut work, Some(actor.account), "teaching_recorded", ("session", id.0), &json!({ "records": stored })).await?;
    }
    work.commit().await?;
    Ok(stored)
}

/// Now, or just after the last record: a clock that stands still or goes back must not make an old record count.
fn after(now: DateTime<Utc>, records: &[Record]) -> DateTime<Utc> {
    records.iter().map(|record| record.recorded_at + TimeDelta::milliseconds(1)).max().map_or(now, |least| now.max(least))
}

fn check(view: &TeachingView, rows: &[TeachingPlan]) -> Outcome<()> {
    let mut faults = Faults::default();
    for plan in rows {
        let is_row = view.rows.iter().any(|row| row.person == plan.person);
        if !is_row && view.others.iter().all(|(person, _)| *person != plan.person) {
            faults.add(format!("teaching.{}.person", plan.row), Refusal::NotAChoice);
        }
        // Nobody stands in for a person who was not to teach, unless it was said before.
        if plan.stood_in_for.is_some_and(|other| view.missing().iter().all(|(person, _)| *person != other)) {
            faults.add(format!("teaching.{}.stood_in_for", plan.row), Refusal::NotAChoice);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

async fn view(office: &Office, records: &mut impl Records, actor: &Actor, id: SessionId) -> Outcome<TeachingView> {
    let session = store::runs::session(records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, target) = crate::runs::target(records, session.run_id).await?;
    require(actor, Action::MarkAttendance, &target)?;
    let said = store::teaching::of_session(records, id).await?;
    let last = |person: PersonId| said.iter().rfind(|record| record.person_id == person).cloned();
    let mut rows: Vec<TeachingRow> = Vec::new();
    for trainer in store::runs::trainers(records, run.id).await?.into_iter().filter(|trainer| trainer.session_id == id) {
        rows.push(TeachingRow {
            person: trainer.person_id,
            name: trainer.full_name,
            planned: true,
            last: last(trainer.person_id),
        });
    }
    for record in &said {
        if rows.iter().all(|row| row.person != record.person_id) {
            let (person, name) = (record.person_id, record.full_name.clone());
            rows.push(TeachingRow { person, name, planned: false, last: last(person) });
        }
    }
    let mut others = store::runs::can_train(records, office.today()).await?;
    others.retain(|(person, _)| rows.iter().all(|row| row.person != *person));
    let sessions = store::runs::sessions(records, run.id).await?;
    let cancelled = store::teaching::is_cancelled(records, id).await?;
    let begins = (session.day, session.starts_at);
    Ok(TeachingView {
        closed: check_held(begins, run.published_at, run.cancelled_at, cancelled, office.now()).err(),
        number: sessions.iter().position(|other| other.id == id).map_or(1, |n| n + 1),
        run,
        session,
        rows,
        others,
        records: said,
    })
}
