//! Sheets of registration forms: the template, and workbooks as people send them.

use std::io::{Cursor, Read, Write};

use documents::spreadsheets::Limits;
use documents::spreadsheets::registrations::{Column, Forms, read, read_choice, template};
use documents::spreadsheets::rosters::RosterError;
use domain::registrations::{FieldKind, FormField, RegistrationKind, ResultColumn};
use rust_xlsxwriter::{Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const EXISTING: RegistrationKind = RegistrationKind::Existing;

fn limits() -> Limits {
    Limits { keeps_lines: true, max_characters: 8_000, max_rows: 200, ..Limits::default() }
}

fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

/// A workbook of texts, row by row; "" is an empty cell.
fn grid(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet(), rows);
    workbook.save_to_buffer().unwrap()
}

fn forms(bytes: &[u8]) -> Forms {
    read(bytes, EXISTING, limits()).unwrap()
}

fn refusal(bytes: &[u8]) -> RosterError {
    read(bytes, EXISTING, limits()).unwrap_err()
}

fn cell(forms: &Forms, row: usize, column: Column) -> &str {
    forms.rows[row].cells.get(&column).map_or("", String::as_str)
}

/// A part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The template with texts in its first empty rows, as somebody fills it in.
fn filled(kind: RegistrationKind, values: &[(Column, &str)]) -> Vec<u8> {
    let empty = template(kind, &["Thực phẩm › Chè".to_owned()]).unwrap();
    let columns = Column::of(kind);
    let row: Vec<&str> =
        columns.iter().map(|column| values.iter().find(|(known, _)| known == column).map_or("", |(_, text)| *text)).collect();
    // What stands in the heading row of the template is read back and written into a sheet of our own.
    let headings: Vec<String> = headings(&empty, columns.len());
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    grid(&[&["PHIẾU ĐĂNG KÝ SẢN PHẨM"], &["SẢN PHẨM VÀ CHỦ THỂ"], &headings, &row])
}

/// The headings of the template, from its shared texts: the title and sections come first, in the order they are written.
fn headings(empty: &[u8], count: usize) -> Vec<String> {
    let strings = part(empty, "xl/sharedStrings.xml");
    let texts = strings.split("<t").skip(1).filter_map(|text| text.split_once('>')?.1.split_once("</t>"));
    let texts = texts.map(|(text, _)| text.replace("&amp;", "&").replace("_x000A_", "\n"));
    texts.filter(|text| text.contains('\n')).take(count).collect()
}

#[test]
fn the_template_offers_what_is_asked_and_is_read_back() {
    for kind in RegistrationKind::ALL {
        let groups: Vec<String> = (1..=60).map(|n| format!("Thực phẩm › Nhóm dài tên gọi số {n}")).collect();
        let bytes = template(*kind, &groups).unwrap();
        assert_eq!(bytes, template(*kind, &groups).unwrap(), "the same bytes each time");
        assert_eq!(read(&bytes, *kind, limits()), Err(RosterError::Empty), "its headings are understood, and nothing is below");
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        let chosen = FormField::of(*kind).filter(|field| matches!(field.kind(), FieldKind::One(_))).count();
        assert_eq!(sheet.matches("<dataValidation ").count(), chosen + 1);
        assert!(sheet.contains("$A$2:$A$61"), "sixty groups do not fit into one cell's list");

        let values = [
            (Column::ProductName, "Chè lam"),
            (Column::TaxCode, "0100233488"),
            (Column::Field(FormField::ProposerName), "Lê Hoa"),
        ];
        let found = read(&filled(*kind, &values), *kind, limits()).unwrap();
        assert_eq!((found.unknown.len(), found.rows.len(), found.rows[0].number), (0, 1, 4), "{:?}", found.unknown);
        for (column, text) in values {
            assert_eq!(cell(&found, 0, column), text);
        }
    }
    let without = template(EXISTING, &[]).unwrap();
    assert!(!part(&without, "xl/worksheets/sheet1.xml").contains("Danh mục"));
}

#[test]
fn headings_in_any_order_below_a_letterhead_with_blank_rows_between() {
    let bytes = grid(&[
        &["ỦY BAN NHÂN DÂN HUYỆN THỌ XUÂN"],
        &[],
        &["", "Danh sách sản phẩm đăng ký năm 2019"],
        &["TT", "SĐT", "TÊN CHỦ THỂ", "ten san pham", "Doanh thu năm 1 (đồng)", "Ghi chú", "Water", "Tên sản phẩm"],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        &["1", "0912345678", "HTX Xuân Lập", "Chè lam", "1.280.000", "xem lại", "Giếng khoan", "x"],
        &[],
        &["2"],
        &["3", "", "HTX Xuân Lập", "Bánh gai", "", "", "biển"],
    ]);
    let found = forms(&bytes);
    assert_eq!(found.unknown, ["Ghi chú", "Tên sản phẩm"], "what says again what another says is not read");
    let numbers: Vec<_> = found.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [6, 9]);
    assert_eq!(cell(&found, 0, Column::ProductName), "Chè lam");
    assert_eq!(cell(&found, 0, Column::Organisation), "HTX Xuân Lập");
    assert_eq!(cell(&found, 0, Column::Result(0, ResultColumn::Sales)), "1.280.000");
    let water = |row| read_choice(FormField::Water, cell(&found, row, Column::Field(FormField::Water)));
    assert_eq!((water(0).as_deref(), water(1)), (Some("well"), None));
}

#[test]
fn numbers_days_and_lines_are_read_as_people_see_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    write(sheet, &[&["Tên sản phẩm", "Vốn", "Ngày thành lập", "Lịch sử", "MST"]]);
    sheet.write_string(1, 0, "Chè lam").unwrap();
    sheet.write_number(1, 1, 1_280_000_000.0).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2015, 3, 12).unwrap();
    sheet.write_datetime_with_format(1, 2, &day, &rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    let long = format!("Từ năm 1998.\n\n\n{}", "x".repeat(9_000));
    sheet.write_string(1, 3, &long).unwrap();
    sheet.write_number(1, 4, 100_233_488.0).unwrap();
    let found = forms(&workbook.save_to_buffer().unwrap());
    let field = |field| cell(&found, 0, Column::Field(field));
    assert_eq!(field(FormField::Capital), "1280000000");
    assert_eq!(field(FormField::EstablishedOn), "12/03/2015");
    assert_eq!(cell(&found, 0, Column::TaxCode), "100233488");
    let history = field(FormField::History);
    assert!(history.starts_with("Từ năm 1998.\n\nxxx") && history.chars().count() > 4_000, "longer than any field holds");
}

/// An OpenDocument workbook of one sheet with these rows.
fn opendocument(rows: &str) -> Vec<u8> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    file.start_file("mimetype", SimpleFileOptions::default()).unwrap();
    file.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    file.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Phiếu\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    file.write_all(content.as_bytes()).unwrap();
    file.finish().unwrap().into_inner()
}

fn text_cell(paragraphs: &[&str]) -> String {
    let paragraphs: String = paragraphs.iter().map(|text| format!("<text:p>{text}</text:p>")).collect();
    format!("<table:table-cell office:value-type=\"string\">{paragraphs}</table:table-cell>")
}

#[test]
fn opendocument_keeps_its_lines() {
    let heading = text_cell(&["Tên sản phẩm"]) + &text_cell(&["Quy trình sản xuất", "Production process"]);
    let process = text_cell(&["Rang,\n   xay", "nấu mật<text:line-break/>gói"]);
    let rows = format!(
        "<table:table-row>{heading}</table:table-row><table:table-row>{}{process}</table:table-row>",
        text_cell(&["Chè lam"])
    );
    let found = forms(&opendocument(&rows));
    assert_eq!(found.sheet, "Phiếu");
    assert_eq!(cell(&found, 0, Column::Field(FormField::ProductionProcess)), "Rang, xay\nnấu mật\ngói");
}

#[test]
fn what_the_form_does_not_ask_for_is_not_read() {
    let bytes = grid(&[&["Tên sản phẩm", "Nguồn gốc ý tưởng", "Nguồn nước"], &["Chè lam", "Từ bà", "Giếng"]]);
    let found = forms(&bytes);
    assert_eq!(found.unknown, ["Nguồn gốc ý tưởng"]);
    let found = read(&bytes, RegistrationKind::New, limits()).unwrap();
    assert_eq!(found.unknown, ["Nguồn nước"]);
    assert_eq!(cell(&found, 0, Column::Field(FormField::IdeaOrigin)), "Từ bà");
}

/// As xlwt writes the format of Excel 97–2003: a hidden sheet before ours, numbers, days and long texts. Its people are
/// made up.
#[test]
fn excel_97() {
    let found = forms(include_bytes!("fixtures/forms.xls"));
    assert_eq!((found.sheet.as_str(), found.unknown.as_slice()), ("Phiếu 2019", &["Ghi chú".to_owned()][..]));
    assert_eq!(found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 6, 8]);
    let field = Column::Field;
    for (column, cells) in [
        (Column::Number, ["1", "2", "3"]),
        (Column::ProductName, ["Chè lam Phủ Quảng", "Bánh gai", "Mắm tép"]),
        (Column::Organisation, ["HTX Xuân Lập", "htx xuan lap", ""]),
        (Column::TaxCode, ["100233488", "", "0100233488"]),
        (field(FormField::Phone), ["912345678", "0987 654 321", ""]),
        (field(FormField::HeadName), ["Lê Thị Hồng", "", ""]),
        (field(FormField::EstablishedOn), ["02/09/2015", "02/09/2016", ""]),
        (field(FormField::Water), ["Giếng khoan", "Nước máy", "biển"]),
        (Column::Result(0, ResultColumn::Year), ["2018", "", ""]),
        (Column::Result(0, ResultColumn::Sales), ["1280000000", "", ""]),
    ] {
        assert_eq!([0, 1, 2].map(|row| cell(&found, row, column)), cells, "{column:?}");
    }
    assert_eq!(cell(&found, 0, field(FormField::ShortPlan)), "Mở rộng xưởng\nThêm hai lao động");
    // Longer than a record of the format, which goes on in others.
    let long = format!("Lý do: {}", "nem chua, mắm tôm, bưởi Luận Văn. ".repeat(280));
    let read = cell(&found, 2, field(FormField::ShortPlan));
    assert!(read.chars().count() >= 7_990 && long.starts_with(read), "{}", read.chars().count());
}

#[test]
fn what_is_no_sheet_of_forms_is_refused() {
    assert_eq!(refusal(b"%PDF-1.7"), RosterError::NotASpreadsheet);
    assert_eq!(refusal(b""), RosterError::NotASpreadsheet);
    let roster = include_bytes!("fixtures/roster.xls");
    assert!(matches!(refusal(roster), RosterError::NoHeading { .. }), "a list of people");
    assert!(matches!(refusal(&grid(&[&["Tên chủ thể"], &["HTX"]])), RosterError::NoHeading { .. }));
    assert_eq!(refusal(&grid(&[])), RosterError::Empty);
    assert_eq!(refusal(&grid(&[&["Tên sản phẩm"]])), RosterError::Empty);
    let many: Vec<Vec<&str>> = std::iter::once(vec!["Tên sản phẩm"]).chain((0..201).map(|_| vec!["Chè lam"])).collect();
    let many: Vec<&[&str]> = many.iter().map(Vec::as_slice).collect();
    assert_eq!(refusal(&grid(&many)), RosterError::TooManyRows { limit: 200 });
    assert_eq!(forms(&grid(&many[..201])).rows.len(), 200);
    let bytes = grid(&[&["Tên sản phẩm"], &["Chè lam"]]);
    let limit = bytes.len() - 1;
    assert_eq!(read(&bytes, EXISTING, Limits { max_bytes: limit, ..limits() }), Err(RosterError::TooLarge { limit }));
}
