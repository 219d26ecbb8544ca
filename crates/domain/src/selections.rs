//! The province's choice among forwarded products, by decisions that are published one by one.

mod knowledge;

use chrono::NaiveDate;

use crate::lists::past_day;
use crate::registrations::{REASON_LIMIT, Step};
use crate::text::{line, paragraphs};
use crate::{Faults, Refusal};

pub use knowledge::Knowledge;

words! {
    /// What is decided on a product.
    Choice {
        /// Selected for the programme of its year.
        Select = "select",
        /// Not selected.
        Reject = "reject",
    }
}

impl Choice {
    /// The step that its form takes.
    #[must_use]
    pub const fn step(self) -> Step {
        match self {
            Choice::Select => Step::Select,
            Choice::Reject => Step::Reject,
        }
    }
}

words! {
    /// By what the table of products is sorted.
    SelectionSort {
        /// By the official code of the receiving unit.
        Unit = "unit",
        /// By product.
        Product = "product",
        /// By organisation.
        Organisation = "organisation",
        /// By kind of organisation.
        Kind = "kind",
        /// By group of products.
        Group = "group",
        /// The highest score first.
        Score = "score",
        /// The most complete first.
        Completeness = "completeness",
        /// Those that wait for a decision first.
        State = "state",
    }
}

/// How many products a page of the table shows.
pub const PAGE: i64 = 50;

/// The share of existing products that a year brings to standard at least (Plan 134): 30 %, rounded up.
#[must_use]
pub const fn least_target(existing_products: i64) -> i64 {
    (existing_products * 3).div_euclid(10) + if existing_products * 3 % 10 > 0 { 1 } else { 0 }
}

/// What one decision says of the products chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The number of the decision: `2345/QĐ-UBND`.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// What it says.
    pub choice: Choice,
    /// Why; empty only where products are selected.
    pub reason: String,
}

/// What was typed about a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in Ruling")]
pub struct RulingForm {
    pub number: String,
    pub decided_on: String,
    pub choice: String,
    pub reason: String,
}

impl RulingForm {
    /// The decision, or every fault of the form at once. Nothing is decided ahead of `today`.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self, today: NaiveDate) -> Result<Ruling, Faults> {
        let mut faults = Faults::default();
        let number = faults.take("number", line(&self.number, 60));
        let decided_on = faults.take("decided_on", past_day(&self.decided_on, today));
        let choice = if self.choice.is_empty() { Err(Refusal::Missing) } else { self.choice.parse::<Choice>() };
        let choice = faults.take("choice", choice);
        let reason = faults.take("reason", paragraphs(&self.reason, REASON_LIMIT));
        if choice == Some(Choice::Reject) && reason.as_deref() == Some("") {
            faults.add("reason", Refusal::ReasonMissing);
        }
        match (number, decided_on, choice, reason) {
            (Some(number), Some(decided_on), Some(choice), Some(reason)) if faults.is_empty() => {
                Ok(Ruling { number, decided_on, choice, reason })
            }
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_selected_is_told_why() {
        let today = NaiveDate::from_ymd_opt(2019, 6, 12).unwrap();
        let form = RulingForm {
            number: "2345/QĐ-UBND".into(),
            decided_on: "2019-06-12".into(),
            choice: "select".into(),
            reason: String::new(),
        };
        assert_eq!(form.parse(today).unwrap().choice, Choice::Select);
        let reject = RulingForm { choice: "reject".into(), ..form };
        assert_eq!(
            reject.parse(today),
            Err(Faults(vec![crate::Fault { field: "reason".into(), refusal: Refusal::ReasonMissing }]))
        );
        assert!(RulingForm { reason: "Chưa đủ hồ sơ".into(), ..reject }.parse(today).is_ok());
        let nothing = RulingForm::default().parse(today).unwrap_err();
        let named: Vec<_> = nothing.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(named, ["number", "decided_on", "choice"]);
    }

    #[test]
    fn thirty_per_cent_are_rounded_up() {
        for (existing, least) in [(0, 0), (1, 1), (9, 3), (10, 3), (11, 4), (97, 30), (100, 30)] {
            assert_eq!(least_target(existing), least, "{existing}");
        }
    }
}
