//! Evaluating a form: whether it is feasible, and points by criterion where the year has criteria.

use crate::text::{paragraphs, whole_number};
use crate::{Faults, Refusal};

use super::REASON_LIMIT;

/// The most points of one criterion.
pub const MOST_POINTS: i64 = 10;

/// A criterion's weight in percent, with the points it got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighted {
    /// Its share, in percent; the weights of a year make 100.
    pub weight: i64,
    /// 0 to [`MOST_POINTS`].
    pub points: i64,
}

/// What was typed by one evaluator. Faults are named `is_feasible`, `remark`, `points.N` in the order of the criteria.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationForm {
    /// `yes` or `no`.
    pub is_feasible: String,
    /// Why.
    pub remark: String,
    /// Points of each criterion, in the order of the criteria; all empty when the evaluator gives none.
    pub points: Vec<String>,
}

/// One evaluator's opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whether the form is feasible.
    pub is_feasible: bool,
    /// Why; needed when it is not.
    pub remark: String,
    /// Points of each criterion; empty when none were given.
    pub points: Vec<i64>,
    /// The weighted total in hundredths of 100 points; none without points.
    pub total: Option<i64>,
}

impl EvaluationForm {
    /// The opinion under criteria of these weights, or every fault at once.
    ///
    /// # Errors
    /// [`Refusal::NotAChoice`], [`Refusal::ReasonMissing`], [`Refusal::NotANumber`], [`Refusal::Missing`], by field.
    pub fn parse(&self, weights: &[i64]) -> Result<Opinion, Faults> {
        let mut faults = Faults::default();
        let is_feasible = match self.is_feasible.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            "" => faults.take("is_feasible", Err(Refusal::Missing)),
            _ => faults.take("is_feasible", Err(Refusal::NotAChoice)),
        };
        let remark = faults.take("remark", paragraphs(&self.remark, REASON_LIMIT));
        if is_feasible == Some(false) && remark.as_deref() == Some("") {
            faults.add("remark", Refusal::ReasonMissing);
        }
        let mut points = Vec::new();
        if self.points.iter().any(|typed| !typed.trim().is_empty()) {
            for n in 0..weights.len() {
                let typed = self.points.get(n).map_or("", String::as_str);
                points.extend(faults.take(format!("points.{n}"), whole_number(typed, 0, MOST_POINTS)));
            }
        }
        match (is_feasible, remark) {
            (Some(is_feasible), Some(remark)) if faults.is_empty() => {
                let weighted: Vec<_> = weights.iter().zip(&points).map(|(w, p)| Weighted { weight: *w, points: *p }).collect();
                Ok(Opinion { is_feasible, remark, points, total: total(&weighted) })
            }
            _ => Err(faults),
        }
    }
}

/// The weighted total in hundredths of 100 points; none without criteria.
fn total(weighted: &[Weighted]) -> Option<i64> {
    let weights: i64 = weighted.iter().map(|criterion| criterion.weight).sum();
    let sum: i64 = weighted.iter().map(|criterion| criterion.weight * criterion.points).sum();
    (weights > 0).then(|| sum * 10_000 / (weights * MOST_POINTS))
}

/// How several evaluators judged one form. Totals are hundredths of 100 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The mean total.
    pub mean: i64,
    /// The lowest total.
    pub least: i64,
    /// The highest total.
    pub most: i64,
    /// How many gave points.
    pub count: i64,
}

/// The spread of the totals that were given; none when none were.
#[must_use]
pub fn spread(totals: &[i64]) -> Option<Spread> {
    let (least, most) = (*totals.iter().min()?, *totals.iter().max()?);
    let count = i64::try_from(totals.len()).ok()?;
    // Rounded half up, as points are.
    let mean = (totals.iter().sum::<i64>() * 2 + count) / (count * 2);
    Some(Spread { mean, least, most, count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(is_feasible: &str, remark: &str, points: &[&str]) -> EvaluationForm {
        EvaluationForm {
            is_feasible: is_feasible.into(),
            remark: remark.into(),
            points: points.iter().map(|typed| (*typed).to_owned()).collect(),
        }
    }

    #[test]
    fn points_are_weighted() {
        let opinion = form("yes", "", &["10", "5"]).parse(&[60, 40]).unwrap();
        assert_eq!(opinion.total, Some(8000));
        assert_eq!(form("yes", "", &["10", "10"]).parse(&[60, 40]).unwrap().total, Some(10_000));
        assert_eq!(form("yes", "", &["", ""]).parse(&[60, 40]).unwrap().total, None);
        assert_eq!(form("yes", "", &[]).parse(&[]).unwrap().total, None);
    }

    #[test]
    fn who_says_no_says_why() {
        let faults = form("no", " ", &["11", ""]).parse(&[60, 40]).unwrap_err();
        let named: Vec<_> = faults.0.iter().map(|fault| (fault.field.as_str(), fault.refusal.clone())).collect();
        let number = Refusal::NotANumber { least: 0, most: 10 };
        assert_eq!(named, [("remark", Refusal::ReasonMissing), ("points.0", number), ("points.1", Refusal::Missing)]);
        assert_eq!(form("", "", &[]).parse(&[]).unwrap_err().of("is_feasible").next(), Some(&Refusal::Missing));
    }

    #[test]
    fn the_spread_shows_how_far_evaluators_are_apart() {
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[7000, 8001]), Some(Spread { mean: 7501, least: 7000, most: 8001, count: 2 }));
    }
}
