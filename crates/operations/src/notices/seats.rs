//! Letters about seats that are kept: promised with names to come, or held for somebody who waits.

use chrono::{DateTime, Utc};
use domain::ids::{AllotmentId, OfferId};
use store::Work;
use store::runs::Run;
use store::waiting::Entry;

use super::{Letter, RunFacts, enqueue};
use crate::{Office, Outcome};

/// Tells those who name people, or divide seats among who does, what they were promised of a run.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn seats_promised(office: &Office, work: &mut Work, run: &Run, promised: &[AllotmentId]) -> Outcome<()> {
    if promised.is_empty() {
        return Ok(());
    }
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    for id in promised {
        let Some(known) = store::allotments::find(work, *id).await? else { continue };
        let readers = match (known.organisation_id, known.unit_id) {
            (Some(organisation), _) => store::notices::representatives(work, organisation, office.today()).await?,
            (None, Some(unit)) => store::allotments::officers(work, unit, office.today()).await?,
            (None, None) => Vec::new(),
        };
        let letter = Letter::SeatsPromised {
            organisation: known.organisation_id,
            allotment: known.id,
            holder: known.holder_name(),
            run: facts.clone(),
            seats: known.seats,
            until: known.until_day,
        };
        for reader in readers {
            let key = format!("seats_promised/{}/{}/{}", known.id, known.version, reader.email);
            enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
        }
    }
    Ok(())
}

/// An offer as it was just made: the only time its secrets are in the clear.
pub(crate) struct SeatOffer<'a> {
    /// The offer.
    pub id: OfferId,
    /// The secret of its link.
    pub secret: &'a str,
    /// Its short code.
    pub code: &'a str,
    /// Until when it can be answered.
    pub expires_at: DateTime<Utc>,
}

/// Tells somebody who waits, or else the representatives of their organisation, that a seat is held for them.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn seat_offered(
    office: &Office,
    work: &mut Work,
    run: &Run,
    entry: &Entry,
    offer: &SeatOffer<'_>,
) -> Outcome<()> {
    let readers = match store::notices::of_person(work, entry.person_id).await? {
        Some(reader) => vec![reader],
        None => store::notices::representatives(work, entry.organisation_id, office.today()).await?,
    };
    if readers.is_empty() {
        return Ok(());
    }
    let letter = Letter::SeatOffered {
        person: entry.person_name.clone(),
        organisation: entry.organisation_name.clone(),
        run: RunFacts::of(run, &store::runs::sessions(work, run.id).await?),
        link: format!("{}/offers/{}", office.settings.public_url, offer.secret),
        code: offer.code.to_owned(),
        expires: offer.expires_at,
    };
    for reader in readers {
        let key = format!("seat_offered/{}/{}", offer.id, reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}
