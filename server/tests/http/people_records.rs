//! Records of people on the screen: found, compared, merged, told apart; citizen numbers masked and shown.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, PersonId};
use domain::organisations::OrganisationKind;
use domain::people::{Birth, PersonEntry};
use operations::testing;
use server::testing::House;

const NUMBER: &str = "038185001234";

/// One person with two records in one district, and one far away.
struct Cast {
    house: House,
    known: PersonId,
    double: PersonId,
    far: PersonId,
    officer: Actor,
    manager: Actor,
    province: Actor,
}

async fn enter(house: &House, organisation: OrganisationId, number: Option<&str>) -> PersonId {
    let entry = PersonEntry {
        full_name: "Lê Thị Hoà".parse().unwrap(),
        birth: Some(Birth::Day("1985-09-02".parse().unwrap())),
        sex: None,
        phone: None,
        email: None,
        citizen_id: number.map(|number| number.parse().unwrap()),
        position: None,
        on_state_payroll: false,
    };
    let mut work = house.office.database.begin().await.unwrap();
    let (person, _) = operations::people::find_or_add(&house.office, &mut work, None, organisation, &entry).await.unwrap();
    work.commit().await.unwrap();
    person.id
}

async fn cast(database: store::Database) -> Cast {
    let house = House::over(database).await;
    let office = &house.office;
    let (here, there) = (testing::unit(office, "395").await, testing::unit(office, "380").await);
    let first = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", here).await;
    let second = testing::organisation(office, OrganisationKind::Cooperative, "HTX Thọ Lập", here).await;
    let third = testing::organisation(office, OrganisationKind::Enterprise, "Công ty Lam Kinh", there).await;
    let (known, double, far) =
        (enter(&house, first, Some(NUMBER)).await, enter(&house, second, None).await, enter(&house, third, None).await);
    let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(here)).await;
    let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(here)).await;
    let province = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
    Cast { house, known, double, far, officer, manager, province }
}

operations::both! {
    async fn two_records_are_compared_merged_and_parted(database) {
        let cast = cast(database).await;
        let (known, double) = (cast.known, cast.double);
        let mut officer = cast.house.signed_in(&cast.officer).await;
        let page = officer.get("/people/duplicates").await.text();
        assert!(page.contains("HTX Xuân Lập") && page.contains("HTX Thọ Lập") && page.contains("cùng địa bàn"), "{page}");
        assert!(page.contains("•••••••••234") && !page.contains(NUMBER));
        // Of who lies elsewhere only what both have in common is told.
        assert!(page.contains("chủ thể ngoài phạm vi của bạn") && !page.contains("Lam Kinh"));
        assert!(!page.contains(&format!("href=\"/people/{}\"", cast.far)));
        assert!(page.contains("hoặc cán bộ tỉnh, sẽ quyết định"));

        let merge = format!("/people/{known}/merge");
        let side_by_side = officer.get(&format!("{merge}?other={double}")).await.text();
        assert!(side_by_side.contains("Hồ sơ giữ lại") && side_by_side.contains("02/09/1985"));
        let kept = known.min(double);
        let absorbed = known.max(double);
        let (kept_text, other) = (kept.to_string(), absorbed.to_string());
        let long = "x".repeat(501);
        let wrong = officer.post(&merge, &[("other", &double.to_string()), ("kept", &kept_text), ("note", &long)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains(&long), "what was typed comes back");
        let done = officer.post(&format!("/people/{kept}/merge"), &[("other", &other), ("kept", &kept_text), ("note", "Một người")]).await;
        assert_eq!(done.location(), format!("/people/{kept}?merged"), "{}", done.text());

        // The old address leads to the record that goes on.
        assert_eq!(officer.get(&format!("/people/{absorbed}")).await.location(), format!("/people/{kept}"));
        let page = officer.get(&format!("/people/{kept}?merged")).await.text();
        assert!(page.contains("Đã gộp hai hồ sơ thành một") && page.contains("Tách lại") && page.contains("Một người"));
        assert!(page.contains("HTX Xuân Lập") && page.contains("HTX Thọ Lập") && page.contains("•••••••••234"));
        let mut manager = cast.house.signed_in(&cast.manager).await;
        assert!(!manager.get(&format!("/people/{kept}")).await.text().contains("Tách lại"));

        let undo = page.split("/people/merges/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let undo = format!("/people/merges/{undo}/undo");
        assert_eq!(manager.post(&undo, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&undo, &[]).await.location(), format!("/people/{kept}?unmerged"));
        assert_eq!(officer.get(&format!("/people/{absorbed}")).await.status, StatusCode::OK);
        let again = officer.post(&undo, &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("đã được tách lại"));
    }

    async fn two_people_are_told_apart_for_good(database) {
        let cast = cast(database).await;
        let (known, double, far) = (cast.known, cast.double, cast.far);
        let mut officer = cast.house.signed_in(&cast.officer).await;
        let distinct = format!("/people/{known}/distinct");
        for other in [far.to_string(), known.to_string(), String::new(), "x".into()] {
            assert_eq!(officer.post(&distinct, &[("other", &other)]).await.status, StatusCode::NOT_FOUND, "{other}");
            assert_eq!(officer.get(&format!("/people/{known}/merge?other={other}")).await.status, StatusCode::NOT_FOUND, "{other}");
            let merge = format!("/people/{known}/merge");
            assert_eq!(officer.post(&merge, &[("other", &other)]).await.status, StatusCode::NOT_FOUND, "{other}");
        }
        let mut manager = cast.house.signed_in(&cast.manager).await;
        let fields = [("other", double.to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(manager.post(&distinct, &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.get("/people/duplicates").await.status, StatusCode::NOT_FOUND);

        assert_eq!(officer.post(&distinct, &fields).await.location(), "/people/duplicates?told_apart");
        let page = officer.get("/people/duplicates?told_apart").await.text();
        assert!(page.contains("đây là hai người khác nhau") && page.contains("Bỏ xác nhận") && !page.contains("xem và gộp</a>"));
        let merge = officer.get(&format!("/people/{known}/merge?other={double}")).await.text();
        assert!(merge.contains("Hãy bỏ xác nhận đó trước") && !merge.contains("Gộp thành một người"));
        let said = page.split("/people/distinct/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let back = format!("/people/distinct/{said}/withdraw");
        assert_eq!(manager.post(&back, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&back, &[]).await.location(), "/people/duplicates?taken_back");
        assert!(officer.get("/people/duplicates").await.text().contains("Xem và gộp"));
    }

    async fn a_number_is_shown_once_to_who_asks(database) {
        let cast = cast(database).await;
        let path = format!("/people/{}", cast.known);
        let mut manager = cast.house.signed_in(&cast.manager).await;
        assert!(!manager.get(&path).await.text().contains("Hiện số đầy đủ"));
        assert_eq!(manager.post(&format!("{path}/number"), &[]).await.status, StatusCode::NOT_FOUND);
        let mut officer = cast.house.signed_in(&cast.officer).await;
        let masked = officer.get(&path).await.text();
        assert!(masked.contains("Hiện số đầy đủ") && !masked.contains(NUMBER) && !masked.contains("Ai đã xem"));
        let shown = officer.post(&format!("{path}/number"), &[]).await;
        assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, "private, no-store"));
        assert!(shown.text().contains(NUMBER));
        let after = officer.get(&path).await.text();
        assert!(!after.contains(NUMBER) && after.contains("Ai đã xem") && after.contains("Nguyễn Văn Thử – 12/06/2019 08:00"));
        assert_eq!(officer.post(&format!("/people/{}/number", cast.far), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&format!("/people/{}/number", cast.double), &[]).await.status, StatusCode::NOT_FOUND, "none is known");
    }

    async fn a_number_is_looked_for_without_standing_in_an_address(database) {
        let cast = cast(database).await;
        let mut officer = cast.house.signed_in(&cast.officer).await;
        let form = officer.get("/people").await.text();
        assert!(form.contains("<form method=\"post\" action=\"/people\""), "without a script: {form}");
        for typed in [NUMBER, "38185001234", "038 185 001 234"] {
            let found = officer.post("/people", &[("q", typed)]).await;
            assert_eq!((found.status, found.location()), (StatusCode::OK, ""));
            assert!(found.text().contains(&format!("href=\"/people/{}\"", cast.known)), "{typed}");
            assert!(!found.text().contains(&format!("href=\"/people/{}\"", cast.double)));
        }
        // A name has an address of its own, and so has a telephone number.
        assert_eq!(officer.post("/people", &[("q", " le thi hoa ")]).await.location(), "/people?q=le+thi+hoa");
        assert_eq!(officer.post("/people", &[("q", "0912 345 678")]).await.location(), "/people?q=0912+345+678");
        for query in [NUMBER, "038+185+001+234", "38185001234"] {
            let refused = officer.get(&format!("/people?q={query}")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            let page = refused.text();
            assert!(page.contains("Số CCCD không được nằm trong địa chỉ trang"));
            assert!(!page.contains("001234") && !page.contains("001+234") && !page.contains("001 234"), "{page}");
            assert!(!page.contains(&cast.known.to_string()));
            // Nor does it go on to where somebody signs in.
            assert_eq!(cast.house.anonymous().get(&format!("/people?q={query}")).await.location(), "/sign-in?next=%2Fpeople");
        }
        assert_eq!(cast.house.anonymous().post("/people", &[("q", NUMBER)]).await.location(), "/sign-in?next=%2Fpeople");
        let mut manager = cast.house.signed_in(&cast.manager).await;
        assert!(!manager.post("/people", &[("q", NUMBER)]).await.text().contains(&cast.known.to_string()), "who keeps nobody tries no numbers");
    }

    async fn people_are_found_without_tones(database) {
        let cast = cast(database).await;
        let mut province = cast.house.signed_in(&cast.province).await;
        let page = province.get("/people?q=le+thi+hoa").await.text();
        for person in [cast.known, cast.double, cast.far] {
            assert!(page.contains(&format!("href=\"/people/{person}\"")));
        }
        assert!(province.get("/people?q=khong+co+ai").await.text().contains("Không tìm thấy ai"));
        let mut officer = cast.house.signed_in(&cast.officer).await;
        // Decomposed letters, as an Apple device types them.
        let page = officer.get("/people?q=Le%CC%82%20Thi%CC%A3%20Hoa%CC%80").await.text();
        assert!(page.contains(&cast.known.to_string()) && !page.contains(&cast.far.to_string()));
    }
}
