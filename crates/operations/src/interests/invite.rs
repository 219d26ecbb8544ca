//! Inviting organisations that asked for a course to a run of it.

use std::collections::BTreeSet;

use domain::accounts::Actor;
use domain::ids::{InterestId, OrganisationId, RunId, UnitId};
use domain::interests::Standing;
use domain::policy::Action;
use domain::runs::RunState;
use domain::{Faults, Refusal};
use serde_json::json;
use store::interests::{Interest, Invited, Which};
use store::runs::Run;
use store::{Records, Work};

use super::{Asked, which};
use crate::{Office, Outcome, enrolments, notices, require, runs};

/// An organisation that asked for the course of a run.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its wish.
    pub wish: Interest,
    /// Why inviting it would be in vain.
    pub refusal: Option<Refusal>,
}

/// Who was invited to a run, and who could be.
#[derive(Debug, Clone)]
pub struct Invitations {
    /// The run.
    pub run: Run,
    /// Who was invited, by name.
    pub invited: Vec<Invited>,
    /// Whose wish for the course is open and who was not invited, by unit and name.
    pub candidates: Vec<Candidate>,
    /// Why nobody can be invited any more.
    pub closed: Option<Refusal>,
}

/// Whom to invite to a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteCommand {
    /// The run.
    pub run: RunId,
    /// Those with these wishes.
    pub interests: Vec<InterestId>,
    /// And all in this unit that can be.
    pub unit: Option<UnitId>,
}

/// Who was invited to a run and who could be, for those who plan it and see the demand.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn invitations(office: &Office, actor: &Actor, run: RunId) -> Outcome<Invitations> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    require(actor, Action::PlanRun, &target)?;
    let which = which(office, &mut records, actor, Asked { course: Some(run.course_id), unit: None }).await?;
    let invited = store::interests::invited(&mut records, run.id).await?;
    let candidates = candidates(&mut records, &which, &run, &invited).await?;
    let closed = open(&run, office.today()).err();
    Ok(Invitations { run, invited, candidates, closed })
}

/// Invites organisations; gives how many were. When the run is published their representatives get a letter at once, else
/// on publication; never twice.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not plan the run; [`Refusal::RunCancelled`], [`Refusal::RunClosed`],
/// [`Refusal::DeadlinePassed`]; [`Refusal::NothingChosen`]; [`Refusal::ChangedMeanwhile`] when one of the wishes is not
/// open any more, or was never seen by the actor; what keeps one of them out of the run.
pub async fn invite(office: &Office, actor: &Actor, command: &InviteCommand) -> Outcome<usize> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, command.run).await?;
    let (run, target) = runs::target(&mut work, command.run).await?;
    require(actor, Action::PlanRun, &target)?;
    let which = which(office, &mut work, actor, Asked { course: Some(run.course_id), unit: None }).await?;
    open(&run, office.today())?;
    let before = store::interests::invited(&mut work, run.id).await?;
    let candidates = candidates(&mut work, &which, &run, &before).await?;
    let chosen = choose(command, &candidates, &before)?;

    let now = office.now();
    let mut invited = BTreeSet::new();
    for wish in chosen {
        if store::interests::invite(&mut work, run.id, wish, actor.account, now).await? {
            invited.insert(wish.organisation_id);
        }
    }
    let detail = json!({ "organisations": invited });
    office.log(&mut work, Some(actor.account), "organisations_invited", ("run", run.id.0), &detail).await?;
    if run.state() == RunState::Published {
        notices::run_invited(office, &mut work, &run, &invited).await?;
    }
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(invited.len())
}

/// Tells everybody who was invited to a run that it is published now.
pub(crate) async fn tell_invited(office: &Office, work: &mut Work, run: &Run) -> Outcome<()> {
    let invited: BTreeSet<OrganisationId> =
        store::interests::invited(work, run.id).await?.into_iter().map(|known| known.organisation_id).collect();
    if invited.is_empty() { Ok(()) } else { notices::run_invited(office, work, run, &invited).await }
}

/// Whether anybody was invited to a run: its course is what they asked for.
pub(crate) async fn has_invitations(records: &mut impl Records, run: RunId) -> Outcome<bool> {
    Ok(!store::interests::invited(records, run).await?.is_empty())
}

/// Whether a run takes invitations: a draft does, and a published one while people can enrol.
fn open(run: &Run, today: chrono::NaiveDate) -> Result<(), Refusal> {
    match run.state() {
        RunState::Cancelled => Err(Refusal::RunCancelled),
        RunState::Closed => Err(Refusal::RunClosed),
        RunState::Draft | RunState::Published if today > run.enrolment_deadline => {
            Err(Refusal::DeadlinePassed { deadline: run.enrolment_deadline })
        }
        RunState::Draft | RunState::Published => Ok(()),
    }
}

/// Open wishes for the course of a run of those who were not invited, each with what would keep it out of the run.
async fn candidates<R: Records>(records: &mut R, which: &Which, run: &Run, invited: &[Invited]) -> Outcome<Vec<Candidate>> {
    let wishes = store::interests::live(records, which).await?;
    let eligibility = enrolments::eligibilities(records, run).await?;
    let is_new = |wish: &Interest| {
        wish.standing() == Standing::Open && invited.iter().all(|known| known.organisation_id != wish.organisation_id)
    };
    let candidate = |wish: Interest| {
        let audience = if wish.organisation_kind.belongs_to(run.audience) { Ok(()) } else { Err(Refusal::WrongAudience) };
        let refusal = audience.and_then(|()| eligibility(wish.organisation_id).admit()).err();
        Candidate { wish, refusal }
    };
    Ok(wishes.into_iter().filter(is_new).map(candidate).collect())
}

fn choose<'c>(command: &InviteCommand, candidates: &'c [Candidate], before: &[Invited]) -> Outcome<Vec<&'c Interest>> {
    let mut faults = Faults::default();
    let mut chosen: Vec<&Interest> = Vec::new();
    for id in &command.interests {
        match candidates.iter().find(|candidate| candidate.wish.id == *id) {
            Some(Candidate { wish, refusal: None }) => chosen.push(wish),
            Some(Candidate { refusal: Some(refusal), .. }) => faults.add(format!("interest.{id}"), refusal.clone()),
            None => return Err(Refusal::ChangedMeanwhile.into()),
        }
    }
    let in_unit = |candidate: &&Candidate| Some(candidate.wish.unit_id) == command.unit && candidate.refusal.is_none();
    for Candidate { wish, .. } in candidates.iter().filter(in_unit) {
        if chosen.iter().all(|known| known.id != wish.id) {
            chosen.push(wish);
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    if chosen.is_empty() {
        // Of two who invite the same unit the second finds nobody left.
        let refusal =
            if command.unit.is_some() && !before.is_empty() { Refusal::ChangedMeanwhile } else { Refusal::NothingChosen };
        return Err(refusal.into());
    }
    Ok(chosen)
}
