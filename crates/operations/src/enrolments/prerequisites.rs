//! What a course requires to be completed before it, asked on every path on which a place is taken.

use chrono::NaiveDate;
use domain::Refusal;
use domain::courses::{Lacking, Prerequisite, lacking};
use domain::ids::PersonId;
use domain::people::FullName;
use store::courses::prerequisites::{self, Group};
use store::runs::Run;
use store::{Records, StoreResult};

/// What the course of a run requires, and the day on which it has to hold.
pub(super) struct Prerequisites {
    /// The groups of the course.
    pub groups: Vec<Group>,
    rules: Vec<Prerequisite>,
    begins: NaiveDate,
}

impl Prerequisites {
    /// Those of a run. It begins with its first session, or today when it has none yet.
    pub(super) async fn of(records: &mut impl Records, run: &Run, today: NaiveDate) -> StoreResult<Prerequisites> {
        let groups = prerequisites::of_course(records, run.course_id).await?;
        let rules = groups.iter().map(|group| group.rule.clone()).collect();
        Ok(Prerequisites { groups, rules, begins: run.first_day.unwrap_or(today) })
    }

    /// What a person lacks; somebody who is not known yet has completed nothing.
    pub(super) async fn refusal(
        &self,
        records: &mut impl Records,
        person: Option<PersonId>,
        name: &FullName,
    ) -> StoreResult<Option<Refusal>> {
        if self.groups.is_empty() {
            return Ok(None);
        }
        let completed = match person {
            Some(person) => prerequisites::completed(records, person).await?,
            None => Vec::new(),
        };
        let unmet = lacking(&self.rules, &completed, self.begins);
        let lacking: Vec<Lacking> = unmet
            .into_iter()
            .filter_map(|(n, lapsed_on)| {
                let group = self.groups.get(n)?;
                Some(Lacking { any_of: group.titles.clone(), within_years: group.rule.within_years, lapsed_on })
            })
            .collect();
        Ok((!lacking.is_empty()).then(|| Refusal::PrerequisiteMissing { person: name.to_string(), lacking }))
    }
}
