//! `migrate`: brings the database up to date.

use super::{Stop, office, offline};
use crate::settings::Common;

pub(super) async fn play(common: &Common) -> Result<(), Stop> {
    let office = office(common, offline()).await?;
    office.database.close().await;
    tracing::info!("the database is up to date");
    Ok(())
}
