//! Lists for those who may see them.

use chrono::Datelike as _;
use documents::papers;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ForwardingListId, UnitId};
use domain::lists::ListState;
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::selections::Knowledge;
use store::forwarding::{ForwardingList, ListedForm, UnitWithForms};
use store::programmes::ProgrammeYear;
use store::units::Unit;
use uuid::Uuid;

use super::printed;
use crate::certificates::press;
use crate::{Office, Outcome, require, unit_target};

/// Lists that somebody may see.
#[derive(Debug, Clone)]
pub struct Lists {
    /// The lists, those that wait for the province first, the longest waiting first of all.
    pub lists: Vec<ForwardingList>,
    /// Years that have a programme: the present one first, then the latest first.
    pub years: Vec<i64>,
    /// Whether the reader answers lists.
    pub answers: bool,
    /// Whether the reader may draw lists up.
    pub composes: bool,
}

/// What the reader may do with a list now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
pub struct May {
    /// Add, remove and order its forms, and freeze it.
    pub compose: bool,
    /// Give it up.
    pub discard: bool,
    /// Forward it.
    pub forward: bool,
    /// Accept or return it.
    pub answer: bool,
    /// Begin the list that replaces it.
    pub replace: bool,
}

/// A list with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The list.
    pub list: ForwardingList,
    /// Its forms as they are now, in its order.
    pub forms: Vec<ListedForm>,
    /// What was frozen of it; none while it is being drawn up.
    pub printed: Option<papers::ForwardingList>,
    /// Forms that are not in it: those that are ready, and those that are not with the reason. Only for those who draw up.
    pub candidates: Vec<ListedForm>,
    /// What the reader may do.
    pub may: May,
}

/// What a list could be begun with.
#[derive(Debug, Clone)]
pub struct Prospect {
    /// The unit.
    pub unit: Unit,
    /// The programme year.
    pub year: ProgrammeYear,
    /// Its forms on their way: those that are ready, and those that are not with the reason.
    pub candidates: Vec<ListedForm>,
}

/// The lists that somebody may see, of one year or of all.
///
/// # Errors
/// [`Refusal::NotFound`] for people who see none: representatives and trainers.
pub async fn list(office: &Office, actor: &Actor, year: Option<i64>) -> Outcome<Lists> {
    let answers = may_everywhere(actor, Action::SelectProducts);
    if !answers && !sees_units(actor) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let everywhere = may_everywhere(actor, Action::SeeRegistrations);
    let lists = store::forwarding::seen(&mut records, everywhere, actor.account, office.today(), year).await?;
    let mut years: Vec<i64> = store::programmes::years(&mut records).await?.into_iter().map(|year| year.year).collect();
    let present = i64::from(office.today().year());
    years.sort_by_key(|year| (*year != present, std::cmp::Reverse(*year)));
    Ok(Lists { lists, years, answers, composes: may_somewhere(actor, Action::ReviewRegistrations) })
}

/// Whether somebody sees the lists of any unit: decides what the menu offers.
#[must_use]
pub fn sees_units(actor: &Actor) -> bool {
    use domain::policy::{Sight, sight};
    match sight(actor, Action::SeeRegistrations) {
        Sight::Everywhere => true,
        Sight::Within { units, .. } => !units.is_empty(),
    }
}

/// The units in which somebody may draw up lists and that have forms on their way, the latest year first.
///
/// # Errors
/// [`Refusal::NotFound`] for who draws up none.
pub async fn units(office: &Office, actor: &Actor) -> Outcome<Vec<UnitWithForms>> {
    if !may_somewhere(actor, Action::ReviewRegistrations) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let everywhere = may_everywhere(actor, Action::ReviewRegistrations);
    Ok(store::forwarding::units_with_forms(&mut records, everywhere, actor.account, office.today()).await?)
}

/// What a list of a unit and year could be begun with.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown unit or year, and for who does not review in the unit.
pub async fn prospect(office: &Office, actor: &Actor, unit: UnitId, year: i64) -> Outcome<Prospect> {
    let mut records = office.database.read().await?;
    require(actor, Action::ReviewRegistrations, &unit_target(&mut records, unit).await?)?;
    let unit = store::units::find(&mut records, unit).await?.ok_or(Refusal::NotFound)?;
    let year = store::programmes::find(&mut records, year).await?.ok_or(Refusal::NotFound)?;
    let nothing = ForwardingListId(Uuid::nil());
    let candidates = store::forwarding::candidates(&mut records, nothing, unit.id, year.id).await?;
    Ok(Prospect { unit, year, candidates })
}

/// One list.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and outside the actor's scope.
pub async fn show(office: &Office, actor: &Actor, id: ForwardingListId) -> Outcome<Shown> {
    let mut records = office.database.read().await?;
    let list = store::forwarding::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let target = unit_target(&mut records, list.unit_id).await?;
    require(actor, Action::SeeRegistrations, &target)?;
    let forms = store::forwarding::forms(&mut records, id, Knowledge::of(actor)).await?;
    let kept = store::forwarding::printed(&mut records, id).await?;
    let (state, reviews) = (list.state(), may(actor, Action::ReviewRegistrations, &target));
    let compose = reviews && state == ListState::Draft;
    let candidates =
        if compose { store::forwarding::candidates(&mut records, id, list.unit_id, list.year_id).await? } else { Vec::new() };
    Ok(Shown {
        may: May {
            compose,
            discard: reviews && matches!(state, ListState::Draft | ListState::Frozen),
            forward: reviews && state == ListState::Frozen,
            answer: state == ListState::Waiting && may(actor, Action::SelectProducts, &target),
            replace: reviews && state == ListState::Returned && list.replaced_by.is_none(),
        },
        printed: kept.map(|(text, _)| printed(&text)).transpose()?,
        list,
        forms,
        candidates,
    })
}

/// The paper of a frozen list with its forms, as PDF, and its number.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, while it is being drawn up, and outside the actor's scope;
/// [`crate::Failure::Document`].
pub async fn paper(office: &Office, actor: &Actor, id: ForwardingListId) -> Outcome<(String, Vec<u8>)> {
    let face = show(office, actor, id).await?.printed.ok_or(Refusal::NotFound)?;
    let number = face.number.clone();
    Ok((number, press(move || papers::forwarding_list(&face)).await?))
}
