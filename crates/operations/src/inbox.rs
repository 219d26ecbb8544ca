//! The inbox: what waits for somebody, by task, the longest waiting first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use domain::accounts::{Actor, Role};
use domain::inbox::{Task, rank, tasks};
use domain::policy::may_everywhere;
use store::Records;
use store::inbox::Whose;

pub use store::inbox::Waiting;

use crate::reports::days_of;
use crate::{Office, Outcome, people};

/// How much of each task is shown; more of it is behind a link.
const MOST: i64 = 10;

/// What waits for somebody.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// By task, the most pressing first; tasks without anything left out.
    pub groups: Vec<Group>,
    /// The day that ages and last days are measured against.
    pub today: NaiveDate,
}

/// What waits with one task.
#[derive(Debug, Clone)]
pub struct Group {
    /// What is to be done.
    pub task: Task,
    /// The longest waiting first, or what is lost first; ten at most.
    pub things: Vec<Waiting>,
    /// How many there are.
    pub total: i64,
}

impl Inbox {
    /// How many things wait.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.groups.iter().map(|group| group.total).sum()
    }
}

/// What waits for `actor`: only what their roles make a duty of theirs, within the scope of these.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn inbox(office: &Office, actor: &Actor) -> Outcome<Inbox> {
    let (today, tasks) = (office.today(), tasks(actor));
    let whose = Whose { account: actor.account, person: actor.person, today, most: MOST };
    let waits = |task: Task| tasks.contains(&task);
    let province = |task: Task| waits(task) && may_everywhere(actor, task.action());
    let mut records = office.database.read().await?;
    let mut found = Vec::new();
    if waits(Task::SendForm) {
        found.extend(store::inbox::forms_to_send(&mut records, &whose).await?);
    }
    if waits(Task::EnrolPeople) {
        let year = today.year();
        found.extend(store::inbox::open_runs(&mut records, &whose, year.into(), days_of(year)?).await?);
    }
    if waits(Task::AnswerInvitation) {
        found.extend(store::inbox::invitations(&mut records, &whose).await?);
    }
    if waits(Task::AnswerOffer) {
        found.extend(store::inbox::offers(&mut records, &whose, office.now()).await?);
    }
    if waits(Task::NameSeats) || waits(Task::DivideSeats) {
        let (names, divides) = (waits(Task::NameSeats), waits(Task::DivideSeats));
        found.extend(store::inbox::seats(&mut records, &whose, (names, divides), office.now()).await?);
    }
    if waits(Task::CheckForm) {
        found.extend(store::inbox::forms_to_review(&mut records, &whose).await?);
    }
    if waits(Task::ForwardList) || waits(Task::AnswerList) {
        found.extend(store::inbox::lists(&mut records, &whose, province(Task::AnswerList)).await?);
    }
    if province(Task::DecideProduct) {
        found.extend(store::inbox::selection(&mut records, &whose).await?);
    }
    if waits(Task::KeepRegister) {
        // Who plans runs is asked for their own.
        let (own, everywhere) = (waits(Task::PublishRun), province(Task::IssueCertificates));
        found.extend(store::inbox::runs(&mut records, &whose, own, everywhere, office.now()).await?);
    }
    if waits(Task::CompleteRequest) {
        found.extend(store::inbox::returned_requests(&mut records, &whose).await?);
    }
    if waits(Task::DecideRequests) {
        found.extend(store::inbox::requests(&mut records, &whose, province(Task::DecideRequests)).await?);
    }
    if waits(Task::CompareRecords) {
        found.extend(alike(office, &mut records, actor).await?);
    }
    let mut by_task: BTreeMap<Task, Vec<Waiting>> = BTreeMap::new();
    for thing in found {
        by_task.entry(thing.task).or_default().push(thing);
    }
    let group =
        |(task, things): (Task, Vec<Waiting>)| Group { task, total: things.first().map_or(0, |thing| thing.total), things };
    let mut groups: Vec<Group> = by_task.into_iter().map(group).collect();
    groups.sort_by_key(|group| {
        let things: Vec<_> = group.things.iter().map(|thing| (thing.since, thing.due)).collect();
        rank(group.task, &things, today)
    });
    Ok(Inbox { groups, today })
}

/// Records that are probably of one person, of which `actor` may say whether they are: those of the first page, since each is
/// judged by the rule, which no statement knows.
async fn alike(office: &Office, records: &mut impl Records, actor: &Actor) -> Outcome<Vec<Waiting>> {
    let pairs = people::pairs_to_decide(office, records, actor).await?;
    let total = i64::try_from(pairs.len()).unwrap_or(i64::MAX);
    let mut waiting = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let name = format!("{} · {}", pair.older.person.full_name, pair.newer.person.full_name);
        let since = store::people::known_since(records, pair.newer.person.id).await?;
        let places: BTreeSet<String> =
            pair.older.memberships.iter().chain(&pair.newer.memberships).map(|m| m.organisation_name.clone()).collect();
        waiting.push(Waiting {
            task: Task::CompareRecords,
            id: pair.newer.person.id.0,
            name_english: name.clone(),
            name,
            detail: places.into_iter().collect::<Vec<_>>().join("; "),
            year: None,
            amount: 1,
            since: since.unwrap_or_else(|| office.now()),
            due: None,
            until: None,
            total,
        });
    }
    waiting.sort_by_key(|thing| (thing.since, thing.id));
    waiting.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(waiting)
}

/// Whether nothing ever waits for somebody: managers look on.
#[must_use]
pub fn only_looks_on(actor: &Actor) -> bool {
    actor.grants.iter().all(|grant| grant.role == Role::Manager)
}
