//! The province's answer to a list, and the list that corrects a returned one.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ForwardingListId, RegistrationId};
use domain::lists::{ListState, check_ready};
use domain::policy::Action;
use domain::registrations::{REASON_LIMIT, Step};
use domain::text::paragraphs;
use store::forwarding::NewList;

use super::{Seen, compose, held, held_forms, log, step_all};
use crate::{Failure, Office, Outcome, notices};

/// Accepts a list: from here on its products can be decided on.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products; [`Refusal::ListNotWaiting`], [`Refusal::ChangedMeanwhile`].
pub async fn accept(office: &Office, actor: &Actor, seen: Seen) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::SelectProducts, seen).await?;
    if list.state() != ListState::Waiting {
        return Err(Refusal::ListNotWaiting.into());
    }
    if !store::forwarding::accept(&mut work, &list, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "list_accepted", list.id, 0).await?;
    Ok(work.commit().await?)
}

/// Returns a list: its forms go back to the unit, evaluated as they were.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products; [`Refusal::ReasonMissing`] and [`Refusal::TooLong`] of
/// `reason`; [`Refusal::ListNotWaiting`], [`Refusal::ChangedMeanwhile`].
pub async fn send_back(office: &Office, actor: &Actor, seen: Seen, reason: &str) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::SelectProducts, seen).await?;
    if list.state() != ListState::Waiting {
        return Err(Refusal::ListNotWaiting.into());
    }
    let reason = paragraphs(reason, REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    let forms = held_forms(&mut work, list.id).await?;
    if !store::forwarding::send_back(&mut work, &list, &reason, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    step_all(office, &mut work, actor, (list.id, &forms), (Step::Unlist, &reason)).await?;
    notices::list_returned(office, &mut work, &list, &reason).await?;
    log(office, &mut work, actor, "list_returned", list.id, forms.len()).await?;
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(())
}

/// Begins the list that replaces a returned one, with those of its forms that are still ready.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::ListNotWaiting`] unless it was returned;
/// [`Refusal::AlreadyExists`] when another replaces it already; [`Refusal::ChangedMeanwhile`].
pub async fn replace(office: &Office, actor: &Actor, seen: Seen) -> Outcome<ForwardingListId> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::ReviewRegistrations, seen).await?;
    if list.state() != ListState::Returned {
        return Err(Refusal::ListNotWaiting.into());
    }
    // Held, the returned list lets nobody else begin its replacement meanwhile.
    if list.replaced_by.is_some() {
        return Err(Refusal::AlreadyExists.into());
    }
    let mut ready: Vec<RegistrationId> = Vec::new();
    for form in held_forms(&mut work, list.id).await? {
        let is_free = store::forwarding::open_list_of(&mut work, form.id).await?.is_none();
        if is_free && check_ready(form.state, form.is_feasible).is_ok() {
            ready.push(form.id);
        }
    }
    let new = NewList { id: ForwardingListId(office.id()), year: list.year_id, unit: list.unit_id, replaces: Some(list.id) };
    store::forwarding::add(&mut work, new, actor.account, office.now()).await?;
    let replacement = store::forwarding::find(&mut work, new.id).await?.ok_or(Refusal::NotFound)?;
    compose::add(&mut work, actor, &replacement, &ready).await?;
    log(office, &mut work, actor, "list_begun", new.id, ready.len()).await?;
    work.commit().await?;
    Ok(new.id)
}
