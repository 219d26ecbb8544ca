//! Citizen numbers stand nowhere in clear: not in the records, not in what is kept of a list, not in the log.

use std::fmt::{Debug, Write as _};
use std::sync::Mutex;

use domain::Refusal;
use operations::{people, rosters};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::people::{entry, reached};
use crate::rosters::scene;

/// Everything that the program logged in this process.
static LOGGED: Mutex<String> = Mutex::new(String::new());

/// Writes down every event and span, with every field.
struct Everything;

struct Written;

impl Visit for Written {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(LOGGED.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Written);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Written);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Written);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Right, with a zero lost, of somebody else, of another year, of a Hà Nội person with two zeros lost, too long, with a letter.
const LIST: &str = "Họ và tên;Ngày sinh;CCCD;Điện thoại;Đơn vị\n\
    Lê Thị Hoa;2/9/1985;038185001234;0912345678;HTX Xuân Lập\n\
    Lê Thị Lan;1985;38185004321;;HTX Xuân Lập\n\
    Trần Văn Nam;1985;038085007777;;HTX Xuân Lập\n\
    Trần Văn Bắc;1990;038085008888;;HTX Xuân Lập\n\
    Phạm Văn Bình;2003;1203009999;;HTX Xuân Lập\n\
    Phạm Thị Hà;1985;03818500666655;;HTX Xuân Lập\n\
    Phạm Thị Mai;1985;03818500x5544;;HTX Xuân Lập\n";

/// What must stand nowhere: the ends of these numbers, long enough to be nothing else.
const NUMBERS: [&str; 7] = ["8185001234", "8185004321", "8085007777", "8085008888", "1203009999", "818500666655", "18500x5544"];

operations::both! {
    async fn no_citizen_number_stands_anywhere_in_clear(database) {
        // Under nextest each story is a process of its own, and the log one for it.
        let _ = tracing::subscriber::set_global_default(Everything);
        tracing::info!(control = "0123456789", "the log is written down");
        let s = scene(database).await;
        let office = &s.office;
        // The control: what stands in clear is found.
        let mut work = office.database.begin().await.unwrap();
        let taken = entry("Lê Thị Khác", "1985", Some("038085007777"));
        people::find_or_add(office, &mut work, None, s.organisations[1], &taken).await.unwrap();
        store::testing::raw(&mut work, "UPDATE person SET phone = '0385001234' WHERE full_name = 'Lê Thị Khác'").await;
        assert_eq!(store::testing::columns_with(&mut work, "0385001234").await, ["person.phone"]);
        work.commit().await.unwrap();
        let upload = s.send(&s.officer, "", LIST.as_bytes()).await.unwrap().upload.id;
        let mut work = office.database.begin().await.unwrap();
        assert!(store::testing::columns_with(&mut work, "danh sách.csv").await.contains(&"upload.file_name".to_owned()));
        drop(work);

        s.work().await;
        let progress = rosters::progress(office, &s.officer, upload, 1).await.unwrap();
        let faulty: Vec<_> = progress.faults.iter().map(|row| (row.number, &row.faults[0].refusal)).collect();
        assert_eq!(faulty, [
            (4, &Refusal::CitizenNumberTaken),
            (5, &Refusal::CitizenNumberDisagrees),
            (7, &Refusal::NotACitizenNumber),
            (8, &Refusal::NotACitizenNumber),
        ]);
        rosters::confirm(office, &s.officer, upload).await.unwrap();
        s.work().await;
        assert_eq!(s.numbers(&s.officer, upload).await.2, [7, 7, 3, 0, 4]);

        // Two zeros were put back; a number is looked for, seen, put right, entered again and merged.
        let found = people::search(office, &s.officer, "001203009999").await.unwrap();
        assert_eq!(found.iter().map(|person| person.full_name.as_str()).collect::<Vec<_>>(), ["Phạm Văn Bình"]);
        people::show_number(office, &s.officer, found[0].id).await.unwrap();
        let hoa = people::search(office, &s.officer, "le thi hoa").await.unwrap()[0].clone();
        let double = reached("Le Thi Hoa", "2/9/1985", "0987654321");
        let (double, entered) = people::add(office, &s.officer, s.organisations[1], &double).await.unwrap();
        assert_eq!(entered, people::Entered::Resembling);
        let (kept, absorbed) = (hoa.id.min(double.id), hoa.id.max(double.id));
        let choices = domain::people::Choices { number: domain::people::Side::Absorbed, ..Default::default() };
        let command = people::MergeCommand { kept, absorbed, choices, note: String::new() };
        people::merge(office, &s.officer, &command).await.unwrap();
        let typed = entry("Lê Thị Lan", "1986", Some("038185004321"));
        assert!(people::add(office, &s.officer, s.organisations[0], &typed).await.is_err());
        let csv = "Họ và tên,Năm sinh,Đơn vị,Số CCCD\nTrần Văn Đông,1990,HTX Xuân Lập,038085007777\nTrần Văn Tây,1990,HTX Xuân Lập,03818500x5544\n";
        let report = people::import(office, csv.as_bytes()).await.unwrap();
        assert_eq!(report.faults.len(), 2);
        let printed = format!("{report:?}");

        // Before they are looked for: a statement that looks for one names it.
        let logged = LOGGED.lock().unwrap().clone();
        assert!(logged.contains("0123456789"), "nothing was written down");
        let mut work = office.database.begin().await.unwrap();
        for number in NUMBERS {
            assert_eq!(store::testing::columns_with(&mut work, number).await, [""; 0], "{number}");
            assert!(!printed.contains(number), "{number} in {printed}");
            assert!(!logged.contains(number), "{number} was logged");
        }
    }
}
