//! A list is looked through before anything is stored.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::roster::{self, CheckedRow, Field, Row};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::people::PersonEntry;
use store::Records;
use store::organisations::Organisation;
use store::runs::Run;

use super::{admitted, closed};
use crate::{Failure, Office, Outcome, allotments, people};

/// What the records say about a row without a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowNote {
    /// Nobody like this is known: the person will be added.
    New,
    /// The person belongs to the organisation already, or is known by the citizen number.
    Known(PersonId),
    /// The person has a place in the run: nothing will change.
    AlreadyEnrolled(PersonId),
}

/// A list with everything found out about it.
#[derive(Debug, Clone)]
pub struct Review {
    /// The run.
    pub run: Run,
    /// The organisation that sends the list.
    pub organisation: Organisation,
    /// Its rows; a note stands where nothing is wrong.
    pub rows: Vec<(CheckedRow, Option<RowNote>)>,
    /// Seats left before it, for people of this organisation.
    pub seats_left: i64,
    /// What stands against the list as a whole.
    pub refusal: Option<Refusal>,
}

impl Review {
    /// Whether it can be confirmed as it is.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.refusal.is_none() && self.rows.iter().all(|(row, _)| row.faults.is_empty())
    }

    /// Seats it would take.
    #[must_use]
    pub fn asked(&self) -> i64 {
        let takes = |note: &Option<RowNote>| !matches!(note, Some(RowNote::AlreadyEnrolled(_)));
        self.rows.iter().filter(|(_, note)| takes(note)).count() as i64
    }

    /// The people of its rows without faults, in order.
    #[must_use]
    pub fn people(&self) -> Vec<PersonEntry> {
        self.rows.iter().filter_map(|(row, _)| row.person.clone()).collect()
    }
}

/// Looks through a list of people of an organisation for a run. Changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] for what lies outside the actor's scope.
pub async fn preview(office: &Office, actor: &Actor, run: RunId, organisation: OrganisationId, rows: &[Row]) -> Outcome<Review> {
    let mut records = office.database.read().await?;
    let (run, organisation) = admitted(&mut records, actor, run, organisation).await?;
    let mut checked = Vec::with_capacity(rows.len());
    for mut row in roster::check(rows, office.today()).rows {
        let note = match row.person.clone() {
            Some(person) => note(&mut records, &run, &organisation, &mut row, &person).await?,
            None => None,
        };
        checked.push((row, note));
    }
    let closed = closed(&mut records, &run, &organisation, office.today()).await?;
    let seats_left = allotments::seats_for(&mut records, &run, &organisation, office.now()).await?;
    let mut review = Review { run, organisation, rows: checked, seats_left, refusal: None };
    let nobody = rows.is_empty().then_some(Refusal::NobodyChosen);
    let (left, asked) = (seats_left, review.asked());
    review.refusal = nobody.or(closed).or_else(|| (asked > left).then_some(Refusal::Full { left, asked }));
    Ok(review)
}

async fn note(
    records: &mut impl Records,
    run: &Run,
    organisation: &Organisation,
    row: &mut CheckedRow,
    person: &PersonEntry,
) -> Outcome<Option<RowNote>> {
    let found = match people::find(records, organisation.id, person).await {
        Err(Failure::Refused(faults)) => {
            for fault in faults.0 {
                row.refuse(fault.field.parse().unwrap_or(Field::FullName), fault.refusal);
            }
            return Ok(None);
        }
        outcome => outcome?.map(|found| found.id),
    };
    Ok(Some(match found {
        None => RowNote::New,
        Some(id) if store::enrolments::live_of_person(records, run.id, id).await?.is_some() => RowNote::AlreadyEnrolled(id),
        Some(id) => {
            if let Some((run, day)) = store::runs::clashes::busy(records, id, run.id).await? {
                let person = person.full_name.to_string();
                row.refuse(Field::FullName, Refusal::BusyElsewhere { person, run, day });
            }
            RowNote::Known(id)
        }
    }))
}
