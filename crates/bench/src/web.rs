//! Pages: the calendar of fifty runs, its size, and the memory of the process that serves it.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::house::{House, NAME, PASSWORD, RUNS};
use crate::load::{Answer, Connection, get, rate};
use crate::process::{Server, program};
use crate::{Fallible, PERIOD, line, ratio};

pub(crate) const BROTLI: &str = "accept-encoding: br\r\n";

pub(crate) async fn measure(binary: &Path, folder: &Path) -> Fallible<()> {
    let file = folder.join("pages.db");
    let house = House::build(&file, 20).await?;
    let month = house.calendar().await?;
    house.office.database.close().await;

    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let child = program(binary, &format!("sqlite:{}", file.display()), address).spawn()?;
    let server = Server { address, child };
    ready(address).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (rest, _) = server.memory()?;

    let path = format!("/calendar?month={}", month.format("%Y-%m"));
    let plain = page(address, &get(&path, "")).await?;
    let shown = plain.body.windows(12).filter(|part| *part == b"<a href=\"/ru").count();
    line("calendar page shows", format!("{shown} links to its {RUNS} runs"));
    let cookie = sign_in(address).await?;
    let cookie_line = format!("cookie: {cookie}\r\n");

    for (what, headers) in [("anonymous calendar page", String::new()), ("the same signed in", cookie_line.clone())] {
        for (encoding, name) in [("", "plain"), (BROTLI, "brotli")] {
            let request = get(&path, &format!("{headers}{encoding}"));
            let answer = page(address, &request).await?;
            let bare = bare(folder, &answer)?;
            let least = rate(bare.address, &get("/", encoding), PERIOD).await?;
            let reached = rate(address, &request, PERIOD).await?;
            ratio(&format!("{what}, {name}, {} bytes", answer.body.len()), reached, least, "pages/s");
        }
    }
    let (_, highest) = server.memory()?;
    line("memory at rest", format!("{rest:>9.1} MB"));
    line("memory under load, highest", format!("{highest:>9.1} MB"));
    sizes(address, &path, &String::from_utf8_lossy(&plain.body)).await
}

/// Waits until the program answers.
pub(crate) async fn ready(address: SocketAddr) -> Fallible<()> {
    for _ in 0..200 {
        if let Ok(mut connection) = Connection::open(address).await
            && connection.ask(&get("/readyz", "")).await?.status == 200
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("the program did not answer within ten seconds".into())
}

pub(crate) async fn page(address: SocketAddr, request: &[u8]) -> Fallible<Answer> {
    let answer = Connection::open(address).await?.ask(request).await?;
    if answer.status == 200 { Ok(answer) } else { Err(format!("the program answered {}", answer.status).into()) }
}

/// Signs in and gives the cookie.
pub(crate) async fn sign_in(address: SocketAddr) -> Fallible<String> {
    let form = format!("name={NAME}&password={}", PASSWORD.replace(' ', "+"));
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{form}",
        form.len()
    );
    let answer = Connection::open(address).await?.ask(request.as_bytes()).await?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    match cookie {
        Some(cookie) if answer.status == 303 => Ok(cookie.to_owned()),
        _ => Err(format!("signing in was answered with {}", answer.status).into()),
    }
}

/// A process that sends the same bytes from a bare route.
pub(crate) fn bare(folder: &Path, answer: &Answer) -> Fallible<Server> {
    let file = folder.join("page");
    std::fs::write(&file, &answer.body)?;
    let encoding = answer.header("content-encoding").unwrap_or("identity");
    let mut child = Command::new(std::env::current_exe()?).arg("bare").arg(&file).arg(encoding).stdout(Stdio::piped()).spawn()?;
    let mut address = String::new();
    let output = child.stdout.take().ok_or("the bare route has no output")?;
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut address)?;
    Ok(Server { address: address.trim().parse()?, child })
}

/// What a browser loads, compressed.
async fn sizes(address: SocketAddr, path: &str, html: &str) -> Fallible<()> {
    let root = html.split("/assets/").nth(1).and_then(|rest| rest.split('/').next()).ok_or("the page names no assets")?;
    let mut first = 0;
    for (what, path) in [("the calendar page", path.to_owned()), ("its style sheet", format!("/assets/{root}/style.css"))] {
        let size = page(address, &get(&path, BROTLI)).await?.body.len();
        first += size;
        line(&format!("{what}, brotli"), format!("{size:>9} bytes"));
    }
    line("both (aim: 14,000)", format!("{first:>9} bytes"));
    for file in ["app.js", "app_bg.wasm"] {
        let size = page(address, &get(&format!("/assets/{root}/pkg/{file}"), BROTLI)).await?.body.len();
        line(&format!("{file}, brotli, only on pages with islands"), format!("{size:>9} bytes"));
    }
    Ok(())
}
