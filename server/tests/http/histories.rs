//! The page of an organisation with its history, over HTTP.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::testing;
use server::testing::House;

operations::both! {
    async fn the_page_of_an_organisation_leads_from_form_to_certificate(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let (province, district, elsewhere) = (testing::unit(office, "38").await, testing::unit(office, "395").await, testing::unit(office, "389").await);
        let officer = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", elsewhere).await;
        let path = format!("/organisations/{organisation}");
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get(&path).await.text().contains("Chưa có phiếu đăng ký sản phẩm"));

        let programme = testing::programme_year(office, 2019).await;
        let number = testing::selected(office, &officer, &programme, organisation).await;
        let draft = testing::registration(office, &officer, &programme, organisation, "Nem chua", State::Draft).await;
        let run = testing::published_run(office, &officer, "ENT-4", 40, "2019-07-02").await;
        let enrolments = testing::enrolled(office, &officer, run, organisation, 1).await;
        house.clock.set("2019-07-02 18:00");
        let certificate = testing::certified(office, &officer, run, enrolments[0]).await;

        let unit = Scope::Unit;
        for (name, role, scope, sees) in [
            ("dai.dien", Role::Representative, Scope::Organisation(organisation), true),
            ("huyen", Role::UnitOfficer, unit(district), true),
            ("lanh.dao", Role::Manager, unit(province), true),
            ("dai.dien.khac", Role::Representative, Scope::Organisation(other), false),
            ("huyen.khac", Role::UnitOfficer, unit(elsewhere), false),
            ("giang.vien", Role::Trainer, unit(province), false),
        ] {
            let actor = testing::actor(office, name, role, scope).await;
            let page = house.signed_in(&actor).await.get(&path).await;
            assert_eq!(page.status == StatusCode::OK, sees, "{name}");
            let address = format!("/registrations/{draft}");
            let run = format!("/runs/{run}");
            for text in ["Năm 2019", "Mắm tép", "Nem chua", &number, &address, &run, "Lê Thị An", "Hoàn thành", &certificate.serial] {
                assert_eq!(page.text().contains(text), sees, "{text} for {name}");
            }
        }
    }
}
