//! Calendar files (RFC 5545): a feed to subscribe to, and invitations that go with a mail.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Attendee, Calendar, CalendarDateTime, Component, Event, EventLike, EventStatus, Property, Role};

/// Who made the file.
const PRODUCT: &str = "-//OCOP Training//Calendar 1.0//VI";
/// Where the sessions take place.
const ZONE: &str = "Asia/Ho_Chi_Minh";
/// The same for programs that know no zones: seven hours ahead, without summer time.
const ZONE_LINES: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\nBEGIN:STANDARD\r\nDTSTART:19750613T000000\r\n\
    TZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nTZNAME:+07\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
/// How often a subscriber should ask again.
const REFRESH: TimeDelta = TimeDelta::hours(1);

/// A session, or whatever else stands in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique and the same for ever.
    pub uid: String,
    /// Higher after each change; calendar programs ignore an invitation with a lower one. Never below 0.
    pub sequence: i64,
    /// When this version was made.
    pub stamp: DateTime<Utc>,
    /// When it begins.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// Its name.
    pub summary: String,
    /// Where; may be empty.
    pub location: String,
    /// What else there is to say; may be empty.
    pub description: String,
    /// Its page; may be empty.
    pub url: String,
    /// Whether it does not take place.
    pub cancelled: bool,
}

/// A calendar to subscribe to, or to take sessions from. Times are those of Viet Nam, with its zone.
pub fn feed(name: &str, entries: &[Entry]) -> String {
    let mut calendar = blank("PUBLISH");
    calendar.append_property(Property::new("X-WR-CALNAME", line(name)));
    calendar.append_property(Property::new("X-WR-TIMEZONE", ZONE));
    calendar.ttl(&REFRESH);
    for entry in entries {
        let mut event = event(entry);
        event.starts(local(entry.starts)).ends(local(entry.ends));
        calendar.push(event.done());
    }
    let mut text = calendar.to_string();
    // The crate has no component for a zone. Lines that begin so are the first event, or the end: text is never one.
    let begin = text.find("\r\nBEGIN:VEVENT\r\n").or_else(|| text.find("\r\nEND:VCALENDAR\r\n"));
    if let Some(begin) = begin {
        text.insert_str(begin + 2, ZONE_LINES);
    }
    folded(&text)
}

fn local(instant: DateTime<Utc>) -> CalendarDateTime {
    let date_time = instant.with_timezone(&domain::time::ZONE).naive_local();
    CalendarDateTime::WithTimezone { date_time, tzid: ZONE.to_owned() }
}

/// An invitation for one person, or, for a cancelled entry, its withdrawal. Both addresses are e-mail addresses.
pub fn invitation(entry: &Entry, organiser: &str, attendee: &str) -> String {
    let mut event = event(entry);
    event.append_property(Property::new("ORGANIZER", address(organiser)));
    event.attendee(Attendee::new(address(attendee)).role(Role::ReqParticipant).rsvp(false));
    let mut calendar = blank(if entry.cancelled { "CANCEL" } else { "REQUEST" });
    calendar.push(event.done());
    folded(&calendar.to_string())
}

/// Lines of at most 75 octets, broken between letters (RFC 5545 §3.1). The crate counts the blank that begins the rest of a
/// line no octet.
fn folded(text: &str) -> String {
    const OCTETS: usize = 75;
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut taken = 0;
        for letter in line.chars() {
            if taken + letter.len_utf8() > OCTETS {
                folded.push_str("\r\n ");
                taken = 1;
            }
            folded.push(letter);
            taken += letter.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

fn blank(method: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", method)] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
}

fn event(entry: &Entry) -> Event {
    let mut event = Event::new();
    event
        .uid(&line(&entry.uid))
        .sequence(u32::try_from(entry.sequence.max(0)).unwrap_or(u32::MAX))
        .timestamp(entry.stamp)
        .starts(entry.starts)
        .ends(entry.ends)
        .summary(&line(&entry.summary))
        .status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    for (key, text) in
        [("LOCATION", line(&entry.location)), ("DESCRIPTION", lines(&entry.description)), ("URL", address_of_page(&entry.url))]
    {
        if !text.is_empty() {
            event.append_property(Property::new(key, text));
        }
    }
    event.done()
}

/// Text in several lines, without other control characters.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Text in one line.
fn line(text: &str) -> String {
    text.split(char::is_control).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Addresses are written without escapes: whatever could end one is left out.
fn address_of_page(url: &str) -> String {
    url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

fn address(email: &str) -> String {
    let email: String =
        email.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | ';' | ',')).collect();
    format!("mailto:{email}")
}
