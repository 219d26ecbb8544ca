//! Eligibility: runs for organisations with a selected product, and exceptions from that (Plan 134).

use crate::Refusal;
use crate::courses::Audience;
use crate::organisations::OrganisationKind;

/// What decides whether an organisation is admitted to a run that may be for selected organisations alone.
///
/// A product counts as selected when the last *published* decision on it selects it. Before it is published, a decision
/// can still be put right, and what the office has not said it cannot be held to; and what it has said holds until it
/// says otherwise in public. So a decision that is being prepared neither lets anybody in nor shuts anybody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Eligibility {
    /// The year of the selection that the run is narrowed to; none when every organisation may take part.
    pub year: Option<i64>,
    /// How many products of the organisation are selected in that year.
    pub products: i64,
    /// Whether an exception was granted to the organisation for this run.
    pub is_excepted: bool,
}

impl Eligibility {
    /// Whether the organisation is admitted.
    ///
    /// # Errors
    /// [`Refusal::NotSelected`].
    pub const fn admit(&self) -> Result<(), Refusal> {
        match self.year {
            Some(year) if self.products == 0 && !self.is_excepted => Err(Refusal::NotSelected { year }),
            _ => Ok(()),
        }
    }

    /// Whether an exception can be granted to an organisation of this kind.
    ///
    /// # Errors
    /// [`Refusal::NoExceptionNeeded`] when the run is open to it as it is; [`Refusal::AlreadyExists`];
    /// [`Refusal::WrongAudience`] for state bodies, which no exception makes a maker of products.
    pub fn except(&self, kind: OrganisationKind) -> Result<(), Refusal> {
        if self.year.is_none() || self.products > 0 {
            Err(Refusal::NoExceptionNeeded)
        } else if self.is_excepted {
            Err(Refusal::AlreadyExists)
        } else if kind.belongs_to(Audience::Organisations) {
            Ok(())
        } else {
            Err(Refusal::WrongAudience)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OrganisationKind::{Household, StateBody};

    #[test]
    fn a_selected_product_or_an_exception_admits() {
        let refused = Err(Refusal::NotSelected { year: 2019 });
        for (year, products, is_excepted, expected) in [
            (None, 0, false, Ok(())),
            (None, 2, false, Ok(())),
            (Some(2019), 0, false, refused),
            (Some(2019), 1, false, Ok(())),
            (Some(2019), 3, true, Ok(())),
            (Some(2019), 0, true, Ok(())),
        ] {
            assert_eq!(Eligibility { year, products, is_excepted }.admit(), expected, "{year:?} {products} {is_excepted}");
        }
    }

    #[test]
    fn exceptions_are_granted_where_they_are_needed() {
        for (year, products, is_excepted, kind, expected) in [
            (Some(2019), 0, false, Household, Ok(())),
            (Some(2019), 0, false, StateBody, Err(Refusal::WrongAudience)),
            (Some(2019), 0, true, Household, Err(Refusal::AlreadyExists)),
            (Some(2019), 1, false, Household, Err(Refusal::NoExceptionNeeded)),
            (None, 0, false, Household, Err(Refusal::NoExceptionNeeded)),
        ] {
            assert_eq!(Eligibility { year, products, is_excepted }.except(kind), expected, "{year:?} {products} {is_excepted}");
        }
    }
}
