//! Programme years over the pages: typed values come back with their faults, and two officers do not overwrite each other.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

/// The value of a field of a page.
fn value(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

operations::both! {
    async fn a_year_is_planned_and_changed(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get("/manage").await.text().contains("href=\"/programmes\""));
        assert!(visitor.get("/programmes").await.text().contains("Chưa có năm chương trình nào"));
        let page = visitor.get("/programmes/new").await.text();
        assert!(page.contains("Sử dụng lao động địa phương"), "{page}");
        let decision = page.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [
            ("year", "2019"), ("plan_number", "134/KH-UBND"), ("plan_day", "12/06/2019"), ("existing_products", "100"),
            ("target_products", "x"), ("group_decision", &decision), ("windows.2.opens", "01/04/2019"), ("windows.2.closes", "31/03/2019"),
            ("criteria.0.name", "Nguồn gốc"), ("criteria.0.weight", "90"),
        ];
        let wrong = visitor.post("/programmes/new", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = wrong.text();
        assert_eq!((value(&text, "plan_number").as_str(), value(&text, "windows.2.closes").as_str()), ("134/KH-UBND", "31/03/2019"));
        assert!(text.contains("f-windows-2-closes-fault") && text.contains("f-target_products-fault") && text.contains("hiện là 90 %"));
        let mut right = fields;
        (right[4].1, right[7].1, right[9].1) = ("30", "30/06/2019", "100");
        assert_eq!(visitor.post("/programmes/new", &right).await.location(), "/programmes?saved=year");
        let list = visitor.get("/programmes?saved=year").await.text();
        assert!(list.contains("Chương trình năm 2019") && list.contains("30 / 100") && list.contains("Đã lưu"));

        let page = visitor.get("/programmes/2019").await.text();
        let seen = value(&page, "seen");
        let changed: Vec<(&str, &str)> = right.iter().copied().chain([("seen", seen.as_str())]).collect();
        let mut more = changed.clone();
        more[4].1 = "35";
        assert_eq!(visitor.post("/programmes/2019", &more).await.location(), "/programmes?saved=year");
        let late = visitor.post("/programmes/2019", &changed).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value(&late.text(), "target_products"), "30", "what was typed stays");
        assert_eq!(value(&visitor.get("/programmes/2019").await.text(), "target_products"), "35");
    }

    async fn the_receiving_level_is_said_on_the_page(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&officer).await;
        let wrong = visitor.post("/programmes/levels", &[("level", "commune"), ("valid_from", "x"), ("basis", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("f-valid_from-fault") && wrong.text().contains("f-basis-fault"));
        let fields = [("level", "commune"), ("valid_from", "01/07/2019"), ("basis", "Thí điểm 1/QĐ")];
        assert_eq!(visitor.post("/programmes/levels", &fields).await.location(), "/programmes?saved=level#levels");
        assert_eq!(visitor.post("/programmes/levels", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = visitor.get("/programmes").await.text();
        let row = page.split("<tr>").find(|row| row.contains("Thí điểm 1/QĐ")).unwrap();
        let remove = row.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(visitor.post(&remove, &[]).await.location(), "/programmes?saved=level#levels");
        assert!(!visitor.get("/programmes").await.text().contains("Thí điểm 1/QĐ"));
    }
}
