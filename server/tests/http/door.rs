//! At the door over HTTP: somebody is written down on a phone, marked, and found out later; heads are counted.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::ids::{OrganisationId, PersonId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::{attendance, testing};
use server::testing::{House, Visitor};

/// A class of 2 July 2019 with two seats and one person in it, on its morning.
struct Door {
    house: House,
    officer: Visitor,
    organisation: OrganisationId,
    member: PersonId,
    run: RunId,
    session: SessionId,
}

async fn door(database: store::Database) -> Door {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let planner = testing::actor(office, "canbo", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX <Xuân> Lập", district).await;
    let member = testing::person(office, "Lê Thị Bình", Some(organisation)).await;
    let run = testing::published_run(office, &planner, "ENT-4", 2, "2019-07-02").await;
    testing::enrolled(office, &planner, run, organisation, 1).await;
    house.clock.set("2019-07-02 08:05");
    let session = attendance::of_run(office, &planner, run).await.unwrap().sessions[0].session.id;
    let officer = house.signed_in(&planner).await;
    Door { officer, organisation, member, run, session, house }
}

/// The value of a field of a page.
fn value<'p>(page: &'p str, field: &str) -> &'p str {
    let from = page.split(&format!("name=\"{field}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{field} in {page}"));
    from.split('"').next().unwrap()
}

operations::both! {
    async fn who_comes_is_written_down_marked_and_found_out(database) {
        let Door { house: _house, mut officer, organisation, member, run, session } = door(database).await;
        let register = format!("/sessions/{session}/register");
        let page = officer.get(&register).await.text();
        assert!(page.contains("Người đến không ghi danh trước") && page.contains("<option value=\"HTX &lt;Xuân&gt; Lập\""), "{page}");
        let nonce = value(&page, "nonce").to_owned();
        let address = format!("/sessions/{session}/walk-ins");

        let wrong = officer.post(&address, &[("full_name", "Bình 2"), ("phone", "12"), ("organisation", "HTX Mới"), ("status", "present")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = wrong.text();
        assert!(text.contains("href=\"#f-full_name\"") && text.contains("href=\"#f-phone\"") && text.contains("value=\"HTX Mới\""), "{text}");
        assert!(text.contains("Bình 2"), "what was typed is still there");
        let (above, at_door) = text.split_once("id=\"door\"").unwrap();
        assert!(!above.contains("role=\"alert\"") && at_door.contains(">Điện thoại: Không phải số điện thoại"), "said where the page opens: {text}");
        assert!(at_door.contains(&format!("action=\"{address}#door\"")) && above.contains("href=\"#door\""), "{text}");

        let form = [("nonce", nonce.as_str()), ("full_name", "Lê Thị Binh"), ("birth_year", "1985"), ("organisation", "htx <xuân> lập"), ("status", "late")];
        let noted = officer.post(&address, &form).await;
        assert_eq!(noted.location(), format!("{register}?came=yes#door"));
        officer.post(&address, &form).await;
        let page = officer.get(&format!("{register}?came=yes")).await.text();
        assert!(page.split_once("id=\"door\"").unwrap().1.contains("Đã ghi người đến.") && page.matches("Lê Thị Binh").count() == 1, "sent twice, written down once: {page}");
        let walk_in = page.split("id=\"w-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let was = value(&page, &format!("was.{walk_in}")).to_owned();
        assert!(was.ends_with(" late"));

        // A mark is changed; from a page that is out of date it is not.
        let (mark, was_field) = (format!("mark.{walk_in}"), format!("was.{walk_in}"));
        let marks = format!("/sessions/{session}/walk-ins/marks");
        let saved = officer.post(&marks, &[(&mark, "present"), (&was_field, &was)]).await;
        assert_eq!(saved.location(), format!("{register}?door=1#door"));
        let stale = officer.post(&marks, &[(&mark, "absent"), (&was_field, &was)]).await;
        assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.text().contains("Dữ liệu đã thay đổi"));

        // Who it may be, with the evidence.
        let list = officer.get(&format!("/runs/{run}/walk-ins")).await.text();
        assert!(list.contains("Chưa rõ là ai") && list.contains(&format!("/walk-ins/{walk_in}")));
        let page = officer.get(&format!("/walk-ins/{walk_in}")).await.text();
        assert!(page.contains("trùng họ tên, năm sinh, đơn vị") && page.contains("Thêm vào HTX &lt;Xuân&gt; Lập"), "{page}");
        let named = officer.get(&format!("/walk-ins/{walk_in}?who=thi+binh")).await.text();
        assert!(named.split_once("id=\"known\"").unwrap().1.contains("Đúng người này: Lê Thị Bình"), "{named}");
        let nobody = officer.get(&format!("/walk-ins/{walk_in}?who=khong+ai&q=khong+co")).await.text();
        assert!(nobody.contains("Không tìm thấy ai có tên này") && nobody.contains("Không tìm thấy đơn vị nào"), "{nobody}");
        let found = format!("/walk-ins/{walk_in}/match");
        let ids = (organisation.to_string(), member.to_string());
        let matched = officer.post(&found, &[("organisation", &ids.0), ("person", &ids.1)]).await;
        assert_eq!(matched.location(), format!("/runs/{run}/walk-ins?done=matched&carried=1&left=0"));
        let list = officer.get(matched.location()).await.text();
        assert!(list.contains("1 dấu điểm danh được chép sang") && list.contains("Đã ghép: Lê Thị Bình"), "{list}");
        assert!(officer.get(&format!("/runs/{run}/participants")).await.text().contains("Lê Thị Bình"));
        let again = officer.post(&found, &[("organisation", &ids.0), ("person", &ids.1)]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("đã được ghép"));

        // Undone with a reason, found again as somebody new: the seat that is free is taken.
        let undo = format!("/walk-ins/{walk_in}/undo");
        assert_eq!(officer.post(&undo, &[("reason", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&undo, &[("reason", "Nhầm")]).await.location(), format!("/runs/{run}/walk-ins?done=undone"));
        let dismissed = officer.post(&format!("/walk-ins/{walk_in}/dismiss"), &[("reason", "Khách <xã>")]).await;
        let list = officer.get(dismissed.location()).await.text();
        assert!(list.contains("Không tìm được: Khách &lt;xã&gt;") && list.contains("Đã bỏ qua."));
        let broken = officer.post(&found, &[("organisation", "x")]).await;
        assert_eq!(broken.status, StatusCode::NOT_FOUND);
    }

    async fn when_the_hall_is_full_it_is_said(database) {
        let Door { house, mut officer, organisation, session, .. } = door(database).await;
        let planner = testing::actor(&house.office, "tinh.2", Role::ProvincialOfficer, Scope::Unit(testing::unit(&house.office, "38").await)).await;
        let run = operations::attendance::register(&house.office, &planner, session).await.unwrap().run.id;
        testing::enrolled(&house.office, &planner, run, organisation, 1).await;
        let address = format!("/sessions/{session}/walk-ins");
        assert_eq!(officer.post(&address, &[("full_name", "Lê Thị Hoa"), ("nonce", "")]).await.status, StatusCode::SEE_OTHER);
        let page = officer.get(&format!("/sessions/{session}/register")).await.text();
        assert!(page.contains("Lớp đã đủ 2 chỗ"), "{page}");
        let walk_in = page.split("id=\"w-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(officer.get(&format!("/walk-ins/{walk_in}?q=xuan")).await.text().contains("tăng số chỗ của lớp"));
        let full = officer.post(&format!("/walk-ins/{walk_in}/match"), &[("organisation", &organisation.to_string())]).await;
        assert!(full.status == StatusCode::UNPROCESSABLE_ENTITY && full.text().contains("Lớp đã hết chỗ"));
    }

    async fn heads_are_counted_and_corrected(database) {
        let Door { house: _house, mut officer, run, session, .. } = door(database).await;
        let address = format!("/sessions/{session}/heads");
        let wrong = officer.post(&address, &[("women", "nhiều"), ("men", "8")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("value=\"nhiều\""));
        for women in ["11", "12"] {
            let saved = officer.post(&address, &[("women", women), ("men", "8")]).await;
            assert_eq!(saved.location(), format!("/sessions/{session}/register?counted=yes#door"));
        }
        let page = officer.get(&format!("/sessions/{session}/register?counted=yes")).await.text();
        assert!(page.contains("thêm 12 nữ, 8 nam không ghi tên") && page.contains("Đã lưu số đếm.") && page.contains("value=\"12\""));
        let sessions = officer.get(&format!("/runs/{run}/attendance")).await.text();
        assert!(sessions.contains("0 / 1") && sessions.contains("thêm 12 nữ, 8 nam không ghi tên"), "apart from the names: {sessions}");
    }
}
