//! Letters about seats that are kept no more: promised, offered, or waited for.

use operations::notices::RunFacts;

use super::{Envelope, Invitation, about, opening, page, title};
use crate::wording::letters as say;

/// Subject, lines, and nothing for the calendar: who had no place has nothing there.
type Said = (String, Vec<String>, Vec<Invitation>);

pub(super) fn waiting_cancelled(envelope: &Envelope<'_>, people: &[String], run: &RunFacts, reason: &str) -> Said {
    let l = envelope.language;
    let mut lines = opening(say::greeting(l), say::waiting_cancelled(l), people);
    lines.extend(["".into(), say::reason(l, reason)]);
    lines.extend(about(envelope, run));
    lines.extend(["".into(), page(envelope, run)]);
    (say::cancelled_subject(l, title(l, run), &run.name), lines, Vec::new())
}

pub(super) fn taken_back(envelope: &Envelope<'_>, promises: &[(String, i64)], run: &RunFacts, reason: &str) -> Said {
    let l = envelope.language;
    let promises: Vec<String> = promises.iter().map(|(holder, seats)| say::taken_back_line(l, holder, *seats)).collect();
    let mut lines = opening(say::greeting(l), say::taken_back(l), &promises);
    lines.extend(["".into(), say::taken_back_keep(l).into(), say::reason(l, reason)]);
    lines.extend(about(envelope, run));
    lines.extend(["".into(), page(envelope, run)]);
    (say::taken_back_subject(l, title(l, run), &run.name), lines, Vec::new())
}

pub(super) fn offer_over(
    envelope: &Envelope<'_>,
    (person, organisation): (&str, &str),
    run: &RunFacts,
    (expired, again): (bool, bool),
) -> Said {
    let l = envelope.language;
    let sentence =
        if expired { say::offer_expired(l, person, organisation) } else { say::offer_taken_back(l, person, organisation) };
    let mut lines = opening(say::greeting(l), &sentence, &[]);
    let next = match (expired, again) {
        (true, true) => Some(say::offer_again(l)),
        (true, false) => None,
        (false, _) => Some(say::offer_waits_on(l)),
    };
    lines.extend(next.map(ToOwned::to_owned));
    lines.extend(about(envelope, run));
    lines.extend(["".into(), page(envelope, run)]);
    (say::offer_over_subject(l, title(l, run), &run.name), lines, Vec::new())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::accounts::Language;
    use domain::ids::RunId;
    use operations::notices::{Leaving, Letter};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_kept_no_more_is_told_with_what_can_be_done() {
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
        let over = |expired, again| Letter::OfferOver {
            person: "Lê Thị Hà".into(),
            organisation: "HTX Ví Dụ".into(),
            run: run.clone(),
            expired,
            again,
        };
        let left = |leaving| Letter::PlaceLeft { person: "Lê Thị Hà".into(), run: run.clone(), leaving, to_person: true };
        let taken = Letter::SeatsTakenBack {
            promises: vec![("HTX Ví Dụ".into(), 2), ("Huyện Thọ Xuân".into(), 3)],
            run: run.clone(),
            reason: "Thu hẹp".into(),
        };
        let cancelled =
            Letter::WaitingCancelled { people: vec!["Lê Thị Hà".into()], run: run.clone(), reason: "Bão số 3".into() };
        let (vi, en) = (Language::Vietnamese, Language::English);
        for (language, letter, said, unsaid) in [
            (vi, over(true, true), vec!["Lê Thị Hà (HTX Ví Dụ)", "đã hết hạn", "đăng ký lại"], "thu lại"),
            (vi, over(true, false), vec!["đã hết hạn"], "đăng ký lại"),
            (en, over(true, true), vec!["ran out", "join the waiting list again"], "taken back"),
            (vi, over(false, true), vec!["thu lại", "vẫn ở trong danh sách chờ"], "hết hạn"),
            (en, over(false, true), vec!["taken back", "stays on the waiting list"], "ran out"),
            (
                vi,
                taken.clone(),
                vec!["HTX Ví Dụ: 2 chỗ", "Huyện Thọ Xuân: 3 chỗ", "Lý do: Thu hẹp", "giữ nguyên"],
                "HTX Ví Dụ: 3",
            ),
            (en, taken, vec!["HTX Ví Dụ: 2 seats", "keep their places"], "chỗ"),
            (vi, cancelled.clone(), vec!["đang chờ", "Lê Thị Hà", "Lý do: Bão số 3"], "Tệp lịch"),
            (en, cancelled, vec!["wait", "will not take place"], "calendar"),
            (vi, left(Leaving::Withdrawn), vec!["không còn chỗ", "Lê Thị Hà", "Tệp lịch"], "dự thay"),
            (vi, left(Leaving::To("Trần Văn Nam".into())), vec!["Trần Văn Nam dự thay"], "không còn chỗ"),
            (en, left(Leaving::Moved), vec!["having moved"], "instead"),
        ] {
            let (public_url, from, to) = ("https://ocop.example", "office@ocop.example", "reader@ocop.example");
            let envelope = Envelope { language, public_url, from, to, decided: DateTime::UNIX_EPOCH };
            let written = crate::letters::write(&letter, &envelope);
            for sentence in said {
                assert!(written.text.contains(sentence), "{sentence}: {}", written.text);
            }
            assert!(!written.text.contains(unsaid), "{unsaid}: {}", written.text);
        }
    }
}
