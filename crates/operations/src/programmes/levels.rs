//! Which level of government receives forms, from when on (domain.md §1.3).

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::ReceivingLevelId;
use domain::policy::{Action, Target};
use domain::units::UnitLevel;
use serde_json::json;
use store::Work;
use store::programmes::ReceivingLevel;

use crate::{Failure, Office, Outcome, require};

/// From which day on a level receives forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLevel {
    /// The level.
    pub level: UnitLevel,
    /// The first day; it holds until the next period begins.
    pub valid_from: NaiveDate,
    /// Why: the number of a decision.
    pub basis: String,
}

/// Says from which day on a level receives forms. Forms that were received stay where they are.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep programmes; [`Refusal::AlreadyExists`] when another begins that day.
pub async fn add_level(office: &Office, actor: &Actor, new: NewLevel) -> Outcome<()> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut work = office.database.begin().await?;
    let row =
        ReceivingLevel { id: ReceivingLevelId(office.id()), level: new.level, valid_from: new.valid_from, basis: new.basis };
    if !store::programmes::add_level(&mut work, &row).await? {
        return Err(Failure::field("valid_from", Refusal::AlreadyExists));
    }
    log(office, &mut work, actor, "receiving_level_added", &row).await?;
    Ok(work.commit().await?)
}

/// Takes such a statement back: the period before it goes on.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for those who do not keep programmes.
pub async fn remove_level(office: &Office, actor: &Actor, id: ReceivingLevelId) -> Outcome<()> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut work = office.database.begin().await?;
    let known = store::programmes::levels(&mut work).await?.into_iter().find(|level| level.id == id);
    let known = known.ok_or(Refusal::NotFound)?;
    if !store::programmes::remove_level(&mut work, id).await? {
        return Err(Refusal::NotFound.into());
    }
    log(office, &mut work, actor, "receiving_level_removed", &known).await?;
    Ok(work.commit().await?)
}

/// The log keeps it with the province, whose rule it is: the row itself may go.
async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, row: &ReceivingLevel) -> Outcome<()> {
    let province = store::reports::root(work, office.today()).await?.ok_or(Refusal::NotFound)?;
    let detail = json!({ "level": row.level, "from": row.valid_from, "basis": row.basis });
    Ok(office.log(work, Some(actor.account), verb, ("unit", province.0), &detail).await?)
}
