//! A real mail server on loopback: aiosmtpd, run by the Python of `TEST_PYTHON` (`bin/test` sets it).

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use domain::accounts::{Actor, Language, Role, Scope};
use domain::ids::{AccountId, GrantId, OrganisationId, PersonId};
use operations::Office;
use serde_json::Value;
use server::workers::mail::{Mailer, work};
use store::accounts::NewGrant;
use store::people::{Person, SealedNumber};
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
pub struct MailServer {
    python: String,
    port: u16,
    folder: PathBuf,
    running: Option<Child>,
}

impl MailServer {
    /// A server that is down.
    pub fn down() -> MailServer {
        let python = std::env::var("TEST_PYTHON").expect("TEST_PYTHON is not set to a Python with aiosmtpd: run bin/test");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("ocop-mail-{}-{port}", std::process::id()));
        MailServer { python, port, folder, running: None }
    }

    pub async fn start(&mut self) {
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

    pub fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn received(&self) -> usize {
        std::fs::read_dir(self.folder.join("new")).map_or(0, Iterator::count)
    }

    /// Waits until `count` letters have arrived.
    pub async fn wait_for(&self, count: usize) {
        for _ in 0..600 {
            if self.received() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} letters arrived, not {count}", self.received());
    }

    pub fn letters(&self) -> Vec<Value> {
        let output = Command::new(&self.python).args(["-c", READ]).arg(&self.folder).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// A worker over this server; stop it by sending true and awaiting it.
    pub fn worker(&self, office: &Office) -> (watch::Sender<bool>, JoinHandle<()>) {
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

/// Adds a representative of an organisation who reads mail at `email`.
pub async fn representative(office: &Office, organisation: OrganisationId, email: &str) -> Actor {
    let person = Person {
        id: PersonId(office.id()),
        full_name: "Hoàng Thị Hoa".parse().unwrap(),
        birth_date: None,
        birth_year: None,
        sex: None,
        phone: None,
        email: Some(email.parse().unwrap()),
        number: SealedNumber::default(),
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
    operations::accounts::actor(office, account).await.unwrap().expect("the account was just made")
}
