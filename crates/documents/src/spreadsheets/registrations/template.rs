//! The empty sheet of forms offered for download: the forms, how each column is filled in, and the words to choose from.

use domain::registrations::{FieldKind, RegistrationKind, Section};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use super::{Column, choices, words};
use crate::spreadsheets::look;
use crate::spreadsheets::tables::TableError;

/// Rows ruled for forms; more may be added below.
const RULED: u32 = 50;
const A4: u8 = 9;
const A3: u8 = 8;

/// The row of the headings, from 0: the title and the sections stand above it.
const HEADINGS: u32 = 2;

/// The sheet with the words to choose from.
const LISTS: &str = "Danh mục";

/// Writes the empty sheet for forms of a kind as an `.xlsx` workbook, Vietnamese with English below it. `groups` are the
/// subgroups that the year's classification offers.
///
/// # Errors
/// [`TableError`].
pub fn template(kind: RegistrationKind, groups: &[String]) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    // The sheet has no date of its own; a fixed one keeps its bytes the same.
    let created = ExcelDateTime::from_ymd(2026, 1, 1).map_err(TableError::from)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let columns = Column::of(kind);
    forms(workbook.add_worksheet(), kind, &columns, groups.len())?;
    guidance(workbook.add_worksheet(), kind, &columns)?;
    lists(workbook.add_worksheet(), groups)?;
    Ok(workbook.save_to_buffer()?)
}

fn forms(sheet: &mut Worksheet, kind: RegistrationKind, columns: &[Column], groups: usize) -> Result<(), XlsxError> {
    sheet.set_name("Phiếu đăng ký")?;
    let title = match kind {
        RegistrationKind::Existing => "PHIẾU ĐĂNG KÝ SẢN PHẨM HIỆN CÓ (BIỂU 02) – mỗi dòng một sản phẩm / one product a row",
        RegistrationKind::New => "PHIẾU ĐĂNG KÝ Ý TƯỞNG SẢN PHẨM MỚI (BIỂU 01) – mỗi dòng một sản phẩm / one product a row",
    };
    sheet.write_string_with_format(0, 0, title, &look::title())?;
    // Everything is text: zeros at the front stay, and Excel does not take 12/03 for December.
    let text = look::text().set_num_format("@");
    let ruled = look::cell().set_num_format("@");
    for (at, column) in (0..).zip(columns) {
        let [vietnamese, english] = words::heading(*column);
        let mark = if words::is_needed(*column, kind) { " (*)" } else { "" };
        sheet.set_column_width(at, width(*column))?;
        sheet.set_column_format(at, &text)?;
        sheet.write_string_with_format(HEADINGS, at, format!("{vietnamese}{mark}\n{english}"), &look::heading())?;
        for row in HEADINGS + 1..=HEADINGS + RULED {
            sheet.write_blank(row, at, &ruled)?;
        }
        if let Some(choice) = choice(*column, groups)? {
            sheet.add_data_validation(HEADINGS + 1, at, HEADINGS + RULED, at, &choice)?;
        }
    }
    sections(sheet, columns)?;
    let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    sheet.ignore_error_range(HEADINGS + 1, 0, HEADINGS + RULED, last, IgnoreError::NumberStoredAsText)?;
    sheet.set_row_height(HEADINGS, 66)?;
    // The number and the product stay in sight.
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_paper_size(A3);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The name of each section of the paper, above its columns.
fn sections(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let format = look::cell().set_bold();
    let mut first = 0;
    for group in columns.chunk_by(|one, next| section(*one) == section(*next)) {
        let last = first + u16::try_from(group.len() - 1).unwrap_or(u16::MAX);
        let name = group.first().map_or("", |column| name(section(*column)));
        if first == last {
            sheet.write_string_with_format(HEADINGS - 1, first, name, &format)?;
        } else {
            sheet.merge_range(HEADINGS - 1, first, HEADINGS - 1, last, name, &format)?;
        }
        first = last + 1;
    }
    Ok(())
}

fn section(column: Column) -> Option<Section> {
    match column {
        Column::Field(field) => Some(field.section()),
        Column::Result(..) => Some(Section::Environment),
        _ => None,
    }
}

const fn name(section: Option<Section>) -> &'static str {
    match section {
        None => "SẢN PHẨM VÀ CHỦ THỂ / Product and organisation",
        Some(Section::Organisation) => "B. CHỦ THỂ VÀ SẢN PHẨM / Organisation and product",
        Some(Section::Idea) => "Ý TƯỞNG SẢN PHẨM / The idea",
        Some(Section::Environment) => "C. ĐIỀU KIỆN SẢN XUẤT KINH DOANH / Business environment",
        Some(Section::Business) => "D. THÔNG TIN KINH DOANH / Business information",
        Some(Section::General) => "E. THÔNG TIN CHUNG / General",
        Some(Section::Support) => "G. NHU CẦU HỖ TRỢ / Support needs",
        Some(Section::Proposer) => "H. NGƯỜI ĐỀ NGHỊ / Proposer",
    }
}

const fn width(column: Column) -> f64 {
    match column {
        Column::Number => 6.0,
        Column::ProductName | Column::Organisation => 28.0,
        Column::Group => 34.0,
        Column::TaxCode | Column::Result(..) => 17.0,
        Column::Field(field) => match field.kind() {
            FieldKind::Paragraphs(_) => 40.0,
            FieldKind::Line(_) | FieldKind::Any(_) => 26.0,
            _ => 18.0,
        },
    }
}

/// The list a cell offers. What is not in it is warned of, not refused: it may be put right when the file is read.
fn choice(column: Column, groups: usize) -> Result<Option<DataValidation>, XlsxError> {
    let list = match column {
        Column::Group if groups > 0 => {
            DataValidation::new().allow_list_formula(Formula::new(format!("='{LISTS}'!$A$2:$A${}", groups + 1)))
        }
        Column::Field(field) => match field.kind() {
            FieldKind::One(known) => DataValidation::new().allow_list_strings(&labels(known))?,
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    let [vietnamese, _] = words::heading(column);
    let title: String = vietnamese.chars().take(32).collect();
    let message: String = words::guidance(column)[0].chars().take(255).collect();
    let list = list.set_error_style(DataValidationErrorStyle::Warning).set_error_title(title)?.set_error_message(message)?;
    Ok(Some(list))
}

fn labels(known: &[&str]) -> Vec<&'static str> {
    known.iter().map(|word| choices::label(word)[0]).collect()
}

fn guidance(sheet: &mut Worksheet, kind: RegistrationKind, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name("Hướng dẫn")?;
    sheet.write_string_with_format(0, 0, "Hướng dẫn điền / How to fill in the sheet", &look::title())?;
    let lines = [
        "Mỗi dòng của trang “Phiếu đăng ký” là một phiếu. Cột có dấu (*) cần có trước khi nộp; còn thiếu thì phiếu được lưu là bản nháp.",
        "Each row of the sheet “Phiếu đăng ký” is one form. Columns marked (*) are needed before it is sent; until then the form is kept as a draft.",
    ];
    for (row, line) in (1..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &look::text())?;
    }
    let widths = [36.0, 12.0, 60.0, 60.0];
    let headings = ["Cột / Column", "Cần có / Needed", "Cách ghi", "What to write"];
    for ((at, heading), width) in (0..).zip(headings).zip(widths) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(4, at, heading, &look::heading())?;
    }
    let cell: Format = look::cell();
    for (row, column) in (5..).zip(columns) {
        let [vietnamese, english] = words::heading(*column);
        let [said, said_in_english] = words::guidance(*column);
        let mark = if words::is_needed(*column, kind) { "(*)" } else { "" };
        sheet.write_string_with_format(row, 0, format!("{vietnamese}\n{english}"), &look::cell().set_bold())?;
        sheet.write_string_with_format(row, 1, mark, &cell)?;
        sheet.write_string_with_format(row, 2, said, &cell)?;
        sheet.write_string_with_format(row, 3, said_in_english, &cell)?;
    }
    sheet.set_freeze_panes(5, 1)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn lists(sheet: &mut Worksheet, groups: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    sheet.set_column_width(0, 70)?;
    sheet.write_string_with_format(0, 0, "Nhóm sản phẩm / Product groups", &look::heading())?;
    for (row, group) in (1..).zip(groups) {
        sheet.write_string_with_format(row, 0, group, &look::cell())?;
    }
    sheet.set_paper_size(A4);
    Ok(())
}
