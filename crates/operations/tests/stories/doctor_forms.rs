//! The doctor finds every invariant of registration forms that is broken, and nothing where all hold.

use crate::breaches::{self, unbound};
use crate::forms::{Scene, scene};
use domain::registrations::{DossierItem, EvaluationForm, RegistrationKind};
use operations::registrations::{self, NewFile, ReturnCommand};
use operations::{doctor, testing};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it. `A`, the first form,
/// is evaluated by two and has a file, `B` repeats it, `C` was sent back; another organisation has `D`.
const BROKEN: [(&str, &str); 26] = [
    ("form_not_as_last_event", "UPDATE registration SET state = 'complete' WHERE product_name = 'A'"),
    ("form_not_as_last_event", "UPDATE registration SET state_at = created_at WHERE product_name = 'C'"),
    ("form_not_as_last_event", "UPDATE registration SET due_on = NULL WHERE product_name = 'C'"),
    ("form_not_as_last_event", "UPDATE registration SET due_on = '2019-07-01' WHERE product_name = 'C'"),
    ("form_not_as_last_event", "DELETE FROM registration_event"),
    ("form_history_gap", "DELETE FROM registration_event WHERE step = 'submit'"),
    ("form_history_without_beginning", "UPDATE registration_event SET step = 'submit' WHERE step = 'begin'"),
    ("form_history_without_beginning", "UPDATE registration_event SET step = 'begin' WHERE step = 'submit'"),
    ("form_number_gap", "UPDATE registration SET number = 9 WHERE product_name = 'A'"),
    ("form_number_gap", "UPDATE registration SET number = number + 1 WHERE product_name = 'D'"),
    ("form_received_without_number", "UPDATE registration SET number = NULL WHERE product_name = 'D'"),
    ("form_received_without_number", "UPDATE registration SET received_on = NULL WHERE product_name = 'A'"),
    ("form_received_without_number", "UPDATE registration SET number = NULL, received_on = NULL WHERE product_name = 'D'"),
    ("return_without_remark", "DELETE FROM registration_remark"),
    (
        "remark_without_return",
        "UPDATE registration_remark SET event_id = (SELECT id FROM registration_event WHERE step = 'begin' ORDER BY id LIMIT 1)",
    ),
    ("duplicate_of_another", "UPDATE registration SET duplicate_of = id WHERE product_name = 'B'"),
    (
        "duplicate_of_another",
        "UPDATE registration SET duplicate_of = (SELECT id FROM registration WHERE product_name = 'D') WHERE product_name = 'B'",
    ),
    (
        "evaluation_replaces_a_stranger",
        "UPDATE evaluation SET evaluator_id = (SELECT evaluator_id FROM evaluation WHERE remark = 'hai') WHERE remark = 'ba'",
    ),
    ("form_result_not_as_evaluated", "UPDATE registration SET is_feasible = NOT is_feasible WHERE product_name = 'A'"),
    ("form_result_not_as_evaluated", "UPDATE registration SET is_feasible = NULL WHERE product_name = 'A'"),
    ("form_result_not_as_evaluated", "UPDATE registration SET score = score + 1 WHERE product_name = 'A'"),
    ("form_result_not_as_evaluated", "UPDATE registration SET score = NULL WHERE product_name = 'A'"),
    ("attachment_not_as_sent", "UPDATE attachment SET size = size + 1"),
    ("attachment_not_as_sent", "DELETE FROM attachment_content"),
    ("form_orphan", "DELETE FROM unit"),
    ("form_orphan", "DELETE FROM programme_year"),
];

async fn house(s: &Scene) {
    let a = s.begin(&s.representative, "A").await.unwrap();
    s.fill(&s.representative, a).await;
    let file = NewFile { item: DossierItem::Accounting, name: "a.pdf".into(), bytes: b"%PDF-1.7".to_vec() };
    registrations::attach(&s.office, &s.representative, a, file).await.unwrap();
    s.submit(&s.representative, a, None).await.unwrap();
    for item in DossierItem::ALL.iter().filter(|item| item.is_required(RegistrationKind::Existing)) {
        registrations::receive_item(&s.office, &s.officer, a, (*item, true)).await.unwrap();
    }
    registrations::complete(&s.office, &s.officer, a, s.version(a).await).await.unwrap();
    for (by, remark, points) in
        [(&s.officer, "một", ["5", "5"]), (&s.colleague, "hai", ["8", "7"]), (&s.officer, "ba", ["9", "9"])]
    {
        let points = points.map(str::to_owned).to_vec();
        let form = EvaluationForm { is_feasible: "yes".into(), remark: remark.into(), points };
        registrations::evaluate(&s.office, by, (a, s.version(a).await), &form).await.unwrap();
    }
    let b = s.submitted("B").await;
    registrations::mark_duplicate(&s.office, &s.officer, (b, s.version(b).await), a).await.unwrap();
    let c = s.submitted("C").await;
    s.clock.set("2019-06-13 08:00");
    let command = ReturnCommand {
        id: c,
        version: s.version(c).await,
        reason: String::new(),
        due_on: s.office.today(),
        remarks: vec![("phone".into(), "Sai số".into())],
    };
    registrations::send_back(&s.office, &s.officer, &command).await.unwrap();
    let commune = testing::unit(&s.office, "15568").await;
    let other = testing::organisation(&s.office, domain::organisations::OrganisationKind::Household, "Hộ Hà", commune).await;
    testing::registration(&s.office, &s.officer, &s.programme, other, "D", domain::registrations::State::Submitted).await;
    s.begin(&s.representative, "bản nháp").await.unwrap();
}

operations::both! {
    async fn whole_forms_have_no_finding_and_broken_ones_do(database) {
        let s = scene(database).await;
        house(&s).await;
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);
        breaches::all_found(&s.office, &BROKEN).await;
        for (table, orphan) in [("organisation", "registration"), ("registration", "attachment"), ("attachment", "attachment_content"),
            ("registration", "dossier_receipt"), ("registration", "evaluation"), ("account", "evaluation"),
            ("registration", "registration_event"), ("registration_event", "registration_remark"), ("product_group", "registration")] {
            let mut work = s.office.database.begin().await.unwrap();
            unbound(&mut work).await;
            store::testing::raw(&mut work, &format!("DELETE FROM {table}")).await;
            let findings = doctor::examine_records(&mut work).await.unwrap();
            assert!(findings.iter().any(|f| f.invariant == "form_orphan" && f.detail == orphan), "{orphan} without {table}");
        }
        assert_eq!(doctor::examine(&s.office).await.unwrap(), [], "every breach was undone");
    }
}
