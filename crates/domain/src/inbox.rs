//! What waits for somebody: which deeds for which role, how long already, and until when.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::accounts::{Actor, Role};
use crate::policy::Action;
use crate::time::local_day;

words! {
    /// What waits to be done.
    Task {
        /// A form that was begun and not sent.
        SendForm = "send_form",
        /// A form that was returned, to be completed and sent again.
        CompleteForm = "complete_form",
        /// A class of a required course that one's organisation may join and has nobody in.
        EnrolPeople = "enrol_people",
        /// A class that one's organisation is invited to and has nobody in.
        AnswerInvitation = "answer_invitation",
        /// A seat that is held for somebody of one's organisation who waited for it.
        AnswerOffer = "answer_offer",
        /// Seats that one's organisation was promised and that wait for names.
        NameSeats = "name_seats",
        /// Seats that one's unit was promised and that are not divided.
        DivideSeats = "divide_seats",
        /// A form that was sent and not looked at.
        CheckForm = "check_form",
        /// A complete form that one has not evaluated.
        EvaluateForm = "evaluate_form",
        /// A feasible form that stands in no list.
        ListForm = "list_form",
        /// A list that is being drawn up.
        FreezeList = "freeze_list",
        /// A frozen list that was not forwarded.
        ForwardList = "forward_list",
        /// A list that the province returned and that nothing replaces.
        ReplaceList = "replace_list",
        /// A list that came to the province.
        AnswerList = "answer_list",
        /// A product of an accepted list, not decided on.
        DecideProduct = "decide_product",
        /// A decision that was not published.
        PublishDecision = "publish_decision",
        /// A run that is still a draft.
        PublishRun = "publish_run",
        /// A run that starts soon with fewer people than it is held from.
        FillRun = "fill_run",
        /// A session that was held and whose register is not complete.
        KeepRegister = "keep_register",
        /// A run that has ended and is not closed.
        CloseRun = "close_run",
        /// A closed run with people who completed it and hold no certificate.
        IssueCertificates = "issue_certificates",
        /// Requests for places that were returned, to be completed and sent again.
        CompleteRequest = "complete_request",
        /// Requests for places of a run that wait for a decision.
        DecideRequests = "decide_requests",
        /// Two records of people that are probably one, both of whom one keeps.
        CompareRecords = "compare_records",
    }
}

impl Task {
    /// What the policy must allow to whom it waits for.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Task::SendForm | Task::CompleteForm => Action::FillRegistration,
            Task::EnrolPeople | Task::AnswerInvitation | Task::AnswerOffer | Task::NameSeats | Task::DivideSeats => Action::Enrol,
            Task::CheckForm | Task::EvaluateForm | Task::ListForm | Task::FreezeList | Task::ForwardList | Task::ReplaceList => {
                Action::ReviewRegistrations
            }
            Task::AnswerList | Task::DecideProduct | Task::PublishDecision => Action::SelectProducts,
            Task::PublishRun | Task::FillRun => Action::PlanRun,
            Task::KeepRegister => Action::MarkAttendance,
            Task::CloseRun => Action::CloseRun,
            Task::IssueCertificates => Action::IssueCertificates,
            Task::CompleteRequest => Action::Enrol,
            Task::DecideRequests => Action::DecideRequests,
            Task::CompareRecords => Action::KeepPeople,
        }
    }

    /// Whether it is lost for good within hours, when nobody does it.
    #[must_use]
    pub const fn is_lost_soon(self) -> bool {
        matches!(self, Task::AnswerOffer)
    }
}

/// How many days before its first session a run with too few people is listed.
pub const FILL_DAYS: i64 = 7;

/// What waits for people of a role. It is less than they may do: the forms of every district wait for its officers,
/// though the province may check them too; and so do records of its people that look alike.
#[must_use]
pub const fn of_role(role: Role) -> &'static [Task] {
    use Task::{
        AnswerInvitation, AnswerList, AnswerOffer, CheckForm, CloseRun, CompareRecords, CompleteForm, CompleteRequest,
        DecideProduct, DecideRequests, DivideSeats, EnrolPeople, EvaluateForm, FillRun, ForwardList, FreezeList,
        IssueCertificates, KeepRegister, ListForm, NameSeats, PublishDecision, PublishRun, ReplaceList, SendForm,
    };
    match role {
        Role::Administrator | Role::ProvincialOfficer => &[
            AnswerList,
            DecideProduct,
            PublishDecision,
            PublishRun,
            FillRun,
            KeepRegister,
            CloseRun,
            IssueCertificates,
            DecideRequests,
        ],
        Role::Trainer => &[PublishRun, FillRun, KeepRegister, CloseRun],
        Role::UnitOfficer => &[
            SendForm,
            CompleteForm,
            CheckForm,
            EvaluateForm,
            ListForm,
            FreezeList,
            ForwardList,
            ReplaceList,
            KeepRegister,
            DivideSeats,
            DecideRequests,
            CompareRecords,
        ],
        Role::Manager => &[],
        Role::Representative => {
            &[SendForm, CompleteForm, EnrolPeople, AnswerInvitation, AnswerOffer, NameSeats, CompleteRequest, CompareRecords]
        }
    }
}

/// What waits for somebody with all their roles.
#[must_use]
pub fn tasks(actor: &Actor) -> BTreeSet<Task> {
    actor.grants.iter().flat_map(|grant| of_role(grant.role)).copied().collect()
}

/// For how many days something has waited: 0 on the day it came.
#[must_use]
pub fn age(since: DateTime<Utc>, today: NaiveDate) -> i64 {
    (today - local_day(since)).num_days().max(0)
}

/// How near a last day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// There is no last day.
    Free,
    /// It comes in so many days.
    Ahead(i64),
    /// It is today.
    Today,
    /// It passed so many days ago.
    Overdue(i64),
}

/// How near the last day of something is.
#[must_use]
pub fn urgency(due: Option<NaiveDate>, today: NaiveDate) -> Urgency {
    match due.map(|due| (due - today).num_days()) {
        None => Urgency::Free,
        Some(0) => Urgency::Today,
        Some(days) if days > 0 => Urgency::Ahead(days),
        Some(days) => Urgency::Overdue(-days),
    }
}

/// What a group of things that wait is sorted by: what is lost soon comes first, then groups with something overdue, then the
/// one with the oldest.
#[must_use]
pub fn rank(task: Task, things: &[(DateTime<Utc>, Option<NaiveDate>)], today: NaiveDate) -> (bool, bool, Option<DateTime<Utc>>) {
    let is_overdue = things.iter().any(|(_, due)| matches!(urgency(*due, today), Urgency::Overdue(_)));
    (!task.is_lost_soon(), !is_overdue, things.iter().map(|(since, _)| *since).min())
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::policy::{Reach, reach};
    use crate::time::instant;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_waits_for_somebody_who_may_not_do_it() {
        for role in Role::ALL {
            for task in of_role(*role) {
                assert_ne!(reach(*role, task.action()), Reach::Nowhere, "{role} {task}");
            }
        }
        let waited_for: BTreeSet<Task> = Role::ALL.iter().flat_map(|role| of_role(*role)).copied().collect();
        assert_eq!(waited_for.len(), Task::ALL.len(), "each task waits for somebody");
    }

    #[test]
    fn ages_are_counted_in_local_days() {
        let late = instant(day("2019-06-12"), chrono::NaiveTime::from_hms_opt(23, 59, 0).unwrap());
        for (today, expected) in [("2019-06-11", 0), ("2019-06-12", 0), ("2019-06-13", 1), ("2019-07-12", 30)] {
            assert_eq!(age(late, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn a_last_day_still_counts() {
        let today = day("2019-06-12");
        for (due, expected) in [
            (None, Urgency::Free),
            (Some("2019-06-13"), Urgency::Ahead(1)),
            (Some("2019-06-12"), Urgency::Today),
            (Some("2019-06-11"), Urgency::Overdue(1)),
        ] {
            assert_eq!(urgency(due.map(day), today), expected);
        }
    }

    #[test]
    fn a_seat_that_is_lost_tomorrow_comes_before_a_form_that_is_overdue() {
        let noon = |text| instant(day(text), chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap());
        let offer = rank(Task::AnswerOffer, &[(noon("2019-06-12"), Some(day("2019-06-14")))], day("2019-06-12"));
        assert!(offer < rank(Task::CompleteForm, &[(noon("2019-05-01"), Some(day("2019-06-01")))], day("2019-06-12")));
    }

    proptest! {
        /// Whatever waits where: something overdue beats nothing overdue, and else the oldest thing decides.
        #[test]
        fn overdue_first_then_the_oldest(groups in prop::collection::vec(prop::collection::vec((0u64..60, prop::option::of(0u64..60)), 1..5), 2..6)) {
            let start = day("2019-05-01");
            let today = start + Days::new(30);
            let mut groups: Vec<Vec<(DateTime<Utc>, Option<NaiveDate>)>> = groups
                .into_iter()
                .map(|group| {
                    let thing = |(since, due): (u64, Option<u64>)| {
                        (instant(start + Days::new(since), chrono::NaiveTime::MIN), due.map(|due| start + Days::new(due)))
                    };
                    group.into_iter().map(thing).collect()
                })
                .collect();
            groups.sort_by_key(|group| rank(Task::SendForm, group, today));
            let overdue = |group: &[(DateTime<Utc>, Option<NaiveDate>)]| group.iter().any(|(_, due)| due.is_some_and(|due| due < today));
            for pair in groups.windows(2) {
                prop_assert!(overdue(&pair[0]) || !overdue(&pair[1]));
                if overdue(&pair[0]) == overdue(&pair[1]) {
                    prop_assert!(pair[0].iter().map(|(since, _)| since).min() <= pair[1].iter().map(|(since, _)| since).min());
                }
            }
        }
    }
}
