//! What has to be swept up: records of browsers that nobody is signed in with any more.

use std::time::Duration;

use operations::Office;
use store::StoreResult;
use tokio::sync::watch;

/// How often it is swept.
const EVERY: Duration = Duration::from_secs(3600);

/// Sweeps every hour until the program stops.
pub async fn work(office: Office, mut stopping: watch::Receiver<bool>) {
    loop {
        match sweep(&office).await {
            Ok(swept) => tracing::debug!(swept, "expired sign-ins are gone"),
            Err(error) => tracing::error!(%error, "expired sign-ins stay for now"),
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
