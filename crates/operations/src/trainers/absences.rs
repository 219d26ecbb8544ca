//! When a trainer is away.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{AbsenceId, PersonId};
use domain::trainers::AbsencePlan;
use serde_json::json;
use store::trainers::Absence;

use super::{known, require_times};
use crate::{Office, Outcome};

/// Notes days on which a trainer is away.
///
/// # Errors
/// [`Refusal::NotFound`] for who neither keeps the catalogue nor is the trainer; [`store::StoreError`].
pub async fn add_absence(office: &Office, actor: &Actor, id: PersonId, plan: &AbsencePlan) -> Outcome<AbsenceId> {
    require_times(actor, id)?;
    let mut work = office.database.begin().await?;
    known(office, &mut work, id).await?;
    // Whoever publishes a run holds its trainers: an absence comes before that or after, never unseen in between.
    store::trainers::lock(&mut work, id).await?;
    let absence = Absence {
        id: AbsenceId(office.id()),
        person_id: id,
        first_day: plan.first_day,
        last_day: plan.last_day,
        reason: plan.reason.clone(),
        withdrawn_at: None,
    };
    store::trainers::add_absence(&mut work, &absence, actor.account, office.now()).await?;
    // Why somebody is away is nobody's business in the log.
    let detail = json!({ "absence": absence.id, "first_day": plan.first_day, "last_day": plan.last_day });
    office.log(&mut work, Some(actor.account), "trainer_absence_added", ("person", id.0), &detail).await?;
    work.commit().await?;
    Ok(absence.id)
}

/// Takes an absence back; gives whose it was.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who neither keeps the catalogue nor is the trainer;
/// [`Refusal::ChangedMeanwhile`] when it was taken back already; [`store::StoreError`].
pub async fn withdraw_absence(office: &Office, actor: &Actor, id: AbsenceId) -> Outcome<PersonId> {
    let mut work = office.database.begin().await?;
    let absence = store::trainers::absence(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    require_times(actor, absence.person_id)?;
    store::trainers::lock(&mut work, absence.person_id).await?;
    if !store::trainers::withdraw_absence(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let detail = json!({ "absence": id });
    let subject = ("person", absence.person_id.0);
    office.log(&mut work, Some(actor.account), "trainer_absence_withdrawn", subject, &detail).await?;
    work.commit().await?;
    Ok(absence.person_id)
}
