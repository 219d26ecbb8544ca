//! Tables for download, read back.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use chrono::{DateTime, NaiveDate, Utc};
use documents::spreadsheets::tables::{Heading, Table, Value, xlsx};

fn table() -> Table {
    let heading = |text: &str, width| Heading { text: text.into(), width };
    Table {
        title: "Kết quả tập huấn năm 2026".into(),
        subtitles: vec!["Huyện: tất cả".into(), "Lập ngày 01/03/2026".into()],
        sheet: "Tổng hợp: 2026/1".into(),
        headings: vec![heading("Đơn vị", 30.0), heading("Hoàn thành", 12.0), heading("Tỷ lệ", 10.0), heading("Ngày", 12.0)],
        rows: vec![
            vec![
                Value::Text("=HYPERLINK(\"http://evil.example\")".into()),
                Value::Integer(12),
                Value::Percent(0.8),
                Value::Date(NaiveDate::from_ymd_opt(2026, 3, 12).unwrap()),
            ],
            vec![Value::Text("038001".into()), Value::Decimal(80.5), Value::Empty, Value::Empty],
        ],
    }
}

fn made() -> DateTime<Utc> {
    "2026-03-01T02:00:00Z".parse().unwrap()
}

#[test]
fn words_stay_words_and_numbers_numbers() {
    let bytes = xlsx(&table(), made()).unwrap();
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["Tổng hợp  2026 1"]);
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let at = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(at(0, 0), Data::String("Kết quả tập huấn năm 2026".into()));
    assert_eq!(at(4, 1), Data::String("Hoàn thành".into()));
    assert_eq!(at(5, 0), Data::String("=HYPERLINK(\"http://evil.example\")".into()));
    assert_eq!(at(5, 1), Data::Float(12.0));
    assert_eq!(at(5, 2), Data::Float(0.8));
    assert!(matches!(at(5, 3), Data::DateTime(day) if day.as_f64() == 46_093.0));
    assert_eq!(at(6, 0), Data::String("038001".into()));
    assert_eq!((at(6, 1), at(6, 2)), (Data::Float(80.5), Data::Empty));
    assert!(workbook.worksheet_formula("Tổng hợp  2026 1").unwrap().is_empty());
}

#[test]
fn the_sheet_is_set_up_for_screen_and_paper() {
    let bytes = xlsx(&table(), made()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    for part in [
        "<autoFilter ref=\"A5:D7\"",
        "topLeftCell=\"A6\"",
        "state=\"frozen\"",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
    ] {
        assert!(sheet.contains(part), "{part}");
    }
    let mut book = String::new();
    archive.by_name("xl/workbook.xml").unwrap().read_to_string(&mut book).unwrap();
    assert!(book.contains("_xlnm.Print_Titles"));
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    assert_eq!(xlsx(&table(), made()).unwrap(), xlsx(&table(), made()).unwrap());
}

#[test]
fn a_table_without_rows_or_columns_is_still_a_workbook() {
    let empty = Table { rows: vec![], headings: vec![], subtitles: vec![], ..table() };
    assert!(xlsx(&empty, made()).is_ok());
}
