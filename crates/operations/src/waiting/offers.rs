//! Answering an offer: by the link of a letter, by its code, or on a screen. Whatever the way, it is one deed.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{AccountId, OfferId, RunId};
use domain::policy::Action;
use domain::requests::StepKind;
use domain::waiting::{Answer, Departure, Way};
use serde_json::json;
use store::runs::{Run, Session};
use store::waiting::{Entry, Offer};
use store::{Records, Work};

use super::{promote, secrets};
use crate::enrolments::{ATTEMPTS, Right, Taking, is_worth_another_try, take};
use crate::limits::client_key;
use crate::{Office, Outcome, organisation_target, requests, require};

/// The longest that a short code is typed; what is longer is the secret of a link.
const CODE_LIMIT: usize = 12;

/// How long a short code still finds its offer once that was answered. Long enough for a second tap, and for a page that did
/// not load the first time; and no longer, since a code is short enough to be hit by chance: of all offers that there ever
/// were, a guess can hit the open ones and those of the last hour alone. No two offers ever have one code.
const CODE_ANSWERED: Duration = Duration::hours(1);

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be answered.
    Open,
    /// Nobody answered in time.
    Expired,
    /// It was answered, or taken back.
    Answered(Answer),
}

impl Standing {
    /// Where an offer of a seat of `run` stands: it expires with its time, and once nothing of the run is kept any more.
    fn of(offer: &Offer, run: &Run, now: DateTime<Utc>) -> Standing {
        match offer.answer {
            Some(Answer::Expired) => Standing::Expired,
            Some(answer) => Standing::Answered(answer),
            None if now < offer.expires_at.min(run.keeping_ends()) => Standing::Open,
            None => Standing::Expired,
        }
    }
}

/// A seat that is held for somebody, as whoever has its secret sees it.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The offer.
    pub offer: Offer,
    /// For whom.
    pub entry: Entry,
    /// The run.
    pub run: Run,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Where the offer stands.
    pub standing: Standing,
}

/// The offer with this secret or code, however it was typed.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::TooManyAttempts`].
pub async fn offered(office: &Office, client: IpAddr, typed: &str) -> Outcome<Offered> {
    let (mut offer, _) = find(office, client, typed).await?;
    let mut records = office.database.read().await?;
    let entry = store::waiting::find(&mut records, offer.entry_id).await?.ok_or(Refusal::LinkNotValid)?;
    let run = store::runs::find(&mut records, entry.run_id).await?.ok_or(Refusal::LinkNotValid)?;
    let sessions = store::runs::sessions(&mut records, run.id).await?;
    let standing = Standing::of(&offer, &run, office.now());
    offer.expires_at = offer.expires_at.min(run.keeping_ends());
    Ok(Offered { offer, entry, run, sessions, standing })
}

/// Answers the offer with this secret or code. The same answer twice is one: by the link always, by the code within an hour.
///
/// # Errors
/// [`Refusal::LinkNotValid`], [`Refusal::TooManyAttempts`]; [`Refusal::OfferExpired`]; [`Refusal::OfferAnswered`] when it
/// was answered otherwise; what keeps the person out of the run, as [`crate::enrolments::enrol`] says it.
pub async fn answer(office: &Office, client: IpAddr, typed: &str, accepts: bool) -> Outcome<RunId> {
    let (offer, way) = find(office, client, typed).await?;
    settle(office, offer.id, accepts, way, None).await
}

/// Answers an offer for somebody of an organisation that one acts for.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; as [`answer`].
pub async fn answer_on_screen(office: &Office, actor: &Actor, id: OfferId, accepts: bool) -> Outcome<RunId> {
    let mut records = office.database.read().await?;
    let offer = store::waiting::find_offer(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let entry = store::waiting::find(&mut records, offer.entry_id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = organisation_target(&mut records, entry.organisation_id).await?;
    require(actor, Action::Enrol, &target)?;
    drop(records);
    settle(office, id, accepts, Way::Screen, Some(actor.account)).await
}

/// Gives an offer another short code, to be told over the telephone or handed out: the one before holds no more, the link
/// still does. It is shown once.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::OfferExpired`], [`Refusal::OfferAnswered`].
pub async fn new_code(office: &Office, actor: &Actor, id: OfferId) -> Outcome<(String, Entry)> {
    let mut work = office.database.begin().await?;
    let offer = store::waiting::find_offer(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let entry = store::waiting::find(&mut work, offer.entry_id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = organisation_target(&mut work, entry.organisation_id).await?;
    require(actor, Action::Enrol, &target)?;
    store::runs::lock(&mut work, entry.run_id).await?;
    let offer = store::waiting::find_offer(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let run = store::runs::find(&mut work, entry.run_id).await?.ok_or(Refusal::NotFound)?;
    match Standing::of(&offer, &run, office.now()) {
        Standing::Open => {}
        Standing::Expired => return Err(Refusal::OfferExpired.into()),
        Standing::Answered(_) => return Err(Refusal::OfferAnswered.into()),
    }
    let code = secrets::code(office);
    store::waiting::new_code(&mut work, id, &secrets::hash(&code)).await?;
    let detail = json!({ "offer": id });
    office.log(&mut work, Some(actor.account), "offer_code_made", ("run", entry.run_id.0), &detail).await?;
    work.commit().await?;
    Ok((code, entry))
}

/// The offer of a secret or code, and which of both it was. Guesses are counted.
async fn find(office: &Office, client: IpAddr, typed: &str) -> Outcome<(Offer, Way)> {
    let client = client_key(client);
    office.limits.by_address.take(&client, office.now())?;
    let mut records = office.database.read().await?;
    let hash = secrets::hash(typed);
    let found = if typed.trim().chars().count() <= CODE_LIMIT {
        store::waiting::offer_of_code(&mut records, &hash, office.now() - CODE_ANSWERED).await?.map(|offer| (offer, Way::Code))
    } else {
        store::waiting::offer_of_secret(&mut records, &hash).await?.map(|offer| (offer, Way::Link))
    };
    let found = found.ok_or(Refusal::LinkNotValid)?;
    office.limits.by_address.give_back(&client);
    Ok(found)
}

/// The one path on which an offer is answered. It is tried again where the database gave up for others' sake: who declines may
/// stand on two lists, and both move.
async fn settle(office: &Office, id: OfferId, accepts: bool, way: Way, by: Option<AccountId>) -> Outcome<RunId> {
    for _ in 1..ATTEMPTS {
        let outcome = attempt(office, id, accepts, way, by).await;
        if !is_worth_another_try(&outcome) {
            return outcome;
        }
    }
    attempt(office, id, accepts, way, by).await
}

async fn attempt(office: &Office, id: OfferId, accepts: bool, way: Way, by: Option<AccountId>) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let (_, entry) = read(&mut work, id).await?;
    store::runs::lock(&mut work, entry.run_id).await?;
    let (offer, entry) = read(&mut work, id).await?;
    let run = store::runs::find(&mut work, entry.run_id).await?.ok_or(Refusal::NotFound)?;
    let wanted = if accepts { Answer::Accepted } else { Answer::Declined };
    match Standing::of(&offer, &run, office.now()) {
        Standing::Answered(answer) if answer == wanted => return Ok(entry.run_id),
        Standing::Answered(_) => return Err(Refusal::OfferAnswered.into()),
        Standing::Expired => return Err(Refusal::OfferExpired.into()),
        Standing::Open => {}
    }
    if accepts {
        accept(office, &mut work, id, &entry, way, by).await?;
    } else {
        decline(office, &mut work, id, &entry, way, by).await?;
    }
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(entry.run_id)
}

async fn read(records: &mut impl Records, id: OfferId) -> Outcome<(Offer, Entry)> {
    let offer = store::waiting::find_offer(records, id).await?.ok_or(Refusal::NotFound)?;
    let entry = store::waiting::find(records, offer.entry_id).await?.ok_or(Refusal::NotFound)?;
    Ok((offer, entry))
}

async fn accept(office: &Office, work: &mut Work, id: OfferId, entry: &Entry, way: Way, by: Option<AccountId>) -> Outcome<()> {
    let organisation = store::organisations::find(work, entry.organisation_id).await?.ok_or(Refusal::NotFound)?;
    let members = store::people::members(work, organisation.id, office.today()).await?;
    let member = members.into_iter().find(|member| member.person.id == entry.person_id).ok_or(Refusal::NotFound)?;
    let taking = Taking {
        run: entry.run_id,
        organisation: &organisation,
        people: vec![member],
        source: entry.source,
        // Who put them on the list answers for it where nobody is signed in.
        by: by.unwrap_or(entry.queued_by),
        right: Right::Offer { id, way, by },
    };
    take(office, work, taking).await?;
    Ok(())
}

async fn decline(office: &Office, work: &mut Work, id: OfferId, entry: &Entry, way: Way, by: Option<AccountId>) -> Outcome<()> {
    let now = office.now();
    if !store::waiting::answer(work, id, (Answer::Declined, Some(way)), by, None, now).await? {
        return Err(Refusal::OfferAnswered.into());
    }
    store::waiting::leave(work, entry.id, Departure::Declined, "", by, now).await?;
    requests::not_taken(office, work, entry, StepKind::Declined, by).await?;
    let detail = json!({ "offer": id, "way": way });
    office.log(work, by, "offer_declined", ("run", entry.run_id.0), &detail).await?;
    promote(office, work, entry.run_id).await?;
    Ok(())
}
