//! The doctor finds every broken invariant of lists and decisions, and nothing where all hold.

use crate::breaches;
use crate::province::Province;
use domain::registrations::State;
use operations::lists::{self, BeginCommand};
use operations::{doctor, testing};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 16] = [
    ("list_hash_mismatch", "UPDATE forwarding_list SET printed = REPLACE(printed, 'Xuân', 'Thu') WHERE number = '1/DS'"),
    ("list_not_as_printed", "UPDATE forwarding_list SET number = '9/DS' WHERE number = '1/DS'"),
    ("list_not_as_printed", "DELETE FROM forwarding_entry WHERE position = 2"),
    (
        "form_in_two_lists",
        "INSERT INTO forwarding_entry (list_id, registration_id, position) SELECT l.id, e.registration_id, 9 FROM forwarding_list l, forwarding_entry e
         JOIN forwarding_list f ON f.id = e.list_id WHERE l.number = '2/DS' AND f.number = '1/DS' AND e.position = 1",
    ),
    (
        "form_in_two_drafts",
        "INSERT INTO forwarding_entry (list_id, registration_id, position) SELECT l.id, r.id, 1 FROM forwarding_list l, registration r
         WHERE l.frozen_at IS NULL AND r.product_name = 'Thừa'",
    ),
    ("listed_without_event", "UPDATE registration_event SET step = 'evaluate' WHERE step = 'list'"),
    ("listed_without_event", "UPDATE registration_event SET list_id = NULL WHERE step = 'list'"),
    ("listed_without_list", "UPDATE forwarding_list SET forwarded_at = NULL, forwarded_by = NULL, accepted_at = NULL, accepted_by = NULL WHERE number = '1/DS'"),
    ("listed_without_list", "UPDATE registration SET state = 'forwarded' WHERE product_name = 'Thừa'"),
    ("listed_without_list", "UPDATE registration SET state = 'listed' WHERE product_name = 'Thừa'"),
    ("list_without_its_form", "UPDATE registration SET state = 'evaluated' WHERE state = 'forwarded'"),
    ("list_of_another_unit", "UPDATE forwarding_list SET unit_id = (SELECT id FROM unit ORDER BY id LIMIT 1) WHERE number = '1/DS'"),
    ("decided_without_decision", "UPDATE registration_event SET decision_id = NULL WHERE step = 'select'"),
    ("decision_of_another_year", "UPDATE registration_event SET step = 'evaluate' WHERE step = 'select'"),
    ("orphan", "DELETE FROM selection_decision"),
    ("orphan", "DELETE FROM forwarding_list WHERE number = '1/DS'"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let mut p = Province::build(database, 3).await;
        p.accepted("1/DS").await;
        p.decide(&p.forms[..1], "1/QĐ", "select").await.unwrap();
        // A second list that is frozen, two that are being drawn up, and a form that stands in none.
        let ready = async |product: &str| testing::registration(&p.office, &p.district, &p.year, p.organisations[0], product, State::Evaluated).await;
        let (second, spare) = (ready("Thứ hai").await, ready("Thừa").await);
        let first = std::mem::replace(&mut p.forms, vec![second]);
        p.frozen("2/DS").await;
        for _ in 0..2 {
            lists::begin(&p.office, &p.district, &BeginCommand { unit: p.unit, year: 2019, forms: vec![] }).await.unwrap();
        }
        p.forms = first;
        assert_ne!(spare, second);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
        breaches::all_found(&p.office, &BROKEN).await;
    }
}
