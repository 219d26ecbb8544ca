//! What a unit does with a list at last: forwards it, or gives it up.

use domain::Refusal;
use domain::accounts::Actor;
use domain::lists::ListState;
use domain::policy::Action;
use domain::registrations::Step;

use super::{Seen, held, held_forms, log, step_all};
use crate::{Office, Outcome, notices};

/// Forwards a frozen list to the province, with its forms.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::ListNotWaiting`] unless it is frozen and was not forwarded;
/// [`Refusal::ChangedMeanwhile`].
pub async fn forward(office: &Office, actor: &Actor, seen: Seen) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::ReviewRegistrations, seen).await?;
    if list.state() != ListState::Frozen {
        return Err(Refusal::ListNotWaiting.into());
    }
    let forms = held_forms(&mut work, list.id).await?;
    if !store::forwarding::forward(&mut work, &list, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    step_all(office, &mut work, actor, (list.id, &forms), (Step::Forward, "")).await?;
    notices::list_forwarded(office, &mut work, &list).await?;
    log(office, &mut work, actor, "list_forwarded", list.id, forms.len()).await?;
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(())
}

/// Gives a list up that was not forwarded. The forms of a frozen one can be listed again; what was frozen is kept.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::ListForwarded`], [`Refusal::ChangedMeanwhile`].
pub async fn discard(office: &Office, actor: &Actor, seen: Seen) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::ReviewRegistrations, seen).await?;
    let forms = match list.state() {
        ListState::Draft => Vec::new(),
        ListState::Frozen => held_forms(&mut work, list.id).await?,
        ListState::Discarded => return Err(Refusal::ChangedMeanwhile.into()),
        ListState::Waiting | ListState::Accepted | ListState::Returned => return Err(Refusal::ListForwarded.into()),
    };
    if !store::forwarding::discard(&mut work, &list, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    step_all(office, &mut work, actor, (list.id, &forms), (Step::Unlist, "")).await?;
    log(office, &mut work, actor, "list_discarded", list.id, forms.len()).await?;
    Ok(work.commit().await?)
}
