//! Somebody's own calendar: what they teach, attend, send people to, and what is held in their unit.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, RunId};
use store::calendar::Whose;

use super::Calendar;
use crate::{Office, Outcome};

/// The own calendar of `actor` from a day to before another, with why each session stands there.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn own(office: &Office, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Outcome<Calendar> {
    of(office, actor, (from, to), None).await
}

/// The same, of the organisations that `actor` represents with one alone when it is given.
pub(super) async fn of(
    office: &Office,
    actor: &Actor,
    (from, to): (NaiveDate, NaiveDate),
    organisation: Option<OrganisationId>,
) -> Outcome<Calendar> {
    let whose = Whose { from, to, person: actor.person, account: actor.account, today: office.today(), organisation };
    let mut records = office.database.read().await?;
    let sessions = store::calendar::own_sessions(&mut records, &whose).await?;
    let parts = sessions.iter().map(|own| (own.session.id, own.parts().collect())).collect();
    let mut sent: BTreeMap<RunId, Vec<String>> = BTreeMap::new();
    for (run, name) in store::calendar::sent(&mut records, &whose).await? {
        sent.entry(run).or_default().push(name);
    }
    let calendar = Calendar::of(
        store::calendar::own_runs(&mut records, &whose).await?,
        sessions.into_iter().map(|own| own.session).collect(),
        store::calendar::own_trainers(&mut records, &whose).await?,
    );
    Ok(Calendar { parts, sent, ..calendar })
}
