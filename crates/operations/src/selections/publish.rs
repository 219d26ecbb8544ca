//! Publishing decisions, and what everybody may read of them.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::SelectionDecisionId;
use domain::policy::{Action, Target};
use serde_json::json;
use store::selections::{DecidedProduct, Decision, PublicProduct};

use crate::{Office, Outcome, notices, require};

/// The selected products of a year, for everybody.
#[derive(Debug, Clone)]
pub struct Published {
    /// The year that is shown; none when nothing was published yet.
    pub year: Option<i64>,
    /// Every year of which something was published, the latest first.
    pub years: Vec<i64>,
    /// The products, by group and name.
    pub products: Vec<PublicProduct>,
}

/// A decision with what it says of each product.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who does not select products.
pub async fn decision(office: &Office, actor: &Actor, id: SelectionDecisionId) -> Outcome<(Decision, Vec<DecidedProduct>)> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    let decision = store::selections::find_decision(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let outcomes = store::selections::outcomes(&mut records, id).await?;
    Ok((decision, outcomes))
}

/// Publishes a decision as it was on the page, where it counted `events`: its selected products are public from now on,
/// and the organisations are told. Products that a later published
/// decision ruled on were told by that one.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who does not select products; [`Refusal::DecisionPublished`];
/// [`Refusal::ChangedMeanwhile`].
pub async fn publish(office: &Office, actor: &Actor, id: SelectionDecisionId, events: i64) -> Outcome<Decision> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut work = office.database.begin().await?;
    store::selections::lock_decision(&mut work, id).await?;
    let decision = store::selections::find_decision(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if decision.published_at.is_some() {
        return Err(Refusal::DecisionPublished.into());
    }
    if decision.events != events || !store::selections::publish(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let outcomes = store::selections::outcomes(&mut work, id).await?;
    let told: Vec<DecidedProduct> = outcomes.into_iter().filter(|outcome| outcome.later_published == 0).collect();
    notices::products_decided(office, &mut work, &decision, &told).await?;
    let detail = json!({ "number": decision.number, "selected": decision.selected, "rejected": decision.rejected });
    office.log(&mut work, Some(actor.account), "decision_published", ("selection_decision", id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(decision)
}

/// The selected products of a year, or of the latest year of which something was published.
///
/// # Errors
/// [`Refusal::NotFound`] for a year of which nothing was published.
pub async fn products(office: &Office, year: Option<i64>) -> Outcome<Published> {
    let mut records = office.database.read().await?;
    let years = store::selections::public_years(&mut records).await?;
    let shown = match year {
        Some(year) if years.contains(&year) => Some(year),
        Some(_) => return Err(Refusal::NotFound.into()),
        None => years.first().copied(),
    };
    let products = match shown {
        Some(year) => store::selections::public(&mut records, year).await?,
        None => Vec::new(),
    };
    Ok(Published { year: shown, years, products })
}
