//! The roster of a run or of a group of it: A4 landscape, any number of pages, the heading of the table on each.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::press::{self, Template};
use super::{PaperError, letters, words};

/// Who takes part in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// Body above the issuer, for example `UBND tỉnh Thanh Hóa`.
    pub superior: String,
    /// Body that runs the class.
    pub issuer: String,
    /// Where the roster is dated.
    pub place: String,
    /// The day it is printed.
    pub printed_on: NaiveDate,
    /// Title of the course.
    pub course_title: String,
    /// Name or code of the run.
    pub run_name: String,
    /// Whose group it is; empty for the whole run.
    pub group: String,
    /// First and last day of the run.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// When its first session starts, local time.
    pub starts: Option<NaiveTime>,
    /// Where it is held.
    pub venue: String,
    /// The people, in the order in which they are printed.
    pub lines: Vec<RosterLine>,
}

/// One person. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RosterLine {
    /// Full name.
    pub person_name: String,
    /// `Nam` or `Nữ`.
    pub sex: String,
    /// Day or year of birth.
    pub birth: String,
    /// Organisation.
    pub organisation_name: String,
    /// The unit of the organisation.
    pub unit_name: String,
    /// What they are there.
    pub position: String,
    /// Telephone number.
    pub phone: String,
}

/// Prints the roster.
///
/// # Errors
/// See [`PaperError`].
pub fn roster(roster: &Roster) -> Result<Vec<u8>, PaperError> {
    let mut face = face(roster);
    letters::leave_out_unknown(&mut face);
    Ok(press::print(Template::Roster, face)?.pdf)
}

/// What the template sets, in words.
fn face(r: &Roster) -> Value {
    let line = |line: &RosterLine| {
        json!([line.person_name, line.sex, line.birth, line.organisation_name, line.unit_name, line.position, line.phone])
    };
    let starts = r.starts.map(|time| format!(", bắt đầu lúc {}", time.format("%H:%M"))).unwrap_or_default();
    let women = r.lines.iter().filter(|line| line.sex == "Nữ").count();
    let total = r.lines.len();
    json!({
        "superior": r.superior,
        "issuer": r.issuer,
        "date": r.printed_on,
        "place_and_date": words::place_and_date(&r.place, r.printed_on),
        "course": r.course_title,
        "run": r.run_name,
        "group": r.group,
        "time": r.days.map(|(first, last)| format!("{}{starts}", words::period(first, last))).unwrap_or_default(),
        "venue": r.venue,
        "total": if women > 0 { format!("{total:02} người, trong đó {women:02} nữ") } else { format!("{total:02} người") },
        "lines": r.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
