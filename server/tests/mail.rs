//! Letters over a real mail server on loopback: aiosmtpd, run by the Python of `TEST_PYTHON` (`bin/test` sets it).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::Duration as Span;
use domain::accounts::{Language, Role, Scope};
use domain::ids::{AccountId, GrantId, PersonId, TokenId};
use domain::organisations::OrganisationKind;
use operations::{Office, notices, testing};
use serde_json::Value;
use server::workers::mail::{Mailer, work};
use store::accounts::NewGrant;
use store::people::Person;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What Python's own reader makes of every letter that arrived, as JSON.
const READ: &str = r#"
import email, email.policy, json, pathlib, sys
letters = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("new/*")):
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = [{"type": part.get_content_type(), "method": part.get_param("method"), "content": part.get_content()
              if part.get_content_maintype() == "text" else ""} for part in letter.walk() if not part.is_multipart()]
    letters.append({name: str(letter[name]) for name in ("Subject", "From", "To", "Message-ID", "Date")} | {"parts": parts})
print(json.dumps(letters))
"#;

/// A mail server that can be started and stopped, with what it received.
struct MailServer {
    python: String,
    port: u16,
    folder: PathBuf,
    running: Option<Child>,
}

impl MailServer {
    /// A server that is down.
    fn down() -> MailServer {
        let python = std::env::var("TEST_PYTHON").expect("TEST_PYTHON is not set to a Python with aiosmtpd: run bin/test");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("ocop-mail-{}-{port}", std::process::id()));
        MailServer { python, port, folder, running: None }
    }

    async fn start(&mut self) {
        let address = format!("127.0.0.1:{}", self.port);
        let arguments = ["-m", "aiosmtpd", "-n", "-l", &address, "-c", "aiosmtpd.handlers.Mailbox"];
        let child = Command::new(&self.python).args(arguments).arg(&self.folder).stderr(Stdio::null()).spawn();
        self.running = Some(child.expect("TEST_PYTHON starts"));
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(&address).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the mail server did not come up: has TEST_PYTHON aiosmtpd?");
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn received(&self) -> usize {
        std::fs::read_dir(self.folder.join("new")).map_or(0, Iterator::count)
    }

    /// Waits until `count` letters have arrived.
    async fn wait_for(&self, count: usize) {
        for _ in 0..600 {
            if self.received() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} letters arrived, not {count}", self.received());
    }

    fn letters(&self) -> Vec<Value> {
        let output = Command::new(&self.python).args(["-c", READ]).arg(&self.folder).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// A worker over this server; stop it by sending true and awaiting it.
    fn worker(&self, office: &Office) -> (watch::Sender<bool>, JoinHandle<()>) {
        let mailer = Mailer::new(&format!("smtp://127.0.0.1:{}", self.port), "OCOP Thanh Hóa <ocop@example.vn>").unwrap();
        let (stop, stopping) = watch::channel(false);
        (stop, tokio::spawn(work(office.clone(), mailer, stopping)))
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Adds a representative of a cooperative who reads mail, enrols two of its people, and confirms that.
async fn confirmed(office: &Office) {
    let unit = testing::unit(office, "395").await;
    let planner =
        testing::actor(office, "planner", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let person = Person {
        id: PersonId(office.id()),
        full_name: "Hoàng Thị Hoa".parse().unwrap(),
        birth_date: None,
        birth_year: None,
        sex: None,
        phone: None,
        email: Some("htx@example.vn".parse().unwrap()),
        citizen_id: None,
    };
    let account = AccountId(office.id());
    let grant = NewGrant {
        id: GrantId(office.id()),
        account,
        role: Role::Representative,
        scope: Scope::Organisation(organisation),
        valid_from: office.today(),
        valid_to: None,
        granted_by: None,
    };
    let mut work = office.database.begin().await.unwrap();
    store::people::add(&mut work, &person, office.now()).await.unwrap();
    store::accounts::add(&mut work, account, person.id, None, Language::Vietnamese, office.now()).await.unwrap();
    store::accounts::add_grant(&mut work, &grant, office.now()).await.unwrap();
    work.commit().await.unwrap();

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

store::both! {
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
