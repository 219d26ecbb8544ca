//! What the columns of a plan are called, in Vietnamese and English, and the words of what is chosen in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::plans::{PlanAudience, QUARTERS};

use super::Column;
use crate::spreadsheets::headings::{bare, without_brackets};

/// The heading of a column, in Vietnamese and in English, and others with commas between; compared folded, so once
/// without tones is enough.
pub(super) const fn named(column: Column) -> ([&'static str; 2], &'static str) {
    match column {
        Column::Number => (["STT", "No."], "TT, Số TT, Số thứ tự, Thứ tự, Number"),
        Column::Code => (["Mã dòng", "Line code"], "Mã, Mã kế hoạch, Mã dòng kế hoạch, Mã số, Code, Line, Plan line"),
        Column::Course => (
            ["Khóa học", "Course"],
            "Khóa, Tên khóa học, Mã khóa, Mã khóa học, Khóa tập huấn, Nội dung, Nội dung tập huấn, Chuyên đề, Lớp tập huấn, \
             Tên lớp, Course title, Course code, Training course",
        ),
        Column::Audience => (
            ["Đối tượng", "Audience"],
            "Đối tượng tham gia, Đối tượng học viên, Đối tượng tập huấn, Thành phần, Thành phần tham gia, Target group, For whom",
        ),
        Column::Quarter => (["Quý", "Quarter"], "Quý thực hiện, Thời gian, Thời gian thực hiện, Quý tổ chức, When"),
        Column::Runs => (
            ["Số lớp", "Planned classes"],
            "Số lớp kế hoạch, Số lớp dự kiến, Lớp kế hoạch, Số lượng lớp, Classes, Number of classes, Runs, Planned runs",
        ),
        Column::Participants => (
            ["Số học viên", "Planned participants"],
            "Số lượt học viên, Học viên, Số người, Số lượt người, Số lượng học viên, Học viên kế hoạch, Số học viên dự kiến, \
             Participants, People, Number of participants",
        ),
        Column::Unit => (
            ["Địa bàn", "Unit"],
            "Đơn vị, Đơn vị hành chính, Huyện, Xã, Xã phường, Huyện thị xã thành phố, District, Commune, Area",
        ),
        Column::Place => (["Địa điểm", "Place"], "Nơi tổ chức, Địa điểm tổ chức, Nơi học, Venue, Location"),
        Column::Budget => (
            ["Kinh phí (đồng)", "Budget (đồng)"],
            "Kinh phí dự kiến, Dự toán, Dự toán kinh phí, Kinh phí thực hiện, Ngân sách, Cost, Money",
        ),
        Column::Note => (["Ghi chú", "Note"], "Chú thích, Notes, Remark, Remarks"),
        Column::Held => (["Số lớp đã học xong", "Classes held"], ""),
        Column::TookPart => (["Lượt học viên đã học", "Took part"], ""),
        Column::Completed => (["Lượt hoàn thành", "Completed"], ""),
    }
}

static MEANINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for column in Column::WRITTEN.into_iter().chain([Column::Number]) {
        let (names, others) = named(column);
        // Readers give what stands in two lines as one.
        let both = names.join(" ");
        for name in names.into_iter().chain([both.as_str()]).chain(others.split(',')) {
            let name = bare(&without_brackets(name));
            if !name.is_empty() {
                meanings.entry(name).or_insert(column);
            }
        }
    }
    meanings
});

/// What a heading means: all of it, without its brackets, or its first line.
pub(super) fn meaning(heading: &str) -> Option<Column> {
    let first = heading.lines().next().unwrap_or_default();
    let tried = [heading, first].into_iter().flat_map(|text| [bare(text), bare(&without_brackets(text))]);
    tried.filter(|name| !name.is_empty()).find_map(|name| MEANINGS.get(&name).copied())
}

/// Whether a cell says no more than that its row is a sum.
pub(super) fn says_sum(text: &str) -> bool {
    ["tong", "tong cong", "cong", "total", "sum"].contains(&bare(text).as_str())
}

/// What an audience is called, in Vietnamese and in English, and what else people write for it.
const AUDIENCES: [(PlanAudience, [&str; 2], &str); 4] = [
    (
        PlanAudience::Organisations,
        ["Chủ thể OCOP", "OCOP organisations"],
        "Chủ thể, Các chủ thể, Doanh nghiệp và hợp tác xã, Organisations",
    ),
    (
        PlanAudience::Selected,
        ["Chủ thể có sản phẩm được chọn", "Organisations with a selected product"],
        "Chủ thể được chọn, Sản phẩm được chọn, Selected organisations, Selected",
    ),
    (PlanAudience::Officers, ["Cán bộ quản lý nhà nước", "State officers"], "Cán bộ, Cán bộ quản lý, Cán bộ OCOP, Officers"),
    (PlanAudience::Everyone, ["Cán bộ và chủ thể", "Officers and organisations"], "Tất cả, Mọi đối tượng, Everyone, All"),
];

/// What an audience is called in sheets, in Vietnamese.
pub(super) fn audience(audience: PlanAudience) -> &'static str {
    AUDIENCES.iter().find(|(known, ..)| *known == audience).map_or("", |(_, labels, _)| labels[0])
}

/// The audience that a cell means.
#[must_use]
pub fn read_audience(cell: &str) -> Option<PlanAudience> {
    let written = bare(cell);
    let says = |(audience, labels, others): &(PlanAudience, [&str; 2], &str)| {
        let mut names = labels.iter().copied().chain(others.split(',')).chain([audience.as_str()]).map(bare);
        !written.is_empty() && names.any(|name| name == written)
    };
    AUDIENCES.iter().find(|known| says(known)).map(|(audience, ..)| *audience)
}

/// How quarters are written in sheets.
pub(super) const QUARTER_LABELS: [&str; 4] = ["I", "II", "III", "IV"];

/// The quarter that a cell means: `II`, `2`, `Quý 2`, `Q2`, `Quarter 2`, perhaps with the year behind.
#[must_use]
pub fn read_quarter(cell: &str) -> Option<i64> {
    let said = bare(cell);
    let mut words = said.split(' ').filter(|word| !["qui", "quarter", "q"].contains(word));
    let word = words.next()?;
    // What follows may be the year.
    let rest: Vec<&str> = words.filter(|word| *word != "nam").collect();
    if !rest.iter().all(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let word = word.strip_prefix('q').unwrap_or(word);
    QUARTERS
        .into_iter()
        .zip(QUARTER_LABELS)
        .find(|(n, label)| word == n.to_string() || word == label.to_lowercase())
        .map(|(n, _)| n)
}

/// What stands in the column of units where the whole province is meant.
pub(super) const WHOLE_PROVINCE: &str = "Toàn tỉnh";

/// Whether a cell means the whole province.
#[must_use]
pub fn read_whole_province(cell: &str) -> bool {
    ["toan tinh", "ca tinh", "tinh", "whole province", "province"].contains(&bare(cell).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning() {
        let mut seen: HashMap<String, Column> = HashMap::new();
        for column in Column::WRITTEN.into_iter().chain([Column::Number]) {
            let (names, others) = named(column);
            for name in names.into_iter().chain(others.split(',').filter(|name| !name.trim().is_empty())) {
                let known = seen.insert(bare(&without_brackets(name)), column);
                assert!(known.is_none_or(|known| known == column), "{name}: {known:?} and {column:?}");
                assert_eq!(meaning(name), Some(column), "{name}");
                assert_eq!(meaning(&format!("{} (*)\nwhatever", name.to_uppercase())), Some(column), "{name}");
            }
        }
        for nothing in ["", "(*)", "Kế hoạch tập huấn", "Năm 2026"] {
            assert_eq!(meaning(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn every_audience_is_read_in_both_languages_and_as_it_is_stored() {
        for (audience, labels, _) in AUDIENCES {
            for written in labels.into_iter().chain([audience.as_str()]) {
                assert_eq!(read_audience(written), Some(audience), "{written}");
                assert_eq!(read_audience(&written.to_uppercase()), Some(audience), "{written}");
            }
        }
        assert_eq!(AUDIENCES.len(), PlanAudience::ALL.len());
        assert_eq!(read_audience("can bo"), Some(PlanAudience::Officers));
        assert_eq!((read_audience(""), read_audience("nông dân")), (None, None));
    }

    #[test]
    fn quarters_are_read_as_people_write_them() {
        for (cell, quarter) in
            [("1", 1), ("I", 1), ("Quý II", 2), ("quý 3", 3), ("Q4", 4), ("Quarter 2", 2), ("IV/2026", 4), ("Quý II năm 2026", 2)]
        {
            assert_eq!(read_quarter(cell), Some(quarter), "{cell}");
        }
        for cell in ["", "5", "V", "quý", "2 lớp", "I-II", "tháng 3", "0"] {
            assert_eq!(read_quarter(cell), None, "{cell}");
        }
    }
}
