//! Letters about product registration forms, the lists they go on in, and what is decided.

use chrono::NaiveDate;
use domain::registrations::State;
use domain::time::show_day;
use operations::notices::{FormFacts, ListFacts, ProductFacts};

use super::{Envelope, Invitation, opening};
use crate::wording::{choices, form_words, letters as say};

/// Subject, lines, and what calendars are told: nothing.
type Parts = (String, Vec<String>, Vec<Invitation>);

/// What happened to a form, for its organisation.
pub(super) fn stepped(envelope: &Envelope<'_>, state: State, form: &FormFacts) -> Parts {
    let l = envelope.language;
    let named = choices::registration_state(l, state);
    let (subject, sentence) = match state {
        State::Submitted => (say::form_submitted_subject(l, &form.product), say::form_submitted(l).into()),
        State::Returned => (say::form_returned_subject(l, &form.product), say::form_returned(l).into()),
        _ => (say::form_stepped_subject(l, &form.product, named), say::form_stepped(l, named)),
    };
    let mut lines = opening(say::greeting(l), &sentence, &[]);
    lines.extend([
        String::new(),
        say::form_product(l, &form.product),
        say::form_organisation(l, &form.organisation),
        say::form_year(l, form.year),
    ]);
    lines.extend(form.number.map(|number| say::form_number(l, number)));
    lines.extend(form.due_on.map(|day| say::form_due(l, &show_day(day))));
    if !form.reason.is_empty() {
        lines.push(say::reason(l, &form.reason));
    }
    if !form.remarks.is_empty() {
        lines.extend([String::new(), say::form_remarks(l).into()]);
        lines.extend(form.remarks.iter().map(|(subject, remark)| format!("  - {}: {remark}", form_words::subject(l, subject))));
    }
    lines.extend([String::new(), say::form_page(l, &format!("{}/registrations/{}", envelope.public_url, form.id))]);
    (subject, lines, Vec::new())
}

/// The last day of a form is near, for its organisation.
pub(super) fn deadline_near(envelope: &Envelope<'_>, state: State, form: &FormFacts) -> Parts {
    let l = envelope.language;
    let day = form.due_on.map(show_day).unwrap_or_default();
    let sentence = if state == State::Returned { say::form_return_due(l, &day) } else { say::form_draft_due(l, &day) };
    let mut lines = opening(say::greeting(l), &sentence, &[]);
    lines.extend([
        String::new(),
        say::form_product(l, &form.product),
        say::form_organisation(l, &form.organisation),
        say::form_year(l, form.year),
    ]);
    lines.extend(form.number.map(|number| say::form_number(l, number)));
    lines.extend([String::new(), say::form_page(l, &format!("{}/registrations/{}", envelope.public_url, form.id))]);
    (say::form_due_subject(l, &form.product, &day), lines, Vec::new())
}

/// A list came, for the province.
pub(super) fn list_forwarded(envelope: &Envelope<'_>, list: &ListFacts) -> Parts {
    let l = envelope.language;
    let mut lines = opening(say::greeting_colleagues(l), say::list_forwarded(l), &[]);
    lines.extend(about_list(envelope, list));
    (say::list_forwarded_subject(l, &list.number, &list.unit), lines, Vec::new())
}

/// A list was returned, for who forwarded it.
pub(super) fn list_returned(envelope: &Envelope<'_>, list: &ListFacts, reason: &str) -> Parts {
    let l = envelope.language;
    let mut lines = opening(say::greeting_colleagues(l), say::list_returned(l), &[]);
    lines.extend([String::new(), say::reason(l, reason)]);
    lines.extend(about_list(envelope, list));
    (say::list_returned_subject(l, &list.number, &list.unit), lines, Vec::new())
}

/// What a published decision says of the products of an organisation.
pub(super) fn products_decided(
    envelope: &Envelope<'_>,
    (number, day, year): (&str, NaiveDate, i64),
    products: &[ProductFacts],
) -> Parts {
    let l = envelope.language;
    let named: Vec<String> = products
        .iter()
        .map(|product| {
            let outcome = if product.is_selected {
                say::product_selected(l, &product.product)
            } else {
                say::product_not_selected(l, &product.product, &product.reason)
            };
            format!("{outcome}\n    {}/registrations/{}", envelope.public_url, product.id)
        })
        .collect();
    let mut lines = opening(say::greeting(l), &say::products_decided(l, number, &show_day(day), year), &named);
    if products.iter().any(|product| product.is_selected) {
        lines.extend([String::new(), say::selected_may_train(l, &format!("{}/calendar", envelope.public_url))]);
    }
    (say::products_decided_subject(l, year), lines, Vec::new())
}

fn about_list(envelope: &Envelope<'_>, list: &ListFacts) -> Vec<String> {
    let l = envelope.language;
    vec![
        String::new(),
        say::list_number(l, &list.number),
        say::list_unit(l, &list.unit),
        say::form_year(l, list.year),
        say::list_forms(l, list.forms),
        String::new(),
        say::list_page(l, &format!("{}/lists/{}", envelope.public_url, list.id)),
    ]
}

#[cfg(test)]
mod tests {
    use domain::accounts::Language;
    use domain::ids::RegistrationId;
    use operations::notices::Letter;
    use uuid::Uuid;

    use super::super::write;
    use super::*;

    const ENGLISH: Envelope<'static> = Envelope {
        language: Language::English,
        public_url: "https://ocop.example",
        from: "office@ocop.example",
        to: "reader@ocop.example",
        decided: chrono::DateTime::UNIX_EPOCH,
    };

    #[test]
    fn a_returned_form_comes_with_what_is_to_be_put_right() {
        let form = FormFacts {
            id: RegistrationId(Uuid::from_u128(7)),
            product: "Mắm tép".into(),
            organisation: "HTX Ví Dụ".into(),
            year: 2019,
            number: Some(3),
            reason: "Thiếu giấy tờ".into(),
            due_on: "2019-08-20".parse().ok(),
            remarks: vec![("phone".into(), "Sai số".into()), ("samples".into(), "Chưa nộp".into())],
        };
        let written = write(&Letter::RegistrationStepped { state: State::Returned, form }, &ENGLISH);
        assert_eq!(written.subject, "Product registration to be completed: Mắm tép");
        for line in [
            "Telephone: Sai số",
            "5 sample units: Chưa nộp",
            "by 20/08/2019",
            "/registrations/00000000-0000-0000-0000-000000000007",
        ] {
            assert!(written.text.contains(line), "{line}: {}", written.text);
        }
    }

    #[test]
    fn a_last_day_that_is_near_is_told_in_both_languages() {
        let form = FormFacts {
            id: RegistrationId(Uuid::from_u128(7)),
            product: "Mắm tép".into(),
            organisation: "HTX Ví Dụ".into(),
            year: 2019,
            number: None,
            reason: String::new(),
            due_on: "2019-08-20".parse().ok(),
            remarks: Vec::new(),
        };
        let vietnamese = Envelope { language: Language::Vietnamese, ..ENGLISH };
        for (state, envelope, subject, sentence) in [
            (State::Returned, ENGLISH, "Send it by 20/08/2019: Mắm tép", "was returned to be completed and has to be sent again"),
            (State::Draft, ENGLISH, "Send it by 20/08/2019: Mắm tép", "has not been sent yet"),
            (
                State::Returned,
                vietnamese,
                "Sắp hết hạn nộp phiếu (20/08/2019): Mắm tép",
                "cần được bổ sung và nộp lại trước hết ngày 20/08/2019",
            ),
            (State::Draft, vietnamese, "Sắp hết hạn nộp phiếu (20/08/2019): Mắm tép", "chưa được nộp"),
        ] {
            let written = write(&Letter::DeadlineNear { state, form: form.clone() }, &envelope);
            assert_eq!(written.subject, subject);
            assert!(written.text.contains(sentence) && written.text.contains("/registrations/00000000-"), "{}", written.text);
        }
    }

    #[test]
    fn a_decision_says_why_and_shows_the_selected_the_way_to_the_classes() {
        let product = |is_selected| ProductFacts {
            id: RegistrationId(Uuid::from_u128(7)),
            product: "Mắm tép".into(),
            organisation: "HTX Ví Dụ".into(),
            is_selected,
            reason: if is_selected { String::new() } else { "Chưa có hồ sơ".into() },
        };
        let text = |products| {
            let decided_on = NaiveDate::default();
            write(&Letter::ProductsDecided { number: "12/QĐ".into(), decided_on, year: 2019, products }, &ENGLISH).text
        };
        let both = text(vec![product(true), product(false)]);
        assert!(both.contains("Mắm tép: selected") && both.contains("not selected. Reason: Chưa có hồ sơ"), "{both}");
        assert!(both.contains("https://ocop.example/calendar"), "{both}");
        assert!(!text(vec![product(false)]).contains("/calendar"));
    }
}
