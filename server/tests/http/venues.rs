//! Venues over the pages: without JavaScript, with what was typed kept, and no link that leads elsewhere.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

const GONE: &str = "00000000-0000-7000-8000-000000000000";

operations::both! {
    async fn an_office_keeps_its_venues(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let district = testing::unit(&house.office, "395").await.to_string();
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get("/manage").await.text().contains("href=\"/venues\""));
        assert!(visitor.get("/venues").await.text().contains("Chưa có địa điểm nào"));

        let typed = [("name", "Nhà văn hóa"), ("unit", district.as_str()), ("map_link", "javascript:alert(1)"), ("equipment", "Loa")];
        let faulty = visitor.post("/venues/new", &typed).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = faulty.text();
        assert!(text.contains("f-map_link-fault") && text.contains("value=\"Nhà văn hóa\"") && text.contains("Loa"), "{text}");
        let mut right = typed;
        right[2].1 = "https://bando.example/?q=1&z=2";
        let added = visitor.post("/venues/new", &right).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
        let path = added.location().strip_suffix("?saved=yes").unwrap().to_owned();
        let page = visitor.get(&path).await.text();
        assert!(page.contains("href=\"https://bando.example/?q=1&amp;z=2\" target=\"_blank\" rel=\"noopener noreferrer\""), "{page}");

        // A room, with a fault first; then another fault in the room itself.
        let faulty = visitor.post(&format!("{path}/rooms"), &[("name", "Phòng A"), ("capacity", "nhiều")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.text().contains("value=\"nhiều\"") && faulty.text().contains("f-capacity-fault"));
        assert_eq!(visitor.post(&format!("{path}/rooms"), &[("name", "Phòng A"), ("capacity", "40")]).await.status, StatusCode::SEE_OTHER);
        let page = visitor.get(&path).await.text();
        let room = page.split("action=\"/rooms/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (name, capacity) = (format!("name.{room}"), format!("capacity.{room}"));
        let faulty = visitor.post(&format!("/rooms/{room}"), &[(&name, ""), (&capacity, "45")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.text().contains(&format!("f-name-{room}-fault")) && faulty.text().contains("value=\"45\""));
        assert_eq!(visitor.post(&format!("/rooms/{room}"), &[(&name, "Phòng B"), (&capacity, "45")]).await.status, StatusCode::SEE_OTHER);

        // What is booked is shown, and refuses to go.
        let run = testing::published_run(&house.office, &trainer, "ENT-4", 40, "2019-07-02").await;
        testing::booked(&house.office, run, room.parse().unwrap()).await;
        let refused = visitor.post(&format!("/rooms/{room}/retire"), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("02/07/2019 (") && refused.text().contains(&format!("href=\"/runs/{run}\"")), "{}", refused.text());
        let mut reader = house.signed_in(&trainer).await;
        let read = reader.get(&path).await.text();
        assert!(read.contains("Phòng B · 45 chỗ") && !read.contains("<form method=\"post\" action=\"/rooms"), "{read}");
        house.clock.set("2019-07-03 08:00");
        assert_eq!(visitor.post(&format!("{path}/retire"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(visitor.get(&path).await.text().contains("Ngừng dùng từ 03/07/2019"));
        assert_eq!(visitor.post(&format!("{path}/bring-back"), &[]).await.status, StatusCode::SEE_OTHER);

        for path in [format!("/venues/{GONE}"), format!("/venues/{GONE}/edit")] {
            assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [format!("/venues/{GONE}/retire"), format!("/venues/{GONE}/rooms"), format!("/rooms/{GONE}"), format!("/rooms/{GONE}/retire")] {
            let answer = visitor.post(&path, &[("name", "A"), ("capacity", "4")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(operations::doctor::examine(&house.office).await.unwrap(), []);
    }
}
