//! The empty roster offered for download.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, FormatAlign, IgnoreError, Workbook, XlsxError,
};

use crate::spreadsheets::look;
use crate::spreadsheets::tables::TableError;
use crate::spreadsheets::workbooks::Sheet;

/// Rows ruled for people; more may be added below.
const RULED: u32 = 200;
const A4: u8 = 9;

/// A column of the form, in both languages.
struct Field {
    heading: [&'static str; 2],
    width: f64,
    /// How to fill it; stands in the second sheet, since an example among the people would be imported.
    guidance: [&'static str; 2],
}

const SEX: usize = 3;
const SEXES: [[&str; 2]; 2] = [["Nam", "Nữ"], ["Male", "Female"]];

const FIELDS: [Field; 9] = [
    Field {
        heading: ["STT", "No."], width: 6.0, guidance: ["Số thứ tự, không bắt buộc.", "Number in the list, optional."]
    },
    Field {
        heading: ["Họ và tên (*)", "Full name (*)"],
        width: 30.0,
        guidance: [
            "Bắt buộc. Viết đầy đủ họ, tên đệm và tên, có dấu. Ví dụ: Nguyễn Thị Hồng.",
            "Required. Family, middle and given name, with diacritics. Example: Nguyễn Thị Hồng.",
        ],
    },
    Field {
        heading: ["Ngày sinh", "Date of birth"],
        width: 14.0,
        guidance: [
            "Ngày/tháng/năm, ví dụ 12/03/1985; nếu không rõ ngày thì chỉ ghi năm, ví dụ 1985.",
            "Day/month/year, for example 12/03/1985; if the day is not known, only the year: 1985.",
        ],
    },
    Field { heading: ["Giới tính", "Sex"], width: 11.0, guidance: ["Chọn Nam hoặc Nữ.", "Choose Male or Female."] },
    Field {
        heading: ["Số CCCD", "Citizen ID number"],
        width: 18.0,
        guidance: [
            "12 chữ số của căn cước công dân. Ô đã định dạng văn bản nên số 0 ở đầu được giữ nguyên.",
            "The 12 digits of the citizen identity card. Cells are formatted as text, so leading zeros stay.",
        ],
    },
    Field {
        heading: ["Số điện thoại", "Phone number"],
        width: 16.0,
        guidance: ["10 chữ số, bắt đầu bằng số 0.", "10 digits, beginning with 0."],
    },
    Field {
        heading: ["Email", "Email"],
        width: 28.0,
        guidance: [
            "Không bắt buộc. Nếu có, giấy báo và chứng nhận sẽ được gửi tới địa chỉ này.",
            "Optional. If given, notices and certificates are sent to this address.",
        ],
    },
    Field {
        heading: ["Chức vụ", "Position"],
        width: 20.0,
        guidance: [
            "Chức vụ hoặc công việc tại đơn vị. Ví dụ: Giám đốc, Kế toán.",
            "Position or work at the organisation. Example: director, accountant.",
        ],
    },
    Field {
        heading: ["Ghi chú", "Notes"],
        width: 24.0,
        guidance: ["Điều đơn vị muốn lưu ý với ban tổ chức.", "Anything the organisers should know."],
    },
];

/// Where people work: asked for in a list of many organisations.
const PLACES: [Field; 2] = [
    Field {
        heading: ["Đơn vị (*)", "Organisation (*)"],
        width: 30.0,
        guidance: [
            "Tên hoặc mã số thuế của chủ thể, đơn vị đã có trong hệ thống.",
            "Name or tax code of an organisation that is known already.",
        ],
    },
    Field {
        heading: ["Địa bàn", "Administrative unit"],
        width: 22.0,
        guidance: [
            "Xã, phường hoặc huyện của đơn vị; cần khi nhiều đơn vị trùng tên.",
            "Commune or district of the organisation; needed where several have its name.",
        ],
    },
];

/// The title of the sheet that says how to fill in the list.
const GUIDANCE: [&str; 2] = ["Hướng dẫn điền danh sách", "How to fill in the list"];

/// Whether a sheet is the one of our own form that says how to fill it in.
pub(super) fn is_guidance(sheet: &Sheet) -> bool {
    sheet.rows.get(&0).and_then(|cells| cells.get(&0)).is_some_and(|title| GUIDANCE.contains(&title.as_str()))
}

/// Writes the form for people of one organisation as an `.xlsx` workbook, in Vietnamese or in English.
///
/// # Errors
/// [`TableError`].
pub fn template(vietnamese: bool) -> Result<Vec<u8>, TableError> {
    form(vietnamese, &FIELDS.iter().collect::<Vec<_>>())
}

/// Writes the form for people of many organisations: with columns for where they work.
///
/// # Errors
/// [`TableError`].
pub fn people_template(vietnamese: bool) -> Result<Vec<u8>, TableError> {
    form(vietnamese, &FIELDS.iter().chain(&PLACES).collect::<Vec<_>>())
}

fn form(vietnamese: bool, fields: &[&Field]) -> Result<Vec<u8>, TableError> {
    let language = usize::from(!vietnamese);
    let mut workbook = Workbook::new();
    // The form has no date of its own; a fixed one keeps its bytes the same.
    let created = ExcelDateTime::from_ymd(2026, 1, 1).map_err(TableError::from)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    people(&mut workbook, language, fields)?;
    guidance(&mut workbook, language, fields)?;
    Ok(workbook.save_to_buffer()?)
}

fn people(workbook: &mut Workbook, language: usize, fields: &[&Field]) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(["Danh sách học viên", "Participants"][language])?;
    // Everything is text: zeros at the front stay, and Excel does not take 12/03 for December.
    let text = look::text().set_num_format("@");
    let ruled = look::cell().set_num_format("@");
    for (column, field) in (0..).zip(fields) {
        sheet.set_column_width(column, field.width)?;
        sheet.set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, field.heading[language], &look::heading())?;
        for row in 1..=RULED {
            sheet.write_blank(row, column, &ruled)?;
        }
    }
    let last = u16::try_from(fields.len() - 1).unwrap_or(u16::MAX);
    let sex = u16::try_from(SEX).unwrap_or(u16::MAX);
    let choice = DataValidation::new()
        .allow_list_strings(&SEXES[language])?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(FIELDS[SEX].heading[language])?
        .set_error_message(FIELDS[SEX].guidance[language])?;
    sheet.add_data_validation(1, sex, RULED, sex, &choice)?;
    sheet.ignore_error_range(1, 0, RULED, last, IgnoreError::NumberStoredAsText)?;
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn guidance(workbook: &mut Workbook, language: usize, fields: &[&Field]) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(["Hướng dẫn", "Guidance"][language])?;
    sheet.write_string_with_format(0, 0, GUIDANCE[language], &look::title())?;
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 80)?;
    let headings = [["Cột", "Cách ghi"], ["Column", "What to write"]][language];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(2, column, heading, &look::heading())?;
    }
    let name = look::cell().set_bold().set_align(FormatAlign::Top);
    for (row, field) in (3..).zip(fields) {
        sheet.write_string_with_format(row, 0, field.heading[language], &name)?;
        sheet.write_string_with_format(row, 1, field.guidance[language], &look::cell())?;
    }
    Ok(())
}
