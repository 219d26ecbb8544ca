//! The catalogue, runs and the public calendar over HTTP: forms without JavaScript, roles, foreign ids, fresh copies.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::RunId;
use operations::testing;
use server::testing::{Answer, House, Visitor};

const GONE: &str = "00000000-0000-7000-8000-000000000000";

async fn somebody(house: &House, name: &str, role: Role, code: &str) -> (Actor, Visitor) {
    let unit = Scope::Unit(testing::unit(&house.office, code).await);
    let actor = testing::actor(&house.office, name, role, unit).await;
    let visitor = house.signed_in(&actor).await;
    (actor, visitor)
}

async fn course(house: &House, code: &str) -> String {
    let courses = operations::courses::list(&house.office).await.unwrap();
    courses.into_iter().find(|course| course.code == code).unwrap().id.to_string()
}

/// The form of a new run on 02/07/2019 with one morning, as a browser sends it.
async fn plan(house: &House, button: &str) -> Vec<(String, String)> {
    let unit = testing::unit(&house.office, "395").await.to_string();
    let fields = [
        ("course", course(house, "ENT-4").await),
        ("name", "Lớp 3".into()),
        ("audience", "organisations".into()),
        ("unit", unit),
        ("venue", "Nhà văn hóa huyện Thọ Xuân".into()),
        ("capacity", "40".into()),
        ("enrolment_deadline", "2019-07-01".into()),
        ("note", "Mang theo sổ sách".into()),
        ("sessions.0.id", String::new()),
        ("sessions.0.day", "2019-07-02".into()),
        ("sessions.0.half_day", "morning".into()),
        ("sessions.0.starts", "07:30".into()),
        ("sessions.0.ends", "11:30".into()),
        ("sessions.0.topic", "Biểu 03".into()),
        ("do", button.into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

async fn post(visitor: &mut Visitor, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(path, &fields).await
}

/// The value of the first field of this name on a page.
fn value(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {page}"));
    field.split('"').next().unwrap().to_owned()
}

/// Drafts the run of [`plan`] as `planner`; gives its address.
async fn drafted(house: &House, planner: &mut Visitor) -> String {
    let answer = post(planner, "/runs/new", &plan(house, "save").await).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().strip_suffix("?done=drafted").unwrap().to_owned()
}

operations::both! {
    async fn a_run_is_planned_without_javascript_and_nothing_typed_is_lost(database) {
        let house = House::over(database).await;
        let (_, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let page = trainer.get(&format!("/runs/new?course={}", course(&house, "ENT-4").await)).await.text();
        assert!(page.contains("name=\"sessions.1.day\"") && !page.contains("name=\"sessions.2.day\""), "eight hours are two half-days");
        assert!(!page.contains("<script"));

        let more = post(&mut trainer, "/runs/new", &plan(&house, "add").await).await;
        assert_eq!(more.status, StatusCode::OK);
        for kept in ["Lớp 3", "Mang theo sổ sách", "Biểu 03", "name=\"sessions.1.day\"", "value=\"13:30\""] {
            assert!(more.text().contains(kept), "{kept}");
        }
        let fewer = post(&mut trainer, "/runs/new", &plan(&house, "remove.0").await).await.text();
        assert!(fewer.contains("Lớp 3") && !fewer.contains("name=\"sessions.0.day\""));

        let mut faulty = plan(&house, "save").await;
        faulty[6].1 = "mai".into();
        faulty[12].1 = "bảy giờ".into();
        let answer = post(&mut trainer, "/runs/new", &faulty).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("value=\"mai\"") && answer.text().contains("href=\"#f-enrolment_deadline\""));
        let summary = answer.text().split("role=\"alert\"").nth(1).unwrap().split("</ul>").next().unwrap().to_owned();
        assert!(summary.contains(">Hạn đăng ký: "), "{summary}");
        assert!(summary.contains(">Buổi 1 – Đến: "), "a field of a session is called by its session: {summary}");

        let path = drafted(&house, &mut trainer).await;
        assert!(trainer.get(&format!("{path}?done=drafted")).await.text().contains("Đã lưu nháp"));
        assert!(trainer.get("/runs").await.text().contains("Bản nháp"));
        assert_eq!(house.anonymous().get(&path).await.status, StatusCode::NOT_FOUND);

        // Changed from the page that shows it, then from a page that is out of date.
        let mut change = plan(&house, "save").await;
        change[5].1 = "45".into();
        change.push(("sequence".into(), "0".into()));
        let answer = post(&mut trainer, &format!("{path}/edit"), &change).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{path}?done=changed").as_str()));
        let late = post(&mut trainer, &format!("{path}/edit"), &change).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text().contains("đã thay đổi trong lúc trang này mở"));
    }

    async fn copies_differ_by_language_encoding_and_reader(database) {
        let house = House::over(database).await;
        let (planner, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        testing::published_run(&house.office, &planner, "ENT-4", 40, "2019-07-02").await;
        let ask = async |path: &str, cookie: &str, encoding: &str| {
            let request = Request::builder().uri(path).header("cookie", cookie).header("accept-encoding", encoding);
            house.anonymous().send_request(request.body(Body::empty()).unwrap()).await
        };
        let path = "/calendar?month=2019-07";
        // Each twice: made, then sent again.
        let mut bodies = Vec::new();
        for (cookie, encoding) in [("", ""), ("", "br"), ("", "gzip, br"), ("language=en", ""), ("language=en", "gzip")] {
            let (first, again) = (ask(path, cookie, encoding).await, ask(path, cookie, encoding).await);
            assert_eq!(first.status, StatusCode::OK);
            assert_eq!(first.bytes, again.bytes, "{cookie} {encoding}");
            for name in ["content-type", "content-encoding", "content-security-policy", "cache-control", "vary", "x-frame-options"] {
                assert_eq!(first.header(name), again.header(name), "{name}");
            }
            assert_eq!(again.header("content-encoding"), if encoding.contains("br") { "br" } else { encoding });
            assert_eq!(again.header("content-length"), again.bytes.len().to_string());
            bodies.push(again);
        }
        assert!(bodies[0].text().contains("Lịch tập huấn") && bodies[3].text().contains("Training calendar"));
        assert!(bodies[1].bytes.len() < bodies[0].bytes.len() / 2);
        let own = trainer.get(path).await;
        assert!(own.text().contains("/sign-out") && !bodies[0].text().contains("/sign-out"));
        assert!(!house.anonymous().get(path).await.text().contains("/sign-out"), "what one reader sees is not kept for others");
    }

    async fn the_calendar_is_never_stale(database) {
        let house = House::over(database).await;
        let (planner, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let path = drafted(&house, &mut trainer).await;
        let mut reader = house.anonymous();
        let july = "/calendar?month=2019-07";
        let empty = reader.get(july).await;
        assert!(empty.text().contains("Chưa có lớp nào trong tháng này") && !empty.text().contains("Lớp 3"));
        assert_eq!(empty.header("cache-control"), "public, max-age=0, must-revalidate");
        assert!(!reader.get("/").await.text().contains("Lớp 3"));
        assert!(!reader.get("/calendar.ics").await.text().contains("BEGIN:VEVENT"));

        assert_eq!(trainer.post(&format!("{path}/publish"), &[]).await.status, StatusCode::SEE_OTHER);
        for page in [july, "/", "/calendar?month=2019-07&view=month", "/calendar?month=2019-07&topic=&unit=&audience="] {
            assert!(reader.get(page).await.text().contains("Xây dựng phương án"), "{page}");
        }
        assert!(reader.get("/calendar").await.text().contains("Lớp gần nhất"), "an empty month leads on");
        assert!(reader.get("/calendar.ics").await.text().contains("BEGIN:VEVENT"));
        assert!(!reader.get("/calendar?month=2019-07&topic=market").await.text().contains("Lớp 3"));
        let again = trainer.post(&format!("{path}/publish"), &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("đã được công bố rồi"));

        // A copy is what is shown: what is changed behind the office's back shows a minute later.
        let id: RunId = path.strip_prefix("/runs/").unwrap().parse().unwrap();
        let mut work = house.office.database.begin().await.unwrap();
        store::runs::cancel(&mut work, id, "Bão số 3", planner.account, house.office.now()).await.unwrap();
        work.commit().await.unwrap();
        for copied in [july, "/calendar.ics"] {
            assert!(!reader.get(copied).await.text().contains("Bão số 3"), "{copied}");
            assert!(trainer.get(copied).await.text().contains("Bão số 3"), "whoever is signed in reads the records: {copied}");
        }
        assert!(reader.get("/calendar.ics?topic=").await.text().contains("Bão số 3"), "another spelling is not kept");
        house.clock.set("2019-06-12 08:02");
        for copied in [july, "/calendar.ics"] {
            assert!(reader.get(copied).await.text().contains("Bão số 3"), "{copied}");
        }
        assert!(reader.get(&path).await.text().contains("Bão số 3"), "the page of a cancelled run stays");
    }

    async fn seats_and_cancellations_show_at_once(database) {
        let house = House::over(database).await;
        let (officer, mut visitor) = somebody(&house, "canbo", Role::ProvincialOfficer, "38").await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        let july = "/calendar?month=2019-07";
        let mut reader = house.anonymous();
        assert!(reader.get(july).await.text().contains("0 / 40 chỗ"));
        let path = format!("/runs/{run}");
        let sure = visitor.get(&format!("{path}/cancel")).await;
        assert!(sure.status == StatusCode::OK && sure.text().contains("Giữ lớp"));
        let unsaid = visitor.post(&format!("{path}/cancel"), &[("reason", " ")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unsaid.text().contains("Cần nêu lý do"));
        let done = visitor.post(&format!("{path}/cancel"), &[("reason", "Bão số 3")]).await;
        assert_eq!(done.location(), format!("{path}?done=cancelled"));
        assert!(reader.get(july).await.text().contains("Đã hủy: Bão số 3"));
        assert_eq!(visitor.get(&format!("{path}/edit")).await.status, StatusCode::NOT_FOUND, "nothing is left to change");
    }

    async fn calendar_programs_read_sessions_that_keep_their_names(database) {
        let house = House::over(database).await;
        let (officer, mut visitor) = somebody(&house, "canbo", Role::ProvincialOfficer, "38").await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        let mut reader = house.anonymous();
        let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID:")).map(ToOwned::to_owned).collect::<Vec<_>>();
        let first = reader.get("/calendar.ics").await;
        assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(uids(&first.text()).len(), 2);
        assert!(first.text().contains("SEQUENCE:0") && first.text().contains("STATUS:CONFIRMED"));
        assert_eq!(uids(&reader.get(&format!("/runs/{run}/calendar.ics")).await.text()), uids(&first.text()));
        assert_eq!(uids(&reader.get("/calendar.ics?topic=market").await.text()).len(), 0);
        visitor.post(&format!("/runs/{run}/cancel"), &[("reason", "Bão số 3")]).await;
        let after = reader.get("/calendar.ics").await.text();
        assert_eq!(uids(&after), uids(&first.text()));
        assert!(after.contains("SEQUENCE:1") && after.contains("STATUS:CANCELLED") && !after.contains("STATUS:CONFIRMED"));
    }

    async fn every_route_knows_its_roles_and_foreign_ids(database) {
        let house = House::over(database).await;
        let (_, mut owner) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let (_, mut other) = somebody(&house, "giangvien2", Role::Trainer, "38").await;
        let (_, mut officer) = somebody(&house, "canbotinh", Role::ProvincialOfficer, "38").await;
        let (_, mut district) = somebody(&house, "thoxuan", Role::UnitOfficer, "395").await;
        let (_, mut manager) = somebody(&house, "lanhdao", Role::Manager, "380").await;
        let draft = drafted(&house, &mut owner).await;
        let at = |page: &str| format!("{draft}{page}");
        let courses = format!("/courses/{}", course(&house, "ENT-4").await);
        let (ok, gone, sign_in) = (StatusCode::OK, StatusCode::NOT_FOUND, StatusCode::SEE_OTHER);
        // Path; then what owner, another trainer, provincial officer, officer of the unit, manager elsewhere and nobody get.
        let table = [
            ("/".to_owned(), [ok, ok, ok, ok, ok, ok]),
            ("/calendar".to_owned(), [ok, ok, ok, ok, ok, ok]),
            ("/calendar.ics".to_owned(), [ok, ok, ok, ok, ok, ok]),
            ("/runs".to_owned(), [ok, ok, ok, ok, ok, sign_in]),
            ("/runs/new".to_owned(), [ok, ok, ok, gone, gone, sign_in]),
            (at(""), [ok, gone, ok, ok, gone, gone]),
            (at("/calendar.ics"), [ok, gone, ok, ok, gone, gone]),
            (at("/edit"), [ok, gone, ok, gone, gone, sign_in]),
            (at("/cancel"), [ok, gone, ok, gone, gone, sign_in]),
            ("/courses".to_owned(), [gone, gone, ok, gone, gone, sign_in]),
            ("/courses/new".to_owned(), [gone, gone, ok, gone, gone, sign_in]),
            (courses.clone(), [gone, gone, ok, gone, gone, sign_in]),
            (format!("/courses/{GONE}"), [gone, gone, gone, gone, gone, sign_in]),
            (format!("/runs/{GONE}"), [gone, gone, gone, gone, gone, gone]),
            ("/runs/x".to_owned(), [gone, gone, gone, gone, gone, gone]),
            (format!("/runs/{GONE}/edit"), [gone, gone, gone, gone, gone, sign_in]),
        ];
        let mut nobody = house.anonymous();
        let mut visitors = [&mut owner, &mut other, &mut officer, &mut district, &mut manager, &mut nobody];
        for (path, expected) in &table {
            for (n, visitor) in visitors.iter_mut().enumerate() {
                assert_eq!(visitor.get(path).await.status, expected[n], "GET {path} as {n}");
            }
        }
        // Deeds of those who may not do them, and on what is not there.
        let mut form = plan(&house, "save").await;
        form.push(("sequence".into(), "0".into()));
        for (n, visitor) in visitors.iter_mut().enumerate() {
            for path in [at("/publish"), at("/cancel"), at("/edit")] {
                if n != 0 && n != 2 {
                    let expected = if n == 5 { sign_in } else { gone };
                    let answer = post(visitor, &path, &form).await;
                    assert_eq!(answer.status, expected, "POST {path} as {n}");
                    assert!(n != 5 || answer.location().starts_with("/sign-in"), "POST {path}");
                }
            }
            for path in ["publish", "cancel", "edit"].map(|deed| format!("/runs/{GONE}/{deed}")) {
                assert_eq!(post(visitor, &path, &form).await.status, if n == 5 { sign_in } else { gone }, "POST {path} as {n}");
            }
            if n != 2 {
                for path in ["/courses/new", courses.as_str()] {
                    assert_eq!(visitor.post(path, &[]).await.status, if n == 5 { sign_in } else { gone }, "POST {path} as {n}");
                }
            }
            if n == 3 || n == 4 {
                assert_eq!(post(visitor, "/runs/new", &form).await.status, gone);
            }
        }
        assert!(owner.get(&draft).await.text().contains("Bản nháp"), "nobody did anything to it");
    }

    async fn the_catalogue_is_kept_by_forms(database) {
        let house = House::over(database).await;
        let (_, mut officer) = somebody(&house, "canbotinh", Role::ProvincialOfficer, "38").await;
        let mut fields = vec![
            ("code", "ENT-9"), ("title", "Bán hàng trực tuyến"), ("title_english", "Selling on line"), ("topic", "market"),
            ("audience", "organisations"), ("hours", "8"), ("capacity", "40"), ("min_attendance", "80"), ("late_counts", "100"),
            ("excused_counts", "0"),
        ];
        let added = officer.post("/courses/new", &fields).await;
        assert_eq!(added.location(), "/courses?done=added", "{}", added.text());
        let twice = officer.post("/courses/new", &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text().contains("Đã có mục này") && twice.text().contains("Bán hàng trực tuyến"));
        let path = format!("/courses/{}", course(&house, "ENT-9").await);
        fields[7].1 = "101";
        fields.push(("rule_version", "1"));
        assert!(officer.post(&path, &fields).await.text().contains("từ 0 đến 100"));
        fields[7].1 = "90";
        assert_eq!(officer.post(&path, &fields).await.location(), "/courses?done=changed");
        assert!(officer.get(&path).await.text().contains("phiên bản 2"));
    }

    async fn a_clash_stands_beside_the_button_until_somebody_answers_for_it(database) {
        let house = House::over(database).await;
        let (planner, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let taught = async |button: &str| {
            let mut fields = plan(&house, button).await;
            fields.push(("sessions.0.trainers".into(), planner.person.to_string()));
            fields
        };
        let draft = async |visitor: &mut Visitor| {
            let answer = post(visitor, "/runs/new", &taught("save").await).await;
            answer.location().strip_suffix("?done=drafted").unwrap().to_owned()
        };
        let first = draft(&mut trainer).await;
        assert_eq!(trainer.post(&format!("{first}/publish"), &[]).await.status, StatusCode::SEE_OTHER);

        // Shown while editing, with everything that was typed.
        let looked = post(&mut trainer, "/runs/new", &taught("check").await).await;
        assert_eq!(looked.status, StatusCode::OK);
        assert!(looked.text().contains("dạy lớp khác cùng lúc") && looked.text().contains("Mang theo sổ sách"));

        let second = draft(&mut trainer).await;
        let page = trainer.get(&second).await.text();
        let key = value(&page, "clash");
        assert!(page.contains("Lý do vẫn công bố"), "the draft says so before anybody presses");
        let publish = format!("{second}/publish");
        let refused = trainer.post(&publish, &[("clash", &key)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let unseen = trainer.post(&publish, &[("reason", "Dạy chung")]).await;
        assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason for what was not shown");
        assert!(unseen.text().contains("Dạy chung"), "what was typed comes back");
        let published = trainer.post(&publish, &[("clash", &key), ("reason", "Dạy chung hai lớp")]).await;
        assert_eq!(published.location(), format!("{second}?done=published"));
        assert!(trainer.get(&second).await.text().contains("Dạy chung hai lớp"));
        assert!(!house.anonymous().get(&second).await.text().contains("Dạy chung hai lớp"), "planners read it, the public does not");
    }

    async fn a_published_run_changes_when_its_change_is_released(database) {
        let house = House::over(database).await;
        let (_, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let (_, mut manager) = somebody(&house, "lanhdao", Role::Manager, "395").await;
        let path = drafted(&house, &mut trainer).await;
        trainer.post(&format!("{path}/publish"), &[]).await;
        let edit = trainer.get(&format!("{path}/edit")).await.text();
        let mut change = plan(&house, "save").await;
        change[8].1 = value(&edit, "sessions.0.id");
        change[9].1 = "2019-07-03".into();
        change.push(("sequence".into(), "0".into()));
        let saved = post(&mut trainer, &format!("{path}/edit"), &change).await;
        assert_eq!(saved.location(), format!("{path}/release"));
        let page = trainer.get(&format!("{path}/release")).await.text();
        assert!(page.contains("Buổi 1 chuyển từ 02/07/2019 sáng, 07:30–11:30 sang 03/07/2019 sáng, 07:30–11:30."), "{page}");
        assert!(house.anonymous().get("/calendar?month=2019-07").await.text().contains("datetime=\"2019-07-02\""));

        let release = format!("{path}/release");
        let stale = trainer.post(&release, &[("saved_at", "1")]).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.text().contains("đã thay đổi trong lúc trang này mở"));
        let released = trainer.post(&release, &[("saved_at", &value(&page, "saved_at"))]).await;
        assert_eq!(released.location(), format!("{path}?done=released"));
        assert!(house.anonymous().get("/calendar?month=2019-07").await.text().contains("datetime=\"2019-07-03\""), "never stale");
        assert_eq!(trainer.get(&release).await.location(), path, "there is nothing to release any more");
        let versions = manager.get(&format!("{path}/versions")).await;
        assert!(versions.text().contains("Phiên bản 2") && versions.text().contains("Buổi 1 chuyển từ"));
        assert_eq!(manager.get(&format!("{path}/edit")).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_session_is_called_off_on_its_own_page(database) {
        let house = House::over(database).await;
        let (planner, mut trainer) = somebody(&house, "giangvien", Role::Trainer, "38").await;
        let run = testing::published_run(&house.office, &planner, "ENT-4", 40, "2019-07-02").await;
        let sessions = store::runs::sessions(&mut house.office.database.read().await.unwrap(), run).await.unwrap();
        let path = format!("/sessions/{}/cancel", sessions[1].id);
        assert!(trainer.get(&path).await.text().contains("02/07/2019 chiều, 13:30–17:00"));
        let without = trainer.post(&path, &[("reason", "")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = trainer.post(&path, &[("reason", "Mất điện")]).await;
        assert_eq!(done.location(), format!("/runs/{run}?done=session_cancelled"));
        assert!(house.anonymous().get(&format!("/runs/{run}")).await.text().contains("Đã hủy: Mất điện"));
        let feed = house.anonymous().get(&format!("/runs/{run}/calendar.ics")).await.text();
        assert!(feed.contains("STATUS:CANCELLED") && feed.matches("BEGIN:VEVENT").count() == 2);
        let again = trainer.post(&path, &[("reason", "Mất điện")]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("đã bị hủy"));
        let last = trainer.post(&format!("/sessions/{}/cancel", sessions[0].id), &[("reason", "Mất điện")]).await;
        assert!(last.text().contains("Hãy hủy cả lớp"));
        for path in [format!("/sessions/{GONE}/cancel"), format!("/runs/{GONE}/release"), format!("/runs/{GONE}/versions")] {
            assert_eq!(trainer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
