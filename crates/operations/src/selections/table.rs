//! The table of all forwarded products of a year, and how far the year's target is reached.

use domain::Refusal;
use domain::accounts::Actor;
use domain::policy::{Action, Target};
use domain::registrations::State;
use domain::selections::{PAGE, least_target};
use store::Records;
use store::programmes::ProgrammeYear;
use store::selections::{Decision, Forwarded, Wanted};
use store::units::Unit;

use crate::{Office, Outcome, require};

/// How far a year's target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// Products that wait for a decision.
    pub open: i64,
    /// Products selected.
    pub selected: i64,
    /// Products not selected.
    pub rejected: i64,
    /// Products that the year plans to bring to standard.
    pub target: i64,
    /// The least of them by the plan: 30 % of the existing products.
    pub least: i64,
}

impl Counter {
    /// Every product that came.
    #[must_use]
    pub const fn all(&self) -> i64 {
        self.open + self.selected + self.rejected
    }
}

/// A page of the table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The programme year.
    pub year: ProgrammeYear,
    /// Every year there is, the latest first.
    pub years: Vec<i64>,
    /// The rows of the page.
    pub rows: Vec<Forwarded>,
    /// How many products the filter finds.
    pub found: i64,
    /// How many pages they make, one at least.
    pub pages: i64,
    /// How far the target is reached.
    pub counter: Counter,
    /// The units to narrow by, by code: those whose products came, and those of today.
    pub units: Vec<Unit>,
    /// The industries of the year's classification, in its order.
    pub industries: Vec<String>,
    /// The decisions of the year, the latest first.
    pub decisions: Vec<Decision>,
}

/// The latest programme year, none while there is no programme.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products.
pub async fn latest_year(office: &Office, actor: &Actor) -> Outcome<Option<i64>> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    Ok(store::programmes::years(&mut records).await?.first().map(|year| year.year))
}

/// A page of the table of a year.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products, and for a year without a programme.
pub async fn table(office: &Office, actor: &Actor, year: i64, wanted: &Wanted) -> Outcome<Table> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    let years = store::programmes::years(&mut records).await?;
    let programme = years.iter().find(|known| known.year == year).cloned().ok_or(Refusal::NotFound)?;
    let found = store::selections::count(&mut records, programme.id, wanted).await?;
    let mut industries = Vec::new();
    for group in store::programmes::groups(&mut records, &programme.group_decision).await? {
        if !industries.contains(&group.industry) {
            industries.push(group.industry);
        }
    }
    let mut units = store::selections::units(&mut records, programme.id, office.today()).await?;
    if let Some(asked) = wanted.unit.filter(|asked| !units.iter().any(|unit| unit.id == *asked)) {
        units.extend(store::units::find(&mut records, asked).await?);
    }
    Ok(Table {
        years: years.into_iter().map(|year| year.year).collect(),
        rows: store::selections::page(&mut records, programme.id, wanted).await?,
        found,
        pages: ((found + PAGE - 1) / PAGE).max(1),
        counter: counter(&mut records, &programme).await?,
        units,
        industries,
        decisions: store::selections::decisions_of_year(&mut records, programme.id).await?,
        year: programme,
    })
}

/// Everything that the filter finds, in its order, for a spreadsheet.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not select products, and for a year without a programme.
pub async fn whole_table(office: &Office, actor: &Actor, year: i64, wanted: &Wanted) -> Outcome<Vec<Forwarded>> {
    require(actor, Action::SelectProducts, &Target::default())?;
    let mut records = office.database.read().await?;
    let programme = store::programmes::find(&mut records, year).await?.ok_or(Refusal::NotFound)?;
    Ok(store::selections::all(&mut records, programme.id, wanted).await?)
}

/// How far the target of a year is reached. The caller asked the policy.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn counter(records: &mut impl Records, year: &ProgrammeYear) -> Outcome<Counter> {
    let tally = store::selections::tally(records, year.id).await?;
    let count = |state| tally.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    Ok(Counter {
        open: count(State::Forwarded),
        selected: count(State::Selected),
        rejected: count(State::NotSelected),
        target: year.target_products,
        least: least_target(year.existing_products),
    })
}
