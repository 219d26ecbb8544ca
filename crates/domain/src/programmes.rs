//! Programme years: what the province plans for a year of OCOP, and when each step of the annual cycle is open.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::{line, optional_line, whole_number};
use crate::time::parse_day;
use crate::{Faults, Refusal};

words! {
    /// The six steps of the annual cycle (domain.md §1.2). Their months differ by province and year, so they are data.
    CycleStep {
        /// Communication and guidance.
        Guidance = "guidance",
        /// Receiving product ideas: forms 01 and 02.
        Receiving = "receiving",
        /// Receiving business plans: form 03.
        Planning = "planning",
        /// Carrying the plans out.
        Carrying = "carrying",
        /// Evaluation and grading.
        Grading = "grading",
        /// Trade promotion.
        Promotion = "promotion",
    }
}

impl CycleStep {
    /// Its number in the cycle, 1 to 6.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            CycleStep::Guidance => 1,
            CycleStep::Receiving => 2,
            CycleStep::Planning => 3,
            CycleStep::Carrying => 4,
            CycleStep::Grading => 5,
            CycleStep::Promotion => 6,
        }
    }
}

/// The days on which a step is open; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first day.
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}

impl Window {
    /// Whether it is open on a day.
    ///
    /// # Errors
    /// [`Refusal::OutsideWindow`].
    pub fn check(self, day: NaiveDate) -> Result<(), Refusal> {
        if (self.opens..=self.closes).contains(&day) {
            Ok(())
        } else {
            Err(Refusal::OutsideWindow { opens: self.opens, closes: self.closes })
        }
    }

    /// Where a day lies to it.
    #[must_use]
    pub fn phase(self, day: NaiveDate) -> Phase {
        if day < self.opens {
            Phase::Ahead((self.opens - day).num_days())
        } else if day <= self.closes {
            Phase::Open((self.closes - day).num_days())
        } else {
            Phase::Over
        }
    }
}

/// Where a day lies to the days of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The step opens in so many days.
    Ahead(i64),
    /// It is open, and so many days are left after this one.
    Open(i64),
    /// It is over.
    Over,
}

/// A criterion as it is planned. Evaluators give 0 to [`crate::registrations::MOST_POINTS`] points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionPlan {
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_english: String,
    /// Its share of the score, in percent.
    pub weight: i64,
}

/// What a programme year plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearPlan {
    /// The year.
    pub year: i64,
    /// The number of the plan: `134/KH-UBND`.
    pub plan_number: String,
    /// The day of the plan, when it is known.
    pub plan_day: Option<NaiveDate>,
    /// Products that existed when it was made.
    pub existing_products: i64,
    /// Products to be brought to standard.
    pub target_products: i64,
    /// The decision whose classification holds.
    pub group_decision: String,
    /// When steps are open, where that is known, in the order of the cycle.
    pub windows: Vec<(CycleStep, Window)>,
    /// What is scored; the weights make 100. Empty when this year does not score.
    pub criteria: Vec<CriterionPlan>,
}

/// What was typed about a criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in CriterionPlan")]
pub struct CriterionForm {
    pub name: String,
    pub name_english: String,
    pub weight: String,
}

/// What was typed about a programme year. Faults are named after the fields: `plan_day`, `windows.2.opens` (by the number
/// of the step), `criteria.0.weight` (by row).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in YearPlan")]
pub struct YearForm {
    pub year: String,
    pub plan_number: String,
    pub plan_day: String,
    pub existing_products: String,
    pub target_products: String,
    pub group_decision: String,
    /// First and last day of each step, in the order of [`CycleStep::ALL`]; both empty while it is not known.
    pub windows: Vec<(String, String)>,
    /// Rows that are wholly empty are passed over.
    pub criteria: Vec<CriterionForm>,
}

impl YearForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<YearPlan, Faults> {
        let mut faults = Faults::default();
        let year = faults.take("year", whole_number(&self.year, 2018, 2100));
        let plan_number = faults.take("plan_number", line(&self.plan_number, 60));
        let plan_day = match self.plan_day.trim() {
            "" => Some(None),
            typed => faults.take("plan_day", parse_day(typed)).map(Some),
        };
        let existing_products = faults.take("existing_products", whole_number(&self.existing_products, 0, 100_000));
        let target_products = faults.take("target_products", whole_number(&self.target_products, 0, 100_000));
        let group_decision = faults.take("group_decision", line(&self.group_decision, 40));
        let windows = self.parse_windows(&mut faults);
        let criteria = self.parse_criteria(&mut faults);
        let plan = (|| {
            Some(YearPlan {
                year: year?,
                plan_number: plan_number?,
                plan_day: plan_day?,
                existing_products: existing_products?,
                target_products: target_products?,
                group_decision: group_decision?,
                windows,
                criteria,
            })
        })();
        if faults.is_empty() { plan.ok_or(faults) } else { Err(faults) }
    }

    fn parse_windows(&self, faults: &mut Faults) -> Vec<(CycleStep, Window)> {
        let mut windows = Vec::new();
        for (step, (opens, closes)) in CycleStep::ALL.iter().zip(&self.windows) {
            if opens.trim().is_empty() && closes.trim().is_empty() {
                continue;
            }
            let field = |end: &str| format!("windows.{}.{end}", step.number());
            let opens = faults.take(field("opens"), parse_day(opens));
            let closes = faults.take(field("closes"), parse_day(closes));
            let (Some(opens), Some(closes)) = (opens, closes) else { continue };
            if opens > closes {
                faults.add(field("closes"), Refusal::ClosesBeforeOpening);
            }
            windows.push((*step, Window { opens, closes }));
        }
        windows
    }

    fn parse_criteria(&self, faults: &mut Faults) -> Vec<CriterionPlan> {
        let mut criteria = Vec::new();
        for (n, row) in self.criteria.iter().enumerate() {
            if *row == CriterionForm::default() {
                continue;
            }
            let name = faults.take(format!("criteria.{n}.name"), line(&row.name, 200));
            let name_english = faults.take(format!("criteria.{n}.name_english"), optional_line(&row.name_english, 200));
            let weight = faults.take(format!("criteria.{n}.weight"), whole_number(&row.weight, 1, 100));
            if let (Some(name), Some(name_english), Some(weight)) = (name, name_english, weight) {
                criteria.push(CriterionPlan {
                    name_english: if name_english.is_empty() { name.clone() } else { name_english },
                    name,
                    weight,
                });
            }
        }
        let total: i64 = criteria.iter().map(|criterion| criterion.weight).sum();
        if !criteria.is_empty() && total != 100 && !faults.0.iter().any(|fault| fault.field.starts_with("criteria.")) {
            faults.add("criteria.0.weight", Refusal::WeightsNotHundred { total });
        }
        criteria
    }
}

impl From<&YearPlan> for YearForm {
    fn from(plan: &YearPlan) -> YearForm {
        let window = |step: &CycleStep| {
            let found = plan.windows.iter().find(|(known, _)| known == step);
            found.map_or_else(Default::default, |(_, window)| (window.opens.to_string(), window.closes.to_string()))
        };
        YearForm {
            year: plan.year.to_string(),
            plan_number: plan.plan_number.clone(),
            plan_day: plan.plan_day.map_or_else(String::new, |day| day.to_string()),
            existing_products: plan.existing_products.to_string(),
            target_products: plan.target_products.to_string(),
            group_decision: plan.group_decision.clone(),
            windows: CycleStep::ALL.iter().map(window).collect(),
            criteria: plan.criteria.iter().map(CriterionForm::from).collect(),
        }
    }
}

impl From<&CriterionPlan> for CriterionForm {
    fn from(plan: &CriterionPlan) -> CriterionForm {
        CriterionForm { name: plan.name.clone(), name_english: plan.name_english.clone(), weight: plan.weight.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> YearForm {
        YearForm {
            year: "2019".into(),
            plan_number: "134/KH-UBND".into(),
            plan_day: String::new(),
            existing_products: "100".into(),
            target_products: "30".into(),
            group_decision: "490/QĐ-TTg".into(),
            windows: vec![(String::new(), String::new()), ("2019-04-01".into(), "30/06/2019".into())],
            criteria: vec![
                CriterionForm { name: "Nguồn gốc".into(), name_english: "Origin".into(), weight: "60".into() },
                CriterionForm::default(),
                CriterionForm { name: "Lao động".into(), name_english: String::new(), weight: "40".into() },
            ],
        }
    }

    #[test]
    fn a_form_and_its_plan_say_the_same() {
        let plan = form().parse().unwrap();
        assert_eq!(plan.windows.len(), 1);
        assert_eq!(plan.criteria.len(), 2);
        assert_eq!(YearForm::from(&plan).parse(), Ok(plan));
    }

    #[test]
    fn every_fault_is_named() {
        let mut wrong = form();
        wrong.windows[1].1 = "2019-03-01".into();
        wrong.criteria[0].weight = "50".into();
        wrong.plan_day = "hôm qua".into();
        let faults = wrong.parse().unwrap_err();
        let named: Vec<_> = faults.0.iter().map(|fault| (fault.field.as_str(), fault.refusal.clone())).collect();
        assert_eq!(
            named,
            [
                ("plan_day", Refusal::NotADay),
                ("windows.2.closes", Refusal::ClosesBeforeOpening),
                ("criteria.0.weight", Refusal::WeightsNotHundred { total: 90 }),
            ]
        );
    }

    #[test]
    fn both_ends_belong_to_a_window() {
        let window = form().parse().unwrap().windows[0].1;
        assert_eq!(window.check(window.opens), Ok(()));
        assert_eq!(window.check(window.closes), Ok(()));
        let late = window.closes.succ_opt().unwrap();
        assert_eq!(window.check(late), Err(Refusal::OutsideWindow { opens: window.opens, closes: window.closes }));
        assert_eq!(window.phase(window.opens - chrono::Days::new(3)), Phase::Ahead(3));
        assert_eq!(window.phase(window.opens), Phase::Open((window.closes - window.opens).num_days()));
        assert_eq!(window.phase(window.closes), Phase::Open(0));
        assert_eq!(window.phase(late), Phase::Over);
    }
}
