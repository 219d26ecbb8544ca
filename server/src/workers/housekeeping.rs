//! What has to be looked after though nobody asks: records of browsers that nobody is signed in with any more are swept
//! up, and lists of people that were sent days ago; and letters are written about last days that are near.

use std::time::Duration;

use operations::{Office, notices};
use store::StoreResult;
use tokio::sync::watch;

/// How often it is looked after.
const EVERY: Duration = Duration::from_secs(3600);

/// How long a list that was sent is kept.
const KEPT: chrono::TimeDelta = chrono::TimeDelta::hours(domain::rosters::KEPT_HOURS);

/// Looks after the house every hour until the program stops. Other processes may do so at the same time.
pub async fn work(office: Office, mut stopping: watch::Receiver<bool>) {
    loop {
        match sweep(&office).await {
            Ok(swept) => tracing::debug!(swept, "expired sign-ins are gone"),
            Err(error) => tracing::error!(%error, "expired sign-ins stay for now"),
        }
        match sweep_lists(&office).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "old lists of people are gone"),
            Err(error) => tracing::error!(%error, "old lists of people stay for now"),
        }
        match notices::deadlines_near(&office).await {
            Ok(0) => {}
            Ok(written) => tracing::info!(written, "letters about last days were written"),
            Err(error) => tracing::error!(%error, "letters about last days were not written"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

async fn sweep(office: &Office) -> StoreResult<u64> {
    let mut work = office.database.begin().await?;
    let swept = store::sign_ins::delete_expired(&mut work, office.now()).await?;
    work.commit().await?;
    Ok(swept)
}

async fn sweep_lists(office: &Office) -> StoreResult<usize> {
    let mut work = office.database.begin().await?;
    let swept = store::rosters::sweep(&mut work, office.now() - KEPT).await?;
    work.commit().await?;
    Ok(swept)
}
