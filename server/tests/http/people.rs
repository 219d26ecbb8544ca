//! Organisations and their people, by those in whose scope they lie and those in whose they do not.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::House;

/// An organisation with its representative, the officer of its unit, a manager there, and everybody from elsewhere.
struct Cast {
    house: House,
    organisation: OrganisationId,
    representative: Actor,
    officer: Actor,
    manager: Actor,
    strangers: Vec<Actor>,
}

async fn cast(database: store::Database) -> Cast {
    let house = House::over(database).await;
    let office = &house.office;
    let (here, there) = (testing::unit(office, "395").await, testing::unit(office, "380").await);
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", here).await;
    let other = testing::organisation(office, OrganisationKind::Enterprise, "Công ty Lam Kinh", there).await;
    let representative = testing::actor(office, "htx", Role::Representative, Scope::Organisation(organisation)).await;
    let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(here)).await;
    let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(here)).await;
    let strangers = vec![
        testing::actor(office, "can.bo.khac", Role::UnitOfficer, Scope::Unit(there)).await,
        testing::actor(office, "lanh.dao.khac", Role::Manager, Scope::Unit(there)).await,
        testing::actor(office, "cong.ty", Role::Representative, Scope::Organisation(other)).await,
        testing::actor(office, "giang.vien", Role::Trainer, Scope::Unit(here)).await,
    ];
    Cast { house, organisation, representative, officer, manager, strangers }
}

operations::both! {
    async fn what_is_elsewhere_is_not_found(database) {
        let cast = cast(database).await;
        let person = cast.representative.person;
        let organisation = cast.organisation;
        let pages = [
            format!("/organisations/{organisation}"),
            format!("/organisations/{organisation}/edit"),
            format!("/organisations/{organisation}/people/new"),
            format!("/people/{person}"),
            format!("/people/{person}/edit"),
        ];
        let deeds = [
            format!("/organisations/{organisation}/edit"),
            format!("/organisations/{organisation}/people/new"),
            format!("/people/{person}/edit"),
            format!("/people/{person}/memberships/{organisation}/end"),
        ];
        let fields = [("full_name", "Lê Thị Hoa"), ("name", "HTX"), ("kind", "cooperative"), ("unit", &organisation.to_string())];
        for stranger in &cast.strangers {
            let mut visitor = cast.house.signed_in(stranger).await;
            for path in &pages {
                assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            for path in &deeds {
                assert_eq!(visitor.post(path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert!(!visitor.get("/organisations").await.text().contains("Xuân Lập"));
        }
        let mut anonymous = cast.house.anonymous();
        for path in pages.iter().map(String::as_str).chain(["/organisations", "/organisations/new"]) {
            assert!(anonymous.get(path).await.location().starts_with("/sign-in?next="), "{path}");
        }
        for path in deeds.iter().map(String::as_str).chain(["/organisations/new"]) {
            assert!(anonymous.post(path, &fields).await.location().starts_with("/sign-in?next="), "{path}");
        }
        // A manager reads and changes nothing.
        let mut manager = cast.house.signed_in(&cast.manager).await;
        for (path, status) in pages.iter().zip([200, 404, 404, 200, 404]) {
            assert_eq!(manager.get(path).await.status.as_u16(), status, "{path}");
        }
        for path in deeds.iter().map(String::as_str).chain(["/organisations/new"]) {
            assert_eq!(manager.post(path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for id in ["x", "00000000-0000-0000-0000-000000000000"] {
            assert!(manager.get(&format!("/people/{id}")).await.status.is_client_error());
            assert!(manager.get(&format!("/organisations/{id}")).await.status.is_client_error());
        }
    }

    async fn an_officer_writes_an_organisation_down(database) {
        let cast = cast(database).await;
        let (here, there) = (testing::unit(&cast.house.office, "395").await, testing::unit(&cast.house.office, "380").await);
        let mut officer = cast.house.signed_in(&cast.officer).await;
        assert_eq!(officer.get("/organisations/new").await.status, StatusCode::OK);
        let fields = |unit: &str, code: &str| {
            [("name", "Tổ hợp tác Lam Sơn"), ("kind", "cooperative_group"), ("unit", unit), ("tax_code", code)]
                .map(|(name, value)| (name, value.to_owned()))
        };
        let post = async |officer: &mut server::testing::Visitor, fields: [(&'static str, String); 4]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            officer.post("/organisations/new", &fields).await
        };
        let wrong = post(&mut officer, fields(&here.to_string(), "12")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"Tổ hợp tác Lam Sơn\"") && wrong.text().contains("10, 12 hoặc 13 chữ số"));
        assert_eq!(post(&mut officer, fields(&there.to_string(), "")).await.status, StatusCode::NOT_FOUND);
        let made = post(&mut officer, fields(&here.to_string(), "0100233480")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let path = made.location().to_owned();
        assert!(officer.get(&path).await.text().contains("Số kiểm tra của mã số thuế không khớp"));
        assert_eq!(post(&mut officer, fields(&here.to_string(), "")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "known");
        assert!(officer.get("/organisations?q=to+hop+tac+lam").await.text().contains("Tổ hợp tác Lam Sơn"));

        // A representative changes the address, but neither the kind nor the unit.
        let mut representative = cast.house.signed_in(&cast.representative).await;
        let own = format!("/organisations/{}", cast.organisation);
        let edit = format!("{own}/edit");
        let unit = here.to_string();
        let change = |kind| [("name", "HTX Xuân Lập"), ("kind", kind), ("unit", unit.as_str()), ("address", "Thôn 3")];
        assert_eq!(representative.get(&edit).await.status, StatusCode::OK);
        assert_eq!(representative.post(&edit, &change("state_body")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(representative.post(&edit, &change("cooperative")).await.location(), own);
        assert!(representative.get(&own).await.text().contains("Thôn 3"));
        assert_eq!(representative.get("/organisations/new").await.status, StatusCode::NOT_FOUND);
        assert_eq!(representative.post("/organisations/new", &change("cooperative")).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_representative_keeps_the_people(database) {
        let cast = cast(database).await;
        let mut visitor = cast.house.signed_in(&cast.representative).await;
        let own = format!("/organisations/{}", cast.organisation);
        let new = format!("{own}/people/new");
        assert_eq!(visitor.get(&new).await.status, StatusCode::OK);
        let wrong = visitor.post(&new, &[("full_name", "Lê 2"), ("birth", "1985"), ("phone", "12")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"Lê 2\"") && wrong.text().contains("href=\"#f-phone\">Số điện thoại: Không phải"), "{}", wrong.text());
        assert!(wrong.text().contains("Cần sửa các điểm sau"));
        let fields = [("full_name", "Lê Thị Hoà"), ("birth", "2/9/1985"), ("citizen_id", "038185001234"), ("position", "Giám đốc")];
        assert_eq!(visitor.post(&new, &fields).await.location(), format!("{own}?added"));
        assert_eq!(visitor.post(&new, &fields).await.location(), format!("{own}?known"));
        let page = visitor.get(&format!("{own}?added")).await.text();
        assert!(page.contains("Đã thêm người này") && page.contains("Giám đốc"));
        let mut records = cast.house.office.database.read().await.unwrap();
        let members = store::people::members(&mut records, cast.organisation, cast.house.office.today()).await.unwrap();
        drop(records);
        let person = members.iter().find(|member| member.person.full_name.as_str() == "Lê Thị Hoà").unwrap().person.id;

        let path = format!("/people/{person}");
        let page = visitor.get(&path).await.text();
        assert!(page.contains("•••••••••234") && !page.contains("038185001234"), "{page}");
        assert!(!page.contains("Cấp tài khoản"), "representatives keep no accounts");
        let edit = visitor.get(&format!("{path}/edit")).await.text();
        assert!(edit.contains("value=\"02/09/1985\"") && !edit.contains("038185001234"));
        let change = |birth| [("full_name", "Lê Thị Hòa"), ("birth", birth), ("phone", "912 345 678")];
        let wrong = visitor.post(&format!("{path}/edit"), &change("1986")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "the number says 1985");
        assert_eq!(visitor.post(&format!("{path}/edit"), &change("1985")).await.location(), path);
        assert!(visitor.get(&path).await.text().contains("0912345678"));
        let end = format!("{path}/memberships/{}/end", cast.organisation);
        assert_eq!(visitor.post(&end, &[]).await.location(), own);
        assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND);
    }

    async fn nobody_is_taken_over_by_being_added(database) {
        let cast = cast(database).await;
        let office = &cast.house.office;
        let there = testing::unit(office, "380").await;
        let far = testing::organisation(office, OrganisationKind::Enterprise, "Công ty Hàm Rồng", there).await;
        let of_far = testing::actor(office, "ham.rong", Role::Representative, Scope::Organisation(far)).await;
        let province = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
        let mut theirs = cast.house.signed_in(&of_far).await;
        let hoa = [
            ("full_name", "Lê Thị Hoà"), ("birth", "1985"), ("phone", "0912345678"), ("email", "hoa@example.vn"),
            ("citizen_id", "038185001234"),
        ];
        assert_eq!(theirs.post(&format!("/organisations/{far}/people/new"), &hoa).await.location(), format!("/organisations/{far}?added"));
        let mut records = office.database.read().await.unwrap();
        let members = store::people::members(&mut records, far, office.today()).await.unwrap();
        drop(records);
        let person = members.iter().find(|member| member.person.full_name.as_str() == "Lê Thị Hoà").unwrap().person.id;
        let path = format!("/people/{person}");

        // With a name and a telephone number nothing is got hold of.
        let mut attacker = cast.house.signed_in(&cast.representative).await;
        let own = format!("/organisations/{}", cast.organisation);
        let new = format!("{own}/people/new");
        let guess = [("full_name", "Lê Thị Hoà"), ("phone", "0912345678")];
        assert_eq!(attacker.post(&new, &guess).await.location(), format!("{own}?resembling"));
        assert!(attacker.get(&format!("{own}?resembling")).await.text().contains("href=\"/people/duplicates\""));
        let takeover = [("full_name", "Lê Thị Hoà"), ("birth", "1985"), ("phone", "0999999999"), ("email", "ke.gian@example.vn")];
        for deed in [format!("{path}/edit"), format!("{path}/number")] {
            assert_eq!(attacker.post(&deed, &takeover).await.status, StatusCode::NOT_FOUND, "{deed}");
        }
        assert_eq!(attacker.get(&path).await.status, StatusCode::NOT_FOUND);

        // With the citizen number she belongs to both, and still nobody of one of them changes or sees who she is.
        let known = [("full_name", "Lê Thị Hoà"), ("citizen_id", "038185001234")];
        assert_eq!(attacker.post(&new, &known).await.location(), format!("{own}?known"));
        for deed in [format!("{path}/edit"), format!("{path}/number")] {
            assert_eq!(attacker.post(&deed, &takeover).await.status, StatusCode::NOT_FOUND, "{deed}");
            assert_eq!(theirs.post(&deed, &takeover).await.status, StatusCode::NOT_FOUND, "{deed}");
        }
        assert_eq!(attacker.get(&format!("{path}/edit")).await.status, StatusCode::NOT_FOUND);
        let shown = attacker.get(&path).await.text();
        assert!(shown.contains("Lê Thị Hoà") && shown.contains("Thông tin cá nhân do cán bộ phụ trách"), "{shown}");
        for hidden in ["0912345678", "hoa@example.vn", "•••", "1985", "Hiện số đầy đủ", "Hàm Rồng"] {
            assert!(!shown.contains(hidden), "{hidden} in {shown}");
        }
        let list = attacker.get(&own).await.text();
        assert!(list.contains(&path));
        assert_eq!(list.matches("0912345678").count(), 1, "the telephone number of the own record alone");
        let mut records = office.database.read().await.unwrap();
        let still = store::people::find(&mut records, person).await.unwrap().unwrap();
        drop(records);
        assert_eq!((still.phone.unwrap().as_str(), still.email.unwrap().as_str()), ("0912345678", "hoa@example.vn"));

        // The province keeps both; what is the own may be ended.
        let mut officer = cast.house.signed_in(&province).await;
        assert_eq!(officer.get(&format!("{path}/edit")).await.status, StatusCode::OK);
        assert_eq!(officer.post(&format!("{path}/number"), &[]).await.status, StatusCode::OK);
        assert_eq!(attacker.post(&format!("{path}/memberships/{far}/end"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(attacker.post(&format!("{path}/memberships/{}/end", cast.organisation), &[]).await.location(), own);
        assert_eq!(theirs.get(&format!("{path}/edit")).await.status, StatusCode::OK);
    }
}
