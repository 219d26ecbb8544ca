//! Signing in and out, choosing passwords, slips, and the accounts one keeps.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::House;

const PASSWORD: &str = "ba con mèo trắng";

/// Sets the house up: somebody called "quan.tri" keeps it.
async fn set_up(house: &House) -> String {
    let link = operations::accounts::offer_setup(&house.office).await.unwrap().unwrap();
    let path = link.strip_prefix("http://ocop.test").unwrap().to_owned();
    let fields = [("full_name", "Trần Thị Quản"), ("user_name", "quan.tri"), ("password", PASSWORD), ("repeated", PASSWORD)];
    let mut visitor = house.anonymous();
    assert_eq!(visitor.get(&path).await.status, StatusCode::OK);
    let answer = visitor.post(&path, &[("full_name", "Trần Thị Quản"), ("password", "ngắn"), ("repeated", "")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("value=\"Trần Thị Quản\"") && !answer.text().contains("ngắn\""), "{}", answer.text());
    assert_eq!(visitor.post(&path, &fields).await.location(), "/sign-in?set-up");
    path
}

/// An officer of a unit, one of another, and a representative of an organisation in the first.
async fn people(house: &House) -> (Actor, Actor, Actor, OrganisationId) {
    let office = &house.office;
    let (unit, other) = (testing::unit(office, "395").await, testing::unit(office, "380").await);
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    (
        testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(unit)).await,
        testing::actor(office, "can.bo.khac", Role::UnitOfficer, Scope::Unit(other)).await,
        testing::actor(office, "htx", Role::Representative, Scope::Organisation(organisation)).await,
        organisation,
    )
}

operations::both! {
    async fn setting_up_and_signing_in_and_out(database) {
        let house = House::over(database).await;
        let path = set_up(&house).await;
        let mut visitor = house.anonymous();
        assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "set up once");
        assert!(visitor.get("/sign-in?set-up").await.text().contains("Đã tạo người quản trị"));

        for (name, password) in [("quan.tri", "sai mật khẩu"), ("khong.ai", PASSWORD), ("", "")] {
            let answer = visitor.post("/sign-in", &[("name", name), ("password", password)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text().contains("Tên đăng nhập hoặc mật khẩu không đúng"), "{name}");
        }
        let account = visitor.get("/account").await;
        assert_eq!((account.status, account.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Faccount"));
        for (next, leads_to) in [("/account", "/account"), ("//evil.example", "/"), ("https://evil.example/", "/"), ("/sign-in", "/")] {
            let answer =
                house.anonymous().post("/sign-in", &[("name", "Quan.Tri"), ("password", PASSWORD), ("next", next)]).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, leads_to));
        }
        visitor.post("/sign-in", &[("name", "quan.tri"), ("password", PASSWORD)]).await;
        assert!(visitor.get("/account").await.text().contains("Trần Thị Quản"));
        assert_eq!(visitor.get("/sign-in?next=/accounts").await.location(), "/accounts");
        let mut elsewhere = visitor.clone();
        assert_eq!(visitor.post("/sign-out", &[]).await.location(), "/");
        assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER, "the record itself is gone");
    }

    async fn ones_own_account(database) {
        let house = House::over(database).await;
        set_up(&house).await;
        let (mut here, mut there) = (house.anonymous(), house.anonymous());
        for visitor in [&mut here, &mut there] {
            visitor.post("/sign-in", &[("name", "quan.tri"), ("password", PASSWORD)]).await;
        }
        let new = "bốn con mèo đen";
        let change = |present| [("present", present), ("password", new), ("repeated", new)];
        let answer = here.post("/account/password", &change("sai mật khẩu")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Mật khẩu hiện tại không đúng"));
        assert_eq!(here.post("/account/password", &change(PASSWORD)).await.location(), "/account?changed");
        assert_eq!(here.get("/account?changed").await.status, StatusCode::OK);
        assert_eq!(there.get("/account").await.status, StatusCode::SEE_OTHER);
        assert_eq!(here.post("/account/language", &[("language", "en")]).await.location(), "/account?language-saved");
        assert!(here.get("/account").await.text().contains("My account"));
        assert_eq!(here.post("/account/language", &[("language", "xx")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(here.post("/account/sign-out-everywhere", &[]).await.location(), "/sign-in");
        assert_eq!(here.get("/account").await.status, StatusCode::SEE_OTHER);
        for path in ["/account/password", "/account/language", "/account/sign-out-everywhere"] {
            let answer = house.anonymous().post(path, &[("language", "en")]).await;
            assert!(answer.location().starts_with("/sign-in?next="), "{path}");
        }
    }

    async fn an_account_is_given_and_its_slip_brings_its_owner_in(database) {
        let house = House::over(database).await;
        let (officer, other, representative, organisation) = people(&house).await;
        let person = testing::person(&house.office, "Lê Thị Hoa", Some(organisation)).await;
        let (page, account, slip, roles) = (
            format!("/people/{person}"),
            format!("/people/{person}/account"),
            format!("/people/{person}/slip"),
            format!("/people/{person}/roles"),
        );
        let scope = format!("organisation:{organisation}");
        let fields = [("user_name", "hoa.le"), ("role", "representative"), ("scope", scope.as_str())];
        for stranger in [&other, &representative] {
            let mut visitor = house.signed_in(stranger).await;
            for path in [&account, &slip, &roles] {
                assert_eq!(visitor.post(path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        for path in [&account, &slip, &roles] {
            assert_eq!(house.anonymous().post(path, &fields).await.status, StatusCode::SEE_OTHER, "{path}");
        }
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get(&page).await.text().contains("Cấp tài khoản"));
        let answer = visitor.post(&account, &[("user_name", "can.bo"), ("role", "representative"), ("scope", &scope)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Đã có người dùng tên đăng nhập này"));
        let unit = format!("unit:{}", testing::unit(&house.office, "395").await);
        let answer = visitor.post(&account, &[("user_name", "hoa.le"), ("role", "administrator"), ("scope", &unit)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "officers make no administrators");
        assert_eq!(visitor.post(&account, &fields).await.location(), page);

        let printed = visitor.post(&slip, &[]).await;
        assert_eq!((printed.status, printed.header("cache-control")), (StatusCode::OK, "private, no-store"));
        let text = printed.text();
        assert!(text.contains("<svg") && text.contains("hoa.le"));
        let code = text.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
        let mut owner = house.anonymous();
        assert_eq!(owner.get("/activate").await.status, StatusCode::OK);
        assert_eq!(owner.post("/activate", &[("code", "sai")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let leads_to = owner.post("/activate", &[("code", &code.to_uppercase())]).await.location().to_owned();
        assert!(owner.get(&leads_to).await.text().contains("Lê Thị Hoa"));
        let answer = owner.post(&leads_to, &[("password", PASSWORD), ("repeated", "khác hẳn")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(owner.post(&leads_to, &[("password", PASSWORD), ("repeated", PASSWORD)]).await.location(), "/sign-in?chosen");
        assert_eq!(owner.get(&leads_to).await.status, StatusCode::UNPROCESSABLE_ENTITY, "one use");
        assert_eq!(owner.post("/sign-in", &[("name", "hoa.le"), ("password", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(owner.get(&format!("/organisations/{organisation}")).await.status, StatusCode::OK);

        // Ending the role takes effect at once; strangers cannot.
        let view = operations::accounts::of_person(&house.office, &officer, person).await.unwrap().unwrap();
        let end = format!("/roles/{}/end", view.grants[0].0.id);
        let person = person.to_string();
        for stranger in [&other, &representative] {
            let answer = house.signed_in(stranger).await.post(&end, &[("person", &person)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(visitor.post(&end, &[("person", &person)]).await.location(), page);
        assert_eq!(owner.get(&format!("/organisations/{organisation}")).await.status, StatusCode::NOT_FOUND);
    }

    async fn accounts_are_listed_to_those_who_keep_them(database) {
        let house = House::over(database).await;
        let (officer, other, representative, _) = people(&house).await;
        assert_eq!(house.anonymous().get("/accounts").await.location(), "/sign-in?next=%2Faccounts");
        assert_eq!(house.signed_in(&representative).await.get("/accounts").await.status, StatusCode::NOT_FOUND);
        assert!(house.signed_in(&officer).await.get("/accounts").await.text().contains("HTX Xuân Lập"));
        assert!(!house.signed_in(&other).await.get("/accounts?q=").await.text().contains("HTX Xuân Lập"));
    }

    async fn a_forgotten_password_tells_nobody_who_is_known(database) {
        let house = House::over(database).await;
        people(&house).await;
        let mut visitor = house.anonymous();
        assert_eq!(visitor.get("/forgot").await.status, StatusCode::OK);
        for name in ["can.bo", "khong.ai@example.vn", ""] {
            assert_eq!(visitor.post("/forgot", &[("name", name)]).await.location(), "/forgot?sent");
        }
        assert!(visitor.get("/forgot?sent").await.text().contains("Nếu tài khoản này có thư điện tử"));
        for path in ["/reset/0000", "/activate/0000"] {
            assert_eq!(visitor.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            let answer = visitor.post(path, &[("password", PASSWORD), ("repeated", PASSWORD)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(visitor.get("/set-up/0000").await.status, StatusCode::NOT_FOUND);
        assert_eq!(visitor.post("/set-up/0000", &[]).await.status, StatusCode::TOO_MANY_REQUESTS, "guessing is slowed down");
    }
}
