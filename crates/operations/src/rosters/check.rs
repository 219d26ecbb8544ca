//! What the records say of rows of many organisations.

use std::collections::HashMap;

use domain::accounts::Actor;
use domain::enrolments::roster::{CheckedRow, Field};
use domain::ids::OrganisationId;
use domain::organisations::TaxCode;
use domain::policy::{Action, may};
use domain::{Refusal, text};
use store::Records;

use crate::import::{self, organisation_named};
use crate::people::{self, Entered, Found};
use crate::{Failure, Office, Outcome, organisation_target};

/// The organisations that rows name, as far as the actor may keep their people. Each name is looked up once.
#[derive(Debug)]
pub struct Places {
    units: import::Places,
    stands_for: String,
    known: HashMap<String, Result<OrganisationId, (Field, Refusal)>>,
}

/// Whom a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Where they work.
    pub organisation: OrganisationId,
    /// What will become of the row.
    pub will_be: Entered,
}

impl Places {
    /// Nothing looked up yet. `stands_for` names the organisation of rows that name none.
    ///
    /// # Errors
    /// [`store::StoreError::Database`].
    pub async fn new(office: &Office, records: &mut impl Records, stands_for: &str) -> Outcome<Places> {
        let units = import::Places::read(office, records).await?;
        Ok(Places { units, stands_for: stands_for.to_owned(), known: HashMap::new() })
    }

    /// The organisation of a row; else what is wrong, and with which field. What lies outside the actor's scope is unknown.
    ///
    /// # Errors
    /// [`store::StoreError::Database`].
    pub async fn organisation(
        &mut self,
        records: &mut impl Records,
        actor: &Actor,
        row: &CheckedRow,
    ) -> Outcome<Result<OrganisationId, (Field, Refusal)>> {
        let [tax_code, name, unit] = [Field::TaxCode, Field::Organisation, Field::Unit].map(|field| row.text(field));
        let key = [tax_code, name, unit].map(text::fold).join("|");
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let found = self.look_up(records, actor, [tax_code, name, unit]).await?;
        self.known.insert(key, found.clone());
        Ok(found)
    }

    async fn look_up(
        &self,
        records: &mut impl Records,
        actor: &Actor,
        [tax_code, name, unit]: [&str; 3],
    ) -> Outcome<Result<OrganisationId, (Field, Refusal)>> {
        let (field, typed) = match (tax_code, name) {
            ("", "") => (Field::Organisation, self.stands_for.as_str()),
            ("", name) => (Field::Organisation, name),
            (code, _) => (Field::TaxCode, code),
        };
        if typed.is_empty() {
            return Ok(Err((field, Refusal::Missing)));
        }
        if field == Field::TaxCode
            && let Err(refusal) = typed.parse::<TaxCode>()
        {
            return Ok(Err((field, refusal)));
        }
        let unit = match unit {
            "" => None,
            unit => match self.units.unit(unit) {
                Ok(unit) => Some(unit),
                Err(refusal) => return Ok(Err((Field::Unit, refusal))),
            },
        };
        let id = match organisation_named(records, typed, unit).await? {
            Ok(id) => id,
            Err(refusal) => return Ok(Err((field, refusal))),
        };
        let (_, target) = organisation_target(records, id).await?;
        Ok(if may(actor, Action::KeepPeople, &target) { Ok(id) } else { Err((field, Refusal::UnknownOrganisation)) })
    }
}

/// Whom a row without a fault means; what the records say against it is noted in the row. Changes nothing.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn matched(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    places: &mut Places,
    row: &mut CheckedRow,
) -> Outcome<Option<Match>> {
    // A row with a fault is told at once whether its organisation is known, too.
    let organisation = match places.organisation(records, actor, row).await? {
        Ok(organisation) => organisation,
        Err((field, refusal)) => {
            row.refuse(field, refusal);
            return Ok(None);
        }
    };
    let Some(person) = &row.person else { return Ok(None) };
    match people::find(office, records, Some(actor), organisation, person).await {
        Ok(found) => {
            let will_be = match found {
                Found::Same(_) => Entered::Known,
                Found::Probable(_) => Entered::Resembling,
                Found::Nobody => Entered::New,
            };
            Ok(Some(Match { organisation, will_be }))
        }
        Err(Failure::Refused(faults)) => {
            for fault in faults.0 {
                row.refuse(fault.field.parse().unwrap_or(Field::FullName), fault.refusal);
            }
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}
