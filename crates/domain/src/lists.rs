//! Lists of forms that a unit forwards to the province: drawn up, frozen, forwarded, answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::people::FullName;
use crate::registrations::{State, Step};
use crate::text::{line, paragraphs};
use crate::time::parse_day;
use crate::{Faults, Refusal};

words! {
    /// Where a list stands.
    ListState {
        /// Being drawn up.
        Draft = "draft",
        /// Numbered, signed, and never changed again.
        Frozen = "frozen",
        /// With the province, which has not answered yet.
        Waiting = "waiting",
        /// Accepted by the province.
        Accepted = "accepted",
        /// Sent back by the province: a correction is a list that replaces it.
        Returned = "returned",
        /// Given up before it was forwarded.
        Discarded = "discarded",
    }
}

words! {
    /// Why a form is not in a list.
    Hindrance {
        /// It has not been evaluated yet.
        NotEvaluated = "not_evaluated",
        /// It is with the organisation, to be completed.
        WithOrganisation = "with_organisation",
        /// Evaluators hold it not to be feasible.
        NotFeasible = "not_feasible",
        /// It stands in another list that is being drawn up.
        InAnotherList = "in_another_list",
    }
}

/// The most forms of one list.
pub const MOST_LISTED: usize = 300;

/// What a list is frozen with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Its number among the unit's papers: `12/DS-UBND`.
    pub number: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// The post of who signs; each line is printed on its own.
    pub signatory_post: String,
    /// Who signs.
    pub signatory_name: String,
}

/// What was typed about number, day and signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in Signed")]
pub struct SignForm {
    pub number: String,
    pub signed_on: String,
    pub signatory_post: String,
    pub signatory_name: String,
}

impl SignForm {
    /// What the list is frozen with, or every fault of the form at once. A paper is not dated ahead of `today`.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self, today: NaiveDate) -> Result<Signed, Faults> {
        let mut faults = Faults::default();
        let number = faults.take("number", line(&self.number, 60));
        let signed_on = faults.take("signed_on", past_day(&self.signed_on, today));
        let post = paragraphs(&self.signatory_post, 200).and_then(said);
        let signatory_post = faults.take("signatory_post", post);
        let name = line(&self.signatory_name, 100).and_then(|name| name.parse::<FullName>());
        let signatory_name = faults.take("signatory_name", name);
        match (number, signed_on, signatory_post, signatory_name) {
            (Some(number), Some(signed_on), Some(signatory_post), Some(name)) if faults.is_empty() => {
                Ok(Signed { number, signed_on, signatory_post, signatory_name: name.to_string() })
            }
            _ => Err(faults),
        }
    }
}

/// Whether a form may be put into a list: it was evaluated, and held to be feasible.
///
/// # Errors
/// [`Refusal::NotInThisState`], [`Refusal::NotFeasible`].
pub fn check_ready(state: State, is_feasible: Option<bool>) -> Result<(), Refusal> {
    state.after(Step::List)?;
    if is_feasible == Some(true) { Ok(()) } else { Err(Refusal::NotFeasible) }
}

/// A day that was typed and is not after `today`.
///
/// # Errors
/// [`Refusal::NotADay`], [`Refusal::DayInTheFuture`].
pub fn past_day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = parse_day(typed)?;
    if day > today { Err(Refusal::DayInTheFuture) } else { Ok(day) }
}

fn said(text: String) -> Result<String, Refusal> {
    if text.is_empty() { Err(Refusal::Missing) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_signed_by_somebody_on_a_day_that_has_come() {
        let today = NaiveDate::from_ymd_opt(2019, 6, 12).unwrap();
        let form = SignForm {
            number: " 12/DS-UBND ".into(),
            signed_on: "12/06/2019".into(),
            signatory_post: "KT. CHỦ TỊCH\r\nPHÓ CHỦ TỊCH".into(),
            signatory_name: "Lê Văn Bình".into(),
        };
        let signed = form.parse(today).unwrap();
        assert_eq!((signed.number.as_str(), signed.signatory_post.as_str()), ("12/DS-UBND", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"));
        let wrong = SignForm { signed_on: "13/06/2019".into(), signatory_post: " \n".into(), ..SignForm::default() };
        let faults = wrong.parse(today).unwrap_err();
        let named: Vec<_> = faults.0.iter().map(|fault| (fault.field.as_str(), fault.refusal.clone())).collect();
        assert_eq!(
            named,
            [
                ("number", Refusal::Missing),
                ("signed_on", Refusal::DayInTheFuture),
                ("signatory_post", Refusal::Missing),
                ("signatory_name", Refusal::Missing),
            ]
        );
    }
}
