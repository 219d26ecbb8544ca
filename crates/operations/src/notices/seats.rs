//! Letters about seats that are kept, or are kept no more: promised with names to come, or held for somebody who waits.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::accounts::Language;
use domain::ids::{AllotmentId, OfferId};
use domain::people::EmailAddress;
use domain::runs::RunState;
use domain::waiting::Answer;
use store::Work;
use store::allotments::Allotment;
use store::notices::Reader;
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
        let readers = holders(office, work, &known).await?;
        let letter = Letter::SeatsPromised {
            organisation: known.organisation_id,
            allotment: known.id,
            holder: known.holder_name(),
            run: facts.clone(),
            seats: known.seats,
            until: known.until_day,
        };
        // What is stated of a unit's seats holds for the shares of them.
        let stated = match known.parent_id {
            Some(parent) => store::allotments::find(work, parent).await?.map_or(0, |whole| whole.version),
            None => 0,
        };
        for reader in readers {
            let key = format!("seats_promised/{}/{}.{stated}/{}", known.id, known.version, reader.email);
            enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
        }
    }
    Ok(())
}

/// Who names people by an allotment, or divides it among who does.
async fn holders(office: &Office, work: &mut Work, known: &Allotment) -> Outcome<Vec<Reader>> {
    Ok(match (known.organisation_id, known.unit_id) {
        (Some(organisation), _) => store::notices::representatives(work, organisation, office.today()).await?,
        (None, Some(unit)) => store::allotments::officers(work, unit, office.today()).await?,
        (None, None) => Vec::new(),
    })
}

/// Tells them that seats were taken back: one letter for each reader about everything that one deed took back.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn seats_taken_back(
    office: &Office,
    work: &mut Work,
    run: &Run,
    taken: &[&Allotment],
    reason: &str,
) -> Outcome<()> {
    let mut told: BTreeMap<(EmailAddress, Language), Vec<&Allotment>> = BTreeMap::new();
    for known in taken {
        for reader in holders(office, work, known).await? {
            told.entry((reader.email, reader.language)).or_default().push(known);
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    for ((email, language), taken) in told {
        // An allotment ends once: what ended first tells one deed from another.
        let key = format!("seats_taken_back/{}/{email}", taken[0].id);
        let promises = taken.iter().map(|known| (known.holder_name(), known.seats)).collect();
        let letter = Letter::SeatsTakenBack { promises, run: facts.clone(), reason: reason.to_owned() };
        enqueue(office, work, &email, language, &key, &letter).await?;
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
    let readers = who_waits(office, work, entry).await?;
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

/// Tells whom a seat was held for that it is held no more: nobody answered in time, or it was taken back.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn offer_over(office: &Office, work: &mut Work, run: &Run, entry: &Entry, how: Answer) -> Outcome<()> {
    let Some(offer) = entry.offer_id.filter(|_| run.state() == RunState::Published) else { return Ok(()) };
    let readers = who_waits(office, work, entry).await?;
    if readers.is_empty() {
        return Ok(());
    }
    let letter = Letter::OfferOver {
        person: entry.person_name.clone(),
        organisation: entry.organisation_name.clone(),
        run: RunFacts::of(run, &store::runs::sessions(work, run.id).await?),
        expired: how == Answer::Expired,
        again: office.now() < run.keeping_ends(),
    };
    for reader in readers {
        let key = format!("offer_over/{offer}/{}", reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells everybody who waited for a seat of a run, or was offered one, that it was called off.
///
/// # Errors
/// [`store::StoreError`].
pub(super) async fn waiting_cancelled(
    office: &Office,
    work: &mut Work,
    run: &RunFacts,
    reason: &str,
    waited: &[Entry],
) -> Outcome<()> {
    let mut told: BTreeMap<(EmailAddress, Language), Vec<String>> = BTreeMap::new();
    for entry in waited {
        for reader in who_waits(office, work, entry).await? {
            told.entry((reader.email, reader.language)).or_default().push(entry.person_name.clone());
        }
    }
    for ((email, language), people) in told {
        let letter = Letter::WaitingCancelled { people, run: run.clone(), reason: reason.to_owned() };
        enqueue(office, work, &email, language, &format!("waiting_cancelled/{}/{email}", run.id), &letter).await?;
    }
    Ok(())
}

/// Somebody who waits, or else the representatives of their organisation.
async fn who_waits(office: &Office, work: &mut Work, entry: &Entry) -> Outcome<Vec<Reader>> {
    Ok(match store::notices::of_person(work, entry.person_id).await? {
        Some(reader) => vec![reader],
        None => store::notices::representatives(work, entry.organisation_id, office.today()).await?,
    })
}
