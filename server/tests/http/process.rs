//! The one binary as a process: it starts, refuses wrong settings in one sentence, drains on SIGTERM, and loses nothing
//! that it acknowledged when it is killed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_ocop-training");

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("ocop-process-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(BINARY).args(arguments).env("OCOP_DATA_DIR", data).output().unwrap()
}

fn sentence(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server that is stopped when the test ends.
struct Server {
    child: Child,
    port: u16,
    set_up: Option<String>,
}

impl Server {
    fn start(data: &Path, expects_set_up: bool) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let mut child = Command::new(BINARY)
            .args(["serve", "--listen", &listen, "--public-url", &format!("http://{listen}")])
            .env("OCOP_DATA_DIR", data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let set_up = expects_set_up.then(|| {
            let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
            lines.next().unwrap().unwrap();
            lines.next().unwrap().unwrap()
        });
        let server = Server { child, port, set_up };
        let started = Instant::now();
        while !server.answers("/readyz") {
            assert!(started.elapsed() < Duration::from_secs(30), "the server does not get ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn answers(&self, path: &str) -> bool {
        self.send("GET", path, "", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }

    /// The whole answer, or none when the connection broke before it was whole.
    fn send(&self, method: &str, path: &str, cookie: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        let kind = if body.is_empty() { "" } else { "Content-Type: application/x-www-form-urlencoded\r\n" };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\n{kind}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.contains("\r\n\r\n").then_some(answer)
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().take_while(|line| !line.is_empty()).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_sentence_that_names_it() {
    let folder = Folder::new("settings");
    for (arguments, named) in [
        // First, while there is no database yet.
        (&["doctor"][..], "--database"),
        (&["serve", "--public-url", "ocop.example"], "--public-url"),
        (&["serve", "--database", "mysql://x"], "--database"),
        (&["serve", "--listen", "203.0.113.1:80"], "--listen"),
        (&["serve", "--log", "=["], "--log"),
        (&["serve", "--smtp", "ftp://mail"], "--smtp"),
    ] {
        let output = run(&folder.0, arguments);
        assert!(!output.status.success(), "{arguments:?}");
        let sentence = sentence(&output);
        let last = sentence.lines().last().unwrap_or_default();
        assert!(last.starts_with("ocop-training: ") && last.contains(named), "{arguments:?}: {sentence}");
    }
    let help = String::from_utf8(run(&folder.0, &["--help"]).stdout).unwrap();
    for role in ["serve", "migrate", "demo", "account", "import", "doctor", "backup", "restore"] {
        assert!(help.contains(role), "{role}");
    }
}

#[test]
fn sigterm_drains_and_exits_with_zero() {
    let folder = Folder::new("drain");
    let mut server = Server::start(&folder.0, true);
    server.signal("-TERM");
    let started = Instant::now();
    let status = server.child.wait().unwrap();
    assert!(status.success() && started.elapsed() < Duration::from_secs(10), "{status} after {:?}", started.elapsed());
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = Folder::new("kill");
    let server = Server::start(&folder.0, true);
    let link = server.set_up.clone().expect("a first start offers set-up");
    let path = link.splitn(4, '/').nth(3).map(|rest| format!("/{rest}")).unwrap();
    let body = "full_name=Nguy%E1%BB%85n+V%C4%83n+Th%E1%BB%AD&user_name=quan.tri&email=&phone=&language=vi\
                &password=ba+con+meo+trang&repeated=ba+con+meo+trang";
    let answer = server.send("POST", &path, "", body).unwrap();
    assert_eq!(header(&answer, "location"), Some("/sign-in?set-up"), "{answer}");
    let answer = server.send("POST", "/sign-in", "", "name=quan.tri&password=ba+con+meo+trang&next=").unwrap();
    let cookie = header(&answer, "set-cookie").unwrap_or_else(|| panic!("{answer}")).split(';').next().unwrap().to_owned();
    let form = server.send("GET", "/organisations/new", &cookie, "").unwrap();
    let unit = form
        .split("<option value=\"")
        .map(|rest| &rest[..36.min(rest.len())])
        .find(|id| id.matches('-').count() == 4)
        .unwrap()
        .to_owned();

    // Four clients write as fast as they are answered; in the middle of it the process is killed.
    let stop = AtomicBool::new(false);
    let acknowledged: Vec<String> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|client| {
                let (server, cookie, unit, stop) = (&server, &cookie, &unit, &stop);
                scope.spawn(move || {
                    let mut made = Vec::new();
                    for n in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        let body = format!("kind=cooperative&name=HTX+{client}+{n}&tax_code=&unit={unit}&address=&phone=");
                        let Some(answer) = server.send("POST", "/organisations/new", cookie, &body) else { break };
                        let Some(location) = header(&answer, "location") else { panic!("not acknowledged: {answer}") };
                        made.push(location.to_owned());
                    }
                    made
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(700));
        server.signal("-KILL");
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    drop(server);
    assert!(acknowledged.len() > 8, "too few deeds to prove anything: {}", acknowledged.len());

    let server = Server::start(&folder.0, false);
    for path in &acknowledged {
        let answer = server.send("GET", path.split('?').next().unwrap(), &cookie, "").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{path} was acknowledged and is lost");
    }
    drop(server);
    assert!(run(&folder.0, &["doctor"]).status.success());
}

#[test]
fn a_copy_is_consistent_while_serving_and_is_not_overwritten_by_accident() {
    let folder = Folder::new("backup");
    let (data, copy) = (folder.path("data"), folder.path("copy.db"));
    let copy = copy.to_str().unwrap();
    assert!(run(&data, &["demo"]).status.success());
    let refused = run(&data, &["demo"]);
    assert!(!refused.status.success() && sentence(&refused).contains("empty"), "{}", sentence(&refused));
    {
        let _server = Server::start(&data, false);
        assert!(run(&data, &["backup", copy]).status.success());
    }
    assert!(!run(&data, &["backup", copy]).status.success(), "a copy is never overwritten");
    assert!(!run(&data, &["restore", copy]).status.success(), "a database is not overwritten unless told");
    assert!(run(&data, &["restore", copy, "--overwrite"]).status.success());
    let other = folder.path("other");
    assert!(run(&other, &["restore", copy]).status.success());
    // Its citizen numbers need the key that they were sealed with.
    let locked = run(&other, &["doctor"]);
    assert!(!locked.status.success() && sentence(&locked).contains("--key-file"), "{}", sentence(&locked));
    std::fs::copy(data.join("citizen.key"), other.join("citizen.key")).unwrap();
    let doctor = run(&other, &["doctor"]);
    assert!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stdout));

    std::fs::write(folder.path("noise"), b"not a database").unwrap();
    assert!(!run(&folder.path("third"), &["restore", folder.path("noise").to_str().unwrap()]).status.success());
}

#[test]
fn the_key_of_citizen_numbers_is_made_once_and_missed_when_it_is_gone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("key");
    let (data, file) = (folder.path("data"), folder.path("data").join("citizen.key"));
    assert!(run(&data, &["migrate"]).status.success());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let made = std::fs::read_to_string(&file).unwrap();
    assert!(run(&data, &["migrate"]).status.success());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), made, "made once");

    let elsewhere = folder.path("elsewhere.key");
    std::fs::rename(&file, &elsewhere).unwrap();
    for (content, says) in [(None, "is missing"), (Some("6".repeat(64)), "another key"), (Some("no key".to_owned()), "is no key")]
    {
        if let Some(content) = content {
            std::fs::write(&file, content).unwrap();
        }
        for role in ["migrate", "doctor"] {
            let output = run(&data, &[role]);
            let sentence = sentence(&output);
            let last = sentence.lines().last().unwrap_or_default();
            assert!(!output.status.success() && last.contains("--key-file") && last.contains(says), "{role}: {sentence}");
        }
    }
    assert!(run(&data, &["doctor", "--key-file", elsewhere.to_str().unwrap()]).status.success());
}
