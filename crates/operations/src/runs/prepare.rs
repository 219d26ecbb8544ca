//! A change of a published run while it is prepared: kept as a draft, compared with what holds, then released or dropped.

use chrono::{DateTime, Utc};
use domain::accounts::Actor;
use domain::ids::RunId;
use domain::policy::Action;
use domain::runs::{Answers, Change, Clash, PlanForm, RunPlan, RunState};
use domain::{Faults, Refusal};
use serde_json::json;
use store::StoreError;
use store::runs::publications::{self, Draft};

use super::change::{ChangeCommand, change, checked};
use super::clashes::Look;
use super::show::read;
use super::{Shown, plan_of, show, target, timetable};
use crate::{Failure, Office, Outcome, require};

/// A change that is being prepared, against what holds.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
    /// The difference, in order.
    pub changes: Vec<Change>,
    /// How many people take part who would be told; 0 when it does not concern them.
    pub participants: i64,
    /// The names of the trainers who would be told.
    pub trainers: Vec<String>,
    /// Whether a session that was promised falls out, so that a reason is needed.
    pub falls_out: bool,
    /// What stands in its way, not answered for.
    pub clashes: Vec<Clash>,
    /// What else keeps it from being released.
    pub faults: Faults,
}

/// Keeps a change of a published run as a draft, in the place of an older one. Nobody is told of it.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::NotPublished`] for a run that is none;
/// [`Refusal::ChangedMeanwhile`] when somebody was faster; the faults of the plan.
pub async fn prepare(office: &Office, actor: &Actor, id: RunId, sequence: i64, form: &PlanForm) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (run, target) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &target)?;
    match run.state() {
        RunState::Published => {}
        RunState::Draft => return Err(Refusal::NotPublished.into()),
        RunState::Cancelled => return Err(Refusal::RunCancelled.into()),
        RunState::Closed => return Err(Refusal::RunClosed.into()),
    }
    if run.sequence != sequence {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let shown = read(&mut work, run).await?;
    checked(office, &mut work, &shown, form.parse()?).await?;
    let text = serde_json::to_string(form).map_err(StoreError::from)?;
    publications::save_draft(&mut work, id, &text, sequence, actor.account, office.now()).await?;
    office.log(&mut work, Some(actor.account), "run_change_prepared", ("run", id.0), &json!({ "sequence": sequence })).await?;
    Ok(work.commit().await?)
}

/// A run as the form that changes it: what is being prepared, or what holds. Sessions that were cancelled since are left out.
///
/// # Errors
/// [`StoreError`].
pub async fn form_to_change(office: &Office, shown: &Shown) -> Outcome<PlanForm> {
    let mut records = office.database.read().await?;
    let Some(draft) = publications::draft(&mut records, shown.run.id).await? else {
        return Ok(PlanForm::from(&plan_of(shown)));
    };
    let mut form = typed(&draft)?;
    form.sessions.retain(|session| session.id.is_empty() || shown.held().any(|held| held.id.to_string() == session.id));
    Ok(form)
}

/// Whether a change of a run was prepared that is not released.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it.
pub async fn is_changing(office: &Office, actor: &Actor, id: RunId) -> Outcome<bool> {
    let mut records = office.database.read().await?;
    let (_, target) = target(&mut records, id).await?;
    require(actor, Action::PlanRun, &target)?;
    Ok(publications::draft(&mut records, id).await?.is_some())
}

fn typed(draft: &Draft) -> Outcome<PlanForm> {
    Ok(serde_json::from_str(&draft.form).map_err(StoreError::from)?)
}

/// The change of a run that is being prepared, against what holds; none when nothing is.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it.
pub async fn prepared(office: &Office, actor: &Actor, id: RunId) -> Outcome<Option<Prepared>> {
    let shown = show(office, Some(actor), id).await?;
    if !shown.may.change {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let Some(draft) = publications::draft(&mut records, id).await? else { return Ok(None) };
    drop(records);
    let mut prepared = Prepared {
        saved_at: draft.saved_at,
        saved_by: draft.saved_by_name.clone(),
        changes: Vec::new(),
        participants: 0,
        trainers: Vec::new(),
        falls_out: false,
        clashes: Vec::new(),
        faults: Faults::default(),
    };
    if draft.sequence != shown.run.sequence {
        prepared.faults.add("", Refusal::ChangedMeanwhile);
        return Ok(Some(prepared));
    }
    let plan = match typed(&draft)?.parse() {
        Ok(plan) => plan,
        Err(faults) => return Ok(Some(Prepared { faults, ..prepared })),
    };
    compare(office, &shown, plan, &mut prepared).await?;
    Ok(Some(prepared))
}

/// Fills in what a plan would change. It is looked at in a unit of work that is given up, since only there the same questions
/// are asked as on releasing it.
async fn compare(office: &Office, shown: &Shown, plan: RunPlan, prepared: &mut Prepared) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let plan = match checked(office, &mut work, shown, plan).await {
        Ok(plan) => plan,
        Err(Failure::Refused(faults)) => {
            prepared.faults = faults;
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    let present = plan_of(shown);
    let before = timetable::timetable(&mut work, &present).await?;
    let after = timetable::timetable(&mut work, &plan).await?;
    prepared.changes = before.changes(&after);
    prepared.falls_out = prepared.changes.iter().any(|change| matches!(change, Change::Removed { .. }));
    let told = before.told(&after);
    prepared.participants = if told.participants { shown.run.taken } else { 0 };
    let everybody = before.sessions.iter().chain(&after.sessions).flat_map(|slot| &slot.trainers);
    let mut names: Vec<String> =
        everybody.filter(|(person, _)| told.trainers.contains(person)).map(|(_, name)| name.clone()).collect();
    names.sort();
    names.dedup();
    prepared.trainers = names;
    prepared.clashes = Look::new(shown.run.id, &plan, office.now()).open(&mut work).await?;
    Ok(())
}

/// Releases what was prepared, as it was looked at: the next version of the timetable, or nothing when it changes nothing.
/// Gives whether there is a new version.
///
/// # Errors
/// [`Refusal::NothingPrepared`]; [`Refusal::ChangedMeanwhile`] when the draft or the run is another one than at `saved_at`; what [`change`] refuses.
pub async fn release(
    office: &Office,
    actor: &Actor,
    id: RunId,
    saved_at: DateTime<Utc>,
    (answers, note): (Answers, String),
) -> Outcome<bool> {
    let shown = show(office, Some(actor), id).await?;
    if !shown.may.change {
        return Err(Refusal::NotFound.into());
    }
    let draft = publications::draft(&mut office.database.read().await?, id).await?.ok_or(Refusal::NothingPrepared)?;
    // Nobody releases what they have not seen.
    if draft.saved_at.timestamp_millis() != saved_at.timestamp_millis() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let command = ChangeCommand { sequence: draft.sequence, plan: typed(&draft)?.parse()?, answers, note };
    change(office, actor, id, &command).await
}

/// Drops what was prepared.
///
/// # Errors
/// [`Refusal::NotFound`] for those who may not plan it; [`Refusal::NothingPrepared`].
pub async fn discard(office: &Office, actor: &Actor, id: RunId) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::runs::lock(&mut work, id).await?;
    let (_, target) = target(&mut work, id).await?;
    require(actor, Action::PlanRun, &target)?;
    if !publications::drop_draft(&mut work, id).await? {
        return Err(Refusal::NothingPrepared.into());
    }
    office.log(&mut work, Some(actor.account), "run_change_discarded", ("run", id.0), &json!({})).await?;
    Ok(work.commit().await?)
}
