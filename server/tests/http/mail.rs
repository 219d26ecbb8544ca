//! The mail worker and a real mail server: a server that is down, two workers at once, wrong settings.

use std::time::Duration;

use crate::mail_server::{MailServer, representative};
use chrono::Duration as Span;
use domain::accounts::{Language, Role, Scope};
use domain::ids::TokenId;
use domain::organisations::OrganisationKind;
use operations::{Office, notices, testing};
use server::workers::mail::Mailer;

/// Adds a representative of a cooperative who reads mail, enrols two of its people, and confirms that.
async fn confirmed(office: &Office) {
    let unit = testing::unit(office, "395").await;
    let planner =
        testing::actor(office, "planner", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    representative(office, organisation, "htx@example.vn").await;
    let run = testing::published_run(office, &planner, "ENT-3", 40, "2019-07-02").await;
    testing::enrolled(office, &planner, run, organisation, 2).await;
    let mut work = office.database.begin().await.unwrap();
    let enrolments = store::enrolments::live_of_run(&mut work, run).await.unwrap();
    let run = store::runs::find(&mut work, run).await.unwrap().unwrap();
    notices::enrolment_confirmed(office, &mut work, &run, &enrolments).await.unwrap();
    work.commit().await.unwrap();
    office.mail_waiting.notify_one();
}

/// How many letters wait in the outbox.
async fn waiting(office: &Office) -> i64 {
    store::notices::waiting(&mut office.database.read().await.unwrap()).await.unwrap()
}

operations::both! {
    async fn a_letter_waits_for_the_server_and_arrives_once(database) {
        let (office, clock) = testing::office(database).await;
        let mut server = MailServer::down();
        confirmed(&office).await;
        let (stop, worker) = server.worker(&office);
        // Nobody listens: the letter is tried, and waits.
        for _ in 0..200 {
            if notices::due(&office).await.unwrap().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!((waiting(&office).await, server.received()), (1, 0));

        server.start().await;
        for minute in 2..59 {
            if server.received() > 0 {
                break;
            }
            clock.set(&format!("2019-06-12 08:{minute:02}"));
            office.mail_waiting.notify_one();
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        server.wait_for(1).await;
        clock.set("2019-06-14 08:00");
        office.mail_waiting.notify_one();
        stop.send_replace(true);
        worker.await.unwrap();
        assert_eq!((waiting(&office).await, server.received()), (0, 1));

        let letters = server.letters();
        let letter = &letters[0];
        assert_eq!(letter["Subject"], "Xác nhận đăng ký tập huấn: Kiến thức thị trường và marketing sản phẩm OCOP – Lớp 1");
        assert_eq!((letter["From"].as_str(), letter["To"].as_str()), (Some("OCOP Thanh Hóa <ocop@example.vn>"), Some("htx@example.vn")));
        assert!(letter["Message-ID"].as_str().unwrap().ends_with("@example.vn>"));
        assert!(letter["Date"].as_str().unwrap().starts_with("Wed, 12 Jun 2019 01:"));
        let text = letter["parts"][0]["content"].as_str().unwrap();
        for words in ["  - Lê Thị An\n", "  - Lê Thị Bình\n", "02/07/2019, 07:30–11:30, Hội trường tỉnh", "http://ocop.test/runs/"] {
            assert!(text.replace("\r\n", "\n").contains(words), "{words} in {text}");
        }
        assert_eq!(letter["parts"].as_array().unwrap().len(), 3, "the text and one file for each session");
        let file = &letter["parts"][1];
        assert_eq!((file["type"].as_str(), file["method"].as_str()), (Some("text/calendar"), Some("REQUEST")));
        let calendar = file["content"].as_str().unwrap().replace("\r\n ", "");
        for line in ["METHOD:REQUEST", "DTSTART:20190702T003000Z", "SEQUENCE:0", "ORGANIZER:mailto:ocop@example.vn"] {
            assert!(calendar.lines().any(|known| known == line), "{line} in {calendar}");
        }
        assert!(calendar.contains("mailto:htx@example.vn") && calendar.contains("@ocop-training"));
    }

    async fn two_workers_send_each_letter_once(database) {
        let (office, _) = testing::office(database).await;
        let mut server = MailServer::down();
        server.start().await;
        for n in 0..30 {
            let mut work = office.database.begin().await.unwrap();
            let to = format!("a{n}@example.vn").parse().unwrap();
            let link = format!("http://ocop.test/reset/{n}");
            let expires = office.now() + Span::hours(2);
            notices::password_reset(&office, &mut work, (&to, Language::English), TokenId(office.id()), link, expires).await.unwrap();
            work.commit().await.unwrap();
        }
        let workers = [server.worker(&office), server.worker(&office)];
        server.wait_for(30).await;
        for (stop, worker) in workers {
            stop.send_replace(true);
            worker.await.unwrap();
        }
        let letters = server.letters();
        let mut readers: Vec<_> = letters.iter().map(|letter| letter["To"].as_str().unwrap()).collect();
        readers.sort_unstable();
        readers.dedup();
        assert_eq!((readers.len(), letters.len(), waiting(&office).await), (30, 30, 0));
        assert!(letters.iter().all(|letter| letter["Subject"] == "Choose a new password"));
    }
}

#[test]
fn wrong_settings_are_named_without_their_secrets() {
    let error = Mailer::new("ftp://user:very-secret@example.vn", "ocop@example.vn").unwrap_err();
    assert!(error.starts_with("--smtp (OCOP_SMTP)") && !error.contains("very-secret"), "{error}");
    assert!(Mailer::new("smtps://user:p%40ss@example.vn", "OCOP").unwrap_err().starts_with("--mail-from"));
}
