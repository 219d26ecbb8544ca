//! Programme years: what the province plans for each, and which level of government receives forms when.

mod board;
mod levels;
mod proposal;
mod years;

pub(crate) use board::level_seen;
pub use board::{Holder, OpenPlace, Said, StateCounts, UnitRow, YearBoard, board, usual_day};
pub use levels::{NewLevel, add_level, remove_level};
pub use proposal::proposal;
pub(crate) use proposal::usual_criteria;
pub use store::programmes::{ProductGroup, ProgrammeYear, ReceivingLevel};
pub use years::{Seen, add, change, show};

use domain::accounts::Actor;
use domain::policy::{Action, Target};

use crate::{Office, Outcome, require};

/// Everything there is to keep.
#[derive(Debug, Clone)]
pub struct Known {
    /// Programme years, the latest first.
    pub years: Vec<ProgrammeYear>,
    /// Which level receives forms, from the first period on.
    pub levels: Vec<ReceivingLevel>,
}

/// Every programme year and every period of receiving, for those who keep them.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for everybody else; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor) -> Outcome<Known> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut records = office.database.read().await?;
    Ok(Known { years: store::programmes::years(&mut records).await?, levels: store::programmes::levels(&mut records).await? })
}

/// The years that have a programme, the latest first: they are no secret.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn years(office: &Office) -> Outcome<Vec<ProgrammeYear>> {
    Ok(store::programmes::years(&mut office.database.read().await?).await?)
}

/// The decisions of which a classification is known.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn decisions(office: &Office) -> Outcome<Vec<String>> {
    Ok(store::programmes::decisions(&mut office.database.read().await?).await?)
}
