//! Letters in words: what the outbox holds, as a subject, a plain text and files for the calendar.

mod forms;
mod requests;
mod seats;

use chrono::{DateTime, Utc};
use documents::calendars::{self, Entry};
use domain::accounts::Language;
use domain::time::{local_day, local_time, show_day, show_instant, show_time};
use operations::notices::{Leaving, Letter, RunFacts, SessionFacts};

use crate::wording::{letters as say, shell};

/// A letter, ready to be put into an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// Its subject line.
    pub subject: String,
    /// What it says, in lines. May hold a secret.
    pub text: String,
    /// What calendar programs are told.
    pub invitations: Vec<Invitation>,
}

/// One session for the reader's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What is to be done with it: `REQUEST` or `CANCEL`.
    pub method: &'static str,
    /// The calendar file.
    pub content: String,
}

/// Who writes to whom, and when.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'e> {
    /// The language of the reader.
    pub language: Language,
    /// Where the program is reached, without a slash at its end.
    pub public_url: &'e str,
    /// The address letters come from.
    pub from: &'e str,
    /// The address of the reader.
    pub to: &'e str,
    /// When the letter was decided on.
    pub decided: DateTime<Utc>,
}

/// Puts a letter into words.
#[must_use]
pub fn write(letter: &Letter, envelope: &Envelope<'_>) -> Written {
    let l = envelope.language;
    let (subject, mut lines, invitations) = match letter {
        Letter::EnrolmentConfirmed { people, run } => {
            let mut lines = opening(say::greeting(l), say::enrolled(l), people);
            lines.extend(about(envelope, run));
            lines.extend(["".into(), say::invitation(l).into(), page(envelope, run)]);
            (say::enrolled_subject(l, title(l, run), &run.name), lines, invite(envelope, run, &run.sessions, false))
        }
        Letter::RunChanged { people, run, removed } => {
            let mut lines = opening(say::greeting(l), say::changed(l), people);
            lines.extend(about(envelope, run));
            if !removed.is_empty() {
                lines.extend(["".into(), say::removed(l).into()]);
                lines.extend(removed.iter().map(session));
            }
            lines.extend(["".into(), say::invitation(l).into(), page(envelope, run)]);
            let mut invitations = invite(envelope, run, &run.sessions, false);
            invitations.extend(invite(envelope, run, removed, true));
            (say::changed_subject(l, title(l, run), &run.name), lines, invitations)
        }
        Letter::RunCancelled { people, run, reason } => {
            let mut lines = opening(say::greeting(l), say::cancelled(l), people);
            lines.extend(["".into(), say::reason(l, reason)]);
            lines.extend(about(envelope, run));
            lines.extend(["".into(), say::withdrawal(l).into(), page(envelope, run)]);
            (say::cancelled_subject(l, title(l, run), &run.name), lines, invite(envelope, run, &run.sessions, true))
        }
        Letter::PlaceLeft { person, run, leaving, to_person } => {
            let sentence = match leaving {
                Leaving::Withdrawn => say::left_withdrawn(l).to_owned(),
                Leaving::To(instead) => say::left_to(l, instead),
                Leaving::Moved => say::left_moved(l).to_owned(),
            };
            let mut lines = opening(say::greeting(l), &sentence, std::slice::from_ref(person));
            lines.extend(about(envelope, run));
            let invitations = if *to_person { invite(envelope, run, &run.sessions, true) } else { Vec::new() };
            if *to_person {
                lines.extend(["".into(), say::withdrawal(l).into()]);
            }
            lines.extend(["".into(), page(envelope, run)]);
            (say::left_subject(l, title(l, run), &run.name), lines, invitations)
        }
        Letter::WaitingCancelled { people, run, reason } => seats::waiting_cancelled(envelope, people, run, reason),
        Letter::TeachingChanged { run, released } => {
            let sentence = if run.sessions.is_empty() { say::teaches_no_longer(l) } else { say::teaches(l) };
            let mut lines = opening(say::greeting_one(l), sentence, &[]);
            lines.extend(about(envelope, run));
            if !released.is_empty() {
                lines.extend(["".into(), say::released(l).into()]);
                lines.extend(released.iter().map(session));
            }
            lines.extend(["".into(), say::invitation(l).into(), page(envelope, run)]);
            let mut invitations = invite(envelope, run, &run.sessions, false);
            invitations.extend(invite(envelope, run, released, true));
            (say::teaches_subject(l, title(l, run), &run.name), lines, invitations)
        }
        Letter::TeachingCancelled { run, reason } => {
            let mut lines = opening(say::greeting_one(l), say::teaching_cancelled(l), &[]);
            lines.extend(["".into(), say::reason(l, reason)]);
            lines.extend(about(envelope, run));
            lines.extend(["".into(), say::withdrawal(l).into(), page(envelope, run)]);
            (say::cancelled_subject(l, title(l, run), &run.name), lines, invite(envelope, run, &run.sessions, true))
        }
        Letter::RunInvited { id, organisation, run, enrol_until } => {
            let mut lines = opening(say::greeting(l), &say::invited(l, organisation), &[]);
            lines.extend(about(envelope, run));
            let enrol = format!("{}/runs/{}/enrol?organisation={id}", envelope.public_url, run.id);
            lines.extend([
                "".into(),
                say::enrol_until(l, &show_day(*enrol_until)),
                say::enrol_at(l, &enrol),
                page(envelope, run),
            ]);
            (say::invited_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::SeatsPromised { organisation, allotment, holder, run, seats, until } => {
            let mut lines = opening(say::greeting(l), &say::promised(l, *seats, holder), &[]);
            lines.extend(about(envelope, run));
            let address = match organisation {
                Some(id) => say::enrol_at(l, &format!("{}/runs/{}/enrol?organisation={id}", envelope.public_url, run.id)),
                None => say::divide_at(l, &format!("{}/allotments/{allotment}", envelope.public_url)),
            };
            lines.extend(["".into(), say::promised_until(l, &show_day(*until)), address, page(envelope, run)]);
            (say::promised_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::SeatsTakenBack { promises, run, reason } => seats::taken_back(envelope, promises, run, reason),
        Letter::OfferOver { person, organisation, run, expired, again } => {
            seats::offer_over(envelope, (person, organisation), run, (*expired, *again))
        }
        Letter::SeatOffered { person, organisation, run, link, code, expires } => {
            let mut lines = opening(say::greeting(l), &say::offered(l, person, organisation), &[]);
            lines.extend(about(envelope, run));
            let typed = say::offered_code(l, code, &format!("{}/offers", envelope.public_url));
            lines.extend(["".into(), say::offered_until(l, &show_instant(*expires)), say::offered_at(l, link), typed]);
            (say::offered_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::CertificateIssued { run, certificates } => {
            let certificates: Vec<_> =
                certificates.iter().map(|one| say::certificate(l, &one.person, &one.serial, &one.link)).collect();
            let mut lines = opening(say::greeting(l), say::issued(l), &certificates);
            lines.extend(["".into(), say::course(l, title(l, run)), say::run(l, &run.name)]);
            (say::issued_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::RegistrationStepped { state, form } => forms::stepped(envelope, *state, form),
        Letter::DeadlineNear { state, form } => forms::deadline_near(envelope, *state, form),
        Letter::ListForwarded { list } => forms::list_forwarded(envelope, list),
        Letter::ListReturned { list, reason } => forms::list_returned(envelope, list, reason),
        Letter::ProductsDecided { number, decided_on, year, products } => {
            forms::products_decided(envelope, (number, *decided_on, *year), products)
        }
        Letter::ExceptionGranted { organisation, run, reason } => {
            let mut lines = opening(say::greeting(l), say::excepted(l), &[]);
            lines.extend(["".into(), say::form_organisation(l, organisation), say::reason(l, reason)]);
            lines.extend(about(envelope, run));
            lines.extend(["".into(), say::excepted_next(l).into(), page(envelope, run)]);
            (say::excepted_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::ExceptionWithdrawn { organisation, run, reason, places } => {
            let mut lines = opening(say::greeting(l), say::unexcepted(l), &[]);
            lines.extend(["".into(), say::form_organisation(l, organisation), say::reason(l, reason)]);
            if *places > 0 {
                lines.extend(["".into(), say::unexcepted_keep(l, *places)]);
            }
            lines.extend(about(envelope, run));
            lines.extend(["".into(), page(envelope, run)]);
            (say::unexcepted_subject(l, title(l, run), &run.name), lines, Vec::new())
        }
        Letter::RequestsDecided { organisation, requests } => requests::decided(envelope, organisation, requests),
        Letter::PasswordReset { link, expires } => {
            let mut lines = opening(say::greeting_one(l), &say::reset(l, &show_instant(*expires)), &[]);
            lines.extend(["".into(), link.clone(), "".into(), say::reset_not_me(l).into()]);
            (say::reset_subject(l).to_owned(), lines, Vec::new())
        }
    };
    lines.extend(["".into(), shell::office(l).into(), say::automatic(l).into(), "".into()]);
    Written { subject, text: lines.join("\n"), invitations }
}

fn opening(greeting: &str, sentence: &str, people: &[String]) -> Vec<String> {
    let mut lines = vec![greeting.to_owned(), String::new(), sentence.to_owned()];
    lines.extend(people.iter().map(|person| format!("  - {person}")));
    lines
}

fn about(envelope: &Envelope<'_>, run: &RunFacts) -> Vec<String> {
    let l = envelope.language;
    let mut lines = vec![
        String::new(),
        say::course(l, title(l, run)),
        say::run(l, &run.name),
        say::unit(l, &run.unit),
        say::venue(l, &run.venue),
    ];
    if !run.sessions.is_empty() {
        lines.extend([String::new(), say::sessions(l).to_owned()]);
        lines.extend(run.sessions.iter().map(session));
    }
    lines
}

fn session(session: &SessionFacts) -> String {
    let (starts, ends) = (show_time(local_time(session.starts)), show_time(local_time(session.ends)));
    let topic = if session.topic.is_empty() { String::new() } else { format!(": {}", session.topic) };
    format!("  - {}, {starts}–{ends}, {}{topic}", show_day(local_day(session.starts)), session.venue)
}

fn page(envelope: &Envelope<'_>, run: &RunFacts) -> String {
    say::page(envelope.language, &format!("{}/runs/{}", envelope.public_url, run.id))
}

fn title(l: Language, run: &RunFacts) -> &str {
    match l {
        Language::Vietnamese => &run.course_title,
        Language::English => &run.course_title_english,
    }
}

/// One file a session: a message for a calendar speaks of one thing (RFC 5546 §3.2).
fn invite(envelope: &Envelope<'_>, run: &RunFacts, sessions: &[SessionFacts], cancelled: bool) -> Vec<Invitation> {
    let entry = |session: &SessionFacts| Entry {
        uid: domain::runs::calendar_uid(session.id),
        sequence: run.sequence,
        stamp: envelope.decided,
        starts: session.starts,
        ends: session.ends,
        summary: format!("{} – {}", title(envelope.language, run), run.name),
        location: session.venue.clone(),
        description: session.topic.clone(),
        url: format!("{}/runs/{}", envelope.public_url, run.id),
        cancelled,
    };
    let method = if cancelled { "CANCEL" } else { "REQUEST" };
    let file = |session| Invitation { method, content: calendars::invitation(&entry(session), envelope.from, envelope.to) };
    sessions.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use domain::ids::{AllotmentId, OrganisationId, RunId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_exception_is_told_with_its_reason_and_its_end_with_who_stays() {
        let run = RunFacts {
            id: RunId(Uuid::from_u128(7)),
            course_title: "Kế hoạch tài chính".into(),
            course_title_english: "Financial planning".into(),
            name: "Lớp 2".into(),
            venue: "Hội trường".into(),
            unit: "Huyện Thọ Xuân".into(),
            sequence: 0,
            sessions: Vec::new(),
        };
        let (organisation, reason) = ("HTX Ví Dụ".to_owned(), "Dẫn dắt chuỗi".to_owned());
        let granted = Letter::ExceptionGranted { organisation: organisation.clone(), run: run.clone(), reason: reason.clone() };
        let withdrawn = |places| Letter::ExceptionWithdrawn {
            organisation: organisation.clone(),
            run: run.clone(),
            reason: reason.clone(),
            places,
        };
        for (language, letter, subject, sentences) in [
            (
                Language::Vietnamese,
                &granted,
                "Được phép tham gia lớp tập huấn: Kế hoạch tài chính – Lớp 2",
                ["dù chưa có sản phẩm được chọn", "Lý do: Dẫn dắt chuỗi", "Hãy đăng ký người tham gia"],
            ),
            (
                Language::English,
                &withdrawn(2),
                "Permission to take part withdrawn: Financial planning – Lớp 2",
                ["was withdrawn", "Organisation: HTX Ví Dụ", "keep their places: 2."],
            ),
        ] {
            let (public_url, from, to) = ("https://ocop.example", "office@ocop.example", "reader@ocop.example");
            let envelope = Envelope { language, public_url, from, to, decided: DateTime::UNIX_EPOCH };
            let written = write(letter, &envelope);
            assert_eq!(written.subject, subject);
            assert!(written.text.contains("https://ocop.example/runs/00000000-0000-0000-0000-000000000007"), "{}", written.text);
            for sentence in sentences {
                assert!(written.text.contains(sentence), "{sentence}: {}", written.text);
            }
            assert!(written.invitations.is_empty());
        }
        let envelope = Envelope { language: Language::English, public_url: "", from: "", to: "", decided: DateTime::UNIX_EPOCH };
        assert!(!write(&withdrawn(0), &envelope).text.contains("keep their places"), "nobody has a place to keep");
    }

    #[test]
    fn kept_seats_are_told_with_what_to_do_and_until_when() {
        let run = RunFacts {
            id: RunId(Uuid::from_u128(7)),
            course_title: "Kế hoạch tài chính".into(),
            course_title_english: "Financial planning".into(),
            name: "Lớp 2".into(),
            venue: "Hội trường".into(),
            unit: "Huyện Thọ Xuân".into(),
            sequence: 0,
            sessions: Vec::new(),
        };
        let promised = |organisation: Option<u128>| Letter::SeatsPromised {
            organisation: organisation.map(|id| OrganisationId(Uuid::from_u128(id))),
            allotment: AllotmentId(Uuid::from_u128(9)),
            holder: "HTX Ví Dụ".into(),
            run: run.clone(),
            seats: 2,
            until: "2019-06-20".parse().unwrap(),
        };
        let offered = Letter::SeatOffered {
            person: "Lê Thị Hà".into(),
            organisation: "HTX Ví Dụ".into(),
            run: run.clone(),
            link: "https://ocop.example/offers/abc".into(),
            code: "k7m2-9xqa".into(),
            expires: DateTime::UNIX_EPOCH,
        };
        for (language, letter, sentences) in [
            (
                Language::Vietnamese,
                &promised(Some(8)),
                ["2 chỗ của lớp", "hết ngày 20/06/2019", "/enrol?organisation=00000000-0000-0000-0000-000000000008"],
            ),
            (
                Language::English,
                &promised(None),
                ["2 seats", "end of 20/06/2019", "/allotments/00000000-0000-0000-0000-000000000009"],
            ),
            (
                Language::Vietnamese,
                &offered,
                ["Lê Thị Hà", "https://ocop.example/offers/abc", "mã k7m2-9xqa tại https://ocop.example/offers,"],
            ),
        ] {
            let (public_url, from, to) = ("https://ocop.example", "office@ocop.example", "reader@ocop.example");
            let written = write(letter, &Envelope { language, public_url, from, to, decided: DateTime::UNIX_EPOCH });
            for sentence in sentences {
                assert!(written.text.contains(sentence), "{sentence}: {}", written.text);
            }
        }
    }
}
