//! The inbox over HTTP: what waits for whom, in words, and the way to it.

use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::testing;
use server::testing::House;

operations::both! {
    async fn everybody_sees_what_waits_for_them_alone(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
        let commune = testing::unit(office, "15568").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
        let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
        let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(province)).await;
        let programme = testing::programme_year(office, 2019).await;
        let draft = testing::registration(office, &representative, &programme, organisation, "Mắm tép", State::Draft).await;
        let sent = testing::registration(office, &representative, &programme, organisation, "Nem chua", State::Submitted).await;
        assert_eq!(house.anonymous().get("/inbox").await.location(), "/sign-in?next=%2Finbox");

        house.clock.set("2019-06-15 09:00");
        let mut theirs = house.signed_in(&representative).await;
        let home = theirs.get("/").await.text();
        assert!(home.contains("<a href=\"/inbox\">Bạn có 1 việc đang chờ</a>"), "{home}");
        let page = theirs.get("/inbox").await.text();
        assert!(page.contains("Phiếu chưa nộp (1)") && page.contains(&format!("/registrations/{draft}")), "{page}");
        assert!(page.contains("3 ngày") && page.contains("31/12/2019 (còn 199 ngày)"), "{page}");
        assert!(!page.contains("Nem chua"));

        let mut checks = house.signed_in(&officer).await;
        let page = checks.get("/inbox").await.text();
        assert!(page.contains("Phiếu mới nộp, chờ kiểm tra (1)") && page.contains(&format!("/registrations/{sent}")), "{page}");
        assert!(!page.contains("Mắm tép"), "a draft is with its organisation");

        house.clock.set("2020-01-02 09:00");
        assert!(theirs.get("/inbox").await.text().contains("31/12/2019 (quá hạn 2 ngày)"));
        assert!(theirs.get("/").await.text().contains("có việc quá hạn"));
        theirs.post("/language", &[("language", "en"), ("next", "/inbox")]).await;
        assert!(theirs.get("/inbox").await.text().contains("Forms not sent yet (1)"));

        let mut looks_on = house.signed_in(&manager).await;
        let page = looks_on.get("/inbox").await.text();
        assert!(page.contains("Không có việc nào đang chờ") && page.contains("href=\"/board\""), "{page}");
        assert!(!looks_on.get("/").await.text().contains("việc đang chờ"));
    }

    async fn long_groups_lead_to_all_of_it(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let district = testing::unit(office, "395").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
        let programme = testing::programme_year(office, 2019).await;
        for n in 0..12 {
            house.clock.set(&format!("2019-06-{:02} 08:00", 12 + n));
            testing::registration(office, &officer, &programme, organisation, &format!("Sản phẩm {n}"), State::Submitted).await;
        }
        let page = house.signed_in(&officer).await.get("/inbox").await.text();
        assert!(page.contains("<a href=\"/registrations?state=submitted\">Xem tất cả 12 việc</a>"), "{page}");
        assert!(page.contains("Sản phẩm 9<") && !page.contains("Sản phẩm 10<"), "{page}");
    }
}
