//! The doctor finds every broken invariant of lists of people, and nothing where all hold.

use documents::spreadsheets::rosters::Arrangement;
use domain::organisations::OrganisationKind;
use domain::rosters::ColumnUse;
use operations::rosters::{self, SendCommand, SentFor};
use operations::{doctor, testing};

use crate::breaches;
use crate::rosters::scene;

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 13] = [
    (
        "import_of_an_enrolment_list",
        "UPDATE upload SET purpose = 'enrolment', run_id = (SELECT id FROM run LIMIT 1), organisation_id = (SELECT id FROM organisation LIMIT 1)",
    ),
    ("import_beyond_its_list", "UPDATE import_job SET rows_done = rows_in_all + 1"),
    ("import_beyond_its_list", "UPDATE import_job SET people_new = people_new + 9"),
    ("import_ended_early", "UPDATE import_job SET rows_done = rows_done - 1, people_new = 0, people_known = 0"),
    ("import_lost_a_row", "UPDATE import_job SET people_new = people_new - 1"),
    ("import_faults_miscounted", "DELETE FROM import_fault"),
    ("import_without_its_list", "DELETE FROM upload_content; UPDATE import_job SET state = 'working', ended_at = NULL"),
    ("import_remembers_its_list", "DELETE FROM upload_content"),
    (
        "two_mappings",
        "DROP INDEX roster_mapping_of_organisation; UPDATE roster_mapping SET likeness = 'x', account_id = NULL, organisation_id = (SELECT id FROM organisation LIMIT 1)",
    ),
    ("orphan", "DELETE FROM upload"),
    ("orphan", "DELETE FROM import_job"),
    ("orphan", "DELETE FROM account"),
    ("orphan", "DELETE FROM organisation"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let scene = scene(database).await;
        let run = testing::published_run(&scene.office, &scene.officer, "ENT-4", 5, "2019-07-02").await;
        let list = "Quý danh;Sinh;Đơn vị\nLê An;1985;HTX Xuân Lập\nLê 2;1985;HTX Xuân Lập\n";
        let id = scene.send(&scene.officer, "", list.as_bytes()).await.unwrap().upload.id;
        let columns = [(0, ColumnUse::FullName), (1, ColumnUse::Birth), (2, ColumnUse::Organisation)];
        let arrangement = Arrangement { columns: columns.into(), ..Arrangement::default() };
        rosters::arrange(&scene.office, &scene.officer, id, arrangement.clone()).await.unwrap();
        scene.work().await;
        // Another list, of one organisation, arranged too.
        let unit = testing::unit(&scene.office, "395").await;
        let organisation = testing::organisation(&scene.office, OrganisationKind::Cooperative, "HTX Sao Vàng", unit).await;
        let command = SendCommand { sent_for: SentFor::Enrolment(run, organisation), file_name: String::new(), bytes: list.into() };
        let second = rosters::receive(&scene.office, &scene.officer, command).await.unwrap().upload.id;
        rosters::arrange(&scene.office, &scene.officer, second, arrangement).await.unwrap();
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
        breaches::all_found(&scene.office, &BROKEN).await;
    }
}
