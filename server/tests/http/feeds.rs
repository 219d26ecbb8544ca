//! Feeds over HTTP: what calendar programs get, under public and under secret addresses, read by two independent readers.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::SessionId;
use domain::organisations::OrganisationKind;
use domain::runs::calendar_uid;
use operations::testing;
use server::testing::{Answer, House, Visitor};

use crate::calendar_readers::read;

async fn somebody(house: &House, name: &str, role: Role, scope: Scope) -> (Actor, Visitor) {
    let actor = testing::actor(&house.office, name, role, scope).await;
    let visitor = house.signed_in(&actor).await;
    (actor, visitor)
}

async fn province(house: &House) -> Scope {
    Scope::Unit(testing::unit(&house.office, "38").await)
}

async fn sessions(house: &House, run: domain::ids::RunId) -> Vec<SessionId> {
    let shown = operations::runs::show(&house.office, None, run).await.unwrap();
    shown.sessions.iter().map(|(session, _)| session.id).collect()
}

/// Asks again with the tag that came with an answer.
async fn again(visitor: &mut Visitor, path: &str, tag: &str) -> Answer {
    let request = Request::builder().uri(path).header(header::HOST, "ocop.test").header(header::IF_NONE_MATCH, tag);
    visitor.send_request(request.body(Body::empty()).unwrap()).await
}

/// The path of the secret address that a page shows.
fn shown_once(page: &str) -> String {
    let at = page.find("<code>http://ocop.test/feeds/").expect("the page shows an address");
    page[at..].trim_start_matches("<code>http://ocop.test").split('<').next().unwrap().to_owned()
}

operations::both! {
    async fn what_people_typed_reaches_two_readers_unharmed(database) {
        let house = House::over(database).await;
        let (officer, mut planner) = somebody(&house, "canbo", Role::ProvincialOfficer, province(&house).await).await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        let ids = sessions(&house, run).await;
        let mut work = house.office.database.begin().await.unwrap();
        let typed = "Mang theo: sổ, bút; máy tính 🌾 (nếu có)\\ Đến sớm. Biểu mẫu, phụ lục; ".repeat(4);
        let set = format!("UPDATE run SET note = '{typed}\nDòng hai', venue = 'Hội trường 1; tầng 2, nhà A 🏢'");
        store::testing::raw(&mut work, &set).await;
        store::testing::raw(&mut work, "UPDATE session SET topic = 'Biểu 03, 04; \"thị trường\"'").await;
        work.commit().await.unwrap();

        let mut reader = house.anonymous();
        let answer = reader.get("/calendar.ics").await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        for line in answer.text().split_terminator("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        let file = read(&answer.text());
        assert_eq!((file.name.as_str(), file.method.as_str()), ("Lịch tập huấn", "PUBLISH"));
        let [morning, afternoon] = file.events() else { panic!("{file:?}") };
        assert_eq!([morning.uid.clone(), afternoon.uid.clone()], [calendar_uid(ids[0]), calendar_uid(ids[1])]);
        assert_eq!((morning.starts.as_str(), morning.ends.as_str()), ("2019-07-02T07:30+0700", "2019-07-02T11:30+0700"));
        assert_eq!((afternoon.starts.as_str(), afternoon.ends.as_str()), ("2019-07-02T13:30+0700", "2019-07-02T17:00+0700"));
        assert_eq!(morning.zone, "Asia/Ho_Chi_Minh");
        assert!(morning.summary.contains("Xây dựng phương án") && morning.summary.ends_with("– Lớp 1"), "{}", morning.summary);
        assert_eq!(morning.location, "Hội trường 1; tầng 2, nhà A 🏢, Tỉnh Thanh Hóa");
        assert_eq!(morning.description, format!("Biểu 03, 04; \"thị trường\"\n{typed}\nDòng hai"));
        assert_eq!((morning.status.as_str(), morning.sequence), ("CONFIRMED", 0));
        assert_eq!(morning.url, format!("http://ocop.test/runs/{run}"));
        let of_run = read(&reader.get(&format!("/runs/{run}/calendar.ics")).await.text());
        assert_eq!(of_run.events(), file.events());
        let of_session = read(&reader.get(&format!("/sessions/{}/calendar.ics", ids[1])).await.text());
        assert_eq!(of_session.events().iter().collect::<Vec<_>>(), [afternoon]);

        // One session is called off, then the whole run: same names, higher numbers, and the reason.
        operations::runs::cancel_session(&house.office, &officer, ids[0], "Mất điện, mưa bão").await.unwrap();
        let file = read(&reader.get("/calendar.ics").await.text());
        let states: Vec<_> = file.events().iter().map(|event| (event.uid.clone(), event.status.as_str(), event.sequence)).collect();
        assert_eq!(states, [(calendar_uid(ids[0]), "CANCELLED", 1), (calendar_uid(ids[1]), "CONFIRMED", 1)]);
        assert!(file.events()[0].summary.starts_with("Đã hủy: "));
        assert!(file.events()[0].description.starts_with("Đã hủy: Mất điện, mưa bão\n"));
        planner.post(&format!("/runs/{run}/cancel"), &[("reason", "Bão số 3")]).await;
        let file = read(&reader.get("/calendar.ics").await.text());
        assert!(file.events().iter().all(|event| event.status == "CANCELLED" && event.sequence == 2));
        assert_eq!(file.events()[1].description.lines().next(), Some("Đã hủy: Bão số 3"));
    }

    async fn feeds_of_a_unit_a_venue_and_a_trainer_hold_theirs_alone(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let officer = testing::actor(office, "canbo", Role::ProvincialOfficer, province(&house).await).await;
        let trainer = testing::actor(office, "giangvien", Role::Trainer, province(&house).await).await;
        let (here, there) = (testing::unit(office, "395").await, testing::unit(office, "389").await);
        let run = testing::published_run_in(office, &officer, "ENT-4", 40, "2019-07-02", here).await;
        testing::published_run_in(office, &officer, "ENT-4", 40, "2019-07-03", there).await;
        testing::taught_by(office, run, trainer.person).await;
        let (venue, room) = testing::room(office, &officer, here, "Trung tâm Hội nghị", "Hội trường A").await;
        let ids = sessions(&house, run).await;
        testing::held_in(office, ids[0], room).await;
        let mut reader = house.anonymous();
        for (query, expected) in [
            (String::new(), 4),
            (format!("?unit={here}"), 2),
            (format!("?unit={there}"), 2),
            (format!("?venue={venue}"), 1),
            (format!("?trainer={}", trainer.person), 2),
            (format!("?unit={there}&trainer={}", trainer.person), 0),
        ] {
            let file = read(&reader.get(&format!("/calendar.ics{query}")).await.text());
            assert_eq!(file.events().len(), expected, "{query}");
        }
        let file = read(&reader.get(&format!("/calendar.ics?venue={venue}")).await.text());
        assert_eq!(file.events()[0].location, "Hội trường A, Hội trường tỉnh, Huyện Thọ Xuân");
        assert_eq!(file.events()[0].description, "Giảng viên: Nguyễn Văn Thử");
    }

    async fn a_program_that_has_it_already_is_told_so(database) {
        let house = House::over(database).await;
        let officer = testing::actor(&house.office, "canbo", Role::ProvincialOfficer, province(&house).await).await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        let made = operations::calendar::make_feed(&house.office, &officer, domain::calendar::FeedKind::Person, None).await.unwrap();
        let mut reader = house.anonymous();
        for (path, caching) in [
            ("/calendar.ics".to_owned(), "public, max-age=0, must-revalidate"),
            (format!("/runs/{run}/calendar.ics"), "public, max-age=0, must-revalidate"),
            (made.path.clone(), "private, max-age=0, must-revalidate"),
        ] {
            let first = reader.get(&path).await;
            assert_eq!((first.status, first.header("cache-control")), (StatusCode::OK, caching), "{path}");
            let tag = first.header("etag").to_owned();
            assert_eq!(reader.get(&path).await.header("etag"), tag, "nothing changed");
            for known in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".to_owned()] {
                let same = again(&mut reader, &path, &known).await;
                assert_eq!((same.status, same.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{path} {known}");
                assert_eq!((same.header("etag"), same.header("cache-control")), (tag.as_str(), caching));
            }
            assert_eq!(again(&mut reader, &path, "W/\"0000000000000000\"").await.status, StatusCode::OK);
        }
        let before = reader.get("/calendar.ics").await.header("etag").to_owned();
        operations::runs::cancel_session(&house.office, &officer, sessions(&house, run).await[0], "Mất điện").await.unwrap();
        let after = again(&mut reader, "/calendar.ics", &before).await;
        assert!(after.status == StatusCode::OK && after.header("etag") != before, "what changed is sent");
    }

    async fn a_secret_address_is_made_shown_once_renewed_and_revoked(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let district = testing::unit(office, "395").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let (officer, _) = somebody(&house, "canbo", Role::ProvincialOfficer, province(&house).await).await;
        let (_, mut visitor) = somebody(&house, "daidien", Role::Representative, Scope::Organisation(organisation)).await;
        let (_, mut stranger) = somebody(&house, "giangvien", Role::Trainer, province(&house).await).await;
        let run = testing::published_run_in(office, &officer, "ENT-4", 40, "2019-07-02", district).await;
        testing::enrolled(office, &officer, run, organisation, 2).await;

        let page = visitor.get("/my/calendar").await.text();
        assert!(page.contains("Chưa có địa chỉ") && page.contains("HTX Xuân Lập") && !page.contains("Chỉ những buổi tôi dạy"));
        let id = organisation.to_string();
        let wanted = [("kind", "organisation"), ("organisation", id.as_str())];
        let made = visitor.post("/my/calendar/feeds", &wanted).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "private, no-store"));
        let path = shown_once(&made.text());
        assert!(made.text().contains(&format!("href=\"webcal://ocop.test{path}\"")) && made.text().contains("<svg"), "one tap, or one scan");
        assert!(!visitor.get("/my/calendar").await.text().contains(&path), "once");
        let mut reader = house.anonymous();
        let file = read(&reader.get(&path).await.text());
        assert_eq!((file.name.as_str(), file.events().len()), ("Tập huấn OCOP: HTX Xuân Lập", 2));
        assert_eq!(file.events()[0].description, "Học viên: Lê Thị An, Lê Thị Bình");
        let private = reader.get(&path).await;
        assert_eq!(private.header("cache-control"), "private, max-age=0, must-revalidate");

        let renewed = shown_once(&visitor.post("/my/calendar/feeds", &wanted).await.text());
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND, "the old address is dead");
        assert_eq!(reader.get(&renewed).await.status, StatusCode::OK);
        // Somebody else's address, one of an organisation that is not theirs, one that is no kind, and no address at all.
        let page = visitor.get("/my/calendar").await.text();
        let revoke = page.split("action=\"").find(|part| part.contains("/revoke\"")).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(stranger.post(&revoke, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post("/my/calendar/feeds", &wanted).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post("/my/calendar/feeds", &[("kind", "everything")]).await.status, StatusCode::NOT_FOUND);
        assert!(house.anonymous().post("/my/calendar/feeds", &wanted).await.location().starts_with("/sign-in"));
        assert!(house.anonymous().get("/my/calendar").await.location().starts_with("/sign-in"));

        let done = visitor.post(&revoke, &[]).await;
        assert_eq!(done.location(), "/my/calendar?done=revoked");
        assert!(visitor.get("/my/calendar?done=revoked").await.text().contains("Đã thu hồi địa chỉ"));
        assert_eq!(reader.get(&renewed).await.status, StatusCode::NOT_FOUND);
        assert_eq!(reader.get(renewed.trim_end_matches(".ics")).await.status, StatusCode::NOT_FOUND, "no other spelling opens it");
        for _ in 0..30 {
            reader.get("/feeds/0123456789abcdefghjkmnpqrs.ics").await;
        }
        assert_eq!(reader.get("/feeds/0123456789abcdefghjkmnpqrs.ics").await.status, StatusCode::TOO_MANY_REQUESTS);
    }
}
