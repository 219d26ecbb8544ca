//! Lists that come in whole: all faults at once, nothing by halves, twice as once.

use domain::Refusal;
use operations::import::ImportReport;
use operations::{doctor, organisations, people, reference, testing};

const ORGANISATIONS: &str = "Tên;Loại hình;Mã số thuế;Đơn vị hành chính;Địa chỉ
HTX Xuân Lập;Hợp tác xã;0100233488;Huyện Thọ Xuân;Thôn 3
Công ty Lam Kinh;Doanh nghiệp;0100233480;395;
";

fn faults(report: &ImportReport) -> Vec<(usize, &str, &str, &Refusal)> {
    report.faults.iter().map(|fault| (fault.row, fault.column, fault.value.as_str(), &fault.refusal)).collect()
}

operations::both! {
    async fn organisations_and_people_come_in_once(database) {
        let (office, _) = testing::office(database).await;
        let report = organisations::import(&office, ORGANISATIONS.as_bytes()).await.unwrap();
        assert_eq!((report.added, report.known, report.warnings.len()), (2, 0, 1), "{report:?}");
        let again = organisations::import(&office, ORGANISATIONS.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.changed, again.known), (0, 0, 2));
        let moved = ORGANISATIONS.replace("Thôn 3", "Thôn 4");
        assert_eq!(organisations::import(&office, moved.as_bytes()).await.unwrap().changed, 1);

        let wrong = "name,kind,unit,tax_code\n,HTX,395,\nHTX A,Hội,Xã Không Có,12\n";
        let report = organisations::import(&office, wrong.as_bytes()).await.unwrap();
        assert_eq!(faults(&report), [
            (2, "name", "", &Refusal::Missing),
            (3, "kind", "Hội", &Refusal::NotAChoice),
            (3, "unit", "Xã Không Có", &Refusal::UnknownUnit),
            (3, "tax_code", "12", &Refusal::NotATaxCode),
        ]);

        let list = "Họ và tên,Năm sinh,Đơn vị,Số CCCD,Hưởng lương nhà nước\n\
            Lê Thị Hoa,1985,HTX Xuân Lập,038185001234,x\nTrần Văn Nam,2/9/1990,0100233480,,\n";
        let report = people::import(&office, list.as_bytes()).await.unwrap();
        assert_eq!((report.added, faults(&report).len()), (2, 0));
        let again = people::import(&office, list.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.known), (0, 2));
        let wrong = "full_name,organisation,citizen_id\nTrần Văn Bắc,HTX Xuân Lập,038185001234\nMới Hoàn Toàn,HTX Lạ,\nLê 2,,1\n";
        let report = people::import(&office, wrong.as_bytes()).await.unwrap();
        assert_eq!(faults(&report), [
            (2, "citizen_id", "•••••••••234", &Refusal::CitizenNumberTaken),
            (3, "organisation", "HTX Lạ", &Refusal::UnknownOrganisation),
            (4, "full_name", "Lê 2", &Refusal::NotAName),
            (4, "citizen_id", "1", &Refusal::NotACitizenNumber),
            (4, "organisation", "", &Refusal::Missing),
        ]);
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::count(&mut records).await.unwrap(), 2, "nothing by halves");
        drop(records);
        assert_eq!(doctor::examine(&office).await.unwrap(), [], "an import is told by its event");
    }

    async fn units_come_in_once_and_covers_follow(database) {
        let (office, _) = testing::office(database).await;
        let shipped = include_str!("../../data/thanh_hoa_units.csv");
        let successions = include_str!("../../data/thanh_hoa_unit_successions.csv");
        for file in [shipped, successions] {
            let report = reference::import_units(&office, file.as_bytes()).await.unwrap();
            assert_eq!((report.added, report.changed, report.faults.len()), (0, 0, 0));
        }
        let new = "code,name,type,parent_code,valid_from,valid_to\n99999,Mới,Xã,38,2019-06-01,\n";
        assert_eq!(reference::import_units(&office, new.as_bytes()).await.unwrap().added, 1);
        let (unit, province) = (testing::unit(&office, "99999").await, testing::unit(&office, "38").await);
        let mut records = office.database.read().await.unwrap();
        assert!(store::units::covered(&mut records, province).await.unwrap().contains(&unit));
        drop(records);
        let wrong = "code,name,type,parent_code\n1,A,Làng,38\n2,B,Xã,77777\n3,C,Xã,38\n3,C,Xã,38\n";
        let report = reference::import_units(&office, wrong.as_bytes()).await.unwrap();
        assert_eq!(faults(&report), [
            (2, "type", "Làng", &Refusal::NotAChoice),
            (5, "code", "3", &Refusal::TwiceInTheList { first_row: 4 }),
            (3, "parent_code", "77777", &Refusal::UnknownUnit),
        ]);
    }
}
