//! The plan as a workbook: empty, as a template, or with its lines and what was delivered of them.

use chrono::{DateTime, Utc};
use domain::plans::PlanAudience;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Column, words};
use crate::spreadsheets::look;
use crate::spreadsheets::tables::TableError;

/// Rows ruled below the lines, for more of them.
const RULED: usize = 30;
const A4: u8 = 9;

/// The row of the headings, from 0: the title stands above it.
const HEADINGS: u32 = 2;

/// The sheet with what can be chosen.
const LISTS: &str = "Danh mục";

/// A line as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its code.
    pub code: String,
    /// Its course: code and title.
    pub course: String,
    /// Whom it is for.
    pub audience: PlanAudience,
    /// The quarter, 1 to 4.
    pub quarter: i64,
    /// How many runs.
    pub runs: i64,
    /// How many people.
    pub participants: i64,
    /// Its unit; none for the whole province.
    pub unit: Option<String>,
    /// Where, in words.
    pub place: String,
    /// What it may cost, đồng.
    pub budget: i64,
    /// Anything else.
    pub note: String,
    /// Runs held, people who took part, how many of them completed.
    pub delivered: [i64; 3],
}

/// Writes the plan of a year as an `.xlsx` workbook, Vietnamese with English below it. `courses` are those to choose
/// from. The same lines and moment give the same bytes.
///
/// # Errors
/// [`TableError`].
pub fn write(year: i64, lines: &[LineRow], courses: &[String], created: DateTime<Utc>) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_creation_datetime(&ExcelDateTime::from_timestamp(created.timestamp()).map_err(TableError::from)?),
    );
    plan(workbook.add_worksheet(), year, lines, courses.len())?;
    lists(workbook.add_worksheet(), courses)?;
    Ok(workbook.save_to_buffer()?)
}

fn plan(sheet: &mut Worksheet, year: i64, lines: &[LineRow], courses: usize) -> Result<(), XlsxError> {
    sheet.set_name("Kế hoạch")?;
    let title = format!("KẾ HOẠCH TẬP HUẤN OCOP NĂM {year} / TRAINING PLAN {year}");
    sheet.write_string_with_format(0, 0, title, &look::title())?;
    let last = HEADINGS + u32::try_from(lines.len() + RULED).unwrap_or(u32::MAX - HEADINGS);
    for (at, column) in (0..).zip(Column::WRITTEN) {
        let ([vietnamese, english], _) = words::named(column);
        let mark = if is_needed(column) { " (*)" } else { "" };
        sheet.set_column_width(at, width(column))?;
        sheet.write_string_with_format(HEADINGS, at, format!("{vietnamese}{mark}\n{english}"), &look::heading())?;
        for row in HEADINGS + 1..=last {
            sheet.write_blank(row, at, &look::cell())?;
        }
        if let Some(choice) = choice(column, courses)? {
            sheet.add_data_validation(HEADINGS + 1, at, last, at, &choice)?;
        }
    }
    for (row, line) in (HEADINGS + 1..).zip(lines) {
        for (at, column) in (0..).zip(Column::WRITTEN) {
            cell(sheet, (row, at), column, line)?;
        }
    }
    sheet.set_row_height(HEADINGS, 48)?;
    // The code and the course stay in sight.
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P/&N");
    Ok(())
}

fn cell(sheet: &mut Worksheet, (row, at): (u32, u16), column: Column, line: &LineRow) -> Result<(), XlsxError> {
    let (words, number) = (look::cell(), look::cell().set_num_format("#,##0"));
    let text = match column {
        Column::Number => return Ok(()),
        Column::Code => line.code.clone(),
        Column::Course => line.course.clone(),
        Column::Audience => words::audience(line.audience).to_owned(),
        Column::Quarter => {
            let place = usize::try_from(line.quarter - 1).unwrap_or(usize::MAX);
            words::QUARTER_LABELS.get(place).copied().unwrap_or_default().to_owned()
        }
        Column::Unit => line.unit.clone().unwrap_or_else(|| words::WHOLE_PROVINCE.to_owned()),
        Column::Place => line.place.clone(),
        Column::Note => line.note.clone(),
        Column::Runs | Column::Participants | Column::Budget | Column::Held | Column::TookPart | Column::Completed => {
            let [held, took_part, completed] = line.delivered;
            let value = match column {
                Column::Runs => line.runs,
                Column::Participants => line.participants,
                Column::Budget => line.budget,
                Column::Held => held,
                Column::TookPart => took_part,
                _ => completed,
            };
            sheet.write_number_with_format(row, at, value as f64, &number)?;
            return Ok(());
        }
    };
    // Words stay words, even where they look like a formula.
    if !text.is_empty() {
        sheet.write_string_with_format(row, at, text, &words)?;
    }
    Ok(())
}

const fn is_needed(column: Column) -> bool {
    matches!(column, Column::Course | Column::Quarter | Column::Runs | Column::Participants)
}

const fn width(column: Column) -> f64 {
    match column {
        Column::Number | Column::Quarter => 9.0,
        Column::Code | Column::Runs | Column::Held | Column::TookPart | Column::Completed => 12.0,
        Column::Participants => 14.0,
        Column::Course => 44.0,
        Column::Audience | Column::Unit => 26.0,
        Column::Place | Column::Note => 30.0,
        Column::Budget => 18.0,
    }
}

/// The list a cell offers. What is not in it is warned of, not refused: it may be put right when the file is read.
fn choice(column: Column, courses: usize) -> Result<Option<DataValidation>, XlsxError> {
    let list = match column {
        Column::Course if courses > 0 => {
            DataValidation::new().allow_list_formula(Formula::new(format!("='{LISTS}'!$A$2:$A${}", courses + 1)))
        }
        Column::Audience => {
            let labels: Vec<&str> = PlanAudience::ALL.iter().map(|one| words::audience(*one)).collect();
            DataValidation::new().allow_list_strings(&labels)?
        }
        Column::Quarter => DataValidation::new().allow_list_strings(&words::QUARTER_LABELS)?,
        _ => return Ok(None),
    };
    Ok(Some(list.set_error_style(DataValidationErrorStyle::Warning)))
}

fn lists(sheet: &mut Worksheet, courses: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    sheet.set_column_width(0, 70)?;
    sheet.write_string_with_format(0, 0, "Danh mục khóa học / Courses", &look::heading())?;
    for (row, course) in (1..).zip(courses) {
        sheet.write_string_with_format(row, 0, course, &look::cell())?;
    }
    sheet.set_paper_size(A4);
    Ok(())
}
