//! Opening the same class in several places at once.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::accounts::Actor;
use domain::ids::RunId;
use domain::policy::{Action, may_somewhere};
use domain::runs::{CopyForm, copied_field};
use domain::{Faults, Refusal};

use super::draft::draft_in;
use super::{Shown, plan_of, show};
use crate::{Failure, Office, Outcome};

/// The run that others are to be made like, for who plans runs and may see it.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn to_copy(office: &Office, actor: &Actor, id: RunId) -> Outcome<Shown> {
    if !may_somewhere(actor, Action::PlanRun) {
        return Err(Refusal::NotFound.into());
    }
    show(office, Some(actor), id).await
}

/// Makes a draft of the run for every row, or none at all.
///
/// # Errors
/// [`Refusal::NotFound`] as for [`to_copy`]; every fault of the rows, named after its row: `copies.0.unit`.
pub async fn copy(office: &Office, actor: &Actor, id: RunId, rows: &[CopyForm]) -> Outcome<Vec<RunId>> {
    let source = plan_of(&to_copy(office, actor, id).await?);
    let begins = source.sessions.iter().map(|session| session.day).min().unwrap_or_else(|| office.today());
    let holidays = holidays(office, begins.min(office.today())).await?;
    let plans = CopyForm::parse(rows, &source, &holidays)?;

    let mut work = office.database.begin().await?;
    let (mut drafts, mut faults) = (Vec::new(), Faults::default());
    for (n, plan) in plans.iter().enumerate() {
        match draft_in(office, &mut work, actor, plan).await {
            Ok(run) => drafts.push(run),
            // A place that this planner cannot plan in looks as if it did not exist.
            Err(failure) if failure.is(&Refusal::NotFound) => faults.add(copied_field(n, "unit"), Refusal::UnknownUnit),
            Err(Failure::Refused(refused)) => {
                for fault in refused.0 {
                    faults.add(copied_field(n, &fault.field), fault.refusal);
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    // Without a commit nothing of it was done.
    if !faults.is_empty() {
        return Err(faults.into());
    }
    work.commit().await?;
    Ok(drafts)
}

/// Holidays from a day on, for more than two years.
async fn holidays(office: &Office, from: NaiveDate) -> Outcome<BTreeSet<NaiveDate>> {
    let to = office.today().max(from) + Days::new(1500);
    let known = store::holidays::between(&mut office.database.read().await?, from, to).await?;
    Ok(known.into_iter().map(|holiday| holiday.day).collect())
}
