//! Enrolling people over HTTP: by form, from a spreadsheet, and back again.

use std::io::Write as _;

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};
use store::Database;

struct Scene {
    house: House,
    planner: Actor,
    representative: Actor,
    organisation: OrganisationId,
    people: [PersonId; 2],
    run: RunId,
}

async fn scene(database: Database, capacity: i64) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, unit) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let planner = testing::actor(office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "htx.xuanlap", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run(office, &planner, "ENT-4", capacity, "2019-07-02").await;
    let people = [
        testing::person(office, "Lê Thị An", Some(organisation)).await,
        testing::person(office, "Lê Thị Bình", Some(organisation)).await,
    ];
    Scene { house, planner, representative, organisation, people, run }
}

impl Scene {
    async fn visitor(&self) -> Visitor {
        self.house.signed_in(&self.representative).await
    }

    fn at(&self, rest: &str) -> String {
        format!("/runs/{}{rest}", self.run)
    }

    async fn names(&self) -> Vec<String> {
        let mut records = self.house.office.database.read().await.unwrap();
        let live = store::enrolments::live_of_run(&mut records, self.run).await.unwrap();
        live.into_iter().map(|enrolment| enrolment.person_name).collect()
    }
}

/// A list as a cooperative sends it: headings in the fourth row, people below. They are made up.
fn list(rows: &[[&str; 5]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "DANH SÁCH ĐĂNG KÝ").unwrap();
    for (column, heading) in (0..).zip(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại"]) {
        sheet.write(3, column, heading).unwrap();
    }
    for (row, cells) in (4..).zip(rows) {
        sheet.write(row, 0, row - 3).unwrap();
        for (column, text) in (1..).zip(cells) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

operations::both! {
    async fn people_are_enrolled_by_form(database) {
        let scene = scene(database, 5).await;
        let mut visitor = scene.visitor().await;
        let page = visitor.get(&scene.at("/enrol")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("<details class=\"panel\">"), "who only ticks colleagues sees no empty fields");
        for text in ["Lê Thị An", "Lê Thị Bình", "HTX Xuân Lập", "rows.2.full_name", "Còn 5 / 5 chỗ"] {
            assert!(page.text().contains(text), "{text}");
        }
        assert!(!page.text().contains("rows.3.full_name"));

        let (organisation, an) = (scene.organisation.to_string(), scene.people[0].to_string());
        let typed = [
            ("organisation", organisation.as_str()),
            ("person", an.as_str()),
            ("rows.0.full_name", "Phạm Văn Dũng"),
            ("rows.0.phone", "12345"),
            ("rows.1.full_name", ""),
        ];
        let more = [&typed[..], &[("more", "yes")]].concat();
        let page = visitor.post(&scene.at("/enrol"), &more).await;
        assert_eq!(page.status, StatusCode::OK);
        let page_text = page.text();
        let fold = page_text.split("<details").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
        assert!(fold.contains(" open"), "who asked for more rows sees them: {fold}");
        assert!(page.text().contains("rows.4.full_name") && page.text().contains("Phạm Văn Dũng"));
        assert!(!page.text().contains("số điện thoại Việt Nam"), "nothing is judged before it is sent");

        let page = visitor.post(&scene.at("/enrol"), &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for text in ["value=\"Phạm Văn Dũng\"", "value=\"12345\"", ">Người mới 1 – Điện thoại: Không phải số điện thoại Việt Nam", "href=\"#f-rows-0-phone\""] {
            assert!(page.text().contains(text), "{text}");
        }
        assert!(page.text().split("<input").any(|input| input.contains(&an) && input.contains(" checked")), "the tick comes back");
        assert_eq!(scene.names().await.len(), 0);

        let mut right = typed;
        right[3].1 = "0912 345 678";
        let answer = visitor.post(&scene.at("/enrol"), &right).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, &*scene.at("/participants?enrolled=2&already=0")));
        let answer = visitor.post(&scene.at("/enrol"), &right).await;
        assert_eq!(answer.location(), scene.at("/participants?enrolled=0&already=2"));
        assert_eq!(scene.names().await, ["Lê Thị An", "Phạm Văn Dũng"]);
        let page = visitor.get(&scene.at("/enrol")).await.text();
        assert!(page.split("<input").any(|input| input.contains(&an) && input.contains(" disabled")), "{page}");

        let page = visitor.post(&scene.at("/enrol"), &typed[..1]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("Chưa chọn người nào"));
    }

    async fn a_list_is_uploaded_corrected_and_confirmed(database) {
        let scene = scene(database, 5).await;
        let mut visitor = scene.visitor().await;
        let page = visitor.get(&scene.at("/enrol/spreadsheet")).await;
        assert!(page.text().contains("multipart/form-data"));
        let organisation = scene.organisation.to_string();
        let file = list(&[
            ["Lê Thị An", "1985", "Nữ", "38185001234", "912345678"],
            ["Đỗ Văn Em", "31/02/1985", "?", "", ""],
            ["Đỗ Thị Giang", "02/09/1979", "Nữ", "", "01689123456"],
            ["Đỗ Thị Giang", "02/09/1979", "Nữ", "", ""],
        ]);
        let fields = [("organisation", organisation.as_str())];
        let page = visitor.upload(&scene.at("/enrol/spreadsheet"), &fields, "file", "ds.xlsx", &file).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        for seen in [
            "Dòng 5", "Dòng 8", "3 lỗi ở 2 dòng", "“31/02/1985”: Cần ngày sinh", "“?”: Hãy chọn", "Trùng với dòng 7",
            "38185001234 → 038185001234", "912345678 → 0912345678", "01689123456 → 0389123456", "Chỉ có năm sinh", "•••••••••234",
        ] {
            assert!(text.contains(seen), "{seen}");
        }
        assert!(text.contains("href=\"#f-rows-1-birth\">Dòng 6: Ngày hoặc năm sinh, Giới tính</a>"), "{text}");
        let row = text.split("Dòng 6").last().unwrap().split("</fieldset>").next().unwrap();
        let (open, folded) = row.split_once("<details").unwrap();
        assert!(open.contains("<strong>Đỗ Văn Em</strong>") && open.contains("rows.1.birth") && !open.contains("rows.1.phone"), "{row}");
        assert!(text.contains("2 lỗi</span>") && folded.contains("rows.1.full_name"), "{row}");
        assert_eq!(scene.names().await.len(), 0, "a preview changes nothing");

        let rows: Vec<(&str, &str)> = vec![
            ("organisation", &organisation),
            ("rows.0.number", "5"), ("rows.0.full_name", "Lê Thị An"), ("rows.0.birth", "1985"), ("rows.0.citizen_id", "38185001234"),
            ("rows.1.number", "6"), ("rows.1.full_name", "Đỗ Văn Em"), ("rows.1.birth", "31/02/1985"),
            ("rows.2.number", "7"), ("rows.2.full_name", "Đỗ Thị Giang"), ("rows.2.birth", "02/09/1979"),
            ("rows.3.number", "8"), ("rows.3.full_name", "Đỗ Thị Giang"), ("rows.3.birth", "02/09/1979"), ("rows.3.left_out", "yes"),
        ];
        let page = visitor.post(&scene.at("/enrol/spreadsheet/confirm"), &rows).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("Chưa đăng ký ai: còn 1 lỗi ở 1 dòng") && page.text().contains("Bỏ qua"), "{}", page.text());
        assert_eq!(scene.names().await.len(), 0);

        let corrected: Vec<(&str, &str)> =
            rows.into_iter().map(|(name, value)| (name, if value == "31/02/1985" { "28/02/1985" } else { value })).collect();
        let answer = visitor.post(&scene.at("/enrol/spreadsheet/confirm"), &corrected).await;
        assert_eq!(answer.location(), scene.at("/participants?enrolled=3&already=0"));
        assert_eq!(scene.names().await, ["Lê Thị An", "Đỗ Văn Em", "Đỗ Thị Giang"]);
        let answer = visitor.post(&scene.at("/enrol/spreadsheet/confirm"), &corrected).await;
        assert_eq!(answer.location(), scene.at("/participants?enrolled=0&already=3"), "the same list twice changes nothing");

        let page = visitor.upload(&scene.at("/enrol/spreadsheet"), &fields, "file", "ds.xlsx", &file).await.text();
        assert!(page.contains("Đã đăng ký lớp này"));
        let page = visitor.get(&answer.location().replace("already=3", "already=%3Cb%3E")).await.text();
        assert!(page.contains("3 người") && !page.contains("<b>"));
    }

    async fn a_full_run_says_how_many_seats_are_left(database) {
        let scene = scene(database, 1).await;
        let mut visitor = scene.visitor().await;
        let organisation = scene.organisation.to_string();
        let [an, binh] = scene.people.map(|person| person.to_string());
        let page = visitor.post(&scene.at("/enrol"), &[("organisation", &organisation), ("person", &an), ("person", &binh)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("Chỉ còn 1 chỗ, bạn đăng ký 2 người"));
        let file = list(&[["Lê Thị An", "1985", "", "", ""], ["Lê Thị Bình", "1985", "", "", ""]]);
        let fields = [("organisation", organisation.as_str())];
        let page = visitor.upload(&scene.at("/enrol/spreadsheet"), &fields, "file", "ds.xlsx", &file).await.text();
        assert!(page.contains("Chỉ còn 1 chỗ, bạn đăng ký 2 người"));
        assert_eq!(scene.names().await.len(), 0);
    }

    async fn a_place_is_given_back_with_a_reason_or_none(database) {
        let scene = scene(database, 5).await;
        let places = testing::enrolled(&scene.house.office, &scene.planner, scene.run, scene.organisation, 2).await;
        let mut visitor = scene.visitor().await;
        let page = visitor.get(&scene.at("/participants")).await.text();
        let address = format!("/enrolments/{}/withdraw", places[0]);
        assert!(page.contains(&address) && page.contains("2 người"));
        let page = visitor.get("/enrolments").await.text();
        assert!(page.contains("HTX Xuân Lập") && page.contains(&scene.at("/participants")) && page.contains("02/07/2019"));

        assert!(visitor.get(&address).await.text().contains("Lý do (không bắt buộc"));
        let long = "Ốm ".repeat(200);
        let page = visitor.post(&address, &[("reason", &long)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains(long.trim()), "what was typed comes back");
        let answer = visitor.post(&address, &[("reason", " ")]).await;
        assert_eq!(answer.location(), scene.at(&format!("/participants?withdrawn={}", places[0])));
        assert!(visitor.get(answer.location()).await.text().contains("Đã rút đăng ký của Lê Thị"));
        assert_eq!(scene.names().await.len(), 1);
        let page = visitor.post(&address, &[("reason", "Bị ốm")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn every_route_keeps_to_its_roles_and_scopes(database) {
        let scene = scene(database, 5).await;
        let office = &scene.house.office;
        let place = testing::enrolled(office, &scene.planner, scene.run, scene.organisation, 1).await[0];
        let (province, elsewhere) = (testing::unit(office, "38").await, testing::unit(office, "384").await);
        let foreign = testing::organisation(office, OrganisationKind::Cooperative, "HTX Mường Lát", elsewhere).await;
        let strangers = [
            testing::actor(office, "htx.muonglat", Role::Representative, Scope::Organisation(foreign)).await,
            testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(elsewhere)).await,
            testing::actor(office, "giang.vien", Role::Trainer, Scope::Unit(province)).await,
            testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(province)).await,
        ];
        let organisation = scene.organisation.to_string();
        let pages = [
            scene.at(&format!("/enrol?organisation={organisation}")),
            scene.at(&format!("/enrol/spreadsheet?organisation={organisation}")),
            format!("/enrolments/{place}/withdraw"),
        ];
        let own = [("organisation", organisation.as_str()), ("reason", "x"), ("rows.0.full_name", "Phạm Văn Dũng")];
        let forms = [scene.at("/enrol"), scene.at("/enrol/spreadsheet/confirm"), format!("/enrolments/{place}/withdraw")];
        let file = list(&[["Lê Thị An", "1985", "", "", ""]]);

        let mut nobody = scene.house.anonymous();
        for page in pages.iter().map(String::as_str).chain(["/enrolments", "/enrolments/template.xlsx", &scene.at("/participants")]) {
            let answer = nobody.get(page).await;
            assert!(answer.location().starts_with("/sign-in?next="), "{page}: {}", answer.status);
        }
        for form in &forms {
            assert!(nobody.post(form, &own).await.location().starts_with("/sign-in"), "{form}");
        }
        let answer = nobody.upload(&scene.at("/enrol/spreadsheet"), &own[..1], "file", "ds.xlsx", &file).await;
        assert!(answer.location().starts_with("/sign-in"));

        for actor in &strangers {
            let mut visitor = scene.house.signed_in(actor).await;
            for page in &pages {
                assert_eq!(visitor.get(page).await.status, StatusCode::NOT_FOUND, "{page} {:?}", actor.grants);
            }
            for form in &forms {
                assert_eq!(visitor.post(form, &own).await.status, StatusCode::NOT_FOUND, "{form} {:?}", actor.grants);
            }
            let answer = visitor.upload(&scene.at("/enrol/spreadsheet"), &own[..1], "file", "ds.xlsx", &file).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            if !actor.is(Role::Manager) {
                let answer = visitor.get(&format!("/enrolments?organisation={organisation}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{:?}", actor.grants);
                assert!(!visitor.get(&scene.at("/participants")).await.text().contains("Lê Thị An"));
            }
        }
        let mut visitor = scene.visitor().await;
        for wrong in ["/runs/nothing/enrol", "/runs/01890000-0000-7000-8000-000000000000/enrol", "/enrolments/nothing/withdraw",
            "/runs/nothing/participants", "/enrolments?organisation=nothing"] {
            assert_eq!(visitor.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        let stranger = testing::person(office, "Hơ Dũa", Some(foreign)).await.to_string();
        let answer = visitor.post(&scene.at("/enrol"), &[("organisation", &organisation), ("person", &stranger)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(scene.names().await.len(), 1, "nobody got in or out");

        let mut officer = scene.house.signed_in(&scene.planner).await;
        let page = officer.get(&scene.at("/enrol")).await.text();
        assert!(page.contains("Đăng ký cho đơn vị nào?") && page.contains("HTX Mường Lát"));
        assert_eq!(officer.get(&pages[0]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_with_the_reason() {
    let scene = scene(store::testing::sqlite().await, 5).await;
    let mut visitor = scene.visitor().await;
    let organisation = scene.organisation.to_string();
    let fields = [("organisation", organisation.as_str())];
    let good = list(&[["Lê Thị An", "1985", "", "", ""]]);
    let many: Vec<[&str; 5]> = vec![["Lê Thị An", "1985", "", "", ""]; 501];
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..70 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("nothing chosen", vec![], "Cần điền mục này"),
        ("a sentence", b"danh sach se gui sau".to_vec(), "không phải bảng tính"),
        ("a picture", [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 200]].concat(), "không phải bảng tính"),
        ("cut off", good[..good.len() / 2].to_vec(), "không phải bảng tính"),
        ("no heading", list(&[])[..].to_vec(), "không có người nào"),
        ("501 rows", list(&many), "tối đa 500 dòng"),
        ("six megabytes", vec![0; 6 << 20], "lớn hơn 5 MB"),
        ("a little more than five", vec![0; (5 << 20) + 1], "lớn hơn 5 MB"),
        ("a bomb", bomb, "tối đa 500 dòng"),
    ];
    for (what, bytes, sentence) in cases {
        let page = visitor.upload(&scene.at("/enrol/spreadsheet"), &fields, "file", "ds.xlsx", &bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", page.text());
        assert!(page.text().contains(sentence), "{what}: {}", page.text());
    }
    let answer = visitor.post(&scene.at("/enrol/spreadsheet"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let answer = visitor.get("/enrolments/template.xlsx").await;
    assert!(answer.bytes.starts_with(b"PK") && answer.header("content-disposition").contains("danh-sach-dang-ky.xlsx"));
}
