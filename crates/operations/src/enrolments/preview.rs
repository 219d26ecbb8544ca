//! A list is looked through before anything is stored.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::roster::{self, CheckedRow, Field, Row};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::people::PersonEntry;
use store::Records;
use store::organisations::Organisation;
use store::runs::Run;

use super::prerequisites::Prerequisites;
use super::{admitted, closed};
use crate::people::{self, Found};
use crate::{Failure, Office, Outcome, allotments};

/// What the records say about a row without a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowNote {
    /// Nobody like this is known: the person will be added.
    New,
    /// Nobody surely, but somebody who is known may be meant: the person will be added, and the pair put before somebody.
    /// Whom, is told where the actor may see them.
    Resembling(Option<PersonId>),
    /// The person belongs to the organisation already, or is known by the citizen or telephone number.
    Known(PersonId),
    /// The person has a place in the run: nothing will change.
    AlreadyEnrolled(PersonId),
    /// A seat is held for the person, who takes that one.
    Offered(PersonId),
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
    /// How many people of this organisation can take a place before it.
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

    /// Seats it would take of those.
    #[must_use]
    pub fn asked(&self) -> i64 {
        let takes = |note: &Option<RowNote>| !matches!(note, Some(RowNote::AlreadyEnrolled(_) | RowNote::Offered(_)));
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
    let before = Prerequisites::of(&mut records, &run, office.today()).await?;
    let looked = Looked { office, actor, run: &run, organisation: &organisation, before: &before };
    let mut checked = Vec::with_capacity(rows.len());
    for mut row in roster::check(rows, office.today()).rows {
        let note = match row.person.clone() {
            Some(person) => looked.note(&mut records, &mut row, &person).await?,
            None => None,
        };
        checked.push((row, note));
    }
    let closed = closed(&mut records, &run, &organisation, office.today()).await?;
    let room = allotments::room_for(&mut records, &run, &organisation, office.now()).await?;
    let mut review = Review { run, organisation, rows: checked, seats_left: room.left(), refusal: None };
    let nobody = rows.is_empty().then_some(Refusal::NobodyChosen);
    // Who asks for approval needs no seat yet.
    let full = if review.run.approval.is_needed() { None } else { room.takes(review.asked()).err() };
    review.refusal = nobody.or(closed).or(full);
    Ok(review)
}

/// What a row is looked at with.
struct Looked<'a> {
    office: &'a Office,
    actor: &'a Actor,
    run: &'a Run,
    organisation: &'a Organisation,
    before: &'a Prerequisites,
}

impl Looked<'_> {
    /// What the records say about a row without a fault; its faults are noted in it.
    async fn note(&self, records: &mut impl Records, row: &mut CheckedRow, person: &PersonEntry) -> Outcome<Option<RowNote>> {
        let found = match people::find(self.office, records, Some(self.actor), self.organisation.id, person).await {
            Err(Failure::Refused(faults)) => {
                for fault in faults.0 {
                    row.refuse(fault.field.parse().unwrap_or(Field::FullName), fault.refusal);
                }
                return Ok(None);
            }
            outcome => outcome?,
        };
        let (known, mut note) = match found {
            Found::Same(known) => (Some(known.id), RowNote::Known(known.id)),
            Found::Nobody => (None, RowNote::New),
            Found::Probable(resembling) => {
                let mut seen = None;
                for id in resembling {
                    seen = seen.or(people::is_seen(self.office, records, self.actor, id).await?.then_some(id));
                }
                (None, RowNote::Resembling(seen))
            }
        };
        if let Some(known) = known {
            if store::enrolments::live_of_person(records, self.run.id, known).await?.is_some() {
                return Ok(Some(RowNote::AlreadyEnrolled(known)));
            }
            let entry = store::waiting::of_person(records, self.run.id, known).await?;
            let held_until = entry.and_then(|entry| entry.expires_at).map(|end| end.min(self.run.keeping_ends()));
            if held_until.is_some_and(|end| self.office.now() < end) {
                note = RowNote::Offered(known);
            }
            if let Some((run, day)) = store::runs::clashes::busy(records, known, self.run.id).await? {
                let person = person.full_name.to_string();
                row.refuse(Field::FullName, Refusal::BusyElsewhere { person, run, day });
            }
        }
        if let Some(refusal) = self.before.refusal(records, known, &person.full_name).await? {
            row.refuse(Field::FullName, refusal);
        }
        Ok(Some(note))
    }
}
