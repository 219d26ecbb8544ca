//! The catalogue: what can be taught, to whom, and when it counts as completed.

use serde::{Deserialize, Serialize};

mod form;

pub use form::{CourseForm, CoursePlan};

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
