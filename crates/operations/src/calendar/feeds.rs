//! Secret addresses of feeds: made and shown once, kept as a hash, revoked at will.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::{Actor, Language, Role};
use domain::calendar::{FeedKind, Part};
use domain::ids::{FeedId, OrganisationId};
use serde_json::json;
use store::feeds::Feed;

use super::{Calendar, feed_period, own};
use crate::certificates::hash;
use crate::limits::client_key;
use crate::{Office, Outcome};

/// A feed that somebody may have, and whether they have its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it gives.
    pub kind: FeedKind,
    /// The organisation whose people it tells of, with its name.
    pub organisation: Option<(OrganisationId, String)>,
    /// The address in use, and when it was made.
    pub in_use: Option<(FeedId, DateTime<Utc>)>,
}

/// An address that was just made: the only time its secret is in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it gives.
    pub kind: FeedKind,
    /// Its path: `/feeds/….ics`.
    pub path: String,
}

/// What a secret address gives to whoever holds it.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What it gives.
    pub kind: FeedKind,
    /// The name of the person or organisation it tells of.
    pub name: String,
    /// The language its owner reads.
    pub language: Language,
    /// The sessions.
    pub calendar: Calendar,
}

/// The feeds that `actor` may have: their own, what they teach, and one for each organisation they represent.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn offers(office: &Office, actor: &Actor) -> Outcome<Vec<Offer>> {
    let mut records = office.database.read().await?;
    let feeds = store::feeds::of_account(&mut records, actor.account).await?;
    let offer = |kind, organisation: Option<(OrganisationId, String)>| {
        let id = organisation.as_ref().map(|(id, _)| *id);
        let in_use = feeds.iter().find(|feed| feed.kind == kind && feed.organisation_id == id);
        Offer { kind, organisation, in_use: in_use.map(|feed| (feed.id, feed.created_at)) }
    };
    let mut offers = vec![offer(FeedKind::Person, None)];
    if actor.is(Role::Trainer) {
        offers.push(offer(FeedKind::Teaching, None));
    }
    for id in actor.organisations() {
        if let Some(organisation) = store::organisations::find(&mut records, id).await? {
            offers.push(offer(FeedKind::Organisation, Some((id, organisation.name))));
        }
    }
    Ok(offers)
}

/// Makes an address for a feed that `actor` may have. The one in use until now stops working.
///
/// # Errors
/// [`Refusal::NotFound`] for a feed that they may not have.
pub async fn make_feed(office: &Office, actor: &Actor, kind: FeedKind, organisation: Option<OrganisationId>) -> Outcome<Made> {
    if !may_have(actor, kind, organisation) {
        return Err(Refusal::NotFound.into());
    }
    let (secret, now) = (office.secret(), office.now());
    let mut work = office.database.begin().await?;
    store::feeds::lock(&mut work, actor.account).await?;
    for old in store::feeds::of_account(&mut work, actor.account).await? {
        if old.kind == kind && old.organisation_id == organisation {
            store::feeds::revoke(&mut work, old.id, now).await?;
        }
    }
    let feed = Feed {
        id: FeedId(office.id()),
        account_id: actor.account,
        kind,
        organisation_id: organisation,
        organisation_name: None,
        created_at: now,
    };
    store::feeds::add(&mut work, &feed, &hash(secret.as_bytes())).await?;
    log(office, &mut work, actor, "feed_made", kind).await?;
    work.commit().await?;
    Ok(Made { kind, path: format!("/feeds/{secret}.ics") })
}

/// Revokes an address of `actor`'s own.
///
/// # Errors
/// [`Refusal::NotFound`] for one that is not theirs or not in use.
pub async fn revoke_feed(office: &Office, actor: &Actor, id: FeedId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::feeds::lock(&mut work, actor.account).await?;
    let feeds = store::feeds::of_account(&mut work, actor.account).await?;
    let feed = feeds.into_iter().find(|feed| feed.id == id).ok_or(Refusal::NotFound)?;
    store::feeds::revoke(&mut work, id, office.now()).await?;
    log(office, &mut work, actor, "feed_revoked", feed.kind).await?;
    work.commit().await?;
    Ok(())
}

/// What a secret address gives, for whoever asks from `address`. It gives nothing any more once its owner may not see
/// it: their account was closed, or they represent the organisation no longer.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown or revoked one, [`Refusal::TooManyAttempts`] for who has guessed too often.
pub async fn of_secret(office: &Office, address: IpAddr, secret: &str) -> Outcome<Secret> {
    let client = client_key(address);
    office.limits.look_ups.take(&client, office.now())?;
    let mut records = office.database.read().await?;
    let feed = store::feeds::by_hash(&mut records, &hash(secret.as_bytes())).await?.ok_or(Refusal::NotFound)?;
    let owner = store::accounts::actor(&mut records, feed.account_id, office.today()).await?.ok_or(Refusal::NotFound)?;
    let account = store::accounts::find(&mut records, feed.account_id).await?.ok_or(Refusal::NotFound)?;
    drop(records);
    if !may_have(&owner, feed.kind, feed.organisation_id) {
        return Err(Refusal::NotFound.into());
    }
    office.limits.look_ups.give_back(&client);

    let mut calendar = own::of(office, &owner, feed_period(office), feed.organisation_id).await?;
    let wanted: &[Part] = match feed.kind {
        FeedKind::Person => &[Part::Teaching, Part::Attending],
        FeedKind::Teaching => &[Part::Teaching],
        FeedKind::Organisation => &[Part::Organisation],
    };
    let Calendar { sessions, parts, .. } = &mut calendar;
    sessions.retain(|session| parts.get(&session.id).is_some_and(|parts| parts.iter().any(|part| wanted.contains(part))));
    if feed.kind != FeedKind::Organisation {
        calendar.sent.clear();
    }
    let name = feed.organisation_name.unwrap_or(owner.name);
    Ok(Secret { kind: feed.kind, name, language: account.language, calendar })
}

fn may_have(actor: &Actor, kind: FeedKind, organisation: Option<OrganisationId>) -> bool {
    match (kind, organisation) {
        (FeedKind::Person, None) => true,
        (FeedKind::Teaching, None) => actor.is(Role::Trainer),
        (FeedKind::Organisation, Some(id)) => actor.organisations().any(|organisation| organisation == id),
        _ => false,
    }
}

async fn log(office: &Office, work: &mut store::Work, actor: &Actor, verb: &str, kind: FeedKind) -> Outcome<()> {
    let detail = json!({ "kind": kind });
    Ok(office.log(work, Some(actor.account), verb, ("account", actor.account.0), &detail).await?)
}
