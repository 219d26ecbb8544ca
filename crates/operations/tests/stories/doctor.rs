//! The doctor finds every invariant that is broken, and nothing where all hold.

use crate::breaches::{self, unbound};
use crate::scene;
use operations::{certificates, doctor, testing};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it. The first run is the
/// one with marks and certificates.
const BROKEN: [(&str, &str); 24] = [
    ("run_over_capacity", "UPDATE run SET capacity = 1"),
    (
        "two_live_enrolments",
        "DROP INDEX enrolment_live; UPDATE enrolment SET person_id = (SELECT person_id FROM enrolment ORDER BY id LIMIT 1)",
    ),
    (
        "mark_of_another_run",
        "UPDATE session SET run_id = (SELECT id FROM run ORDER BY id DESC LIMIT 1) WHERE id IN (SELECT session_id FROM mark)",
    ),
    (
        "mark_after_withdrawal",
        "UPDATE enrolment SET withdrawn_at = '2019-06-11T01:00:00+00:00', withdrawal_reason = 'x' WHERE id IN (SELECT enrolment_id FROM mark)",
    ),
    ("mark_replaces_a_stranger", "UPDATE mark SET replaces_id = (SELECT id FROM mark WHERE nonce = 'n0') WHERE nonce = 'n1'"),
    (
        "mark_chain_broken",
        "DROP INDEX mark_first; INSERT INTO mark (id, session_id, enrolment_id, status, source, nonce, marked_at, marked_by)
         SELECT session_id, session_id, enrolment_id, 'late', 'form', 'again', marked_at, marked_by FROM mark WHERE nonce = 'n0'",
    ),
    ("mark_chain_broken", "UPDATE mark SET replaces_id = id WHERE nonce = 'n0'"),
    ("decision_of_another_run", "UPDATE completion_decision SET run_id = (SELECT id FROM run ORDER BY id DESC LIMIT 1)"),
    ("decision_before_closing", "UPDATE run SET closed_at = NULL, closed_by = NULL"),
    ("closed_without_decision", "DELETE FROM completion_decision"),
    ("certificate_without_decision", "DELETE FROM completion_decision"),
    ("certificate_without_completion", "UPDATE completion_decision SET outcome = 'not_completed'"),
    (
        "two_live_certificates",
        "DROP INDEX certificate_live; UPDATE certificate SET enrolment_id = (SELECT enrolment_id FROM certificate ORDER BY id LIMIT 1)",
    ),
    ("serial_gap", "DELETE FROM certificate WHERE number = 2"),
    ("serial_gap", "UPDATE certificate_counter SET last_number = 9"),
    ("serial_without_counter", "DELETE FROM certificate_counter"),
    ("serial_not_as_numbered", "UPDATE certificate SET serial = '099/2019/GCN-VPĐP' WHERE number = 1"),
    ("printed_hash_mismatch", "UPDATE certificate SET printed = REPLACE(printed, 'Xuân', 'Thu')"),
    ("printed_not_readable", "UPDATE certificate SET printed = '{}'"),
    ("template_unknown", "UPDATE certificate SET template_version = 99"),
    ("paper_hash_mismatch", "UPDATE certificate_paper SET pdf_hash = 'other'"),
    ("weights_not_hundred", "UPDATE evaluation_criterion SET weight = 50 WHERE position = 1"),
    ("orphan", "DELETE FROM session"),
    ("event_without_subject", "UPDATE event SET subject_id = id"),
];

operations::both! {
    async fn a_whole_house_has_no_finding_and_a_broken_one_does(database) {
        let s = scene::closed_run(database, 3).await;
        testing::closed_run(&s.office, &s.trainer, s.organisation, 1).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        testing::programme_year(&s.office, 2019).await;
        let mut work = s.office.database.begin().await.unwrap();
        // One mark each, nonces n0 to n2.
        let enrolments = store::enrolments::live_of_run(&mut work, s.run).await.unwrap();
        for n in 0..enrolments.len() {
            store::testing::raw(&mut work, &format!(
                "INSERT INTO mark (id, session_id, enrolment_id, status, source, nonce, marked_at, marked_by)
                 SELECT e.id, s.id, e.id, 'present', 'form', 'n{n}', e.enrolled_at, e.enrolled_by FROM enrolment e
                 JOIN session s ON s.run_id = e.run_id WHERE e.run_id = (SELECT MIN_RUN.id FROM run MIN_RUN ORDER BY MIN_RUN.id LIMIT 1)
                 AND s.half_day = 'morning' AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.enrolment_id = e.id) ORDER BY e.id LIMIT 1")).await;
        }
        work.commit().await.unwrap();
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        certificates::print_waiting(&s.office, s.run).await.unwrap();
        certificates::revoke(&s.office, &s.officer, issued[0].id, "In sai tên").await.unwrap();
        certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);

        breaches::all_found(&s.office, &BROKEN).await;
    }

    async fn every_kind_of_orphan_is_found(database) {
        let s = scene::closed_run(database, 2).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        certificates::print_waiting(&s.office, s.run).await.unwrap();
        testing::programme_year(&s.office, 2019).await;
        for (table, orphan) in [("person", "membership"), ("person", "account"), ("person", "enrolment"), ("unit", "organisation"),
            ("account", "role_grant"), ("course", "run"), ("run", "session"), ("organisation", "enrolment"),
            ("programme_year", "programme_window"), ("programme_year", "evaluation_criterion"),
            ("enrolment", "completion_decision"), ("certificate_book", "certificate"), ("certificate", "certificate_paper")] {
            let mut work = s.office.database.begin().await.unwrap();
            unbound(&mut work).await;
            store::testing::raw(&mut work, &format!("DELETE FROM {table}")).await;
            let findings = doctor::examine_records(&mut work).await.unwrap();
            assert!(findings.iter().any(|f| f.invariant == "orphan" && f.detail == orphan), "{orphan} without {table}");
        }
    }

    async fn findings_name_the_record(database) {
        let s = scene::closed_run(database, 2).await;
        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE run SET capacity = 1").await;
        let finding = doctor::examine_records(&mut work).await.unwrap().remove(0);
        assert_eq!((finding.subject, finding.detail.as_str()), (s.run.0, "2"));
        assert_eq!(finding.to_string(), format!("run_over_capacity {} (2)", s.run));
    }

    async fn what_was_removed_is_told_by_the_event_that_says_so(database) {
        let s = scene::closed_run(database, 1).await;
        let requirement = testing::requirement(&s.office, &s.officer, "ENT-4", "2019-12-31").await;
        operations::requirements::remove(&s.office, &s.officer, requirement).await.unwrap();
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);
        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "DELETE FROM event WHERE verb = 'requirement_removed'").await;
        let findings = doctor::examine_records(&mut work).await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!((findings[0].invariant.as_str(), findings[0].detail.as_str()), ("event_without_subject", "requirement"));
    }
}
