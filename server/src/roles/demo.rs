//! `demo`: fills an empty database with demonstration data.

use domain::Refusal;

use super::{Stop, office, offline};
use crate::settings::Common;

pub(super) async fn play(common: &Common) -> Result<(), Stop> {
    let office = office(common, offline()).await?;
    let filled = operations::demo::fill(&office).await;
    office.database.close().await;
    match filled {
        Err(failure) if failure.is(&Refusal::AlreadyExists) => {
            Err("there are people in this database: demo fills an empty one only (--database, --data-dir)".into())
        }
        Err(failure) => Err(failure.into()),
        Ok(()) => {
            tracing::info!("filled; every demonstration account has the password {}", operations::accounts::DEMO_PASSWORD);
            Ok(())
        }
    }
}
