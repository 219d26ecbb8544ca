//! Trainers over the pages: the register, their own page, who really taught, and the hours as a spreadsheet.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

const GONE: &str = "00000000-0000-7000-8000-000000000000";

/// The cells of the first sheet, as text.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

operations::both! {
    async fn a_trainer_is_kept_by_the_office_and_by_themselves(database) {
        let house = House::over(database).await;
        let province = Scope::Unit(testing::unit(&house.office, "38").await);
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, province).await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, province).await;
        let mut visitor = house.signed_in(&officer).await;
        assert!(visitor.get("/manage").await.text().contains("href=\"/trainers\""));
        let path = format!("/trainers/{}", trainer.person);
        assert!(visitor.get("/trainers").await.text().contains(&format!("href=\"{path}\"")));

        let course = operations::courses::list(&house.office).await.unwrap()[0].id.to_string();
        let long = "x".repeat(201);
        let faulty = visitor.post(&path, &[("employer", &long), ("rank", "Thạc sĩ"), ("courses", &course)]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = faulty.text();
        assert!(text.contains("f-employer-fault") && text.contains("value=\"Thạc sĩ\""), "{text}");
        assert!(text.split("<input").any(|input| input.contains(&course) && input.contains(" checked")), "still ticked");
        let known = [("employer", "Trường Hồng Đức"), ("rank", "Thạc sĩ"), ("courses", course.as_str())];
        assert_eq!(visitor.post(&path, &known).await.location(), format!("{path}?saved=yes"));
        assert!(visitor.get("/trainers").await.text().contains("Thạc sĩ · Trường Hồng Đức"));

        let mut own = house.signed_in(&trainer).await;
        assert!(own.get("/runs").await.text().contains("href=\"/trainers\""));
        assert!(own.get("/trainers").await.text().contains("Trang giảng viên của tôi"));
        let page = own.get(&path).await.text();
        assert!(page.contains("value=\"sun.evening\"") && !page.contains("name=\"employer\""), "{page}");
        assert_eq!(own.post(&path, &known).await.status, StatusCode::NOT_FOUND);
        let week = [("half_days", "tue.evening"), ("half_days", "mon.morning")];
        assert_eq!(own.post(&format!("{path}/half-days"), &week).await.status, StatusCode::SEE_OTHER);
        let page = own.get(&path).await.text();
        let ticked: Vec<_> = page.split("<input").filter(|input| input.contains("\"half_days\"") && input.contains(" checked")).collect();
        assert_eq!(ticked.len(), 2);
        assert_eq!(own.post(&format!("{path}/half-days"), &[("half_days", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let faulty = own.post(&format!("{path}/absences"), &[("first_day", "2019-07-03"), ("last_day", "1/7/2019"), ("reason", "Họp")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.text().contains("value=\"1/7/2019\"") && faulty.text().contains("f-last_day-fault"));
        assert_eq!(own.post(&format!("{path}/absences"), &[("first_day", "2019-07-01"), ("last_day", "3/7/2019"), ("reason", "Họp")]).await.status, StatusCode::SEE_OTHER);
        let page = own.get(&path).await.text();
        assert!(page.contains("01/07/2019 – 03/07/2019") && page.contains("· Họp"), "{page}");
        let gone = page.split("action=\"/absences/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(own.post(&format!("/absences/{gone}"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(own.post(&format!("/absences/{gone}"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        for path in [format!("/trainers/{GONE}"), format!("/trainers/{}", officer.person), format!("/sessions/{GONE}/teaching"), "/trainers.xlsx?year=x".into()] {
            assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [format!("/trainers/{GONE}"), format!("/trainers/{GONE}/absences"), format!("/absences/{GONE}/withdraw"), format!("/sessions/{GONE}/teaching")] {
            assert_eq!(visitor.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn who_really_taught_is_said_on_a_page(database) {
        let house = House::over(database).await;
        let province = Scope::Unit(testing::unit(&house.office, "38").await);
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, province).await;
        let trainer = testing::actor(&house.office, "giang.vien", Role::Trainer, province).await;
        let other = testing::actor(&house.office, "giang.vien.2", Role::Trainer, province).await;
        let run = testing::published_run(&house.office, &trainer, "ENT-4", 40, "2019-07-02").await;
        let session = store::runs::sessions(&mut house.office.database.read().await.unwrap(), run).await.unwrap()[0].id;
        let mut work = house.office.database.begin().await.unwrap();
        store::runs::set_trainers(&mut work, session, &[trainer.person]).await.unwrap();
        work.commit().await.unwrap();
        let path = format!("/sessions/{session}/teaching");
        let mut visitor = house.signed_in(&trainer).await;
        assert!(visitor.get(&path).await.text().contains("chưa đến"), "not yet");
        assert_eq!(visitor.post(&path, &[("seen", "0")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        house.clock.set("2019-07-02 12:00");
        assert!(visitor.get(&format!("/sessions/{session}/register")).await.text().contains(&format!("href=\"{path}\"")));
        assert!(visitor.get(&format!("/runs/{run}/attendance")).await.text().contains(&format!("href=\"{path}\"")));
        let page = visitor.get(&path).await.text();
        assert!(page.contains("Đang tính theo lịch") && page.contains("name=\"teaching.0.minutes\"") && page.contains("value=\"240\""), "{page}");
        let (planned, stand_in) = (trainer.person.to_string(), other.person.to_string());
        let mut typed = vec![
            ("seen", "0"), ("teaching.0.person", planned.as_str()), ("teaching.0.minutes", "0"), ("teaching.0.note", "Ốm"),
            ("teaching.1.person", stand_in.as_str()), ("teaching.1.minutes", "lâu"), ("teaching.1.stood_in_for", planned.as_str()),
        ];
        let faulty = visitor.post(&path, &typed).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faulty.text().contains("value=\"lâu\"") && faulty.text().contains("f-teaching-1-minutes-fault") && faulty.text().contains("value=\"Ốm\""));
        typed[5].1 = "200";
        assert_eq!(visitor.post(&path, &typed).await.location(), format!("{path}?saved=2"));
        assert_eq!(visitor.post(&path, &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY, "from a page that is out of date");
        let page = visitor.get(&path).await.text();
        assert!(page.contains("3 giờ 20 phút") && page.contains("Những lần ghi nhận") && !page.contains("Đang tính theo lịch"), "{page}");

        let mut keeper = house.signed_in(&officer).await;
        let sheet = keeper.get("/trainers.xlsx?year=2019").await;
        assert_eq!(sheet.status, StatusCode::OK);
        let rows = rows(&sheet.bytes);
        let sum = rows.iter().find(|row| row[0].starts_with("Cộng:") && row[5] == "1").unwrap();
        assert!(sum[6].starts_with("3.33") && sum[7] == "0" && sum[8] == sum[6], "{rows:?}");
        let absent = rows.iter().filter(|row| row[0].starts_with("Cộng:")).count();
        assert_eq!(absent, 2, "who was replaced stands in it with nothing: {rows:?}");
        assert!(keeper.get(&format!("/trainers/{stand_in}")).await.text().contains("3 giờ 20 phút"));
        assert_eq!(operations::doctor::examine(&house.office).await.unwrap(), []);
    }
}
