//! How a worker empties the outbox. Two workers at once are safe: a letter is held by one of them at a time.

use chrono::Duration;
use domain::ids::NoticeId;
use store::notices::Notice;

use super::Letter;
use crate::{Office, Outcome};

/// How long a worker holds a letter. When the process dies meanwhile, another takes it over after this.
const LEASE: Duration = Duration::minutes(5);

/// The letters that wait to be sent, the longest waiting first.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn due(office: &Office) -> Outcome<Vec<NoticeId>> {
    let mut records = office.database.read().await?;
    Ok(store::notices::due(&mut records, office.now()).await?)
}

/// Takes a letter to send it; none when another worker has it, or it serves nobody any more.
///
/// # Errors
/// [`store::StoreError`].
pub async fn claim(office: &Office, id: NoticeId) -> Outcome<Option<(Notice, Letter)>> {
    let now = office.now();
    let mut work = office.database.begin().await?;
    let Some(notice) = store::notices::claim(&mut work, id, now, now + LEASE).await? else { return Ok(None) };
    // What exactly cannot be read is left out of the reason: it may be part of a secret.
    let letter = serde_json::from_str::<Letter>(&notice.payload).map_err(|_| "what it says cannot be read");
    let letter =
        letter.and_then(|letter| if letter.is_too_late(now) { Err("it came too late to be of use") } else { Ok(letter) });
    if let Err(reason) = letter {
        store::notices::give_up(&mut work, id, now, reason).await?;
    }
    work.commit().await?;
    Ok(letter.ok().map(|letter| (notice, letter)))
}

/// Notes that a letter was handed to the mail server.
///
/// # Errors
/// [`store::StoreError`].
pub async fn sent(office: &Office, notice: &Notice) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::notices::sent(&mut work, notice.id, office.now()).await?;
    work.commit().await?;
    Ok(())
}

/// Notes that a letter could not be handed over, and why: it is tried again later, or given up after three days.
/// Gives whether it will be tried again.
///
/// # Errors
/// [`store::StoreError`].
pub async fn failed(office: &Office, notice: &Notice, error: &str) -> Outcome<bool> {
    let now = office.now();
    let wait = domain::notices::retry_after(notice.attempts);
    let mut work = office.database.begin().await?;
    match wait {
        Some(wait) => store::notices::put_off(&mut work, notice.id, now + wait, error).await?,
        None => store::notices::give_up(&mut work, notice.id, now, error).await?,
    }
    work.commit().await?;
    Ok(wait.is_some())
}
