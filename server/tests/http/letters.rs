//! What participants get over a real mail server while a class is enrolled in, changed, called off and certified.

use crate::mail_server::{MailServer, representative};
use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::RunId;
use domain::organisations::OrganisationKind;
use domain::runs::calendar_uid;
use operations::testing;
use serde_json::Value;
use server::testing::{House, Visitor};

const READER: &str = "htx@example.vn";

/// The form that changes a run, as its page holds it: the first session in the afternoon of the next day, the second gone.
async fn moved(house: &House, run: RunId) -> Vec<(&'static str, String)> {
    let mut records = house.office.database.read().await.unwrap();
    let now = store::runs::find(&mut records, run).await.unwrap().unwrap();
    let session = store::runs::sessions(&mut records, run).await.unwrap().remove(0);
    vec![
        ("sequence", now.sequence.to_string()),
        ("course", now.course_id.to_string()),
        ("name", now.name),
        ("audience", now.audience.as_str().into()),
        ("unit", now.unit_id.to_string()),
        ("venue", "Nhà văn hóa huyện Thọ Xuân".into()),
        ("capacity", now.capacity.to_string()),
        ("enrolment_deadline", now.enrolment_deadline.to_string()),
        ("note", now.note),
        ("sessions.0.id", session.id.to_string()),
        ("sessions.0.day", "2019-07-03".into()),
        ("sessions.0.half_day", "afternoon".into()),
        ("sessions.0.starts", "13:30".into()),
        ("sessions.0.ends", "17:00".into()),
        ("sessions.0.topic", "Biểu 03".into()),
        ("do", "save".into()),
    ]
}

/// Sends a form that succeeds.
async fn done(visitor: &mut Visitor, path: &str, fields: &[(&str, String)]) {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = visitor.post(path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
}

/// The one letter with this subject: it went to the reader, from the office.
fn letter<'l>(letters: &'l [Value], subject: &str) -> &'l Value {
    let found: Vec<_> = letters.iter().filter(|letter| letter["Subject"] == subject).collect();
    assert_eq!(found.len(), 1, "{subject} among {:?}", letters.iter().map(|letter| &letter["Subject"]).collect::<Vec<_>>());
    assert_eq!((found[0]["To"].as_str(), found[0]["From"].as_str()), (Some(READER), Some("OCOP Thanh Hóa <ocop@example.vn>")));
    found[0]
}

/// What a letter says, which has to hold all of `words`.
fn says(letter: &Value, words: &[&str]) {
    let text = letter["parts"][0]["content"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(letter["parts"][0]["type"], "text/plain");
    for words in words {
        assert!(text.contains(words), "{words} in {text}");
    }
}

/// The calendar files of a letter, each with its method as the mail names it and its lines unfolded.
fn files(letter: &Value) -> Vec<(&str, Vec<String>)> {
    let file = |part: &'static str, value: &Value| value[part].as_str().map(ToOwned::to_owned);
    let parts = &letter["parts"].as_array().unwrap()[1..];
    assert!(parts.iter().all(|part| file("type", part).as_deref() == Some("text/calendar")));
    let lines = |part: &Value| {
        part["content"].as_str().unwrap().replace("\r\n", "\n").replace("\n ", "").lines().map(ToOwned::to_owned).collect()
    };
    parts.iter().map(|part| (part["method"].as_str().unwrap(), lines(part))).collect()
}

fn holds(lines: &[String], expected: &[&str]) {
    for line in expected {
        assert!(lines.iter().any(|known| known == line), "{line} in {lines:#?}");
    }
}

/// A closed class with one participant of the representative's organisation, and a signatory: only the issuing is left.
async fn to_certify(house: &House, officer: &Actor, organisation: domain::ids::OrganisationId) -> RunId {
    let run = testing::closed_run(&house.office, officer, organisation, 1).await;
    testing::signatory(&house.office, officer, "Lê Minh Đức").await;
    run
}

operations::both! {
    async fn participants_learn_what_becomes_of_their_class(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let officer = testing::actor(office, "vpdp", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
        let unit = testing::unit(office, "395").await;
        let htx = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let people = [testing::person(office, "Lê Thị An", Some(htx)).await, testing::person(office, "Lê Thị Bình", Some(htx)).await];
        let mut representative = house.signed_in(&representative(office, htx, READER).await).await;
        let mut officer_visits = house.signed_in(&officer).await;
        let run = testing::published_run(office, &officer, "ENT-3", 40, "2019-07-02").await;
        let sessions = store::runs::sessions(&mut office.database.read().await.unwrap(), run).await.unwrap();
        let uids = [0, 1].map(|n: usize| format!("UID:{}", calendar_uid(sessions[n].id)));
        let path = format!("/runs/{run}");

        let mut server = MailServer::down();
        server.start().await;
        let (stop, worker) = server.worker(office);

        let enrol = [("organisation", htx.to_string()), ("person", people[0].to_string()), ("person", people[1].to_string())];
        done(&mut representative, &format!("{path}/enrol"), &enrol).await;
        server.wait_for(1).await;
        let change = moved(&house, run).await;
        done(&mut officer_visits, &format!("{path}/edit"), &change).await;
        let prepared = officer_visits.get(&format!("{path}/release")).await.text();
        let saved_at = prepared.split("name=\"saved_at\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let release = [("saved_at", saved_at), ("note", "Giảng viên bận buổi chiều".into())];
        done(&mut officer_visits, &format!("{path}/release"), &release).await;
        server.wait_for(2).await;
        done(&mut officer_visits, &format!("{path}/cancel"), &[("reason", "Bão số 3".into())]).await;
        server.wait_for(3).await;
        let held = to_certify(&house, &officer, htx).await;
        house.clock.set("2019-07-05 08:00");
        done(&mut officer_visits, &format!("/runs/{held}/certificates"), &[]).await;
        server.wait_for(4).await;
        stop.send_replace(true);
        worker.await.unwrap();

        let letters = server.letters();
        assert_eq!(letters.len(), 4);
        let class = "Kiến thức thị trường và marketing sản phẩm OCOP – Lớp 1";
        let page = format!("http://ocop.test{path}");

        // Enrolled: two invitations.
        let enrolled = files(letter(&letters, &format!("Xác nhận đăng ký tập huấn: {class}")));
        assert_eq!(enrolled.len(), 2);
        for ((method, lines), uid) in enrolled.iter().zip(&uids) {
            assert_eq!(*method, "REQUEST");
            holds(lines, &["METHOD:REQUEST", "SEQUENCE:0", uid]);
        }

        // Changed: the session that moved keeps its name and counts up; the one that went is withdrawn.
        let changed = letter(&letters, &format!("Thay đổi lịch tập huấn: {class}"));
        says(changed, &[
            "đã có thay đổi", "  - Lê Thị An\n", "  - Lê Thị Bình\n", "  - 03/07/2019, 13:30–17:00, Nhà văn hóa huyện Thọ Xuân: Biểu 03\n",
            "Các buổi không còn tổ chức:\n  - 02/07/2019, 13:30–17:00, Hội trường tỉnh\n", &page,
        ]);
        let changed = files(changed);
        assert_eq!(changed.iter().map(|(method, _)| *method).collect::<Vec<_>>(), ["REQUEST", "CANCEL"]);
        holds(&changed[0].1, &["METHOD:REQUEST", "SEQUENCE:1", &uids[0], "DTSTART:20190703T063000Z", "DTEND:20190703T100000Z"]);
        holds(&changed[1].1, &["METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED", &uids[1]]);

        // Called off: what is left of it is withdrawn.
        let cancelled = letter(&letters, &format!("Hủy lớp tập huấn: {class}"));
        says(cancelled, &["sẽ không được tổ chức", "  - Lê Thị An\n", "Lý do: Bão số 3\n", "03/07/2019, 13:30–17:00", &page]);
        let cancelled = files(cancelled);
        assert_eq!(cancelled.len(), 1);
        assert_eq!(cancelled[0].0, "CANCEL");
        holds(&cancelled[0].1, &["METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED", &uids[0]]);
        holds(&cancelled[0].1, &["ORGANIZER:mailto:ocop@example.vn"]);

        // Certified: the serial number and the address that verifies it, which anybody may open.
        let issued = operations::certificates::of_run(office, &officer, held).await.unwrap().issued.remove(0);
        let verify = format!("/verify/{}", issued.verify_token);
        let certified =
            letter(&letters, "Giấy chứng nhận đã được cấp: Xây dựng phương án, kế hoạch kinh doanh – Lớp 1");
        says(certified, &["  - Lê Thị An, số 001/2019/GCN-VPĐP\n", &format!("http://ocop.test{verify}\n"), "Lớp: Lớp 1\n"]);
        assert_eq!(files(certified).len(), 0);
        assert!(house.anonymous().get(&verify).await.text().contains("001/2019/GCN-VPĐP"));
    }
}
