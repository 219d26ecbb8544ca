//! The papers as their readers get them. All people are made up.
//!
//! The press writes PDF/A, which forbids glyphs that a font lacks: whatever prints has no empty boxes.

use chrono::{NaiveDate, NaiveTime};
use documents::papers::{
    Certificate, PaperError, Roster, RosterLine, SignatureLine, SignatureSheet, certificate, certificates, roster,
    signature_sheet,
};

const ADDRESS: &str = "https://taphuan.example.vn/verify/7Q4M9TZK2WXE5R8C";
const LONG: &str = "Hợp tác xã Sản xuất và Kinh doanh dịch vụ tổng hợp nông lâm nghiệp, chế biến và tiêu thụ \
    đặc sản vùng cao Mường Lát Việt Nam";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn ordinary() -> Certificate {
    Certificate {
        serial: "015/2019/GCN-VPĐP".into(),
        person_name: "Nguyễn Thị Hồng Nhung".into(),
        birth_date: Some(day(1985, 1, 5)),
        birth_year: Some(1985),
        organisation_name: "Hợp tác xã Dịch vụ nông nghiệp Quảng Phú".into(),
        unit_name: "xã Quảng Phú, huyện Thọ Xuân".into(),
        course_title: "Xây dựng kế hoạch kinh doanh".into(),
        starts: day(2019, 6, 11),
        ends: day(2019, 6, 13),
        hours: 24,
        sessions: 6,
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        place: "Thanh Hóa".into(),
        issued_on: day(2019, 6, 13),
        signatory_post: "KT. Chánh Văn phòng\nPhó Chánh Văn phòng".into(),
        signatory_name: "Trần Minh Đức".into(),
    }
}

/// A certificate whose every text is `text`.
fn filled_with(text: &str) -> Certificate {
    let text = || text.to_owned();
    Certificate {
        serial: text(),
        person_name: text(),
        organisation_name: text(),
        unit_name: text(),
        course_title: text(),
        superior: text(),
        issuer: text(),
        place: text(),
        signatory_post: text(),
        signatory_name: text(),
        ..ordinary()
    }
}

fn sheet(people: usize) -> SignatureSheet {
    let line = |number: usize| SignatureLine {
        person_name: ["Lê Thị Ánh", "Nguyễn Hoàng Thị Thanh Phương Thảo"][usize::from(number % 9 == 4)].into(),
        organisation_name: ["UBND xã Hoằng Phụ", LONG][usize::from(number % 7 == 2)].into(),
        note: String::new(),
    };
    SignatureSheet {
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        place: "Thanh Hóa".into(),
        course_title: "Xây dựng kế hoạch kinh doanh".into(),
        run_name: "KHKD-03/2019".into(),
        session_number: 2,
        date: day(2019, 6, 11),
        starts: NaiveTime::from_hms_opt(13, 30, 0).unwrap(),
        ends: NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
        venue: "Hội trường UBND huyện Thọ Xuân, thị trấn Thọ Xuân".into(),
        trainers: vec!["Lê Văn Hùng".into(), "Phạm Thị Thu Hà".into()],
        lines: (0..people).map(line).collect(),
    }
}

/// How many page objects the PDF has (they are not in compressed object streams).
fn pages(pdf: &[u8]) -> usize {
    let key = b"/Type/Page";
    let plain: Vec<u8> = pdf.iter().copied().filter(|byte| *byte != b' ').collect();
    plain.windows(key.len() + 1).filter(|window| window.starts_with(key) && window[key.len()] != b's').count()
}

#[test]
fn a_certificate_is_one_page() {
    let pdf = certificate(&ordinary(), ADDRESS).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pages(&pdf), 1);
}

#[test]
fn texts_of_120_characters_everywhere_are_still_one_page() {
    assert!(LONG.chars().count() >= 120);
    assert_eq!(pages(&certificate(&filled_with(LONG), ADDRESS).unwrap()), 1);
    for unbroken in ["Ắ", "W"].map(|letter| letter.repeat(120)) {
        let wide = Certificate {
            person_name: unbroken.clone(),
            organisation_name: unbroken.clone(),
            course_title: unbroken,
            ..ordinary()
        };
        assert_eq!(pages(&certificate(&wide, ADDRESS).unwrap()), 1);
    }
}

#[test]
fn texts_that_would_overlap_are_refused() {
    let crowded = certificate(&filled_with(&"W".repeat(200)), ADDRESS).unwrap_err();
    assert!(matches!(crowded, PaperError::Typesetting(_)), "{crowded}");
    let endless = Certificate { course_title: "W".repeat(301), ..ordinary() };
    assert!(matches!(certificate(&endless, ADDRESS), Err(PaperError::TooLong(_))));
}

#[test]
fn a_certificate_with_the_least_data_prints() {
    let bare = Certificate {
        birth_date: None,
        birth_year: None,
        organisation_name: String::new(),
        unit_name: String::new(),
        superior: String::new(),
        ..ordinary()
    };
    assert_eq!(pages(&certificate(&bare, ADDRESS).unwrap()), 1);
}

#[test]
fn all_certificates_of_a_run_are_one_page_each() {
    let run: Vec<_> = (1..=7).map(|number| (ordinary(), format!("{ADDRESS}{number}"))).collect();
    assert_eq!(pages(&certificates(&run).unwrap()), 7);
    assert!(matches!(certificates(&[]), Err(PaperError::Nothing)));
}

#[test]
fn equal_data_give_equal_bytes_and_other_data_do_not() {
    let first = certificate(&ordinary(), ADDRESS).unwrap();
    // Other papers in between, so that the second one does not come out of a cache alone.
    for _ in 0..5 {
        signature_sheet(&sheet(1)).unwrap();
    }
    assert_eq!(certificate(&ordinary(), ADDRESS).unwrap(), first);
    assert_eq!(certificates(&[(ordinary(), ADDRESS.into())]).unwrap(), first);
    assert_ne!(certificate(&ordinary(), &ADDRESS.replace('7', "8")).unwrap(), first);
    assert_eq!(signature_sheet(&sheet(3)).unwrap(), signature_sheet(&sheet(3)).unwrap());
}

#[test]
fn composed_and_decomposed_names_print_the_same() {
    let composed = "ẮẰẲẴẶ Ấẩ Đặng Thị Hường ợ ữ ỹ ỵ ể ễ ệ";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_ne!(composed, decomposed);
    let [left, right] = [composed, &decomposed].map(|name| Certificate { person_name: name.to_owned(), ..ordinary() });
    assert_eq!(certificate(&left, ADDRESS).unwrap(), certificate(&right, ADDRESS).unwrap());
}

#[test]
fn data_are_text_and_never_markup() {
    let hostile = "#panic() *_`$ \\ <a> // [x] @y #image(\"/etc/passwd\") = 1. - + ~ ---";
    assert_eq!(pages(&certificate(&filled_with(hostile), ADDRESS).unwrap()), 1);
}

#[test]
fn a_name_with_a_letter_that_cannot_be_printed_is_refused() {
    let odd = Certificate { person_name: "Lê 🌾 An".into(), ..ordinary() };
    let refused = certificate(&odd, ADDRESS).unwrap_err();
    assert!(matches!(refused, PaperError::Unprintable { character: '🌾', .. }), "{refused}");
}

#[test]
fn a_signature_sheet_holds_any_number_of_people() {
    for (people, expected) in [(0, 1..=1), (1, 1..=1), (40, 2..=3), (500, 18..=26)] {
        let found = pages(&signature_sheet(&sheet(people)).unwrap());
        assert!(expected.contains(&found), "{people} people took {found} pages");
    }
}

fn list(people: usize) -> Roster {
    let line = |number: usize| RosterLine {
        person_name: ["Lê Thị Ánh", "Nguyễn Hoàng Thị Thanh Phương Thảo"][usize::from(number % 9 == 4)].into(),
        sex: ["Nữ", "Nam", ""][number % 3].into(),
        birth: ["02/09/1985", "1979"][usize::from(number % 5 == 1)].into(),
        organisation_name: ["HTX Xuân Lập", LONG][usize::from(number % 7 == 2)].into(),
        unit_name: "xã Xuân Lập".into(),
        position: ["Giám đốc", ""][usize::from(number.is_multiple_of(4))].into(),
        phone: "0912345678".into(),
    };
    Roster {
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        place: "Thanh Hóa".into(),
        printed_on: day(2019, 6, 10),
        course_title: "Xây dựng kế hoạch kinh doanh".into(),
        run_name: "KHKD-03/2019".into(),
        group: ["", LONG][usize::from(people % 2 == 1)].into(),
        days: Some((day(2019, 6, 11), day(2019, 6, 13))),
        starts: NaiveTime::from_hms_opt(7, 30, 0),
        venue: "Hội trường UBND huyện Thọ Xuân".into(),
        lines: (0..people).map(line).collect(),
    }
}

#[test]
fn a_roster_holds_any_number_of_people() {
    for (people, expected) in [(0, 1..=1), (1, 1..=1), (41, 3..=5), (500, 28..=45)] {
        let found = pages(&roster(&list(people)).unwrap());
        assert!(expected.contains(&found), "{people} people took {found} pages");
    }
    assert_eq!(roster(&list(3)).unwrap(), roster(&list(3)).unwrap());
    // A letter that the fonts lack is left out, rather than no roster at all.
    let odd = RosterLine { person_name: "Lê 🌾 An".into(), ..list(1).lines.remove(0) };
    assert!(roster(&Roster { lines: vec![odd], ..list(1) }).is_ok());
}
