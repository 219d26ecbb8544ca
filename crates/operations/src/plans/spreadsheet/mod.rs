//! The plan in a spreadsheet: written, read, looked through, and taken in.

mod import;
mod review;

use documents::spreadsheets::Limits;
use documents::spreadsheets::plans::{self as sheets, Column, LineRow, ReadLine};
use domain::Refusal;
use domain::accounts::Actor;
use domain::plans::spreadsheet::{CODE, COURSE, ROW_LIMIT, Row, UNIT};
use store::courses::Course;

use super::plan;
use crate::spreadsheets::{in_turn, refusal};
use crate::{Failure, Office, Outcome};

pub use import::{ImportedLines, SheetRow, import};
pub use review::{Changes, Fate, ReviewedLine, SheetReview, preview};

/// The most bytes a file with a plan may have.
pub const FILE_LIMIT: usize = 5 << 20;

/// The most characters of a cell that are read: more than any field holds, so that what is too long is told.
const CELL_LIMIT: usize = 2_000;

/// What a course is called in sheets.
pub(super) fn course_label(course: &Course) -> String {
    format!("{} · {}", course.code, course.title)
}

/// The plan of a year as a workbook, as far as the actor sees it; `empty` leaves its lines out: a template.
///
/// # Errors
/// [`Refusal::NotFound`] for who sees no plan, and for a year without a programme; [`Failure::Document`].
pub async fn sheet(office: &Office, actor: &Actor, year: i64, empty: bool) -> Outcome<Vec<u8>> {
    let shown = plan(office, actor, year).await?;
    let mut records = office.database.read().await?;
    let courses: Vec<String> = store::courses::list(&mut records).await?.iter().map(course_label).collect();
    drop(records);
    let lines = shown.lines.into_iter().filter(|_| !empty).map(|(line, delivered)| LineRow {
        code: line.code(),
        course: format!("{} · {}", line.course_code, line.course_title),
        audience: line.audience,
        quarter: line.quarter,
        runs: line.planned_runs,
        participants: line.planned_participants,
        unit: line.unit_title(),
        place: line.place,
        budget: line.budget,
        note: line.note,
        delivered: [delivered.held, delivered.participants, delivered.completed],
    });
    let (lines, now): (Vec<LineRow>, _) = (lines.collect(), office.now());
    let written = tokio::task::spawn_blocking(move || sheets::write(year, &lines, &courses, now)).await;
    let written = written.map_err(|error| Failure::Document(error.to_string()))?;
    written.map_err(|error| Failure::Document(error.to_string()))
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPlan {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Headings that were not understood: what stands below them is not read.
    pub unknown: Vec<String>,
}

/// Reads a plan from an `.xlsx`, `.xls` or `.ods` file, off the threads that answer others.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::SpreadsheetTooLarge`], [`Refusal::SpreadsheetLocked`],
/// [`Refusal::NotASpreadsheet`], [`Refusal::OpenQuote`], [`Refusal::BrokenLetters`], [`Refusal::ReadersBusy`],
/// [`Refusal::NoCourseHeading`], [`Refusal::NoLineInSpreadsheet`], all of the field `file`.
pub async fn read_plan(bytes: Vec<u8>) -> Outcome<ReadPlan> {
    let limits =
        Limits { max_bytes: FILE_LIMIT, max_rows: ROW_LIMIT, max_characters: CELL_LIMIT, keeps_lines: true, ..Limits::default() };
    let read = in_turn(move || sheets::read(&bytes, limits)).await?;
    let said = |error| refusal(&error, limits, Refusal::NoCourseHeading, Refusal::NoLineInSpreadsheet);
    let lines = read.map_err(|error| Failure::field("file", said(error)))?;
    Ok(ReadPlan { rows: lines.rows.into_iter().map(row).collect(), unknown: lines.unknown })
}

/// The cells by the names of the form; words to choose from become those that are stored, or stay as they are to be told.
fn row(line: ReadLine) -> Row {
    let cells = line.cells.into_iter().filter_map(|(column, text)| {
        let (name, text) = match column {
            Column::Code => (CODE, text),
            Column::Course => (COURSE, text),
            Column::Audience => ("audience", sheets::read_audience(&text).map_or(text, |audience| audience.to_string())),
            Column::Quarter => ("quarter", sheets::read_quarter(&text).map_or(text, |quarter| quarter.to_string())),
            Column::Runs => ("runs", text),
            Column::Participants => ("participants", text),
            Column::Unit => (UNIT, text),
            Column::Place => ("place", text),
            Column::Budget => ("budget", text),
            Column::Note => ("note", text),
            Column::Number | Column::Held | Column::TookPart | Column::Completed => return None,
        };
        Some((name.to_owned(), text))
    });
    Row { number: line.number, cells: cells.collect() }
}
