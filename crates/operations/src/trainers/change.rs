//! What is known of a trainer, and when they can be asked.

use domain::accounts::Actor;
use domain::ids::PersonId;
use domain::policy::{Action, Target};
use domain::runs::HalfDay;
use domain::trainers::{TrainerPlan, WeeklyHalfDay};
use serde_json::json;

use super::{known, require_courses, require_times};
use crate::{Office, Outcome, require};

/// Says who employs a trainer, what they are, which courses they are qualified for, and what else there is to note.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who does not keep the catalogue and for who is no trainer;
/// [`domain::Refusal::NotAChoice`] of `courses`; [`store::StoreError`].
pub async fn change(office: &Office, actor: &Actor, id: PersonId, plan: &TrainerPlan) -> Outcome<()> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    known(office, &mut work, id).await?;
    require_courses(&mut work, &plan.courses).await?;
    store::trainers::lock(&mut work, id).await?;
    let said = (plan.employer.as_str(), plan.rank.as_str(), plan.note.as_str());
    store::trainers::set(&mut work, id, said, actor.account, office.now()).await?;
    store::trainers::set_courses(&mut work, id, &plan.courses).await?;
    let detail = json!({ "employer": plan.employer, "rank": plan.rank, "courses": plan.courses });
    office.log(&mut work, Some(actor.account), "trainer_changed", ("person", id.0), &detail).await?;
    Ok(work.commit().await?)
}

/// Says on which half-days of a week a trainer can be asked; none means at all times.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who neither keeps the catalogue nor is the trainer; [`store::StoreError`].
pub async fn set_half_days(office: &Office, actor: &Actor, id: PersonId, half_days: &[WeeklyHalfDay]) -> Outcome<()> {
    require_times(actor, id)?;
    let mut work = office.database.begin().await?;
    known(office, &mut work, id).await?;
    store::trainers::lock(&mut work, id).await?;
    let numbered: Vec<(i64, HalfDay)> =
        half_days.iter().map(|(day, half_day)| (i64::from(day.number_from_monday()), *half_day)).collect();
    store::trainers::set_half_days(&mut work, id, &numbered, actor.account, office.now()).await?;
    let detail = json!({ "half_days": numbered.iter().map(|(day, half)| format!("{day} {half}")).collect::<Vec<_>>() });
    office.log(&mut work, Some(actor.account), "trainer_half_days_set", ("person", id.0), &detail).await?;
    Ok(work.commit().await?)
}
