//! The timetable of a run: A4 portrait under the official head, any number of pages.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};
use domain::runs::HalfDay;
use domain::time::{show_day, show_time};
use serde_json::{Value, json};

use super::press::{self, Template};
use super::{PaperError, letters, words};
use crate::qr;

/// A run with its sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Timetable {
    /// Body above the issuer.
    pub superior: String,
    /// Body that runs the class.
    pub issuer: String,
    /// Where the paper is dated.
    pub place: String,
    /// The day this version was published; none for a draft, which says that it is one.
    pub published_on: Option<NaiveDate>,
    /// The number of this version; none when there is none.
    pub version: Option<i64>,
    /// The code of its course.
    pub course_code: String,
    /// The title of its course.
    pub course_title: String,
    /// What tells it from other runs of its course.
    pub run_name: String,
    /// Where it is held.
    pub venue: String,
    /// The unit it is held in.
    pub unit: String,
    /// Seats in all.
    pub capacity: i64,
    /// The last day for enrolling.
    pub enrolment_deadline: NaiveDate,
    /// What else participants should know; may be empty.
    pub note: String,
    /// Why it was called off as a whole.
    pub cancelled: Option<String>,
    /// The address of its page.
    pub address: String,
    /// Its sessions, in order of time.
    pub lines: Vec<TimetableLine>,
}

/// One session of the timetable.
#[derive(Debug, Clone, PartialEq)]
pub struct TimetableLine {
    /// Its day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// When it starts, local time.
    pub starts: NaiveTime,
    /// When it ends, local time.
    pub ends: NaiveTime,
    /// What is taught; may be empty.
    pub topic: String,
    /// Who teaches.
    pub trainers: Vec<String>,
    /// Where it is held.
    pub place: String,
    /// Why it was called off by itself.
    pub cancelled: Option<String>,
}

/// Prints the timetable.
///
/// # Errors
/// See [`PaperError`].
pub fn timetable(timetable: &Timetable) -> Result<Vec<u8>, PaperError> {
    let mut face = face(timetable)?;
    letters::leave_out_unknown(&mut face);
    Ok(press::print(Template::Timetable, face)?.pdf)
}

/// What the template sets, in words.
fn face(t: &Timetable) -> Result<Value, PaperError> {
    let first = t.lines.first().map_or(t.enrolment_deadline, |line| line.day);
    let days: Vec<Value> = t.lines.chunk_by(|one, next| one.day == next.day).map(|lines| day(t, lines)).collect();
    let period = match (t.lines.first(), t.lines.last()) {
        (Some(one), Some(last)) => words::period(one.day, last.day),
        _ => String::new(),
    };
    let held = t.lines.iter().filter(|line| line.cancelled.is_none()).count();
    Ok(json!({
        "superior": t.superior,
        "issuer": t.issuer,
        "date": t.published_on.unwrap_or(first),
        "place_and_date": t.published_on.map(|day| words::place_and_date(&t.place, day)),
        "version": t.version,
        "published": t.published_on.map(words::numeric),
        "course": t.course_title,
        "code": t.course_code,
        "run": t.run_name,
        "venue": words::listed(&[&t.venue, &t.unit]),
        "period": period,
        "sessions": format!("{held:02} buổi"),
        "capacity": format!("{} học viên", t.capacity),
        "deadline": words::numeric(t.enrolment_deadline),
        "note": t.note,
        "cancelled": t.cancelled,
        "address": t.address,
        "qr": qr::svg(&t.address, "")?,
        "days": days,
    }))
}

/// The sessions of one day. Where a session is held is said when it is not where the run is.
fn day(t: &Timetable, lines: &[TimetableLine]) -> Value {
    let sessions: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "half_day": half_day(line.half_day),
                "time": format!("{} – {}", show_time(line.starts), show_time(line.ends)),
                "topic": if line.topic.is_empty() { &t.course_title } else { &line.topic },
                "trainers": line.trainers,
                "place": line.place,
                "cancelled": line.cancelled,
            })
        })
        .collect();
    let date = lines.first().map(|line| (weekday(line.day.weekday()), show_day(line.day)));
    let (weekday, date) = date.unwrap_or_default();
    json!({ "weekday": weekday, "date": date, "sessions": sessions })
}

/// The day of the week as papers write it.
pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// The half-day as papers write it.
pub(super) fn half_day(half_day: HalfDay) -> &'static str {
    match half_day {
        HalfDay::Morning => "Sáng",
        HalfDay::Afternoon => "Chiều",
        HalfDay::Evening => "Tối",
    }
}
