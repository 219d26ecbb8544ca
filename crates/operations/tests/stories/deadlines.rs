//! Letters about last days: to whom, when, and only once.

use crate::forms;
use domain::accounts::Language;
use domain::registrations::State;
use operations::notices::{self, DAYS_AHEAD, Letter, deadlines_near};
use operations::registrations::{self, ReturnCommand};
use operations::{Office, testing};

/// Every letter about a last day that waits: to whom, about what, and the day.
async fn letters(office: &Office) -> Vec<(String, State, String, String)> {
    let mut letters = Vec::new();
    for id in notices::due(office).await.unwrap() {
        if let Some((notice, Letter::DeadlineNear { state, form })) = notices::claim(office, id).await.unwrap() {
            letters.push((notice.recipient.to_string(), state, form.product, form.due_on.unwrap().to_string()));
            assert_eq!(notice.language, Language::Vietnamese);
        }
    }
    letters.sort();
    letters
}

fn told(state: State, product: &str, day: &str) -> (String, State, String, String) {
    ("htx@example.vn".into(), state, product.into(), day.into())
}

/// Returns a form that is with the officers, until a day.
async fn send_back(s: &forms::Scene, id: domain::ids::RegistrationId, due_on: &str) {
    let remarks = vec![("phone".to_owned(), "Sai số".to_owned())];
    let (version, due_on) = (s.version(id).await, due_on.parse().unwrap());
    let command = ReturnCommand { id, version, reason: String::new(), due_on, remarks };
    registrations::send_back(&s.office, &s.officer, &command).await.unwrap();
}

operations::both! {
    async fn a_returned_form_is_remembered_before_its_last_day(database) {
        let s = forms::scene(database).await;
        assert_eq!(DAYS_AHEAD, 2);
        let id = s.submitted("Bánh gai").await;
        send_back(&s, id, "2019-06-20").await;
        s.clock.set("2019-06-17 23:59");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 0, "three days before");
        s.clock.set("2019-06-18 00:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 1);
        assert_eq!(letters(&s.office).await, [told(State::Returned, "Bánh gai", "2019-06-20")]);
        for time in ["2019-06-18 01:00", "2019-06-20 23:00", "2019-06-21 08:00"] {
            s.clock.set(time);
            assert_eq!(deadlines_near(&s.office).await.unwrap(), 0, "{time}: told once, and not after it");
        }
        // Returned again with another day, it is another matter.
        s.clock.set("2019-06-22 08:00");
        s.submit(&s.representative, id, None).await.unwrap();
        send_back(&s, id, "2019-06-23").await;
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 1);
        s.submit(&s.representative, id, None).await.unwrap();
        send_back(&s, id, "2019-06-24").await;
        s.submit(&s.representative, id, None).await.unwrap();
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 0, "it was sent");
    }

    async fn a_draft_is_remembered_before_forms_are_no_longer_received(database) {
        let s = forms::scene(database).await;
        s.begin(&s.representative, "Kẹo lạc").await.unwrap();
        s.begin(&s.officer, "Chè lam").await.unwrap();
        s.clock.set("2019-12-28 08:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 0);
        s.clock.set("2019-12-30 08:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 2);
        assert_eq!(letters(&s.office).await, ["Chè lam", "Kẹo lạc"].map(|product| told(State::Draft, product, "2019-12-31")));
        s.clock.set("2020-01-01 08:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 0);
    }

    async fn every_representative_is_told_and_nobody_else(database) {
        let s = forms::scene(database).await;
        let scope = domain::accounts::Scope::Organisation(s.organisation);
        let second = testing::actor(&s.office, "thu.hai", domain::accounts::Role::Representative, scope).await;
        testing::email(&s.office, second.person, "hai@example.vn").await;
        testing::email(&s.office, s.stranger.person, "hang.xom@example.vn").await;
        testing::registration(&s.office, &s.representative, &s.programme, s.organisation, "Nem", State::Draft).await;
        s.clock.set("2019-12-29 08:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 2);
        let readers: Vec<_> = letters(&s.office).await.into_iter().map(|(reader, ..)| reader).collect();
        assert_eq!(readers, ["hai@example.vn", "htx@example.vn"]);
    }

    async fn two_processes_write_one_letter(database) {
        let s = forms::scene(database).await;
        for n in 0..20 {
            testing::registration(&s.office, &s.representative, &s.programme, s.organisation, &format!("Nem {n}"), State::Draft).await;
        }
        s.clock.set("2019-12-30 08:00");
        let tasks: Vec<_> = (0..6).map(|_| s.office.clone()).map(|office| tokio::spawn(async move { deadlines_near(&office).await.unwrap() })).collect();
        let mut written = 0;
        for task in tasks {
            written += task.await.unwrap();
        }
        assert_eq!((written, letters(&s.office).await.len()), (20, 20));
    }

    async fn a_letter_that_comes_after_the_last_day_is_not_sent(database) {
        let s = forms::scene(database).await;
        testing::registration(&s.office, &s.representative, &s.programme, s.organisation, "Nem", State::Draft).await;
        s.clock.set("2019-12-31 08:00");
        assert_eq!(deadlines_near(&s.office).await.unwrap(), 1);
        s.clock.set("2020-01-01 00:00");
        assert_eq!(letters(&s.office).await, [], "the mail server was away for too long");
    }
}
