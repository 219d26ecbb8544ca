//! Lists on several sheets, lists that were given back, and lists whose headings stand elsewhere than last time.

use std::collections::BTreeMap;

use chrono::DateTime;
use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{
    Arrangement, Column, Mark, RosterError, Why, give_back, people_template, read, read_arranged, survey,
};
use domain::rosters::{ColumnUse, numbered};
use rust_xlsxwriter::{Workbook, Worksheet};

use super::{column, grid, roster, with_part};

/// A sheet of texts from a row and a column on.
fn fill(sheet: &mut Worksheet, (row, column): (u32, u16), rows: &[&[&str]]) {
    for (row, cells) in (row..).zip(rows) {
        for (column, text) in (column..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
}

/// Three communes in rows and columns of their own, a cover, a list of goods, and a hidden sheet.
fn communes() -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("Bìa").unwrap(), (0, 0), &[&["DANH SÁCH CẢ HUYỆN"]]);
    let head = ["TT", "Họ và tên", "SĐT"];
    fill(
        book.add_worksheet().set_name("Xã A").unwrap(),
        (0, 0),
        &[&head, &["1", "Lê An", "0912345678"], &["", "Tổng cộng: 1", ""]],
    );
    fill(book.add_worksheet().set_name("Xã B").unwrap(), (3, 2), &[&head, &["1", "Lê Bình", ""], &["2", "Hà Văn Ẩn", ""]]);
    book.worksheet_from_name("Xã B").unwrap().set_row_hidden(5).unwrap();
    fill(book.add_worksheet().set_name("Hàng").unwrap(), (0, 0), &[&["TT", "Họ và tên", "Mã số thuế"], &["1", "Lê Khác", "1"]]);
    let hidden = book.add_worksheet().set_name("Cũ").unwrap();
    fill(hidden, (0, 0), &[&head, &["1", "Người Cũ", ""]]);
    hidden.set_hidden(true);
    fill(book.add_worksheet().set_name("Xã C").unwrap(), (1, 0), &[&head, &["1", "Lê Chi", "0912345679"]]);
    book.save_to_buffer().unwrap()
}

#[test]
fn sheets_with_the_same_headings_are_one_list_and_the_others_are_named() {
    let roster = roster(&communes());
    assert_eq!(roster.sheets, ["Xã A", "Xã B", "Xã C"]);
    assert_eq!(
        (roster.unread.as_slice(), roster.hidden_sheets.as_slice()),
        (&["Bìa".into(), "Hàng".into()][..], &["Cũ".into()][..])
    );
    assert_eq!(column(&roster, Column::FullName), ["Lê An", "Lê Bình", "Lê Chi"]);
    assert_eq!(column(&roster, Column::Phone), ["0912345678", "", "0912345679"]);
    let numbers: Vec<_> = roster.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [2, numbered(1, 5), numbered(2, 3)]);
    let passed: Vec<_> = roster.passed_over.iter().map(|row| (row.number, row.why)).collect();
    assert_eq!(passed, [(3, Why::Sum), (numbered(1, 6), Why::Hidden)]);

    let seen = survey(&communes(), Limits::default(), &Arrangement::default()).unwrap();
    assert_eq!((seen.sheet, seen.hidden, seen.sheets.len()), (1, 1, 3));
    assert_eq!(seen.columns[1].samples, ["Lê An", "Tổng cộng: 1", "Lê Bình"], "columns are counted as those of the first");
    assert_eq!(seen.offered.len(), 5);
    let other = Arrangement { sheet: Some(3), ..Arrangement::default() };
    let other = read_arranged(&communes(), Limits::default(), &other).unwrap();
    assert_eq!((other.sheets.as_slice(), column(&other, Column::FullName)), (&["Hàng".to_owned()][..], vec!["Lê Khác"]));
    assert_eq!(other.unread, ["Bìa", "Xã A", "Xã B", "Xã C"]);
}

#[test]
fn limits_count_over_all_sheets() {
    let limits = Limits { max_rows: 3, ..Limits::default() };
    assert!(read(&communes(), limits).is_ok());
    assert_eq!(read(&communes(), Limits { max_rows: 2, ..limits }), Err(RosterError::TooManyRows { limit: 2 }));
    let mut book = Workbook::new();
    for _ in 0..257 {
        book.add_worksheet();
    }
    fill(book.worksheet_from_index(0).unwrap(), (0, 0), &[&["Họ và tên"], &["Lê An"]]);
    assert!(matches!(read(&book.save_to_buffer().unwrap(), Limits::default()), Err(RosterError::TooManyCells { .. })));
    // Two sheets that are the same part would be read twice, or two hundred times.
    let twice = with_part(&communes(), "xl/_rels/workbook.xml.rels", |xml| xml.replace("sheet3.xml", "sheet2.xml"));
    assert_eq!(read(&twice, Limits::default()), Err(RosterError::NotASpreadsheet));
}

#[test]
fn our_own_guidance_is_no_sheet_that_was_left_out() {
    let mut form =
        calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(people_template(true).unwrap())).unwrap();
    let range = calamine::Reader::worksheet_range_at(&mut form, 1).unwrap().unwrap();
    let guidance: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let mut book = Workbook::new();
    fill(book.add_worksheet(), (0, 0), &[&["Họ và tên"], &["Lê An"]]);
    let rows: Vec<Vec<&str>> = guidance.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    fill(book.add_worksheet(), (0, 0), &rows);
    assert!(roster(&book.save_to_buffer().unwrap()).unread.is_empty());
}

/// Every row's name told to be wrong.
fn marks(roster: &documents::spreadsheets::rosters::Roster) -> BTreeMap<usize, Vec<Mark>> {
    let mark = |name: &str| vec![Mark { columns: vec![Column::FullName], sentence: format!("Sai: {name}"), is_fault: true }];
    roster.rows.iter().map(|row| (row.number, mark(&row.cells[&Column::FullName]))).collect()
}

#[test]
fn every_sheet_is_given_back_and_twice_is_one_column_of_reasons() {
    let (limits, now) = (Limits::default(), DateTime::UNIX_EPOCH);
    let plain = Arrangement::default();
    let first = roster(&communes());
    let back = give_back(&communes(), limits, &plain, &marks(&first), true, now).unwrap();
    let second = roster(&back);
    assert_eq!((&second.sheets, &second.rows, &second.columns), (&first.sheets, &first.rows, &first.columns));
    assert!(second.unknown.is_empty());
    assert_eq!(second.unread, ["Bìa", "Hàng"], "hidden sheets were not read, and are not written");
    let likeness = |bytes: &[u8]| survey(bytes, limits, &plain).unwrap().likeness;
    assert_eq!(likeness(&back), likeness(&communes()), "the column of reasons does not count");
    assert!(survey(&back, limits, &plain).unwrap().columns.iter().all(|column| !column.heading.starts_with("Lý do")));

    let again =
        give_back(&back, limits, &plain, &BTreeMap::from([(numbered(2, 3), marks(&second)[&2].clone())]), true, now).unwrap();
    let mut book = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(again)).unwrap();
    let mut sheet = |name: &str| -> Vec<Vec<String>> {
        let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let (a, c) = (sheet("Xã A"), sheet("Xã C"));
    assert_eq!(a[0], ["TT", "Họ và tên", "SĐT", "Lý do (cần sửa)"]);
    assert_eq!(a[1], ["1", "Lê An", "0912345678", ""], "what was said last time is gone");
    assert_eq!(c[1][3], "Sai: Lê An");
    assert_eq!(sheet("Hàng")[1][1], "Lê Khác");
}

#[test]
fn headings_are_compared_with_where_they_stand_from_the_first_on() {
    let head: &[&str] = &["Quý danh", "Sinh", "Liên lạc"];
    let likeness = |rows: &[&[&str]], heading: usize| {
        let arrangement = Arrangement { heading: Some(heading), ..Arrangement::default() };
        survey(&grid(rows), Limits::default(), &arrangement).unwrap().likeness
    };
    let (_, plain) = likeness(&[head, &["Lê An", "1985", "09"]], 1).unwrap();
    let moved: &[&[&str]] = &[&["DANH SÁCH"], &[], &["", "Quý danh", "Sinh", "Liên lạc"], &["", "Lê An", "1985", "09", "x"]];
    assert_eq!(likeness(moved, 3), Some((1, plain.clone())));
    let torn = likeness(&[&["Quý danh", "", "Sinh", "Liên lạc"], &["Lê An", "", "1985"]], 1).unwrap().1;
    assert_ne!(torn, plain, "a column came between");
    assert_eq!(likeness(&[head], 0), None, "without headings nothing shows that two lists are alike");

    let seen = survey(&grid(moved), Limits::default(), &Arrangement::default()).unwrap();
    let candidate = seen.candidates.iter().find(|candidate| candidate.likenesses[0] == plain).unwrap();
    assert_eq!((candidate.sheet, candidate.row, candidate.first), (0, 3, 1));
    // Of a heading of two rows, both count.
    let divided: &[&[&str]] = &[&["Họ và tên", "Năm sinh", ""], &["", "Nam", "Nữ"], &["Lê An", "1985", ""]];
    let swapped: &[&[&str]] = &[&["Họ và tên", "Năm sinh", ""], &["", "Nữ", "Nam"], &["Lê An", "1985", ""]];
    assert_ne!(likeness(divided, 1), likeness(swapped, 1));
    let seen = survey(&grid(divided), Limits::default(), &Arrangement::default()).unwrap();
    assert_eq!(seen.likeness, Some((0, seen.candidates[0].likenesses[1].clone())));
}

#[test]
fn columns_that_were_understood_and_left_out_are_named() {
    let bytes = grid(&[&["Họ và tên", "SĐT", "Email"], &["Lê An", "0912345678", "an@example.vn"]]);
    let columns = [(0, ColumnUse::FullName), (1, ColumnUse::Phone)].into();
    let read = read_arranged(&bytes, Limits::default(), &Arrangement { columns, ..Arrangement::default() }).unwrap();
    assert_eq!(read.unknown, ["Email"]);
}
