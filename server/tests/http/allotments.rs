//! Allotments over HTTP: proposed by a rule, put right by hand, divided, named, given back.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::House;

operations::both! {
    async fn seats_are_promised_divided_named_and_given_back(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
        let planner = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let keeper = testing::actor(office, "can.bo.huyen", Role::UnitOfficer, Scope::Unit(district)).await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX <Xuân> Lập", district).await;
        let acts = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        let run = testing::published_run(office, &planner, "ENT-4", 5, "2019-07-02").await;
        let (mut officer, mut unit, mut maker) =
            (house.signed_in(&planner).await, house.signed_in(&keeper).await, house.signed_in(&acts).await);

        let address = format!("/runs/{run}/allotments");
        assert!(officer.get(&format!("/runs/{run}")).await.text().contains(&address));
        assert!(officer.get(&address).await.text().contains("Chưa phân bổ chỗ nào"));
        // A rule that comes to more than there is says so before anything is stored, and storing it is refused with the number.
        let proposed = officer.get(&format!("{address}?rule=each_unit&seats=1&until=2019-06-20")).await.text();
        assert!(proposed.contains("nhưng chỉ có thể phân bổ 5 chỗ") && proposed.contains("Huyện Thọ Xuân"), "{proposed}");
        let wrong = officer.get(&format!("{address}?rule=each_unit&seats=0&until=x")).await.text();
        assert!(wrong.contains("f-seats") && wrong.contains("f-until"));
        let found = officer.get(&format!("{address}?q=tho+xuan")).await.text();
        assert!(found.contains(&format!("?add=unit:{district}")), "{found}");
        let added = officer.get(&format!("{address}?add=unit:{district}")).await.text();
        assert!(added.contains("name=\"lines.0.seats\"") && added.contains("Đề xuất"));
        let holder = format!("unit:{district}");
        let line = |seats: &'static str| {
            [("lines.0.holder", holder.as_str()), ("lines.0.seats", seats), ("lines.0.until", "20/06/2019"), ("reason", "")]
        };
        let above = officer.post(&address, &line("6")).await;
        assert_eq!(above.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = above.text();
        assert!(page.contains("Chỉ còn 5 chỗ có thể phân bổ") && page.contains("value=\"6\""), "{page}");
        let saved = officer.post(&address, &line("3")).await;
        assert_eq!(saved.location(), format!("{address}?done=saved"));
        assert!(officer.get(saved.location()).await.text().contains("Đã lưu bảng phân bổ"));

        // The unit sees it in its inbox and divides it.
        let inbox = unit.get("/inbox").await.text();
        let shares = inbox.split("href=\"/allotments/").nth(1).unwrap().split('"').next().unwrap();
        let shares = format!("/allotments/{shares}");
        let page = unit.get(&shares).await.text();
        assert!(page.contains("HTX &lt;Xuân&gt; Lập") && page.contains("3 chỗ, giữ đến hết ngày 20/06/2019"), "{page}");
        let id = organisation.to_string();
        let share = |seats: &'static str| [("shares.0.organisation", id.as_str()), ("shares.0.seats", seats), ("reason", "")];
        let above = unit.post(&shares, &share("4")).await;
        assert!(above.status == StatusCode::UNPROCESSABLE_ENTITY && above.text().contains("Chỉ còn 3 chỗ"));
        assert_eq!(unit.post(&shares, &share("2")).await.location(), format!("{shares}?done=saved"));

        // The representative sees the promise, names somebody, and gives the rest back.
        assert!(maker.get("/inbox").await.text().contains("Chỗ được dành, chưa ghi tên"));
        let page = maker.get(&format!("/runs/{run}")).await.text();
        assert!(page.contains("2 chỗ dành cho HTX &lt;Xuân&gt; Lập đến hết ngày 20/06/2019, còn 2 chỗ chưa ghi tên"), "{page}");
        assert!(page.contains("dành sẵn 3"));
        let person = acts.person.to_string();
        let enrolled = maker.post(&format!("/runs/{run}/enrol"), &[("organisation", &id), ("person", &person)]).await;
        assert_eq!(enrolled.status, StatusCode::SEE_OTHER);
        let page = maker.get(&format!("/runs/{run}")).await.text();
        assert!(page.contains("còn 1 chỗ chưa ghi tên"));
        let end = format!("/allotments/{}/end", page.split("href=\"/allotments/").nth(1).unwrap().split("/end").next().unwrap());
        assert!(maker.get(&end).await.text().contains("1 chỗ chưa ghi tên được trả lại"));
        assert_eq!(maker.post(&end, &[("reason", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(maker.post(&end, &[("reason", "Không có người")]).await.location(), format!("/runs/{run}?done=seats_given_back"));
        let table = officer.get(&address).await.text();
        assert!(table.contains("Đã trả lại") && table.contains("Không có người"), "{table}");

        let limit = format!("{address}/limit");
        assert_eq!(officer.post(&limit, &[("limit", "0")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&limit, &[("limit", "1")]).await.location(), format!("{address}?done=limit"));
        assert!(officer.get(&address).await.text().contains("name=\"limit\" type=\"text\" value=\"1\""));
    }
}
