//! The board and the requirements over HTTP: every role, other people's units and organisations, and the spreadsheet.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, UnitId};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::House;
use store::Database;

struct Scene {
    house: House,
    district: UnitId,
    commune: UnitId,
    elsewhere: UnitId,
    organisation: OrganisationId,
    far: OrganisationId,
    officer: Actor,
    manager: Actor,
    representative: Actor,
    trainer: Actor,
}

/// One cooperative in Thọ Xuân that is on the way with what is required, one in Thanh Hóa city that is not.
async fn scene(database: Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let [province, district, commune, elsewhere] = [
        testing::unit(office, "38").await,
        testing::unit(office, "395").await,
        testing::unit(office, "15502").await,
        testing::unit(office, "380").await,
    ];
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Bắc Lương", commune).await;
    let far = testing::organisation(office, OrganisationKind::Household, "Hộ kinh doanh Hạnh", elsewhere).await;
    let officer = testing::actor(office, "officer", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let manager = testing::actor(office, "manager", Role::Manager, Scope::Unit(district)).await;
    let representative = testing::actor(office, "htx", Role::Representative, Scope::Organisation(organisation)).await;
    let trainer = testing::actor(office, "trainer", Role::Trainer, Scope::Unit(province)).await;
    let run = testing::published_run(office, &officer, "ENT-1", 40, "2019-07-02").await;
    testing::enrolled(office, &officer, run, organisation, 1).await;
    Scene { house, district, commune, elsewhere, organisation, far, officer, manager, representative, trainer }
}

/// Requires ENT-1 of organisations until 31/07/2019 through the form; gives its identifier.
async fn require(scene: &Scene) -> String {
    let mut officer = scene.house.signed_in(&scene.officer).await;
    let page = officer.get("/requirements").await.text();
    assert!(page.contains("Năm 2019 chưa có khóa bắt buộc"), "{page}");
    let option = page.split("<option value=\"").find(|option| option.contains("ENT-1")).expect("the course is offered");
    let course = option.split('"').next().unwrap();
    let fields = [("course", course), ("audience", "organisations"), ("deadline", "31/07/2019")];
    let answer = officer.post("/requirements", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/requirements?year=2019"));
    // Again, or of the wrong audience, it comes back with what was typed.
    let again = officer.post("/requirements", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("Đã có mục này.") && again.text().contains("31/07/2019"));
    let wrong = officer.post("/requirements", &[("course", course), ("audience", "officers"), ("deadline", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("ngày/tháng/năm") && wrong.text().contains("value=\"x\""));
    let page = officer.get("/requirements?year=2019").await.text();
    page.split("/requirements/").nth(1).expect("it is listed").split('/').next().unwrap().to_owned()
}

operations::both! {
    async fn what_is_required_is_kept_by_the_office_alone(database) {
        let scene = scene(database).await;
        let requirement = require(&scene).await;
        let remove = format!("/requirements/{requirement}/remove");
        for actor in [&scene.manager, &scene.representative, &scene.trainer] {
            let mut visitor = scene.house.signed_in(actor).await;
            assert_eq!(visitor.get("/requirements").await.status, StatusCode::NOT_FOUND);
            let fields = [("course", requirement.as_str()), ("audience", "organisations"), ("deadline", "31/07/2019")];
            assert_eq!(visitor.post("/requirements", &fields).await.status, StatusCode::NOT_FOUND);
            assert_eq!(visitor.post(&remove, &[]).await.status, StatusCode::NOT_FOUND);
        }
        let mut anonymous = scene.house.anonymous();
        for answer in [anonymous.get("/requirements").await, anonymous.post("/requirements", &[]).await, anonymous.post(&remove, &[]).await] {
            assert!(answer.location().starts_with("/sign-in"), "{} {}", answer.status, answer.location());
        }
        let mut officer = scene.house.signed_in(&scene.officer).await;
        assert_eq!(officer.post("/requirements/x/remove", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.get("/requirements?year=x").await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&remove, &[]).await.location(), "/requirements?year=2019");
        assert_eq!(officer.post(&remove, &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn everybody_begins_with_their_own_board(database) {
        let scene = scene(database).await;
        require(&scene).await;
        let own = format!("/board/organisations/{}", scene.organisation);
        let mut representative = scene.house.signed_in(&scene.representative).await;
        assert_eq!(representative.get("/board").await.location(), own);
        let page = representative.get(&own).await.text();
        assert!(page.contains("HTX Bắc Lương") && page.contains("Đang học") && page.contains("Lê Thị An"), "{page}");
        let mut manager = scene.house.signed_in(&scene.manager).await;
        let page = manager.get("/board").await.text();
        assert!(page.contains("Huyện Thọ Xuân") && page.contains("Xã Bắc Lương") && !page.contains("Hạnh"), "{page}");
        let mut officer = scene.house.signed_in(&scene.officer).await;
        let page = officer.get("/board").await.text();
        assert!(page.contains("Huyện Thọ Xuân") && page.contains("Thành phố Thanh Hóa"), "{page}");
        let mut trainer = scene.house.signed_in(&scene.trainer).await;
        assert_eq!(trainer.get("/board").await.status, StatusCode::NOT_FOUND);
        assert!(scene.house.anonymous().get("/board").await.location().starts_with("/sign-in"));
    }

    async fn other_units_and_organisations_are_not_found(database) {
        let scene = scene(database).await;
        require(&scene).await;
        let board = |unit: UnitId| format!("/board/{unit}");
        let table = |unit: UnitId| format!("/board.xlsx?unit={unit}");
        let organisation = |id: OrganisationId| format!("/board/organisations/{id}");
        let (mine, theirs) = (scene.district, scene.elsewhere);
        for (actor, path, status) in [
            (&scene.officer, board(theirs), 200),
            (&scene.officer, table(theirs), 200),
            (&scene.officer, organisation(scene.far), 200),
            (&scene.manager, board(mine), 200),
            (&scene.manager, board(scene.commune), 200),
            (&scene.manager, board(theirs), 404),
            (&scene.manager, table(mine), 200),
            (&scene.manager, table(theirs), 404),
            (&scene.manager, organisation(scene.organisation), 200),
            (&scene.manager, organisation(scene.far), 404),
            (&scene.representative, board(scene.commune), 404),
            (&scene.representative, table(scene.commune), 404),
            (&scene.representative, organisation(scene.organisation), 200),
            (&scene.representative, organisation(scene.far), 404),
            (&scene.trainer, board(mine), 404),
            (&scene.trainer, table(mine), 404),
            (&scene.trainer, organisation(scene.organisation), 404),
            (&scene.officer, "/board/x".into(), 404),
            (&scene.officer, "/board/organisations/x".into(), 404),
            (&scene.officer, "/board.xlsx".into(), 404),
            (&scene.officer, format!("{}?audience=everyone", board(mine)), 404),
            (&scene.officer, format!("{}?year=1", board(mine)), 404),
            (&scene.officer, format!("{}?page=0", board(mine)), 404),
            (&scene.officer, format!("{}?standing=x", board(mine)), 404),
        ] {
            let answer = scene.house.signed_in(actor).await.get(&path).await;
            assert_eq!(answer.status.as_u16(), status, "{} {path}", actor.name);
        }
        for path in [board(mine), table(mine), organisation(scene.organisation)] {
            assert!(scene.house.anonymous().get(&path).await.location().starts_with("/sign-in"), "{path}");
        }
    }

    async fn the_spreadsheet_says_what_the_page_says(database) {
        let scene = scene(database).await;
        require(&scene).await;
        let mut officer = scene.house.signed_in(&scene.officer).await;
        let page = officer.get("/board").await.text();
        let path = page.split("href=\"/board.xlsx").nth(1).expect("the page offers it").split('"').next().unwrap();
        let answer = officer.get(&format!("/board.xlsx{}", path.replace("&amp;", "&"))).await;
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tien-do-2019.xlsx\"");
        let sheet = rows(&answer.bytes);
        let row = |name: &str| sheet.iter().find(|row| row.first().is_some_and(|cell| cell == name)).cloned();
        let city = row("Thành phố Thanh Hóa").expect("a row a unit");
        assert_eq!(city[1..], ["1", "0", "0", "1", "0", "0"]);
        assert_eq!(row("Huyện Thọ Xuân").unwrap()[1..], ["1", "0", "1", "0", "0", "0"]);
        assert_eq!(row("Tổng cộng").unwrap()[1..], ["2", "0", "1", "1", "0", "0"]);
        for shown in ["Còn thiếu: 1, Thành phố Thanh Hóa", "Đang học: 1, Huyện Thọ Xuân", "Chủ thể: 2, Tổng cộng"] {
            assert!(page.contains(shown), "{shown} in {page}");
        }
        // The names behind a number are as many as the number, on the page and in the spreadsheet.
        let query = "year=2019&audience=organisations&standing=missing&names=yes";
        let names = officer.get(&format!("/board?{query}")).await.text();
        assert!(names.contains("Hộ kinh doanh Hạnh") && !names.contains("HTX Bắc Lương"), "{names}");
        let unit = names.split("/board.xlsx?unit=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let sheet = rows(&officer.get(&format!("/board.xlsx?unit={unit}&{query}")).await.bytes);
        assert_eq!(sheet.iter().filter(|row| row.get(3).is_some_and(|cell| cell == "Còn thiếu")).count(), 1);
    }
}

operations::both! {
    async fn what_is_required_of_the_selected_counts_the_selected(database) {
        let scene = scene(database).await;
        let office = &scene.house.office;
        let mut officer = scene.house.signed_in(&scene.officer).await;
        let page = officer.get("/requirements").await.text();
        let option = page.split("<option value=\"").find(|option| option.contains("ENT-1")).expect("the course is offered");
        let course = option.split('"').next().unwrap();
        let fields = [("course", course), ("audience", "selected"), ("deadline", "31/07/2019")];
        let refused = officer.post("/requirements", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Năm 2019 chưa có chương trình") && refused.text().contains("value=\"selected\" selected"));
        let programme = testing::programme_year(office, 2019).await;
        assert_eq!(officer.post("/requirements", &fields).await.status, StatusCode::SEE_OTHER);
        assert!(officer.get("/requirements?year=2019").await.text().contains("<td>Chủ thể có sản phẩm được chọn</td>"));
        assert!(officer.get("/board").await.text().contains("Chưa có chủ thể nào được chọn"));
        let own = format!("/board/organisations/{}", scene.far);
        let page = officer.get(&own).await.text();
        assert!(page.contains("Không bắt buộc") && page.contains("chưa có sản phẩm được chọn năm 2019"), "{page}");

        testing::selected(office, &scene.officer, &programme, scene.far).await;
        let page = officer.get("/board").await.text();
        assert!(page.contains("Còn thiếu: 1, Thành phố Thanh Hóa") && !page.contains("Huyện Thọ Xuân"), "{page}");
        assert!(!officer.get(&own).await.text().contains("Không bắt buộc"));
        let unit = page.split("/board.xlsx?unit=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let sheet = rows(&officer.get(&format!("/board.xlsx?unit={unit}&year=2019")).await.bytes);
        let total = sheet.iter().find(|row| row.first().is_some_and(|cell| cell == "Tổng cộng")).unwrap();
        assert_eq!(total[1..], ["1", "0", "0", "1", "0", "0"]);
        // With a course that is required of all beside it, each cell says of whom.
        testing::requirement(office, &scene.officer, "ENT-2", "2019-08-31").await;
        let query = "year=2019&audience=organisations&names=yes";
        let names = officer.get(&format!("/board?{query}")).await.text();
        assert_eq!(names.matches(">Không bắt buộc<").count(), 1, "{names}");
        let sheet = rows(&officer.get(&format!("/board.xlsx?unit={unit}&{query}")).await.bytes);
        let of = |name: &str| sheet.iter().find(|row| row.first().is_some_and(|cell| cell == name)).unwrap()[4..].to_vec();
        assert_eq!(of("HTX Bắc Lương"), ["Không bắt buộc", "Còn thiếu"]);
        assert_eq!(of("Hộ kinh doanh Hạnh"), ["Còn thiếu", "Còn thiếu"]);
    }
}

/// The cells of the first sheet, as text.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
