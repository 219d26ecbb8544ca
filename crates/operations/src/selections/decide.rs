//! Deciding: one product or many with one decision.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::ids::{RegistrationId, SelectionDecisionId};
use domain::policy::{Action, Target};
use domain::selections::{Ruling, RulingForm};
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::programmes::ProgrammeYear;

use crate::registrations::{StepCommand, take_step};
use crate::{Failure, Office, Outcome, require};

/// What is decided on which products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideCommand {
    /// The programme year.
    pub year: i64,
    /// The forms of the products, each with the version that was on the page.
    pub products: Vec<(RegistrationId, i64)>,
    /// Number, day, what is decided and why, as typed.
    pub form: RulingForm,
}

/// Records what a decision says of products: all of them, or none when one cannot be decided on. The same decision may be
/// recorded in several goes until it is published. A product that was decided on can be decided on anew, the other way:
/// both decisions stay in its history.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products, and for a product of another year; what [`RulingForm::parse`]
/// refuses; [`Refusal::NothingChosen`]; [`Refusal::DecisionPublished`] of `number`; [`Refusal::DecisionOfAnotherDay`] of
/// `decided_on`; of the field `product.ID` [`Refusal::NotInThisState`], [`Refusal::ListNotAccepted`] and
/// [`Refusal::ChangedMeanwhile`].
pub async fn decide(office: &Office, actor: &Actor, command: &DecideCommand) -> Outcome<SelectionDecisionId> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut work = office.database.begin().await?;
    let year = store::programmes::find(&mut work, command.year).await?.ok_or(Refusal::NotFound)?;
    let ruling = command.form.parse(office.today());
    if command.products.is_empty() {
        let mut faults = ruling.err().unwrap_or_default();
        faults.add("", Refusal::NothingChosen);
        return Err(faults.into());
    }
    let ruling = ruling?;
    let decision = held_decision(office, &mut work, actor, &year, &ruling).await?;
    // By identifier, so that two deciders wait for each other instead of in a circle; sent twice, a form counts once.
    let products: BTreeMap<RegistrationId, i64> = command.products.iter().copied().collect();
    for id in products.keys() {
        store::registrations::lock(&mut work, *id).await?;
    }
    let step = StepCommand { reason: &ruling.reason, decision: Some(decision), ..StepCommand::plain(ruling.choice.step()) };
    let mut faults = Faults::default();
    for (id, version) in &products {
        let form = store::registrations::find(&mut work, *id).await?.filter(|form| form.year_id == year.id);
        let form = form.ok_or(Refusal::NotFound)?;
        let field = format!("product.{id}");
        if form.version != *version {
            faults.add(field, Refusal::ChangedMeanwhile);
        } else if store::forwarding::waiting_list_of(&mut work, *id).await?.is_some() {
            faults.add(field, Refusal::ListNotAccepted);
        } else if faults.take(field, form.state.after(ruling.choice.step())).is_some() {
            take_step(office, &mut work, actor, &form, &step).await?;
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let detail = json!({ "number": ruling.number, "choice": ruling.choice, "products": products.len() });
    office.log(&mut work, Some(actor.account), "products_decided", ("selection_decision", decision.0), &detail).await?;
    work.commit().await?;
    Ok(decision)
}

/// The decision of this number, recorded now when it is not yet, and held against others.
async fn held_decision(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    year: &ProgrammeYear,
    ruling: &Ruling,
) -> Outcome<SelectionDecisionId> {
    let id = SelectionDecisionId(office.id());
    let new = (ruling.number.as_str(), ruling.decided_on);
    if store::selections::add_decision(work, id, year.id, new, actor.account, office.now()).await? {
        return Ok(id);
    }
    let known = store::selections::by_number(work, year.id, &ruling.number).await?.ok_or(Refusal::ChangedMeanwhile)?;
    store::selections::lock_decision(work, known.id).await?;
    let known = store::selections::find_decision(work, known.id).await?.ok_or(Refusal::ChangedMeanwhile)?;
    if known.published_at.is_some() {
        return Err(Failure::field("number", Refusal::DecisionPublished));
    }
    if known.decided_on != ruling.decided_on {
        return Err(Failure::field("decided_on", Refusal::DecisionOfAnotherDay { day: known.decided_on }));
    }
    Ok(known.id)
}
