//! Calendars: the public one, everybody's own, their feeds for calendar programs, and what is printed of them.

mod feeds;
mod own;
mod papers;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::accounts::Actor;
use domain::calendar::Part;
use domain::ids::{PersonId, RunId, SessionId, UnitId, VenueId};
use store::runs::Run;

use crate::runs::show;
use crate::{Office, Outcome, Refusal};

pub use feeds::{Made, Offer, Secret, make_feed, of_secret, offers, revoke_feed};
pub use own::own;
pub use papers::{door_sign, timetable};
pub use store::calendar::{Filter, Session};

/// What a calendar shows of a period.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Published runs with a session in the period, by first day; called off ones too.
    pub runs: Vec<Run>,
    /// Their sessions in the period, in order of time; called off ones too.
    pub sessions: Vec<Session>,
    /// The names of who teaches them in the period.
    pub trainers: BTreeMap<RunId, Vec<String>>,
    /// The names of who teaches each session.
    pub taught: BTreeMap<SessionId, Vec<String>>,
    /// In somebody's own calendar, why each session stands there.
    pub parts: BTreeMap<SessionId, Vec<Part>>,
    /// In the own calendar of a representative, whom their organisations send.
    pub sent: BTreeMap<RunId, Vec<String>>,
}

impl Calendar {
    fn of(runs: Vec<Run>, sessions: Vec<Session>, teaching: Vec<(SessionId, String)>) -> Calendar {
        let run_of: BTreeMap<SessionId, RunId> = sessions.iter().map(|session| (session.id, session.run_id)).collect();
        let mut calendar = Calendar { runs, sessions, ..Calendar::default() };
        for (session, name) in teaching {
            let Some(run) = run_of.get(&session) else { continue };
            let names = calendar.trainers.entry(*run).or_default();
            if !names.contains(&name) {
                names.push(name.clone());
            }
            calendar.taught.entry(session).or_default().push(name);
        }
        calendar
    }

    /// Its runs by identifier.
    #[must_use]
    pub fn by_id(&self) -> BTreeMap<RunId, &Run> {
        self.runs.iter().map(|run| (run.id, run)).collect()
    }

    /// Its sessions in order of time, each with its run.
    pub fn held(&self) -> impl Iterator<Item = (&Session, &Run)> {
        let runs = self.by_id();
        self.sessions.iter().filter_map(move |session| Some((session, *runs.get(&session.run_id)?)))
    }
}

/// What the public calendar can be narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Every unit that a published run is held in: identifier, kind and name.
    pub units: Vec<(UnitId, String, String)>,
    /// Every venue of the register that a published session is held at.
    pub venues: Vec<(VenueId, String)>,
    /// Everybody who teaches a published session.
    pub trainers: Vec<(PersonId, String)>,
}

/// The public calendar of a period. No sign-in is needed.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn public(office: &Office, filter: &Filter) -> Outcome<Calendar> {
    let mut records = office.database.read().await?;
    Ok(Calendar::of(
        store::calendar::runs(&mut records, filter).await?,
        store::calendar::sessions(&mut records, filter).await?,
        store::calendar::trainers(&mut records, filter).await?,
    ))
}

/// What the public calendar can be narrowed to.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn choices(office: &Office) -> Outcome<Choices> {
    let mut records = office.database.read().await?;
    Ok(Choices {
        units: store::calendar::units(&mut records).await?,
        venues: store::calendar::venues(&mut records).await?,
        trainers: store::calendar::taught_by(&mut records).await?,
    })
}

/// The first day after the period of a filter, within two years, on which there is a session.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn next(office: &Office, filter: &Filter) -> Outcome<Option<NaiveDate>> {
    let to = filter.to.checked_add_months(Months::new(24)).unwrap_or(filter.to);
    let later = Filter { from: filter.to, to, ..*filter };
    Ok(store::calendar::first_day(&mut office.database.read().await?, &later).await?)
}

/// The period that feeds tell of: from two months ago, for two years. What was called off stays in it, since a calendar
/// program forgets an entry only when it is told so.
#[must_use]
pub fn feed_period(office: &Office) -> (NaiveDate, NaiveDate) {
    let today = office.today();
    let from = today.checked_sub_months(Months::new(2)).unwrap_or(today);
    (from, today.checked_add_months(Months::new(24)).unwrap_or(today))
}

/// The sessions of one run for a calendar program.
///
/// # Errors
/// [`Refusal::NotFound`] as for the run itself.
pub async fn of_run(office: &Office, actor: Option<&Actor>, id: RunId) -> Outcome<Calendar> {
    let shown = show(office, actor, id).await?;
    let sessions = store::calendar::of_run(&mut office.database.read().await?, id).await?;
    let taught = |(session, trainers): &(store::runs::Session, Vec<(PersonId, String)>)| {
        trainers.iter().map(|(_, name)| (session.id, name.clone())).collect::<Vec<_>>()
    };
    let teaching = shown.sessions.iter().flat_map(taught).collect();
    Ok(Calendar::of(vec![shown.run], sessions, teaching))
}

/// One session for a calendar program, with the number it has in its run.
///
/// # Errors
/// [`Refusal::NotFound`] as for its run.
pub async fn of_session(office: &Office, actor: Option<&Actor>, id: SessionId) -> Outcome<(Calendar, usize)> {
    let session = store::runs::session(&mut office.database.read().await?, id).await?.ok_or(Refusal::NotFound)?;
    let mut calendar = of_run(office, actor, session.run_id).await?;
    let number = calendar.sessions.iter().position(|session| session.id == id).ok_or(Refusal::NotFound)? + 1;
    calendar.sessions.retain(|session| session.id == id);
    Ok((calendar, number))
}
