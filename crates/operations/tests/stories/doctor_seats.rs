//! What the doctor says of broken allotments, waiting lists and offers.

use operations::allotments::{self, DivideCommand, Share};
use operations::doctor;

use crate::breaches::{self, unbound};
use crate::seats::Hall;

const BROKEN: [(&str, &str); 17] = [
    ("run_promised_over_capacity", "UPDATE run SET capacity = capacity - 1"),
    ("allotment_over_seats", "UPDATE allotment_statement SET seats = 1 WHERE seats = 2"),
    ("allotment_over_seats", "UPDATE offer SET allotment_id = (SELECT id FROM allotment WHERE parent_id IS NOT NULL)
        WHERE answer IS NULL; UPDATE allotment_statement SET seats = 1 WHERE allotment_id IN (SELECT id FROM allotment WHERE parent_id IS NOT NULL)"),
    ("divided_over_allotment", "UPDATE allotment_statement SET seats = 9 WHERE allotment_id IN (SELECT id FROM allotment WHERE parent_id IS NOT NULL)"),
    (
        "share_of_an_ended_allotment",
        "UPDATE allotment SET ended_at = created_at, ended_by = created_by, ended_how = 'withdrawn', end_reason = 'x' WHERE unit_id IS NOT NULL",
    ),
    ("share_of_another_run", "UPDATE allotment SET parent_id = (SELECT id FROM allotment WHERE parent_id IS NOT NULL) WHERE parent_id IS NOT NULL"),
    ("allotment_statement_missing", "DELETE FROM allotment_statement"),
    ("allotment_statement_missing", "UPDATE allotment_statement SET number = 7"),
    (
        "two_live_allotments",
        "DROP INDEX allotment_of_organisation; INSERT INTO allotment (id, run_id, organisation_id, created_at, created_by)
         SELECT run_id, run_id, organisation_id, created_at, created_by FROM allotment WHERE organisation_id IS NOT NULL AND parent_id IS NULL",
    ),
    ("named_by_anothers_allotment", "UPDATE enrolment SET organisation_id = (SELECT id FROM organisation WHERE name = 'HTX số 3')"),
    ("offered_by_anothers_allotment", "UPDATE offer SET allotment_id = (SELECT id FROM allotment WHERE organisation_id IS NOT NULL AND parent_id IS NULL) WHERE answer IS NULL"),
    (
        "offer_without_waiting",
        "UPDATE waiting_entry SET left_at = queued_at, left_how = 'withdrawn', left_reason = '' WHERE left_at IS NULL",
    ),
    (
        "two_open_offers",
        "DROP INDEX offer_open; INSERT INTO offer (id, entry_id, offered_at, expires_at, secret_hash, code_hash)
         SELECT entry_id, entry_id, offered_at, expires_at, 'other', 'other' FROM offer WHERE answer IS NULL",
    ),
    ("accepted_without_place", "UPDATE offer SET enrolment_id = (SELECT e.id FROM enrolment e WHERE e.allotment_id IS NOT NULL ORDER BY e.id LIMIT 1) WHERE answer = 'accepted'"),
    (
        "two_live_entries",
        "DROP INDEX waiting_live; INSERT INTO waiting_entry (id, run_id, number, person_id, organisation_id, source, queued_at, queued_by)
         SELECT person_id, run_id, 99, person_id, organisation_id, source, queued_at, queued_by FROM waiting_entry WHERE left_at IS NULL",
    ),
    (
        "waiting_with_place",
        "UPDATE enrolment SET person_id = (SELECT person_id FROM waiting_entry WHERE left_at IS NULL LIMIT 1)
         WHERE id = (SELECT id FROM enrolment WHERE withdrawn_at IS NULL ORDER BY id LIMIT 1)",
    ),
    ("orphan", "DELETE FROM run"),
];

/// A run of six seats: two promised to a cooperative, of which two are named; two to a unit, one of them divided; one taken
/// by an offer that was accepted, one offered.
async fn broken_soon(database: store::Database) -> Hall {
    let hall = Hall::build(database, 6).await;
    let until = "2019-06-20";
    hall.allot(vec![hall.line(hall.coop(0), None, 2, until), hall.line(hall.unit(1), None, 2, until)]).await.unwrap();
    let people = hall.people(0, 2).await;
    hall.enrol(0, &people).await.unwrap();
    let shares = vec![Share { organisation: hall.coops[2].0, seen: None, seats: 1 }];
    let command = DivideCommand { allotment: hall.allotment(hall.unit(1)).await, shares, reason: String::new() };
    allotments::divide(&hall.office, &hall.officers[1], &command).await.unwrap();
    let seats = hall.fill(1, 2).await;
    hall.join(1, &hall.people(1, 2).await).await;
    hall.withdraw(seats[0]).await;
    let (_, offer) = hall.offers().await[0];
    operations::waiting::answer_on_screen(&hall.office, &hall.coops[1].1, offer, true).await.unwrap();
    hall.withdraw(seats[1]).await;
    hall
}

operations::both! {
    async fn broken_promises_and_offers_are_found(database) {
        let hall = broken_soon(database).await;
        assert_eq!(hall.seats().await, (3, 2, 1, 0));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
        breaches::all_found(&hall.office, &BROKEN).await;
    }

    async fn every_kind_of_orphan_is_found(database) {
        let hall = broken_soon(database).await;
        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(5)).await.unwrap();
        for (table, orphan) in [("run", "allotment"), ("unit", "allotment"), ("organisation", "allotment"), ("allotment", "allotment_statement"),
            ("person", "waiting_entry"), ("waiting_entry", "offer"), ("allotment", "enrolment"), ("run", "run_limit")] {
            let mut work = hall.office.database.begin().await.unwrap();
            unbound(&mut work).await;
            store::testing::raw(&mut work, &format!("DELETE FROM {table}")).await;
            let findings = doctor::examine_records(&mut work).await.unwrap();
            assert!(findings.iter().any(|f| f.invariant == "orphan" && f.detail == orphan), "{orphan} without {table}");
        }
    }
}
