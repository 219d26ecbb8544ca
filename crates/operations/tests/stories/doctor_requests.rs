//! The doctor finds every broken invariant of requests, and nothing where all hold.

use domain::requests::{Approval, Ruling};
use operations::requests::{self, PlaceCommand};
use operations::testing;

use crate::breaches;
use crate::requests::scene;

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 19] = [
    ("enrolled_without_approval", "DELETE FROM request_step WHERE kind = 'placed'"),
    (
        "two_live_requests",
        "DROP INDEX request_live; UPDATE request SET closed_at = NULL, person_id = (SELECT person_id FROM request WHERE state = 'placed' LIMIT 1), state = 'returned'",
    ),
    ("request_choices_broken", "DELETE FROM request_choice WHERE place = 1"),
    ("request_choices_broken", "UPDATE request_choice SET place = 3 WHERE place = 2"),
    ("request_choices_broken", "UPDATE request_choice SET number = 2"),
    ("request_of_another_course", "UPDATE request SET course_id = (SELECT id FROM course WHERE code = 'ENT-1')"),
    ("request_steps_broken", "UPDATE request SET version = 9"),
    ("request_steps_broken", "DELETE FROM request_step WHERE number = 1"),
    (
        "request_without_its_place",
        "UPDATE enrolment SET withdrawn_at = enrolled_at, withdrawal_reason = '', withdrawn_by = enrolled_by",
    ),
    (
        "request_without_its_place",
        "UPDATE request_choice SET run_id = (SELECT r.id FROM run r WHERE NOT EXISTS (SELECT 1 FROM request_choice w WHERE w.run_id = r.id) LIMIT 1) WHERE place = 1",
    ),
    ("placed_by_nobody", "UPDATE request_step SET enrolment_id = NULL, kind = 'undone' WHERE kind = 'placed'"),
    (
        "unqueued_another",
        "UPDATE waiting_entry SET person_id = (SELECT person_id FROM request WHERE state = 'waiting_unit' LIMIT 1)",
    ),
    ("orphan", "DELETE FROM waiting_entry"),
    ("request_state_wrong", "UPDATE request SET state = 'returned' WHERE state = 'waiting_unit'"),
    ("request_steps_out_of_order", "UPDATE request_step SET level = 'province' WHERE kind = 'approved'"),
    ("orphan", "DELETE FROM person WHERE id IN (SELECT person_id FROM request)"),
    ("orphan", "DELETE FROM request WHERE state = 'waiting_unit'"),
    ("orphan", "DELETE FROM request_placing"),
    ("event_without_subject", "DELETE FROM request_placing"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let s = scene(database, 5, Approval::UnitAndProvince, false).await;
        s.clock.set("2019-06-12 09:00");
        let ids = s.ask(&s.people[..3], &s.runs[..2]).await.unwrap().requests;
        for id in &ids[..2] {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        s.decide(&s.province, ids[0], Ruling::Approve, "").await.unwrap();
        let course = store::runs::find(&mut s.office.database.read().await.unwrap(), s.runs[0]).await.unwrap().unwrap().course_id;
        let place = |n: usize| PlaceCommand { request: ids[n], seen: 2, run: s.runs[1] };
        requests::place(&s.office, &s.province, course, &[place(1)]).await.unwrap();
        let last = requests::board(&s.office, &s.province, course).await.unwrap().last.unwrap();
        requests::undo(&s.office, &s.province, course, last.id).await.unwrap();
        // Placed from the waiting list: what that ended is kept.
        s.resize(1).await;
        let waits = s.one(3, &s.runs[..1]).await;
        s.decide(&s.district, waits, Ruling::Approve, "").await.unwrap();
        s.decide(&s.province, waits, Ruling::Approve, "").await.unwrap();
        s.resize(5).await;
        let place = PlaceCommand { request: waits, seen: s.version(waits).await, run: s.runs[0] };
        assert!(requests::place(&s.office, &s.province, course, &[place]).await.unwrap()[0].outcome.is_ok());
        // Who was enrolled before the class gave places by approval needs none.
        let early = testing::published_run_in(&s.office, &s.trainer, "ENT-1", 5, "2019-07-23", s.unit).await;
        testing::enrolled(&s.office, &s.province, early, s.organisation, 1).await;
        s.clock.set("2019-06-12 10:00");
        let shown = operations::runs::show(&s.office, Some(&s.trainer), early).await.unwrap();
        let mut form = operations::runs::form_of(&shown);
        form.approval = "province".into();
        let command = operations::runs::ChangeCommand::new(0, form.parse().unwrap());
        assert!(operations::runs::change(&s.office, &s.trainer, early, &command).await.unwrap());
        s.healthy().await;
        breaches::all_found(&s.office, &BROKEN).await;
    }
}
