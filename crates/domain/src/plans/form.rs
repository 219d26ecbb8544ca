//! The form of a line: what was typed, kept as it was typed, until all of it is a [`LinePlan`].

use super::{LinePlan, QUARTERS};
use crate::text::{optional_line, paragraphs, parse_amount, whole_number};
use crate::{Faults, Refusal};

/// What was typed about a line of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineForm {
    /// The identifier of the course.
    pub course: String,
    /// For whom it is, as a word.
    pub audience: String,
    /// The quarter.
    pub quarter: String,
    /// How many runs.
    pub runs: String,
    /// How many people.
    pub participants: String,
    /// The identifier of the unit; empty for the whole province.
    pub unit: String,
    /// Where, in words.
    pub place: String,
    /// What it may cost; empty when no money is planned.
    pub budget: String,
    /// Anything else.
    pub note: String,
}

impl LineForm {
    /// The line, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<LinePlan, Faults> {
        let mut faults = Faults::default();
        let course = match self.course.trim() {
            "" => Err(Refusal::Missing),
            id => id.parse().map_err(|_| Refusal::NotAChoice),
        };
        let course = faults.take("course", course);
        let audience = faults.take("audience", self.audience.parse());
        let quarter = self.quarter.trim().parse().ok().filter(|quarter| QUARTERS.contains(quarter));
        let quarter = faults.take("quarter", quarter.ok_or(Refusal::NotAChoice));
        let runs = faults.take("runs", whole_number(&self.runs, 1, 200));
        let participants = faults.take("participants", whole_number(&self.participants, 1, 100_000));
        let unit = match self.unit.trim() {
            "" => Some(None),
            unit => faults.take("unit", unit.parse().map(Some).map_err(|_| Refusal::NotAChoice)),
        };
        let place = faults.take("place", optional_line(&self.place, 200));
        let budget = match self.budget.trim() {
            "" => Some(0),
            budget => faults.take("budget", parse_amount(budget)),
        };
        let note = faults.take("note", paragraphs(&self.note, 1000));
        let plan = (|| {
            Some(LinePlan {
                course: course?,
                audience: audience?,
                quarter: quarter?,
                runs: runs?,
                participants: participants?,
                unit: unit?,
                place: place?,
                budget: budget?,
                note: note?,
            })
        })();
        plan.ok_or(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::PlanAudience;
    use uuid::Uuid;

    #[test]
    fn a_filled_form_is_a_line() {
        let form = LineForm {
            course: Uuid::from_u128(1).to_string(),
            audience: "selected".into(),
            quarter: " 3".into(),
            runs: "2".into(),
            participants: "80".into(),
            place: " Hội  trường ".into(),
            budget: "64.000.000 đ".into(),
            ..LineForm::default()
        };
        let line = form.parse().unwrap();
        assert_eq!((line.audience, line.quarter, line.runs, line.participants), (PlanAudience::Selected, 3, 2, 80));
        assert_eq!((line.unit, line.place.as_str(), line.budget), (None, "Hội trường", 64_000_000));
        assert_eq!(LineForm { budget: " ".into(), ..form }.parse().unwrap().budget, 0);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let form = LineForm { unit: "x".into(), budget: "nhiều".into(), place: "x".repeat(201), ..LineForm::default() };
        let faults = form.parse().unwrap_err();
        let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["course", "audience", "quarter", "runs", "participants", "unit", "place", "budget"]);
        assert_eq!(faults.of("course").next(), Some(&Refusal::Missing));
        for quarter in ["0", "5", "I", "1.0"] {
            let form = LineForm { quarter: quarter.into(), ..LineForm::default() };
            assert_eq!(form.parse().unwrap_err().of("quarter").next(), Some(&Refusal::NotAChoice), "{quarter}");
        }
    }
}
