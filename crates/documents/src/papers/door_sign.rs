//! The sign on the door of a session: one A4 page, landscape, read from three steps away.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use domain::runs::HalfDay;
use domain::time::show_time;
use serde_json::{Value, json};

use super::press::{self, Template};
use super::timetable::{half_day, weekday};
use super::{PaperError, letters, words};
use crate::qr;

/// One session of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorSign {
    /// Body that runs the class.
    pub issuer: String,
    /// The title of its course.
    pub course_title: String,
    /// What tells its run from other runs of the course.
    pub run_name: String,
    /// Number of the session within the run, from 1.
    pub session_number: i64,
    /// What is taught; may be empty.
    pub topic: String,
    /// Its day.
    pub day: NaiveDate,
    /// Its half-day.
    pub half_day: HalfDay,
    /// When it starts, local time.
    pub starts: NaiveTime,
    /// When it ends, local time.
    pub ends: NaiveTime,
    /// The room of the register; none when only a venue is known.
    pub room: Option<String>,
    /// Where it is held; may be empty.
    pub venue: String,
    /// Who teaches.
    pub trainers: Vec<String>,
    /// Why it was called off.
    pub cancelled: Option<String>,
    /// The address of the run's page, which the QR code leads to.
    pub address: String,
}

/// Prints the sign.
///
/// # Errors
/// See [`PaperError`]; [`PaperError::Overflow`] when its texts do not fit on the page.
pub fn door_sign(sign: &DoorSign) -> Result<Vec<u8>, PaperError> {
    let mut face = face(sign)?;
    letters::leave_out_unknown(&mut face);
    let printed = press::print(Template::DoorSign, face)?;
    if printed.pages == 1 { Ok(printed.pdf) } else { Err(PaperError::Overflow { expected: 1, found: printed.pages }) }
}

/// What the template sets, in words. The room is the largest word; without one it is the venue.
fn face(s: &DoorSign) -> Result<Value, PaperError> {
    let trainers: Vec<&str> = s.trainers.iter().map(String::as_str).collect();
    let (room, venue) = match &s.room {
        // A venue that is written with its room says the room once.
        Some(room) => {
            let rest = s.venue.strip_prefix(room.as_str()).map(|rest| rest.trim_start_matches([',', ' ', '–', '-']));
            (room.as_str(), rest.unwrap_or(&s.venue))
        }
        None => (s.venue.as_str(), ""),
    };
    Ok(json!({
        "issuer": s.issuer,
        "date": s.day,
        "course": short(&s.course_title, 140),
        "run": short(&s.run_name, 60),
        "session": format!("Buổi {}", s.session_number),
        "topic": short(&s.topic, 120),
        "day": format!("{}, ngày {}", weekday(s.day.weekday()), words::numeric(s.day)),
        "half_day": half_day(s.half_day),
        "time": format!("{} – {}", show_time(s.starts), show_time(s.ends)),
        "room": short(room, 80),
        "venue": short(venue, 100),
        "trainers": short(&words::listed(&trainers), 160),
        "cancelled": s.cancelled.as_deref().map(|reason| short(reason, 120)),
        "address": s.address,
        "qr": qr::svg(&s.address, "")?,
    }))
}

/// A text of at most `most` characters: what is longer nobody reads on a door.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    // Rather a word less than half a word.
    let whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', '.', ' ']))
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_texts_end_after_a_word() {
        assert_eq!(super::short("Hội trường A", 12), "Hội trường A");
        assert_eq!(super::short("Hội trường, tầng 2", 12), "Hội trường…");
        assert_eq!(super::short("Ắ".repeat(5).as_str(), 3), "ẮẮẮ…");
    }
}
