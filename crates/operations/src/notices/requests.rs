//! Letters on what was decided on requests for places.

use domain::Faults;
use domain::requests::StepKind;
use store::Work;
use store::requests::Request;
use store::runs::Run;
use uuid::Uuid;

use super::enqueue;
use super::letter::{Letter, RequestFacts};
use crate::{Office, Outcome};

/// What there is to tell of a request, besides where it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// The run in which the person has a place now; after a step that took it away, the run it was in.
    pub run: Option<&'a Run>,
    /// Why there is no seat where they asked for one.
    pub no_seat: Option<&'a Faults>,
    /// What was said.
    pub reason: &'a str,
    /// The step that took away the place, or the seat that was offered.
    pub after: Option<StepKind>,
}

/// Tells the representatives of an organisation what was just decided on a request of theirs. What is decided in one `deed`
/// goes into one letter, unless somebody has begun to send it.
///
/// # Errors
/// [`store::StoreError`].
pub async fn request_decided(office: &Office, work: &mut Work, deed: Uuid, request: &Request, told: Told<'_>) -> Outcome<()> {
    let facts = RequestFacts {
        id: request.id,
        person: request.person_name.clone(),
        course_title: request.course_title.clone(),
        course_title_english: request.course_title_english.clone(),
        state: request.state,
        run: told.run.map(|run| run.name.clone()),
        reason: told.reason.to_owned(),
        no_seat: told.no_seat.cloned().unwrap_or_default(),
        after: told.after,
    };
    for reader in store::notices::representatives(work, request.organisation_id, office.today()).await? {
        let key = format!("requests_decided/{deed}/{}/{}", request.organisation_id, reader.email);
        if add_to(work, &key, &facts).await? {
            continue;
        }
        let (organisation, requests) = (request.organisation_name.clone(), vec![facts.clone()]);
        let letter = Letter::RequestsDecided { organisation, requests };
        if !enqueue(office, work, &reader.email, reader.language, &key, &letter).await? {
            // The first letter of the deed is out: this goes into one of its own.
            let own = format!("{key}/{}", request.id);
            enqueue(office, work, &reader.email, reader.language, &own, &letter).await?;
        }
    }
    Ok(())
}

/// Says one thing more in a letter that nobody has begun to send; false without such a letter.
async fn add_to(work: &mut Work, key: &str, facts: &RequestFacts) -> Outcome<bool> {
    let Some(was) = store::notices::waiting_letter(work, key).await? else { return Ok(false) };
    let Ok(Letter::RequestsDecided { organisation, mut requests }) = serde_json::from_str(&was) else { return Ok(false) };
    requests.push(facts.clone());
    let payload = serde_json::to_string(&Letter::RequestsDecided { organisation, requests }).map_err(store::StoreError::from)?;
    Ok(store::notices::rewrite(work, key, &was, &payload).await?)
}
