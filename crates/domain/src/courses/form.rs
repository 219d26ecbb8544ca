//! The form of a course: what was typed, until all of it is a [`CoursePlan`].

use serde::{Deserialize, Serialize};

use super::{Audience, CompletionRule, Prerequisite, PrerequisiteForm, Topic};
use crate::runs::{HalfDay, SESSIONS};
use crate::text::{line, paragraphs, whole_number};
use crate::{Faults, Refusal};

/// What was typed about a course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in CoursePlan")]
pub struct CourseForm {
    pub code: String,
    pub title: String,
    pub title_english: String,
    pub summary: String,
    pub summary_english: String,
    pub topic: String,
    pub audience: String,
    pub hours: String,
    pub capacity: String,
    pub minimum: String,
    pub usual_sessions: String,
    pub usual_half_days: Vec<String>,
    pub min_attendance: String,
    pub late_counts: String,
    pub excused_counts: String,
    pub substitution_hours: String,
    pub prerequisites: Vec<PrerequisiteForm>,
}

/// An entry of the catalogue as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoursePlan {
    /// A short code for people: `ENT-4`.
    pub code: String,
    /// Its title in Vietnamese.
    pub title: String,
    /// Its title in English.
    pub title_english: String,
    /// What it teaches, in Vietnamese.
    pub summary: String,
    /// What it teaches, in English.
    pub summary_english: String,
    /// Its topic.
    pub topic: Topic,
    /// Whom it is for.
    pub audience: Audience,
    /// Hours of teaching, 1 to 400.
    pub hours: i64,
    /// Seats that a run of it usually has, 1 to 1,000.
    pub capacity: i64,
    /// From how many people on a run of it is usually held, 0 to 1,000; 0 when that does not matter.
    pub minimum: i64,
    /// How many sessions a run of it usually has, 1 to 60; none when its hours decide.
    pub usual_sessions: Option<i64>,
    /// On which half-days of a day they are usually held, in the order of the day; none means morning and afternoon.
    pub usual_half_days: Vec<HalfDay>,
    /// The least share of sessions, in percent.
    pub min_attendance: i64,
    /// How much a late session counts, in percent.
    pub late_counts: i64,
    /// How much an excused session counts, in percent.
    pub excused_counts: i64,
    /// How many hours before the first session of a run a participant can be replaced at the latest, 0 to 720; 0: until it
    /// begins.
    pub substitution_hours: i64,
    /// What has to be completed before it.
    pub prerequisites: Vec<Prerequisite>,
}

impl CoursePlan {
    /// The rule that follows `present`: the same version while nothing of it changes, else the next.
    #[must_use]
    pub fn rule_after(&self, present: CompletionRule) -> CompletionRule {
        let planned = CompletionRule {
            version: present.version,
            min_attendance: self.min_attendance,
            late_counts: self.late_counts,
            excused_counts: self.excused_counts,
        };
        if planned == present { present } else { CompletionRule { version: present.version + 1, ..planned } }
    }
}

impl CourseForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<CoursePlan, Faults> {
        let mut faults = Faults::default();
        let code = faults.take("code", line(&self.code, 20).map(|code| code.to_uppercase()));
        let title = faults.take("title", line(&self.title, 200));
        let title_english = faults.take("title_english", line(&self.title_english, 200));
        let summary = faults.take("summary", paragraphs(&self.summary, 1000));
        let summary_english = faults.take("summary_english", paragraphs(&self.summary_english, 1000));
        let topic = faults.take("topic", self.topic.parse());
        let audience = faults.take("audience", self.audience.parse());
        let mut number = |field: &str, typed: &str, least, most| faults.take(field, whole_number(typed, least, most));
        let hours = number("hours", &self.hours, 1, 400);
        let capacity = number("capacity", &self.capacity, 1, 1000);
        let minimum = if self.minimum.trim().is_empty() { Some(0) } else { number("minimum", &self.minimum, 0, 1000) };
        let most = i64::try_from(SESSIONS).unwrap_or(i64::MAX);
        let usual_sessions = match self.usual_sessions.trim() {
            "" => Some(None),
            typed => number("usual_sessions", typed, 1, most).map(Some),
        };
        let min_attendance = number("min_attendance", &self.min_attendance, 0, 100);
        let late_counts = number("late_counts", &self.late_counts, 0, 100);
        let excused_counts = number("excused_counts", &self.excused_counts, 0, 100);
        let substitution_hours = match self.substitution_hours.trim() {
            "" => Some(0),
            typed => number("substitution_hours", typed, 0, 720),
        };
        if let (Some(minimum), Some(capacity)) = (minimum, capacity)
            && minimum > capacity
        {
            faults.add("minimum", Refusal::MinimumAboveCapacity);
        }
        if self.usual_half_days.iter().any(|typed| typed.parse::<HalfDay>().is_err()) {
            faults.add("usual_half_days", Refusal::NotAChoice);
        }
        let prerequisites = PrerequisiteForm::parse_all(&self.prerequisites, &mut faults);
        // In the order of the day, whatever order they came in.
        let ticked = |half_day: &HalfDay| self.usual_half_days.iter().any(|typed| typed == half_day.as_str());
        let usual_half_days = HalfDay::ALL.iter().copied().filter(ticked).collect();
        let plan = (|| {
            Some(CoursePlan {
                code: code?,
                title: title?,
                title_english: title_english?,
                summary: summary?,
                summary_english: summary_english?,
                topic: topic?,
                audience: audience?,
                hours: hours?,
                capacity: capacity?,
                minimum: minimum?,
                usual_sessions: usual_sessions?,
                usual_half_days,
                min_attendance: min_attendance?,
                late_counts: late_counts?,
                excused_counts: excused_counts?,
                substitution_hours: substitution_hours?,
                prerequisites,
            })
        })();
        plan.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

impl From<&CoursePlan> for CourseForm {
    fn from(plan: &CoursePlan) -> CourseForm {
        CourseForm {
            code: plan.code.clone(),
            title: plan.title.clone(),
            title_english: plan.title_english.clone(),
            summary: plan.summary.clone(),
            summary_english: plan.summary_english.clone(),
            topic: plan.topic.to_string(),
            audience: plan.audience.to_string(),
            hours: plan.hours.to_string(),
            capacity: plan.capacity.to_string(),
            minimum: if plan.minimum == 0 { String::new() } else { plan.minimum.to_string() },
            usual_sessions: plan.usual_sessions.map(|sessions| sessions.to_string()).unwrap_or_default(),
            usual_half_days: plan.usual_half_days.iter().map(ToString::to_string).collect(),
            min_attendance: plan.min_attendance.to_string(),
            late_counts: plan.late_counts.to_string(),
            excused_counts: plan.excused_counts.to_string(),
            substitution_hours: plan.substitution_hours.to_string(),
            prerequisites: plan.prerequisites.iter().map(PrerequisiteForm::from).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> CourseForm {
        CourseForm {
            code: "ent-9".into(),
            title: "Bán hàng trực tuyến".into(),
            title_english: "Selling on line".into(),
            summary: String::new(),
            summary_english: String::new(),
            topic: "market".into(),
            audience: "organisations".into(),
            hours: "8".into(),
            capacity: "40".into(),
            minimum: "15".into(),
            usual_sessions: "6".into(),
            usual_half_days: vec!["afternoon".into(), "morning".into()],
            min_attendance: "80".into(),
            late_counts: "100".into(),
            excused_counts: "0".into(),
            substitution_hours: "24".into(),
            prerequisites: vec![PrerequisiteForm::default()],
        }
    }

    #[test]
    fn a_form_and_its_plan_say_the_same() {
        let plan = form().parse().unwrap();
        assert_eq!(plan.code, "ENT-9");
        assert_eq!((plan.minimum, plan.usual_sessions), (15, Some(6)));
        assert_eq!((plan.substitution_hours, plan.prerequisites.len()), (24, 0), "an empty group requires nothing");
        assert_eq!(plan.usual_half_days, [HalfDay::Morning, HalfDay::Afternoon], "in the order of the day");
        let plain =
            CourseForm { minimum: String::new(), usual_sessions: " ".into(), usual_half_days: vec![], ..form() }.parse().unwrap();
        assert_eq!((plain.minimum, plain.usual_sessions, plain.usual_half_days.len()), (0, None, 0));
        assert_eq!(CourseForm::from(&plan).parse().as_ref(), Ok(&plan));
        let wrong =
            CourseForm { minimum: "41".into(), usual_sessions: "61".into(), usual_half_days: vec!["night".into()], ..form() };
        let fields: Vec<_> = wrong.parse().unwrap_err().0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["usual_sessions", "minimum", "usual_half_days"]);
        assert_eq!(CourseForm::from(&plan).parse(), Ok(plan));
        assert_eq!(CourseForm::default().parse().unwrap_err().0.len(), 10, "all but the summaries");
        let over = CourseForm { min_attendance: "101".into(), ..form() };
        assert_eq!(over.parse().unwrap_err().0.len(), 1);
    }

    #[test]
    fn only_a_new_rule_gets_a_new_version() {
        let present = CompletionRule { version: 3, min_attendance: 80, late_counts: 100, excused_counts: 0 };
        let plan = form().parse().unwrap();
        assert_eq!(plan.rule_after(present), present);
        let stricter = CoursePlan { min_attendance: 90, ..plan };
        assert_eq!(stricter.rule_after(present), CompletionRule { version: 4, min_attendance: 90, ..present });
    }
}
