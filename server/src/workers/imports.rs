//! The worker of imports: checks and stores lists of many people. Each is held by one worker at a time under a lease, so
//! a list whose process was killed is taken over by the next, from the rows that were kept last.

use std::time::Duration;

use operations::rosters::jobs;
use operations::{Office, Outcome};
use tokio::sync::watch;

/// How often the worker looks for lists that nobody woke it for: those of a process that is gone.
const POLL: Duration = Duration::from_secs(15);

/// Works on lists until `stopping` turns true; the rows in hand are finished first.
pub async fn work(office: Office, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = all(&office, &stopping).await {
            tracing::error!(%error, "an import broke off, and is tried again");
        }
        tokio::select! {
            () = office.imports_waiting.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Works on every list that is due, one after another.
async fn all(office: &Office, stopping: &watch::Receiver<bool>) -> Outcome<()> {
    while !*stopping.borrow() {
        let Some(id) = jobs::due(office).await?.first().copied() else { return Ok(()) };
        jobs::work(office, id, || *stopping.borrow()).await?;
        tracing::info!(list = %id, "a list of people was worked on");
    }
    Ok(())
}
