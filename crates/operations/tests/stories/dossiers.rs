//! Files of a dossier: what is accepted, what stays, and what an officer notes of it.

use std::io::Write as _;

use crate::forms::{Scene, scene};
use documents::spreadsheets::tables::{self, Heading, Table, Value};
use domain::Refusal;
use domain::ids::RegistrationId;
use domain::registrations::{DossierItem, MOST_FILE_BYTES, MOST_FILES, State};
use operations::registrations::{self, NewFile};
use operations::{Failure, Outcome};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n";

async fn attach(s: &Scene, id: RegistrationId, name: &str, bytes: &[u8]) -> Outcome<()> {
    let file = NewFile { item: DossierItem::BusinessRegistration, name: name.into(), bytes: bytes.to_vec() };
    registrations::attach(&s.office, &s.representative, id, file).await
}

fn refused(outcome: Outcome<()>, field: &str, refusal: &Refusal) {
    let Err(Failure::Refused(faults)) = outcome else { panic!("{outcome:?} is no refusal") };
    assert_eq!(faults.0.iter().map(|fault| (fault.field.as_str(), &fault.refusal)).collect::<Vec<_>>(), [(field, refusal)]);
}

fn workbook(rows: usize) -> Vec<u8> {
    let table = Table {
        title: "Kết quả".into(),
        subtitles: vec![],
        sheet: "1".into(),
        headings: vec![Heading { text: "Năm".into(), width: 9.0 }],
        rows: (0..rows).map(|row| vec![Value::Integer(row as i64)]).collect(),
    };
    tables::xlsx(&table, chrono::DateTime::UNIX_EPOCH).unwrap()
}

/// A small workbook with a part that unpacks to far more than anybody reads.
fn bomb() -> Vec<u8> {
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    file.start_file("[Content_Types].xml", stored).unwrap();
    file.write_all(b"<Types>spreadsheetml</Types>").unwrap();
    file.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..100 {
        file.write_all(&[b' '; 1 << 20]).unwrap();
    }
    file.finish().unwrap().into_inner()
}

operations::both! {
    async fn the_same_file_twice_changes_nothing_and_a_removed_one_may_come_again(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "Chè lam").await.unwrap();
        attach(&s, id, r"C:\Giấy tờ\Đăng ký kinh doanh.PDF", PDF).await.unwrap();
        attach(&s, id, "other name.pdf", PDF).await.unwrap();
        let shown = s.show(&s.representative, id).await;
        let names: Vec<_> = shown.attachments.iter().map(|file| file.file_name.as_str()).collect();
        assert_eq!(names, ["Đăng ký kinh doanh.pdf"]);
        assert!(!shown.checklist.missing().any(|item| item == DossierItem::BusinessRegistration));
        let with_file = shown.registration.completeness;
        let file = &shown.attachments[0];
        let (found, bytes) = registrations::file(&s.office, &s.officer, file.id).await.unwrap();
        assert_eq!((found.size, bytes.as_slice()), (PDF.len() as i64, PDF));

        assert_eq!(registrations::detach(&s.office, &s.representative, file.id).await.unwrap(), id);
        let shown = s.show(&s.representative, id).await;
        assert!(shown.attachments.is_empty() && shown.registration.completeness < with_file);
        assert!(registrations::file(&s.office, &s.officer, file.id).await.is_err_and(|f| f.is(&Refusal::NotFound)));
        attach(&s, id, "Giấy phép.pdf", PDF).await.unwrap();
        assert_eq!(s.show(&s.representative, id).await.attachments.len(), 1);
    }

    async fn only_what_may_be_opened_safely_is_accepted(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "Chè lam").await.unwrap();
        refused(attach(&s, id, "trang.pdf", b"<html><script>alert(1)</script>").await, "file", &Refusal::NotAnAcceptedFile);
        refused(attach(&s, id, "a.pdf", &[b"%PDF-".as_slice(), &vec![0; MOST_FILE_BYTES]].concat()).await, "file",
            &Refusal::FileTooLarge { limit: MOST_FILE_BYTES as u64 });
        refused(attach(&s, id, "a.xlsx", b"PK\x03\x04 xl/workbook.xml").await, "file", &Refusal::NotAnAcceptedFile);
        let bomb = bomb();
        assert!(bomb.len() < 200_000);
        refused(attach(&s, id, "a.xlsx", &bomb).await, "file", &Refusal::SpreadsheetTooLarge { limit: 20_000 });
        attach(&s, id, "a.xlsx", &workbook(30)).await.unwrap();
        for n in 1..MOST_FILES {
            attach(&s, id, "a.pdf", format!("%PDF-{n}").as_bytes()).await.unwrap();
        }
        refused(attach(&s, id, "a.pdf", PDF).await, "file", &Refusal::TooManyFiles { limit: MOST_FILES });
        attach(&s, id, "a.pdf", b"%PDF-1").await.unwrap();
        assert_eq!(s.show(&s.representative, id).await.attachments.len(), MOST_FILES);
    }

    async fn files_are_those_of_the_form_and_locked_with_it(database) {
        let s = scene(database).await;
        let id = s.submitted("Chè lam").await;
        let locked = Refusal::NotInThisState { state: State::Submitted };
        refused(attach(&s, id, "a.pdf", PDF).await, "", &locked);
        let id = s.begin(&s.representative, "Nem").await.unwrap();
        attach(&s, id, "a.pdf", PDF).await.unwrap();
        let file = s.show(&s.representative, id).await.attachments[0].id;
        for outsider in [&s.stranger, &s.elsewhere] {
            let other = NewFile { item: DossierItem::Other, name: "a.exe".into(), bytes: b"MZ".to_vec() };
            refused(registrations::attach(&s.office, outsider, id, other).await, "", &Refusal::NotFound);
            refused(registrations::file(&s.office, outsider, file).await.map(drop), "", &Refusal::NotFound);
            refused(registrations::detach(&s.office, outsider, file).await.map(drop), "", &Refusal::NotFound);
        }
        s.fill(&s.representative, id).await;
        s.submit(&s.representative, id, None).await.unwrap();
        refused(registrations::detach(&s.office, &s.representative, file).await.map(drop), "", &locked);
    }

    async fn an_officer_notes_what_came_in_kind_and_takes_the_note_back(database) {
        let s = scene(database).await;
        let id = s.submitted("Chè lam").await;
        let before = s.show(&s.officer, id).await.registration.completeness;
        for _ in 0..2 {
            registrations::receive_item(&s.office, &s.officer, id, (DossierItem::Samples, true)).await.unwrap();
        }
        let shown = s.show(&s.officer, id).await;
        assert_eq!(shown.receipts, [DossierItem::Samples]);
        assert!(shown.registration.completeness > before);
        registrations::receive_item(&s.office, &s.officer, id, (DossierItem::Samples, false)).await.unwrap();
        let shown = s.show(&s.officer, id).await;
        assert_eq!((shown.receipts.len(), shown.registration.completeness), (0, before));
    }
}
