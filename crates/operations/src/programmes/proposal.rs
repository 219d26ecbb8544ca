//! What a new programme year starts from.

use chrono::{Datelike as _, Months, NaiveDate};
use domain::accounts::Actor;
use domain::policy::{Action, Target};
use domain::programmes::{CriterionForm, CriterionPlan, CycleStep, Window, YearForm};

use super::years::plan_of;
use crate::{Office, Outcome, require};

/// The four criteria of the commune's assessment report in 1489/QĐ-TTg, weighted alike until the province decides.
const CRITERIA: [(&str, &str); 4] = [
    ("Nguồn gốc sản phẩm, nguyên liệu địa phương", "Origin of the product and its material"),
    ("Sử dụng lao động địa phương", "Local labour"),
    ("Nguồn gốc ý tưởng sản phẩm", "Origin of the idea"),
    ("Bản sắc, trí tuệ địa phương", "Local identity and knowledge"),
];

/// Those criteria as a plan has them.
pub(crate) fn usual_criteria() -> Vec<CriterionPlan> {
    let plan =
        |(name, name_english): (&str, &str)| CriterionPlan { name: name.into(), name_english: name_english.into(), weight: 25 };
    CRITERIA.map(plan).to_vec()
}

/// What a new year starts from: the last year's plan moved on by a year, else this year with the criteria of
/// 1489/QĐ-TTg. All of it can be changed, and the number of the new plan is left to be typed.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for those who do not keep programmes.
pub async fn proposal(office: &Office, actor: &Actor) -> Outcome<YearForm> {
    require(actor, Action::KeepProgramme, &Target::default())?;
    let mut records = office.database.read().await?;
    let Some(last) = store::programmes::years(&mut records).await?.into_iter().next() else {
        return Ok(YearForm {
            year: office.today().year().to_string(),
            windows: vec![Default::default(); CycleStep::ALL.len()],
            criteria: usual_criteria().iter().map(CriterionForm::from).collect(),
            ..YearForm::default()
        });
    };
    let mut plan = plan_of(&mut records, &last).await?;
    plan.year += 1;
    plan.plan_day = None;
    let moved = |day: NaiveDate| day.checked_add_months(Months::new(12)).unwrap_or(day);
    for (_, window) in &mut plan.windows {
        *window = Window { opens: moved(window.opens), closes: moved(window.closes) };
    }
    Ok(YearForm { plan_number: String::new(), ..YearForm::from(&plan) })
}
