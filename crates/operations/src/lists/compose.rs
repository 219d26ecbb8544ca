//! Drawing a list up: beginning it, adding, removing and ordering its forms.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{ForwardingListId, RegistrationId, UnitId};
use domain::lists::{ListState, MOST_LISTED, check_ready};
use domain::policy::Action;
use store::Work;
use store::forwarding::{ForwardingList, NewList};

use super::{Seen, belongs, held, log};
use crate::registrations::known_state;
use crate::{Failure, Office, Outcome, require, unit_target};

/// A list to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeginCommand {
    /// The unit that draws it up.
    pub unit: UnitId,
    /// The programme year.
    pub year: i64,
    /// The forms it begins with, in order; may be empty.
    pub forms: Vec<RegistrationId>,
}

/// What is changed in a list that is being drawn up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Forms are added at its end.
    Add(Vec<RegistrationId>),
    /// A form is taken out.
    Remove(RegistrationId),
    /// A form goes up by one.
    Up(RegistrationId),
    /// A form goes down by one.
    Down(RegistrationId),
}

/// Begins a list.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown unit, year or form, and for who does not review in the unit; for a form that is
/// not ready, what [`compose`] says.
pub async fn begin(office: &Office, actor: &Actor, command: &BeginCommand) -> Outcome<ForwardingListId> {
    let mut work = office.database.begin().await?;
    store::units::find(&mut work, command.unit).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::ReviewRegistrations, &unit_target(&mut work, command.unit).await?)?;
    let year = store::programmes::find(&mut work, command.year).await?.ok_or(Refusal::NotFound)?;
    let new = NewList { id: ForwardingListId(office.id()), year: year.id, unit: command.unit, replaces: None };
    store::forwarding::add(&mut work, new, actor.account, office.now()).await?;
    let list = store::forwarding::find(&mut work, new.id).await?.ok_or(Refusal::NotFound)?;
    add(&mut work, actor, &list, &command.forms).await?;
    log(office, &mut work, actor, "list_begun", new.id, command.forms.len()).await?;
    work.commit().await?;
    Ok(new.id)
}

/// Changes what stands in a list that is being drawn up. Moving a form beyond an end leaves it there.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope, and for a form of another unit or year; [`Refusal::ListFrozen`],
/// [`Refusal::ListFull`], [`Refusal::NothingChosen`], [`Refusal::ChangedMeanwhile`]; of the field `form.ID`
/// [`Refusal::NotInThisState`], [`Refusal::NotFeasible`] and [`Refusal::InAnotherList`].
pub async fn compose(office: &Office, actor: &Actor, seen: Seen, change: &Change) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::ReviewRegistrations, seen).await?;
    if list.state() != ListState::Draft {
        return Err(Refusal::ListFrozen.into());
    }
    match change {
        Change::Add(forms) if forms.is_empty() => return Err(Refusal::NothingChosen.into()),
        Change::Add(forms) => add(&mut work, actor, &list, forms).await?,
        Change::Remove(form) => {
            if !store::forwarding::remove_form(&mut work, list.id, *form).await? {
                return Err(Refusal::NotFound.into());
            }
        }
        Change::Up(form) => shift(&mut work, &list, *form, true).await?,
        Change::Down(form) => shift(&mut work, &list, *form, false).await?,
    }
    if !store::forwarding::touch(&mut work, list.id, list.version).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    log(office, &mut work, actor, "list_changed", list.id, 1).await?;
    Ok(work.commit().await?)
}

/// Adds forms at the end, each held while it is asked whether it is free.
pub(super) async fn add(work: &mut Work, actor: &Actor, list: &ForwardingList, forms: &[RegistrationId]) -> Outcome<()> {
    if usize::try_from(list.forms).unwrap_or(0) + forms.len() > MOST_LISTED {
        return Err(Refusal::ListFull { limit: MOST_LISTED }.into());
    }
    let mut sorted = forms.to_vec();
    sorted.sort();
    for id in sorted {
        store::registrations::lock(work, id).await?;
    }
    for id in forms {
        let form = store::registrations::find(work, *id).await?.filter(|form| belongs(form, list.unit_id, list.year));
        let form = form.ok_or(Refusal::NotFound)?;
        let field = |refusal| Failure::field(format!("form.{id}"), refusal);
        let state = known_state(work, actor, &form).await?;
        check_ready(state, form.is_feasible).map_err(field)?;
        if store::forwarding::open_list_of(work, *id).await?.is_some() {
            return Err(field(Refusal::InAnotherList));
        }
        store::forwarding::add_form(work, list.id, *id).await?;
    }
    Ok(())
}

/// Lets a form change places with its neighbour, and numbers all of them anew.
async fn shift(work: &mut Work, list: &ForwardingList, form: RegistrationId, up: bool) -> Outcome<()> {
    let mut order = store::forwarding::order(work, list.id).await?;
    let at = order.iter().position(|id| *id == form).ok_or(Refusal::NotFound)?;
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|other| *other < order.len()) };
    if let Some(other) = other {
        order.swap(at, other);
    }
    for (position, id) in (1..).zip(order) {
        store::forwarding::place_form(work, list.id, id, position).await?;
    }
    Ok(())
}
