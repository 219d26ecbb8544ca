//! Two readers of calendar files that know nothing of each other or of us: PyPI `icalendar` and `vobject`, run by the
//! Python of `TEST_PYTHON` (`bin/test` sets it).

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// What each reader makes of a file, in one shape.
const READ: &str = r#"
import json, sys, icalendar, vobject
text = sys.stdin.buffer.read()
def day(at):
    return at.strftime("%Y-%m-%dT%H:%M%z")
calendar = icalendar.Calendar.from_ical(text)
one = []
for event in calendar.walk("VEVENT"):
    field = lambda name: str(event.get(name, ""))
    one.append({"uid": field("UID"), "sequence": int(event["SEQUENCE"]), "starts": day(event["DTSTART"].dt), "ends": day(event["DTEND"].dt),
        "zone": event["DTSTART"].params.get("TZID", ""), "summary": field("SUMMARY"), "location": field("LOCATION"),
        "description": field("DESCRIPTION"), "status": field("STATUS"), "url": field("URL")})
    assert not event.errors, event.errors
two = []
parsed = vobject.readOne(text.decode())
for event in getattr(parsed, "vevent_list", []):
    field = lambda name: getattr(event, name).value if hasattr(event, name) else ""
    two.append({"uid": field("uid"), "sequence": int(field("sequence")), "starts": day(event.dtstart.value), "ends": day(event.dtend.value),
        "zone": event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID", event.dtstart.params.get("TZID", [""]))[0], "summary": field("summary"),
        "location": field("location"), "description": field("description"), "status": field("status"), "url": field("url")})
json.dump({"name": str(calendar.get("X-WR-CALNAME", "")), "method": str(calendar.get("METHOD", "")), "one": one, "two": two}, sys.stdout)
"#;

/// What a reader says of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    pub uid: String,
    pub sequence: i64,
    /// `2019-07-02T07:30+0700`.
    pub starts: String,
    pub ends: String,
    pub zone: String,
    pub summary: String,
    pub location: String,
    pub description: String,
    pub status: String,
    pub url: String,
}

/// What both readers say of a file.
#[derive(Debug, Deserialize)]
pub struct File {
    pub name: String,
    pub method: String,
    one: Vec<Event>,
    two: Vec<Event>,
}

impl File {
    /// The entries, which both readers must have read alike.
    pub fn events(&self) -> &[Event] {
        assert_eq!(self.one, self.two, "the readers disagree");
        &self.one
    }
}

/// Reads a calendar file.
pub fn read(text: &str) -> File {
    let python =
        std::env::var("TEST_PYTHON").expect("TEST_PYTHON is not set to a Python with icalendar and vobject: run bin/test");
    let mut reader = Command::new(python)
        .args(["-c", READ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, bytes) = (reader.stdin.take().unwrap(), text.as_bytes().to_vec());
    let writing = std::thread::spawn(move || input.write_all(&bytes));
    let output = reader.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}\n{text}", String::from_utf8_lossy(&output.stderr)))
}
