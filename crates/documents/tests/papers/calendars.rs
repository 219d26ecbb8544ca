//! Calendar files, read back by a parser.

use chrono::{DateTime, Utc};
use documents::calendars::{Entry, feed, invitation};
use icalendar::{Calendar, Component, EventLike};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn entry() -> Entry {
    Entry {
        uid: "0192-7@ocop.example.vn".into(),
        sequence: 3,
        stamp: at("2026-03-01T02:00:00Z"),
        starts: at("2026-03-12T01:00:00Z"),
        ends: at("2026-03-12T04:30:00Z"),
        summary: "Lớp 1; buổi sáng, nhãn mác \\ bao bì\r\nBEGIN:VALARM".into(),
        location: "Hội trường UBND xã Nga An, Thanh Hóa".into(),
        description: "Mang theo CCCD;\r\nđến trước 15 phút.\u{7} ".repeat(6),
        url: "https://ocop.example.vn/runs/1?a=1,2;b\r\nX-EVIL:1".into(),
        cancelled: false,
    }
}

fn parsed(text: &str) -> Calendar {
    text.parse().unwrap()
}

#[test]
fn a_feed_says_what_was_put_in() {
    let cancelled = Entry { cancelled: true, uid: "2".into(), ..entry() };
    let text = feed("Lịch tập huấn OCOP, Thanh Hóa", &[entry(), cancelled]);
    let calendar = parsed(&text);
    assert_eq!(calendar.property_value("X-WR-CALNAME"), Some("Lịch tập huấn OCOP, Thanh Hóa"));
    assert_eq!(calendar.property_value("X-WR-TIMEZONE"), Some("Asia/Ho_Chi_Minh"));
    assert!(calendar.property_value("REFRESH-INTERVAL").is_some());
    let events: Vec<_> = calendar.events().collect();
    assert_eq!(events.len(), 2);
    let event = events[0];
    assert_eq!(event.get_uid(), Some("0192-7@ocop.example.vn"));
    assert_eq!(event.get_sequence(), Some(3));
    assert_eq!(event.get_timestamp(), Some(at("2026-03-01T02:00:00Z")));
    assert_eq!(event.get_summary(), Some("Lớp 1; buổi sáng, nhãn mác \\ bao bì BEGIN:VALARM"));
    assert_eq!(event.get_location(), Some("Hội trường UBND xã Nga An, Thanh Hóa"));
    let description = "Mang theo CCCD;\nđến trước 15 phút. ".repeat(6);
    assert_eq!(event.get_description(), Some(description.as_str()));
    assert_eq!(event.property_value("STATUS"), Some("CONFIRMED"));
    assert_eq!(events[1].property_value("STATUS"), Some("CANCELLED"));
    assert!(text.contains("DTSTART;TZID=Asia/Ho_Chi_Minh:20260312T080000\r\n"));
    assert!(text.contains("DTEND;TZID=Asia/Ho_Chi_Minh:20260312T113000\r\n"));
    assert_eq!(text.matches("BEGIN:VTIMEZONE\r\n").count(), 1);
}

#[test]
fn every_line_is_short_and_ends_as_it_should() {
    let text = feed("Lịch", &[entry()]);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n', '\u{7}']));
    }
    // Nothing that was typed becomes a line of its own.
    assert!(!text.contains("\r\nBEGIN:VALARM"));
    assert!(!text.contains("\r\nX-EVIL"));
}

#[test]
fn invitations_ask_and_withdraw() {
    let asked = invitation(&entry(), "lop@ocop.example.vn", "an@example.vn");
    assert!(asked.contains("METHOD:REQUEST\r\n"));
    assert!(asked.contains("ORGANIZER:mailto:lop@ocop.example.vn\r\n"));
    let calendar = parsed(&asked);
    let attendees = calendar.events().next().unwrap().get_attendees();
    assert_eq!(attendees.len(), 1);

    let withdrawn = Entry { cancelled: true, sequence: 4, ..entry() };
    let withdrawn = invitation(&withdrawn, "lop@ocop.example.vn", "an@example.vn");
    assert!(withdrawn.contains("METHOD:CANCEL\r\n"));
    assert!(withdrawn.contains("STATUS:CANCELLED\r\n"));
    assert!(withdrawn.contains("SEQUENCE:4\r\n"));
}

#[test]
fn the_same_entries_give_the_same_bytes() {
    assert_eq!(feed("Lịch", &[entry()]), feed("Lịch", &[entry()]));
}

#[test]
fn an_empty_feed_still_has_a_component() {
    let text = feed("Lịch", &[]);
    assert!(text.contains("BEGIN:VTIMEZONE\r\n") && text.ends_with("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"), "{text}");
}

/// The value of a property, unfolded and without escapes, as RFC 5545 §3.1 and §3.3.11 have it.
fn read(text: &str, name: &str) -> String {
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap().to_owned();
    let mut value = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().unwrap() {
                'n' | 'N' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    value
}

proptest! {
    #[test]
    fn whatever_is_typed_folds_and_comes_back(text in "[\\PC\n]{0,120}", more in "(Lớp|tập|huấn|🌾|👩🏽‍🌾|,|;|\\\\|\n| |ẫ){0,60}") {
        let typed = format!("{text}{more}x");
        let entry = Entry { summary: typed.replace('\n', " "), description: typed.clone(), ..entry() };
        let file = feed("Lịch", std::slice::from_ref(&entry));
        for line in file.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        prop_assert_eq!(read(&file, "DESCRIPTION"), typed.as_str());
        prop_assert_eq!(read(&file, "SUMMARY"), entry.summary.as_str());
    }
}
