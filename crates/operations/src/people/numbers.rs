//! Citizen numbers: kept sealed, shown masked, and in full to who needs one, which is remembered.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::PersonId;
use domain::people::CitizenId;
use serde_json::json;
use store::people::{Person, SealedNumber, numbers};

use super::keep::require_whole;
use crate::{Office, Outcome};

/// The name of the key in the table of what keys make of a known text.
const KEY: &str = "citizen_number";

/// The verb of the event that somebody saw a number.
const SEEN: &str = "citizen_number_seen";

/// Whether the database was made with the keys of this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// No number was ever sealed in it.
    Unused,
    /// It was.
    Fits,
    /// It was made with other keys: numbers could neither be read nor found.
    Differs,
}

/// Whether numbers were sealed in this database with other keys than `check` tells of; with none, whether any were sealed.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn key_state(database: &store::Database, check: Option<&str>) -> Outcome<KeyState> {
    let kept = numbers::check(&mut database.read().await?, KEY).await?;
    Ok(match kept {
        None => KeyState::Unused,
        Some(kept) if Some(kept.as_str()) == check => KeyState::Fits,
        Some(_) => KeyState::Differs,
    })
}

/// Binds the database to the keys of this office, and seals what an older program left in the clear; gives how many
/// numbers that were. Doing it again changes nothing.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when the database belongs to other keys; [`Refusal::NotACitizenNumber`] for what cannot be
/// read as a number; [`store::StoreError::Database`].
pub async fn seal_all(office: &Office) -> Outcome<usize> {
    let mut work = office.database.begin().await?;
    numbers::keep_check(&mut work, KEY, office.keys.check(), office.now()).await?;
    if numbers::check(&mut work, KEY).await?.as_deref() != Some(office.keys.check()) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let mut count = 0;
    loop {
        let page = numbers::plain(&mut work).await?;
        if page.is_empty() {
            break;
        }
        for (person, plain) in &page {
            let number: CitizenId = plain.parse()?;
            numbers::seal(&mut work, *person, &seal(office, *person, Some(&number))).await?;
        }
        count += page.len();
    }
    work.commit().await?;
    Ok(count)
}

/// What is kept of the number of a person.
pub(crate) fn seal(office: &Office, person: PersonId, number: Option<&CitizenId>) -> SealedNumber {
    number.map_or_else(SealedNumber::default, |number| office.keys.seal(person, number, office.random()))
}

/// The number of a person, for comparing.
pub(crate) fn open(office: &Office, person: &Person) -> Option<CitizenId> {
    office.keys.open(person.id, &person.number)
}

/// Somebody who saw a number in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Their name, as it is today.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Shows the citizen number of a person in full to who keeps all of them, and remembers to whom.
///
/// # Errors
/// [`Refusal::NotFound`] for others, and when no number is known; [`store::StoreError::Database`].
pub async fn show_number(office: &Office, actor: &Actor, id: PersonId) -> Outcome<CitizenId> {
    let mut work = office.database.begin().await?;
    let person = require_whole(office, &mut work, actor, id).await?;
    let number = open(office, &person).ok_or(Refusal::NotFound)?;
    // What was shown is told for good, before it is shown.
    office.log(&mut work, Some(actor.account), SEEN, ("person", id.0), &json!({})).await?;
    work.commit().await?;
    Ok(number)
}

/// Who saw the number of a person in full, the last first, whichever of their records it stood in.
pub(super) async fn seen_by(records: &mut impl store::Records, id: PersonId) -> Outcome<Vec<Sight>> {
    let events = store::events::of_person(records, id, SEEN).await?;
    Ok(events.into_iter().map(|event| Sight { name: event.account_name.unwrap_or_default(), at: event.at }).collect())
}
