//! Letters on requests for places.

use domain::accounts::Language;
use operations::notices::RequestFacts;

use super::{Envelope, Invitation, opening};
use crate::wording::{letters as say, requests as words};

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
    let outcome = match &request.run {
        Some(run) => say::request_placed(l, &request.person, state, run),
        None => say::request_line(l, &request.person, state),
    };
    let reason = (!request.reason.is_empty()).then(|| format!("\n    {}", say::reason(l, &request.reason)));
    let page = say::request_page(l, &format!("{}/requests/{}", envelope.public_url, request.id));
    format!("{outcome}{}\n    {page}", reason.unwrap_or_default())
}

#[cfg(test)]
mod tests {
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
        };
        let requests = vec![
            facts(1, State::Placed, Some("Lớp 3"), ""),
            facts(2, State::Approved, None, ""),
            facts(3, State::Returned, None, "Thiếu năm sinh"),
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
            "Reason: Thiếu năm sinh",
            "https://ocop.example/requests/00000000-0000-0000-0000-000000000003",
        ] {
            assert!(written.text.contains(line), "{line}: {}", written.text);
        }
        let vietnamese = write(&letter, &Envelope { language: Language::Vietnamese, ..envelope });
        assert!(vietnamese.text.contains("Đã duyệt, có chỗ: Lớp 3"), "{}", vietnamese.text);
    }
}
