//! The annual plan as a workbook, written and read back.

use chrono::{DateTime, Utc};
use documents::spreadsheets::Limits;
use documents::spreadsheets::plans::{Column, LineRow, ReadLine, read, write};
use documents::spreadsheets::rosters::RosterError;
use domain::plans::PlanAudience;

fn made() -> DateTime<Utc> {
    "2026-03-01T02:00:00Z".parse().unwrap()
}

fn line(code: &str) -> LineRow {
    LineRow {
        code: code.into(),
        course: "ENT-4 · Kế hoạch kinh doanh".into(),
        audience: PlanAudience::Selected,
        quarter: 3,
        runs: 2,
        participants: 1280,
        unit: None,
        place: "=HYPERLINK(\"http://evil.example\")".into(),
        budget: 1_280_000_000,
        note: String::new(),
        delivered: [1, 38, 30],
    }
}

fn cells(row: &ReadLine) -> Vec<(Column, &str)> {
    row.cells.iter().map(|(column, text)| (*column, text.as_str())).collect()
}

#[test]
fn what_is_written_is_read_again() {
    let bytes =
        write(2026, &[line("2026-01"), LineRow { unit: Some("Xã Hoằng Hóa".into()), ..line("2026-02") }], &[], made()).unwrap();
    let lines = read(&bytes, Limits::default()).unwrap();
    assert_eq!((lines.unknown.len(), lines.rows.len()), (0, 2), "{lines:?}");
    assert_eq!(
        cells(&lines.rows[0]),
        [
            (Column::Code, "2026-01"),
            (Column::Course, "ENT-4 · Kế hoạch kinh doanh"),
            (Column::Audience, "Chủ thể có sản phẩm được chọn"),
            (Column::Quarter, "III"),
            (Column::Runs, "2"),
            (Column::Participants, "1280"),
            (Column::Unit, "Toàn tỉnh"),
            (Column::Place, "=HYPERLINK(\"http://evil.example\")"),
            (Column::Budget, "1280000000"),
        ],
        "what was delivered is not read"
    );
    assert_eq!(lines.rows[1].cells.get(&Column::Unit).map(String::as_str), Some("Xã Hoằng Hóa"));
    assert_eq!(lines.rows[0].number, 4);
    assert_eq!(
        bytes,
        write(2026, &[line("2026-01"), LineRow { unit: Some("Xã Hoằng Hóa".into()), ..line("2026-02") }], &[], made()).unwrap()
    );
}

#[test]
fn the_template_has_headings_and_no_line() {
    let bytes = write(2026, &[], &["ENT-4 · Kế hoạch kinh doanh".into()], made()).unwrap();
    assert_eq!(read(&bytes, Limits::default()), Err(RosterError::Empty));
}

#[test]
fn headings_stand_in_any_order_and_language_and_sums_are_no_lines() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [&[&str]; 6] = [
        &["Kế hoạch tập huấn"],
        &[],
        &["Budget", "No.", "Nội dung tập huấn", "Ý kiến", "Quý", "CLASSES", "Số người"],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        &["64.000.000", "1", "ENT-4", "x", "Quý II", "2", "80"],
        &["64.000.000", "", "Tổng cộng", "", "", "2", "80"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    let lines = read(&book.save_to_buffer().unwrap(), Limits::default()).unwrap();
    assert_eq!(lines.unknown, ["Ý kiến"]);
    assert_eq!(lines.rows.len(), 1, "{lines:?}");
    let expected = [
        (Column::Course, "ENT-4"),
        (Column::Quarter, "Quý II"),
        (Column::Runs, "2"),
        (Column::Participants, "80"),
        (Column::Budget, "64.000.000"),
    ];
    assert_eq!(cells(&lines.rows[0]), expected);
}

#[test]
fn a_sheet_without_courses_is_none() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Họ và tên").unwrap();
    sheet.write_string(0, 1, "Ghi chú").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert!(matches!(read(&bytes, Limits::default()), Err(RosterError::NoHeading { .. })));
    assert_eq!(read(b"no spreadsheet", Limits::default()), Err(RosterError::NotASpreadsheet));
}
