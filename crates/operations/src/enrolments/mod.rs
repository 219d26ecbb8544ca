//! Enrolments: people of organisations take and give back places in runs.

mod enrol;
mod exceptions;
mod list;
mod papers;
mod prerequisites;
mod preview;
mod questions;
mod substitute;
mod take;
mod transfer;
mod withdraw;

pub(crate) use enrol::{ATTEMPTS, is_worth_another_try, placed, resolve};
pub use enrol::{EnrolCommand, Enrollee, Placed, Receipt, enrol};
pub use exceptions::{Exceptions, except, exception, exceptions, who_may_be_excepted, withdraw_exception};
pub use list::template;
pub use papers::{PaperQuestion, RosterLine, RosterPaper, roster_paper, roster_pdf};
pub use preview::{Review, RowNote, preview};
pub use questions::{Candidate, Choice, MemberChoice, Roster, choice, of_organisation, one, organisations, roster};
pub use store::courses::prerequisites::Group;
pub use store::eligibility::Exception;
pub use store::enrolments::{Enrolment, EnrolmentInRun};
pub use store::place_changes::CameBy;
pub use store::requirements::Requirement;
pub use store::runs::Run;
pub use substitute::{SubstituteCommand, Substitution, substitute, to_substitute};
pub(crate) use take::{Right, Taking, everybody_prepared, take};
pub use transfer::{Transfer, TransferCommand, to_transfer, transfer};
pub use withdraw::withdraw;
pub(crate) use withdraw::{give_back, given};

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::Eligibility;
use domain::ids::{OrganisationId, RunId};
use domain::policy::{Action, may};
use domain::runs::RunState;
use store::organisations::Organisation;
use store::{Records, StoreResult};

use crate::{Outcome, organisation_target, require, runs};

/// The run and the organisation of somebody who may enrol its people. A draft is seen by its planners only.
pub(crate) async fn admitted(
    records: &mut impl Records,
    actor: &Actor,
    run: RunId,
    organisation: OrganisationId,
) -> Outcome<(Run, Organisation)> {
    let (organisation, target) = organisation_target(records, organisation).await?;
    require(actor, Action::Enrol, &target)?;
    Ok((visible(records, actor, run).await?, organisation))
}

/// A run that `actor` may know of.
async fn visible(records: &mut impl Records, actor: &Actor, run: RunId) -> Outcome<Run> {
    let found = store::runs::find(records, run).await?.ok_or(Refusal::NotFound)?;
    if found.state() == RunState::Draft {
        let (_, target) = runs::target(records, run).await?;
        require(actor, Action::SeeRun, &target)?;
    }
    Ok(found)
}

/// What decides whether an organisation is admitted to a run. Asked for on every path on which a place is taken or offered.
async fn eligibility(records: &mut impl Records, run: &Run, organisation: OrganisationId) -> StoreResult<Eligibility> {
    let Some(year) = run.selection_year else { return Ok(Eligibility::default()) };
    Ok(Eligibility {
        year: Some(year),
        products: store::eligibility::products(records, organisation, year).await?,
        is_excepted: store::eligibility::is_excepted(records, run.id, organisation).await?,
    })
}

/// The same for many organisations at once: answers by what is asked here.
pub(crate) async fn eligibilities<R: Records>(
    records: &mut R,
    run: &Run,
) -> StoreResult<impl Fn(OrganisationId) -> Eligibility + use<R>> {
    let (mut selected, mut excepted) = (BTreeSet::new(), BTreeSet::new());
    if let Some(year) = run.selection_year {
        selected.extend(store::eligibility::selected(records, year).await?);
        let exceptions = store::eligibility::exceptions(records, run.id).await?;
        excepted.extend(exceptions.into_iter().filter(Exception::is_live).map(|known| known.organisation_id));
    }
    let year = run.selection_year;
    Ok(move |id: OrganisationId| Eligibility {
        year,
        products: i64::from(selected.contains(&id)),
        is_excepted: excepted.contains(&id),
    })
}

/// Why nobody of an organisation can be enrolled in a run on `today`, if there is a reason.
pub(crate) async fn closed(
    records: &mut impl Records,
    run: &Run,
    organisation: &Organisation,
    today: NaiveDate,
) -> StoreResult<Option<Refusal>> {
    if let Err(refusal) = run.seats().open_to(organisation.kind, today) {
        return Ok(Some(refusal));
    }
    Ok(eligibility(records, run, organisation.id).await?.admit().err())
}

/// Sorts people as a Vietnamese list does: by given name, then middle, then family name.
pub(crate) fn in_name_order<T>(people: &mut [T], name: impl Fn(&T) -> &str) {
    people.sort_by(|left, right| store::order_of_names(name(left), name(right)));
}

/// Whether `actor` sees everybody who takes part in a run.
async fn sees_everybody(records: &mut impl Records, actor: &Actor, run: RunId) -> Outcome<bool> {
    let (_, target) = runs::target(records, run).await?;
    Ok(may(actor, Action::SeeRun, &target))
}
