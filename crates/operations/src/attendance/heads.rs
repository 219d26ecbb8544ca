//! Heads that are counted where names will never be known: women and men of a session, the last count holds.

use std::collections::HashMap;

use domain::accounts::Actor;
use domain::ids::{HeadCountId, RunId, SessionId};
use domain::walk_ins::Heads;
use serde_json::json;
use store::Records;

use super::hold;
use crate::{Office, Outcome};

/// Says how many women and men were in a session besides those whose names are known. What holds already changes nothing; a
/// correction replaces the count before it, which stays.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when there is no such session or `actor` may not mark it; what
/// [`domain::attendance::register_open`] refuses; [`domain::Refusal::SessionCancelled`].
pub async fn count_heads(office: &Office, actor: &Actor, session: SessionId, heads: Heads) -> Outcome<()> {
    let mut records = office.database.read().await?;
    super::session(&mut records, actor, session).await?;
    drop(records);
    let mut work = office.database.begin().await?;
    hold(office, &mut work, session).await?;
    let known = store::head_counts::current(&mut work, session).await?;
    if known.as_ref().map(|known| known.heads()).unwrap_or_default() == heads {
        return Ok(());
    }
    let replaces = known.map(|known| known.id);
    let by = (actor.account, office.now());
    store::head_counts::add(&mut work, HeadCountId(office.id()), session, heads, by, replaces).await?;
    office.log(&mut work, Some(actor.account), "heads_counted", ("session", session.0), &json!(heads)).await?;
    work.commit().await?;
    Ok(())
}

/// The heads that were counted in the sessions of a run.
pub(super) async fn of_run(records: &mut impl Records, run: RunId) -> Outcome<HashMap<SessionId, Heads>> {
    let known = store::head_counts::of_run(records, run).await?;
    Ok(known.into_iter().map(|count| (count.session_id, count.heads())).collect())
}
