//! Demand over HTTP: said, said anew, withdrawn; seen by planners; a class made of it and who asked invited.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};

struct Scene {
    house: House,
    organisation: OrganisationId,
    representative: Actor,
    maker: Visitor,
    officer: Visitor,
    course: String,
}

async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX <Xuân> Lập", district).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let officer = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let courses = operations::courses::list(office).await.unwrap();
    let course = courses.into_iter().find(|course| course.code == "ENT-4").unwrap().id.to_string();
    let (maker, officer) = (house.signed_in(&representative).await, house.signed_in(&officer).await);
    Scene { organisation, representative, maker, officer, course, house }
}

operations::both! {
    async fn a_wish_is_said_seen_and_becomes_a_class_to_which_who_asked_is_invited(database) {
        let Scene { house, organisation, representative, mut maker, mut officer, course } = scene(database).await;
        // The ways there.
        assert_eq!(maker.get("/interests").await.location(), format!("/organisations/{organisation}/interests"));
        assert!(maker.get("/").await.text().contains("href=\"/interests\""));
        assert!(maker.get(&format!("/organisations/{organisation}")).await.text().contains(&format!("/organisations/{organisation}/interests")));
        assert!(maker.get("/calendar?month=2019-08").await.text().contains("href=\"/interests\""), "an empty month leads there");
        assert!(!house.anonymous().get("/calendar?month=2019-08").await.text().contains("/interests"));
        let list = maker.get(&format!("/organisations/{organisation}/interests")).await.text();
        let address = format!("/courses/{course}/interest/{organisation}");
        assert!(list.contains(&address) && list.contains("Chưa ghi") && !list.contains("OFF-1"));

        let form = maker.get(&address).await.text();
        assert!(form.contains("value=\"2019-06\"") && form.contains("value=\"2020-05\"") && !form.contains("value=\"2020-06\""));
        let wrong = maker.post(&address, &[("people", "0"), ("months", "2019-07"), ("months", "2019-09"), ("note", "Buổi tối")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = wrong.text();
        assert!(page.contains("href=\"#f-people\"") && page.contains("Buổi tối") && page.matches(" checked").count() == 2, "{page}");
        let said = maker.post(&address, &[("people", "3"), ("months", "2019-07"), ("months", "2019-09"), ("note", "Buổi tối")]).await;
        assert_eq!(said.location(), format!("/organisations/{organisation}/interests?done=saved"));
        let list = maker.get(said.location()).await.text();
        assert!(list.contains("3 người, tháng 7/2019, 9/2019") && list.contains("Chưa đáp ứng") && list.contains("Đã lưu nhu cầu"));
        // From a page that is out of date nothing is said.
        let late = maker.post(&address, &[("people", "9"), ("note", "")]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("Dữ liệu đã thay đổi"));
        assert_eq!(maker.post(&address, &[("people", "4"), ("seen", "1"), ("months", "2019-07")]).await.status, StatusCode::SEE_OTHER);

        // Planners see it, and who is behind it.
        assert!(officer.get("/manage").await.text().contains("href=\"/demand\""));
        let demand = officer.get("/demand").await.text();
        assert!(demand.contains("tháng 7/2019: 4 người") && demand.contains("class=\"heat4\"") && !demand.contains("style="), "{demand}");
        assert!(!demand.contains("HTX &lt;Xuân&gt;"), "names stand behind the numbers");
        let behind = officer.get(&format!("/demand?course={course}")).await.text();
        assert!(behind.contains("HTX &lt;Xuân&gt; Lập") && !behind.contains("<Xuân>"));
        assert_eq!(officer.get("/demand?course=x").await.status, StatusCode::NOT_FOUND);
        let file = officer.get("/demand.xlsx").await;
        assert!(file.header("content-disposition").contains("nhu-cau") && file.bytes.starts_with(b"PK"));
        let prefilled = officer.get(&format!("/runs/new?course={course}&demand=all")).await.text();
        assert!(prefilled.contains("name=\"capacity\" type=\"text\" value=\"4\"") && prefilled.contains("2019-07-0"), "{prefilled}");

        // Invited while it is a draft, told when it is published.
        let planner = testing::actor(&house.office, "tinh.2", Role::ProvincialOfficer, Scope::Unit(testing::unit(&house.office, "38").await)).await;
        let run = testing::draft_run_in(&house.office, &planner, "ENT-4", 40, "2019-07-04", testing::unit(&house.office, "395").await).await;
        let invitations = format!("/runs/{run}/invitations");
        assert!(officer.get(&format!("/runs/{run}")).await.text().contains(&invitations));
        let page = officer.get(&invitations).await.text();
        let wish = page.split("name=\"interest\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(page.contains("HTX &lt;Xuân&gt; Lập"));
        let nobody = officer.post(&invitations, &[]).await;
        assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.text().contains("Chưa chọn mục nào"));
        assert_eq!(officer.post(&invitations, &[("interest", &wish)]).await.location(), format!("{invitations}?invited=1"));
        assert!(!maker.get("/inbox").await.text().contains("Lớp được mời"));
        assert_eq!(officer.post(&format!("/runs/{run}/publish"), &[]).await.status, StatusCode::SEE_OTHER);
        let inbox = maker.get("/inbox").await.text();
        assert!(inbox.contains("Lớp được mời vì đã đăng ký nhu cầu") && inbox.contains(&format!("/runs/{run}/enrol")), "{inbox}");

        let person = representative.person.to_string();
        let enrolled = maker.post(&format!("/runs/{run}/enrol"), &[("organisation", &organisation.to_string()), ("person", &person)]).await;
        assert_eq!(enrolled.status, StatusCode::SEE_OTHER);
        assert!(!maker.get("/inbox").await.text().contains("Lớp được mời"));
        let list = maker.get(&format!("/organisations/{organisation}/interests")).await.text();
        assert!(list.contains("đã có 1 người được đăng ký từ khi ghi"));
        let stale = maker.post(&format!("{address}/withdraw"), &[("seen", "1")]).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = maker.post(&format!("{address}/withdraw"), &[("seen", "2")]).await;
        assert_eq!(gone.location(), format!("/organisations/{organisation}/interests?done=withdrawn"));
        assert!(officer.get("/demand").await.text().contains("Chưa có nhu cầu nào"));
    }

    async fn others_neither_speak_for_an_organisation_nor_learn_what_it_asks_for(database) {
        let Scene { house, organisation, course, .. } = scene(database).await;
        let elsewhere = testing::unit(&house.office, "389").await;
        let other = testing::organisation(&house.office, OrganisationKind::Cooperative, "HTX Khác", elsewhere).await;
        let stranger = testing::actor(&house.office, "dai.dien.khac", Role::Representative, Scope::Organisation(other)).await;
        let officer = testing::actor(&house.office, "huyen.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let address = format!("/courses/{course}/interest/{organisation}");
        for actor in [&stranger, &officer] {
            let mut visitor = house.signed_in(actor).await;
            for path in [address.clone(), format!("/organisations/{organisation}/interests")] {
                assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND);
            }
            assert_eq!(visitor.post(&address, &[("people", "3")]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(visitor.post(&format!("{address}/withdraw"), &[("seen", "1")]).await.status, StatusCode::NOT_FOUND);
        }
        let mut visitor = house.signed_in(&stranger).await;
        assert_eq!(visitor.get("/demand").await.status, StatusCode::NOT_FOUND);
        assert_eq!(visitor.get("/demand.xlsx").await.status, StatusCode::NOT_FOUND);
        let mut officer = house.signed_in(&officer).await;
        let district = testing::unit(&house.office, "395").await;
        assert_eq!(officer.get(&format!("/demand?unit={district}")).await.status, StatusCode::NOT_FOUND);
        // What was typed is kept over signing in.
        let mut nobody = house.anonymous();
        assert!(nobody.post(&address, &[("people", "3"), ("note", "Buổi tối")]).await.text().contains("Buổi tối"));
        let missing = format!("/courses/{course}/interest/00000000-0000-7000-8000-000000000000");
        assert_eq!(house.signed_in(&stranger).await.get(&missing).await.status, StatusCode::NOT_FOUND);
    }
}
