//! The doctor finds every broken invariant of the plan and of demand, and nothing where all hold.

use crate::breaches;
use crate::province::Province;
use operations::interests::{self, InviteCommand};
use operations::{doctor, runs, testing};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 11] = [
    (
        "run_of_another_line",
        "UPDATE run SET course_id = (SELECT id FROM course WHERE code = 'ENT-2') WHERE plan_line_id IS NOT NULL",
    ),
    ("run_of_a_removed_line", "UPDATE plan_line SET removed_at = created_at, removed_by = created_by"),
    ("line_planned_twice", "UPDATE plan_line SET unit_id = NULL"),
    ("two_live_interests", "DROP INDEX interest_live; UPDATE interest SET withdrawn_at = NULL, withdrawn_by = NULL"),
    ("interest_statement_missing", "DELETE FROM interest_statement WHERE number = 1"),
    ("interest_statement_missing", "UPDATE interest_statement SET number = 9 WHERE number = 2"),
    (
        "interest_stated_after_withdrawal",
        "UPDATE interest SET withdrawn_at = (SELECT MIN(created_at) FROM organisation), withdrawn_by = (SELECT said_by FROM interest_statement LIMIT 1)",
    ),
    (
        "invited_without_interest",
        "UPDATE interest SET course_id = (SELECT id FROM course WHERE code = 'ENT-3') WHERE withdrawn_at IS NULL",
    ),
    ("orphan", "DELETE FROM plan_line"),
    ("orphan", "DELETE FROM interest"),
    ("event_without_subject", "DELETE FROM interest"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let p = Province::build(database, 1).await;
        let line = testing::plan_line(&p.office, &p.officer, &p.year, "ENT-1", None).await;
        testing::plan_line(&p.office, &p.officer, &p.year, "ENT-1", Some(p.unit)).await;
        let run = testing::draft_run_in(&p.office, &p.officer, "ENT-1", 40, "2019-07-02", p.unit).await;
        let shown = runs::show(&p.office, Some(&p.officer), run).await.unwrap();
        let mut form = runs::form_of(&shown);
        form.plan_line = line.to_string();
        runs::change(&p.office, &p.officer, run, &runs::ChangeCommand::new(0, form.parse().unwrap())).await.unwrap();
        // A wish that was withdrawn, one that was said twice, and an invitation.
        let own = p.organisations[0];
        testing::interest(&p.office, &p.officer, own, "ENT-1", 1).await;
        interests::withdraw(&p.office, &p.officer, (own, shown.run.course_id), 1).await.unwrap();
        p.clock.set("2019-06-12 09:00");
        testing::interest(&p.office, &p.officer, own, "ENT-1", 2).await;
        let wish = testing::interest(&p.office, &p.officer, own, "ENT-1", 3).await;
        interests::invite(&p.office, &p.officer, &InviteCommand { run, interests: vec![wish], unit: None }).await.unwrap();
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
        breaches::all_found(&p.office, &BROKEN).await;
    }
}
