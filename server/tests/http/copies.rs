//! The same class in several places, over the page: rows come and go without JavaScript, and nothing typed is lost.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

operations::both! {
    async fn rows_come_and_go_and_all_are_saved_or_none(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let district = testing::unit(&house.office, "395").await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let run = testing::published_run(&house.office, &trainer, "ENT-4", 40, "2019-07-02").await;
        let mut visitor = house.signed_in(&trainer).await;
        let path = format!("/runs/{run}/copies");
        assert!(visitor.get(&format!("/runs/{run}")).await.text().contains(&format!("href=\"{path}\"")));
        let page = visitor.get(&path).await.text();
        assert!(page.contains("value=\"Lớp 2\"") && page.contains("value=\"Lớp 3\"") && !page.contains("<script"), "{page}");

        let unit = district.to_string();
        let mut typed = vec![
            ("copies.0.name", "Lớp Xuân Lập"), ("copies.0.unit", unit.as_str()), ("copies.0.venue", "Hội trường xã"),
            ("copies.0.first_day", "2019-07-16"), ("copies.1.name", "Lớp 3"), ("copies.1.first_day", "hôm nào"),
            ("copies.1.keeps_trainers", "yes"), ("do", "add"),
        ];
        let more = visitor.post(&path, &typed).await;
        assert_eq!(more.status, StatusCode::OK);
        assert!(more.text().contains("name=\"copies.2.name\"") && more.text().contains("Lớp Xuân Lập") && more.text().contains("value=\"hôm nào\""));
        typed[7].1 = "save";
        let faulty = visitor.post(&path, &typed).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        for at in ["f-copies-1-unit-fault", "f-copies-1-venue-fault", "f-copies-1-first_day-fault"] {
            assert!(faulty.text().contains(at), "{at}");
        }
        for field in ["name", "unit", "room", "venue", "first_day"] {
            assert!(!faulty.text().contains(&format!("f-copies-0-{field}-fault")), "only the faulty row is told off: {field}");
        }
        typed[7].1 = "remove.1";
        let fewer = visitor.post(&path, &typed).await.text();
        assert!(fewer.contains("Lớp Xuân Lập") && !fewer.contains("name=\"copies.1.name\""));
        let mut one = typed[..4].to_vec();
        one.push(("do", "save"));
        let saved = visitor.post(&path, &one).await;
        assert_eq!(saved.location(), "/runs?state=draft&copied=1");
        let list = visitor.get(saved.location()).await.text();
        assert!(list.contains("Đã lưu 1 bản nháp") && list.contains("Lớp Xuân Lập") && list.contains("16/07/2019"));
        assert_eq!(visitor.get("/runs/x/copies").await.status, StatusCode::NOT_FOUND);
    }
}
