//! Who waits, as far as one may know.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::keeping_ends;
use domain::ids::{OrganisationId, RunId, WaitingId};
use domain::policy::{Action, may, may_somewhere};
use store::organisations::Organisation;
use store::runs::Run;
use store::waiting::{Entry, WaitingInRun};

use crate::{Office, Outcome, organisation_target, require, runs};

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Their place on the list.
    pub entry: Entry,
    /// The how manyth they are of those without an offer; none with one.
    pub place: Option<i64>,
    /// Whether the offer they have can still be answered.
    pub is_offered: bool,
    /// Whether the reader answers for them.
    pub answers: bool,
}

/// The waiting list of a run.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The run.
    pub run: Run,
    /// Who waits, in the order in which they are asked, as far as the reader may know.
    pub lines: Vec<Line>,
    /// Who left it lately; for who plans the run alone.
    pub left: Vec<Entry>,
    /// How many wait without an offer, all of them.
    pub waiting: i64,
    /// Whether the reader says who comes first.
    pub may_prioritise: bool,
    /// Whether the reader sees everybody.
    pub everybody: bool,
    /// Whether it moves: not once nothing of the run is kept any more.
    pub moves: bool,
}

/// The waiting list of a run: everybody for those who may see the run, else the people of one's own organisations.
///
/// # Errors
/// [`Refusal::NotFound`] for who sees neither.
pub async fn waiting(office: &Office, actor: &Actor, id: RunId) -> Outcome<Waiting> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, id).await?;
    let everybody = may(actor, Action::SeeRun, &target);
    if run.published_at.is_none() || (!everybody && !may_somewhere(actor, Action::SeePeople)) {
        return Err(Refusal::NotFound.into());
    }
    let now = office.now();
    let mut rights: BTreeMap<OrganisationId, (bool, bool)> = BTreeMap::new();
    let (mut lines, mut waiting) = (Vec::new(), 0);
    for mut entry in store::waiting::of_run(&mut records, id).await? {
        entry.expires_at = entry.expires_at.map(|end| end.min(run.keeping_ends()));
        let is_offered = entry.expires_at.is_some_and(|end| now < end);
        if entry.offer_id.is_some() && !is_offered {
            // Nobody has swept up yet what ran out a moment ago.
            continue;
        }
        let place = (!is_offered).then(|| {
            waiting += 1;
            waiting
        });
        let organisation = entry.organisation_id;
        let (seen, answers) = match rights.get(&organisation) {
            Some(known) => *known,
            None => {
                let (_, target) = organisation_target(&mut records, organisation).await?;
                let found = (may(actor, Action::SeePeople, &target), may(actor, Action::Enrol, &target));
                *rights.entry(organisation).or_insert(found)
            }
        };
        if everybody || seen {
            lines.push(Line { entry, place, is_offered, answers });
        }
    }
    let may_prioritise = may(actor, Action::PlanRun, &target);
    let left = if may_prioritise { store::waiting::left(&mut records, id).await? } else { Vec::new() };
    let moves = run.seats().open_now(office.today()).is_ok() && now < run.keeping_ends();
    Ok(Waiting { run, lines, left, waiting, may_prioritise, everybody, moves })
}

/// Who of an organisation waits for a seat anywhere.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope.
pub async fn of_organisation(office: &Office, actor: &Actor, id: OrganisationId) -> Outcome<Vec<WaitingInRun>> {
    let mut records = office.database.read().await?;
    let (_, target) = organisation_target(&mut records, id).await?;
    require(actor, Action::SeePeople, &target)?;
    let mut waits = store::waiting::of_organisation(&mut records, id, office.today()).await?;
    for one in &mut waits {
        let ends = keeping_ends(one.enrolment_deadline, one.begins_at);
        one.expires_at = one.expires_at.map(|end| end.min(ends));
    }
    // Nobody has swept up yet what ran out a moment ago.
    waits.retain(|one| one.expires_at.is_none_or(|end| office.now() < end));
    Ok(waits)
}

/// One place on a waiting list with its organisation and run, for those who may take it off.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn own(office: &Office, actor: &Actor, id: WaitingId) -> Outcome<(Entry, Organisation, Run)> {
    let mut records = office.database.read().await?;
    let entry = store::waiting::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (organisation, target) = organisation_target(&mut records, entry.organisation_id).await?;
    let (run, run_target) = runs::target(&mut records, entry.run_id).await?;
    if may(actor, Action::Enrol, &target) || may(actor, Action::PlanRun, &run_target) {
        Ok((entry, organisation, run))
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// Whether somebody says who comes first on the list that a place is on.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such place.
pub async fn may_prioritise(office: &Office, actor: &Actor, id: WaitingId) -> Outcome<bool> {
    let mut records = office.database.read().await?;
    let entry = store::waiting::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = runs::target(&mut records, entry.run_id).await?;
    Ok(may(actor, Action::PlanRun, &target))
}
