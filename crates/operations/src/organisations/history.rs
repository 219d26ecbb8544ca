//! The history of an organisation, from its first form to the last certificate, by year.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::Datelike as _;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, UnitId};
use domain::policy::{Action, Target, may};
use domain::selections::Knowledge;
use store::Records;
use store::organisations::Organisation;
use store::organisations::history::{PastClass, PastDecision, PastException, PastForm, PastList, PastPlace};

use crate::{Outcome, unit_target};

/// A year in the life of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Year {
    /// Its forms for the programme of the year, as they were begun.
    pub forms: Vec<FormPassed>,
    /// The runs that began in it, the latest first.
    pub classes: Vec<ClassPassed>,
}

/// A form with where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPassed {
    /// The form.
    pub form: PastForm,
    /// The lists it stands in, each with whether the reader may open it.
    pub lists: Vec<(PastList, bool)>,
    /// What was decided on it, in order.
    pub decisions: Vec<PastDecision>,
}

/// A run with the people of the organisation in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassPassed {
    /// The run.
    pub class: PastClass,
    /// Who has a place in it, by given name.
    pub places: Vec<PastPlace>,
    /// The last exception by which the organisation was let into it without a selected product.
    pub exception: Option<PastException>,
}

/// The years of an organisation whose people the actor may see, the latest first. Of its forms and lists those are in
/// it that the actor may see, and of decisions what [`Knowledge::of`] them gives.
pub(super) async fn history(records: &mut impl Records, actor: &Actor, organisation: &Organisation) -> Outcome<Vec<(i64, Year)>> {
    let mut years: BTreeMap<i64, Year> = BTreeMap::new();
    for passed in forms(records, actor, organisation.id).await? {
        years.entry(passed.form.year).or_default().forms.push(passed);
    }
    for passed in classes(records, organisation.id).await? {
        if let Some(day) = passed.class.first_day {
            years.entry(day.year().into()).or_default().classes.push(passed);
        }
    }
    Ok(years.into_iter().rev().collect())
}

async fn forms(records: &mut impl Records, actor: &Actor, id: OrganisationId) -> Outcome<Vec<FormPassed>> {
    let mut lists = store::organisations::history::lists(records, id).await?;
    let mut decisions = store::organisations::history::decisions(records, id).await?;
    let knowledge = Knowledge::of(actor);
    decisions.retain(|decision| knowledge.includes(Some(decision.published_at.is_some())));
    // Forms mostly go to one unit: its scope is looked up once.
    let mut scopes: BTreeMap<UnitId, Target> = BTreeMap::new();
    let sees = |target: &Target| may(actor, Action::SeeRegistrations, target);
    let sees_own = sees(&Target { organisation: Some(id), ..Target::default() });
    let mut passed = Vec::new();
    for form in store::organisations::history::forms(records, id, knowledge).await? {
        for unit in [form.unit_id, form.place_id] {
            if let Entry::Vacant(unknown) = scopes.entry(unit) {
                unknown.insert(unit_target(records, unit).await?);
            }
        }
        let in_scope = |unit: &UnitId| scopes.get(unit).is_some_and(sees);
        if !sees_own && !in_scope(&form.unit_id) && !in_scope(&form.place_id) {
            continue;
        }
        let own = lists.extract_if(.., |list| list.registration_id == form.id);
        passed.push(FormPassed {
            // A list belongs to the unit that receives the form.
            lists: own
                .map(|list| {
                    let opens = in_scope(&list.unit_id);
                    (list, opens)
                })
                .collect(),
            decisions: decisions.extract_if(.., |decision| decision.registration_id == form.id).collect(),
            form,
        });
    }
    Ok(passed)
}

async fn classes(records: &mut impl Records, id: OrganisationId) -> Outcome<Vec<ClassPassed>> {
    let mut passed: Vec<ClassPassed> = Vec::new();
    for place in store::organisations::history::places(records, id).await? {
        match passed.last_mut().filter(|last| last.class.run_id == place.class.run_id) {
            Some(class) => class.places.push(place),
            None => passed.push(ClassPassed { class: place.class.clone(), places: vec![place], exception: None }),
        }
    }
    for exception in store::organisations::history::exceptions(records, id).await? {
        match passed.iter_mut().find(|known| known.class.run_id == exception.class.run_id) {
            Some(known) => known.exception = Some(exception),
            None => passed.push(ClassPassed { class: exception.class.clone(), places: Vec::new(), exception: Some(exception) }),
        }
    }
    passed.sort_by_key(|passed| std::cmp::Reverse(passed.class.first_day));
    Ok(passed)
}
