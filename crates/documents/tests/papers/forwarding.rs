//! The list that a unit forwards, as its reader gets it. All people are made up.

use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use documents::papers::{
    FORWARDING_TEMPLATE_VERSION, ForwardingList, PaperError, RegistrationForm, Training, check_forwarding_list, forwarding_list,
};
use domain::organisations::OrganisationKind;
use domain::registrations::{Content, FormField, RegistrationKind};

const LONG: &str = "Hợp tác xã Sản xuất và Kinh doanh dịch vụ tổng hợp nông lâm nghiệp, chế biến và tiêu thụ \
    đặc sản vùng cao Mường Lát Việt Nam";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// What `pdftotext` reads on a paper, on one line.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, pdf) = (reader.stdin.take().unwrap(), pdf.to_vec());
    let writing = std::thread::spawn(move || input.write_all(&pdf));
    let text = String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap();
    writing.join().unwrap().unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn product(number: i64, kind: RegistrationKind, product: &str, organisation: &str) -> RegistrationForm {
    let mut content = Content::default();
    let typed = [
        ("established_on", "05/06/2012"),
        ("registration_number", "2801234567"),
        ("head_name", "Nguyễn Thị Hồng Nhung"),
        ("head_address", "Thôn 3, xã Xuân Lập"),
        ("phone", "0912 345 678"),
        ("specification", "Hộp 500 g"),
        ("certificates", "quality_declaration"),
        ("local_resources", "Dùng gạo nếp và mật mía của xã.\nThu mua của 40 hộ trong xã."),
        ("description", "Bánh gai nhân mật ong."),
        ("idea_origin", "Nghề cũ của làng."),
        ("materials", "Lá gai trồng tại chỗ."),
        ("power", "connected"),
        ("water", "well"),
        ("results.0.year", "2017"),
        ("results.0.sales", "1.280.000.000"),
        ("results.0.costs", "900.000.000"),
        ("results.0.labour", "24"),
        ("results.1.year", "2018"),
        ("results.1.sales", "1.500.000.000"),
        ("customers", "rural"),
        ("short_plan", "Mở rộng xưởng, bán qua siêu thị trong tỉnh."),
        ("production_process", "Rang nếp, xay, nấu mật, trộn, ép khuôn, cắt, đóng hộp."),
        ("proposer_name", "Nguyễn Thị Hồng Nhung"),
    ];
    let sent =
        |name: &str| typed.iter().filter(|(field, _)| *field == name).map(|(_, value)| *value).collect::<Vec<_>>().into_iter();
    content.take(FormField::of(kind), sent).unwrap();
    RegistrationForm {
        kind,
        number: Some(number),
        received_on: Some(day(2019, 4, 22)),
        unit: "Huyện Thọ Xuân".into(),
        product: product.into(),
        organisation: organisation.into(),
        organisation_kind: OrganisationKind::Cooperative,
        address: "Thôn 3, Xã Xuân Lập, huyện Thọ Xuân".into(),
        group: "I. Thực phẩm".into(),
        score: Some(8050),
        content,
        training: vec![Training {
            course: "Xây dựng kế hoạch kinh doanh".into(),
            run: "Lớp 1".into(),
            ended_on: day(2018, 7, 2),
            people: 2,
        }],
    }
}

fn list(products: i64) -> ForwardingList {
    let kind = |number| if number % 7 == 3 { RegistrationKind::New } else { RegistrationKind::Existing };
    let name = |number| ["Chè lam", "Bánh gai Tứ Trụ", "Bưởi Luận Văn", "Mật ong hoa nhãn"][number as usize % 4];
    let maker = |number| if number % 9 == 5 { LONG.to_owned() } else { format!("HTX Nông nghiệp số {}", number % 5 + 1) };
    ForwardingList {
        template_version: FORWARDING_TEMPLATE_VERSION,
        issuer: "Ủy ban nhân dân huyện Thọ Xuân".into(),
        place: "Thọ Xuân".into(),
        number: "12/DS-UBND".into(),
        signed_on: day(2019, 6, 12),
        signatory_post: "KT. Chủ tịch\nPhó Chủ tịch".into(),
        signatory_name: "Trần Minh Đức".into(),
        recipient: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh Thanh Hóa".into(),
        year: 2019,
        plan_number: "134/KH-UBND".into(),
        forms: (0..products).map(|number| product(number + 1, kind(number), name(number), &maker(number))).collect(),
    }
}

#[test]
fn a_list_prints_with_its_forms_behind_it() {
    let pdf = forwarding_list(&list(3)).unwrap();
    let text = text_of(&pdf);
    for printed in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN HUYỆN THỌ XUÂN",
        "Số: 12/DS-UBND",
        "Thọ Xuân, ngày 12 tháng 6 năm 2019",
        "DANH SÁCH",
        "Chè lam",
        "80,5",
        "03 sản phẩm của 03 chủ thể",
        "PHÓ CHỦ TỊCH",
        "Trần Minh Đức",
        "Phụ lục 3",
        "PHIẾU ĐĂNG KÝ SẢN PHẨM ĐÃ CÓ",
        "H. NGƯỜI ĐỀ XUẤT",
        "380.000.000",
        "Thu mua của 40 hộ trong xã.",
        "2 người hoàn thành",
    ] {
        assert!(text.contains(printed), "{printed} is missing in {text}");
    }
    assert_eq!(pdf, forwarding_list(&list(3)).unwrap(), "the same data give the same bytes");
    assert!(matches!(forwarding_list(&list(0)), Err(PaperError::Nothing)));
}

#[test]
fn lists_of_every_length_print() {
    for products in [1, 2, 5, 9, 40] {
        forwarding_list(&list(products)).unwrap_or_else(|error| panic!("{products}: {error}"));
    }
    assert!(text_of(&forwarding_list(&list(5)).unwrap()).contains("Sản phẩm mới"));
}

#[test]
fn a_list_that_cannot_be_printed_is_known_before_it_is_frozen() {
    let mut strange = list(2);
    assert!(check_forwarding_list(&strange).is_ok());
    strange.forms[1].product = "Chè 🌾".into();
    assert!(matches!(check_forwarding_list(&strange), Err((Some(1), PaperError::Unprintable { character: '🌾', .. }))));
    let mut unsigned = list(2);
    unsigned.signatory_name = "Lê 🌾".into();
    assert!(matches!(check_forwarding_list(&unsigned), Err((None, PaperError::Unprintable { .. }))));
}
