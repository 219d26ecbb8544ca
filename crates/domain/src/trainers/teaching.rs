//! Who really taught a session, for how many minutes, and for whom they stood in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::text::{optional_line, whole_number};
use crate::{Faults, Refusal};

/// The most people who teach one session.
const PEOPLE: usize = 20;

/// What was typed about one person in a session. Nobody chosen means that the row was left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in TeachingPlan")]
pub struct TeachingForm {
    pub person: String,
    pub minutes: String,
    pub stood_in_for: String,
    pub note: String,
}

/// What one person gave in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeachingPlan {
    /// The row of the form in which it stands, for its faults.
    pub row: usize,
    /// Who.
    pub person: PersonId,
    /// Minutes really taught; 0 for who was to teach and did not.
    pub minutes: i64,
    /// In whose place.
    pub stood_in_for: Option<PersonId>,
    /// What else there is to say.
    pub note: String,
}

impl TeachingForm {
    /// What the rows of a form say, or all that is wrong with them. Faults are named `teaching.0.minutes`.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(rows: &[TeachingForm]) -> Result<Vec<TeachingPlan>, Faults> {
        let mut faults = Faults::default();
        let mut plans: Vec<TeachingPlan> = Vec::new();
        if rows.len() > PEOPLE {
            faults.add("", Refusal::NotANumber { least: 0, most: i64::try_from(PEOPLE).unwrap_or(i64::MAX) });
        }
        for (n, row) in rows.iter().take(PEOPLE).enumerate() {
            let Some(plan) = row.plan(n, &mut faults) else { continue };
            match plans.iter().find(|other| other.person == plan.person) {
                Some(first) => faults.add(format!("teaching.{n}.person"), Refusal::TwiceInTheList { first_row: first.row + 1 }),
                None => plans.push(plan),
            }
        }
        if faults.is_empty() { Ok(plans) } else { Err(faults) }
    }

    fn plan(&self, n: usize, faults: &mut Faults) -> Option<TeachingPlan> {
        let field = |name: &str| format!("teaching.{n}.{name}");
        if self.person.trim().is_empty() {
            // Minutes stand in an empty row from the start; more than that says that somebody was meant.
            if !self.stood_in_for.trim().is_empty() || !self.note.trim().is_empty() {
                faults.add(field("person"), Refusal::Missing);
            }
            return None;
        }
        let person = faults.take(field("person"), self.person.parse().map_err(|_| Refusal::NotAChoice));
        let minutes = faults.take(field("minutes"), whole_number(&self.minutes, 0, 1440));
        let stood_in_for = match self.stood_in_for.trim() {
            "" => Some(None),
            other => faults.take(field("stood_in_for"), other.parse().map(Some).map_err(|_| Refusal::NotAChoice)),
        };
        let note = faults.take(field("note"), optional_line(&self.note, 200));
        if person.is_some() && stood_in_for.flatten() == person {
            faults.add(field("stood_in_for"), Refusal::NotAChoice);
        }
        Some(TeachingPlan { row: n, person: person?, minutes: minutes?, stood_in_for: stood_in_for?, note: note? })
    }
}

/// Whether a session was held, at least in part, so that something can be said of who taught it.
///
/// `published` and `cancelled` are those of its run.
///
/// # Errors
/// [`Refusal::NotPublished`], [`Refusal::NotBegun`], [`Refusal::RunCancelled`], [`Refusal::SessionCancelled`].
pub fn check_held(
    (day, starts): (NaiveDate, DateTime<Utc>),
    published: Option<DateTime<Utc>>,
    cancelled: Option<DateTime<Utc>>,
    session_cancelled: bool,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if published.is_none() {
        return Err(Refusal::NotPublished);
    }
    if session_cancelled {
        return Err(Refusal::SessionCancelled);
    }
    if cancelled.is_some_and(|cancelled| cancelled <= starts) {
        return Err(Refusal::RunCancelled);
    }
    if now < starts { Err(Refusal::NotBegun { day }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{instant, parse_day, parse_time};
    use uuid::Uuid;

    fn id(n: u128) -> String {
        Uuid::from_u128(n).to_string()
    }

    fn row(person: &str, minutes: &str, stood_in_for: &str, note: &str) -> TeachingForm {
        TeachingForm { person: person.into(), minutes: minutes.into(), stood_in_for: stood_in_for.into(), note: note.into() }
    }

    fn faults(rows: &[TeachingForm]) -> Vec<String> {
        let faults = TeachingForm::parse(rows).unwrap_err();
        faults.0.into_iter().map(|fault| format!("{}: {:?}", fault.field, fault.refusal)).collect()
    }

    #[test]
    fn rows_left_alone_say_nothing() {
        let rows = [row(&id(1), "0", "", "Ốm"), row(&id(2), "240", &id(1), ""), row("", "240", "", "")];
        let plans = TeachingForm::parse(&rows).unwrap();
        let said: Vec<_> = plans.iter().map(|plan| (plan.row, plan.minutes, plan.stood_in_for)).collect();
        assert_eq!(said, [(0, 0, None), (1, 240, Some(PersonId(Uuid::from_u128(1))))]);
    }

    #[test]
    fn every_fault_stands_at_its_row() {
        assert_eq!(faults(&[row("", "240", &id(1), "")]), ["teaching.0.person: Missing"]);
        assert_eq!(faults(&[row("", "240", "", "thay")]), ["teaching.0.person: Missing"]);
        assert_eq!(
            faults(&[row(&id(1), "", "", ""), row(&id(2), "1441", "x", "")]),
            [
                "teaching.0.minutes: Missing",
                "teaching.1.minutes: NotANumber { least: 0, most: 1440 }",
                "teaching.1.stood_in_for: NotAChoice"
            ]
        );
        assert_eq!(faults(&[row(&id(1), "9", &id(1), "")]), ["teaching.0.stood_in_for: NotAChoice"], "in nobody's own place");
        assert_eq!(
            faults(&[row(&id(1), "9", "", ""), row(&id(1), "8", "", "")]),
            ["teaching.1.person: TwiceInTheList { first_row: 1 }"]
        );
    }

    #[test]
    fn only_what_was_held_was_taught() {
        let day = parse_day("02/07/2019").unwrap();
        let at = |time: &str| instant(day, parse_time(time).unwrap());
        let held = |published, cancelled, called_off, now| check_held((day, at("7:30")), published, cancelled, called_off, now);
        let published = Some(at("0:00"));
        assert_eq!(held(published, None, false, at("7:30")), Ok(()));
        assert_eq!(held(published, None, false, at("7:29")), Err(Refusal::NotBegun { day }));
        assert_eq!(held(None, None, false, at("8:00")), Err(Refusal::NotPublished));
        assert_eq!(held(published, Some(at("7:00")), false, at("8:00")), Err(Refusal::RunCancelled));
        assert_eq!(held(published, Some(at("12:00")), false, at("13:00")), Ok(()), "called off after it was held");
        assert_eq!(held(published, None, true, at("8:00")), Err(Refusal::SessionCancelled));
    }
}
