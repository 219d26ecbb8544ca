//! Lists of people as files: kept for who sent them, arranged once, checked and stored in the background.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::Duration;
use documents::spreadsheets::rosters::Arrangement;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::roster::{Field, RepairKind};
use domain::ids::{OrganisationId, UploadId};
use domain::organisations::OrganisationKind;
use domain::rosters::{ColumnUse, Encoding, ImportState, ImportStep};
use operations::rosters::{self, Received, SendCommand, SentFor, jobs};
use operations::testing::TestClock;
use operations::{Failure, Office, doctor, testing};
use store::Database;
use store::rosters::Numbers;

pub struct Scene {
    pub office: Office,
    pub clock: TestClock,
    pub officer: Actor,
    pub organisations: [OrganisationId; 3],
}

/// An officer of the district of Thọ Xuân, two cooperatives there, and one elsewhere.
pub async fn scene(database: Database) -> Scene {
    let (office, clock) = testing::office(database).await;
    let (district, elsewhere) = (testing::unit(&office, "395").await, testing::unit(&office, "389").await);
    let officer = testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
    let mut organisations = Vec::new();
    for (name, unit) in [("HTX Xuân Lập", district), ("HTX Thọ Lập", district), ("HTX Ngọc Lặc", elsewhere)] {
        organisations.push(testing::organisation(&office, OrganisationKind::Cooperative, name, unit).await);
    }
    Scene { office, clock, officer, organisations: organisations.try_into().unwrap() }
}

impl Scene {
    pub async fn send(&self, actor: &Actor, stands_for: &str, bytes: &[u8]) -> Result<Received, Failure> {
        let sent_for = SentFor::People { stands_for: stands_for.into() };
        let command = SendCommand { sent_for, file_name: "  danh  sách.csv ".into(), bytes: bytes.to_vec() };
        rosters::receive(&self.office, actor, command).await
    }

    /// Works until nothing is due.
    pub async fn work(&self) {
        while let Some(id) = jobs::due(&self.office).await.unwrap().first().copied() {
            assert!(jobs::work(&self.office, id, || false).await.unwrap());
        }
    }

    pub async fn numbers(&self, actor: &Actor, id: UploadId) -> (ImportStep, ImportState, [i64; 5]) {
        let job = rosters::progress(&self.office, actor, id, 1).await.unwrap().job;
        (job.step, job.state, [job.rows_in_all, job.rows_done, job.people_new, job.people_known, job.rows_faulty])
    }

    pub async fn people(&self) -> i64 {
        store::people::count(&mut self.office.database.read().await.unwrap()).await.unwrap()
    }
}

/// A list of invented people, `count` of them, in two cooperatives by turns.
pub fn many(count: usize) -> Vec<u8> {
    let mut list = String::from("Danh sách\n\nHọ và tên;Năm sinh;CCCD;Đơn vị\n");
    for n in 1..=count {
        let name = format!("Lê Thị {}", ["An", "Bình", "Dung", "Đông", "Hà", "Hạnh", "Lan", "Mai", "Ngọc", "Phúc"][n % 10]);
        writeln!(list, "{name};1985;381850{n:05};{}", ["HTX Xuân Lập", "HTX THO LAP"][n % 2]).unwrap();
    }
    list.into_bytes()
}

const LIST: &str = "TT;Họ và tên;Năm sinh;CCCD;Điện thoại;Đơn vị\n\
    1;Lê Thị Hoa;1985;38185001234;912345678;HTX Xuân Lập\n\
    2;Trần Văn Nam;31118;;;HTX Thọ Lập\n\
    3;Đỗ 2;1;3.8E+10;12;HTX Lạ\n\
    4;Phạm Văn Bình;1990;;;HTX Ngọc Lặc\n\
    5;Lê Thị Hoa;1985;;;HTX Thọ Lập\n\
    ;Tổng cộng: 5;;;;\n";

fn faults(progress: &rosters::Progress) -> Vec<(usize, Field, &str, &Refusal)> {
    let of = |row: &'_ rosters::RowFaults| row.number;
    progress
        .faults
        .iter()
        .flat_map(|row| row.faults.iter().map(move |fault| (of(row), fault.field, fault.value.as_str(), &fault.refusal)))
        .collect()
}

operations::both! {
    async fn a_list_is_checked_then_stored_and_twice_is_once(database) {
        let scene = scene(database).await;
        let before = scene.people().await;
        let received = scene.send(&scene.officer, "", LIST.as_bytes()).await.unwrap();
        assert!(!received.asks);
        assert_eq!(received.upload.file_name, "danh sách.csv");
        let id = received.upload.id;
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Check, ImportState::Working, [0; 5]));
        let refused = rosters::confirm(&scene.office, &scene.officer, id).await.unwrap_err();
        assert!(refused.is(&Refusal::ImportBusy));

        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Check, ImportState::Done, [5, 5, 3, 0, 2]));
        assert_eq!(scene.people().await, before, "checking stores nothing");
        let progress = rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap();
        assert_eq!(faults(&progress), [
            (4, Field::FullName, "Đỗ 2", &Refusal::NotAName),
            (4, Field::Birth, "1", &Refusal::NotABirthday),
            (4, Field::CitizenId, "3.8E+10", &Refusal::DigitsLost),
            (4, Field::Phone, "12", &Refusal::NotAPhoneNumber),
            (4, Field::Organisation, "HTX Lạ", &Refusal::UnknownOrganisation),
            // It exists, outside the officer's scope: that looks the same.
            (5, Field::Organisation, "HTX Ngọc Lặc", &Refusal::UnknownOrganisation),
        ]);
        assert_eq!(progress.notes.passed_over.iter().map(|row| row.number).collect::<Vec<_>>(), [7], "the sum");
        let repaired = |kind| progress.notes.repairs.iter().find(|(known, _)| *known == kind).map(|(_, rows)| rows.as_slice());
        assert_eq!(repaired(RepairKind::ZeroPutBack), Some(&[(2, 2)][..]));
        assert_eq!(repaired(RepairKind::DayCounted), Some(&[(3, 3)][..]));
        assert_eq!(repaired(RepairKind::YearOnly), Some(&[(2, 2), (5, 6)][..]));
        let back = rosters::to_give_back(&scene.office, &scene.officer, id).await.unwrap();
        assert_eq!(back.rows.keys().copied().collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
        assert_eq!((back.rows[&4].faults.len(), back.rows[&2].repairs.len()), (5, 3));
        let sentences = BTreeMap::from([(4, vec![(Field::Birth, "Sai".to_owned(), true)])]);
        let bytes = back.write(&scene.office, sentences, true).await.unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);

        rosters::confirm(&scene.office, &scene.officer, id).await.unwrap();
        let again = rosters::confirm(&scene.office, &scene.officer, id).await.unwrap_err();
        assert!(again.is(&Refusal::ImportBusy));
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Store, ImportState::Done, [5, 5, 3, 0, 2]));
        assert_eq!(scene.people().await, before + 3);
        let arrange = rosters::arrange(&scene.office, &scene.officer, id, Arrangement {
            columns: [(1, ColumnUse::FullName)].into(), ..Arrangement::default()
        }).await.unwrap_err();
        assert!(arrange.is(&Refusal::ImportBusy), "what was stored is not arranged anew");

        let second = scene.send(&scene.officer, "", LIST.as_bytes()).await.unwrap().upload.id;
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, second).await.2, [5, 5, 0, 3, 2]);
        rosters::confirm(&scene.office, &scene.officer, second).await.unwrap();
        scene.work().await;
        assert_eq!(scene.people().await, before + 3, "the same list twice changes nothing");
        assert_eq!(rosters::sent(&scene.office, &scene.officer).await.unwrap().lists.len(), 2);
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
    }

    async fn only_who_sent_a_list_finds_it(database) {
        let scene = scene(database).await;
        let id = scene.send(&scene.officer, "", LIST.as_bytes()).await.unwrap().upload.id;
        let province = testing::unit(&scene.office, "38").await;
        let administrator = testing::actor(&scene.office, "quan.tri", Role::Administrator, Scope::Unit(province)).await;
        let trainer = testing::actor(&scene.office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        for actor in [&administrator, &trainer] {
            let not_found = |failure: Failure| assert!(failure.is(&Refusal::NotFound));
            not_found(rosters::progress(&scene.office, actor, id, 1).await.unwrap_err());
            not_found(rosters::arranging(&scene.office, actor, id, None).await.unwrap_err());
            not_found(rosters::arrange(&scene.office, actor, id, Arrangement::default()).await.unwrap_err());
            not_found(rosters::confirm(&scene.office, actor, id).await.unwrap_err());
            not_found(rosters::to_give_back(&scene.office, actor, id).await.unwrap_err());
            not_found(rosters::read(&scene.office, actor, id).await.unwrap_err());
        }
        assert!(scene.send(&trainer, "", LIST.as_bytes()).await.unwrap_err().is(&Refusal::NotFound));
        assert!(rosters::sent(&scene.office, &trainer).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn a_representative_stores_people_of_the_own_organisation_alone(database) {
        let scene = scene(database).await;
        let own = Scope::Organisation(scene.organisations[0]);
        let representative = testing::actor(&scene.office, "dai.dien", Role::Representative, own).await;
        let sent = rosters::sent(&scene.office, &representative).await.unwrap();
        assert_eq!(sent.stands_for, "HTX Xuân Lập");
        let list = "Họ và tên;Năm sinh;Đơn vị\nLê Thị Hoa;1985;\nTrần Văn Nam;1990;HTX Thọ Lập\n";
        let id = scene.send(&representative, &sent.stands_for, list.as_bytes()).await.unwrap().upload.id;
        scene.work().await;
        assert_eq!(scene.numbers(&representative, id).await.2, [2, 2, 1, 0, 1]);
        rosters::confirm(&scene.office, &representative, id).await.unwrap();
        scene.work().await;
        let mut records = scene.office.database.read().await.unwrap();
        let members = store::people::members(&mut records, scene.organisations[0], scene.office.today()).await.unwrap();
        assert!(members.iter().any(|member| member.person.full_name.as_str() == "Lê Thị Hoa"));
        assert!(store::people::members(&mut records, scene.organisations[1], scene.office.today()).await.unwrap().is_empty());
    }

    async fn columns_are_said_once_and_remembered(database) {
        let scene = scene(database).await;
        let list = "Quý danh;Sinh;Chỗ làm\nNguyÔn ThÞ Hång;1985;HTX Xuân Lập\nPh¹m ThÞ Ngäc ¸nh;1990;HTX Thọ Lập\n";
        let received = scene.send(&scene.officer, "", list.as_bytes()).await.unwrap();
        assert!(received.asks);
        let id = received.upload.id;
        assert!(jobs::due(&scene.office).await.unwrap().is_empty(), "nothing begins before the columns are known");
        assert!(rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap_err().is(&Refusal::NotFound));

        let refused = |columns: &[(u32, ColumnUse)], encodings: &[(u32, Encoding)]| Arrangement {
            sheet: None,
            heading: Some(1),
            columns: columns.iter().copied().collect(),
            encodings: encodings.iter().copied().collect(),
            hidden_too: false,
        };
        let [name, birth, place] = [(0, ColumnUse::FullName), (1, ColumnUse::Birth), (2, ColumnUse::Organisation)];
        for (arrangement, refusal) in [
            (refused(&[birth], &[]), Refusal::NoNameColumn),
            (refused(&[name, (1, ColumnUse::FullName)], &[(0, Encoding::Tcvn3)]), Refusal::ChosenTwice),
            (refused(&[name, birth], &[]), Refusal::EncodingNotSaid),
        ] {
            let failure = rosters::arrange(&scene.office, &scene.officer, id, arrangement).await.unwrap_err();
            assert!(failure.is(&refusal), "{failure}");
        }
        let right = refused(&[name, birth, place], &[(0, Encoding::Tcvn3)]);
        rosters::arrange(&scene.office, &scene.officer, id, right.clone()).await.unwrap();
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await.2, [2, 2, 2, 0, 0]);
        let read = rosters::read(&scene.office, &scene.officer, id).await.unwrap();
        assert_eq!(read.rows[1].cells[&Field::FullName], "Phạm Thị Ngọc Ánh");

        // The same headings again, a week later: the columns are known, the letters are asked about, and offered.
        scene.clock.set("2019-06-19 08:00");
        let received = scene.send(&scene.officer, "", list.as_bytes()).await.unwrap();
        assert!(received.asks);
        let again = rosters::arranging(&scene.office, &scene.officer, received.upload.id, None).await.unwrap();
        assert_eq!(again.arrangement.encodings, [(0, Encoding::Tcvn3)].into());
        assert_eq!(again.survey.columns[2].is, Some(ColumnUse::Organisation));
        assert_eq!(again.as_on.map(domain::time::local_day), Some("2019-06-12".parse().unwrap()));
        let plain = list.replace("NguyÔn ThÞ Hång", "Nguyễn Thị Hồng").replace("Ph¹m ThÞ Ngäc ¸nh", "Phạm Thị Ánh");
        let received = scene.send(&scene.officer, "", plain.as_bytes()).await.unwrap();
        assert!(!received.asks, "a correct list under known headings is read at once");
        let read = rosters::read(&scene.office, &scene.officer, received.upload.id).await.unwrap();
        assert_eq!(read.as_on.map(domain::time::local_day), Some("2019-06-12".parse().unwrap()));
        rosters::arrange(&scene.office, &scene.officer, id, right).await.unwrap();
        let province = testing::unit(&scene.office, "38").await;
        let other = testing::actor(&scene.office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        assert!(scene.send(&other, "", plain.as_bytes()).await.unwrap().asks, "others have said nothing");
    }

    async fn a_worker_that_stops_goes_on_where_it_was(database) {
        let scene = scene(database).await;
        let before = scene.people().await;
        let id = scene.send(&scene.officer, "", &many(1_230)).await.unwrap().upload.id;
        // Told to stop before the second lot of rows.
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let stops = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0;
        assert!(jobs::work(&scene.office, id, stops).await.unwrap());
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Check, ImportState::Working, [1230, 500, 500, 0, 0]));
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await.2, [1230, 1230, 1230, 0, 0]);
        rosters::confirm(&scene.office, &scene.officer, id).await.unwrap();
        asked.store(0, std::sync::atomic::Ordering::SeqCst);
        jobs::work(&scene.office, id, stops).await.unwrap();
        assert_eq!(scene.people().await, before + 100);
        scene.work().await;
        assert_eq!(scene.numbers(&scene.officer, id).await, (ImportStep::Store, ImportState::Done, [1230, 1230, 1230, 0, 0]));
        assert_eq!(scene.people().await, before + 1230);
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
    }

    async fn two_workers_at_once_store_each_row_once(database) {
        let scene = scene(database).await;
        let before = scene.people().await;
        let id = scene.send(&scene.officer, "", &many(250)).await.unwrap().upload.id;
        let work = || jobs::work(&scene.office, id, || false);
        let (one, two) = tokio::join!(work(), work());
        assert_eq!([one.unwrap(), two.unwrap()].iter().filter(|took| **took).count(), 1, "a lease is held by one");
        rosters::confirm(&scene.office, &scene.officer, id).await.unwrap();
        let (one, two, three) = tokio::join!(work(), work(), work());
        assert_eq!([one.unwrap(), two.unwrap(), three.unwrap()].iter().filter(|took| **took).count(), 1);
        assert_eq!(scene.people().await, before + 250);
        assert_eq!(scene.numbers(&scene.officer, id).await.2, [250, 250, 250, 0, 0]);
    }

    async fn a_worker_that_was_overtaken_keeps_nothing(database) {
        let scene = scene(database).await;
        let id = scene.send(&scene.officer, "", &many(20)).await.unwrap().upload.id;
        let claim = async || {
            let mut work = scene.office.database.begin().await.unwrap();
            let now = scene.office.now();
            let job = store::rosters::claim(&mut work, id, now, now + Duration::minutes(2)).await.unwrap();
            work.commit().await.unwrap();
            job
        };
        let first = claim().await.unwrap();
        assert!(claim().await.is_none());
        // Negative control: once the lease has run out, both believe that the list is theirs.
        scene.clock.set("2019-06-12 08:03");
        let second = claim().await.unwrap();
        assert_eq!((first.rows_done, second.rows_done), (0, 0));
        let keep = async |from: i64| {
            let mut work = scene.office.database.begin().await.unwrap();
            let numbers = Numbers { in_all: 20, done: 10, new: 10, ..Numbers::default() };
            let until = scene.office.now() + Duration::minutes(2);
            let kept = store::rosters::progress(&mut work, id, from, numbers, until).await.unwrap();
            work.commit().await.unwrap();
            kept
        };
        let (one, two) = tokio::join!(keep(first.rows_done), keep(second.rows_done));
        assert!(one != two, "what both did is kept of one alone");
    }

    async fn a_list_that_fails_again_and_again_is_given_up(database) {
        let scene = scene(database).await;
        let id = scene.send(&scene.officer, "", &many(3)).await.unwrap().upload.id;
        for minute in 0..6 {
            scene.clock.set(&format!("2019-06-12 09:{:02}", minute * 3));
            let mut work = scene.office.database.begin().await.unwrap();
            let now = scene.office.now();
            assert!(store::rosters::claim(&mut work, id, now, now + Duration::minutes(2)).await.unwrap().is_some());
            work.commit().await.unwrap();
        }
        scene.clock.set("2019-06-12 10:00");
        assert!(jobs::work(&scene.office, id, || false).await.unwrap());
        let progress = rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap();
        assert_eq!((progress.job.state, progress.refusal), (ImportState::Refused, Some(Refusal::ImportBroken)));
    }

    async fn who_lost_the_role_stores_nobody(database) {
        let scene = scene(database).await;
        let before = scene.people().await;
        let id = scene.send(&scene.officer, "", LIST.as_bytes()).await.unwrap().upload.id;
        let mut work = scene.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE role_grant SET valid_to = '2019-06-11', valid_from = '2019-06-01' WHERE role = 'unit_officer'").await;
        work.commit().await.unwrap();
        scene.work().await;
        let mut records = scene.office.database.read().await.unwrap();
        let job = store::rosters::job(&mut records, id).await.unwrap().unwrap();
        assert_eq!((job.state, job.refusal.as_deref()), (ImportState::Refused, Some("\"NoLongerAllowed\"")));
        drop(records);
        assert_eq!(scene.people().await, before);
    }

    async fn files_are_forgotten_after_two_days(database) {
        let scene = scene(database).await;
        let id = scene.send(&scene.officer, "", LIST.as_bytes()).await.unwrap().upload.id;
        let sweep = async |hours: i64| {
            let mut work = scene.office.database.begin().await.unwrap();
            let swept = store::rosters::sweep(&mut work, scene.office.now() - Duration::hours(hours)).await.unwrap();
            work.commit().await.unwrap();
            swept
        };
        scene.clock.set("2019-06-14 09:00");
        assert_eq!(sweep(48).await, 0, "what is being worked on stays");
        scene.work().await;
        assert_eq!(sweep(50).await, 0);
        assert_eq!(sweep(48).await, 1);
        assert_eq!(sweep(48).await, 0);
        let progress = rosters::progress(&scene.office, &scene.officer, id, 1).await.unwrap();
        assert!(!progress.is_kept && progress.job.people_new == 3);
        assert_eq!(progress.notes, rosters::Notes::default(), "what was told of its rows goes too");
        assert!(progress.faults.iter().all(|row| row.faults.iter().all(|fault| fault.value.is_empty())), "values go with the file");
        for failure in [
            rosters::confirm(&scene.office, &scene.officer, id).await.unwrap_err(),
            rosters::read(&scene.office, &scene.officer, id).await.map(drop).unwrap_err(),
            rosters::to_give_back(&scene.office, &scene.officer, id).await.map(drop).unwrap_err(),
        ] {
            assert!(failure.is(&Refusal::NotFound));
        }
        assert_eq!(doctor::examine(&scene.office).await.unwrap(), []);
    }

    async fn what_is_no_list_is_refused_with_its_reason(database) {
        let scene = scene(database).await;
        for (bytes, refusal) in [
            (vec![], Refusal::Missing),
            (b"%PDF-1.7".to_vec(), Refusal::NotASpreadsheet),
            (b"PK\x03\x04 cut off".to_vec(), Refusal::NotASpreadsheet),
            (vec![b' '; (10 << 20) + 1], Refusal::FileTooLarge { limit: 10 << 20 }),
            (format!("Tên;SĐT{}\n", ";x".repeat(1_000_000)).into_bytes(), Refusal::SpreadsheetTooLarge { limit: 10_000 }),
            (b"a;b\n;\n".to_vec(), Refusal::EmptySpreadsheet),
        ] {
            match scene.send(&scene.officer, "", &bytes).await {
                Err(Failure::Refused(faults)) => assert_eq!((faults.0[0].field.as_str(), &faults.0[0].refusal), ("file", &refusal)),
                Ok(received) if refusal == Refusal::EmptySpreadsheet => {
                    // It asks for its columns, and then has nobody.
                    let arrangement = Arrangement { columns: [(0, ColumnUse::FullName)].into(), ..Arrangement::default() };
                    let failure = rosters::arrange(&scene.office, &scene.officer, received.upload.id, arrangement).await.unwrap_err();
                    assert!(failure.is(&refusal));
                }
                other => panic!("{refusal:?}: {other:?}"),
            }
        }
        let many = many(10_001);
        let received = scene.send(&scene.officer, "", &many).await.unwrap();
        scene.work().await;
        let progress = rosters::progress(&scene.office, &scene.officer, received.upload.id, 1).await.unwrap();
        assert_eq!(progress.refusal, Some(Refusal::SpreadsheetTooLarge { limit: 10_000 }));
    }
}
