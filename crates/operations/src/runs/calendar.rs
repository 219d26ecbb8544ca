//! The public calendar, for people and for their calendar programs.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use documents::calendars::Entry;
use domain::accounts::Actor;
use domain::ids::{RunId, UnitId};
use domain::runs::calendar_uid;
use store::calendar::Filter;
use store::runs::{Run, Session};

use super::show;
use crate::{Office, Outcome};

/// What the calendar shows of a period.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Published runs with a session in the period, by first day; called off ones too.
    pub runs: Vec<Run>,
    /// Their sessions in the period, in order of time.
    pub sessions: Vec<Session>,
    /// The names of who teaches them in the period.
    pub trainers: BTreeMap<RunId, Vec<String>>,
    /// Every unit that a published run is held in: identifier, kind and name.
    pub units: Vec<(UnitId, String, String)>,
    /// The first day after the period, within two years, on which there is a session.
    pub next: Option<NaiveDate>,
}

/// The public calendar of a period. No sign-in is needed.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn calendar(office: &Office, filter: &Filter) -> Outcome<Calendar> {
    let mut records = office.database.read().await?;
    let later = Filter { from: filter.to, to: filter.to.checked_add_months(Months::new(24)).unwrap_or(filter.to), ..*filter };
    let mut trainers: BTreeMap<RunId, Vec<String>> = BTreeMap::new();
    for (run, name) in store::calendar::trainers(&mut records, filter).await? {
        trainers.entry(run).or_default().push(name);
    }
    Ok(Calendar {
        runs: store::calendar::runs(&mut records, filter).await?,
        sessions: store::calendar::sessions(&mut records, filter).await?,
        trainers,
        units: store::calendar::units(&mut records).await?,
        next: store::calendar::first_day(&mut records, &later).await?,
    })
}

/// What a calendar program subscribes to: every session of the filter, from two months ago on. Called off runs stay in
/// it, since a program forgets an entry only when it is told so.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn feed(office: &Office, filter: &Filter) -> Outcome<Vec<Entry>> {
    let today = office.today();
    let from = today.checked_sub_months(Months::new(2)).unwrap_or(today);
    let to = today.checked_add_months(Months::new(24)).unwrap_or(today);
    let filter = Filter { from, to, ..*filter };
    let mut records = office.database.read().await?;
    let runs: BTreeMap<RunId, Run> =
        store::calendar::runs(&mut records, &filter).await?.into_iter().map(|run| (run.id, run)).collect();
    let sessions = store::calendar::sessions(&mut records, &filter).await?;
    Ok(sessions.iter().filter_map(|session| Some(entry(office, runs.get(&session.run_id)?, session))).collect())
}

/// The sessions of one run for a calendar program.
///
/// # Errors
/// [`domain::Refusal::NotFound`] as for the run itself.
pub async fn feed_of_run(office: &Office, actor: Option<&Actor>, id: RunId) -> Outcome<Vec<Entry>> {
    let shown = show(office, actor, id).await?;
    Ok(shown.sessions.iter().map(|(session, _)| entry(office, &shown.run, session)).collect())
}

fn entry(office: &Office, run: &Run, session: &Session) -> Entry {
    let url = &office.settings.public_url;
    let called_off = session.cancellation_reason.as_deref().or(run.cancellation_reason.as_deref());
    let description = [session.topic.as_str(), called_off.unwrap_or(&run.note)];
    Entry {
        uid: calendar_uid(session.id),
        sequence: run.sequence,
        stamp: run.changed_at,
        starts: session.starts_at,
        ends: session.ends_at,
        summary: format!("{} – {}", run.course_title, run.name),
        location: if session.venue.is_empty() { run.venue.clone() } else { session.venue.clone() },
        description: description.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        url: format!("{url}/runs/{}", run.id),
        cancelled: called_off.is_some(),
    }
}
