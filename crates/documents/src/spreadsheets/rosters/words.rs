//! The words that head the columns of a roster, in Vietnamese and English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Column;
use crate::spreadsheets::headings::{bare, without_brackets};
use crate::spreadsheets::legacy;

/// What a heading means by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A column of the roster.
    Whole(Column),
    /// Family and middle names; the given name has its own column.
    Family,
    /// Below "Năm sinh" a year, below "Giới tính" a tick.
    Male,
    /// The same for women.
    Female,
}

use Meaning::{Family, Female, Male, Whole};

/// Headings as people write them; compared folded, so once without tones is enough.
const EXACT: &[(Meaning, &str)] = &[
    (Whole(Column::Number), "STT, TT, Số TT, Số thứ tự, Thứ tự, No, Order, Number"),
    (
        Whole(Column::FullName),
        "Họ và tên, Họ tên, Họ và tên học viên, Họ tên học viên, Tên học viên, Học viên, Tên, \
         Họ và tên người tham gia, Người tham gia, Họ và tên cán bộ, Full name, Fullname, Name, Participant, \
         Participant name, Name of participant, Given name, First name",
    ),
    (Family, "Họ, Họ đệm, Họ và đệm, Họ lót, Họ và tên đệm, Họ tên đệm, Họ và chữ đệm, Surname, Family name, Last name"),
    (
        Whole(Column::BirthDate),
        "Ngày sinh, Năm sinh, Ngày tháng năm sinh, Ngày năm sinh, Sinh ngày, Sinh năm, NTNS, Date of birth, \
         Birth date, Birthdate, Birthday, DOB, Birth year, Year of birth",
    ),
    (Whole(Column::BirthYearMale), "Năm sinh nam, Năm sinh của nam, Birth year male"),
    (Whole(Column::BirthYearFemale), "Năm sinh nữ, Năm sinh của nữ, Nữ sinh năm, Birth year female"),
    (Whole(Column::Sex), "Giới tính, Giới, Phái, Nam nữ, Nam hay nữ, Giới tính nam nữ, Sex, Gender"),
    (Male, "Nam, Male"),
    (Female, "Nữ, Female"),
    (
        Whole(Column::CitizenId),
        "CCCD, CMND, CMTND, CMT, Số CCCD, Số CMND, Số CMT, Số CMTND, CCCD CMND, CMND CCCD, Số CCCD CMND, \
         Số CMND CCCD, Căn cước, Số căn cước, Thẻ căn cước, Căn cước công dân, Số căn cước công dân, Số định danh, \
         Số định danh cá nhân, Mã định danh, Chứng minh nhân dân, Số chứng minh nhân dân, Citizen id, Citizen number, \
         Citizen id number, ID number, ID card, ID card number, Identity number, National id",
    ),
    (
        Whole(Column::Phone),
        "SĐT, ĐT, ĐTDĐ, Số ĐT, Số ĐTDĐ, Số điện thoại, Điện thoại, Di động, Số di động, Điện thoại di động, \
         Số điện thoại di động, Điện thoại liên hệ, Số liên hệ, Phone, Phone number, Phone no, Mobile, Mobile phone, \
         Mobile number, Tel, Telephone, Telephone number",
    ),
    (
        Whole(Column::Email),
        "Email, E-mail, Mail, Thư điện tử, Hộp thư, Hộp thư điện tử, Địa chỉ email, Địa chỉ e-mail, \
         Địa chỉ thư điện tử, Email address, E-mail address",
    ),
    (
        Whole(Column::Position),
        "Chức vụ, Chức danh, Chức vụ chức danh, Chức danh chức vụ, Vị trí, Vị trí công tác, Vị trí công việc, \
         Vị trí việc làm, Position, Job title, Title, Role",
    ),
    (
        Whole(Column::Organisation),
        "Đơn vị, Đơn vị công tác, Tên đơn vị, Cơ quan, Cơ quan công tác, Cơ quan đơn vị, Đơn vị cơ sở, Cơ sở, \
         Cơ sở sản xuất, Tên cơ sở, Chủ thể, Chủ thể OCOP, Tên chủ thể, Tổ chức, Nơi công tác, Nơi làm việc, \
         Hợp tác xã, HTX, Tên hợp tác xã, Tên HTX, Doanh nghiệp, Tên doanh nghiệp, Organisation, Organization, \
         Company, Workplace, Employer, Unit",
    ),
    (Whole(Column::TaxCode), "Mã số thuế, MST, Mã số thuế đơn vị, Tax code, Tax number"),
    (
        Whole(Column::Unit),
        "Đơn vị hành chính, Mã đơn vị hành chính, Địa bàn, Xã, Xã phường, Xã phường thị trấn, Huyện, Huyện thị xã thành phố, \
         Administrative unit, Commune, District",
    ),
    (Whole(Column::Note), "Ghi chú, Chú thích, Note, Notes, Remark, Remarks, Comment, Comments"),
];

/// Beginnings that mean the same whatever follows: "Số điện thoại (Zalo) của học viên".
const BEGINNINGS: &[(Column, &str)] = &[
    (Column::FullName, "Họ và tên, Họ tên, Full name"),
    (Column::BirthDate, "Ngày sinh, Năm sinh, Ngày tháng năm sinh, Date of birth"),
    (Column::Sex, "Giới tính"),
    (Column::CitizenId, "CCCD, CMND, Số CCCD, Số CMND, Căn cước, Số căn cước, Số định danh, Citizen id"),
    (Column::Phone, "SĐT, Số ĐT, Số điện thoại, Điện thoại, Phone, Mobile"),
    (Column::Email, "Email, E-mail, Thư điện tử, Địa chỉ email"),
    (Column::Position, "Chức vụ, Chức danh"),
    (Column::Organisation, "Đơn vị công tác, Cơ quan công tác, Nơi công tác, Tên đơn vị, Tên cơ sở, Cơ sở sản xuất"),
    (Column::Note, "Ghi chú"),
];

/// Longer texts are sentences of a letterhead.
const MAX_HEADING: usize = 60;

static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let words = |(meaning, headings): &(Meaning, &'static str)| {
        let meaning = *meaning;
        headings.split(',').map(move |heading| (bare(heading), meaning))
    };
    EXACT.iter().flat_map(words).collect()
});

static STEMS: LazyLock<Vec<(String, Column)>> = LazyLock::new(|| {
    let stems = |(column, headings): &(Column, &'static str)| {
        let column = *column;
        headings.split(',').map(move |heading| (bare(heading) + " ", column))
    };
    BEGINNINGS.iter().flat_map(stems).collect()
});

/// What a heading means, and whether it says exactly that or only begins so. One in an old encoding is understood too.
pub fn meaning(heading: &str) -> Option<(Meaning, bool)> {
    in_unicode(heading).or_else(|| legacy::guesses(heading).find_map(|guess| in_unicode(&guess)))
}

fn in_unicode(heading: &str) -> Option<(Meaning, bool)> {
    if heading == "#" {
        return Some((Whole(Column::Number), true));
    }
    let whole = bare(heading);
    let short = bare(&without_brackets(heading));
    if let Some(meaning) = MEANINGS.get(&whole).or_else(|| MEANINGS.get(&short)) {
        return Some((*meaning, true));
    }
    if heading.chars().count() > MAX_HEADING {
        return None;
    }
    STEMS.iter().find(|(stem, _)| whole.starts_with(stem.as_str())).map(|(_, column)| (Whole(*column), false))
}

/// How the column of reasons is headed in a list that is given back, in Vietnamese and English.
pub const REASONS: [&str; 2] = ["Lý do (cần sửa)", "Reason (to be corrected)"];

/// Whether a heading is that of reasons, in a list that was given back and sent again.
pub fn is_reasons(heading: &str) -> bool {
    REASONS.contains(&heading)
}

/// Words with which the sum below a list begins; folded.
const SUMS: &[&str] =
    &["tong", "tong so", "tong cong", "cong", "danh sach nai co", "an dinh danh sach", "an dinh", "total", "sum"];

/// Words with which what stands below a list begins: who drew it up, who signs.
const ENDINGS: &[&str] = &[
    "nguoi lap",
    "nguoi lap bieu",
    "nguoi lap danh sach",
    "thu truong",
    "thu truong don vi",
    "dai dien",
    "dai dien don vi",
    "tm",
    "kt",
    "xac nhan",
    "noi nhan",
    "ki ten",
    "nguoi tong hop",
    "chu tich",
    "giam doc",
    "ki ghi ro ho ten",
    "ki ten dong dau",
    "luu vt",
];

/// Whether a text begins a sum: "Tổng cộng: 12 người", "Cộng".
pub fn says_sum(text: &str) -> bool {
    begins(text, SUMS)
}

/// Whether a text stands below a list: "Người lập biểu", "Thanh Hóa, ngày … tháng … năm …".
pub fn says_ending(text: &str) -> bool {
    let words = bare(text);
    // Who signs stands alone; a position beside a name is said of a person.
    ENDINGS.contains(&words.as_str())
        || ["xac nhan cua ", "tm ", "noi nhan ", "ki ghi ro"].iter().any(|start| words.starts_with(start))
        || (words.contains("ngai ") && words.contains("thang ") && words.contains("nam"))
}

fn begins(text: &str, starts: &[&str]) -> bool {
    let said = legacy::guesses(text).chain(std::iter::once(text.to_owned())).map(|text| bare(&text));
    said.into_iter().any(|said| {
        starts.iter().any(|start| {
            let rest = said.strip_prefix(start);
            // "Cộng" is a sum, and "Tổng 12 người"; "Tống Văn An" is a person.
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && counts(rest))
        })
    })
}

/// Whether what follows counts: a number, or nothing but words that do.
fn counts(rest: &str) -> bool {
    const COUNTING: &[&str] = &[
        "so",
        "cong",
        "nguoi",
        "hoc",
        "vien",
        "dai",
        "bieu",
        "danh",
        "sach",
        "nai",
        "co",
        "people",
        "of",
        "nam",
        "nu",
        "va",
        "gom",
        "la",
        "participants",
    ];
    rest.split(' ')
        .filter(|word| !word.is_empty())
        .all(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || COUNTING.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_every_dress() {
        for (heading, column) in [
            ("HỌ VÀ TÊN", Column::FullName),
            ("ho va ten", Column::FullName),
            ("Họ, tên", Column::FullName),
            ("Ho\u{323} va\u{300} te\u{302}n (*)", Column::FullName),
            ("Ngày, tháng,\nnăm sinh", Column::BirthDate),
            ("Năm sinh (nam)", Column::BirthYearMale),
            ("Nam/Nữ", Column::Sex),
            ("Số CCCD/CMND (12 số)", Column::CitizenId),
            ("Số điện thoại (Zalo)*", Column::Phone),
            ("E-mail:", Column::Email),
            ("Chức vụ / chức danh", Column::Position),
            ("Đơn vị công tác hiện nay", Column::Organisation),
            ("No.", Column::Number),
            ("#", Column::Number),
            ("Remarks", Column::Note),
            ("Hä vµ tªn", Column::FullName),
            ("NGAØY SINH", Column::BirthDate),
        ] {
            let found = meaning(heading).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(Whole(column)), "{heading}");
        }
    }

    #[test]
    fn words_that_only_look_alike() {
        for heading in [
            "Nơi sinh",
            "Đơn giá",
            "Xã hội",
            "Ngày cấp CCCD",
            "Nơi cấp CMND",
            "Đơn vị tính",
            "Địa chỉ",
            "Nguyễn Văn An",
            "",
            "()",
        ] {
            assert_eq!(meaning(heading), None, "{heading}");
        }
    }

    #[test]
    fn every_word_has_one_meaning() {
        let words = EXACT.iter().flat_map(|(_, headings)| headings.split(',')).map(bare);
        let mut seen: Vec<String> = words.collect();
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }

    #[test]
    fn what_stands_below_a_list_is_told_from_people() {
        for text in
            ["Tổng cộng: 12 người", "Cộng", "TỔNG SỐ", "Danh sách này có 25 người", "Tổng: 3", "Total", "Tæng céng: 4 ng\u{ad}êi"]
        {
            assert!(says_sum(text), "{text}");
        }
        for text in ["Tống Văn An", "Cống Thị Hoa", "Tổng Văn Nam", "Công Văn Bình", ""] {
            assert!(!says_sum(text), "{text}");
        }
        for text in ["NGƯỜI LẬP BIỂU", "Thanh Hóa, ngày 12 tháng 6 năm 2019", "TM. ỦY BAN NHÂN DÂN", "(Ký, ghi rõ họ tên)"]
        {
            assert!(says_ending(text), "{text}");
        }
        for text in ["Giám đốc HTX", "Nguyễn Văn Ngãi", "Lê Thị Năm"] {
            assert!(!says_ending(text), "{text}");
        }
    }
}
