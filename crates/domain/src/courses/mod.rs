//! The catalogue: what can be taught, to whom, and when it counts as completed.

use serde::{Deserialize, Serialize};

mod form;
mod prerequisites;

pub use form::{CourseForm, CoursePlan};
pub use prerequisites::{Completed, Lacking, PREREQUISITE_GROUPS, Prerequisite, PrerequisiteForm, lacking};

words! {
    /// Whom a course, a run or a requirement is for.
    Audience {
        /// State officers of province, district and commune.
        Officers = "officers",
        /// Leaders and staff of organisations with products.
        Organisations = "organisations",
        /// Both.
        Everyone = "everyone",
    }
}

words! {
    /// Whom a requirement, or a look through the calendar, means: of organisations perhaps only those with a product
    /// selected in the year.
    Addressee {
        /// Every organisation.
        Organisations = "organisations",
        /// Organisations with a selected product: Plan 134 trains these alone.
        Selected = "selected",
        /// State officers.
        Officers = "officers",
    }
}

impl Addressee {
    /// Who is meant by an audience, narrowed to those with a selected product or not. Nobody is meant by both at once.
    #[must_use]
    pub const fn of(audience: Audience, selected_only: bool) -> Option<Addressee> {
        match (audience, selected_only) {
            (Audience::Organisations, true) => Some(Addressee::Selected),
            (Audience::Organisations, false) => Some(Addressee::Organisations),
            (Audience::Officers, false) => Some(Addressee::Officers),
            (Audience::Officers, true) | (Audience::Everyone, _) => None,
        }
    }

    /// The audience they belong to.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Addressee::Organisations | Addressee::Selected => Audience::Organisations,
            Addressee::Officers => Audience::Officers,
        }
    }

    /// Whether a selected product is needed.
    #[must_use]
    pub const fn selected_only(self) -> bool {
        matches!(self, Addressee::Selected)
    }
}

words! {
    /// The topics of Plan 134/KH-UBND, and two for officers.
    Topic {
        /// The programme and its annual cycle.
        Programme = "programme",
        /// Forms of production-business organisation.
        Organisation = "organisation",
        /// Market knowledge and marketing.
        Market = "market",
        /// Writing a business plan.
        BusinessPlan = "business_plan",
        /// Business knowledge.
        Business = "business",
        /// Financial plan.
        Finance = "finance",
        /// Production content, quality and food safety.
        Production = "production",
        /// Receiving and checking registration forms.
        Forms = "forms",
        /// Criteria and grading.
        Grading = "grading",
    }
}

/// When a participant has completed a run. No official OCOP rule was found, so each course carries its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionRule {
    /// Counts up when the rule is changed; decisions keep the version they were made under.
    pub version: i64,
    /// The least share of sessions, in percent of the sessions held.
    pub min_attendance: i64,
    /// How much a late session counts, in percent of an attended one.
    pub late_counts: i64,
    /// How much an excused session counts, in percent of an attended one.
    pub excused_counts: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addressee_and_its_parts_are_one() {
        for addressee in Addressee::ALL {
            assert_eq!(Addressee::of(addressee.audience(), addressee.selected_only()), Some(*addressee));
        }
        for (audience, selected_only) in [(Audience::Officers, true), (Audience::Everyone, true), (Audience::Everyone, false)] {
            assert_eq!(Addressee::of(audience, selected_only), None);
        }
    }
}
