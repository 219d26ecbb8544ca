//! Papers that anybody may print of a published run: its timetable, and the sign on the door of a session.

use documents::papers::{self, DoorSign, PaperError, Timetable, TimetableLine};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{RunId, SessionId};
use domain::time::{local_day, local_time};
use store::calendar::Session;
use store::runs::Run;
use tokio::sync::Semaphore;

use super::{Calendar, of_run, of_session};
use crate::{Failure, Office, Outcome};

/// Anybody may ask for these papers: two at a time, so that printing never takes all cores.
static PRESS: Semaphore = Semaphore::const_new(2);

/// Prints the timetable of a run, as PDF; of a draft for those alone who see it, and marked as one.
///
/// # Errors
/// [`Refusal::NotFound`] as for the run itself; [`Failure::Document`].
pub async fn timetable(office: &Office, actor: Option<&Actor>, id: RunId) -> Outcome<Vec<u8>> {
    let calendar = of_run(office, actor, id).await?;
    let run = calendar.runs.first().ok_or(Refusal::NotFound)?;
    let mut records = office.database.read().await?;
    let (superior, issuer, place) = store::attendance::letterhead(&mut records).await?.unwrap_or_default();
    let version = store::calendar::version(&mut records, id).await?;
    drop(records);
    let published = version.map(|(_, at)| at).or(run.published_at);
    let paper = Timetable {
        superior,
        issuer,
        place,
        published_on: published.map(local_day),
        version: version.map(|(number, _)| number),
        course_code: run.course_code.clone(),
        course_title: run.course_title.clone(),
        run_name: run.name.clone(),
        venue: run.venue.clone(),
        unit: run.unit_title(),
        capacity: run.capacity,
        enrolment_deadline: run.enrolment_deadline,
        note: run.note.clone(),
        cancelled: run.cancellation_reason.clone(),
        address: format!("{}/runs/{id}", office.settings.public_url),
        lines: calendar.sessions.iter().map(|session| line(&calendar, session, run)).collect(),
    };
    print(move || papers::timetable(&paper)).await
}

fn line(calendar: &Calendar, session: &Session, run: &Run) -> TimetableLine {
    TimetableLine {
        day: session.day,
        half_day: session.half_day,
        starts: local_time(session.starts_at),
        ends: local_time(session.ends_at),
        topic: session.topic.clone(),
        trainers: calendar.taught.get(&session.id).cloned().unwrap_or_default(),
        place: session.place(run),
        cancelled: session.cancellation_reason.clone(),
    }
}

/// Prints the sign on the door of a session, as PDF.
///
/// # Errors
/// [`Refusal::NotFound`] as for its run; [`Failure::Document`].
pub async fn door_sign(office: &Office, actor: Option<&Actor>, id: SessionId) -> Outcome<Vec<u8>> {
    let (calendar, number) = of_session(office, actor, id).await?;
    let (session, run) = calendar.held().next().ok_or(Refusal::NotFound)?;
    let mut records = office.database.read().await?;
    let (_, issuer, _) = store::attendance::letterhead(&mut records).await?.unwrap_or_default();
    drop(records);
    let sign = DoorSign {
        issuer,
        course_title: run.course_title.clone(),
        run_name: run.name.clone(),
        session_number: number as i64,
        topic: session.topic.clone(),
        day: session.day,
        half_day: session.half_day,
        starts: local_time(session.starts_at),
        ends: local_time(session.ends_at),
        room: session.room.clone(),
        venue: if session.venue.is_empty() { run.venue.clone() } else { session.venue.clone() },
        trainers: calendar.taught.get(&id).cloned().unwrap_or_default(),
        cancelled: session.called_off(run).map(str::to_owned),
        address: format!("{}/runs/{}", office.settings.public_url, run.id),
    };
    print(move || papers::door_sign(&sign)).await
}

async fn print(paper: impl FnOnce() -> Result<Vec<u8>, PaperError> + Send + 'static) -> Outcome<Vec<u8>> {
    let _turn = PRESS.acquire().await.map_err(|error| Failure::Document(error.to_string()))?;
    let printed = tokio::task::spawn_blocking(paper).await.map_err(|error| Failure::Document(error.to_string()))?;
    printed.map_err(|error| Failure::Document(error.to_string()))
}
