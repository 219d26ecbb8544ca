//! What has to be looked after though nobody asks: records of browsers that nobody is signed in with any more are swept
//! up, and letters are written about last days that are near.

use std::time::Duration;

use operations::{Office, notices};
use store::StoreResult;
use tokio::sync::watch;

/// How often it is looked after.
const EVERY: Duration = Duration::from_secs(3600);

/// Looks after the house every hour until the program stops. Other processes may do so at the same time.
pub async fn work(office: Office, mut stopping: watch::Receiver<bool>) {
    loop {
        match sweep(&office).await {
            Ok(swept) => tracing::debug!(swept, "expired sign-ins are gone"),
            Err(error) => tracing::error!(%error, "expired sign-ins stay for now"),
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
