//! Letters about last days that are near. No deed writes them: the housekeeping looks for them.

use chrono::Days;

use super::{FormFacts, Letter, enqueue};
use crate::{Office, Outcome};

/// How many days before the last day its letter is written.
pub const DAYS_AHEAD: u64 = 2;

/// Tells representatives of forms that have to be sent within the next [`DAYS_AHEAD`] days, today among them: returned ones,
/// and drafts while forms of their year are still received. Gives how many letters were written.
///
/// However often it is asked, and by however many processes at once, each reader gets one letter about a form and a day: the
/// key of the letter says both, and the outbox holds a key once.
///
/// # Errors
/// [`store::StoreError`].
pub async fn deadlines_near(office: &Office) -> Outcome<usize> {
    let today = office.today();
    let mut work = office.database.begin().await?;
    let mut written = 0;
    for near in store::notices::deadlines(&mut work, today, today + Days::new(DAYS_AHEAD)).await? {
        let facts = FormFacts {
            id: near.id,
            product: near.product_name,
            organisation: near.organisation_name,
            year: near.year,
            number: near.number,
            reason: String::new(),
            due_on: Some(near.due_on),
            remarks: Vec::new(),
        };
        let letter = Letter::DeadlineNear { state: near.state, form: facts };
        for reader in store::notices::representatives(&mut work, near.organisation_id, today).await? {
            let key = format!("deadline_near/{}/{}/{}", near.id, near.due_on, reader.email);
            written += usize::from(enqueue(office, &mut work, &reader.email, reader.language, &key, &letter).await?);
        }
    }
    work.commit().await?;
    if written > 0 {
        office.mail_waiting.notify_one();
    }
    Ok(written)
}
