//! People who are probably one, put before somebody with what speaks for it.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{DistinctId, PersonId};
use domain::people::{CitizenId, Evidence, Nearness, PhoneNumber, Verdict};
use domain::policy::{Action, Keeping, may_everywhere, may_somewhere};
use serde_json::json;
use store::Records;
use store::people::duplicates::{Apart, Asking};
use store::people::merging;
use store::people::{Membership, Person};

use super::find_or_add::known;
use super::keep::{keeping, require_whole, tell_what_is_kept};
use super::numbers;
use crate::{Office, Outcome};

/// How many pairs stand on a page.
const PAGE: usize = 20;

/// One of two people side by side.
#[derive(Debug, Clone)]
pub struct Card {
    /// The person.
    pub person: Person,
    /// Their citizen number, masked.
    pub masked: Option<String>,
    /// Where they belong today.
    pub memberships: Vec<Membership>,
    /// Whether the actor keeps all of this person. Of another one only what both have in common is to be shown.
    pub is_kept: bool,
}

/// Two people who are probably one.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The record that is newer.
    pub newer: Card,
    /// The record that is older.
    pub older: Card,
    /// What they have in common, and what not.
    pub evidence: Evidence,
}

impl Pair {
    /// Whether the actor may say what the two are: who keeps both.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.newer.is_kept && self.older.is_kept
    }
}

/// A page of pairs.
#[derive(Debug, Clone)]
pub struct Duplicates {
    /// The pairs, the newest record first.
    pub pairs: Vec<Pair>,
    /// The pair after which the next page begins; none on the last one.
    pub next: Option<(PersonId, PersonId)>,
    /// Pairs that were told apart of late, which can be taken back.
    pub apart: Vec<Apart>,
}

/// Pairs of people who are probably one, of those the actor keeps one of, after a pair of another page.
///
/// # Errors
/// [`Refusal::NotFound`] for who keeps nobody; [`store::StoreError::Database`].
pub async fn duplicates(office: &Office, actor: &Actor, after: Option<(PersonId, PersonId)>) -> Outcome<Duplicates> {
    if !may_somewhere(actor, Action::KeepPeople) {
        return Err(Refusal::NotFound.into());
    }
    let asking = asking(office, actor, Action::KeepPeople);
    let mut records = office.database.read().await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = store::people::duplicates::pairs(&mut records, asking, after, limit).await?;
    let is_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().copied().filter(|_| is_more);
    let pairs = judged(office, &mut records, actor, found).await?;
    Ok(Duplicates { pairs, next, apart: store::people::duplicates::apart(&mut records, asking).await? })
}

/// Pairs that the rule, with everything that is known, takes for probably one. The statement finds them by index.
async fn judged(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    found: Vec<(PersonId, PersonId)>,
) -> Outcome<Vec<Pair>> {
    let mut pairs = Vec::with_capacity(found.len());
    for (newer, older) in found {
        let pair = lay_out(office, records, actor, newer, older).await?;
        pairs.extend(pair.filter(|pair| pair.evidence.verdict() != Verdict::Different));
    }
    Ok(pairs)
}

/// The pairs of the first page of which the actor may say what the two are, without those of who keeps the whole province:
/// they are looked for when somebody asks.
pub(crate) async fn pairs_to_decide(office: &Office, records: &mut impl Records, actor: &Actor) -> Outcome<Vec<Pair>> {
    let asking = asking(office, actor, Action::KeepPeople);
    if asking.everywhere {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let found = store::people::duplicates::pairs(records, asking, None, limit).await?;
    let mut pairs = judged(office, records, actor, found).await?;
    pairs.retain(Pair::may_decide);
    Ok(pairs)
}

/// Who asks, for statements that narrow by scope.
pub(super) fn asking(office: &Office, actor: &Actor, action: Action) -> Asking {
    Asking { everywhere: may_everywhere(actor, action), account: actor.account, today: office.today() }
}

/// Two people side by side; none when one of them is not there.
pub(super) async fn lay_out(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    newer: PersonId,
    older: PersonId,
) -> Outcome<Option<Pair>> {
    let (Some(newer), Some(older)) = (store::people::find(records, newer).await?, store::people::find(records, older).await?)
    else {
        return Ok(None);
    };
    let (left, right) = (numbers::open(office, &newer), numbers::open(office, &older));
    let (newer, older) = (card(office, records, actor, newer).await?, card(office, records, actor, older).await?);
    let place = nearness(records, &newer.memberships, &older.memberships).await?;
    let evidence = Evidence::of(&known(&newer.person, left.as_ref()), &known(&older.person, right.as_ref()), place);
    Ok(Some(Pair { newer, older, evidence }))
}

async fn card(office: &Office, records: &mut impl Records, actor: &Actor, person: Person) -> Outcome<Card> {
    let memberships = store::people::memberships(records, person.id, office.today()).await?;
    let is_kept = keeping(office, records, actor, person.id).await? == Keeping::Whole;
    let masked = numbers::open(office, &person).map(|number| number.masked());
    Ok(Card { person, masked, memberships, is_kept })
}

async fn nearness(records: &mut impl Records, left: &[Membership], right: &[Membership]) -> Outcome<Nearness> {
    let mut nearest = Nearness::Elsewhere;
    for one in left {
        for other in right {
            if one.organisation_id == other.organisation_id {
                return Ok(Nearness::Organisation);
            }
            let one = store::organisations::find(records, one.organisation_id).await?;
            let other = store::organisations::find(records, other.organisation_id).await?;
            if one.map(|organisation| organisation.unit_id) == other.map(|organisation| organisation.unit_id) {
                nearest = Nearness::Unit;
            }
        }
    }
    Ok(nearest)
}

/// Remembers that two people are two: the pair is not shown again.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor does not keep both, or they are one; [`Refusal::AlreadyExists`] when it was said
/// already; [`store::StoreError::Database`].
pub async fn tell_apart(office: &Office, actor: &Actor, one: PersonId, other: PersonId) -> Outcome<DistinctId> {
    let mut work = office.database.begin().await?;
    require_both(office, &mut work, actor, one, other).await?;
    merging::lock(&mut work, one, other).await?;
    require_both(office, &mut work, actor, one, other).await?;
    if merging::told_apart(&mut work, one, other).await?.is_some() {
        return Err(Refusal::AlreadyExists.into());
    }
    let id = DistinctId(office.id());
    merging::tell_apart(&mut work, id, (one, other), actor.account, office.now()).await?;
    let detail = json!({ "distinct": id, "other": other });
    office.log(&mut work, Some(actor.account), "people_told_apart", ("person", one.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Takes back that two people are two.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor does not keep both, or it was taken back; [`store::StoreError::Database`].
pub async fn take_back(office: &Office, actor: &Actor, id: DistinctId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let (one, other) = merging::apart(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    require_both(office, &mut work, actor, one, other).await?;
    if !merging::take_back(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::NotFound.into());
    }
    let detail = json!({ "distinct": id, "other": other });
    office.log(&mut work, Some(actor.account), "told_apart_taken_back", ("person", one.0), &detail).await?;
    work.commit().await?;
    Ok(())
}

/// Both people, when the actor keeps both and they are two.
pub(super) async fn require_both(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    one: PersonId,
    other: PersonId,
) -> Outcome<(Person, Person)> {
    if one == other {
        return Err(Refusal::NotFound.into());
    }
    Ok((require_whole(office, records, actor, one).await?, require_whole(office, records, actor, other).await?))
}

/// The people whose name holds `wanted`, in any form of writing, or who have this telephone number or citizen number, of
/// those the actor may see; 100 at most. Of whom the actor keeps only a part, nothing but the name is told.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor may see none at all; [`store::StoreError::Database`].
pub async fn search(office: &Office, actor: &Actor, wanted: &str) -> Outcome<Vec<Person>> {
    if !may_somewhere(actor, Action::SeePeople) {
        return Err(Refusal::NotFound.into());
    }
    let wanted = domain::text::normalise(wanted);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let phone = wanted.parse::<PhoneNumber>().ok();
    // Only who keeps people may look for a number: to others an answer would tell whose it is.
    let number = may_somewhere(actor, Action::KeepPeople)
        .then(|| wanted.parse::<CitizenId>().ok())
        .flatten()
        .map(|number| office.keys.index(&number));
    let asking = asking(office, actor, Action::SeePeople);
    let mut records = office.database.read().await?;
    let phone = phone.as_ref().map(PhoneNumber::as_str);
    let mut found = store::people::duplicates::search(&mut records, asking, &wanted, phone, number.as_deref()).await?;
    for person in found.iter_mut().filter(|_| !asking.everywhere) {
        tell_what_is_kept(office, &mut records, actor, person).await?;
    }
    Ok(found)
}
