//! Calendars: a month of three hundred sessions as a page, and a feed of five thousand.

use std::net::TcpListener;
use std::path::Path;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::accounts::Role;
use domain::ids::{PersonId, RunId, SessionId};
use domain::runs::HalfDay;
use store::runs::{RunFields, Session};

use crate::house::House;
use crate::load::{Connection, get, rate};
use crate::process::{Server, program};
use crate::selections::{latency, millis};
use crate::web::{BROTLI, bare, page, ready, sign_in};
use crate::{Fallible, PERIOD, line, ratio};

/// Runs of two sessions each in the month that is looked at, and from today to a year and a half from now.
const IN_MONTH: u64 = 150;
const IN_ALL: u64 = 2500;

/// What the sessions are about, long as real topics are.
const TOPICS: [&str; 4] = [
    "Lập phương án sản xuất kinh doanh theo Biểu 03",
    "Xác định chi phí, giá thành và điểm hòa vốn",
    "Nhãn mác, bao bì, truy xuất nguồn gốc",
    "Bán hàng trên sàn thương mại điện tử",
];

pub(crate) async fn measure(binary: &Path, folder: &Path) -> Fallible<()> {
    month(binary, folder).await?;
    feed(binary, folder).await
}

/// A month as a grid and as a list, beside a bare route that sends the same bytes.
async fn month(binary: &Path, folder: &Path) -> Fallible<()> {
    let file = folder.join("month.db");
    let house = House::build(&file, 0).await?;
    let first = house.office.today().checked_add_months(Months::new(2)).and_then(|day| day.with_day(1)).ok_or("no such month")?;
    fill(&house, IN_MONTH, |n| first + Days::new(n % 28)).await?;
    house.office.database.close().await;
    let server = serve(binary, &file).await?;

    let cookie = format!("cookie: {}\r\n", sign_in(server.address).await?);
    let month = first.format("%Y-%m");
    let style = style_size(&server).await?;
    for (what, query) in [("month view", format!("month={month}&view=month")), ("list of the month", format!("month={month}"))] {
        let path = format!("/calendar?{query}");
        let shown = page(server.address, &get(&path, "")).await?;
        let links = shown.body.windows(12).filter(|part| *part == b"<a href=\"/ru").count();
        let packed = page(server.address, &get(&path, BROTLI)).await?.body.len();
        let sizes = format!("{packed:>9} bytes brotli, {} with its style sheet", packed + style);
        line(&format!("{what}: {links} links to classes, {} bytes", shown.body.len()), sizes);
        for (who, headers) in [("anonymous", BROTLI.to_owned()), ("signed in", format!("{cookie}{BROTLI}"))] {
            let request = get(&path, &headers);
            let answer = page(server.address, &request).await?;
            let route = bare(folder, &answer)?;
            let least = rate(route.address, &get("/", BROTLI), PERIOD).await?;
            let reached = rate(server.address, &request, PERIOD).await?;
            ratio(&format!("{what} of {} sessions, {who}, brotli", IN_MONTH * 2), reached, least, "pages/s");
        }
    }
    Ok(())
}

/// How long a calendar program waits for everything.
async fn feed(binary: &Path, folder: &Path) -> Fallible<()> {
    let file = folder.join("feed.db");
    let house = House::build(&file, 0).await?;
    let today = house.office.today();
    fill(&house, IN_ALL, |n| today + Days::new(n % 540)).await?;
    house.office.database.close().await;
    let server = serve(binary, &file).await?;

    // An address in another spelling is not kept: what the first program that asks after a change waits for.
    for (name, path) in [("kept", "/calendar.ics"), ("written anew", "/calendar.ics?topic=")] {
        for (packing, headers) in [("plain", ""), ("brotli", BROTLI)] {
            let request = get(path, headers);
            let answer = page(server.address, &request).await?;
            let (median, slow) = latency(server.address, &request).await?;
            let sessions = page(server.address, &get(path, "")).await?.body;
            let sessions = String::from_utf8_lossy(&sessions).matches("BEGIN:VEVENT").count();
            line(
                &format!("feed of {sessions} sessions, {name}, {packing}, {} bytes", answer.body.len()),
                format!("p50 {:>6.1} ms   p95 {:>6.1} ms   (aim: under 100 ms)", millis(median), millis(slow)),
            );
        }
    }
    let tag = page(server.address, &get("/calendar.ics", "")).await?;
    let tag = tag.header("etag").ok_or("the feed has no tag")?.to_owned();
    let request = get("/calendar.ics", &format!("if-none-match: {tag}\r\n"));
    let answer = Connection::open(server.address).await?.ask(&request).await?;
    line("the same for who has it already", format!("{} with {} bytes", answer.status, answer.body.len()));
    Ok(())
}

async fn serve(binary: &Path, file: &Path) -> Fallible<Server> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let child = program(binary, &format!("sqlite:{}", file.display()), address).spawn()?;
    let server = Server { address, child };
    ready(address).await?;
    Ok(server)
}

async fn style_size(server: &Server) -> Fallible<usize> {
    let html = page(server.address, &get("/calendar", "")).await?.body;
    let html = String::from_utf8_lossy(&html).into_owned();
    let root = html.split("/assets/").nth(1).and_then(|rest| rest.split('/').next()).ok_or("the page names no assets")?;
    Ok(page(server.address, &get(&format!("/assets/{root}/style.css"), BROTLI)).await?.body.len())
}

/// Published runs of two sessions, each taught by one of five, in one unit of work.
async fn fill(house: &House, runs: u64, day: impl Fn(u64) -> NaiveDate) -> Fallible<()> {
    let office = &house.office;
    let mut trainers: Vec<PersonId> = Vec::new();
    for n in 0..5 {
        let scope = domain::accounts::Scope::Unit(house.unit);
        trainers.push(operations::testing::actor(office, &format!("trainer.{n}"), Role::Trainer, scope).await.person);
    }
    let mut work = office.database.begin().await?;
    let courses = store::courses::list(&mut work).await?;
    for n in 0..runs {
        let at = usize::try_from(n)?;
        let (course, day) = (courses.get(at % courses.len()).ok_or("there are no courses")?, day(n));
        let run = RunId(office.id());
        let name = format!("Lớp {}", n + 1);
        let fields = RunFields {
            course: course.id,
            name: &name,
            audience: course.audience,
            selection_year: None,
            unit: house.unit,
            room: None,
            venue: "Hội trường Trung tâm Hội nghị huyện, thị trấn Thọ Xuân",
            capacity: 40,
            minimum: 0,
            enrolment_deadline: day.pred_opt().ok_or("no such day")?,
            approval: domain::requests::Approval::None,
            asks_again: false,
            note: "Mang theo máy tính, sổ sách kế toán và mẫu sản phẩm.",
        };
        store::runs::add(&mut work, run, &fields, house.officer.account, office.now()).await?;
        for (m, half_day) in [HalfDay::Morning, HalfDay::Afternoon].into_iter().enumerate() {
            let (starts, ends) = half_day.usual_hours();
            let session = Session {
                id: SessionId(office.id()),
                run_id: run,
                day,
                half_day,
                starts_at: domain::time::instant(day, starts),
                ends_at: domain::time::instant(day, ends),
                room_id: None,
                venue: String::new(),
                topic: TOPICS.get((at + m) % TOPICS.len()).copied().unwrap_or_default().to_owned(),
                cancellation_reason: None,
            };
            store::runs::add_session(&mut work, &session).await?;
            let trainer = trainers.get(at % trainers.len()).copied().ok_or("there are no trainers")?;
            store::runs::set_trainers(&mut work, session.id, &[trainer]).await?;
        }
        store::runs::publish(&mut work, run, house.officer.account, office.now()).await?;
    }
    work.commit().await?;
    Ok(())
}
