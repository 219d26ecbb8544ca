//! The sheet that participants sign in one session: A4 portrait, any number of pages.

use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::press::{self, Template};
use super::{PaperError, words};

/// How many empty lines a sheet has when nobody is enrolled yet.
const EMPTY_LINES: usize = 15;

/// How many stand after those who are: somebody who is not on the list may come.
const SPARE_LINES: usize = 3;

/// One session of a run and the people who are expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureSheet {
    /// Body above the issuer, for example `UBND tỉnh Thanh Hóa`.
    pub superior: String,
    /// Body that runs the class.
    pub issuer: String,
    /// Where the sheet is dated, for example `Thanh Hóa`.
    pub place: String,
    /// Title of the course.
    pub course_title: String,
    /// Name or code of the run.
    pub run_name: String,
    /// Number of the session within the run, from 1.
    pub session_number: i64,
    /// Day of the session.
    pub date: NaiveDate,
    /// When it starts, local time.
    pub starts: NaiveTime,
    /// When it ends, local time.
    pub ends: NaiveTime,
    /// Where it is held.
    pub venue: String,
    /// Who teaches.
    pub trainers: Vec<String>,
    /// Who is expected, in the order in which they are printed.
    pub lines: Vec<SignatureLine>,
}

/// One person on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureLine {
    /// Full name.
    pub person_name: String,
    /// Organisation or administrative unit.
    pub organisation_name: String,
    /// Remark, often empty.
    pub note: String,
}

/// Prints the sheet. With nobody enrolled it has empty numbered lines to be filled in by hand.
///
/// # Errors
/// See [`PaperError`].
pub fn signature_sheet(sheet: &SignatureSheet) -> Result<Vec<u8>, PaperError> {
    Ok(press::print(Template::SignatureSheet, face(sheet))?.pdf)
}

/// What the template sets, in words.
fn face(sheet: &SignatureSheet) -> Value {
    let mut lines: Vec<[&str; 3]> =
        sheet.lines.iter().map(|line| [line.person_name.as_str(), &line.organisation_name, &line.note]).collect();
    let total = lines.len();
    lines.resize(if total == 0 { EMPTY_LINES } else { total + SPARE_LINES }, [""; 3]);
    let trainers: Vec<&str> = sheet.trainers.iter().map(String::as_str).collect();
    json!({
        "superior": sheet.superior,
        "issuer": sheet.issuer,
        "date": sheet.date,
        "place_and_date": words::place_and_date(&sheet.place, sheet.date),
        "course": sheet.course_title,
        "run": sheet.run_name,
        "session": format!(
            "Buổi {} ({}), ngày {}, từ {} đến {}",
            sheet.session_number,
            half_day(sheet.starts, sheet.ends),
            words::numeric(sheet.date),
            sheet.starts.format("%H:%M"),
            sheet.ends.format("%H:%M"),
        ),
        "venue": sheet.venue,
        "trainers": words::listed(&trainers),
        "total": (total > 0).then(|| format!("{total:02}")),
        "lines": lines,
    })
}

/// The part of the day in which the session lies.
fn half_day(starts: NaiveTime, ends: NaiveTime) -> &'static str {
    match (starts.hour(), ends.hour()) {
        (0..12, 14..) => "cả ngày",
        (0..12, _) => "sáng",
        (12..18, _) => "chiều",
        _ => "tối",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_day_follows_the_hours() {
        let table = [
            ((7, 30), (11, 30), "sáng"),
            ((8, 0), (12, 30), "sáng"),
            ((13, 30), (17, 0), "chiều"),
            ((12, 0), (15, 0), "chiều"),
            ((18, 0), (20, 30), "tối"),
            ((8, 0), (17, 0), "cả ngày"),
        ];
        let time = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        for (starts, ends, expected) in table {
            assert_eq!(half_day(time(starts), time(ends)), expected, "{starts:?} to {ends:?}");
        }
    }
}
