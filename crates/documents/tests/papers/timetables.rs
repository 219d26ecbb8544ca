//! Timetables and door signs, as their readers get them.

use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::{Days, NaiveDate, NaiveTime};
use documents::papers::{DoorSign, Timetable, TimetableLine, door_sign, timetable};
use domain::runs::HalfDay;

/// What `pdftotext` reads on a paper, on one line.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, pdf) = (reader.stdin.take().unwrap(), pdf.to_vec());
    let writing = std::thread::spawn(move || input.write_all(&pdf));
    let text = String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap();
    writing.join().unwrap().unwrap();
    // Where a long address may break stands a space without width.
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many page objects the PDF has.
fn pages(pdf: &[u8]) -> usize {
    let key = b"/Type/Page";
    let plain: Vec<u8> = pdf.iter().copied().filter(|byte| *byte != b' ').collect();
    plain.windows(key.len() + 1).filter(|window| window.starts_with(key) && window[key.len()] != b's').count()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn plan(sessions: u64) -> Timetable {
    let line = |n: u64| {
        let morning = n.is_multiple_of(2);
        TimetableLine {
            day: day("2019-07-02") + Days::new(n / 2),
            half_day: if morning { HalfDay::Morning } else { HalfDay::Afternoon },
            starts: if morning { at(7, 30) } else { at(13, 30) },
            ends: if morning { at(11, 30) } else { at(17, 0) },
            topic: if n == 1 { String::new() } else { "Lập phương án theo Biểu 03".into() },
            trainers: vec!["Lê Văn Hùng".into(), "Phạm Thị Thu Hà".into()],
            place: "Hội trường A, Trung tâm Hội nghị".into(),
            cancelled: (n == 2).then(|| "Mất điện".into()),
        }
    };
    Timetable {
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        place: "Thanh Hóa".into(),
        published_on: Some(day("2019-06-12")),
        version: Some(2),
        course_code: "ENT-4".into(),
        course_title: "Xây dựng phương án, kế hoạch kinh doanh".into(),
        run_name: "Lớp 3".into(),
        venue: "Trung tâm Hội nghị".into(),
        unit: "Huyện Thọ Xuân".into(),
        capacity: 40,
        enrolment_deadline: day("2019-07-01"),
        note: "Mang theo máy tính.".into(),
        cancelled: None,
        address: "https://taphuan.example.vn/runs/0192".into(),
        lines: (0..sessions).map(line).collect(),
    }
}

fn sign() -> DoorSign {
    DoorSign {
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        course_title: "Xây dựng phương án, kế hoạch kinh doanh".into(),
        run_name: "Lớp 3".into(),
        session_number: 2,
        topic: "Lập phương án theo Biểu 03".into(),
        day: day("2019-07-02"),
        half_day: HalfDay::Afternoon,
        starts: at(13, 30),
        ends: at(17, 0),
        room: Some("Hội trường A".into()),
        venue: "Trung tâm Hội nghị".into(),
        trainers: vec!["Lê Văn Hùng".into(), "Phạm Thị Thu Hà".into()],
        cancelled: None,
        address: "https://taphuan.example.vn/runs/0192".into(),
    }
}

#[test]
fn a_timetable_says_when_what_where_and_with_whom() {
    let pdf = timetable(&plan(6)).unwrap();
    assert_eq!(pages(&pdf), 1);
    let text = text_of(&pdf);
    for words in [
        "Độc lập - Tự do - Hạnh phúc",
        "Thanh Hóa, ngày 12 tháng 6 năm 2019",
        "THỜI KHÓA BIỂU",
        "(Phiên bản 2, công bố ngày 12/06/2019)",
        "Khóa tập huấn: Xây dựng phương án, kế hoạch kinh doanh",
        "05 buổi, từ ngày 02/07/2019 đến ngày 04/07/2019",
        "Trung tâm Hội nghị, Huyện Thọ Xuân",
        "40 học viên; hạn đăng ký hết ngày 01/07/2019",
        "Thứ Ba",
        "Sáng",
        "07:30 – 11:30",
        "Hủy: Mất điện",
        "https://taphuan.example.vn/runs/0192",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Bản nháp"));
    assert_eq!(timetable(&plan(6)).unwrap(), pdf, "equal data, equal bytes");
}

#[test]
fn a_draft_says_that_it_is_one_and_a_cancelled_run_why() {
    let draft = text_of(&timetable(&Timetable { published_on: None, version: None, ..plan(2) }).unwrap());
    // The stamp across the page is turned, so its letters are read one by one.
    assert!(draft.contains("(Bản nháp, chưa công bố)") && !draft.contains("năm 2019"), "{draft}");
    let cancelled = text_of(&timetable(&Timetable { cancelled: Some("Bão số 3".into()), ..plan(2) }).unwrap());
    assert!(cancelled.contains("Lớp đã hủy. Bão số 3"), "{cancelled}");
}

#[test]
fn timetables_hold_no_session_and_sixty() {
    assert!(text_of(&timetable(&plan(0)).unwrap()).contains("chưa xếp buổi"));
    let long = "Hợp tác xã Sản xuất và Kinh doanh dịch vụ tổng hợp nông lâm nghiệp, chế biến và tiêu thụ đặc sản ".repeat(2);
    let mut full = plan(60);
    for line in &mut full.lines {
        (line.topic, line.place) = (long.clone(), long.clone());
    }
    let full = Timetable { course_title: long.clone(), venue: long.clone(), note: long, ..full };
    assert!(pages(&timetable(&full).unwrap()) > 5);
}

#[test]
fn a_sign_is_one_page_however_long_its_texts() {
    let pdf = door_sign(&sign()).unwrap();
    let text = text_of(&pdf);
    for words in [
        "Lớp 3",
        "Buổi 2",
        "Hội trường A",
        "Trung tâm Hội nghị",
        "13:30 – 17:00",
        "Thứ Ba, ngày 02/07/2019",
        "Lê Văn Hùng, Phạm Thị Thu Hà",
    ] {
        assert!(text.to_lowercase().contains(&words.to_lowercase()), "{words}: {text}");
    }
    let long = "Hợp tác xã Sản xuất và Kinh doanh dịch vụ tổng hợp nông lâm nghiệp, chế biến và tiêu thụ đặc sản ".repeat(2);
    let crowded = DoorSign {
        course_title: long.clone(),
        topic: long.clone(),
        room: Some(long.clone()),
        venue: long.clone(),
        trainers: vec!["Nguyễn Hoàng Thị Thanh Phương Thảo".into(); 6],
        cancelled: Some(long),
        ..sign()
    };
    let bare = DoorSign { topic: String::new(), room: None, venue: String::new(), trainers: vec![], ..sign() };
    for sign in [crowded, bare] {
        assert_eq!(pages(&door_sign(&sign).unwrap()), 1);
    }
    let cancelled = text_of(&door_sign(&DoorSign { cancelled: Some("Mất điện".into()), ..sign() }).unwrap());
    assert!(cancelled.contains("BUỔI NÀY ĐÃ HỦY. Mất điện"), "{cancelled}");
    // A venue that names its room says it once.
    let once = text_of(&door_sign(&DoorSign { venue: "Hội trường A, Nhà văn hóa".into(), ..sign() }).unwrap());
    assert!(once.matches("Hội trường A").count() == 1 && once.contains("Nhà văn hóa"), "{once}");
}

#[test]
fn a_picture_in_a_text_is_left_out_and_markup_stays_text() {
    let hostile = "🌾 #panic() *_`$ \\ <a> // @y #image(\"/etc/passwd\") 👩🏽‍🌾";
    let pdf = door_sign(&DoorSign { topic: hostile.into(), course_title: hostile.into(), ..sign() }).unwrap();
    assert!(text_of(&pdf).contains("#panic()"));
    let plan = Timetable { note: hostile.into(), run_name: "Lớp 🌾 3".into(), ..plan(1) };
    assert!(text_of(&timetable(&plan).unwrap()).contains("Lớp 3"));
}
