//! Letters on requests for places.

use domain::accounts::Language;
use domain::requests::StepKind;
use operations::notices::RequestFacts;

use super::{Envelope, Invitation, opening};
use crate::wording::{letters as say, refusals, requests as words};

/// What was decided on requests, for their organisation.
pub(super) fn decided(
    envelope: &Envelope<'_>,
    organisation: &str,
    requests: &[RequestFacts],
) -> (String, Vec<String>, Vec<Invitation>) {
    let l = envelope.language;
    let lines: Vec<String> = requests.iter().map(|request| line(envelope, request)).collect();
    let course = requests.first().map(|request| match l {
        Language::Vietnamese => request.course_title.clone(),
        Language::English => request.course_title_english.clone(),
    });
    let course = course.unwrap_or_default();
    let mut text = opening(say::greeting(l), &say::requests_decided(l, organisation), &lines);
    text.extend([String::new(), say::course(l, &course)]);
    (say::requests_subject(l, &course), text, Vec::new())
}

fn line(envelope: &Envelope<'_>, request: &RequestFacts) -> String {
    let l = envelope.language;
    let state = words::state_word(l, request.state);
    let (person, why) = (&request.person, refusals::sentences(l, &request.no_seat));
    let outcome = match (&request.run, request.after) {
        (Some(run), Some(StepKind::Undone)) => say::request_undone(l, person, run, state),
        (Some(run), Some(StepKind::Declined)) => say::request_declined(l, person, run),
        (Some(run), Some(StepKind::Lapsed)) => say::request_lapsed(l, person, run),
        (Some(run), _) if !why.is_empty() => say::request_kept(l, person, run),
        (Some(run), _) => say::request_placed(l, person, state, run),
        (None, _) => say::request_line(l, person, state),
    };
    let no_seat = (!why.is_empty()).then(|| format!("\n    {}", say::request_no_seat(l, &why)));
    let reason = (!request.reason.is_empty()).then(|| format!("\n    {}", say::reason(l, &request.reason)));
    let page = say::request_page(l, &format!("{}/requests/{}", envelope.public_url, request.id));
    format!("{outcome}{}{}\n    {page}", no_seat.unwrap_or_default(), reason.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::ids::RequestId;
    use domain::requests::State;
    use operations::notices::Letter;
    use uuid::Uuid;

    use super::super::write;
    use super::*;

    #[test]
    fn one_letter_says_what_became_of_each() {
        let facts = |n: u128, state, run: Option<&str>, reason: &str| RequestFacts {
            id: RequestId(Uuid::from_u128(n)),
            person: format!("Lê Thị Số {n}"),
            course_title: "Kế toán".into(),
            course_title_english: "Accounts".into(),
            state,
            run: run.map(str::to_owned),
            reason: reason.into(),
            no_seat: domain::Faults::default(),
            after: None,
        };
        let barred = Refusal::NotSelected { year: 2026 };
        let requests = vec![
            facts(1, State::Placed, Some("Lớp 3"), ""),
            facts(2, State::Approved, None, ""),
            facts(3, State::Returned, None, "Thiếu năm sinh"),
            RequestFacts { no_seat: barred.clone().into(), ..facts(4, State::Approved, None, "") },
            RequestFacts { no_seat: barred.clone().into(), ..facts(5, State::Placed, Some("Lớp 5"), "") },
            RequestFacts { after: Some(StepKind::Undone), ..facts(6, State::WaitingProvince, Some("Lớp 6"), "") },
            RequestFacts { after: Some(StepKind::Lapsed), ..facts(7, State::Withdrawn, Some("Lớp 7"), "") },
            RequestFacts { after: Some(StepKind::Declined), ..facts(8, State::Withdrawn, Some("Lớp 8"), "") },
        ];
        let envelope = Envelope {
            language: Language::English,
            public_url: "https://ocop.example",
            from: "office@ocop.example",
            to: "reader@ocop.example",
            decided: chrono::DateTime::UNIX_EPOCH,
        };
        let letter = Letter::RequestsDecided { organisation: "HTX Ví Dụ".into(), requests };
        let written = write(&letter, &envelope);
        assert_eq!(written.subject, "Your requests for places: Accounts");
        for line in [
            "Lê Thị Số 1: Approved, placed: Lớp 3",
            "Lê Thị Số 2: Approved, no seat yet",
            "Lê Thị Số 3: Returned",
            "Lê Thị Số 4: Approved, no seat yet\n    Why there is no seat: ",
            "Lê Thị Số 5: no seat in the class asked for, so the place in Lớp 5 is kept\n    Why there is no seat: ",
            "Lê Thị Số 6: the placing in Lớp 6 was taken back, and the place with it. The request stands now at: Waits for the province",
            "Lê Thị Số 7: the seat offered in Lớp 7 was not answered for in time",
            "Lê Thị Số 8: declined the seat offered in Lớp 8",
            "Reason: Thiếu năm sinh",
            "https://ocop.example/requests/00000000-0000-0000-0000-000000000003",
        ] {
            assert!(written.text.contains(line), "{line}: {}", written.text);
        }
        assert_eq!(written.text.matches(&refusals::say(Language::English, &barred)).count(), 2, "{}", written.text);
        let vietnamese = write(&letter, &Envelope { language: Language::Vietnamese, ..envelope });
        assert!(vietnamese.text.contains("việc xếp vào Lớp 6 đã được hoàn tác"), "{}", vietnamese.text);
        assert!(vietnamese.text.contains("Đã duyệt, có chỗ: Lớp 3"), "{}", vietnamese.text);
    }
}
