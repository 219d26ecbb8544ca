//! Product registration forms and their history.

pub(crate) mod read;
mod sight;
pub(crate) mod write;

pub use read::{find, history, known_state, of_organisation, remarks, search, units_seen};
pub(crate) use sight::{in_sight, last_known, lies_in, stands, stands_since, units_of};
pub use write::{add, add_event, add_remark, lock, receive, save, set_completeness, set_result, step};

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{
    AccountId, ForwardingListId, OrganisationId, ProductGroupId, ProgrammeYearId, RegistrationEventId, RegistrationId,
    SelectionDecisionId, UnitId,
};
use domain::organisations::OrganisationKind;
use domain::registrations::{Content, RegistrationKind, RegistrationSource, State, Step};
use domain::selections::Knowledge;

use crate::StoreResult;

/// A product registration form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Registration {
    /// Its identifier.
    pub id: RegistrationId,
    /// The programme year it is for.
    pub year_id: ProgrammeYearId,
    /// That year.
    pub year: i64,
    /// Who makes the product.
    pub organisation_id: OrganisationId,
    /// The unit that receives it.
    pub unit_id: UnitId,
    /// Where the organisation lay when it was sent.
    pub place_id: UnitId,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// Which form it is.
    pub kind: RegistrationKind,
    /// How it came in.
    pub source: RegistrationSource,
    /// Its number among those the unit received in the year; none until it was.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// Where it stands in the classification.
    pub group_id: Option<ProductGroupId>,
    /// What was typed, as JSON: see [`Registration::typed`].
    pub content: String,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// By when it has to come back, while it is returned.
    pub due_on: Option<NaiveDate>,
    /// Whether most evaluators hold it to be feasible; none until somebody evaluated it.
    pub is_feasible: Option<bool>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
    /// The form that says the same.
    pub duplicate_of: Option<RegistrationId>,
    /// Counts every change.
    pub version: i64,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl Registration {
    /// What was typed.
    ///
    /// # Errors
    /// [`crate::StoreError::Text`] when it was damaged.
    pub fn typed(&self) -> StoreResult<Content> {
        Ok(serde_json::from_str(&self.content)?)
    }

    /// Puts other content in the place of what was typed; [`save`] keeps it.
    ///
    /// # Errors
    /// [`crate::StoreError::Text`], which does not happen with text alone.
    pub fn set_typed(&mut self, content: &Content) -> StoreResult<()> {
        self.content = serde_json::to_string(content)?;
        Ok(())
    }
}

/// A form in a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationLine {
    /// Its identifier.
    pub id: RegistrationId,
    /// The programme year it is for.
    pub year: i64,
    /// Who makes the product.
    pub organisation_id: OrganisationId,
    /// The organisation's name when it was sent.
    pub organisation_name: String,
    /// The organisation's kind when it was sent.
    pub organisation_kind: OrganisationKind,
    /// The unit that receives it.
    pub unit_id: UnitId,
    /// Its number; none until it was received.
    pub number: Option<i64>,
    /// The product.
    pub product_name: String,
    /// How complete it is, in percent.
    pub completeness: i64,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// By when it has to come back, while it is returned.
    pub due_on: Option<NaiveDate>,
    /// Whether most evaluators hold it to be feasible.
    pub is_feasible: Option<bool>,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
}

/// Which forms are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this year; of all when none.
    pub year: Option<i64>,
    /// In this state; in any when none.
    pub state: Option<State>,
    /// With this in the product's or the organisation's name, whatever the tones.
    pub text: String,
    /// From the scope of this unit, one of today or an earlier one; from anywhere when none.
    pub unit: Option<UnitId>,
    /// As this scope was on a day: without what the unit took in later.
    pub seen_on: Option<NaiveDate>,
}

/// A line in the history of a form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationEvent {
    /// Its identifier.
    pub id: RegistrationEventId,
    /// Its place in the history, from 1.
    pub number: i64,
    /// What was done.
    pub step: Step,
    /// Where it led.
    pub state: State,
    /// Why.
    pub reason: String,
    /// By when the form has to come back.
    pub due_on: Option<NaiveDate>,
    /// The list it happened with.
    pub list_id: Option<ForwardingListId>,
    /// The number of that list.
    pub list_number: Option<String>,
    /// The decision it happened by.
    pub decision_id: Option<SelectionDecisionId>,
    /// The number of that decision.
    pub decision_number: Option<String>,
    /// When that was published.
    pub decision_published_at: Option<DateTime<Utc>>,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Who did it.
    pub happened_by: AccountId,
    /// Their name, as it is today.
    pub happened_by_name: String,
}

/// What is to be put right in a returned form.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Remark {
    /// The return it belongs to.
    pub event_id: RegistrationEventId,
    /// The field of the form or item of the dossier.
    pub subject: String,
    /// What is wrong with it.
    pub remark: String,
}

impl RegistrationEvent {
    /// Whether it is known to who knows this much of decisions.
    #[must_use]
    pub fn is_known(&self, knowledge: Knowledge) -> bool {
        knowledge.includes(self.decision_id.map(|_| self.decision_published_at.is_some()))
    }
}

/// A step as it is stored.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// Its identifier.
    pub id: RegistrationEventId,
    /// What is done.
    pub step: Step,
    /// Where it leads.
    pub state: State,
    /// Why; may be empty.
    pub reason: &'a str,
    /// By when the form has to come back.
    pub due_on: Option<NaiveDate>,
    /// The form it repeats, for a duplicate.
    pub duplicate_of: Option<RegistrationId>,
    /// The list it happens with.
    pub list: Option<ForwardingListId>,
    /// The decision it happens by.
    pub decision: Option<SelectionDecisionId>,
    /// When.
    pub now: DateTime<Utc>,
    /// Who does it.
    pub by: AccountId,
}
