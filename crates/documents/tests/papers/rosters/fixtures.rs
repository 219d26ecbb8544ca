//! The same list as LibreOffice writes it in OpenDocument and in the format of Excel 97–2003. Its people are made up.

use documents::spreadsheets::rosters::{Column, Roster};

use super::{column, roster};

/// LibreOffice writes what was TRUE in Excel as 1 into OpenDocument.
fn check(roster: &Roster, truth: &str) {
    assert_eq!(roster.sheets, ["Học viên 2026"]);
    assert_eq!(roster.unknown, ["Dân tộc"]);
    let numbers: Vec<_> = roster.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [6, 7, 8, 10, 11, 12, 13, 14, 15, 16]);
    assert_eq!(column(roster, Column::Number)[..5], ["1", "2", "3", "4", "5"]);
    assert_eq!(
        column(roster, Column::FullName)[..5],
        ["Lê Văn Sơn", "Nguyễn Thị Hồng", "Phạm Thị Bình", "Hà Văn Đông", "Trần Thị Số 0"]
    );
    assert_eq!(column(roster, Column::BirthDate)[..6], ["12/03/1985", "1990", "1979", "02.09.1979", "01/01/2000", "02/01/2000"]);
    assert_eq!(column(roster, Column::Sex)[..4], ["Nam", "Nữ", "Nữ", "Nam"]);
    assert_eq!(column(roster, Column::CitizenId)[..4], ["038085001234", "38190012345", "38179012345", "038079000001"]);
    assert_eq!(column(roster, Column::Phone)[..4], ["0912345678", "912345679", "", "0987654321"]);
    let notes = column(roster, Column::Note);
    assert_eq!(notes[..4], ["Trưởng nhóm & thủ quỹ <HTX>", "", "x", truth]);
    for (number, note) in (0..).zip(&notes[4..]) {
        let sentence = format!("Đợt {number}: sản phẩm nem chua, mắm tôm, bưởi Luận Văn. ");
        assert_eq!(*note, sentence.repeat(28).trim_end());
    }
}

#[test]
fn opendocument() {
    check(&roster(include_bytes!("../fixtures/roster.ods")), "1");
}

#[test]
fn excel_97() {
    check(&roster(include_bytes!("../fixtures/roster.xls")), "TRUE");
}
