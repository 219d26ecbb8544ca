//! The doctor finds every broken invariant of prerequisites, walk-ins, counted heads and places that passed on.

use domain::attendance::MarkSource;
use domain::walk_ins::{Heads, WalkInForm};
use operations::enrolments::{self, Enrollee, SubstituteCommand, TransferCommand};
use operations::walk_ins::{self, Found, NoteCommand};
use operations::{attendance, doctor, testing};

use crate::breaches;
use crate::hall::hall;

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 21] = [
    ("prerequisite_group_empty", "DELETE FROM course_prerequisite"),
    ("walk_in_of_another_run", "UPDATE walk_in SET run_id = (SELECT run_id FROM session WHERE run_id <> walk_in.run_id LIMIT 1)"),
    ("walk_in_mark_chain_broken", "DROP INDEX walk_in_mark_replaces; UPDATE walk_in_mark SET replaces_id = id"),
    ("walk_in_answered_twice", "DROP INDEX walk_in_answer_live; UPDATE walk_in_answer SET undone_at = NULL, undone_by = NULL"),
    (
        "walk_in_matched_elsewhere",
        "UPDATE walk_in_answer SET enrolment_id = (SELECT e.id FROM enrolment e JOIN walk_in w ON w.run_id <> e.run_id LIMIT 1) WHERE enrolment_id IS NOT NULL",
    ),
    ("walk_in_mark_lost", "DELETE FROM mark"),
    ("head_count_chain_broken", "DROP INDEX head_count_first; UPDATE head_count SET replaces_id = NULL"),
    ("head_count_chain_broken", "DROP INDEX head_count_replaces; UPDATE head_count SET replaces_id = id"),
    ("head_count_of_a_cancelled_session", "UPDATE session SET cancelled_at = starts_at, cancellation_reason = 'x'"),
    ("place_passed_on_and_kept", "UPDATE enrolment SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawal_reason = NULL WHERE id IN (SELECT left_id FROM place_change WHERE kind = 'transfer')"),
    ("substituted_by_a_stranger", "UPDATE place_change SET kind = 'substitution'"),
    ("substituted_by_a_stranger", "UPDATE enrolment SET organisation_id = (SELECT id FROM organisation WHERE name = 'HTX Khác') WHERE withdrawn_at IS NOT NULL"),
    ("transferred_to_another_course", "UPDATE place_change SET kind = 'transfer'"),
    ("transferred_to_another_course", "UPDATE run SET course_id = (SELECT id FROM course WHERE code = 'ENT-2') WHERE capacity = 7"),
    (
        "completion_of_who_left",
        "INSERT INTO completion_decision (id, run_id, enrolment_id, rule_version, inputs, outcome, decided_at, decided_by)
         SELECT e.id, e.run_id, e.id, 1, '{}', 'completed', e.enrolled_at, e.enrolled_by FROM enrolment e WHERE e.withdrawn_at IS NOT NULL",
    ),
    ("orphan", "DELETE FROM walk_in"),
    ("orphan", "DELETE FROM enrolment WHERE id IN (SELECT left_id FROM place_change)"),
    ("orphan", "DELETE FROM course WHERE code = 'ENT-1'"),
    ("orphan", "DELETE FROM session"),
    ("orphan", "DELETE FROM walk_in WHERE id IN (SELECT walk_in_id FROM walk_in_answer)"),
    ("event_without_subject", "DELETE FROM walk_in"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let h = hall(database, 5).await;
        let office = &h.office;
        let unit = testing::unit(office, "395").await;
        testing::organisation(office, domain::organisations::OrganisationKind::Cooperative, "HTX Khác", unit).await;
        testing::requires(office, "ENT-4", &[(&["ENT-1"], None)]).await;
        testing::requires(office, "ENT-4", &[]).await;
        testing::requires(office, "ENT-5", &[(&["ENT-1"], Some(3))]).await;
        let other = h.other_run(7, "2019-07-09").await;
        let (an, binh) = (h.placed(0).await, h.placed(1).await);
        let command = SubstituteCommand { enrolment: an, instead: Enrollee::Member(h.people[2]), reason: "x".into() };
        enrolments::substitute(office, &h.representative, &command).await.unwrap();
        enrolments::transfer(office, &h.representative, &TransferCommand { enrolment: binh, to: other, reason: "x".into() }).await.unwrap();
        h.clock.set("2019-07-02 08:00");
        let session = h.session(0).await;
        for nonce in ["1", "2"] {
            let entry = WalkInForm { full_name: "Lê Thị Hoa".into(), ..WalkInForm::default() }.parse(office.today()).unwrap();
            let id = walk_ins::note(office, &h.officer, &NoteCommand { session, entry, nonce: nonce.into() }).await.unwrap();
            walk_ins::dismiss(office, &h.officer, id, "x").await.unwrap();
            walk_ins::undo(office, &h.officer, id, "x").await.unwrap();
            if nonce == "1" {
                walk_ins::match_walk_in(office, &h.officer, id, Found::Newcomer(h.organisation)).await.unwrap();
            }
        }
        for women in [3, 4] {
            attendance::count_heads(office, &h.officer, session, Heads { women, men: 2 }).await.unwrap();
        }
        attendance::mark_everyone_present(office, &h.officer, session, MarkSource::Form).await.unwrap();
        assert_eq!(doctor::examine(office).await.unwrap(), []);
        breaches::all_found(office, &BROKEN).await;
    }
}
