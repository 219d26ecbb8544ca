//! Showing, adding and changing programme years.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CriterionId, ProgrammeYearId};
use domain::policy::{Action, Target};
use domain::programmes::{CriterionPlan, CycleStep, Window, YearForm, YearPlan};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::programmes::{Criterion, ProgrammeYear, WindowRow};
use store::{Records, Work};

use crate::{Failure, Office, Outcome, require};

/// A plan as it stands, and what tells it from every other state of it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The plan.
    pub plan: YearPlan,
    /// A hash over all of it: who changes the plan says which one they saw.
    pub fingerprint: String,
    /// Whether forms were evaluated by its criteria, which therefore stay.
    pub is_evaluated: bool,
}

/// The plan of a year as it stands.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for those who do not keep programmes.
pub async fn show(office: &Office, actor: &Actor, year: i64) -> Outcome<Seen> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut records = office.database.read().await?;
    let programme = store::programmes::find(&mut records, year).await?.ok_or(Refusal::NotFound)?;
    let plan = plan_of(&mut records, &programme).await?;
    let is_evaluated = store::programmes::is_evaluated(&mut records, programme.id).await?;
    Ok(Seen { fingerprint: fingerprint(&plan)?, plan, is_evaluated })
}

/// A hash over everything that a plan says.
fn fingerprint(plan: &YearPlan) -> Outcome<String> {
    let text = serde_json::to_vec(&YearForm::from(plan)).map_err(store::StoreError::from)?;
    Ok(Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The plan of a programme year that is kept.
pub(super) async fn plan_of(records: &mut impl Records, programme: &ProgrammeYear) -> Outcome<YearPlan> {
    let p = programme;
    let windows = store::programmes::windows(records, p.id).await?;
    let window = |step: &CycleStep| {
        let row = windows.iter().find(|row| row.step == step.number())?;
        Some((*step, Window { opens: row.opens, closes: row.closes }))
    };
    let criterion = |c: Criterion| CriterionPlan { name: c.name, name_english: c.name_english, weight: c.weight };
    Ok(YearPlan {
        year: p.year,
        plan_number: p.plan_number.clone(),
        plan_day: p.plan_day,
        existing_products: p.existing_products,
        target_products: p.target_products,
        group_decision: p.group_decision.clone(),
        windows: CycleStep::ALL.iter().filter_map(window).collect(),
        criteria: store::programmes::criteria(records, p.id).await?.into_iter().map(criterion).collect(),
    })
}

/// Adds the programme of a year.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep programmes; [`Refusal::AlreadyExists`] when the year has one;
/// [`Refusal::NotAChoice`] for a decision without a classification.
pub async fn add(office: &Office, actor: &Actor, plan: &YearPlan) -> Outcome<()> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut work = office.database.begin().await?;
    check_decision(&mut work, plan).await?;
    let year = record(ProgrammeYearId(office.id()), plan);
    if !store::programmes::add(&mut work, &year, Some(actor.account), office.now()).await? {
        return Err(Failure::field("year", Refusal::AlreadyExists));
    }
    store::programmes::set_windows(&mut work, year.id, &windows(plan)).await?;
    store::programmes::set_criteria(&mut work, year.id, &criteria(office, plan)).await?;
    log(office, &mut work, actor, "programme_year_added", &year).await?;
    Ok(work.commit().await?)
}

/// Changes the programme of a year as it was seen. Its criteria stay once somebody has evaluated a form by them.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::NotAChoice`] as for [`add`]; [`Refusal::ChangedMeanwhile`] when somebody else
/// changed it since `seen`; [`Refusal::CriteriaInUse`].
pub async fn change(office: &Office, actor: &Actor, seen: &str, plan: &YearPlan) -> Outcome<()> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut work = office.database.begin().await?;
    let known = store::programmes::find(&mut work, plan.year).await?.ok_or(Refusal::NotFound)?;
    store::programmes::lock(&mut work, known.id).await?;
    // Read again under the lock: another may have changed it between the two.
    let known = store::programmes::by_id(&mut work, known.id).await?.ok_or(Refusal::NotFound)?;
    let before = plan_of(&mut work, &known).await?;
    if fingerprint(&before)? != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    check_decision(&mut work, plan).await?;
    if before.criteria != plan.criteria {
        if store::programmes::is_evaluated(&mut work, known.id).await? {
            return Err(Failure::field("criteria.0.name", Refusal::CriteriaInUse));
        }
        store::programmes::set_criteria(&mut work, known.id, &criteria(office, plan)).await?;
    }
    let year = record(known.id, plan);
    store::programmes::change(&mut work, &year).await?;
    store::programmes::set_windows(&mut work, known.id, &windows(plan)).await?;
    log(office, &mut work, actor, "programme_year_changed", &year).await?;
    Ok(work.commit().await?)
}

async fn check_decision(work: &mut Work, plan: &YearPlan) -> Outcome<()> {
    let known = store::programmes::decisions(work).await?;
    if known.contains(&plan.group_decision) { Ok(()) } else { Err(Failure::field("group_decision", Refusal::NotAChoice)) }
}

fn record(id: ProgrammeYearId, plan: &YearPlan) -> ProgrammeYear {
    ProgrammeYear {
        id,
        year: plan.year,
        plan_number: plan.plan_number.clone(),
        plan_day: plan.plan_day,
        existing_products: plan.existing_products,
        target_products: plan.target_products,
        group_decision: plan.group_decision.clone(),
    }
}

fn windows(plan: &YearPlan) -> Vec<WindowRow> {
    let row =
        |(step, window): &(CycleStep, Window)| WindowRow { step: step.number(), opens: window.opens, closes: window.closes };
    plan.windows.iter().map(row).collect()
}

fn criteria(office: &Office, plan: &YearPlan) -> Vec<Criterion> {
    let criterion = |(position, c): (i64, &CriterionPlan)| Criterion {
        id: CriterionId(office.id()),
        name: c.name.clone(),
        name_english: c.name_english.clone(),
        weight: c.weight,
        position,
    };
    (1..).zip(&plan.criteria).map(criterion).collect()
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, year: &ProgrammeYear) -> Outcome<()> {
    let detail = json!({ "year": year.year, "plan": year.plan_number, "target": year.target_products });
    Ok(office.log(work, Some(actor.account), verb, ("programme_year", year.id.0), &detail).await?)
}
