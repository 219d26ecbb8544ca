//! Holidays over the pages, and how the sessions of a run are laid out around them.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

/// The address of the deed beside a day.
fn removal(page: &str, day: &str) -> String {
    let row = page.split("<tr>").find(|row| row.contains(day)).unwrap();
    row.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The days of the sessions on a page.
fn days(page: &str) -> Vec<String> {
    let inputs = page.split("<input").filter(|input| input.contains("name=\"sessions.") && input.contains(".day\""));
    inputs.map(|input| input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

operations::both! {
    async fn an_office_keeps_its_holidays(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get("/manage").await.text().contains("href=\"/holidays\""));
        let page = visitor.get("/holidays?year=2019").await.text();
        assert!(page.contains("04/02/2019") && page.contains("Tết Âm lịch"), "{page}");

        let faulty = visitor.post("/holidays", &[("day", "2/9/19x"), ("name", ""), ("basis", "QĐ 12")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = faulty.text();
        assert!(text.contains("value=\"2/9/19x\"") && text.contains("value=\"QĐ 12\"") && text.contains("f-name-fault"), "{text}");
        let known = visitor.post("/holidays", &[("day", "02/09/2019"), ("name", "Quốc khánh")]).await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        let added = visitor.post("/holidays", &[("day", "03/09/2019"), ("name", "Nghỉ bù")]).await;
        assert_eq!(added.location(), "/holidays?year=2019&saved=yes");
        let page = visitor.get("/holidays?year=2019").await.text();
        let gone = removal(&page, "03/09/2019");
        assert_eq!(visitor.post(&gone, &[]).await.location(), "/holidays?year=2019&saved=yes");
        assert_eq!(visitor.post(&gone, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(operations::doctor::examine(&house.office).await.unwrap(), []);
    }

    async fn sessions_are_laid_out_around_holidays(database) {
        let house = House::over(database).await;
        house.clock.set("2019-08-01 08:00");
        let province = testing::unit(&house.office, "38").await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&trainer).await;
        let typed = [
            ("name", "Lớp tối"), ("sessions.0.day", "2019-08-29"), ("sessions.0.half_day", "evening"), ("sessions.0.topic", "Biểu 03"),
            ("pattern.first", "2019-08-29"), ("pattern.sessions", "3"), ("pattern.weekdays", "mon"), ("pattern.weekdays", "thu"),
            ("pattern.half_days", "evening"), ("do", "lay_out"),
        ];
        let laid = visitor.post("/runs/new", &typed).await;
        assert_eq!(laid.status, StatusCode::OK);
        let page = laid.text();
        assert_eq!(days(&page), ["2019-08-29", "2019-09-05", "2019-09-09"], "Monday 2 September is National Day");
        assert!(page.contains("Lớp tối") && page.contains("Biểu 03") && page.contains("value=\"18:30\""));

        let mut faulty = typed;
        faulty[5].1 = "0";
        let refused = visitor.post("/runs/new", &faulty).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("f-pattern-sessions-fault") && refused.text().contains("Lớp tối"));

        let mut typed_by_hand = typed;
        typed_by_hand[1].1 = "2019-09-02";
        typed_by_hand[9].1 = "add";
        assert!(visitor.post("/runs/new", &typed_by_hand).await.text().contains("Trùng ngày nghỉ: Quốc khánh."));
    }

    async fn a_class_is_planned_like_another(database) {
        let house = House::over(database).await;
        let district = testing::unit(&house.office, "395").await;
        let province = testing::unit(&house.office, "38").await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let stranger = testing::actor(&house.office, "giang.vien.2", Role::Trainer, Scope::Unit(province)).await;
        let run = testing::published_run_in(&house.office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        let draft = testing::draft_run_in(&house.office, &trainer, "ENT-4", 40, "2019-07-05", district).await;
        house.clock.set("2019-07-01 08:00");
        let mut visitor = house.signed_in(&trainer).await;
        assert!(visitor.get(&format!("/runs/{run}")).await.text().contains(&format!("href=\"/runs/new?from={run}\"")));
        let like = visitor.get(&format!("/runs/new?from={run}")).await.text();
        assert!(days(&like).iter().all(|day| day.as_str() >= "2019-07-08"), "{:?}", days(&like));
        let id = like.split("<input").find(|input| input.contains("name=\"sessions.0.id\"")).unwrap();
        assert!(id.contains("value=\"\""), "its sessions are new ones: {id}");
        let mut other = house.signed_in(&stranger).await;
        assert_eq!(other.get(&format!("/runs/new?from={draft}")).await.status, StatusCode::NOT_FOUND, "somebody else's draft");
        assert_eq!(other.get("/runs/new?from=x").await.status, StatusCode::NOT_FOUND);
    }
}
