//! Places that pass on over HTTP, rosters to print and to keep, and what has to be completed before a course.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};

struct Scene {
    house: House,
    planner: Actor,
    maker: Visitor,
    officer: Visitor,
    organisation: OrganisationId,
    other: PersonId,
    run: RunId,
    place: EnrolmentId,
}

/// A cooperative with one of its people in a run of two seats, and somebody else who could come.
async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let planner = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX <Xuân> Lập", district).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run(office, &planner, "ENT-4", 2, "2019-07-02").await;
    let place = testing::enrolled(office, &planner, run, organisation, 1).await[0];
    let other = testing::person(office, "Phạm Văn Dũng", Some(organisation)).await;
    let (maker, officer) = (house.signed_in(&representative).await, house.signed_in(&planner).await);
    Scene { planner, maker, officer, organisation, other, run, place, house }
}

operations::both! {
    async fn somebody_else_is_sent(database) {
        let Scene { house, mut maker, other, run, place, .. } = scene(database).await;
        let participants = format!("/runs/{run}/participants");
        let address = format!("/enrolments/{place}/substitute");
        assert!(maker.get(&participants).await.text().contains(&address));
        let page = maker.get(&address).await.text();
        assert!(page.contains("Phạm Văn Dũng") && page.contains("Thay được đến 02/07/2019 07:30"), "{page}");
        let nobody = maker.post(&address, &[("reason", "Bận")]).await;
        assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.text().contains("href=\"#f-person\""));
        let wrong = maker.post(&address, &[("rows.0.full_name", "Đỗ Thị 2"), ("reason", "Bận")]).await;
        let text = wrong.text();
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Đỗ Thị 2") && text.contains("rows-0-full_name"), "{text}");
        let other = other.to_string();
        let reasonless = maker.post(&address, &[("person", &other)]).await;
        assert!(reasonless.status == StatusCode::UNPROCESSABLE_ENTITY && reasonless.text().contains(&format!("value=\"{other}\" selected")));
        let handed = maker.post(&address, &[("person", &other), ("reason", "Bận việc nhà")]).await;
        assert!(handed.location().starts_with(&format!("{participants}?substituted=")), "{}", handed.location());
        let page = maker.get(handed.location()).await.text();
        assert!(page.contains("Đã thay người: Phạm Văn Dũng học thay Lê Thị An.") && page.contains("thay Lê Thị An") && page.contains("1 người"), "{page}");
        // A newcomer can come too; and after the first session has begun nobody.
        let place = page.split("/enrolments/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let address = format!("/enrolments/{place}/substitute");
        assert_eq!(maker.post(&address, &[("rows.0.full_name", "Đỗ Thị Mới"), ("reason", "Ốm")]).await.status, StatusCode::SEE_OTHER);
        house.clock.set("2019-07-02 08:00");
        let page = maker.get(&participants).await.text();
        assert!(page.contains("Đỗ Thị Mới") && !page.contains("/substitute"));
        let place = page.split("/enrolments/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let late = maker.get(&format!("/enrolments/{place}/substitute")).await.text();
        assert!(late.contains("Chỉ được thay người đến 02/07/2019 07:30"), "{late}");
    }

    async fn somebody_moves_to_another_class(database) {
        let Scene { house, planner, mut maker, run, place, .. } = scene(database).await;
        let address = format!("/enrolments/{place}/transfer");
        assert!(maker.get(&address).await.text().contains("Không có lớp nào khác"));
        let participants = format!("/runs/{run}/participants");
        assert!(!maker.get(&participants).await.text().contains(&address), "nobody is sent to a page that offers nothing");
        let other = testing::published_run(&house.office, &planner, "ENT-4", 5, "2019-07-09").await;
        assert!(maker.get(&participants).await.text().contains(&address));
        let page = maker.get(&address).await.text();
        assert!(page.contains(&other.to_string()) && page.contains("còn 5 chỗ"), "{page}");
        assert_eq!(maker.post(&address, &[("reason", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let other = other.to_string();
        let kept = maker.post(&address, &[("to", &other), ("reason", " ")]).await;
        assert!(kept.status == StatusCode::UNPROCESSABLE_ENTITY && kept.text().contains(&format!("value=\"{other}\" selected")));
        let moved = maker.post(&address, &[("to", &other), ("reason", "Gần nhà hơn")]).await;
        assert!(moved.location().starts_with(&format!("/runs/{other}/participants?transferred=")), "{}", moved.location());
        let page = maker.get(moved.location()).await.text();
        assert!(page.contains("Đã chuyển lớp: Lê Thị An vào lớp"), "{page}");
        assert!(page.contains("Lê Thị An") && page.contains("chuyển từ lớp khác"));
        assert!(maker.get(&format!("/runs/{run}/participants")).await.text().contains("Chưa có ai"));
    }

    async fn rosters_are_printed_and_kept(database) {
        let Scene { house: _house, mut maker, mut officer, organisation, run, .. } = scene(database).await;
        let page = officer.get(&format!("/runs/{run}/participants")).await.text();
        assert!(page.contains(&format!("/runs/{run}/roster.pdf")) && page.contains("class=\"deeds no-print\""), "{page}");
        for visitor in [&mut officer, &mut maker] {
            let pdf = visitor.get(&format!("/runs/{run}/roster.pdf?group=organisation-{organisation}")).await;
            assert!(pdf.bytes.starts_with(b"%PDF") && pdf.header("content-type") == "application/pdf");
            let xlsx = visitor.get(&format!("/runs/{run}/roster.xlsx?group=")).await;
            assert!(xlsx.bytes.starts_with(b"PK") && xlsx.header("content-disposition").contains("danh-sach-hoc-vien"));
        }
        for wrong in ["organisation-x", "x", "unit-00000000-0000-7000-8000-000000000000"] {
            assert_eq!(officer.get(&format!("/runs/{run}/roster.pdf?group={wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    }

    async fn what_goes_before_a_course_is_set_said_and_asked(database) {
        let Scene { house, planner, mut maker, mut officer, organisation, other, .. } = scene(database).await;
        let known = operations::courses::list(&house.office).await.unwrap();
        let course = |code: &str| known.iter().find(|course| course.code == code).unwrap();
        let (first, second) = (course("ENT-4"), course("ENT-5"));
        let address = format!("/courses/{}", second.id);
        let page = officer.get(&address).await.text();
        assert!(page.contains("Nhóm 3: một trong các khóa") && !page.contains(&format!("value=\"{}\"", second.id)), "{page}");
        let (first_id, title, english) = (first.id.to_string(), second.title.clone(), second.title_english.clone());
        let topic = second.topic.to_string();
        let form = |years: &'static str| {
            vec![
                ("code", "ENT-5"), ("title", title.as_str()), ("title_english", english.as_str()), ("topic", topic.as_str()),
                ("audience", "organisations"), ("hours", "8"), ("capacity", "40"), ("min_attendance", "80"), ("late_counts", "100"),
                ("excused_counts", "0"), ("rule_version", "1"), ("substitution_hours", "24"),
                ("prerequisites.1.any_of", first_id.as_str()), ("prerequisites.1.within_years", years),
            ]
        };
        let wrong = officer.post(&address, &form("x")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = wrong.text();
        assert!(text.contains("href=\"#f-prerequisites-1-within_years\"") && text.contains(&format!("value=\"{first_id}\" checked")), "{text}");
        assert_eq!(officer.post(&address, &form("2")).await.status, StatusCode::SEE_OTHER);
        assert!(officer.get(&address).await.text().contains(&format!("value=\"{first_id}\" checked")));

        let run = testing::published_run(&house.office, &planner, "ENT-5", 5, "2019-07-16").await;
        assert!(maker.get(&format!("/runs/{run}")).await.text().contains("trong 2 năm trước ngày khai giảng"));
        let enrol = format!("/runs/{run}/enrol");
        let page = maker.get(&enrol).await.text();
        let sentence = format!("Phạm Văn Dũng chưa hoàn thành “{}” trong 2 năm trước ngày khai giảng.", first.title);
        assert!(page.contains("Cần hoàn thành trước") && page.contains("Chưa đủ điều kiện"), "{page}");
        assert!(!page.contains(&sentence), "what everybody lacks is said once: {page}");
        let refused = maker.post(&enrol, &[("organisation", &organisation.to_string()), ("person", &other.to_string())]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains(&sentence));
        maker.post("/language", &[("language", "en"), ("next", "/")]).await;
        let page = maker.post(&enrol, &[("organisation", &organisation.to_string()), ("person", &other.to_string())]).await.text();
        assert!(page.contains(&format!("has not completed “{}” within 2 years", first.title_english)), "{page}");
    }
}
