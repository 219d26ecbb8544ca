//! What a file of people is remembered by, how many are kept and read at a time, and lists on several sheets.

use chrono::Duration;
use documents::spreadsheets::rosters::{Arrangement, Why};
use domain::Refusal;
use domain::enrolments::roster::Field;
use domain::ids::UploadId;
use domain::rosters::{ColumnUse, Encoding, ImportState, ImportStep, KEPT_FILES, numbered};
use operations::rosters;
use operations::{Failure, doctor, testing};
use rust_xlsxwriter::Workbook;

use crate::rosters::{Scene, scene};

/// A list of two people under headings that nobody knows, these in row `heading` (from 1) and column `first` (from 0).
fn list(heading: usize, first: usize, names: [&str; 2]) -> Vec<u8> {
    let indent = ";".repeat(first);
    let people: String = names.iter().map(|name| format!("{indent}{name};1985;HTX Xuân Lập\n")).collect();
    format!("{}{indent}Quý danh;Sinh;Chỗ làm\n{people}", "DANH SÁCH\n".repeat(heading - 1)).into_bytes()
}

/// What the columns of such a list say.
fn said(heading: usize, first: u32) -> Arrangement {
    let columns = [(first, ColumnUse::FullName), (first + 1, ColumnUse::Birth), (first + 2, ColumnUse::Organisation)];
    Arrangement { heading: Some(heading), columns: columns.into(), ..Arrangement::default() }
}

async fn names(scene: &Scene, id: UploadId) -> Vec<(usize, String)> {
    let list = rosters::read(&scene.office, &scene.officer, id).await.unwrap();
    list.rows.iter().map(|row| (row.number, row.cells[&Field::FullName].clone())).collect()
}

/// Three sheets with people, two of them under the same headings.
fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, people) in [("Xã A", ["Lê Thị An", "Lê Thị Bình"]), ("Xã B", ["Lê Thị An", "Đỗ 2"])] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, text) in (0..).zip(["Họ và tên", "Năm sinh", "Đơn vị", "Cỡ áo"]) {
            sheet.write_string(0, column, text).unwrap();
        }
        for (row, person) in (1..).zip(people) {
            for (column, text) in (0..).zip([person, "1985", "HTX Xuân Lập"]) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
        sheet.write_string(3, 0, "Người Đã Ẩn").unwrap();
        sheet.set_row_hidden(3).unwrap();
    }
    book.add_worksheet().set_name("Khác").unwrap().write_string(0, 0, "Hàng").unwrap();
    book.save_to_buffer().unwrap()
}

operations::both! {
    async fn an_arrangement_follows_its_headings(database) {
        let scene = scene(database).await;
        let send = async |bytes: &[u8]| scene.send(&scene.officer, "", bytes).await.unwrap();
        let first = send(&list(6, 0, ["Lê An", "Lê Bình"])).await;
        assert!(first.asks);
        // What was guessed is a title: the person says which row it is.
        rosters::arrange(&scene.office, &scene.officer, first.upload.id, said(6, 0)).await.unwrap();
        scene.work().await;
        for (heading, first) in [(3, 0), (9, 0), (1, 0), (4, 2)] {
            let again = send(&list(heading, first, ["Hà Chi", "Hà Dung"])).await;
            assert!(!again.asks && again.upload.as_on.is_some(), "row {heading}, column {first}");
            let expected = [(heading + 1, "Hà Chi".to_owned()), (heading + 2, "Hà Dung".to_owned())];
            assert_eq!(names(&scene, again.upload.id).await, expected, "row {heading}, column {first}");
        }
        let torn = String::from_utf8(list(6, 0, ["Lê An", "Lê Bình"])).unwrap().replace("Sinh;", "Ngày cấp;Sinh;").replace(";1985", ";2020;1985");
        assert!(send(torn.as_bytes()).await.asks, "with another column between them they are other headings");
        // Old letters in a list whose headings stand elsewhere are asked about, though the guess did not see them.
        let old = send(&list(3, 1, ["NguyÔn ThÞ Hång", "Ph¹m ThÞ Ngäc ¸nh"])).await;
        assert!(old.asks && old.upload.as_on.is_some());
        rosters::arrange(&scene.office, &scene.officer, old.upload.id, Arrangement { encodings: [(1, Encoding::Tcvn3)].into(), ..said(3, 1) }).await.unwrap();
        let moved = send(&list(5, 0, ["NguyÔn ThÞ Hång", "Ph¹m ThÞ Ngäc ¸nh"])).await;
        let offered = rosters::arranging(&scene.office, &scene.officer, moved.upload.id, None).await.unwrap();
        assert_eq!(offered.arrangement.encodings, [(0, Encoding::Tcvn3)].into(), "offered for the column where it stands now");
    }

    async fn a_list_without_headings_is_asked_about_each_time(database) {
        let scene = scene(database).await;
        let bytes = "Lê An;1985;HTX Xuân Lập\nLê Bình;1990;HTX Xuân Lập\n".as_bytes();
        for _ in 0..2 {
            let received = scene.send(&scene.officer, "", bytes).await.unwrap();
            assert!(received.asks && received.upload.as_on.is_none());
            rosters::arrange(&scene.office, &scene.officer, received.upload.id, said(0, 0)).await.unwrap();
            assert_eq!(names(&scene, received.upload.id).await[0], (1, "Lê An".to_owned()));
        }
    }

    async fn sheets_are_one_list_and_everything_is_told(database) {
        let scene = scene(database).await;
        let before = scene.people().await;
        let id = scene.send(&scene.officer, "", &book()).await.unwrap().upload.id;
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Check, ImportState::Done, [4, 4, 2, 0, 2]));
        let progress = rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap();
        let notes = &progress.notes;
        assert_eq!((notes.sheets.as_slice(), notes.unread_sheets.as_slice()), (&["Xã A".to_owned(), "Xã B".into()][..], &["Khác".to_owned()][..]));
        assert_eq!((notes.unknown.as_slice(), notes.hidden.as_slice()), (&["Cỡ áo".to_owned()][..], &[(4, 4), (numbered(1, 4), numbered(1, 4))][..]));
        assert!(notes.passed_over.iter().all(|row| row.why != Why::Hidden));
        assert_eq!(progress.faults.iter().map(|row| (row.number, notes.sheet(row.number))).collect::<Vec<_>>(), [
            (numbered(1, 2), "Xã B"), (numbered(1, 3), "Xã B"),
        ]);
        let twice = Refusal::TwiceInTheSheets { sheet: "Xã A".into(), first_row: 2 };
        assert_eq!(progress.faults[0].faults[0].refusal, twice);
        let mut records = scene.office.database.read().await.unwrap();
        let sealed = store::rosters::notes(&mut records, id).await.unwrap().unwrap();
        assert!(!sealed.windows(4).any(|window| window == b"hidd"), "what stands in a list is kept sealed");
        drop(records);
        let back = rosters::to_give_back(&scene.office, &scene.officer, id).await.unwrap();
        assert_eq!(back.rows.keys().copied().collect::<Vec<_>>(), [2, 3, numbered(1, 2), numbered(1, 3)]);
        rosters::confirm(&scene.office, &scene.officer, id).await.unwrap();
        scene.work().await;
        assert_eq!(scene.people().await, before + 2);
        let progress = rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap();
        assert_eq!(progress.notes.hidden.len(), 2, "they are told once it is stored too");
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
    }

    async fn files_are_kept_up_to_a_number_and_stored_ones_make_room(database) {
        let scene = scene(database).await;
        let bytes = list(1, 0, ["Lê An", "Lê Bình"]);
        let stored = scene.send(&scene.officer, "", "Họ và tên;Đơn vị\nLê An;HTX Xuân Lập\n".as_bytes()).await.unwrap().upload.id;
        for _ in 1..KEPT_FILES {
            scene.send(&scene.officer, "", &bytes).await.unwrap();
        }
        let refused = async |bytes: &[u8]| match scene.send(&scene.officer, "", bytes).await.unwrap_err() {
            Failure::Refused(faults) => faults.0[0].refusal.clone(),
            other => panic!("{other}"),
        };
        let until = scene.office.now() + Duration::hours(48);
        assert_eq!(refused(&bytes).await, Refusal::TooManyLists { files: 20, bytes: 50 << 20, until });
        let organisation = operations::rosters::SentFor::People { stands_for: String::new() };
        let unit = testing::unit(&scene.office, "395").await;
        let other = testing::actor(&scene.office, "can.bo.2", domain::accounts::Role::UnitOfficer, domain::accounts::Scope::Unit(unit)).await;
        let command = rosters::SendCommand { sent_for: organisation, file_name: "x.csv".into(), bytes: bytes.clone() };
        assert!(rosters::receive(&scene.office, &other, command).await.is_ok(), "others have room of their own");

        scene.work().await;
        rosters::confirm(&scene.office, &scene.officer, stored).await.unwrap();
        assert!(matches!(refused(&bytes).await, Refusal::TooManyLists { .. }), "what is being stored is not done");
        scene.work().await;
        assert!(scene.send(&scene.officer, "", &bytes).await.is_ok(), "what was stored makes room");
        let progress = rosters::progress(&scene.office, &scene.officer, stored, 1).await.unwrap();
        assert!(!progress.is_kept && progress.job.people_new == 1);
        assert!(matches!(refused(&bytes).await, Refusal::TooManyLists { .. }));
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
    }

    async fn bytes_count_as_files_do(database) {
        let scene = scene(database).await;
        let large = [list(1, 0, ["Lê An", "Lê Bình"]), vec![b'\n'; 9 << 20]].concat();
        for _ in 0..5 {
            scene.send(&scene.officer, "", &large).await.unwrap();
        }
        let failure = scene.send(&scene.officer, "", &large).await.unwrap_err();
        let until = scene.office.now() + Duration::hours(48);
        assert!(failure.is(&Refusal::TooManyLists { files: 20, bytes: 50 << 20, until }));
        assert!(scene.send(&scene.officer, "", &list(1, 0, ["Lê An", "Lê Bình"])).await.is_ok(), "a small one fits");
    }

    async fn whoever_finds_all_readers_busy_is_told_and_loses_nothing(database) {
        let scene = scene(database).await;
        let bytes = list(1, 0, ["Lê An", "Lê Bình"]);
        let id = scene.send(&scene.officer, "", &bytes).await.unwrap().upload.id;
        let busy = testing::busy_readers().await;
        let failure = scene.send(&scene.officer, "", &bytes).await.unwrap_err();
        assert!(failure.is(&Refusal::ReadersBusy), "{failure}");
        let failure = rosters::arrange(&scene.office, &scene.officer, id, said(1, 0)).await.unwrap_err();
        assert!(failure.is(&Refusal::ReadersBusy), "{failure}");
        drop(busy);
        rosters::arrange(&scene.office, &scene.officer, id, said(1, 0)).await.unwrap();
        // Work in the background waits for its turn, and is not given up.
        let busy = testing::busy_readers().await;
        let working = async { scene.work().await };
        let freed = async {
            tokio::time::sleep(std::time::Duration::from_secs(6)).await;
            drop(busy);
        };
        tokio::join!(working, freed);
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Check, ImportState::Done, [2, 2, 2, 0, 0]));
    }
}
