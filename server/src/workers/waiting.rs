//! Waiting lists move although nobody asks: what has run out is marked, and seats that came free by it are offered. Nothing
//! depends on this for being right, since what has run out holds no seat; it is only sooner told to whoever waits.

use std::time::Duration;

use operations::{Office, waiting};
use tokio::sync::watch;

/// How often it is looked after.
const EVERY: Duration = Duration::from_secs(60);

/// Moves the lists every minute until the program stops. Other processes may do so at the same time.
pub async fn work(office: Office, mut stopping: watch::Receiver<bool>) {
    loop {
        match waiting::move_on(&office).await {
            Ok(0) => {}
            Ok(offered) => tracing::info!(offered, "seats were offered to those who wait"),
            Err(error) => tracing::error!(%error, "waiting lists did not move"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}
